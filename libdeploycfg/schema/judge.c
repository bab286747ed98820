/* SPDX-License-Identifier: ISC */
/* A layer's tree beside the tree of rules: each key meets its rule, once. Knows where values
 * stand; what one may be is for others. Recursion is as deep as trees are. */
#include "model/conceal.h"
#include "schema/rule.h"

/* Adds what a rule says of layers to an error about a value. what: "set". */
static void tell_layers(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_rule *rule, const struct dcfg_node *node,
			const char *what)
{
	const char *list = error ? dcfg_layers_list(judging->context, rule) : "";
	struct dcfg_view hint;

	if (!error)
		return;
	dcfg_error_expected(error, "one of the layers %s", list);
	dcfg_relate(judging->context, error,
		    dcfg_field_origin(judging->context, rule, "sources", SIZE_MAX),
		    "its sources are %s", list);
	hint = dcfg_arena_printf(
		&judging->context->arena,
		"%s it in one of these layers: %s; or extend `sources` in the schema",
		what, list);
	dcfg_judge_hint(judging, error, node, hint.ptr);
}

static void fail_layer(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       const struct dcfg_node *node)
{
	struct deploycfg_error *error =
		dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_FORBIDDEN,
				"the layer %s may not set it",
				dcfg_layer_kind(judging->context, node->origin));

	tell_layers(judging, error, rule, node, "set");
}

/* A value below one that a layer may not set; NULL for none. A list's items are the list's
 * affair. */
static const struct dcfg_node *
guarded_below(const struct dcfg_judging *judging, const struct dcfg_rule **rule,
	      const struct dcfg_node *at, struct dcfg_origin layer)
{
	const struct dcfg_rule *above = *rule;

	if (!above->guards || at->type != DEPLOYCFG_MAP)
		return NULL;
	dcfg_each (child, at) {
		const struct dcfg_node *found = child;

		*rule = dcfg_rule_of(judging->schema, above, NULL, child->name);
		if (!*rule || child->type == DEPLOYCFG_NONE)
			continue;
		if (!(*rule)->layers ||
		    dcfg_layer_may_set(judging->context, *rule, layer))
			found = guarded_below(judging, rule, child, layer);
		if (found)
			return found;
	}
	return NULL;
}

/* What covers or removes a map does so to all that is in it, unless it is refused for what it
 * is. */
static void judge_removal(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			  const struct dcfg_node *node)
{
	const struct dcfg_node *weaker = dcfg_judged_weaker(judging), *removed;
	const struct dcfg_rule *of = rule;
	struct deploycfg_error *error;

	if (rule->type == DEPLOYCFG_MAP && node->type > DEPLOYCFG_NULL &&
	    node->type != DEPLOYCFG_MAP && !dcfg_node_is_reference(node))
		return;
	removed = weaker ? guarded_below(judging, &of, weaker, node->origin) : NULL;
	if (!removed)
		return;
	error = dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_FORBIDDEN,
				"it removes %s, which the layer %s may not",
				dcfg_path(judging->context, removed),
				dcfg_layer_kind(judging->context, node->origin));
	tell_layers(judging, error, of, node, "remove");
	if (!dcfg_rule_is_many(of))
		dcfg_rule_tell(judging->schema, (struct dcfg_rule *)of);
}

static void forget(struct dcfg_rule *rule)
{
	rule->told = false;
	for (struct dcfg_rule *below = rule->first; below; below = below->next)
		forget(below);
}

/* What was reported of weaker layers does not explain any more why this key is missing, nor where it
 * is null or removed why what is in it is. */
static void settle(struct dcfg_judging *judging, struct dcfg_rule *rule,
		   const struct dcfg_node *node)
{
	if (judging->again || dcfg_rule_is_many(rule))
		return;
	rule->told = false;
	if (node->type <= DEPLOYCFG_NULL)
		forget(rule);
}

static bool judge_child(struct dcfg_judging *judging, const struct dcfg_rule *parent,
			const struct dcfg_rule **last, struct dcfg_node *child)
{
	struct dcfg_rule *rule =
		dcfg_rule_of(judging->schema, parent, *last, child->name);

	if (rule) {
		*last = rule->name ? rule : *last;
		if (dcfg_unlikely(judging->schema->tells))
			settle(judging, rule, child);
		if (!dcfg_judge_value(judging, rule, child) ||
		    dcfg_unlikely(dcfg_node_is_refused(child)))
			dcfg_node_refuse(judging->context, child);
		return true;
	}
	dcfg_node_mark(child, parent->flags);
	if (parent->open || (judging->again && !judging->copied) ||
	    dcfg_view_starts(child->name->text, DCFG_VIEW("x-")))
		return true;
	return dcfg_judge_unknown(judging, parent, child);
}

static bool judge_map(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      struct dcfg_node *map)
{
	struct dcfg_step *step = &judging->way[judging->depth];
	struct dcfg_node *child = dcfg_first(map);
	const struct dcfg_rule *last = NULL;

	if (map->type <= DEPLOYCFG_NULL || dcfg_node_is_reference(map))
		return true;
	if (map->type != DEPLOYCFG_MAP || map->flags & DCFG_ITEMS) {
		dcfg_fail_kind(judging, rule, map);
		return false;
	}
	if (judging->depth >= DCFG_DEPTH_MAX)
		return true;
	judging->depth++;
	for (uint32_t left = map->length; left; left--, child = child->next) {
		*step = (struct dcfg_step){child->name, 0};
		if (dcfg_unlikely(!judge_child(judging, rule, &last, child)))
			dcfg_node_void(judging->context, child);
	}
	judging->depth--;
	return true;
}

/* A value that may be anything; but only a scalar has text to be judged. */
static bool judge_any(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      struct dcfg_node *node)
{
	if (!dcfg_has_children(node) || rule->bounds)
		return dcfg_judge_scalar(judging, rule, node);
	dcfg_node_mark(node, rule->flags);
	return true;
}

/* Whether the layer that a value is in may set its key. */
static bool judge_layer(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			const struct dcfg_node *node)
{
	if (judging->subject || judging->again || judging->misplaced ||
	    node->flags & DCFG_IS_DEFAULT)
		return true;
	if (rule->layers && !dcfg_layer_may_set(judging->context, rule, node->origin)) {
		fail_layer(judging, rule, node);
		return false;
	}
	if (rule->guards && !dcfg_node_is_refused(node) &&
	    (node->op == DCFG_UNSET || node->op == DCFG_REPLACE ||
	     (node->op == DCFG_ASSIGN && node->type != DEPLOYCFG_MAP)))
		judge_removal(judging, rule, node);
	return true;
}

static bool judge_here(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       struct dcfg_node *node)
{
	if (dcfg_unlikely(dcfg_node_is_refused(node)))
		return true;
	node->flags |= rule->flags;
	if (dcfg_unlikely(node->op == DCFG_UNSET))
		return true;
	switch (rule->type) {
	case DEPLOYCFG_NONE:
		return judge_any(judging, rule, node);
	case DEPLOYCFG_LIST:
		return dcfg_judge_list(judging, rule, node);
	case DEPLOYCFG_MAP:
		return judge_map(judging, rule, node);
	default:
		return dcfg_judge_scalar(judging, rule, node);
	}
}

/* In a layer that may not set it: judged as in one that may, and false where it would take away
 * what others set. */
static bool judge_misplaced(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			    struct dcfg_node *node)
{
	bool good;

	judging->misplaced = true;
	good = judge_here(judging, rule, node);
	judging->misplaced = false;
	return good && node->type > DEPLOYCFG_NULL && rule->type != DEPLOYCFG_NONE &&
	       (node->type != DEPLOYCFG_MAP || node->op == DCFG_SET);
}

static bool judge_value(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			struct dcfg_node *node)
{
	if (dcfg_unlikely(rule->layers || rule->guards) &&
	    !judge_layer(judging, rule, node))
		return judge_misplaced(judging, rule, node);
	return judge_here(judging, rule, node);
}

bool dcfg_judge_value(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      struct dcfg_node *node)
{
	const struct dcfg_node *copied = judging->copied;
	bool good;

	if (dcfg_likely(!judging->again))
		return judge_value(judging, rule, node);
	if (dcfg_node_is_expanded(node))
		judging->copied = node;
	good = judge_value(judging, rule, node);
	judging->copied = copied;
	return good;
}

void dcfg_schema_judge(struct dcfg_context *context, struct dcfg_schema *schema,
		       const struct dcfg_node *weaker, struct dcfg_node *over)
{
	struct dcfg_judging judging;

	if (!schema || !over)
		return;
	judging = (struct dcfg_judging){.context = context,
					.schema = schema,
					.weaker = weaker,
					.base = DCFG_VIEW("")};
	judge_map(&judging, &schema->root, over);
}
