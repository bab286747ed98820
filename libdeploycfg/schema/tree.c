/* SPDX-License-Identifier: ISC */
/* All declared keys as one configuration, for those who show, compare or generate. Knows what
 * entries say; not what it means. */
#include "base/mem.h"
#include "model/conceal.h"
#include "schema/rule.h"

struct telling {
	struct dcfg_context *context;
	const struct dcfg_schema *schema;
	struct dcfg_node *list;
};

static struct dcfg_node *text_node(const struct telling *telling, const char *name,
				   struct dcfg_view text, struct dcfg_origin origin)
{
	struct dcfg_node *node =
		dcfg_node_uncounted(telling->context, DEPLOYCFG_STRING, origin);

	if (!node)
		return NULL;
	node->name = dcfg_intern(&telling->context->names, dcfg_view_text(name));
	if (text.len)
		node->text = text.ptr;
	node->length = (uint32_t)text.len;
	return node->name ? node : NULL;
}

static void put(const struct telling *telling, struct dcfg_node *map,
		struct dcfg_node *child)
{
	if (child)
		dcfg_map_put(telling->context, map, child);
}

/* Fields that may hold the value of the key. */
static bool shows_value(const struct dcfg_node *field)
{
	struct dcfg_view name = field->name->text;

	return dcfg_view_equal(name, DCFG_VIEW("default")) ||
	       dcfg_view_equal(name, DCFG_VIEW("example")) ||
	       dcfg_view_equal(name, DCFG_VIEW("choices"));
}

static const struct dcfg_rule *rule_in(const struct telling *telling,
				       const struct dcfg_rule *rule,
				       const struct dcfg_node *child)
{
	if (!rule || !child->name)
		return rule ? rule->items : NULL;
	return dcfg_rule_of(telling->schema, rule, NULL, child->name);
}

/* Whether a value in another one is concealed: by what is declared of it, by its name, or with
 * the other one. rule: NULL for none. */
static bool is_concealed_in(const struct dcfg_rule *rule, const struct dcfg_node *child,
			    bool above)
{
	if (rule && rule->entry && rule->entry->secret)
		return *rule->entry->secret;
	return above || (child->name && dcfg_looks_secret(child->name->text));
}

/* rule: of the value, NULL for none. Recursion is as deep as trees are. */
static void hide(const struct telling *telling, const struct dcfg_rule *rule,
		 struct dcfg_node *value, bool is_concealed)
{
	if (is_concealed)
		value->flags |= DCFG_IS_SECRET;
	dcfg_each (child, value) {
		const struct dcfg_rule *of = rule_in(telling, rule, child);

		hide(telling, of, child, is_concealed_in(of, child, is_concealed));
	}
}

/* The key's field says by its flag that the key's value is masked; its own text is not. */
static struct dcfg_node *key_of(const struct telling *telling,
				const struct dcfg_rule *rule, struct dcfg_origin origin)
{
	struct dcfg_node *key = text_node(telling, "key", rule->path, origin);

	if (key && dcfg_rule_is_concealed(rule))
		key->flags |= DCFG_IS_MASKED;
	return key;
}

/* A field as it was written, but for the key and a default, which have their canonical form. */
static struct dcfg_node *field_of(const struct telling *telling,
				  const struct dcfg_rule *rule,
				  const struct dcfg_node *field)
{
	struct dcfg_node *copy;

	if (dcfg_view_equal(field->name->text, DCFG_VIEW("key")))
		return key_of(telling, rule, field->origin);
	if (!rule->preset || !dcfg_view_equal(field->name->text, DCFG_VIEW("default")))
		return dcfg_node_copy(telling->context, field);
	copy = dcfg_node_copy(telling->context, rule->preset);
	if (copy)
		copy->name = field->name;
	return copy;
}

static void tell_fields(const struct telling *telling, struct dcfg_node *map,
			const struct dcfg_rule *rule)
{
	bool is_concealed = dcfg_rule_is_concealed(rule);

	dcfg_each (field, rule->fields) {
		struct dcfg_node *copy = field_of(telling, rule, field);

		if (copy && shows_value(field))
			hide(telling, rule, copy, is_concealed);
		put(telling, map, copy);
	}
}

static void tell(const struct telling *telling, const struct dcfg_rule *rule)
{
	struct dcfg_node *map =
		dcfg_node_uncounted(telling->context, DEPLOYCFG_MAP, rule->origin);
	struct dcfg_view name;

	if (!map)
		return;
	dcfg_list_put(telling->list, map);
	if (rule->fields)
		tell_fields(telling, map, rule);
	if (rule->type == DEPLOYCFG_MAP || dcfg_rule_is_many(rule))
		return;
	name = dcfg_variable_of(telling->context, telling->schema, rule->path);
	if (name.len)
		put(telling, map, text_node(telling, "variable", name, rule->origin));
}

static struct dcfg_view name_of(const struct dcfg_rule *rule)
{
	return rule->name ? rule->name->text : DCFG_VIEW("*");
}

static int compare(const void *left, const void *right)
{
	return dcfg_view_compare(name_of(*(const struct dcfg_rule *const *)left),
				 name_of(*(const struct dcfg_rule *const *)right));
}

static void tell_below(const struct telling *telling, const struct dcfg_rule *above);

static void tell_all(const struct telling *telling, const struct dcfg_rule *rule)
{
	if (rule->entry && !rule->is_items)
		tell(telling, rule);
	tell_below(telling, rule);
}

/* In path order; recursion is as deep as keys are. */
static void tell_below(const struct telling *telling, const struct dcfg_rule *above)
{
	size_t count = above->children + (above->any != NULL), at = 0;
	const struct dcfg_rule **order;

	if (above->items)
		tell_all(telling, above->items);
	if (!count)
		return;
	order = dcfg_alloc(count * sizeof(const struct dcfg_rule *));
	if (!order) {
		telling->context->arena.failed = true;
		return;
	}
	if (above->any)
		order[at++] = above->any;
	for (const struct dcfg_rule *rule = above->first; rule; rule = rule->next)
		order[at++] = rule;
	qsort(order, count, sizeof(*order), compare);
	for (at = 0; at < count; at++)
		tell_all(telling, order[at]);
	dcfg_free(order);
}

static struct dcfg_node *list_of(const struct telling *telling, const char *name,
				 struct dcfg_origin origin)
{
	struct dcfg_node *list =
		dcfg_node_uncounted(telling->context, DEPLOYCFG_LIST, origin);

	if (list)
		list->name = dcfg_intern(&telling->context->names, dcfg_view_text(name));
	return list && list->name ? list : NULL;
}

/* What schemas say of themselves; NULL for nothing. */
static struct dcfg_node *docs(const struct telling *telling, struct dcfg_origin origin)
{
	const struct dcfg_schema *schema = telling->schema;
	struct dcfg_node *list = list_of(telling, "docs", origin);

	for (size_t i = 0; list && i < schema->document_count; i++) {
		const struct dcfg_node *about = schema->documents[i].about;
		struct dcfg_node *copy =
			about ? dcfg_node_copy(telling->context, about) : NULL;

		if (!copy)
			continue;
		copy->name = NULL;
		dcfg_list_put(list, copy);
	}
	return list && dcfg_first(list) ? list : NULL;
}

/* The names that blocks of layers may have. */
static struct dcfg_node *environments(const struct telling *telling,
				      const struct dcfg_schema_scope *scope,
				      struct dcfg_origin origin)
{
	struct dcfg_node *list = list_of(telling, "environments", origin);

	for (size_t i = 0; list && i < scope->environment_count; i++) {
		struct dcfg_node *name = text_node(telling, "environments",
						   scope->environments[i], origin);

		if (!name)
			return NULL;
		name->name = NULL;
		dcfg_list_put(list, name);
	}
	return list;
}

struct dcfg_node *dcfg_schema_tree(struct dcfg_context *context,
				   const struct dcfg_schema *schema)
{
	struct dcfg_origin nowhere = dcfg_origin(UINT32_MAX, 0, 0);
	struct telling telling = {context, schema, NULL};
	struct dcfg_node *root = dcfg_node_uncounted(context, DEPLOYCFG_MAP, nowhere);

	telling.list = list_of(&telling, "keys", nowhere);
	if (!root || !telling.list)
		return NULL;
	put(&telling, root,
	    text_node(&telling, "prefix", schema ? schema->scope.prefix : DCFG_VIEW(""),
		      nowhere));
	put(&telling, root, telling.list);
	if (schema) {
		put(&telling, root, docs(&telling, nowhere));
		put(&telling, root, environments(&telling, &schema->scope, nowhere));
		tell_below(&telling, &schema->root);
	}
	return context->arena.failed ? NULL : root;
}
