/* SPDX-License-Identifier: ISC */
/* From the fields of a declaration to words. Must not know where they are read. */
#include "schema/facts.h"

#include <stdlib.h>
#include <string.h>

#include "yaml_parts.h"

/* Clauses on their way out. */
struct clauses {
	struct writer *out;
	const struct keys *keys;
	const struct key *key;
	bool begun;
};

static void begin(struct clauses *to, const char *words)
{
	tool_text(to->out, to->begun ? "; " : "");
	tool_text(to->out, words);
	to->begun = true;
}

void tool_say_value(struct writer *out, const struct keys *keys,
		    const struct deploycfg_entry *value)
{
	struct dump dump = {.sight = keys->sight, .only = deploycfg_root(keys->schema)};
	struct one_line line;

	if (deploycfg_entry_type(value) == DEPLOYCFG_NULL)
		tool_text(out, "null");
	else if (tool_one_line(&dump, value, &line)) {
		if (line.length)
			tool_bytes(out, line.bytes, line.length);
		else
			tool_text(out, "\"\"");
		free(line.owned);
	} else if (out->text)
		out->text->failed = true;
}

/* All of a list, or the one value that is none. */
static void members(struct clauses *to, const struct deploycfg_entry *list)
{
	const char *before = "";

	if (deploycfg_entry_type(list) != DEPLOYCFG_LIST) {
		tool_say_value(to->out, to->keys, list);
		return;
	}
	deploycfg_each_child (to->keys->schema, member, list) {
		tool_text(to->out, before);
		tool_say_value(to->out, to->keys, member);
		before = ", ";
	}
}

/* A field with words before it. */
static void say(struct clauses *to, const char *words, const char *field)
{
	const struct deploycfg_entry *entry = tool_shown(to->keys, to->key, field);

	if (!entry || deploycfg_entry_type(entry) == DEPLOYCFG_NULL)
		return;
	begin(to, words);
	members(to, entry);
}

/* A field that is true or not. */
static void say_true(struct clauses *to, const char *words, const char *field)
{
	if (tool_field_true(to->keys, to->key, field))
		begin(to, words);
}

/* What two limits mean together; either may be NULL. */
static const char *range_words(const struct deploycfg_entry *min,
			       const struct deploycfg_entry *max)
{
	if (!max)
		return "at least ";
	if (!min)
		return "at most ";
	return strcmp(deploycfg_entry_text(min, NULL), deploycfg_entry_text(max, NULL)) ==
			       0
		       ? "exactly "
		       : "";
}

/* least and most: names of fields. one, many: what they count. */
static void range(struct clauses *to, const char *least, const char *most,
		  const char *one, const char *many)
{
	const struct deploycfg_entry *min = tool_field(to->keys, to->key, least);
	const struct deploycfg_entry *max = tool_field(to->keys, to->key, most);
	const struct deploycfg_entry *last = max ? max : min;
	const char *words;

	if (!last)
		return;
	words = range_words(min, max);
	begin(to, words);
	if (min && !*words) {
		tool_say_value(to->out, to->keys, min);
		tool_text(to->out, " to ");
	}
	tool_say_value(to->out, to->keys, last);
	tool_text(to->out, strcmp(deploycfg_entry_text(last, NULL), "1") ? many : one);
}

void tool_say_type(struct writer *out, const struct keys *keys, const struct key *key)
{
	enum deploycfg_type type = tool_type(keys, key);
	const struct key *item = tool_child(key, SEGMENT_ITEM);

	tool_text(out, type == DEPLOYCFG_NONE ? "any" : deploycfg_type_name(type));
	if (type != DEPLOYCFG_LIST)
		return;
	if (item && tool_type(keys, item) != DEPLOYCFG_NONE) {
		tool_text(out, " of ");
		tool_say_type(out, keys, item);
	} else if (!item && tool_items(keys, key) != DEPLOYCFG_NONE) {
		tool_text(out, " of ");
		tool_text(out, deploycfg_type_name(tool_items(keys, key)));
	}
}

static void limits(struct clauses *to)
{
	range(to, "min", "max", "", "");
	say(to, "one of ", "choices");
	say(to, "matches ", "pattern");
	range(to, "min_items", "max_items", " item", " items");
}

static void standard(struct clauses *to)
{
	const struct deploycfg_entry *value = tool_shown(to->keys, to->key, "default");

	if (!value)
		return;
	begin(to, "default ");
	tool_say_value(to->out, to->keys, value);
}

/* What a layer does to a list. */
static void merging(struct clauses *to)
{
	const char *merge = tool_field_text(to->keys, to->key, "merge");

	if (strcmp(merge, "append") == 0)
		begin(to, "layers add to it");
	else if (strcmp(merge, "unique") == 0)
		begin(to, "layers add to it what is new");
}

static void terms(struct clauses *to)
{
	const struct deploycfg_entry *required =
		tool_field(to->keys, to->key, "required");

	if (required && deploycfg_entry_type(required) == DEPLOYCFG_LIST)
		say(to, "required in ", "required");
	else
		say_true(to, "required", "required");
	merging(to);
	say(to, "needs ", "requires");
	say(to, "excludes ", "conflicts");
	say(to, "set only by ", "sources");
	if (to->key->secret)
		begin(to, "secret");
	say_true(to, "a change needs a restart", "restart");
	if (tool_field(to->keys, to->key, "replaced_by"))
		say(to, "deprecated: use ", "replaced_by");
	else
		say_true(to, "deprecated", "deprecated");
}

void tool_say_limits(struct writer *out, const struct keys *keys, const struct key *key)
{
	struct clauses to = {out, keys, key, false};

	limits(&to);
}

void tool_say_terms(struct writer *out, const struct keys *keys, const struct key *key)
{
	struct clauses to = {out, keys, key, false};

	terms(&to);
}

void tool_say_doc(struct writer *out, const struct keys *keys, const struct key *key)
{
	const char *doc = tool_field_text(keys, key, "doc");
	size_t length = strlen(doc);

	while (length && doc[length - 1] == '\n')
		length--;
	tool_bytes(out, doc, length);
}

void tool_say_all(struct text *text, const struct keys *keys, const struct key *key)
{
	struct text facts = {NULL, 0, 0, false};
	struct writer out = {NULL, text, 0}, facts_out = {NULL, &facts, 0};
	struct clauses to = {&facts_out, keys, key, false};

	limits(&to);
	standard(&to);
	terms(&to);
	tool_say_doc(&out, keys, key);
	tool_text(&out, text->length && facts.length ? "\n" : "");
	tool_bytes(&out, facts.bytes, facts.length);
	tool_hand_on(&out, &facts);
	free(facts.bytes);
}
