/* SPDX-License-Identifier: ISC */
/* The merge law: one tree laid over another, with operators, types and history. */
#ifndef DCFG_MODEL_MERGE_H
#define DCFG_MODEL_MERGE_H

#include "model/layer.h"

/* Lays a stronger tree over the effective one, whose root is a map; uses up `over`. Reports
 * every clash and goes on. */
void dcfg_merge(struct dcfg_context *context, struct dcfg_node *effective,
		struct dcfg_node *over);

/* Makes one document of two files of one layer: no key in both, no operator between them. */
void dcfg_unite(struct dcfg_context *context, struct dcfg_node *into,
		struct dcfg_node *from);

#endif
