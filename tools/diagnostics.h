/* SPDX-License-Identifier: ISC */
/* Where everything that is wrong in one run is told: as text, as one JSON array, or as
 * annotations for GitHub. */
#ifndef TOOL_DIAGNOSTICS_H
#define TOOL_DIAGNOSTICS_H

#include <stdbool.h>

#include "deploycfg.h"
#include "writer.h"

enum color_mode {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER
};

enum diagnostics_format {
	DIAGNOSTICS_TEXT,
	DIAGNOSTICS_JSON,
	DIAGNOSTICS_GITHUB
};

struct diagnostics {
	struct writer out;
	enum diagnostics_format format;
	bool color;
	bool notes; /* are told too */
	bool begun; /* the array is */
};

/* A text in pieces, ended by NULL; every second one comes from outside and is quoted. */
#define TOOL_SAY(...) ((const char *const[]){__VA_ARGS__, NULL})

/* One thing that is wrong, the command's own or one of the library's. */
struct problem {
	enum deploycfg_severity severity;
	enum deploycfg_status status;
	const char *const *message;
	const char *const *hint;             /* what to do about it; NULL for nothing */
	const struct deploycfg_error *error; /* NULL where it is the command's own */
	const char *key; /* what one of its own is about; NULL for nothing */
	/* One of a schema's: where that declares the key; NULL for nowhere. */
	const struct deploycfg_entry *declared;
};

/* What is said of that place. */
#define TOOL_DECLARED "declared here"

/* Diagnostics on a stream. envp: "NAME=value" strings ended by NULL, which may turn colours
 * off; or NULL. */
struct diagnostics tool_diagnostics(FILE *err, enum diagnostics_format format,
				    enum color_mode mode, char **envp);

/* hint: may be NULL. */
void tool_error(struct diagnostics *diagnostics, enum deploycfg_status status,
		const char *const *message, const char *const *hint);
void tool_warning(struct diagnostics *diagnostics, enum deploycfg_status status,
		  const char *const *message, const char *const *hint);

/* An error that is about a key. */
void tool_key_error(struct diagnostics *diagnostics, enum deploycfg_status status,
		    const char *key, const char *const *message, const char *const *hint);

/* The same of one that is not set. declared: as struct problem has it. */
void tool_not_set_error(struct diagnostics *diagnostics, const char *key,
			const struct deploycfg_entry *declared,
			const char *const *message, const char *const *hint);

/* Says so and returns the status of it. */
int tool_without_memory(struct diagnostics *diagnostics);

/* Tells one of the library's. */
void tool_report_one(struct diagnostics *diagnostics,
		     const struct deploycfg_error *error);

/* Tells what a list holds and frees it. errors: may be NULL. */
void tool_report(struct diagnostics *diagnostics, struct deploycfg_errors *errors);

/* Ends the array; nothing is told after this. */
void tool_diagnostics_end(struct diagnostics *diagnostics);

/* "error", "warning", "note". */
const char *tool_severity_name(enum deploycfg_severity severity);

/* The ways of telling: a text that people read, an object for programs, and a line that
 * GitHub shows beside the line in question. */
void tool_problem_text(struct writer *out, const struct problem *problem, bool color);
void tool_problem_json(struct writer *out, const struct problem *problem);
void tool_problem_github(struct writer *out, const struct problem *problem);

#endif
