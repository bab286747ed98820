/* SPDX-License-Identifier: ISC */
/* How keys stand in the names of variables: in capital letters, `-` as `_`, segments joined by
 * `__`. Knows no environment or tree. */
#ifndef DCFG_MODEL_VARIABLE_H
#define DCFG_MODEL_VARIABLE_H

#include "base/view.h"

/* Whether a shell could set a variable of that name. */
static inline bool dcfg_is_variable_name(struct dcfg_view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!dcfg_is_letter(name.ptr[i]) && name.ptr[i] != '_' &&
		    (!i || !dcfg_is_digit(name.ptr[i])))
			return false;
	return name.len > 0;
}

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

/* Writes the name that a path's variable has behind a prefix, in the same manner; returns its
 * length, 0 where it has none. */
size_t dcfg_variable_write(char *buffer, size_t size, struct dcfg_view prefix,
			   struct dcfg_view path);

#endif
