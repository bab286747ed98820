/* SPDX-License-Identifier: ISC */
/* Names of variables: those that are computed from keys, and those that entries give. No two
 * keys may have one, nor may one that sets a key begin those of another. Reads no variable. */
#include "base/utf8.h"
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

/* Whether its name, or what anybody puts behind it, sets something: all but a map whose keys are
 * declared one by one. */
static bool sets(const struct dcfg_rule *rule)
{
	return rule->type != DEPLOYCFG_MAP || rule->open || rule->any;
}

/* Notes whose name it is; gives who has it already. */
static struct dcfg_rule *take_name(struct naming *naming, struct dcfg_view name,
				   struct dcfg_rule *rule)
{
	struct dcfg_name *known = (struct dcfg_name *)dcfg_intern(&naming->names, name);
	struct dcfg_rule *other = known ? known->first : NULL;

	if (known && (!other || !sets(other)))
		known->first = rule;
	return other;
}

static void relate_key(const struct naming *naming, struct deploycfg_error *error,
		       const struct dcfg_rule *rule)
{
	dcfg_relate(naming->context, error, rule->origin, "%s%s is declared here",
		    rule->entry ? "" : "a key below ", rule->path.ptr);
}

static void hint_rename(struct deploycfg_error *error)
{
	dcfg_error_hint(error, "rename one of the two: in names of variables letters "
			       "are capital, and '-' is '_'");
}

static void fail_bound(struct naming *naming, const struct dcfg_rule *rule,
		       const struct dcfg_rule *other, struct dcfg_origin origin,
		       struct dcfg_view name)
{
	struct deploycfg_error *error = dcfg_schema_fail(
		naming->context, naming->schema, origin, rule->path.ptr,
		"the variable %.*s would set %s too", DCFG_ARG(name), other->path.ptr);

	relate_key(naming, error, other);
	dcfg_error_hint(error, "give another name in `env`: a variable is one key's");
}

/* Two keys that one computed name may mean, whatever the prefix is. */
static struct deploycfg_error *report(struct naming *naming, const struct dcfg_rule *rule,
				      const struct dcfg_rule *other,
				      struct dcfg_view name)
{
	bool known = naming->schema->scope.prefix.len;
	const char *with = known ? "" : "with a prefix, ";
	const char *prefix = known ? "" : "<PREFIX>";

	if (!known)
		name = dcfg_view_skip(name, sizeof("*") - 1);
	if (rule->type == DEPLOYCFG_MAP || other->type == DEPLOYCFG_MAP)
		return dcfg_schema_fail(naming->context, naming->schema, rule->origin,
					rule->path.ptr,
					"%svariables cannot tell it from %s: the names "
					"of both begin with %s%.*s",
					with, other->path.ptr, prefix, DCFG_ARG(name));
	return dcfg_schema_fail(naming->context, naming->schema, rule->origin,
				rule->path.ptr, "%sthe variable %s%.*s would set %s too",
				with, prefix, DCFG_ARG(name), other->path.ptr);
}

/* The one that is declared later is told of. */
static void fail_computed(struct naming *naming, const struct dcfg_rule *rule,
			  const struct dcfg_rule *other, struct dcfg_view name)
{
	bool swap = rule->origin.source == other->origin.source &&
		    rule->origin.line < other->origin.line;
	struct deploycfg_error *error = swap ? report(naming, other, rule, name)
					     : report(naming, rule, other, name);

	relate_key(naming, error, swap ? rule : other);
	hint_rename(error);
}

static void compute_below(struct naming *naming, const struct dcfg_rule *parent,
			  size_t at);

/* at: where the name of its parent ends. */
static void compute(struct naming *naming, struct dcfg_rule *rule, size_t at)
{
	char *buffer = naming->buffer;
	struct dcfg_rule *other;

	at = rule->name
		     ? dcfg_variable_append(buffer, DCFG_PATH_MAX, at, rule->name->text)
		     : append_free(buffer, DCFG_PATH_MAX, at);
	if (!at || at > DCFG_PATH_MAX)
		return;
	other = take_name(naming, dcfg_view(buffer, at), rule);
	if (other && (sets(rule) || sets(other)))
		fail_computed(naming, rule, other, dcfg_view(buffer, at));
	else
		compute_below(naming, rule, at);
}

/* Recursion is as deep as keys are. */
static void compute_below(struct naming *naming, const struct dcfg_rule *parent,
			  size_t at)
{
	for (struct dcfg_rule *rule = parent->first; rule; rule = rule->next)
		compute(naming, rule, at);
	if (parent->any)
		compute(naming, parent->any, at);
	if (parent->items && !parent->any) /* both are a mistake that is told already */
		compute(naming, parent->items, at);
}

static void compute_all(struct naming *naming)
{
	struct dcfg_view prefix = naming->schema->scope.prefix;

	if (!prefix.len)
		prefix = DCFG_VIEW("*"); /* and so it is no name that `env` can give */
	if (prefix.len > sizeof(naming->buffer))
		return;
	memcpy(naming->buffer, prefix.ptr, prefix.len);
	compute_below(naming, &naming->schema->root, prefix.len);
}

/* origin: of the name. */
static void bind(struct naming *naming, struct dcfg_rule *rule, const char *text,
		 struct dcfg_origin origin)
{
	struct dcfg_view name = dcfg_view_text(text);
	struct dcfg_rule *other;

	if (!dcfg_is_variable_name(name)) {
		dcfg_error_hint(dcfg_schema_fail(naming->context, naming->schema, origin,
						 rule->path.ptr,
						 "'%.*s' is no name of a variable",
						 DCFG_ARG(dcfg_utf8_shown(name))),
				"write letters, digits and '_', such as DATABASE_URL");
		return;
	}
	other = take_name(naming, name, rule);
	if (other && other != rule && sets(other))
		fail_bound(naming, rule, other, origin, name);
	naming->schema->variables[naming->schema->variable_count++] =
		(struct dcfg_schema_variable){name, rule->path, rule->entry->allow_empty,
					      origin};
}

static void bind_all(struct naming *naming, struct dcfg_rule *rule)
{
	const struct dcfg_node *names = dcfg_field(naming->context, rule, "env");
	const struct dcfg_node *item = names ? dcfg_first(names) : NULL;

	for (uint32_t i = 0; i < rule->entry->env_count; i++) {
		bind(naming, rule, rule->entry->env[i],
		     item ? item->origin : rule->origin);
		item = item ? dcfg_next(item) : NULL;
	}
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
	compute_all(&naming);
	for (size_t i = 0; i < schema->declared_count; i++)
		bind_all(&naming, schema->declared[i]);
	dcfg_intern_fini(&naming.names);
}

struct dcfg_view dcfg_variable_of(struct dcfg_context *context,
				  const struct dcfg_schema *schema, struct dcfg_view path)
{
	char buffer[DCFG_PATH_MAX];
	size_t length =
		dcfg_variable_write(buffer, sizeof(buffer), schema->scope.prefix, path);
	struct dcfg_view name = DCFG_VIEW("");

	if (length && length <= sizeof(buffer))
		name = dcfg_arena_copy(&context->arena, dcfg_view(buffer, length));
	return name.ptr ? name : DCFG_VIEW("");
}

const struct dcfg_schema_variable *dcfg_schema_variables(const struct dcfg_schema *schema,
							 size_t *count)
{
	*count = schema ? schema->variable_count : 0;
	return schema ? schema->variables : NULL;
}
