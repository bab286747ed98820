/* SPDX-License-Identifier: ISC */
/* Values that a schema holds, as JSON of their declared type. Must not know what they are. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "json_parts.h"
#include "schema/json.h"

/* The fewest digits that read back. */
static void print_double(double value, char number[32])
{
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(number, 32, "%.*g", digits, value);
		if (strtod(number, NULL) >= value && strtod(number, NULL) <= value)
			return;
	}
}

bool tool_json_number_of(const struct deploycfg_entry *entry, char number[32])
{
	struct deploycfg_errors *errors = NULL;
	int64_t whole = deploycfg_entry_int(entry, &errors);
	double value = 0;

	snprintf(number, 32, "%" PRId64, whole);
	if (!errors)
		return true;
	errors = deploycfg_errors_free(errors);
	value = deploycfg_entry_double(entry, &errors);
	if (!errors && isfinite(value)) {
		print_double(value, number);
		return true;
	}
	deploycfg_errors_free(errors);
	return false;
}

/* A text of digits alone is the same number without quotes. */
static bool is_number_of(enum deploycfg_type type, const struct deploycfg_entry *value)
{
	const char *text = deploycfg_entry_text(value, NULL);
	enum deploycfg_type own = deploycfg_entry_type(value);

	switch (type) {
	case DEPLOYCFG_INT:
	case DEPLOYCFG_FLOAT:
		return true;
	case DEPLOYCFG_SIZE:
	case DEPLOYCFG_DURATION:
		return strspn(text, "0123456789") == strlen(text);
	default:
		return type == DEPLOYCFG_NONE &&
		       (own == DEPLOYCFG_INT || own == DEPLOYCFG_FLOAT);
	}
}

static void scalar(struct json_schema *to, const char *name,
		   const struct deploycfg_entry *entry, enum deploycfg_type type)
{
	const struct deploycfg_entry *value = tool_told(to->keys, entry);
	struct json *json = &to->json;
	enum deploycfg_type own = deploycfg_entry_type(value);
	bool is_bool = type == DEPLOYCFG_BOOL ||
		       (type == DEPLOYCFG_NONE && own == DEPLOYCFG_BOOL);
	char number[32];

	if (own == DEPLOYCFG_NULL)
		tool_json_word(json, name, "null");
	else if (is_bool)
		tool_json_word(json, name,
			       deploycfg_entry_bool(value, NULL) ? "true" : "false");
	else if (is_number_of(type, value) && tool_json_number_of(value, number))
		tool_json_word(json, name, number);
	else
		tool_json_text(json, name, deploycfg_entry_text(value, NULL));
}

/* The declaration of what is in a list or map. */
static const struct key *inside(const struct key *key,
				const struct deploycfg_entry *child)
{
	if (!key)
		return NULL;
	if (deploycfg_entry_index(child) != SIZE_MAX)
		return tool_child(key, SEGMENT_ITEM);
	for (const struct key *named = key->first; named; named = named->next) {
		if (named->segment == SEGMENT_NAME &&
		    strcmp(named->name, deploycfg_entry_name(child)) == 0)
			return named;
	}
	return tool_child(key, SEGMENT_ANY);
}

/* Depth is bounded by the library's limit of nesting. */
void tool_json_value(struct json_schema *to, const char *name,
		     const struct deploycfg_entry *value, const struct key *key,
		     enum deploycfg_type items)
{
	bool map = deploycfg_entry_type(value) == DEPLOYCFG_MAP;
	enum deploycfg_type type = key ? tool_type(to->keys, key) : items;

	if (!map && deploycfg_entry_type(value) != DEPLOYCFG_LIST) {
		scalar(to, name, value, type);
		return;
	}
	tool_json_begin(&to->json, name, map ? '{' : '[');
	deploycfg_each_child (to->keys->schema, child, value)
		tool_json_value(to, map ? deploycfg_entry_name(child) : NULL, child,
				inside(key, child),
				key ? tool_items(to->keys, key) : DEPLOYCFG_NONE);
	tool_json_end(&to->json, map ? '}' : ']');
}
