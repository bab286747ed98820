/* SPDX-License-Identifier: ISC */
/* YAML that loads back to an equal snapshot: source texts as they are, strings that
 * cannot be taken for anything else. Must not know where values come from but to say
 * so. */
#include <string.h>

#include "format.h"
#include "origin.h"
#include "plain.h"

/* libyaml takes `key:` for a key only within so many characters; beyond, it is `? key`.
 * */
#define SIMPLE_KEY_MAX 1000

struct yaml {
	struct writer *out;
	const struct deploycfg_snapshot *cfg;
	bool origin;
};

static size_t next_reference(const char *text, size_t length, size_t from)
{
	for (size_t at = from; at + 1 < length; at++) {
		if (text[at] == '$' && text[at + 1] == '{')
			return at;
	}
	return length;
}

/* A `${` of the value is written `$${`: alone it would be a reference. */
static void string(struct writer *out, const char *text, size_t length)
{
	size_t done = 0;

	if (tool_is_plain(text, length)) {
		tool_bytes(out, text, length);
		return;
	}
	tool_text(out, "\"");
	while (done < length) {
		size_t at = next_reference(text, length, done);
		size_t end = at < length ? at + 2 : at;

		tool_escaped(out, &tool_escapes_yaml, text + done, at - done);
		tool_text(out, at < length ? "$${" : "");
		done = end;
	}
	tool_text(out, "\"");
}

/* Whether YAML would take a float's text for an int: 5, 0xff. */
static bool looks_whole(const char *text)
{
	return strpbrk(text, "xo") || !strpbrk(text, ".eE");
}

static void scalar(struct writer *out, const struct deploycfg_entry *entry)
{
	size_t length;
	const char *text = deploycfg_entry_text(entry, &length);

	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_NULL:
		tool_text(out, "null");
		break;
	case DEPLOYCFG_FLOAT:
		tool_text(out, looks_whole(text) ? "!!float " : "");
		tool_bytes(out, text, length);
		break;
	case DEPLOYCFG_BOOL:
	case DEPLOYCFG_INT:
		tool_bytes(out, text, length);
		break;
	case DEPLOYCFG_LIST:
		tool_text(out, "[]");
		break;
	case DEPLOYCFG_MAP:
		tool_text(out, "{}");
		break;
	default:
		string(out, text, length);
		break;
	}
}

static void end_line(const struct yaml *yaml, const struct deploycfg_entry *entry)
{
	if (yaml->origin)
		tool_comment(yaml->out, "  ", entry);
	tool_text(yaml->out, "\n");
}

/* A plain key with an `@` could be a block for an environment. */
static void key_name(struct writer *out, const char *name)
{
	size_t length = strlen(name);

	if (tool_is_plain(name, length) && !strchr(name, '@'))
		tool_bytes(out, name, length);
	else
		tool_quoted(out, &tool_escapes_yaml, name, length);
}

/* Writes the key with its colon at the column where the line stands. */
static void key(struct writer *out, const char *name)
{
	struct writer measure = {NULL, 0};
	size_t column = out->column;

	key_name(&measure, name);
	if (measure.column <= SIMPLE_KEY_MAX) {
		key_name(out, name);
	} else {
		tool_text(out, "? ");
		key_name(out, name);
		tool_text(out, "\n");
		tool_pad(out, column);
	}
	tool_text(out, ":");
}

static void block(const struct yaml *yaml, const struct deploycfg_entry *parent,
		  size_t column);

static void member(const struct yaml *yaml, const struct deploycfg_entry *entry,
		   size_t column)
{
	key(yaml->out, deploycfg_entry_name(entry));
	if (tool_is_leaf(entry)) {
		tool_text(yaml->out, " ");
		scalar(yaml->out, entry);
	}
	end_line(yaml, entry);
	block(yaml, entry, column + 2);
}

/* What an item holds begins in its own line. */
static void item(const struct yaml *yaml, const struct deploycfg_entry *entry,
		 size_t column)
{
	tool_text(yaml->out, "- ");
	if (tool_is_leaf(entry)) {
		scalar(yaml->out, entry);
		end_line(yaml, entry);
	}
	block(yaml, entry, column + 2);
}

/* Writes all children at a column, the first where the line stands if that is there.
 * Depth is bounded by the library's limit of nesting. */
static void block(const struct yaml *yaml, const struct deploycfg_entry *parent,
		  size_t column)
{
	bool map = deploycfg_entry_type(parent) == DEPLOYCFG_MAP;

	deploycfg_each_child (yaml->cfg, child, parent) {
		tool_pad(yaml->out, column);
		if (map)
			member(yaml, child, column);
		else
			item(yaml, child, column);
	}
}

static void write_yaml(struct writer *out, const struct deploycfg_snapshot *cfg,
		       bool origin)
{
	const struct deploycfg_entry *root = deploycfg_root(cfg);
	struct yaml yaml = {out, cfg, origin};

	if (tool_is_leaf(root))
		tool_text(out, "{}\n");
	block(&yaml, root, 0);
}

const struct format tool_format_yaml = {"yaml", write_yaml};
