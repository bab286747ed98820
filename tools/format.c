/* SPDX-License-Identifier: ISC */
/* Which entries belong to a dump. Must not know how any format writes them. */
#include "format.h"

#include <string.h>

#include "origin.h"

bool tool_is_shown(const struct dump *dump, const struct deploycfg_entry *entry)
{
	const char *path = deploycfg_entry_path(entry);
	const char *only = deploycfg_entry_path(dump->only);

	return tool_is_at_or_below(path, only) || tool_is_at_or_below(only, path);
}

static const struct deploycfg_entry *first_shadowed(const struct deploycfg_entry *related)
{
	while (related && deploycfg_entry_relation(related) != DEPLOYCFG_SHADOWED)
		related = deploycfg_entry_next_related(related);
	return related;
}

const struct deploycfg_entry *tool_overridden(const struct dump *dump,
					      const struct deploycfg_entry *entry)
{
	return dump->overridden ? first_shadowed(deploycfg_entry_related(entry)) : NULL;
}

const struct deploycfg_entry *
tool_next_overridden(const struct deploycfg_entry *overridden)
{
	return first_shadowed(deploycfg_entry_next_related(overridden));
}

/* Whether that very `!unset` is part of a value's story. value: NULL for none. */
static bool was_removed(const struct deploycfg_entry *value,
			const struct deploycfg_entry *unset)
{
	const struct deploycfg_entry *related =
		value ? deploycfg_entry_related(value) : NULL;

	for (; related; related = deploycfg_entry_next_related(related))
		if (deploycfg_entry_relation(related) == DEPLOYCFG_UNSET &&
		    deploycfg_entry_source(related) == deploycfg_entry_source(unset) &&
		    deploycfg_entry_line(related) == deploycfg_entry_line(unset) &&
		    deploycfg_entry_column(related) == deploycfg_entry_column(unset))
			return true;
	return false;
}

/* Whether it removed a list or map that a key was in, and another one stands there now. */
static bool is_replaced(const struct dump *dump, const char *path,
			const struct deploycfg_entry *unset)
{
	for (size_t length = strcspn(path, ".["); path[length];
	     length += 1 + strcspn(path + length + 1, ".["))
		if (was_removed(deploycfg_find(dump->sight.cfg, path, length), unset))
			return true;
	return false;
}

/* Whether a key went with the list or map it was in, which something else replaced. */
static bool is_lost(const struct dump *dump, const struct deploycfg_entry *past)
{
	const struct deploycfg_entry *related = deploycfg_entry_related(past);
	const char *path = deploycfg_entry_path(past);

	return related && deploycfg_entry_relation(related) == DEPLOYCFG_UNSET &&
	       tool_is_at_or_below(path, deploycfg_entry_path(dump->only)) &&
	       (deploycfg_entry_type(related) != DEPLOYCFG_NONE ||
		is_replaced(dump, path, related));
}

void tool_write_overridden(const struct dump *dump, const struct deploycfg_entry *entry,
			   const char *before_origin)
{
	tool_each_overridden (dump, lost, entry) {
		tool_text(dump->out, "# ");
		tool_show(dump->out, deploycfg_entry_path(entry));
		tool_text(dump->out, " = ");
		tool_repr(dump->out, &dump->sight, lost);
		tool_comment(dump->out, before_origin, lost);
		tool_text(dump->out, "\n");
	}
}

void tool_write_overridden_below(const struct dump *dump,
				 const struct deploycfg_entry *top,
				 const char *before_origin)
{
	deploycfg_each_entry (dump->sight.cfg, entry, top) {
		if (entry != top && tool_is_shown(dump, entry))
			tool_write_overridden(dump, entry, before_origin);
	}
}

void tool_write_lost(const struct dump *dump, const char *before_origin)
{
	const struct deploycfg_entry *past = NULL;

	while (dump->overridden &&
	       (past = deploycfg_next_history(dump->sight.cfg, past))) {
		if (is_lost(dump, past))
			tool_write_overridden(dump, past, before_origin);
	}
}
