/* SPDX-License-Identifier: ISC */
/* Nested JSON. Must not know what is said with it. */
#include "json_nest.h"

#include "json_parts.h"

static void new_line(struct json *json)
{
	tool_text(json->out, "\n");
	tool_pad(json->out, 2 * json->depth);
}

void tool_json_lead(struct json *json, const char *name)
{
	if (json->inside)
		tool_text(json->out, ",");
	if (json->depth)
		new_line(json);
	if (name)
		tool_json_member(json->out, name);
	json->inside = true;
}

void tool_json_begin(struct json *json, const char *name, char bracket)
{
	tool_json_lead(json, name);
	tool_bytes(json->out, &bracket, 1);
	json->depth++;
	json->inside = false;
}

void tool_json_end(struct json *json, char bracket)
{
	json->depth--;
	if (json->inside)
		new_line(json);
	tool_bytes(json->out, &bracket, 1);
	json->inside = true;
}

void tool_json_text(struct json *json, const char *name, const char *text)
{
	tool_json_lead(json, name);
	tool_json_string(json->out, text);
}

void tool_json_word(struct json *json, const char *name, const char *word)
{
	tool_json_lead(json, name);
	tool_text(json->out, word);
}
