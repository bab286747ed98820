/* SPDX-License-Identifier: ISC */
/* What of the values may be seen: neither secrets nor what has the name of one, unless whoever
 * runs the command asks for them. */
#ifndef TOOL_SIGHT_H
#define TOOL_SIGHT_H

#include <stdbool.h>

#include "deploycfg.h"

/* Stands for what is not seen, however long that is. */
#define TOOL_MASK "******"

struct sight {
	const struct deploycfg_snapshot *cfg;
	unsigned
		masked; /* of enum deploycfg_flag: a value with any of these is not seen */
};

/* The entry that a value is read from: of a secret that may be seen another than its own. NULL
 * where the mask stands for it. Lists, maps and null are no secrets: what they hold is. */
const struct deploycfg_entry *tool_see(const struct sight *sight,
				       const struct deploycfg_entry *entry);

/* The first value that is not seen of an entry and all below it, NULL for none. */
const struct deploycfg_entry *tool_unseen(const struct sight *sight,
					  const struct deploycfg_entry *top);

#endif
