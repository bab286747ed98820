/* SPDX-License-Identifier: ISC */
/* Origins as text. Must not know the formats around them. */
#include "origin.h"

#include <string.h>

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

bool tool_is_leaf(const struct deploycfg_entry *entry)
{
	return deploycfg_entry_count(entry) == 0;
}

bool tool_is_at_or_below(const char *path, const char *top)
{
	size_t length = strlen(top);

	return length == 0 ||
	       (strncmp(path, top, length) == 0 &&
		(path[length] == '\0' || path[length] == '.' || path[length] == '['));
}
