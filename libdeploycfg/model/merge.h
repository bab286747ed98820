/* SPDX-License-Identifier: ISC */
/* The merge law: one tree laid over another, with operators, types and history. */
#ifndef DCFG_MODEL_MERGE_H
#define DCFG_MODEL_MERGE_H

#include "model/layer.h"

/* Lays a stronger tree over the effective one, whose root is a map; uses up `over`. Reports
 * every clash and goes on. */
void dcfg_merge(struct dcfg_context *context, struct dcfg_node *effective,
		struct dcfg_node *over);

/* A node that is a reference becomes a list of what that yields, for others to be added to. */
void dcfg_reference_to_list(struct dcfg_context *context, struct dcfg_node *node);

/* Makes one document of two files of one layer: no key in both, no operator between them. */
void dcfg_unite(struct dcfg_context *context, struct dcfg_node *into,
		struct dcfg_node *from);

/* Moves what a map does not have from a second one of the same key in one file. */
void dcfg_join_maps(struct dcfg_context *context, struct dcfg_node *first,
		    struct dcfg_node *second);

#endif
