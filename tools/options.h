/* SPDX-License-Identifier: ISC */
/* The command line, understood: a verb, its operand, and options in the order they
 * stood. */
#ifndef TOOL_OPTIONS_H
#define TOOL_OPTIONS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "diagnostics.h"

struct verb;
struct format;

enum option_id {
	OPTION_DIR,
	OPTION_FILE,
	OPTION_PROJECT,
	OPTION_ROOT,
	OPTION_ENV,
	OPTION_OVERLAY,
	OPTION_PLATFORM,
	OPTION_PROGRAM,
	OPTION_PREFIX,
	OPTION_ENV_FILE,
	OPTION_MAP_ENV,
	OPTION_SET,
	OPTION_ENVIRON,
	OPTION_NO_ENVIRON,
	OPTION_SCHEMA,
	OPTION_UNKNOWN,
	OPTION_SECRETS,
	OPTION_TRUST,
	OPTION_TRUST_USER,
	OPTION_TRUST_GROUP,
	OPTION_FORMAT,
	OPTION_ORIGIN,
	OPTION_OVERRIDDEN,
	OPTION_ONLY,
	OPTION_SHOW_SECRETS,
	OPTION_DEFAULT,
	OPTION_ALL_ENVS,
	OPTION_LINT,
	OPTION_CHECK,
	OPTION_ERROR_FORMAT,
	OPTION_COLOR,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_COUNT
};

static_assert(OPTION_COUNT < 64, "a bit of a number for each option");

#define OPTION_BIT(id) (UINT64_C(1) << (id))
#define OPTIONS_LOADING (OPTION_BIT(OPTION_FORMAT) - 1) /* all that stand before it */
/* Every verb takes those from here on. */
#define OPTIONS_GENERAL (OPTION_BIT(OPTION_COUNT) - OPTION_BIT(OPTION_ERROR_FORMAT))
#define OPTIONS_ALONE (OPTION_BIT(OPTION_HELP) | OPTION_BIT(OPTION_VERSION))

struct option {
	const char *name;     /* with its dashes */
	const char *argument; /* what follows it; NULL for nothing */
	const char *help;
};

/* By enum option_id. */
extern const struct option tool_options[OPTION_COUNT];

/* One option as given. */
struct given {
	enum option_id id;
	const char *value;
	const char *equals; /* first `=` of the value, where the option takes a pair */
	unsigned number;    /* the value, where it takes one */
};

struct options {
	const struct verb *verb;     /* NULL only with --help or --version */
	const char *operand;         /* NULL where the verb does without */
	uint64_t seen;               /* bits of enum option_id */
	const struct format *format; /* one of the verb's; NULL where it has none */
	struct given *given;         /* owned */
	size_t count;
};

/* The values of --color and --error-format, by enum color_mode and diagnostics_format. */
const char *tool_color_choice(const void *of, size_t i);
const char *tool_error_format_choice(const void *of, size_t i);

/* How to complain: known before there is something to complain of. */
struct diagnostics tool_options_diagnostics(int argc, char **argv, char **envp,
					    FILE *err);

/*
 * Reads the arguments; all strings stay theirs. Returns TOOL_OK, or another status after
 * saying why. Either way tool_options_fini() follows.
 */
int tool_options_read(struct options *options, int argc, char **argv,
		      struct diagnostics *diagnostics);

/* Refuses a value that can be none of its option, or takes it apart. `options` holds those
 * before it. */
int tool_check_value(struct options *options, struct given *given,
		     struct diagnostics *diagnostics);

/* Looks a format up among those of the verb. */
int tool_choose_format(struct options *options, const char *name,
		       struct diagnostics *diagnostics);

void tool_options_fini(struct options *options);

/* The value of an option, the last one where it was given several times; NULL where it was
 * not. */
const char *tool_value(const struct options *options, enum option_id id);

static inline bool tool_has(const struct options *options, enum option_id id)
{
	return options->seen & OPTION_BIT(id);
}

#endif
