/* SPDX-License-Identifier: ISC */
/* Origins as text. Must not know the formats around them. */
#include "origin.h"

void tool_place(struct writer *out, const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);
	unsigned line = deploycfg_entry_line(entry);

	tool_show(out, source ? deploycfg_source_name(source) : "-");
	if (!line)
		return;
	tool_text(out, ":");
	tool_number(out, line);
	tool_text(out, ":");
	tool_number(out, deploycfg_entry_column(entry));
}

void tool_label(struct writer *out, const struct deploycfg_source *source)
{
	tool_text(out, "(");
	tool_show(out, source ? deploycfg_source_label(source) : "-");
	tool_text(out, ")");
}

void tool_comment(struct writer *out, const char *before,
		  const struct deploycfg_entry *entry)
{
	if (!deploycfg_entry_source(entry))
		return;
	tool_text(out, before);
	tool_text(out, "# ");
	tool_place(out, entry);
	tool_text(out, " ");
	tool_label(out, deploycfg_entry_source(entry));
}

void tool_selection(struct writer *out, const struct deploycfg_snapshot *cfg)
{
	const char *environment = deploycfg_snapshot_environment(cfg);
	const char *selector = deploycfg_snapshot_selected_by(cfg);

	tool_show(out, *environment ? environment : "none");
	if (!*selector)
		return;
	tool_text(out, " (");
	tool_show(out, selector);
	tool_text(out, ")");
}

bool tool_is_leaf(const struct deploycfg_entry *entry)
{
	return deploycfg_entry_count(entry) == 0;
}
