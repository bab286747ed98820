/* SPDX-License-Identifier: ISC */
/* Words of the command line that are one of a few, and what is said where they are none. */
#ifndef TOOL_CHOICE_H
#define TOOL_CHOICE_H

#include <stddef.h>

#include "diagnostics.h"

/* The i-th name of a kind, NULL behind the last. of: whose names, where they differ. */
typedef const char *tool_choice(const void *of, size_t i);

/* The number of a name, or behind the last. */
size_t tool_choose(tool_choice *names, const void *of, const char *wanted);

/* Says what is wrong with the command line and returns the status of that. hint: may be
 * NULL. */
int tool_refuse(struct diagnostics *diagnostics, const char *const *message,
		const char *const *hint);

/* The same with the name in the hint that was meant, or with all of them: they are few. wanted:
 * what was written for it; NULL for nothing. */
int tool_refuse_choice(struct diagnostics *diagnostics, const char *const *message,
		       const char *title, tool_choice *names, const void *of,
		       const char *wanted);

#endif
