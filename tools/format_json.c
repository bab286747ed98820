/* SPDX-License-Identifier: ISC */
/* JSON: one nested object, exact numbers, nothing unprintable. Must not know where the
 * values come from but to say so. */
#include <string.h>

#include "format.h"
#include "json_parts.h"
#include "origin.h"
#include "status.h"

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

static void origin_of(struct writer *out, const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);

	tool_text(out, "{");
	tool_json_member(out, "file");
	tool_json_string(out, deploycfg_source_name(source));
	tool_json_next(out, "line");
	tool_json_number_or_null(out, deploycfg_entry_line(entry));
	tool_json_next(out, "column");
	tool_json_number_or_null(out, deploycfg_entry_column(entry));
	tool_json_next(out, "layer");
	tool_json_string(out, deploycfg_source_label(source));
	tool_text(out, "}");
}

/* A scalar, or a list or map that has nothing to be shown. */
static void bare(struct writer *out, const struct sight *sight,
		 const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *seen = tool_see(sight, entry);
	bool empty = tool_is_leaf(entry);

	if (deploycfg_entry_type(entry) == DEPLOYCFG_MAP)
		tool_text(out, empty ? "{}" : "\"{...}\"");
	else if (deploycfg_entry_type(entry) == DEPLOYCFG_LIST)
		tool_text(out, empty ? "[]" : "\"[...]\"");
	else if (seen)
		scalar(out, seen);
	else
		tool_json_string(out, TOOL_MASK);
}

static void value_and_origin(const struct dump *dump, const struct deploycfg_entry *entry)
{
	struct writer *out = dump->out;

	tool_text(out, "{");
	tool_json_member(out, "value");
	bare(out, &dump->sight, entry);
	tool_json_next(out, "origin");
	origin_of(out, entry);
}

static void overridden(const struct dump *dump, const struct deploycfg_entry *entry)
{
	const char *before = "";

	tool_json_next(dump->out, "overridden");
	tool_text(dump->out, "[");
	tool_each_overridden (dump, lost, entry) {
		tool_text(dump->out, before);
		value_and_origin(dump, lost);
		tool_text(dump->out, "}");
		before = ", ";
	}
	tool_text(dump->out, "]");
}

static void leaf(const struct dump *dump, const struct deploycfg_entry *entry)
{
	if (!dump->origin || !deploycfg_entry_source(entry)) {
		bare(dump->out, &dump->sight, entry);
		return;
	}
	value_and_origin(dump, entry);
	if (dump->overridden)
		overridden(dump, entry);
	tool_text(dump->out, "}");
}

static void new_line(struct writer *out, size_t depth)
{
	tool_text(out, "\n");
	tool_pad(out, 2 * depth);
}

/* Depth is bounded by the library's limit of nesting. */
static void value(const struct dump *dump, const struct deploycfg_entry *entry,
		  size_t depth)
{
	bool map = deploycfg_entry_type(entry) == DEPLOYCFG_MAP;
	const char *before = map ? "{" : "[";

	if (tool_is_leaf(entry)) {
		leaf(dump, entry);
		return;
	}
	tool_each_shown (dump, child, entry) {
		tool_text(dump->out, before);
		new_line(dump->out, depth + 1);
		if (map)
			tool_json_member(dump->out, deploycfg_entry_name(child));
		value(dump, child, depth + 1);
		before = ",";
	}
	new_line(dump->out, depth);
	tool_text(dump->out, map ? "}" : "]");
}

void tool_json(struct writer *out, const struct sight *sight,
	       const struct deploycfg_entry *entry)
{
	struct dump dump = {.out = out, .sight = *sight, .only = entry};

	value(&dump, entry, 0);
	tool_text(out, "\n");
}

static int write_json(const struct dump *dump)
{
	const struct deploycfg_entry *root = deploycfg_root(dump->sight.cfg);

	if (tool_is_leaf(root))
		tool_text(dump->out, "{}");
	else
		value(dump, root, 0);
	tool_text(dump->out, "\n");
	return TOOL_OK;
}

const struct format tool_format_json = {"json", write_json};
