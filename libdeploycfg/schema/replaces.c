/* SPDX-License-Identifier: ISC */
/* Which values a layer must write with !replace to have them as they are: without it they would
 * join their default, or clash with it. Knows what merging does to a default, and no other
 * layer. */
#include "schema/rule.h"

static bool is_in_item(const struct dcfg_rule *rule)
{
	for (; rule->parent; rule = rule->parent)
		if (rule == rule->parent->items)
			return true;
	return false;
}

/* Whether its default is part of the layer of defaults. */
static bool is_named(const struct dcfg_rule *rule)
{
	for (; rule->parent; rule = rule->parent)
		if (!rule->name)
			return false;
	return true;
}

/* A list whose items join those below it. Inside of another one no operator can stand and nothing
 * is below: one that is to be a set is one however it came. */
static void mark_list(struct dcfg_context *context, const struct dcfg_rule *rule,
		      struct dcfg_node *list)
{
	enum dcfg_list_merge merge = rule->entry ? rule->entry->merge : DCFG_LIST_REPLACE;

	if (merge == DCFG_LIST_REPLACE)
		return;
	if (!is_in_item(rule))
		list->flags |= DCFG_IS_REPLACES;
	else if (merge == DCFG_LIST_UNIQUE)
		dcfg_list_distinct(context, list);
}

/* Whether the law of merging refuses a value over one of another type. */
static bool clashes(enum deploycfg_type below, enum deploycfg_type over)
{
	if (below <= DEPLOYCFG_NULL)
		return false;
	if (below == DEPLOYCFG_MAP || over == DEPLOYCFG_MAP || over == DEPLOYCFG_LIST)
		return below != over;
	return below == DEPLOYCFG_LIST && over != DEPLOYCFG_NULL;
}

static struct dcfg_node *child_of(const struct dcfg_context *context,
				  const struct dcfg_node *map,
				  const struct dcfg_node *preset)
{
	struct dcfg_node *child = dcfg_map_find(context, map, preset->name);

	return child && child->type != DEPLOYCFG_NONE ? child : NULL;
}

static bool lacks_some(const struct dcfg_context *context, const struct dcfg_node *map,
		       const struct dcfg_node *preset)
{
	dcfg_each (child, preset)
		if (!child_of(context, map, child))
			return true;
	return false;
}

/* A value and what it had for a default. Recursion is as deep as trees are. */
static void mark_over(const struct dcfg_context *context, const struct dcfg_node *preset,
		      struct dcfg_node *node)
{
	bool are_maps = preset->type == DEPLOYCFG_MAP && node->type == DEPLOYCFG_MAP;

	if (dcfg_node_is_reference(
		    preset)) { /* what it yields is replaced, but by no map */
		if (node->type == DEPLOYCFG_MAP)
			node->flags |= DCFG_IS_REPLACES;
		return;
	}
	if (clashes((enum deploycfg_type)preset->type, (enum deploycfg_type)node->type) ||
	    (are_maps && lacks_some(context, node, preset))) {
		node->flags |= DCFG_IS_REPLACES;
		return;
	}
	if (are_maps)
		dcfg_each (child, preset)
			mark_over(context, child, child_of(context, node, child));
}

void dcfg_mark_replaces(struct dcfg_context *context, const struct dcfg_rule *rule,
			struct dcfg_node *node)
{
	if (node->type == DEPLOYCFG_LIST)
		mark_list(context, rule, node);
	if (!is_named(rule))
		return;
	if (rule->preset)
		mark_over(context, rule->preset, node);
	if (rule->presets && node->type == DEPLOYCFG_NULL)
		node->flags |= DCFG_IS_REPLACES;
}
