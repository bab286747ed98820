/* SPDX-License-Identifier: ISC */
/* The keys that variables may mean: those that are declared and those that weaker layers have, as
 * one tree without values. What is below a key is made when it is asked for: below each free
 * name all that is declared of it may be meant, and the whole would be a product. */
#include "schema/rule.h"

struct naming {
	struct dcfg_context *context;
	const struct dcfg_schema *schema;
	uint64_t room; /* for so many keys more */
};

struct key {
	struct dcfg_node node;
	struct key *self;
	struct naming *naming;
	const struct dcfg_rule *rule;   /* NULL for none */
	const struct dcfg_node *weaker; /* of the same type, NULL for none */
	bool grown;
};

static void put(const struct key *key, const struct dcfg_rule *rule,
		const struct dcfg_node *weaker, const struct dcfg_name *name);

static void add_weaker(const struct key *key)
{
	const struct dcfg_rule *last = NULL;

	dcfg_each (child, key->weaker) {
		const struct dcfg_rule *below =
			!key->rule    ? NULL
			: child->name ? dcfg_rule_of(key->naming->schema, key->rule, last,
						     child->name)
				      : key->rule->items;

		if (below && below->name)
			last = below;
		put(key, below, child, child->name);
	}
}

/* What is declared of free names stands below `*`, for those that no weaker layer has. */
static void add_free(const struct key *key)
{
	const struct dcfg_name *name;

	if (!key->rule->any)
		return;
	name = dcfg_intern(&key->naming->context->names, DCFG_VIEW("*"));
	if (name)
		put(key, key->rule->any, NULL, name);
}

/* Keys that are declared and that no weaker layer has; `*` stands for those of any name. */
static void add_declared(const struct key *key)
{
	for (const struct dcfg_rule *below = key->rule->first; below; below = below->next)
		if (!key->weaker ||
		    !dcfg_map_find(key->naming->context, key->weaker, below->name))
			put(key, below, NULL, below->name);
	add_free(key);
}

void dcfg_schema_names_below(const struct dcfg_node *node)
{
	struct key *key = ((const struct key *)node)->self;

	if (key->grown)
		return;
	key->grown = true;
	if (key->weaker)
		add_weaker(key);
	if (key->rule && node->type == DEPLOYCFG_MAP)
		add_declared(key);
}

static enum deploycfg_type type_of(const struct dcfg_rule *rule,
				   const struct dcfg_node *weaker)
{
	if (rule && rule->type != DEPLOYCFG_NONE)
		return rule->type;
	if (weaker && (weaker->type != DEPLOYCFG_NONE || !rule))
		return (enum deploycfg_type)weaker->type;
	return DEPLOYCFG_STRING;
}

static struct dcfg_origin origin_of(const struct dcfg_rule *rule,
				    const struct dcfg_node *weaker)
{
	return weaker && (weaker->type != DEPLOYCFG_NONE || !rule) ? weaker->origin
								   : rule->origin;
}

/* What is declared and what is there fits in any case. */
static uint64_t room_of(const struct dcfg_context *context,
			const struct dcfg_schema *schema)
{
	return context->limits.of[DEPLOYCFG_LIMIT_KEYS] + context->keys +
	       schema->rule_count + 1;
}

/* Reports the key that is one too many. */
static bool has_room(struct naming *naming, struct dcfg_origin origin)
{
	if (naming->room && --naming->room == 0)
		dcfg_exceeds(naming->context, DEPLOYCFG_LIMIT_KEYS,
			     naming->context->limits.of[DEPLOYCFG_LIMIT_KEYS] + 1, origin,
			     NULL);
	return naming->room;
}

/* Whether there is a reference, and any key may be below what that yields. */
static bool leads_anywhere(const struct dcfg_rule *rule, const struct dcfg_node *weaker)
{
	return weaker && dcfg_node_is_reference(weaker) &&
	       (!rule || rule->type == DEPLOYCFG_NONE || rule->open);
}

static struct key *make(struct naming *naming, const struct dcfg_rule *rule,
			const struct dcfg_node *weaker)
{
	enum deploycfg_type type = type_of(rule, weaker);
	struct dcfg_origin origin = origin_of(rule, weaker);
	struct key *key;

	if (!has_room(naming, origin))
		return NULL;
	key = dcfg_arena_zalloc(&naming->context->arena, sizeof(*key));
	if (!key)
		return NULL;
	*key = (struct key){.self = key, .naming = naming, .rule = rule};
	dcfg_node_init(naming->context, &key->node, type, origin);
	if (weaker && weaker->type == type) {
		key->weaker = weaker;
		key->node.key_line = weaker->key_line;
		key->node.key_column = weaker->key_column;
	}
	if (rule)
		key->node.flags |= DCFG_DECLARED;
	if (leads_anywhere(rule, weaker))
		key->node.flags |= DCFG_TEMPLATE;
	if (rule && rule->entry && rule->entry->allow_empty)
		key->node.flags |= DCFG_ALLOW_EMPTY;
	return key;
}

static void put(const struct key *key, const struct dcfg_rule *rule,
		const struct dcfg_node *weaker, const struct dcfg_name *name)
{
	struct key *below = make(key->naming, rule, weaker);

	if (!below)
		return;
	below->node.name = name;
	if (name)
		dcfg_map_put(key->naming->context, &key->self->node, &below->node);
	else
		dcfg_list_put(&key->self->node, &below->node);
}

const struct dcfg_node *dcfg_schema_names(struct dcfg_context *context,
					  const struct dcfg_schema *schema,
					  const struct dcfg_node *weaker)
{
	struct naming *naming;
	struct key *root;

	if (!schema)
		return weaker;
	naming = dcfg_arena_alloc(&context->arena, sizeof(*naming));
	if (!naming)
		return NULL;
	*naming = (struct naming){context, schema, room_of(context, schema) + 1};
	root = make(naming, &schema->root, weaker);
	return root ? &root->node : NULL;
}
