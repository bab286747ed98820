/* SPDX-License-Identifier: ISC */
/* Entries become rules, and keys on the way to them too. Knows keys alone, and nothing of what
 * their entries say. */
#include "schema/rule.h"

/* What is under way. */
struct declaring {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
};

static void fail_key(const struct declaring *declaring, struct dcfg_origin origin,
		     const char *key, const char *problem)
{
	dcfg_error_hint(
		dcfg_schema_fail(declaring->context, declaring->schema, origin, NULL,
				 "in the key '%s' %s", key, problem),
		"write segments joined by dots, [] for the elements of a list and * for "
		"any name: servers[].host, limits.*.rate");
}

/* The rule of a key, made where missing; NULL where it is malformed. */
static struct dcfg_rule *enter(const struct declaring *declaring, const char *key,
			       struct dcfg_origin origin)
{
	struct dcfg_context *context = declaring->context;
	struct dcfg_path_reader reader = {.rest = dcfg_view_text(key)};
	struct dcfg_rule *rule = &declaring->schema->root;
	const struct dcfg_name *name;
	enum dcfg_path_part part;
	size_t depth = 0;

	while (rule && (part = dcfg_path_read(context, &reader, true, &name))) {
		if (!dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, ++depth, origin, key)) {
			declaring->schema->wrong++;
			dcfg_rule_spoil(rule);
			return NULL;
		}
		if (part == DCFG_PART_NAME && !name) { /* too long, or no memory */
			declaring->schema->wrong += !dcfg_within(
				context, DEPLOYCFG_LIMIT_PATH, strlen(key), origin, NULL);
			return NULL;
		}
		rule = dcfg_rule_make(context, declaring->schema, rule, part, name,
				      origin);
	}
	if (!reader.problem)
		return rule;
	dcfg_rule_spoil(rule);
	fail_key(declaring, origin, key, reader.problem);
	return NULL;
}

static void fail_twice(const struct declaring *declaring, const struct dcfg_rule *rule,
		       struct dcfg_origin origin)
{
	struct deploycfg_error *error =
		dcfg_schema_fail(declaring->context, declaring->schema, origin,
				 rule->path.ptr, "the key is declared twice");

	dcfg_relate(declaring->context, error, rule->origin, "the other one");
	dcfg_error_hint(error, "all schemas hold together: keep one of the two entries");
}

static struct dcfg_origin key_origin(const struct declaring *declaring,
				     const struct dcfg_node *fields)
{
	const struct dcfg_rule rule = {.fields = fields};

	return dcfg_field_origin(declaring->context, &rule, "key", SIZE_MAX);
}

/* Whether a field is there that the binder passed over. */
static bool is_wrong(const struct declaring *declaring, const struct dcfg_node *fields,
		     const char *name, enum deploycfg_type bound)
{
	const struct dcfg_node *field = dcfg_map_get(declaring->context, fields, name);

	return bound == DEPLOYCFG_NONE && field && field->type != DEPLOYCFG_NULL;
}

/* Where nobody knows the type, nothing is said of what only some types have. */
static const struct dcfg_schema_entry *judgeable(const struct declaring *declaring,
						 const struct dcfg_schema_entry *entry,
						 const struct dcfg_node *fields)
{
	struct dcfg_schema_entry *copy;

	if (!is_wrong(declaring, fields, "type", entry->type) &&
	    !is_wrong(declaring, fields, "items", entry->items))
		return entry;
	copy = dcfg_arena_alloc(&declaring->context->arena, sizeof(*copy));
	if (!copy)
		return entry;
	*copy = *entry;
	copy->min = copy->max = copy->pattern = NULL;
	copy->min_items = copy->max_items = NULL;
	copy->items = DEPLOYCFG_NONE;
	copy->merge = DCFG_LIST_REPLACE;
	copy->choices_count = 0;
	copy->open = false;
	return copy;
}

static void declare(const struct declaring *declaring,
		    const struct dcfg_schema_entry *entry, const struct dcfg_node *fields)
{
	struct dcfg_origin origin = key_origin(declaring, fields);
	struct dcfg_rule *rule;

	if (!entry->key)
		return;
	rule = enter(declaring, entry->key, origin);
	if (!rule) {
		declaring->schema->hides_values = true;
		return;
	}
	if (rule->entry) {
		declaring->schema->hides_values |= entry->secret != NULL;
		fail_twice(declaring, rule, origin);
		return;
	}
	declaring->schema->hides_values |=
		is_wrong(declaring, fields, "secret",
			 entry->secret ? DEPLOYCFG_BOOL : DEPLOYCFG_NONE);
	rule->entry = judgeable(declaring, entry, fields);
	rule->fields = fields;
	rule->origin = origin;
	declaring->schema->declared[declaring->schema->declared_count++] = rule;
}

/* From a node on, the one that an entry was bound from: others were passed over. */
static const struct dcfg_node *fields_of(const struct declaring *declaring,
					 const struct dcfg_node *fields,
					 const struct dcfg_schema_entry *entry)
{
	for (; fields; fields = dcfg_next(fields)) {
		const struct dcfg_node *key =
			fields->type == DEPLOYCFG_MAP
				? dcfg_map_get(declaring->context, fields, "key")
				: NULL;

		if (key && entry->key && dcfg_has_text(key) &&
		    dcfg_view_equal(dcfg_text(key), dcfg_view_text(entry->key)))
			break;
	}
	return fields;
}

static void declare_all(const struct declaring *declaring,
			const struct dcfg_schema_document *document)
{
	const struct dcfg_node *fields =
		document->list ? dcfg_first(document->list) : NULL;
	bool is_whole = !fields || document->list->length == document->keys_count;

	declaring->schema->lacks_keys |= !is_whole;
	declaring->schema->hides_values |= !is_whole;
	for (uint32_t i = 0; i < document->keys_count; i++) {
		if (!is_whole)
			fields = fields_of(declaring, fields, &document->keys[i]);
		declare(declaring, &document->keys[i], fields);
		fields = fields ? dcfg_next(fields) : NULL;
	}
}

bool dcfg_declare(struct dcfg_context *context, struct dcfg_schema *schema,
		  const struct dcfg_schema_document *documents, size_t count)
{
	const struct declaring declaring = {context, schema};
	size_t keys = 0;

	for (size_t i = 0; i < count; i++)
		keys += documents[i].keys_count;
	schema->declared =
		dcfg_arena_alloc(&context->arena, (keys + 1) * sizeof(*schema->declared));
	if (!schema->declared)
		return false;
	for (size_t i = 0; i < count; i++)
		declare_all(&declaring, &documents[i]);
	return !context->arena.failed;
}
