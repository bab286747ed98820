/* SPDX-License-Identifier: ISC */
/* deploycfg schema --format markdown: a reference for people, a table for each top-level map.
 * Must not know what a key is used for. */
#include <stdlib.h>
#include <string.h>

#include "env_table.h"
#include "schema.h"
#include "schema/facts.h"
#include "status.h"

struct markdown {
	struct writer *out;
	const struct keys *keys;
	struct text path;
	bool table; /* has begun */
};

static bool is_plain(const char *name)
{
	for (const char *at = name; *at; at++) {
		bool plain = (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') ||
			     (*at >= 'a' && *at <= 'z') || *at == '_' || *at == '-' ||
			     (unsigned char)*at >= 0x80;

		if (!plain)
			return false;
	}
	return *name;
}

static void quoted(struct writer *out, const char *name)
{
	tool_text(out, "\"");
	for (; *name; name++) {
		tool_text(out, *name == '"' || *name == '\\' ? "\\" : "");
		tool_bytes(out, name, 1);
	}
	tool_text(out, "\"");
}

/* Adds a child to the path. Returns the length to come back to. */
static size_t go_down(struct text *path, const struct key *key)
{
	struct writer out = {NULL, path, 0};
	size_t end = path->length;

	if (key->segment == SEGMENT_ITEM) {
		tool_text(&out, "[]");
		return end;
	}
	tool_text(&out, end ? "." : "");
	if (key->segment == SEGMENT_ANY)
		tool_text(&out, "*");
	else if (is_plain(key->name))
		tool_text(&out, key->name);
	else
		quoted(&out, key->name);
	return end;
}

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether Markdown may take a character for more than itself. */
static bool is_special(const char *text, size_t length, size_t i)
{
	bool inside = i > 0 && i + 1 < length && is_alphanumeric(text[i - 1]) &&
		      is_alphanumeric(text[i + 1]);

	if (text[i] == '_')
		return !inside;
	return text[i] && strchr("\\`*[]<>|~&#", text[i]);
}

/* Plain text in a cell of a table, or in a line of its own. */
static void prose(struct writer *out, const char *text, size_t length, bool cell)
{
	for (size_t i = 0, width; i < length; i += width) {
		uint32_t code;

		width = tool_decode(text + i, length - i, &code);
		if (code == '\n')
			tool_text(out, cell ? "<br>" : "  \n");
		else if (code == '\t')
			tool_text(out, " ");
		else {
			tool_text(out, is_special(text, length, i) ? "\\" : "");
			tool_escaped(out, &tool_escapes_show, text + i, width);
		}
	}
}

/* The longest row of backquotes; a code is put between more of them. */
static size_t longest_row(const char *text, size_t length)
{
	size_t longest = 0, row = 0;

	for (size_t i = 0; i < length; i++) {
		row = text[i] == '`' ? row + 1 : 0;
		if (row > longest)
			longest = row;
	}
	return longest;
}

static void backquotes(struct writer *out, size_t count)
{
	while (count--)
		tool_text(out, "`");
}

/* In a table a bar ends the cell, be it in a code or not. */
static void code(struct writer *out, const char *text, size_t length)
{
	size_t quotes = longest_row(text, length) + 1;
	const char *blank = quotes > 1 ? " " : "";
	struct text shown = {NULL, 0, 0, false};
	struct writer show = {NULL, &shown, 0};

	if (!length)
		return;
	tool_escaped(&show, &tool_escapes_show, text, length);
	backquotes(out, quotes);
	tool_text(out, blank);
	for (size_t i = 0; i < shown.length; i++) {
		tool_text(out, shown.bytes[i] == '|' ? "\\" : "");
		tool_bytes(out, &shown.bytes[i], 1);
	}
	tool_text(out, blank);
	backquotes(out, quotes);
	tool_hand_on(out, &shown);
	free(shown.bytes);
}

/* What a function says, as prose; length of it. */
typedef void sayer(struct writer *out, const struct keys *keys, const struct key *key);

static size_t say(struct markdown *to, sayer *words, const struct key *key,
		  const char *before, bool cell)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};
	size_t length;

	words(&out, to->keys, key);
	length = text.length;
	if (length) {
		tool_text(to->out, before);
		prose(to->out, text.bytes, length, cell);
	}
	tool_hand_on(to->out, &text);
	free(text.bytes);
	return length;
}

static void standard(struct markdown *to, const struct key *key)
{
	const struct deploycfg_entry *value = tool_shown(to->keys, key, "default");
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};

	if (!value)
		return;
	tool_say_value(&out, to->keys, value);
	code(to->out, text.bytes, text.length);
	tool_hand_on(to->out, &text);
	free(text.bytes);
}

/* Whether there is one. */
static bool computed(struct markdown *to, const struct key *key)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};
	const char *prefix = tool_prefix_of(to->keys), *reason = "";
	bool any;

	if (*prefix && !tool_env_variable(&out, to->keys, key, prefix, &reason))
		text.failed = true;
	any = text.length > 0;
	code(to->out, text.bytes, text.length);
	tool_hand_on(to->out, &text);
	free(text.bytes);
	return any;
}

/* The computed name, and those that `env` gives. */
static void variables(struct markdown *to, const struct key *key)
{
	const struct deploycfg_entry *env = tool_field(to->keys, key, "env");
	const char *before = computed(to, key) ? "<br>" : "";

	deploycfg_each_child (to->keys->schema, other, env) {
		size_t length;
		const char *text = deploycfg_entry_text(other, &length);

		tool_text(to->out, before);
		code(to->out, text, length);
		before = "<br>";
	}
}

static void row(struct markdown *to, const struct key *key)
{
	const char *path = to->path.bytes;

	if (!to->table)
		tool_text(to->out, "\n| key | type | default | variable | description |\n"
				   "|---|---|---|---|---|\n");
	to->table = true;
	tool_text(to->out, "| ");
	code(to->out, path, to->path.length);
	tool_text(to->out, " | ");
	say(to, tool_say_type, key, "", true);
	say(to, tool_say_limits, key, ", ", true);
	tool_text(to->out, " | ");
	standard(to, key);
	tool_text(to->out, " | ");
	variables(to, key);
	tool_text(to->out, " | ");
	if (say(to, tool_say_doc, key, "", true))
		say(to, tool_say_terms, key, "<br>", true);
	else
		say(to, tool_say_terms, key, "", true);
	tool_text(to->out, " |\n");
}

/* Declared keys, and those below which nothing is. Depth is bounded by that of declared
 * paths. */
static void rows(struct markdown *to, const struct key *key)
{
	for (const struct key *child = key->first; child; child = child->next) {
		size_t end = go_down(&to->path, child);

		if (child->rule)
			row(to, child);
		rows(to, child);
		to->path.length = end;
	}
}

/* Of what stands at the top by itself. */
static void top(struct markdown *to)
{
	for (const struct key *key = to->keys->list->first; key; key = key->next) {
		size_t end = go_down(&to->path, key);

		if (!key->first)
			row(to, key);
		to->path.length = end;
	}
}

static void section(struct markdown *to, const struct key *key)
{
	size_t end = go_down(&to->path, key);

	tool_text(to->out, "\n## ");
	code(to->out, to->path.bytes, to->path.length);
	tool_text(to->out, "\n");
	if (say(to, tool_say_doc, key, "\n", false))
		tool_text(to->out, "\n");
	to->table = false;
	rows(to, key);
	to->path.length = end;
}

/* What schemas say of themselves, a paragraph each. */
static void docs(struct markdown *to)
{
	const struct deploycfg_snapshot *schema = to->keys->schema;

	deploycfg_each_child (schema, doc, deploycfg_find(schema, "docs", SIZE_MAX)) {
		size_t length;
		const char *text = deploycfg_entry_text(doc, &length);

		while (length && text[length - 1] == '\n')
			length--;
		if (!length)
			continue;
		tool_text(to->out, "\n");
		prose(to->out, text, length, false);
		tool_text(to->out, "\n");
	}
}

static void document(struct markdown *to)
{
	const char *prefix = tool_prefix_of(to->keys);

	tool_text(to->out, "<!-- Written by deploycfg schema --format markdown. -->\n\n"
			   "# Configuration");
	tool_text(to->out, *prefix ? " of " : "");
	tool_text(to->out, prefix);
	tool_text(to->out, "\n");
	docs(to);
	top(to);
	for (const struct key *key = to->keys->list->first; key; key = key->next) {
		if (key->first)
			section(to, key);
	}
}

static int write_markdown(const struct dump *dump)
{
	struct keys keys;
	struct markdown to = {.out = dump->out, .keys = &keys};
	int status = tool_schema_begin(&keys, dump);

	if (status == TOOL_OK)
		document(&to);
	tool_hand_on(dump->out, &to.path);
	free(to.path.bytes);
	tool_keys_fini(&keys);
	return status;
}

const struct format tool_format_markdown = {"markdown", write_markdown};
