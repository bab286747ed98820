/* SPDX-License-Identifier: ISC */
/* INI that loads back to the same texts: keys at the top, then a section for each map that
 * holds some. A list is one flow value. Must not know where values come from but to say
 * so. */
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "ini_value.h"
#include "left_out.h"
#include "origin.h"
#include "status.h"
#include "yaml_parts.h"

struct ini {
	const struct dump *dump;
	const struct deploycfg_entry *open; /* the map whose section this is */
	struct left_out left, withheld;
	bool begun;  /* something was written, which a header keeps a distance to */
	bool failed; /* for lack of memory */
};

/* A path as it is written in the section of a map above it. */
static const char *name_below(const struct deploycfg_entry *section,
			      const struct deploycfg_entry *entry)
{
	size_t length = strlen(deploycfg_entry_path(section));

	return deploycfg_entry_path(entry) + length + (length > 0);
}

static void open_section(struct ini *ini, const struct deploycfg_entry *section)
{
	struct writer *out = ini->dump->out;

	if (ini->open == section)
		return;
	tool_text(out, ini->begun ? "\n[" : "[");
	tool_text(out, deploycfg_entry_path(section));
	tool_text(out, "]\n");
	ini->open = section;
	ini->begun = true;
}

static void line(const struct ini *ini, const char *name, const struct one_line *text,
		 const struct deploycfg_entry *value)
{
	const struct dump *dump = ini->dump;

	tool_text(dump->out, name);
	tool_text(dump->out, text->length || dump->origin ? " = " : " =");
	tool_ini_value(dump->out, text->bytes, text->length, dump->origin);
	if (dump->origin)
		tool_comment(dump->out, "\t", value);
	tool_text(dump->out, "\n");
}

static void overridden(const struct ini *ini, const char *name,
		       const struct deploycfg_entry *entry)
{
	tool_each_overridden (ini->dump, lost, entry) {
		struct one_line text;

		tool_one_line(ini->dump, lost, &text);
		tool_text(ini->dump->out, "# ");
		line(ini, name, &text, lost);
	}
	tool_write_overridden_below(ini->dump, entry, "\t");
}

static void key(struct ini *ini, const struct deploycfg_entry *section,
		const struct deploycfg_entry *entry)
{
	const char *name = name_below(section, entry);
	struct one_line text;

	if (tool_withhold(&ini->withheld, ini->dump, entry)) {
		ini->begun = true;
		return;
	}
	if (!tool_one_line(ini->dump, entry, &text)) {
		ini->failed = true;
		return;
	}
	if (tool_ini_can_name(name) && tool_ini_can_hold(text.bytes, text.length)) {
		open_section(ini, section);
		line(ini, name, &text, entry);
		overridden(ini, name, entry);
	} else {
		tool_leave_out(&ini->left, ini->dump, entry, "INI cannot hold");
	}
	free(text.owned);
	ini->begun = true;
}

static bool is_map(const struct deploycfg_entry *entry)
{
	return deploycfg_entry_type(entry) == DEPLOYCFG_MAP;
}

/* A map without keys is a section without keys. */
static void empty_map(struct ini *ini, const struct deploycfg_entry *section,
		      const struct deploycfg_entry *entry)
{
	if (section != entry) {
		key(ini, section, entry);
		return;
	}
	open_section(ini, section);
	if (ini->dump->origin) {
		tool_comment(ini->dump->out, "", entry);
		tool_text(ini->dump->out, "\n");
	}
}

/*
 * Writes what is in a map, its own keys first. section: the map, or the one above it whose
 * name a header can still hold. Depth is bounded by the library's limit of nesting.
 */
static void map(struct ini *ini, const struct deploycfg_entry *parent,
		const struct deploycfg_entry *section)
{
	tool_each_shown (ini->dump, child, parent) {
		if (!is_map(child))
			key(ini, section, child);
	}
	tool_each_shown (ini->dump, child, parent) {
		bool fits = tool_ini_can_name(deploycfg_entry_path(child));

		if (!is_map(child))
			continue;
		if (tool_is_leaf(child))
			empty_map(ini, fits ? child : section, child);
		else
			map(ini, child, fits ? child : section);
		tool_write_overridden(ini->dump, child, "\t");
	}
}

static int write_ini(const struct dump *dump)
{
	const struct deploycfg_entry *root = deploycfg_root(dump->sight.cfg);
	struct ini ini = {.dump = dump, .open = root};

	map(&ini, root, root);
	tool_write_lost(dump, "\t");
	tool_warn_left_out(&ini.left, dump->diagnostics, DEPLOYCFG_ERR_KEY,
			   "INI cannot hold one key, which is left out: ",
			   "INI cannot hold these keys, which are left out: ");
	tool_warn_withheld(&ini.withheld, dump->diagnostics);
	return ini.failed ? tool_without_memory(dump->diagnostics) : TOOL_OK;
}

const struct format tool_format_ini = {"ini", write_ini};
