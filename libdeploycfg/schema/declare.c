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
			declaring->schema->broken = true;
			return NULL;
		}
		if (part == DCFG_PART_NAME && !name) { /* too long, or no memory */
			declaring->schema->broken |= !dcfg_within(
				context, DEPLOYCFG_LIMIT_PATH, strlen(key), origin, NULL);
			return NULL;
		}
		rule = dcfg_rule_make(context, declaring->schema, rule, part, name,
				      origin);
	}
	if (!reader.problem)
		return rule;
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

static void declare(const struct declaring *declaring,
		    const struct dcfg_schema_entry *entry, const struct dcfg_node *fields)
{
	struct dcfg_origin origin = key_origin(declaring, fields);
	struct dcfg_rule *rule;

	if (!entry->key)
		return;
	rule = enter(declaring, entry->key, origin);
	if (!rule)
		return;
	if (rule->entry) {
		fail_twice(declaring, rule, origin);
		return;
	}
	rule->entry = entry;
	rule->fields = fields;
	rule->origin = origin;
	declaring->schema->declared[declaring->schema->declared_count++] = rule;
}

static void declare_all(const struct declaring *declaring,
			const struct dcfg_schema_document *document)
{
	const struct dcfg_node *fields =
		document->list ? dcfg_first(document->list) : NULL;

	for (uint32_t i = 0; i < document->keys_count; i++) {
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
