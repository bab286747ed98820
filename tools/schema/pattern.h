/* SPDX-License-Identifier: ISC */
/* Patterns of a schema, which are POSIX extended ones, as JSON Schema takes them. */
#ifndef TOOL_SCHEMA_PATTERN_H
#define TOOL_SCHEMA_PATTERN_H

#include "writer.h"

/* Writes an ECMA 262 pattern that matches the same whole texts, and those that hold a reference.
 * False where there is none that this file can make: then what was written is to be thrown
 * away. */
bool tool_pattern(struct writer *out, const char *pattern);

/* What YAML reads as something else than a string, and a pattern may match nevertheless: a bit
 * that is not set is certain. */
enum {
	PATTERN_NUMBERS = 1,
	PATTERN_BOOLS = 2
};
unsigned tool_pattern_matches(const char *pattern);

#endif
