/* SPDX-License-Identifier: ISC */
/* How a key came to its value, or to none. */
#ifndef TOOL_STORY_H
#define TOOL_STORY_H

#include <stdbool.h>
#include <stdio.h>

#include "sight.h"
#include "tool.h"

/*
 * Prints of a key and everything below it where each value was written and what it
 * overrode, and of the keys there that only history knows. Returns false where nobody
 * mentions the key, and prints nothing then.
 */
bool tool_tell(FILE *out, const struct sight *sight, const char *key);

/* Says that a key is not set, what may have been meant, what became of it, and whether it is
 * declared. Returns the exit status for that. */
int tool_not_set(const struct tool *tool, const char *key);

#endif
