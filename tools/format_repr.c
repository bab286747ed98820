/* SPDX-License-Identifier: ISC */
/* One line per leaf, values as Python would print them: 5 and '5' differ, and what is
 * printed can be evaluated. Must not know where the values come from but to say so. */
#include <string.h>

#include "format.h"
#include "origin.h"
#include "status.h"

static void number(struct writer *out, const struct deploycfg_entry *entry)
{
	char text[64];

	deploycfg_entry_print(entry, text, sizeof(text));
	if (strpbrk(text, "in")) { /* .inf -.inf .nan */
		tool_text(out, text[0] == '-' ? "float('-" : "float('");
		tool_text(out, strchr(text, '.') + 1);
		tool_text(out, "')");
		return;
	}
	tool_text(out, text);
}

static void string(struct writer *out, const struct deploycfg_entry *entry)
{
	size_t length;
	const char *text = deploycfg_entry_text(entry, &length);
	bool twice = memchr(text, '\'', length) && !memchr(text, '"', length);

	tool_text(out, twice ? "\"" : "'");
	tool_escaped(out, twice ? &tool_escapes_double : &tool_escapes_single, text,
		     length);
	tool_text(out, twice ? "\"" : "'");
}

static void container(struct writer *out, const struct deploycfg_entry *entry)
{
	bool map = deploycfg_entry_type(entry) == DEPLOYCFG_MAP;

	tool_text(out, map ? "{" : "[");
	tool_text(out, tool_is_leaf(entry) ? "" : "...");
	tool_text(out, map ? "}" : "]");
}

static void value(struct writer *out, const struct deploycfg_entry *entry)
{
	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_NONE:
		break;
	case DEPLOYCFG_NULL:
		tool_text(out, "None");
		break;
	case DEPLOYCFG_BOOL:
		tool_text(out, deploycfg_entry_bool(entry, NULL) ? "True" : "False");
		break;
	case DEPLOYCFG_INT:
	case DEPLOYCFG_FLOAT:
		number(out, entry);
		break;
	case DEPLOYCFG_LIST:
	case DEPLOYCFG_MAP:
		container(out, entry);
		break;
	default:
		string(out, entry);
		break;
	}
}

void tool_repr(struct writer *out, const struct sight *sight,
	       const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *seen = tool_see(sight, entry);

	if (seen)
		value(out, seen);
	else
		tool_text(out, "'" TOOL_MASK "'");
}

static void line(const struct dump *dump, const struct deploycfg_entry *entry,
		 const struct deploycfg_entry *value)
{
	tool_text(dump->out, value == entry ? "" : "# ");
	tool_show(dump->out, deploycfg_entry_path(entry));
	tool_text(dump->out, " = ");
	tool_repr(dump->out, &dump->sight, value);
	if (dump->origin)
		tool_comment(dump->out, "\t", value);
	tool_text(dump->out, "\n");
}

static int write_repr(const struct dump *dump)
{
	const struct deploycfg_entry *root = deploycfg_root(dump->sight.cfg);

	deploycfg_each_entry (dump->sight.cfg, entry, dump->only) {
		if (entry != root && tool_is_leaf(entry))
			line(dump, entry, entry);
		tool_each_overridden (dump, lost, entry)
			line(dump, entry, lost);
	}
	tool_write_lost(dump, "\t");
	return TOOL_OK;
}

const struct format tool_format_repr = {"repr", write_repr};
