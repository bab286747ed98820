/* SPDX-License-Identifier: ISC */
/* The small parts of JSON. Must not know what they are put together to. */
#include "json_parts.h"

#include <string.h>

void tool_json_member(struct writer *out, const char *name)
{
	tool_json_string(out, name);
	tool_text(out, ": ");
}

void tool_json_next(struct writer *out, const char *name)
{
	tool_text(out, ", ");
	tool_json_member(out, name);
}

void tool_json_string(struct writer *out, const char *text)
{
	tool_quoted(out, &tool_escapes_json, text, strlen(text));
}

void tool_json_string_or_null(struct writer *out, const char *text)
{
	if (*text)
		tool_json_string(out, text);
	else
		tool_text(out, "null");
}

void tool_json_number_or_null(struct writer *out, unsigned number)
{
	if (number)
		tool_number(out, number);
	else
		tool_text(out, "null");
}
