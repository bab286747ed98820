/* SPDX-License-Identifier: ISC */
/* The effective tree beside the tree of rules: absent keys get their defaults, and each key is
 * seen as part of the whole. Visits only rules that have something to do. Recursion is as deep
 * as trees are. */
#include "model/history.h"
#include "schema/rule.h"

static void complete_key(const struct dcfg_completion *completion,
			 const struct dcfg_rule *rule, struct dcfg_node *parent,
			 struct dcfg_node *node);

static void complete_map(const struct dcfg_completion *completion,
			 const struct dcfg_rule *above, struct dcfg_node *map)
{
	for (const struct dcfg_rule *rule = above->first; rule; rule = rule->next)
		if (rule->completes)
			complete_key(completion, rule, map,
				     dcfg_map_find(completion->context, map, rule->name));
	if (!above->any || !above->any->completes)
		return;
	dcfg_each (child, map)
		if (child->type != DEPLOYCFG_NONE &&
		    !dcfg_rule_named(completion->schema, above, child->name))
			complete_key(completion, above->any, map, child);
}

static void complete_below(const struct dcfg_completion *completion,
			   const struct dcfg_rule *rule, struct dcfg_node *node)
{
	if (node->type == DEPLOYCFG_MAP && rule->type == DEPLOYCFG_MAP)
		complete_map(completion, rule, node);
	if (node->type != DEPLOYCFG_LIST || !rule->items || !rule->items->completes)
		return;
	dcfg_each (item, node)
		complete_key(completion, rule->items, node, item);
}

/* A default that something was added to, or taken from, is none any more. */
static void settle_default(struct dcfg_node *top)
{
	if (!(top->flags & DCFG_IS_DEFAULT) || !dcfg_has_children(top))
		return;
	for (struct dcfg_node *node = top; node; node = dcfg_walk(top, node)) {
		if (node->flags & DCFG_IS_DEFAULT)
			continue;
		for (struct dcfg_node *above = node->parent; above != top->parent;
		     above = above->parent)
			above->flags &= (uint16_t)~DCFG_IS_DEFAULT;
	}
}

static void complete_key(const struct dcfg_completion *completion,
			 const struct dcfg_rule *rule, struct dcfg_node *parent,
			 struct dcfg_node *node)
{
	bool is_absent = !node || node->type == DEPLOYCFG_NONE;

	if (completion->schema->full)
		return;
	if (is_absent && rule->name && (rule->preset || rule->presets)) {
		node = dcfg_preset_give(completion->context, rule, parent, node);
		is_absent = false;
		if (!node) {
			completion->schema->full = true;
			return;
		}
	}
	if (is_absent) {
		dcfg_require(completion, rule, parent, rule->parent);
		return;
	}
	dcfg_mark_replaces(completion->context, rule, node);
	settle_default(node);
	dcfg_judge_whole(completion, rule, node);
	if (node->type == DEPLOYCFG_NULL)
		dcfg_require(completion, rule, node, rule);
	else
		complete_below(completion, rule, node);
}

/* What references yielded takes its type as what was written did. */
static void type_references(struct dcfg_context *context, struct dcfg_schema *schema,
			    struct dcfg_node *effective)
{
	struct dcfg_judging judging = {
		.context = context,
		.schema = schema,
		.base = DCFG_VIEW(""),
		.again = true,
	};

	dcfg_judge_value(&judging, &schema->root, effective);
}

/* What was looked at and not taken, by the paths of its keys: of each the strongest. */
static void index_skipped(const struct dcfg_context *context, struct dcfg_intern *paths)
{
	const struct dcfg_skipped *last = context->skipped, *skipped = last;

	if (!last)
		return;
	do {
		struct dcfg_name *path;

		skipped = skipped->next;
		path = skipped->path.ptr
			       ? (struct dcfg_name *)dcfg_intern(paths, skipped->path)
			       : NULL;
		if (path)
			path->first = skipped->node;
	} while (skipped != last);
}

void dcfg_schema_complete(struct dcfg_context *context, struct dcfg_schema *schema,
			  struct dcfg_node *effective)
{
	struct dcfg_intern skipped;
	const struct dcfg_completion completion = {context, schema, &skipped};

	if (!schema || !effective)
		return;
	if (context->has_templates)
		type_references(context, schema, effective);
	dcfg_intern_init(&skipped, &context->arena);
	index_skipped(context, &skipped);
	complete_map(&completion, &schema->root, effective);
	dcfg_intern_fini(&skipped);
}
