/* SPDX-License-Identifier: ISC */
/* Copies of nodes, and nodes taken out of trees. Knows no rules. */
#include "schema/rule.h"

struct dcfg_node *dcfg_node_copy(struct dcfg_context *context,
				 const struct dcfg_node *from)
{
	struct dcfg_node *copy =
		dcfg_node_new(context, (enum deploycfg_type)from->type, from->origin);

	if (!copy)
		return NULL;
	copy->name = from->name;
	copy->op = from->op;
	copy->flags = from->flags & (uint16_t)~DCFG_PAST;
	copy->key_line = from->key_line;
	copy->key_column = from->key_column;
	if (!dcfg_has_children(from)) {
		copy->scalar = from->scalar;
		copy->written = from->written;
		copy->text = from->text;
		copy->length = from->length;
		return copy;
	}
	dcfg_each (child, from) {
		struct dcfg_node *below = dcfg_node_copy(context, child);

		if (!below)
			return NULL;
		if (below->name)
			dcfg_map_put(context, copy, below);
		else
			dcfg_list_put(copy, below);
	}
	return copy;
}

void dcfg_node_mark(struct dcfg_node *top, uint16_t flags)
{
	for (struct dcfg_node *node = flags ? top : NULL; node;
	     node = dcfg_walk(top, node))
		node->flags |= flags;
}

void dcfg_node_remove(struct dcfg_node *before, struct dcfg_node *child)
{
	struct dcfg_node *parent = child->parent;

	if (--parent->length == 0)
		parent->last = NULL;
	else if (parent->last == child)
		parent->last = before;
	before->next = child->next;
	if (parent->type == DEPLOYCFG_MAP)
		parent->table = NULL;
	child->parent = NULL; /* whoever finds it by its name finds it nowhere */
}
