/* SPDX-License-Identifier: ISC */
/* How key segments stand in the names of variables: in capital letters, `-` as `_`, joined by
 * `__`. Knows no prefix, environment or tree. */
#ifndef DCFG_MODEL_VARIABLE_H
#define DCFG_MODEL_VARIABLE_H

#include "base/view.h"

/* How a byte of a segment stands in a name; NUL where it cannot. */
static inline char dcfg_variable_byte(char byte)
{
	if (byte >= 'a' && byte <= 'z')
		return (char)(byte - 'a' + 'A');
	if ((byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_')
		return byte;
	return byte == '-' ? '_' : '\0';
}

/*
 * Writes a segment as a name has it at buffer[at]; `at` 0 leaves the underscores before it
 * out. Never writes beyond size, no NUL. Returns the offset behind it, also where that is
 * beyond size, or 0 where the segment has no name.
 */
size_t dcfg_variable_append(char *buffer, size_t size, size_t at,
			    struct dcfg_view segment);

#endif
