/* SPDX-License-Identifier: ISC */
/* Where an entry holds: which layers may set its key, and which environments require it. Knows
 * layers and environments by name alone. */
#include "base/utf8.h"
#include "schema/rule.h"

#define LAYER(word, number)                                                              \
	{                                                                                \
		{word, sizeof(word) - 1}, number                                         \
	}

static const struct {
	struct dcfg_view name;
	int layer;
} layers[] = {
	LAYER("default", DEPLOYCFG_LAYER_DEFAULTS),
	LAYER("base", DEPLOYCFG_LAYER_BASE),
	LAYER("platform", DEPLOYCFG_LAYER_PLATFORM),
	LAYER("environment", DEPLOYCFG_LAYER_ENVIRONMENT),
	LAYER("program", DEPLOYCFG_LAYER_PROGRAM),
	LAYER("overlay", DEPLOYCFG_LAYER_OVERLAY),
	LAYER("local", DEPLOYCFG_LAYER_LOCAL),
	LAYER("file", DEPLOYCFG_LAYER_FILE),
	LAYER("secret", DEPLOYCFG_LAYER_SECRETS),
	LAYER("variable", DEPLOYCFG_LAYER_VARIABLES),
	LAYER("override", DEPLOYCFG_LAYER_OVERRIDES),
};

static bool has(const struct dcfg_view *names, size_t count, struct dcfg_view name)
{
	for (size_t i = 0; i < count; i++)
		if (dcfg_view_equal(names[i], name))
			return true;
	return false;
}

static bool is_environment(const struct dcfg_schema *schema, struct dcfg_view name)
{
	return has(schema->scope.environments, schema->scope.environment_count, name);
}

static void fail_layer(struct dcfg_context *context, struct dcfg_schema *schema,
		       const struct dcfg_rule *rule, uint32_t index)
{
	struct dcfg_view word = dcfg_view_text(rule->entry->sources[index]);
	struct dcfg_view names[DCFG_COUNT(layers)];
	struct deploycfg_error *error = dcfg_schema_fail(
		context, schema, dcfg_field_origin(context, rule, "sources", index),
		rule->path.ptr, "'%.*s' is no layer", DCFG_ARG(dcfg_utf8_shown(word)));

	for (size_t i = 0; i < DCFG_COUNT(layers); i++)
		names[i] = layers[i].name;
	if (is_environment(schema, word))
		dcfg_error_hint(error,
				"did you mean 'environment'? That layer is the files of "
				"whichever environment is selected");
	else
		dcfg_hint_names(error, word, names, DCFG_COUNT(layers), "layers");
}

static void fail_twice(struct dcfg_context *context, struct dcfg_schema *schema,
		       const struct dcfg_rule *rule, uint32_t index)
{
	dcfg_error_hint(
		dcfg_schema_fail(context, schema,
				 dcfg_field_origin(context, rule, "sources", index),
				 rule->path.ptr, "the layer %s is there twice",
				 rule->entry->sources[index]),
		"leave one of the two out");
}

void dcfg_check_sources(struct dcfg_context *context, struct dcfg_schema *schema,
			struct dcfg_rule *rule)
{
	const struct dcfg_schema_entry *entry = rule->entry;

	for (uint32_t i = 0; i < entry->sources_count; i++) {
		struct dcfg_view word = dcfg_view_text(entry->sources[i]);
		size_t at = 0;

		while (at < DCFG_COUNT(layers) && !dcfg_view_equal(layers[at].name, word))
			at++;
		if (at == DCFG_COUNT(layers))
			fail_layer(context, schema, rule, i);
		else if (rule->layers >> at & 1)
			fail_twice(context, schema, rule, i);
		else
			rule->layers |= UINT32_C(1) << at;
	}
	for (struct dcfg_rule *above = rule;
	     rule->layers && above->parent && above != above->parent->items &&
	     !above->parent->guards;
	     above = above->parent)
		above->parent->guards = true;
}

const char *dcfg_layers_list(struct dcfg_context *context, const struct dcfg_rule *rule)
{
	struct dcfg_view list = DCFG_VIEW("");

	for (size_t i = 0; list.ptr && i < DCFG_COUNT(layers); i++)
		if (rule->layers >> i & 1)
			list = dcfg_arena_printf(&context->arena, "%s%s%s", list.ptr,
						 list.len ? ", " : "",
						 layers[i].name.ptr);
	return list.ptr ? list.ptr : "";
}

/* A number between two known ones is the weaker one's. */
static size_t index_of(int layer)
{
	size_t at = DCFG_COUNT(layers) - 1;

	while (at && layers[at].layer > layer)
		at--;
	return at;
}

bool dcfg_layer_is_allowed(const struct dcfg_rule *rule, int layer)
{
	return !rule->layers || rule->layers >> index_of(layer) & 1;
}

const char *dcfg_layer_kind(const struct dcfg_context *context, struct dcfg_origin origin)
{
	return layers[index_of(context->sources.list[origin.source].layer)].name.ptr;
}

bool dcfg_layer_may_set(const struct dcfg_context *context, const struct dcfg_rule *rule,
			struct dcfg_origin origin)
{
	return origin.source >= context->sources.count ||
	       dcfg_layer_is_allowed(rule, context->sources.list[origin.source].layer);
}

static void fail_required(struct dcfg_context *context, struct dcfg_schema *schema,
			  const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	struct deploycfg_error *error =
		dcfg_schema_fail(context, schema, node->origin, rule->path.ptr,
				 "`required` is neither true nor false nor a list of "
				 "environments");

	dcfg_error_expected(error, "bool or list");
	dcfg_error_hint(error, "write `required: true`, or `required: [production]`");
}

static void require_in(struct dcfg_context *context, struct dcfg_schema *schema,
		       struct dcfg_rule *rule, const struct dcfg_node *item)
{
	const struct dcfg_schema_scope *scope = &schema->scope;
	struct dcfg_view name = dcfg_text(item);
	struct deploycfg_error *error;

	if (item->type != DEPLOYCFG_STRING) {
		fail_required(context, schema, rule, item);
		return;
	}
	rule->required |= has(scope->selected, scope->selected_count, name);
	if (is_environment(schema, name))
		return;
	error = dcfg_schema_fail(context, schema, item->origin, rule->path.ptr,
				 "'%.*s' is no declared environment",
				 name.len < 60 ? (int)name.len : 60, name.ptr);
	dcfg_hint_names(error, name, scope->environments, scope->environment_count,
			"declared environments");
}

void dcfg_check_required(struct dcfg_context *context, struct dcfg_schema *schema,
			 struct dcfg_rule *rule, const struct dcfg_name *required)
{
	const struct dcfg_node *node =
		required && rule->fields ? dcfg_map_find(context, rule->fields, required)
					 : NULL;

	if (!node || (dcfg_has_text(node) &&
		      dcfg_parse_bool(dcfg_text(node), &rule->required) == DCFG_PARSED))
		return;
	if (node->type == DEPLOYCFG_LIST) {
		dcfg_each (item, node)
			require_in(context, schema, rule, item);
	} else {
		fail_required(context, schema, rule, node);
	}
}
