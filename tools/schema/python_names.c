/* SPDX-License-Identifier: ISC */
/* What keys are called in Python. Must not know how it is written. */
#include <stdlib.h>

#include "schema.h"
#include "schema/python.h"

/* Keywords, names that annotations are made of, and what every class has. */
static const char *const words[] = {
	"False",   "None",   "True",      "and",    "as",       "assert",      "async",
	"await",   "bool",   "break",     "class",  "continue", "dataclasses", "datetime",
	"def",     "del",    "deploycfg", "dict",   "elif",     "else",        "except",
	"finally", "float",  "for",       "from",   "global",   "if",          "import",
	"in",      "int",    "is",        "lambda", "mro",      "nonlocal",    "not",
	"object",  "or",     "pass",      "raise",  "return",   "str",         "try",
	"tuple",   "typing", "while",     "with",   "yield",
};
static const struct reserved reserved = {words, sizeof(words) / sizeof(words[0]), false};

bool tool_python_is_class(const struct python_code *code, const struct key *key)
{
	return tool_type(code->keys, key) == DEPLOYCFG_MAP &&
	       (key == code->keys->list || tool_child(key, SEGMENT_NAME));
}

static void name_fields(struct python_code *code, struct key *map, struct naming *list)
{
	size_t count = 0;

	for (struct key *key = map->first; key; key = key->next) {
		if (key->segment != SEGMENT_NAME)
			continue;
		key->field = tool_identifier(&code->identifiers, "", key->name,
					     SPELLING_LOWER, &reserved);
		list[count++] = (struct naming){&key->field, key->name, 0};
	}
	tool_make_unique(&code->identifiers, list, count);
}

/* ServerPool for server.pool; what is at the top has its own name alone. */
static void name_below(struct python_code *code, struct key *key, struct naming *list)
{
	const char *before = key == code->keys->list ? "" : key->type;

	name_fields(code, key, list);
	for (struct key *child = key->first; child; child = child->next)
		child->type = tool_identifier(&code->identifiers, before,
					      child->segment == SEGMENT_NAME ? child->name
									     : "item",
					      SPELLING_CAMEL, &reserved);
}

static void name_classes(struct python_code *code, struct naming *list)
{
	struct keys keys = *code->keys;
	size_t count = 0;

	for (size_t i = 0; i < keys.count; i++) {
		if (tool_python_is_class(code, &keys.list[i]))
			list[count++] = (struct naming){&keys.list[i].type, NULL, 0};
	}
	tool_make_unique(&code->identifiers, list, count);
}

bool tool_python_names(struct python_code *code)
{
	const char *prefix = tool_prefix_of(code->keys);
	struct keys keys = *code->keys;
	struct naming *list = calloc(keys.count, sizeof(*list));

	if (!list)
		return false;
	prefix = tool_identifier(&code->identifiers, "", *prefix ? prefix : "config",
				 SPELLING_LOWER, &reserved);
	keys.list[0].type = tool_identifier(&code->identifiers, "", prefix,
					    SPELLING_CAMEL, &reserved);
	for (size_t i = 0; i < keys.count; i++)
		name_below(code, &keys.list[i], list);
	name_classes(code, list);
	free(list);
	return !code->identifiers.failed;
}
