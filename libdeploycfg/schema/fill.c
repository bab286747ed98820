/* SPDX-License-Identifier: ISC */
/* Defaults of absent keys, given before references are expanded: these may lead to them. Judges
 * nothing. Recursion is as deep as trees are. */
#include "schema/rule.h"

struct filling {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
};

static void fill_below(const struct filling *filling, const struct dcfg_rule *rule,
		       struct dcfg_node *node);

static void fill_key(const struct filling *filling, const struct dcfg_rule *rule,
		     struct dcfg_node *parent)
{
	struct dcfg_node *node = dcfg_map_find(filling->context, parent, rule->name);
	bool is_absent = !node || node->type == DEPLOYCFG_NONE;

	if (is_absent && !rule->preset && !rule->presets)
		return;
	if (is_absent)
		node = dcfg_preset_give(filling->context, rule, parent, node);
	if (node)
		fill_below(filling, rule, node);
	else
		filling->schema->full = true;
}

static void fill_map(const struct filling *filling, const struct dcfg_rule *above,
		     struct dcfg_node *map)
{
	for (const struct dcfg_rule *rule = above->first; rule; rule = rule->next)
		if (rule->completes && !filling->schema->full)
			fill_key(filling, rule, map);
	if (!above->any || !above->any->completes)
		return;
	dcfg_each (child, map)
		if (child->type != DEPLOYCFG_NONE &&
		    !dcfg_rule_named(filling->schema, above, child->name))
			fill_below(filling, above->any, child);
}

static void fill_below(const struct filling *filling, const struct dcfg_rule *rule,
		       struct dcfg_node *node)
{
	if (node->type == DEPLOYCFG_MAP && rule->type == DEPLOYCFG_MAP)
		fill_map(filling, rule, node);
	if (node->type != DEPLOYCFG_LIST || !rule->items || !rule->items->completes)
		return;
	dcfg_each (item, node)
		fill_below(filling, rule->items, item);
}

void dcfg_schema_fill(struct dcfg_context *context, struct dcfg_schema *schema,
		      struct dcfg_node *effective)
{
	const struct filling filling = {context, schema};

	if (schema && context->has_templates)
		fill_below(&filling, &schema->root, effective);
}

/* By where it stands; its number among items does not matter. */
static const struct dcfg_rule *rule_of(const struct dcfg_schema *schema,
				       const struct dcfg_node *node)
{
	const struct dcfg_node *way[DCFG_DEPTH_MAX];
	const struct dcfg_rule *rule = &schema->root;
	size_t depth = 0;

	for (; node->parent && depth < DCFG_COUNT(way); node = node->parent)
		way[depth++] = node;
	while (depth-- && rule)
		rule = way[depth]->name
			       ? dcfg_rule_of(schema, rule, NULL, way[depth]->name)
			       : rule->items;
	return rule;
}

void dcfg_schema_fill_copied(struct dcfg_context *context, void *schema,
			     struct dcfg_node *copied)
{
	const struct filling filling = {context, schema};
	const struct dcfg_rule *rule = schema ? rule_of(schema, copied) : NULL;

	if (rule && rule->completes)
		fill_below(&filling, rule, copied);
}
