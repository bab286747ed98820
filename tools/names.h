/* SPDX-License-Identifier: ISC */
/* The variables that set the keys of a configuration. */
#ifndef TOOL_NAMES_H
#define TOOL_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "deploycfg.h"

struct name {
	const struct deploycfg_entry *entry;
	const char *text;   /* "" where no variable can be named for it */
	const char *reason; /* why it cannot be used; NULL where it can */
};

struct names {
	struct name *list; /* in the order of paths; owned, as are the texts */
	size_t count;
	char *texts;
};

/* Why what is in a list or map cannot be set by itself; NULL where it can. */
const char *tool_below_reference(const struct deploycfg_entry *entry);

/*
 * Names every value, or list as a whole; list items have names of their own only where
 * all_items says so, and in lists that `only` is in. With all_items what references copied has that
 * for a reason, and a list whose items they did has a name as a whole as well. A name that something
 * else has too, be it not listed here, has that for a reason. prefix: "" for none. False without memory;
 * tool_names_fini() follows either way.
 */
bool tool_names_init(struct names *names, const struct deploycfg_snapshot *cfg,
		     const char *prefix, const struct deploycfg_entry *only,
		     bool all_items);

/* The same of everything there is, maps too, in the order of names: for tool_names_find(). */
bool tool_names_every(struct names *names, const struct deploycfg_snapshot *cfg,
		      const char *prefix);

/* One that has a name, NULL for none; it has a reason where it is not alone. */
const struct name *tool_names_find(const struct names *names, const char *text);

void tool_names_fini(struct names *names);

#endif
