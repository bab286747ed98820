/* SPDX-License-Identifier: ISC */
/* Documents to rules, pass after pass: keys, their kinds, what each entry says, and what they say
 * of one another. Knows no layer but that of defaults. */
#include "base/mem.h"
#include "schema/rule.h"

static void fail_both(struct dcfg_context *context, struct dcfg_schema *schema,
		      const struct dcfg_rule *rule)
{
	const struct dcfg_rule *key = rule->first ? rule->first : rule->any;
	struct deploycfg_error *error =
		dcfg_schema_fail(context, schema, rule->items->origin, rule->path.ptr,
				 "a key cannot have both elements and keys below it");

	dcfg_relate(context, error, key->origin, "has a key below it here");
}

static void fail_below(struct dcfg_context *context, struct dcfg_schema *schema,
		       const struct dcfg_rule *rule, const struct dcfg_rule *below)
{
	struct deploycfg_error *error =
		dcfg_schema_fail(context, schema, below->origin, below->path.ptr,
				 "it cannot stand below %s, which is %s", rule->path.ptr,
				 dcfg_type_phrase(rule->type));

	dcfg_relate(context, error, rule->origin, "declared here");
	dcfg_error_hint(error,
			below == rule->items
				? "only a list has elements: declare it as one"
				: "only a map has keys: declare it as one, or write "
				  "%s[] for keys of its elements",
			rule->path.ptr);
}

static void settle_open(struct dcfg_context *context, struct dcfg_schema *schema,
			struct dcfg_rule *rule)
{
	rule->open = true;
	if (rule->type == DEPLOYCFG_NONE)
		rule->type = DEPLOYCFG_MAP;
	if (rule->type == DEPLOYCFG_MAP)
		return;
	dcfg_schema_fail(context, schema,
			 dcfg_field_origin(context, rule, "open", SIZE_MAX),
			 rule->path.ptr, "only a map can be open, and this is %s",
			 dcfg_type_phrase(rule->type));
}

/* The type that the entry gives, else the one that keys below it imply. */
static void settle_type(struct dcfg_context *context, struct dcfg_schema *schema,
			struct dcfg_rule *rule)
{
	const struct dcfg_rule *below = rule->first ? rule->first : rule->any;
	enum deploycfg_type implied = below         ? DEPLOYCFG_MAP
				      : rule->items ? DEPLOYCFG_LIST
						    : DEPLOYCFG_NONE;

	if (below && rule->items)
		fail_both(context, schema, rule);
	if (rule->entry) {
		rule->type = rule->entry->type;
		if (rule->entry->open)
			settle_open(context, schema, rule);
	}
	if (rule->type == DEPLOYCFG_NONE)
		rule->type = implied;
	else if (implied != DEPLOYCFG_NONE && rule->type != implied)
		fail_below(context, schema, rule, below ? below : rule->items);
}

/* The rule behind one in an order that has parents first; NULL at the end. */
static struct dcfg_rule *behind(const struct dcfg_rule *rule)
{
	const struct dcfg_rule *parent;

	if (rule->first || rule->any || rule->items)
		return rule->first ? rule->first : rule->any ? rule->any : rule->items;
	for (; (parent = rule->parent); rule = parent) {
		if (rule->next)
			return rule->next;
		if (rule->name && parent->any)
			return parent->any;
		if (rule != parent->items && parent->items)
			return parent->items;
	}
	return NULL;
}

static uint16_t own_flags(const struct dcfg_schema_entry *entry)
{
	uint16_t flags = 0;

	if (entry->secret && *entry->secret)
		flags |= DCFG_IS_SECRET;
	if (entry->deprecated)
		flags |= DCFG_IS_DEPRECATED;
	if (entry->restart)
		flags |= DCFG_IS_RESTART;
	return flags;
}

static bool has_whole(const struct dcfg_rule *rule)
{
	const struct dcfg_schema_entry *entry = rule->entry;

	return rule->preset || rule->required ||
	       (entry && !rule->is_items &&
		(entry->merge || entry->min_items || entry->max_items ||
		 entry->requires_count || entry->conflicts_count || entry->deprecated));
}

/* Tells the rules above what is to be done below them. */
static void announce(struct dcfg_rule *rule)
{
	bool named = rule->preset;

	if (!has_whole(rule))
		return;
	rule->completes = true;
	for (; rule->parent; rule = rule->parent) {
		named = named && rule->name;
		if (rule->parent->completes && (!named || rule->parent->presets))
			return;
		rule->parent->completes = true;
		rule->parent->presets |= named;
	}
}

static void settle_flags(struct dcfg_schema *schema)
{
	for (struct dcfg_rule *rule = &schema->root; rule; rule = behind(rule)) {
		rule->flags = rule->parent ? rule->parent->flags : 0;
		if (rule->entry)
			rule->flags |= own_flags(rule->entry);
	}
}

static void check_entries(struct dcfg_context *context, struct dcfg_schema *schema)
{
	const struct dcfg_name *required =
		dcfg_intern_find(&context->names, DCFG_VIEW("required"));

	for (size_t i = 0; i < schema->declared_count; i++) {
		struct dcfg_rule *rule = schema->declared[i];
		size_t before = schema->wrong;

		dcfg_check_entry(context, schema, rule);
		if (schema->wrong != before)
			dcfg_rule_spoil(rule);
		dcfg_check_sources(context, schema, rule);
		dcfg_check_required(context, schema, rule, required);
		dcfg_check_references(context, schema, rule);
	}
}

static void compile(struct dcfg_context *context, struct dcfg_schema *schema)
{
	schema->root.type = DEPLOYCFG_MAP;
	for (struct dcfg_rule *rule = behind(&schema->root); rule; rule = behind(rule)) {
		size_t before = schema->wrong;

		settle_type(context, schema, rule);
		if (schema->wrong != before)
			dcfg_rule_spoil(rule);
	}
	check_entries(context, schema);
	dcfg_check_variables(context, schema);
	settle_flags(schema);
	dcfg_check_defaults(context, schema);
	for (size_t i = 0; i < schema->declared_count; i++)
		announce(schema->declared[i]);
}

struct dcfg_schema *dcfg_schema_compile(struct dcfg_context *context,
					const struct dcfg_schema_document *documents,
					size_t count,
					const struct dcfg_schema_scope *scope)
{
	struct dcfg_schema *schema = dcfg_arena_zalloc(&context->arena, sizeof(*schema));
	bool is_declared;

	if (!schema)
		return NULL;
	schema->scope = *scope;
	schema->documents = documents;
	schema->document_count = count;
	schema->root.path = DCFG_VIEW("");
	is_declared = dcfg_declare(context, schema, documents, count);
	dcfg_schema_conceal(context, schema);
	if (is_declared)
		compile(context, schema);
	if (!schema->wrong && !context->arena.failed)
		return schema;
	dcfg_schema_fini(schema);
	return NULL;
}

void dcfg_schema_fini(struct dcfg_schema *schema)
{
	if (!schema)
		return;
	if (schema->locale)
		freelocale(schema->locale);
	schema->locale = (locale_t)0;
	if (schema->united.arena)
		dcfg_intern_fini(&schema->united);
	if (schema->mistakes.arena)
		dcfg_intern_fini(&schema->mistakes);
}

bool dcfg_schema_allows_empty(struct dcfg_context *context,
			      const struct dcfg_schema *schema, struct dcfg_view path)
{
	const struct dcfg_rule *rule =
		schema ? dcfg_rule_at(context, schema, path) : NULL;

	return rule && rule->entry && rule->entry->allow_empty;
}
