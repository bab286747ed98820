/* SPDX-License-Identifier: ISC */
/* Names of variables: those that are computed from keys, and those that entries give. No two
 * keys may have one. Reads no variable. */
#include "model/key.h"
#include "model/variable.h"
#include "schema/rule.h"

struct naming {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	struct dcfg_intern names; /* `first` of each is its rule */
	char buffer[DCFG_PATH_MAX];
};

/* Elements and free names stand as something that no name has. */
static size_t append_free(char *buffer, size_t size, size_t at)
{
	if (at + 3 > size)
		return 0;
	memcpy(buffer + at, "__*", 3);
	return at + 3;
}

/* The name of a rule's key behind the prefix; 0 where it has none. */
static size_t write_name(char *buffer, size_t at, const struct dcfg_rule *rule)
{
	if (rule->parent->parent)
		at = write_name(buffer, at, rule->parent);
	if (!at)
		return 0;
	at = rule->name
		     ? dcfg_variable_append(buffer, DCFG_PATH_MAX, at, rule->name->text)
		     : append_free(buffer, DCFG_PATH_MAX, at);
	return at <= DCFG_PATH_MAX ? at : 0;
}

/* Notes whose name it is; gives who has it already. */
static struct dcfg_rule *take_name(struct naming *naming, struct dcfg_view name,
				   struct dcfg_rule *rule)
{
	struct dcfg_name *known = (struct dcfg_name *)dcfg_intern(&naming->names, name);

	if (!known || known->first)
		return known ? known->first : NULL;
	known->first = rule;
	return NULL;
}

/* index: of the name among those of `env`, SIZE_MAX for the key's own. */
static void fail_twice(struct naming *naming, const struct dcfg_rule *rule,
		       const struct dcfg_rule *other, size_t index, struct dcfg_view name)
{
	struct deploycfg_error *error = dcfg_schema_fail(
		naming->context, naming->schema,
		index == SIZE_MAX
			? rule->origin
			: dcfg_field_origin(naming->context, rule, "env", index),
		rule->path.ptr, "the variable %.*s would set %s too", DCFG_ARG(name),
		other->path.ptr);

	dcfg_relate(naming->context, error, other->origin, "%s is declared here",
		    other->path.ptr);
	dcfg_error_hint(error, "rename one of the two: in names of variables letters "
			       "are capital, and '-' is '_'");
}

static void compute(struct naming *naming, struct dcfg_rule *rule)
{
	struct dcfg_view prefix = naming->schema->scope.prefix;
	struct dcfg_rule *other;
	struct dcfg_view name;
	size_t length;

	if (rule->type == DEPLOYCFG_MAP || prefix.len + 2 > sizeof(naming->buffer))
		return;
	if (!prefix.len)
		prefix = DCFG_VIEW("*"); /* and so it is no name that `env` can give */
	memcpy(naming->buffer, prefix.ptr, prefix.len);
	length = write_name(naming->buffer, prefix.len, rule);
	if (!length)
		return;
	name = dcfg_view(naming->buffer, length);
	other = take_name(naming, name, rule);
	if (other)
		fail_twice(naming, rule, other, SIZE_MAX,
			   naming->schema->scope.prefix.len ? name
							    : dcfg_view_skip(name, 3));
}

static bool is_name(const char *name)
{
	for (const char *at = name; *at; at++) {
		bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');

		if (!letter && *at != '_' && (at == name || *at < '0' || *at > '9'))
			return false;
	}
	return *name != '\0';
}

static void bind(struct naming *naming, struct dcfg_rule *rule, uint32_t index)
{
	struct dcfg_view name = dcfg_view_text(rule->entry->env[index]);
	struct dcfg_rule *other;

	if (!is_name(name.ptr)) {
		dcfg_error_hint(dcfg_schema_fail(naming->context, naming->schema,
						 dcfg_field_origin(naming->context, rule,
								   "env", index),
						 rule->path.ptr,
						 "'%.60s' is no name of a variable",
						 name.ptr),
				"write letters, digits and '_', such as DATABASE_URL");
		return;
	}
	other = take_name(naming, name, rule);
	if (other && other != rule)
		fail_twice(naming, rule, other, index, name);
	naming->schema->variables[naming->schema->variable_count++] =
		(struct dcfg_schema_variable){name, rule->path, rule->entry->allow_empty};
}

static bool make_room(struct naming *naming)
{
	struct dcfg_schema *schema = naming->schema;
	size_t count = 0;

	for (size_t i = 0; i < schema->declared_count; i++)
		count += schema->declared[i]->entry->env_count;
	if (count)
		schema->variables = dcfg_arena_alloc(&naming->context->arena,
						     count * sizeof(*schema->variables));
	return !count || schema->variables;
}

void dcfg_check_variables(struct dcfg_context *context, struct dcfg_schema *schema)
{
	struct naming naming = {.context = context, .schema = schema};

	if (!make_room(&naming))
		return;
	dcfg_intern_init(&naming.names, &context->arena);
	for (size_t i = 0; i < schema->declared_count; i++)
		compute(&naming, schema->declared[i]);
	for (size_t i = 0; i < schema->declared_count; i++)
		for (uint32_t j = 0; j < schema->declared[i]->entry->env_count; j++)
			bind(&naming, schema->declared[i], j);
	dcfg_intern_fini(&naming.names);
}

struct dcfg_view dcfg_variable_of(struct dcfg_context *context,
				  const struct dcfg_schema *schema, struct dcfg_view path)
{
	struct dcfg_view prefix = schema->scope.prefix, name;
	struct dcfg_key reader = dcfg_key(path);
	struct dcfg_segment segment;
	char buffer[DCFG_PATH_MAX], text[DCFG_PATH_MAX];
	size_t length = prefix.len;

	if (!length || length > sizeof(buffer))
		return DCFG_VIEW("");
	memcpy(buffer, prefix.ptr, length);
	while (length && dcfg_key_next(&reader, &segment)) {
		if (segment.text.len > sizeof(text))
			return DCFG_VIEW("");
		length = dcfg_variable_append(buffer, sizeof(buffer), length,
					      dcfg_segment_text(&segment, text));
		if (length > sizeof(buffer))
			length = 0;
	}
	if (!length || reader.problem)
		return DCFG_VIEW("");
	name = dcfg_arena_copy(&context->arena, dcfg_view(buffer, length));
	return name.ptr ? name : DCFG_VIEW("");
}

const struct dcfg_schema_variable *dcfg_schema_variables(const struct dcfg_schema *schema,
							 size_t *count)
{
	*count = schema ? schema->variable_count : 0;
	return schema ? schema->variables : NULL;
}
