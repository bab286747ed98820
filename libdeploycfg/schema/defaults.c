/* SPDX-License-Identifier: ISC */
/* Defaults and examples: judged by their own rules, and the layer that defaults are. Knows no
 * other layer. */
#include "base/utf8.h"
#include "model/lint.h"
#include "schema/rule.h"

static void check_count(struct dcfg_context *context, struct dcfg_schema *schema,
			const struct dcfg_rule *rule, const struct dcfg_node *list,
			const char *subject)
{
	struct dcfg_miscount miscount;
	const char *problem = dcfg_miscount(context, rule->entry, list, &miscount);

	if (problem)
		dcfg_schema_fail(context, schema, list->origin, rule->path.ptr, "%s: %s",
				 subject, problem);
}

/* Defaults are a layer, whose strings may hold references. */
static void note_templates(struct dcfg_context *context, struct dcfg_node *top)
{
	for (struct dcfg_node *node = top; node; node = dcfg_walk(top, node)) {
		if (node->type != DEPLOYCFG_STRING ||
		    dcfg_find_brace(dcfg_text(node), 0) == node->length)
			continue;
		node->flags |= DCFG_TEMPLATE;
		context->has_templates = true;
	}
}

/* A value that the entry itself gives, as its rule has it; NULL without memory. */
static struct dcfg_node *judge(struct dcfg_context *context, struct dcfg_schema *schema,
			       const struct dcfg_rule *rule,
			       const struct dcfg_node *given, const char *subject)
{
	struct dcfg_node *value = dcfg_node_copy(context, given);
	struct dcfg_judging judging = {
		.context = context,
		.schema = schema,
		.subject = subject,
		.base = rule->path,
	};

	if (!value)
		return NULL;
	value->name = rule->name;
	value->op = DCFG_SET;
	if (*subject == 'd')
		note_templates(context, value);
	dcfg_judge_value(&judging, rule, value);
	check_count(context, schema, rule, value, subject);
	return value;
}

/* A default of a parent and one of a key below it: which holds would be a matter of taste. */
static void check_overlap(struct dcfg_context *context, struct dcfg_schema *schema,
			  const struct dcfg_rule *rule)
{
	const struct dcfg_rule *above = rule;
	struct deploycfg_error *error;

	if (!rule->preset)
		return;
	do
		above = above->name ? above->parent : NULL;
	while (above && !above->preset);
	if (!above)
		return;
	error = dcfg_schema_fail(context, schema, rule->preset->origin, rule->path.ptr,
				 "%s, which it is part of, has a default too",
				 above->path.ptr);
	dcfg_relate(context, error, above->preset->origin, "the other default");
	dcfg_error_hint(error, "give defaults to the one or to the others");
}

/* Whether all is known that a value is judged by. */
static bool is_known(const struct dcfg_schema *schema, const struct dcfg_rule *rule)
{
	bool has_keys = rule->type == DEPLOYCFG_MAP || rule->type == DEPLOYCFG_LIST;

	return !rule->is_wrong && !(has_keys && schema->lacks_keys);
}

void dcfg_check_defaults(struct dcfg_context *context, struct dcfg_schema *schema)
{
	for (size_t i = 0; i < schema->declared_count; i++) {
		struct dcfg_rule *rule = schema->declared[i];
		const struct dcfg_node *preset = dcfg_field(context, rule, "default");
		const struct dcfg_node *example = dcfg_field(context, rule, "example");

		if (!is_known(schema, rule))
			continue;
		if (example)
			judge(context, schema, rule, example, "example");
		if (preset)
			rule->preset = judge(context, schema, rule, preset, "default");
		for (struct dcfg_node *node = rule->preset; node;
		     node = dcfg_walk(rule->preset, node)) {
			dcfg_lint_value(context, node, rule->path.ptr);
			node->flags |= DCFG_IS_DEFAULT;
		}
	}
	for (size_t i = 0; i < schema->declared_count; i++)
		check_overlap(context, schema, schema->declared[i]);
}

const char *dcfg_example_of(struct dcfg_context *context, const struct dcfg_rule *rule)
{
	const struct dcfg_node *example = dcfg_field(context, rule, "example");
	struct dcfg_view text;

	if (example && rule->is_items)
		example = dcfg_first(example);
	if (!example || !dcfg_has_text(example) || dcfg_rule_is_concealed(rule))
		return NULL;
	text = dcfg_utf8_shown(dcfg_text(example));
	return dcfg_arena_printf(&context->arena, "%.*s%s", DCFG_ARG(text),
				 text.len < example->length ? "..." : "")
		.ptr;
}

struct dcfg_node *dcfg_preset_give(struct dcfg_context *context,
				   const struct dcfg_rule *rule, struct dcfg_node *parent,
				   struct dcfg_node *node)
{
	struct dcfg_node *value =
		rule->preset ? dcfg_node_copy(context, rule->preset)
			     : dcfg_node_new(context, DEPLOYCFG_MAP, rule->origin);
	struct dcfg_related *history;

	if (!value)
		return NULL;
	value->flags |= rule->flags | DCFG_IS_DEFAULT;
	value->name = rule->name;
	if (!node) {
		dcfg_map_put(context, parent, value);
		return value;
	}
	history = node->related;
	dcfg_swap(node, value);
	node->related = history;
	return node;
}

/* False where no more keys fit. Recursion is as deep as keys are. */
static bool give_below(struct dcfg_context *context, const struct dcfg_rule *above,
		       struct dcfg_node *map)
{
	for (const struct dcfg_rule *rule = above->first; rule; rule = rule->next) {
		struct dcfg_node *node;

		if (!rule->preset && !rule->presets)
			continue;
		node = dcfg_preset_give(context, rule, map, NULL);
		if (!node || (rule->presets && !give_below(context, rule, node)))
			return false;
	}
	return true;
}

struct dcfg_node *dcfg_schema_defaults(struct dcfg_context *context,
				       const struct dcfg_schema *schema)
{
	struct dcfg_node *root = dcfg_node_uncounted(context, DEPLOYCFG_MAP,
						     dcfg_origin(UINT32_MAX, 0, 0));

	if (root && schema)
		give_below(context, &schema->root, root);
	return context->arena.failed ? NULL : root;
}
