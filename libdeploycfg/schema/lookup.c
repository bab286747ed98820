/* SPDX-License-Identifier: ISC */
/* Rules by name and by path: one table for all of them. Knows nothing of what they say. */
#include "model/key.h"
#include "schema/rule.h"

#define SLOTS_MIN 64

static struct dcfg_rule_slot *slot_of(const struct dcfg_schema *schema,
				      const struct dcfg_rule *parent,
				      const struct dcfg_name *name)
{
	size_t mask = schema->slot_capacity - 1;
	uint64_t hash = name->hash + parent->number * UINT64_C(0x9e3779b97f4a7c15);
	size_t at = (size_t)(hash ^ hash >> 32) & mask;

	while (schema->slots[at].rule &&
	       (schema->slots[at].name != name || schema->slots[at].parent != parent))
		at = (at + 1) & mask;
	return &schema->slots[at];
}

static bool make_room(struct dcfg_context *context, struct dcfg_schema *schema)
{
	struct dcfg_schema larger = *schema;

	if (schema->slot_count < schema->slot_capacity / 2)
		return true;
	larger.slot_capacity =
		schema->slot_capacity ? schema->slot_capacity * 2 : SLOTS_MIN;
	larger.slots = dcfg_arena_zalloc(&context->arena,
					 larger.slot_capacity * sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < schema->slot_capacity; i++)
		if (schema->slots[i].rule)
			*slot_of(&larger, schema->slots[i].parent,
				 schema->slots[i].name) = schema->slots[i];
	schema->slots = larger.slots;
	schema->slot_capacity = larger.slot_capacity;
	return true;
}

struct dcfg_rule *dcfg_rule_named(const struct dcfg_schema *schema,
				  const struct dcfg_rule *parent,
				  const struct dcfg_name *name)
{
	return schema->slot_capacity && name ? slot_of(schema, parent, name)->rule : NULL;
}

struct dcfg_rule *dcfg_rule_of(const struct dcfg_schema *schema,
			       const struct dcfg_rule *parent,
			       const struct dcfg_rule *last, const struct dcfg_name *name)
{
	struct dcfg_rule *rule = last ? last->next : parent->first;

	if (rule && rule->name == name)
		return rule;
	rule = parent->first ? dcfg_rule_named(schema, parent, name) : NULL;
	return rule ? rule : parent->any;
}

static bool is_root(const struct dcfg_rule *rule)
{
	return !rule->parent;
}

/* The path of a rule below another. */
static struct dcfg_view path_below(struct dcfg_context *context,
				   const struct dcfg_rule *parent,
				   enum dcfg_path_part part, const struct dcfg_name *name)
{
	char buffer[DCFG_PATH_MAX];
	size_t length = parent->path.len;

	memcpy(buffer, parent->path.ptr, length);
	if (part == DCFG_PART_NAME) {
		length = dcfg_key_append(buffer, sizeof(buffer), length, name->text);
		if (length > sizeof(buffer))
			return dcfg_view(NULL, length);
		return dcfg_arena_copy(&context->arena, dcfg_view(buffer, length));
	}
	return dcfg_arena_printf(&context->arena, "%s%s", parent->path.ptr,
				 part == DCFG_PART_ITEMS ? "[]"
				 : is_root(parent)       ? "*"
							 : ".*");
}

static void link_below(struct dcfg_rule *parent, struct dcfg_rule *rule)
{
	if (parent->last)
		parent->last->next = rule;
	else
		parent->first = rule;
	parent->last = rule;
	parent->children++;
}

struct dcfg_rule *dcfg_rule_make(struct dcfg_context *context, struct dcfg_schema *schema,
				 struct dcfg_rule *parent, enum dcfg_path_part part,
				 const struct dcfg_name *name, struct dcfg_origin origin)
{
	struct dcfg_rule *rule, **free_standing = NULL;
	struct dcfg_view path;

	if (part == DCFG_PART_NAME)
		rule = dcfg_rule_named(schema, parent, name);
	else
		rule = *(free_standing =
				 part == DCFG_PART_ANY ? &parent->any : &parent->items);
	if (rule)
		return rule;
	path = path_below(context, parent, part, name);
	if (!dcfg_within(context, DEPLOYCFG_LIMIT_PATH, path.len, origin, NULL)) {
		schema->wrong++;
		return NULL;
	}
	rule = dcfg_arena_zalloc(&context->arena, sizeof(*rule));
	if (!rule || !path.ptr || !make_room(context, schema))
		return NULL;
	*rule = (struct dcfg_rule){.origin = origin,
				   .path = path,
				   .name = name,
				   .parent = parent,
				   .number = (uint32_t)++schema->rule_count};
	if (free_standing) {
		*free_standing = rule;
		return rule;
	}
	link_below(parent, rule);
	*slot_of(schema, parent, name) = (struct dcfg_rule_slot){parent, name, rule};
	schema->slot_count++;
	return rule;
}

void dcfg_rule_tell(struct dcfg_schema *schema, struct dcfg_rule *rule)
{
	rule->told = schema->tells = true;
}

void dcfg_rule_spoil(struct dcfg_rule *rule)
{
	for (; rule && !rule->is_wrong; rule = rule->parent)
		rule->is_wrong = true;
}

struct dcfg_rule *dcfg_rule_find(struct dcfg_context *context, struct dcfg_schema *schema,
				 struct dcfg_view path)
{
	struct dcfg_path_reader reader = {.rest = path};
	struct dcfg_rule *rule = &schema->root;
	const struct dcfg_name *name;
	enum dcfg_path_part part;

	while (rule && (part = dcfg_path_read(context, &reader, false, &name))) {
		if (part == DCFG_PART_NAME)
			rule = dcfg_rule_named(schema, rule, name);
		else
			rule = part == DCFG_PART_ANY ? rule->any : rule->items;
	}
	return reader.problem || rule == &schema->root ? NULL : rule;
}

const struct dcfg_rule *dcfg_rule_at(struct dcfg_context *context,
				     const struct dcfg_schema *schema,
				     struct dcfg_view path)
{
	struct dcfg_key reader = dcfg_key(path);
	const struct dcfg_rule *rule = &schema->root;
	struct dcfg_segment segment;
	char buffer[DCFG_PATH_MAX];

	while (rule && dcfg_key_next(&reader, &segment)) {
		if (segment.is_index) {
			rule = rule->items;
			continue;
		}
		if (segment.text.len > sizeof(buffer))
			return NULL;
		const struct dcfg_name *name = dcfg_intern_find(
			&context->names, dcfg_segment_text(&segment, buffer));

		rule = name ? dcfg_rule_of(schema, rule, NULL, name) : rule->any;
	}
	return rule;
}

bool dcfg_rule_is_many(const struct dcfg_rule *rule)
{
	for (; rule->parent; rule = rule->parent)
		if (!rule->name)
			return true;
	return false;
}
