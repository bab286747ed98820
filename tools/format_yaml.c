/* SPDX-License-Identifier: ISC */
/* YAML that loads back to an equal snapshot: source texts as they are, strings that
 * cannot be taken for anything else. Must not know where values come from but to say
 * so. */
#include <string.h>

#include "format.h"
#include "origin.h"
#include "status.h"
#include "yaml_parts.h"

/* libyaml takes `key:` for a key only within so many characters; beyond, it is `? key`.
 * */
#define SIMPLE_KEY_MAX 1000

static void end_line(const struct dump *dump, const struct deploycfg_entry *entry)
{
	if (dump->origin)
		tool_comment(dump->out, "  ", entry);
	tool_text(dump->out, "\n");
}

/* Writes the key with its colon at the column where the line stands. */
static void key(struct writer *out, const char *name)
{
	struct writer measure = tool_writer(NULL);
	size_t column = out->column;

	tool_yaml_key(&measure, name);
	if (measure.column <= SIMPLE_KEY_MAX) {
		tool_yaml_key(out, name);
	} else {
		tool_text(out, "? ");
		tool_yaml_key(out, name);
		tool_text(out, "\n");
		tool_pad(out, column);
	}
	tool_text(out, ":");
}

/* What an entry overrode, as comments in its place. */
static void overridden(const struct dump *dump, const struct deploycfg_entry *entry,
		       size_t column)
{
	tool_each_overridden (dump, lost, entry) {
		tool_pad(dump->out, column);
		tool_text(dump->out, "# ");
		if (deploycfg_entry_index(entry) == SIZE_MAX) {
			tool_yaml_key(dump->out, deploycfg_entry_name(entry));
			tool_text(dump->out, ": ");
		} else {
			tool_text(dump->out, "- ");
		}
		tool_yaml_scalar(dump->out, &dump->sight, lost);
		end_line(dump, lost);
	}
}

/* What stands before the value of a key, so that it comes alone. A mask has a tag already. */
static void operator(const struct dump *dump, const struct deploycfg_entry *entry)
{
	if (deploycfg_entry_flags(entry) & DEPLOYCFG_FLAG_REPLACES &&
	    tool_see(&dump->sight, entry))
		tool_text(dump->out, " !replace");
}

static void block(const struct dump *dump, const struct deploycfg_entry *parent,
		  size_t column);

static void member(const struct dump *dump, const struct deploycfg_entry *entry,
		   size_t column)
{
	key(dump->out, deploycfg_entry_name(entry));
	operator(dump, entry);
	if (tool_is_leaf(entry)) {
		tool_text(dump->out, " ");
		tool_yaml_scalar(dump->out, &dump->sight, entry);
	}
	end_line(dump, entry);
	overridden(dump, entry, column);
	block(dump, entry, column + 2);
}

/* What an item holds begins in its own line. */
static void item(const struct dump *dump, const struct deploycfg_entry *entry,
		 size_t column)
{
	tool_text(dump->out, "- ");
	if (tool_is_leaf(entry)) {
		tool_yaml_scalar(dump->out, &dump->sight, entry);
		end_line(dump, entry);
	}
	block(dump, entry, column + 2);
	overridden(dump, entry, column);
}

/* Writes all children at a column, the first where the line stands if that is there.
 * Depth is bounded by the library's limit of nesting. */
static void block(const struct dump *dump, const struct deploycfg_entry *parent,
		  size_t column)
{
	bool map = deploycfg_entry_type(parent) == DEPLOYCFG_MAP;

	tool_each_shown (dump, child, parent) {
		tool_pad(dump->out, column);
		if (map)
			member(dump, child, column);
		else
			item(dump, child, column);
	}
}

static int write_yaml(const struct dump *dump)
{
	const struct deploycfg_entry *root = deploycfg_root(dump->sight.cfg);

	if (tool_is_leaf(root))
		tool_text(dump->out, "{}\n");
	block(dump, root, 0);
	tool_write_lost(dump, "  ");
	return TOOL_OK;
}

const struct format tool_format_yaml = {"yaml", write_yaml};
