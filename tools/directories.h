/* SPDX-License-Identifier: ISC */
/* Which directory a layer's file was found in. */
#ifndef TOOL_DIRECTORIES_H
#define TOOL_DIRECTORIES_H

#include <stdbool.h>
#include <stddef.h>

#include "deploycfg.h"

/* A prime, so that sources which stand side by side do not share a place. */
#define RANKS_KEPT 251

/* What was found out; begins as zeros. */
struct directory_ranks {
	const struct deploycfg_source *source[RANKS_KEPT];
	size_t rank[RANKS_KEPT];
};

/* Whether both are files of directories, and the first one's is the stronger of them. */
bool tool_is_of_stronger_directory(struct directory_ranks *ranks,
				   const struct deploycfg_snapshot *cfg,
				   const struct deploycfg_source *source,
				   const struct deploycfg_source *other);

#endif
