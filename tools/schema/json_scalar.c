/* SPDX-License-Identifier: ISC */
/* What a scalar may be, as JSON Schema. A layer may hold it quoted or not, so that most types
 * are a number or a text that reads as one. Must not know where it stands. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "schema/digits.h"
#include "schema/facts.h"
#include "schema/json.h"
#include "schema/pattern.h"

/* The two characters, as JSON. */
#define BRACE "\\\\$\\\\{"

int64_t tool_read_size(const struct deploycfg_entry *entry,
		       struct deploycfg_errors **errors)
{
	return (int64_t)deploycfg_entry_size(entry, errors);
}

static struct limits limits_of(const struct json_schema *to, const struct key *key,
			       int64_t least, tool_reader *read)
{
	const struct deploycfg_entry *min = tool_field(to->keys, key, "min");
	const struct deploycfg_entry *max = tool_field(to->keys, key, "max");
	struct limits limits = {least, INT64_MAX, min || max};

	if (min && read(min, NULL) > least)
		limits.least = read(min, NULL);
	if (max)
		limits.most = read(max, NULL);
	return limits;
}

static void whole_number(struct json *json, const char *name, int64_t number)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRId64, number);
	tool_json_word(json, name, text);
}

void tool_json_integer(struct json_schema *to, const struct limits *limits)
{
	tool_json_begin(&to->json, NULL, '{');
	tool_json_lead(&to->json, "type");
	tool_text(to->json.out, "[\"integer\", \"null\"]");
	whole_number(&to->json, "minimum", limits->least);
	whole_number(&to->json, "maximum", limits->most);
	tool_json_end(&to->json, '}');
}

void tool_json_null(struct json *json, const char *name)
{
	tool_json_begin(json, name, '{');
	tool_json_text(json, "type", "null");
	tool_json_end(json, '}');
}

void tool_json_begin_pattern(struct json_schema *to, const char *say)
{
	tool_json_begin(&to->json, NULL, '{');
	tool_json_text(&to->json, "type", "string");
	tool_json_text(&to->json, "patternErrorMessage", say);
	tool_json_lead(&to->json, "pattern");
	tool_text(to->json.out, "\"^(?:");
}

void tool_json_end_pattern(struct json_schema *to)
{
	tool_text(to->json.out, ")$|" TOOL_JSON_REFERENCE "\"");
	tool_json_end(&to->json, '}');
}

/* A pattern judges nothing but strings. */
void tool_json_nest(struct json_schema *to, enum deploycfg_type type)
{
	bool map = type == DEPLOYCFG_MAP;

	tool_json_lead(&to->json, "type");
	tool_text(to->json.out, map ? "[\"object\", \"string\", \"null\"]"
				    : "[\"array\", \"string\", \"null\"]");
	tool_json_text(&to->json, "patternErrorMessage",
		       map ? "not a map" : "not a list");
	tool_json_lead(&to->json, "pattern");
	tool_text(to->json.out, "\"^" BRACE "[\\\\s\\\\S]*\\\\}$\"");
}

/* Patterns are written as JSON right away: the backslash of a pattern takes another one. */
static void escaped(struct json_schema *to, const struct text *text)
{
	if (text->bytes)
		tool_escaped(to->json.out, &tool_escapes_json, text->bytes, text->length);
	tool_hand_on(to->json.out, text);
	free(text->bytes);
}

void tool_json_int(struct json_schema *to, const struct limits *limits)
{
	struct text text = {NULL, 0, 0, false};
	struct writer pattern = {NULL, &text, 0};

	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_integer(to, limits);
	tool_json_begin_pattern(to, "not an int within the limits");
	tool_pattern_int(&pattern, limits->least, limits->most);
	escaped(to, &text);
	tool_json_end_pattern(to);
	tool_json_end(&to->json, ']');
}

void tool_json_bool(struct json_schema *to, bool yes, bool no)
{
	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_lead(&to->json, "enum");
	tool_text(to->json.out, yes ? "[true, 1, " : "[");
	tool_text(to->json.out, no ? "false, 0, null]" : "null]");
	tool_json_end(&to->json, '}');
	tool_json_begin_pattern(to, yes && no
					    ? "not true, false, yes, no, on, off, 1 or 0"
					    : "not one of the choices");
	tool_text(to->json.out, yes ? "[Tt][Rr][Uu][Ee]|[Yy][Ee][Ss]|[Oo][Nn]|1" : "");
	tool_text(to->json.out, yes && no ? "|" : "");
	tool_text(to->json.out, no ? "[Ff][Aa][Ll][Ss][Ee]|[Nn][Oo]|[Oo][Ff][Ff]|0" : "");
	tool_json_end_pattern(to);
	tool_json_end(&to->json, ']');
}

static const char *const definitions[DEFINITION_COUNT] = {"bool",  "int",      "float",
							  "exact", "duration", "size"};

void tool_json_defined(struct json_schema *to, enum definition definition)
{
	to->used |= 1u << definition;
	tool_json_lead(&to->json, "$ref");
	tool_text(to->json.out, "\"#/$defs/");
	tool_text(to->json.out, definitions[definition]);
	tool_text(to->json.out, "\"");
}

static void int_members(struct json_schema *to, const struct key *key)
{
	struct limits limits = limits_of(to, key, INT64_MIN, deploycfg_entry_int);

	if (limits.given)
		tool_json_int(to, &limits);
	else
		tool_json_defined(to, DEFINITION_INT);
}

static void float_members(struct json_schema *to, const struct key *key)
{
	if (tool_field(to->keys, key, "min") || tool_field(to->keys, key, "max"))
		tool_json_float(to, key);
	else
		tool_json_defined(to, DEFINITION_FLOAT);
}

static void duration_members(struct json_schema *to, const struct key *key)
{
	struct limits limits = limits_of(to, key, 0, deploycfg_entry_duration);

	if (limits.given)
		tool_json_duration(to, &limits);
	else
		tool_json_defined(to, DEFINITION_DURATION);
}

static void size_members(struct json_schema *to, const struct key *key)
{
	struct limits limits = limits_of(to, key, 0, tool_read_size);

	if (limits.given)
		tool_json_size(to, &limits);
	else
		tool_json_defined(to, DEFINITION_SIZE);
}

/* What stands without quotes may be a number to YAML, unless no number could match. */
static void text_members(struct json_schema *to, const struct key *key)
{
	const char *given = tool_field_text(to->keys, key, "pattern");
	unsigned matches =
		*given ? tool_pattern_matches(given) : PATTERN_NUMBERS | PATTERN_BOOLS;

	tool_json_lead(&to->json, "type");
	tool_text(to->json.out, "[\"string\", ");
	tool_text(to->json.out, matches & PATTERN_NUMBERS ? "\"number\", " : "");
	tool_text(to->json.out, matches & PATTERN_BOOLS ? "\"boolean\", " : "");
	tool_text(to->json.out, "\"null\"]");
}

static void type_members(struct json_schema *to, enum deploycfg_type type,
			 const struct key *key)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		tool_json_defined(to, DEFINITION_BOOL);
		break;
	case DEPLOYCFG_INT:
		int_members(to, key);
		break;
	case DEPLOYCFG_FLOAT:
		float_members(to, key);
		break;
	case DEPLOYCFG_DURATION:
		duration_members(to, key);
		break;
	case DEPLOYCFG_SIZE:
		size_members(to, key);
		break;
	case DEPLOYCFG_STRING:
	case DEPLOYCFG_PATH:
		text_members(to, key);
		break;
	default:
		break;
	}
}

/* Only of what keeps its text: of a number it judges the one that is stored. */
static void pattern(struct json_schema *to, enum deploycfg_type type, const char *given)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};
	bool is_kept = type >= DEPLOYCFG_STRING && type != DEPLOYCFG_LIST &&
		       type != DEPLOYCFG_MAP;

	if (is_kept && *given && tool_pattern(&out, given)) {
		tool_json_lead(&to->json, "patternErrorMessage");
		tool_text(to->json.out, "\"does not match the pattern ");
		tool_escaped(to->json.out, &tool_escapes_json, given, strlen(given));
		tool_text(to->json.out, "\"");
		tool_json_lead(&to->json, "pattern");
		tool_quoted(to->json.out, &tool_escapes_json, text.bytes, text.length);
	}
	tool_hand_on(to->json.out, &text);
	free(text.bytes);
}

void tool_json_scalar(struct json_schema *to, enum deploycfg_type type,
		      const struct key *key)
{
	const struct deploycfg_entry *list = tool_choices(to->keys, key);
	const char *given = tool_field_text(to->keys, key, "pattern");

	bool is_secret = !list && tool_field(to->keys, key, "choices");

	/* An enum whose choices are not told is any text. */
	if (type == DEPLOYCFG_ENUM && is_secret)
		type = DEPLOYCFG_STRING;
	if (type == DEPLOYCFG_NONE && (list || is_secret || *given))
		type = DEPLOYCFG_STRING;
	if (list)
		tool_json_choices(to, type, list);
	else
		type_members(to, type, key);
	pattern(to, type, given);
}

static void define(struct json_schema *to, enum definition definition)
{
	static const struct limits ints = {INT64_MIN, INT64_MAX, false};
	static const struct limits others = {0, INT64_MAX, false};

	switch (definition) {
	case DEFINITION_BOOL:
		tool_json_bool(to, true, true);
		break;
	case DEFINITION_INT:
		tool_json_int(to, &ints);
		break;
	case DEFINITION_FLOAT:
		tool_json_float(to, NULL);
		break;
	case DEFINITION_EXACT:
		tool_json_exact(to);
		break;
	case DEFINITION_DURATION:
		tool_json_duration(to, &others);
		break;
	default:
		tool_json_size(to, &others);
		break;
	}
}

void tool_json_definitions(struct json_schema *to)
{
	for (unsigned i = 0; i < DEFINITION_COUNT; i++) {
		if (to->used & 1u << i) {
			tool_json_begin(&to->json, definitions[i], '{');
			define(to, (enum definition)i);
			tool_json_end(&to->json, '}');
		}
	}
}
