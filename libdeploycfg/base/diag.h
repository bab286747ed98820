/* SPDX-License-Identifier: ISC */
/*
 * Diagnostics: the list that every fallible call appends to, and the one formatter of
 * errors. Knows places and texts, not what they are about. Every function takes a NULL
 * diagnostic and does nothing with it, so that callers build without checks:
 *
 *	struct deploycfg_error *error = dcfg_error(errors, DEPLOYCFG_ERR_TYPE, &place, key,
 *						   "expected an int, found '%.*s'", DCFG_ARG(text));
 *	dcfg_error_related(error, &other, "overrides this int");
 *	dcfg_error_hint(error, "write ...");
 *
 * Texts are escaped when they enter: nothing unprintable leaves.
 */
#ifndef DCFG_BASE_DIAG_H
#define DCFG_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"
#include "deploycfg.h"

/* Where something stands. */
struct dcfg_place {
	const char *name;           /* source's name; NULL or "" for nowhere */
	uint32_t line, column;      /* from 1; 0 for none */
	struct dcfg_view line_text; /* that line, for the excerpt; empty for none */
	bool is_secret;             /* the excerpt shows a mask in its place */
};

#define DCFG_DIAGNOSTICS_MAX 1000

/* What stands in place of a secret, whatever it is and however long. */
#define DCFG_MASK "******"

struct deploycfg_errors {
	struct deploycfg_error **list;
	size_t count, capacity;
	size_t limit; /* 0: DCFG_DIAGNOSTICS_MAX; beyond it diagnostics are only counted */
	size_t dropped;         /* how many were */
	struct dcfg_rest *rest; /* stands for these; NULL where there are none */
	bool failed;            /* an error was among all of them */
	bool out_of_memory;
};

/*
 * Appends a diagnostic; the list is made where *errors is NULL. place and key may be NULL.
 * Returns it for more to be added, or NULL where errors is NULL, the limit is reached or
 * memory is out (both of which the list remembers).
 */
struct deploycfg_error *
dcfg_diag(struct deploycfg_errors **errors, enum deploycfg_severity severity,
	  enum deploycfg_status status, const struct dcfg_place *place, const char *key,
	  const char *format, ...) DCFG_PRINTF(6, 7);

/* The same from arguments at hand. */
struct deploycfg_error *
dcfg_vdiag(struct deploycfg_errors **errors, enum deploycfg_severity severity,
	   enum deploycfg_status status, const struct dcfg_place *place, const char *key,
	   const char *format, va_list arguments) DCFG_PRINTF(6, 0);

#define dcfg_error(errors, status, place, key, ...)                                      \
	dcfg_diag(errors, DEPLOYCFG_ERROR, status, place, key, __VA_ARGS__)
#define dcfg_warning(errors, status, place, key, ...)                                    \
	dcfg_diag(errors, DEPLOYCFG_WARNING, status, place, key, __VA_ARGS__)

/* Adds another place that is involved, with what it has to do with it. */
void dcfg_error_related(struct deploycfg_error *error, const struct dcfg_place *place,
			const char *format, ...) DCFG_PRINTF(3, 4);

void dcfg_verror_related(struct deploycfg_error *error, const struct dcfg_place *place,
			 const char *format, va_list arguments) DCFG_PRINTF(3, 0);

/* Sets what should be there instead, for machines: the message says it in its own words. */
void dcfg_error_expected(struct deploycfg_error *error, const char *format, ...)
	DCFG_PRINTF(2, 3);

/* Sets what to do about it. */
void dcfg_error_hint(struct deploycfg_error *error, const char *format, ...)
	DCFG_PRINTF(2, 3);

/* Shows a mask in place of the line that the diagnostic is about. */
void dcfg_error_hide_line(struct deploycfg_error *error);

/* Remembers lack of memory; cannot fail. errors may be NULL. */
void dcfg_error_memory(struct deploycfg_errors **errors);

/* Counts a diagnostic that is beyond the limit. */
void dcfg_errors_drop(struct deploycfg_errors *list, enum deploycfg_severity severity);

/* Where a file stands among all. */
struct dcfg_file_rank {
	const char *name;
	size_t rank;
};

/* Orders diagnostics by file, and by line and column in each. files: sorted by name, may be NULL;
 * those that are not among them stand first, as they were first named. False without memory. */
bool dcfg_errors_sort(struct deploycfg_errors *list, const struct dcfg_file_rank *files,
		      size_t count);

/* Moves all diagnostics of one list to another and frees the first; both may be NULL, and
 * `into` too where nobody wants them. */
void dcfg_errors_move(struct deploycfg_errors **into, struct deploycfg_errors *from);

#endif
