/* SPDX-License-Identifier: ISC */
/* After all merging: the history of lists and maps that were replaced is spread over the keys
 * that they held, so that each key's `related` tells its whole story. */
#ifndef DCFG_MODEL_HISTORY_H
#define DCFG_MODEL_HISTORY_H

#include "model/layer.h"

/* A key that exists only in history: unset, replaced, cut from a list, or only ever skipped. */
struct dcfg_past {
	struct dcfg_view path;        /* NUL-terminated, in the arena */
	struct dcfg_related *related; /* strongest first, at least one */
};

/* A value that was looked at and not taken, and where its key would be. */
struct dcfg_skipped {
	struct dcfg_skipped *next; /* noted later; of the last one the first */
	struct dcfg_view path;
	struct dcfg_node *node;
};

/* Notes one for dcfg_settle(): where its path leads is known only after all merging. path: as
 * written by dcfg_path(), in the arena. Weaker ones first. */
void dcfg_note_skipped(struct dcfg_context *context, struct dcfg_view path,
		       struct dcfg_node *node);

/* Has dcfg_settle() look at a node: its key was removed, or a list or map is part of its
 * `related`. */
void dcfg_mark_past(struct dcfg_node *node);

struct dcfg_history {
	struct dcfg_past
		*list; /* in path order, no path twice, none of a key that has a value */
	size_t count, capacity;
};

/* Completes the `related` of every node of the effective tree (whose removed keys are children
 * of type NONE and stay there), with what was skipped, and gives the keys without a value. */
void dcfg_settle(struct dcfg_context *context, struct dcfg_node *effective,
		 struct dcfg_history *history);

#endif
