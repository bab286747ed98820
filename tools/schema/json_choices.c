/* SPDX-License-Identifier: ISC */
/* One of several values, as JSON Schema. Choices are compared by what they mean, and a layer may
 * hold each in several ways. Must not know what else is declared of the key. */
#include <stdlib.h>
#include <string.h>

#include "schema/json.h"

/* What a layer may say for a text with `${`, which is no reference where another `$` stands
 * before it. */
static void escaped(struct json *json, const char *text)
{
	struct text bytes = {NULL, 0, 0, false};
	struct writer out = {NULL, &bytes, 0};

	for (const char *brace; (brace = strstr(text, "${")); text = brace + 2) {
		tool_bytes(&out, text, (size_t)(brace - text));
		tool_text(&out, "$${");
	}
	if (bytes.length) {
		tool_text(&out, text);
		tool_json_lead(json, NULL);
		tool_quoted(json->out, &tool_escapes_json, bytes.bytes, bytes.length);
	}
	tool_hand_on(json->out, &bytes);
	free(bytes.bytes);
}

/* A choice, and what YAML makes of it where it stands without quotes. */
static void choice(struct json *json, const struct deploycfg_entry *entry)
{
	static const char *const words[] = {"true",  "True",  "TRUE",
					    "false", "False", "FALSE"};
	const char *text = deploycfg_entry_text(entry, NULL);
	char number[32];

	tool_json_text(json, NULL, text);
	escaped(json, text);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i], text) == 0)
			tool_json_word(json, NULL, i < 3 ? "true" : "false");
	}
	if (tool_json_number_of(entry, number))
		tool_json_word(json, NULL, number);
}

static void references(struct json_schema *to)
{
	tool_json_begin(&to->json, NULL, '{');
	tool_json_text(&to->json, "type", "string");
	tool_json_lead(&to->json, "pattern");
	tool_text(to->json.out, "\"" TOOL_JSON_REFERENCE "\"");
	tool_json_end(&to->json, '}');
}

static void text_choices(struct json_schema *to, const struct deploycfg_entry *list)
{
	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_begin(&to->json, "enum", '[');
	deploycfg_each_child (to->keys->schema, entry, list)
		choice(&to->json, tool_told(to->keys, entry));
	tool_json_word(&to->json, NULL, "null");
	tool_json_end(&to->json, ']');
	tool_json_end(&to->json, '}');
	references(to);
	tool_json_end(&to->json, ']');
}

/* Each is a type with limits that leave one value. */
static void number_choices(struct json_schema *to, enum deploycfg_type type,
			   const struct deploycfg_entry *list)
{
	tool_reader *read = type == DEPLOYCFG_INT    ? deploycfg_entry_int
			    : type == DEPLOYCFG_SIZE ? tool_read_size
						     : deploycfg_entry_duration;

	tool_json_begin(&to->json, "anyOf", '[');
	deploycfg_each_child (to->keys->schema, entry, list) {
		int64_t number = read(tool_told(to->keys, entry), NULL);
		struct limits only = {number, number, true};

		tool_json_begin(&to->json, NULL, '{');
		if (type == DEPLOYCFG_INT)
			tool_json_int(to, &only);
		else if (type == DEPLOYCFG_SIZE)
			tool_json_size(to, &only);
		else
			tool_json_duration(to, &only);
		tool_json_end(&to->json, '}');
	}
	tool_json_end(&to->json, ']');
}

static void bool_choices(struct json_schema *to, const struct deploycfg_entry *list)
{
	bool has[2] = {false, false};

	deploycfg_each_child (to->keys->schema, entry, list)
		has[deploycfg_entry_bool(tool_told(to->keys, entry), NULL)] = true;
	tool_json_bool(to, has[true], has[false]);
}

void tool_json_choices(struct json_schema *to, enum deploycfg_type type,
		       const struct deploycfg_entry *list)
{
	switch (type) {
	case DEPLOYCFG_INT:
	case DEPLOYCFG_SIZE:
	case DEPLOYCFG_DURATION:
		number_choices(to, type, list);
		break;
	case DEPLOYCFG_BOOL:
		bool_choices(to, list);
		break;
	case DEPLOYCFG_FLOAT:
		tool_json_float_choices(to, list);
		break;
	default:
		text_choices(to, list);
		break;
	}
}
