/* SPDX-License-Identifier: ISC */
/* JSON in lines, member by member: commas and indents come by themselves. */
#ifndef TOOL_JSON_NEST_H
#define TOOL_JSON_NEST_H

#include <stdbool.h>

#include "writer.h"

struct json {
	struct writer *out;
	size_t depth;
	bool inside; /* the object or array that is open has a member already */
};

/* Name is NULL in arrays, and for the whole. bracket: `{` or `[`. */
void tool_json_begin(struct json *json, const char *name, char bracket);
void tool_json_end(struct json *json, char bracket);

void tool_json_text(struct json *json, const char *name, const char *text);

/* A number, or a word of JSON. */
void tool_json_word(struct json *json, const char *name, const char *word);

/* Leads in a member that the caller writes. */
void tool_json_lead(struct json *json, const char *name);

#endif
