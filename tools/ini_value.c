/* SPDX-License-Identifier: ISC */
/* What the INI dialect can hold, and where it needs quotes. Must not know keys from
 * values but for what they may be. */
#include "ini_value.h"

#include <string.h>

#include "reference.h"

/* Bytes of a section's or key's name. */
#define NAME_LIMIT 190

bool tool_ini_can_name(const char *name)
{
	size_t length = strlen(name);

	return length <= NAME_LIMIT && tool_all_printable(name, length);
}

bool tool_ini_can_hold(const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		uint32_t code;

		at += tool_decode(text + at, length - at, &code);
		if (code == 0 || (code > 0xffff && !tool_printable(code)))
			return false;
	}
	return true;
}

static bool begins_comment(char byte)
{
	return byte == '#' || byte == ';';
}

static bool has_comment(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (begins_comment(text[i]) && (i == 0 || text[i - 1] == ' '))
			return true;
	}
	return false;
}

static bool needs_quotes(const char *text, size_t length)
{
	if (length == 0)
		return false;
	return strchr("\"' ", text[0]) || strchr(" \\", text[length - 1]) ||
	       has_comment(text, length) || !tool_all_printable(text, length);
}

void tool_ini_value(struct writer *out, const char *text, size_t length,
		    bool before_comment)
{
	bool quotes = before_comment || needs_quotes(text, length);

	tool_text(out, quotes ? "\"" : "");
	tool_literal(out, quotes ? &tool_escapes_ini : &tool_escapes_show, text, length,
		     TOOL_NO_REFERENCE);
	tool_text(out, quotes ? "\"" : "");
}
