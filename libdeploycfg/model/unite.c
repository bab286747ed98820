/* SPDX-License-Identifier: ISC */
/* Two files of one layer, or two maps of one file, become one. Knows no layers, and no syntax. */
#include "model/merge.h"

/* Whether it is a map, or was one before it was refused. */
static bool was_map(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_MAP ||
	       (dcfg_node_is_refused(node) && node->scalar.integer == DEPLOYCFG_MAP);
}

/* Nobody knows if two maps of which one was refused have a key in common. */
static bool unite_refused(struct dcfg_context *context, struct dcfg_node *into,
			  struct dcfg_node *from)
{
	if (!was_map(into) || !was_map(from) || into->type == from->type)
		return false;
	if (from->type == DEPLOYCFG_MAP)
		dcfg_swap(into, from);
	dcfg_node_lack(context, into);
	return true;
}

void dcfg_unite(struct dcfg_context *context, struct dcfg_node *into,
		struct dcfg_node *from)
{
	struct dcfg_node *child = dcfg_first(from), *next;

	for (; child; child = next) {
		struct dcfg_node *other = dcfg_map_find(context, into, child->name);
		struct deploycfg_error *error;

		next = dcfg_next(child);
		if (!other) {
			dcfg_map_put(context, into, child);
			continue;
		}
		if (other->type == DEPLOYCFG_MAP && child->type == DEPLOYCFG_MAP &&
		    other->op == DCFG_SET && child->op == DCFG_SET) {
			dcfg_unite(context, other, child);
			continue;
		}
		if (unite_refused(context, other, child))
			continue;
		error = dcfg_fail(context, DEPLOYCFG_ERR_DUPLICATE,
				  dcfg_key_origin(child), dcfg_path(context, other),
				  "two files of one layer both have this key");
		dcfg_relate(context, error, dcfg_key_origin(other), "the other one");
		dcfg_error_hint(
			error,
			"keep it in one of them: side by side they are one document");
		if (was_map(other) || was_map(child))
			dcfg_node_refuse(context, other); /* and all that is below */
	}
}

/* Recursion is as deep as trees are. */
void dcfg_join_maps(struct dcfg_context *context, struct dcfg_node *first,
		    struct dcfg_node *second)
{
	struct dcfg_node *child = dcfg_first(second), *next, *known;

	for (uint32_t left = second->length; left; left--, child = next) {
		next = child->next;
		known = dcfg_map_put(context, first, child);
		if (known && known->type == DEPLOYCFG_MAP && child->type == DEPLOYCFG_MAP)
			dcfg_join_maps(context, known, child);
	}
	second->last = NULL;
	second->length = 0;
}
