/* SPDX-License-Identifier: ISC */
/* The one place that decides whether a value is shown. Must not know how it looks. */
#include "sight.h"

static bool has_text(const struct deploycfg_entry *entry)
{
	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_NONE:
	case DEPLOYCFG_NULL:
	case DEPLOYCFG_LIST:
	case DEPLOYCFG_MAP:
		return false;
	default:
		return true;
	}
}

static bool is_masked(const struct sight *sight, const struct deploycfg_entry *entry)
{
	return deploycfg_entry_flags(entry) & sight->masked && has_text(entry);
}

const struct deploycfg_entry *tool_see(const struct sight *sight,
				       const struct deploycfg_entry *entry)
{
	return is_masked(sight, entry) ? NULL
				       : deploycfg_entry_reveal(sight->cfg, entry, NULL);
}

const struct deploycfg_entry *tool_unseen(const struct sight *sight,
					  const struct deploycfg_entry *top)
{
	deploycfg_each_entry (sight->cfg, entry, top) {
		if (!tool_see(sight, entry))
			return entry;
	}
	return NULL;
}
