/* SPDX-License-Identifier: ISC */
/* Directories stand in the table of sources as they were named, weakest first. */
#include "directories.h"

#include <stdint.h>
#include <string.h>

static bool is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return strncmp(path, directory, length) == 0 &&
	       (path[length] == '/' || (length && path[length - 1] == '/'));
}

/* From 1, weakest first; 0 for what is in none. */
static size_t find_rank(const struct deploycfg_snapshot *cfg,
			const struct deploycfg_source *source)
{
	size_t count = deploycfg_snapshot_sources(cfg), longest = 0, rank = 0;

	if (deploycfg_source_kind(source) != DEPLOYCFG_SOURCE_FILE)
		return 0;
	for (size_t i = 0; i < count; i++) {
		const struct deploycfg_source *directory =
			deploycfg_snapshot_source(cfg, i);
		const char *name = deploycfg_source_name(directory);

		if (deploycfg_source_kind(directory) == DEPLOYCFG_SOURCE_DIRECTORY &&
		    !deploycfg_source_layer(directory) && strlen(name) > longest &&
		    is_below(deploycfg_source_name(source), name)) {
			longest = strlen(name);
			rank = i + 1;
		}
	}
	return rank;
}

/* Values are many, and their sources few. */
static size_t rank_of(struct directory_ranks *ranks, const struct deploycfg_snapshot *cfg,
		      const struct deploycfg_source *source)
{
	size_t at = (uintptr_t)source / sizeof(uint32_t) % RANKS_KEPT;

	if (ranks->source[at] != source) {
		ranks->source[at] = source;
		ranks->rank[at] = find_rank(cfg, source);
	}
	return ranks->rank[at];
}

bool tool_is_of_stronger_directory(struct directory_ranks *ranks,
				   const struct deploycfg_snapshot *cfg,
				   const struct deploycfg_source *source,
				   const struct deploycfg_source *other)
{
	size_t rank = rank_of(ranks, cfg, other);

	return rank && rank_of(ranks, cfg, source) > rank;
}
