/* SPDX-License-Identifier: ISC */
/* Values and names as the INI dialect writes them. */
#ifndef TOOL_INI_VALUE_H
#define TOOL_INI_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "writer.h"

/* Whether a section or key may have this name, written as in a path. */
bool tool_ini_can_name(const char *name);

/* Whether a value may be this text: the escapes end at U+FFFF. */
bool tool_ini_can_hold(const char *text, size_t length);

/* The value, in double quotes where it needs them or a comment is to follow. */
void tool_ini_value(struct writer *out, const char *text, size_t length,
		    bool before_comment);

#endif
