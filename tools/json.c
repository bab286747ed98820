/* SPDX-License-Identifier: ISC */
/* JSON: one nested object, exact numbers, nothing unprintable. Must not know where the
 * values come from but to say so. */
#include <string.h>

#include "format.h"
#include "origin.h"

struct json {
	struct writer *out;
	const struct deploycfg_snapshot *cfg;
	bool origin;
};

static void member(struct writer *out, const char *name)
{
	tool_quoted(out, &tool_escapes_json, name, strlen(name));
	tool_text(out, ": ");
}

/* JSON has no words for infinities and not-a-number: they become strings. */
static void number(struct writer *out, const struct deploycfg_entry *entry)
{
	char text[64];
	size_t length = deploycfg_entry_print(entry, text, sizeof(text));

	if (strpbrk(text, "in")) /* .inf .nan */
		tool_quoted(out, &tool_escapes_json, text, length);
	else
		tool_bytes(out, text, length);
}

static void scalar(struct writer *out, const struct deploycfg_entry *entry)
{
	size_t length;
	const char *text = deploycfg_entry_text(entry, &length);

	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_NULL:
		tool_text(out, "null");
		break;
	case DEPLOYCFG_BOOL:
		tool_text(out, deploycfg_entry_bool(entry, NULL) ? "true" : "false");
		break;
	case DEPLOYCFG_INT:
	case DEPLOYCFG_FLOAT:
		number(out, entry);
		break;
	default:
		tool_quoted(out, &tool_escapes_json, text, length);
		break;
	}
}

/* "column": and "line": are null where the source has no lines. */
static void position(struct writer *out, const char *name, unsigned value)
{
	tool_text(out, ", ");
	member(out, name);
	if (value)
		tool_number(out, value);
	else
		tool_text(out, "null");
}

static void origin_of(struct writer *out, const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);
	const char *name = deploycfg_source_name(source);
	const char *label = deploycfg_source_label(source);

	tool_text(out, "{");
	member(out, "file");
	tool_quoted(out, &tool_escapes_json, name, strlen(name));
	position(out, "line", deploycfg_entry_line(entry));
	position(out, "column", deploycfg_entry_column(entry));
	tool_text(out, ", ");
	member(out, "layer");
	tool_quoted(out, &tool_escapes_json, label, strlen(label));
	tool_text(out, "}");
}

static void leaf(struct json *json, const struct deploycfg_entry *entry)
{
	bool origin = json->origin && deploycfg_entry_source(entry);

	if (origin) {
		tool_text(json->out, "{");
		member(json->out, "value");
	}
	if (deploycfg_entry_type(entry) == DEPLOYCFG_MAP)
		tool_text(json->out, "{}");
	else if (deploycfg_entry_type(entry) == DEPLOYCFG_LIST)
		tool_text(json->out, "[]");
	else
		scalar(json->out, entry);
	if (!origin)
		return;
	tool_text(json->out, ", ");
	member(json->out, "origin");
	origin_of(json->out, entry);
	tool_text(json->out, "}");
}

static void new_line(struct json *json, size_t depth)
{
	tool_text(json->out, "\n");
	tool_pad(json->out, 2 * depth);
}

/* Depth is bounded by the library's limit of nesting. */
static void value(struct json *json, const struct deploycfg_entry *entry, size_t depth)
{
	bool map = deploycfg_entry_type(entry) == DEPLOYCFG_MAP;
	const char *before = map ? "{" : "[";

	if (tool_is_leaf(entry)) {
		leaf(json, entry);
		return;
	}
	deploycfg_each_child (json->cfg, child, entry) {
		tool_text(json->out, before);
		new_line(json, depth + 1);
		if (map)
			member(json->out, deploycfg_entry_name(child));
		value(json, child, depth + 1);
		before = ",";
	}
	new_line(json, depth);
	tool_text(json->out, map ? "}" : "]");
}

void tool_json(struct writer *out, const struct deploycfg_snapshot *cfg,
	       const struct deploycfg_entry *entry)
{
	struct json json = {out, cfg, false};

	value(&json, entry, 0);
	tool_text(out, "\n");
}

static void write_json(struct writer *out, const struct deploycfg_snapshot *cfg,
		       bool origin)
{
	const struct deploycfg_entry *root = deploycfg_root(cfg);
	struct json json = {out, cfg, origin && !tool_is_leaf(root)};

	value(&json, root, 0);
	tool_text(out, "\n");
}

const struct format tool_format_json = {"json", write_json};
