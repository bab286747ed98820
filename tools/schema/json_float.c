/* SPDX-License-Identifier: ISC */
/* Floats, as JSON Schema: numbers within limits, or texts that read as one. Must not know where
 * they stand. */
#include "schema/json.h"

/* A limit of floats. False where there is none, or it is infinite. */
static bool float_limit(struct json_schema *to, const struct key *key, const char *field,
			const char *name)
{
	const struct deploycfg_entry *limit = tool_field(to->keys, key, field);
	char number[32];

	if (!limit || !tool_json_number_of(limit, number))
		return false;
	tool_json_word(&to->json, name, number);
	return true;
}

static void float_text(struct json_schema *to, bool least, bool most)
{
	tool_json_begin_pattern(to, "not a float");
	tool_text(to->json.out,
		  "[-+]?(?:[0-9]+(?:\\\\.[0-9]*)?|\\\\.[0-9]+)(?:[eE][-+]?[0-9]+)?|"
		  "0x[0-9a-fA-F]+|0o[0-7]+");
	tool_text(to->json.out, least ? "" : "|-\\\\.(?:inf|Inf|INF)");
	tool_text(to->json.out, most ? "" : "|\\\\+?\\\\.(?:inf|Inf|INF)");
	tool_text(to->json.out, least || most ? "" : "|\\\\.(?:nan|NaN|NAN)");
	tool_json_end_pattern(to);
}

/* key: NULL for no limits. A text is held to none, but that it is no end of them. */
void tool_json_float(struct json_schema *to, const struct key *key)
{
	bool least, most;

	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_lead(&to->json, "type");
	tool_text(to->json.out, "[\"number\", \"null\"]");
	least = float_limit(to, key, "min", "minimum");
	most = float_limit(to, key, "max", "maximum");
	tool_json_end(&to->json, '}');
	float_text(to, least, most);
	tool_json_end(&to->json, ']');
}

/* A text is not compared with them. */
void tool_json_float_choices(struct json_schema *to, const struct deploycfg_entry *list)
{
	char number[32];

	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_begin(&to->json, "enum", '[');
	deploycfg_each_child (to->keys->schema, entry, list) {
		if (tool_json_number_of(entry, number))
			tool_json_word(&to->json, NULL, number);
	}
	tool_json_word(&to->json, NULL, "null");
	tool_json_end(&to->json, ']');
	tool_json_end(&to->json, '}');
	float_text(to, false, false);
	tool_json_end(&to->json, ']');
}
