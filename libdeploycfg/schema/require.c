/* SPDX-License-Identifier: ISC */
/* Keys that have to have a value and have none: told with what could give them one. Changes no
 * tree. */
#include "model/key.h"
#include "schema/rule.h"

/* The path of a rule's key below a node whose rule is `above`. */
static const char *part_below(const struct dcfg_rule *above, const struct dcfg_rule *rule)
{
	const char *rest = rule->path.ptr + above->path.len;

	return *rest == '.' ? rest + 1 : rest;
}

/* Ways to set a key, of which the last is one of several. */
struct ways {
	struct dcfg_view list[3];
	size_t count;
};

/* One more way, if the `sources` of the key allow the layer. */
static void add_way(struct ways *ways, const struct dcfg_rule *rule, int layer,
		    struct dcfg_view way)
{
	if (way.len && dcfg_layer_is_allowed(rule, layer))
		ways->list[ways->count++] = way;
}

/* Whether no file has it. */
static bool is_typed(const struct dcfg_context *context, const struct dcfg_node *at)
{
	const struct dcfg_sources *sources = &context->sources;
	enum deploycfg_source_kind kind = at->origin.source < sources->count
						  ? sources->list[at->origin.source].kind
						  : DEPLOYCFG_SOURCE_FILE;

	return kind == DEPLOYCFG_SOURCE_VARIABLE || kind == DEPLOYCFG_SOURCE_OVERRIDE;
}

/* "set it to something like https://example.org " */
static struct dcfg_view begin_hint(struct dcfg_context *context,
				   const struct dcfg_rule *rule)
{
	const char *example = dcfg_example_of(context, rule);

	return example ? dcfg_arena_printf(&context->arena,
					   "set it to something like %s ", example)
		       : DCFG_VIEW("set it ");
}

/* hint: how it begins. alone: what is there by one variable or --set, which may be a slip; ""
 * for nothing. */
static void hint_ways(struct dcfg_context *context, struct deploycfg_error *error,
		      const struct ways *ways, struct dcfg_view hint, const char *alone)
{

	for (size_t i = 0; hint.ptr && i < ways->count; i++)
		hint = dcfg_arena_printf(
			&context->arena, "%s%s%s%s", hint.ptr, i ? ", " : "",
			i && i + 1 == ways->count ? "or " : "", ways->list[i].ptr);
	if (hint.ptr && ways->count)
		dcfg_error_hint(error, "%s%s%s%s", hint.ptr, *alone ? "; " : "", alone,
				*alone ? " comes from here alone: leave it out if it is "
					 "not meant"
				       : "");
	else
		dcfg_error_hint(error, "set it in a layer that its `sources` allow");
}

static bool is_file_of(const struct dcfg_source *source, int layer,
		       struct dcfg_view environment)
{
	return source->layer == layer && source->kind == DEPLOYCFG_SOURCE_FILE &&
	       source->state == DEPLOYCFG_SOURCE_READ && !source->empty &&
	       (layer != DEPLOYCFG_LAYER_ENVIRONMENT ||
		dcfg_view_equal(source->label, environment));
}

/* The strongest file of a layer that was read; empty for none. */
static struct dcfg_view file_of(const struct dcfg_sources *sources, int layer,
				struct dcfg_view environment)
{
	for (size_t i = sources->count; i-- > 0;)
		if (is_file_of(&sources->list[i], layer, environment))
			return sources->list[i].name;
	return DCFG_VIEW("");
}

/* The strongest directory that was read for layers; empty for none. */
static struct dcfg_view directory_of(const struct dcfg_sources *sources)
{
	for (size_t i = sources->count; i-- > 0;) {
		const struct dcfg_source *source = &sources->list[i];

		if (source->kind == DEPLOYCFG_SOURCE_DIRECTORY && !source->layer &&
		    source->state == DEPLOYCFG_SOURCE_READ)
			return source->name;
	}
	return DCFG_VIEW("");
}

/* A file that was read, else one that would be. */
static struct dcfg_view file_for(const struct dcfg_completion *completion, int layer)
{
	const struct dcfg_sources *sources = &completion->context->sources;
	struct dcfg_view environment = completion->schema->scope.environment;
	struct dcfg_view directory = directory_of(sources);
	struct dcfg_view name = file_of(sources, layer, environment);
	bool ends;

	if (!name.len && !file_of(sources, DEPLOYCFG_LAYER_BASE, environment).len)
		name = file_of(sources, DEPLOYCFG_LAYER_FILE, environment);
	if (name.len)
		return name;
	ends = !directory.len || directory.ptr[directory.len - 1] == '/';
	return dcfg_arena_printf(&completion->context->arena, "%.*s%s%.*s.yaml",
				 DCFG_ARG(directory), ends ? "" : "/",
				 DCFG_ARG(layer == DEPLOYCFG_LAYER_BASE
						  ? DCFG_VIEW("base")
						  : environment));
}

/* layer: that of the environment, or of the base. */
static struct dcfg_view file_way(const struct dcfg_completion *completion,
				 const struct dcfg_rule *rule, const struct dcfg_node *at,
				 int layer)
{
	struct dcfg_view file;

	if (dcfg_rule_is_many(rule))
		return is_typed(completion->context, at) ? DCFG_VIEW("")
		       : at->name                        ? DCFG_VIEW("in this map")
							 : DCFG_VIEW("in this element");
	file = file_for(completion, layer);
	if (!file.ptr)
		return DCFG_VIEW("");
	return dcfg_arena_printf(&completion->context->arena, "in %.*s", DCFG_ARG(file));
}

static struct dcfg_view variable_way(const struct dcfg_completion *completion,
				     const struct dcfg_rule *rule, const char *path)
{
	struct dcfg_view name;

	if (completion->schema->scope.ignores_variables)
		return DCFG_VIEW("");
	name = dcfg_variable_of(completion->context, completion->schema,
				dcfg_view_text(path));
	if (!name.len && rule->entry->env_count)
		name = dcfg_view_text(rule->entry->env[0]);
	if (!name.len)
		return name;
	return dcfg_arena_printf(&completion->context->arena, "by the variable %.*s",
				 DCFG_ARG(name));
}

/* Whether it stands in a text with others, and not only for what its variable sets in it. */
static bool is_in_text(const struct dcfg_node *at)
{
	uint32_t source = at->origin.source;

	for (const struct dcfg_node *node = at; node->parent; node = node->parent)
		if (!node->name && node->origin.source == source)
			return true;
	return at->origin.line != 0;
}

/* A list or map that a variable gives as a whole, no other variable goes into. */
static struct dcfg_view within_way(struct dcfg_context *context,
				   const struct dcfg_node *at)
{
	const struct dcfg_sources *sources = &context->sources;
	const struct dcfg_view sign = DCFG_VIEW("env:");

	if (at->origin.source >= sources->count ||
	    sources->list[at->origin.source].kind != DEPLOYCFG_SOURCE_VARIABLE ||
	    !is_in_text(at))
		return DCFG_VIEW("");
	return dcfg_arena_printf(&context->arena, "in %s",
				 sources->list[at->origin.source].name.ptr + sign.len);
}

static bool is_secret(const struct dcfg_rule *rule)
{
	return rule->entry->secret && *rule->entry->secret;
}

/* A secret is to stand neither among other keys nor in a command line. */
static struct dcfg_view secret_way(struct dcfg_context *context, const char *path)
{
	return dcfg_arena_printf(&context->arena,
				 "by a file %s in a directory of secrets", path);
}

/* The layer whose files it belongs into. */
static int file_layer(const struct dcfg_completion *completion,
		      const struct dcfg_rule *rule)
{
	return completion->schema->scope.environment.len &&
			       dcfg_layer_is_allowed(rule, DEPLOYCFG_LAYER_ENVIRONMENT)
		       ? DEPLOYCFG_LAYER_ENVIRONMENT
		       : DEPLOYCFG_LAYER_BASE;
}

/* The key that text can set: one below a map, which text is none of, and NULL where that declares
 * none by its name. */
static const struct dcfg_rule *text_rule(const struct dcfg_rule *rule)
{
	while (rule && (rule->type == DEPLOYCFG_MAP || !rule->entry))
		rule = rule->first;
	return rule;
}

static struct dcfg_view override_way(struct dcfg_context *context,
				     const struct dcfg_rule *rule, const char *path)
{
	return dcfg_arena_printf(&context->arena, "by --set %s%s", path,
				 rule->type == DEPLOYCFG_MAP ? ":={...}" : "=...");
}

/* Ways in which a layer takes a text. path: of the rule's key. */
static void add_text_way(struct ways *ways, const struct dcfg_completion *completion,
			 const struct dcfg_rule *rule, const char *path, int layer)
{
	const struct dcfg_rule *text = text_rule(rule);

	if (!text)
		return;
	path = dcfg_path_join(completion->context, path,
			      text == rule ? "" : text->path.ptr + rule->path.len + 1);
	add_way(ways, text, layer,
		layer == DEPLOYCFG_LAYER_SECRETS ? secret_way(completion->context, path)
						 : variable_way(completion, text, path));
}

/* Where a missing key could be set. */
static void hint_missing(const struct dcfg_completion *completion,
			 struct deploycfg_error *error, const struct dcfg_rule *rule,
			 const struct dcfg_node *at, const char *path)
{
	struct dcfg_context *context = completion->context;
	bool typed = dcfg_rule_is_many(rule) && is_typed(context, at);
	int layer = file_layer(completion, rule);
	struct ways ways = {.count = 0};
	struct dcfg_view within;

	if (!error)
		return;
	if (is_secret(rule))
		add_text_way(&ways, completion, rule, path, DEPLOYCFG_LAYER_SECRETS);
	else
		add_way(&ways, rule, layer, file_way(completion, rule, at, layer));
	within = dcfg_rule_is_many(rule) ? within_way(context, at) : DCFG_VIEW("");
	if (within.len)
		add_way(&ways, rule, DEPLOYCFG_LAYER_VARIABLES, within);
	else
		add_text_way(&ways, completion, rule, path, DEPLOYCFG_LAYER_VARIABLES);
	if (!is_secret(rule))
		add_way(&ways, rule, DEPLOYCFG_LAYER_OVERRIDES,
			override_way(context, rule, path));
	hint_ways(context, error, &ways, begin_hint(context, rule),
		  typed ? dcfg_path(context, at) : "");
}

static void relate_unset(const struct dcfg_completion *completion,
			 struct deploycfg_error *error, const struct dcfg_node *node,
			 const char *what)
{
	for (const struct dcfg_related *related = node->related; related;
	     related = related->next)
		if (related->relation == DEPLOYCFG_UNSET)
			dcfg_relate(completion->context, error, related->node->origin,
				    "%s is removed here", what);
}

/* On the way to a key that is missing; `at` is as far as it leads. */
static void relate_removal(const struct dcfg_completion *completion,
			   struct deploycfg_error *error, const struct dcfg_node *at,
			   const char *path)
{
	const struct dcfg_context *context = completion->context;
	struct dcfg_key key = dcfg_key(dcfg_view_text(path));
	struct dcfg_segment segment;
	char text[DCFG_PATH_MAX];

	for (const struct dcfg_node *above = at; above; above = above->parent)
		relate_unset(completion, error, above, "what it is in");
	for (size_t depth = dcfg_depth(at); depth; depth--)
		(void)dcfg_key_next(&key, &segment);
	while (at && at->type == DEPLOYCFG_MAP && dcfg_key_next(&key, &segment) &&
	       !segment.is_index && segment.text.len <= sizeof(text)) {
		const struct dcfg_name *name = dcfg_intern_find(
			&context->names, dcfg_segment_text(&segment, text));

		at = name ? dcfg_map_find(context, at, name) : NULL;
		if (at)
			relate_unset(completion, error, at,
				     key.rest.len ? "what it is in" : "it");
	}
}

/* An empty variable is none, as somebody may not know. */
static void relate_skipped(const struct dcfg_completion *completion,
			   struct deploycfg_error *error, const char *path)
{
	const struct dcfg_name *name =
		dcfg_intern_find(completion->skipped, dcfg_view_text(path));
	const struct dcfg_node *node = name ? name->first : NULL;

	if (node)
		dcfg_relate(completion->context, error, node->origin,
			    "it is empty here, and so skipped");
}

/* In the element or map that lacks it, or else where it is declared. part: the key below that. */
static struct deploycfg_error *report(const struct dcfg_completion *completion,
				      const struct dcfg_rule *rule,
				      const struct dcfg_node *at, const char *path,
				      const char *part, const char *message)
{
	struct dcfg_context *context = completion->context;
	bool many = dcfg_rule_is_many(rule);
	const struct dcfg_told told = {
		.node = at,
		.status = DEPLOYCFG_ERR_MISSING,
		.place = many ? dcfg_place_of(context, at->origin)
			      : (struct dcfg_place){0},
		.key = path,
		.part = part,
		.message = message,
	};

	return many ? dcfg_report_once(context, completion->schema, &told)
		    : dcfg_report(context, DEPLOYCFG_ERROR, DEPLOYCFG_ERR_MISSING,
				  rule->origin, path, "%s", message);
}

static void fail_missing(const struct dcfg_completion *completion,
			 const struct dcfg_rule *rule, const struct dcfg_node *at,
			 const struct dcfg_rule *above)
{
	struct dcfg_context *context = completion->context;
	bool many = dcfg_rule_is_many(rule), is_null = at->type == DEPLOYCFG_NULL;
	struct dcfg_view environment =
		many ? DCFG_VIEW("") : completion->schema->scope.environment;
	struct deploycfg_error *error;
	struct dcfg_view message;
	const char *part = part_below(above, rule), *path;

	if (dcfg_only_counts(context, DEPLOYCFG_ERROR))
		return;
	path = dcfg_path_join(context, dcfg_path(context, at), part);
	message = dcfg_arena_printf(&context->arena, "it is required%s%.*s, and %s",
				    environment.len ? " in " : "", DCFG_ARG(environment),
				    is_null && above == rule ? "its value is null"
							     : "no layer sets it");
	error = report(completion, rule, at, path, part, message.ptr ? message.ptr : "");
	dcfg_error_expected(error, "%s", dcfg_type_phrase(rule->type));
	if (is_null)
		dcfg_relate(context, error, at->origin, "%s is null here",
			    dcfg_path(context, at));
	relate_removal(completion, error, at, path);
	relate_skipped(completion, error, path);
	if (many)
		dcfg_relate(context, error, rule->origin, "required here");
	hint_missing(completion, error, rule, at, path);
}

void dcfg_require(const struct dcfg_completion *completion, const struct dcfg_rule *rule,
		  const struct dcfg_node *at, const struct dcfg_rule *above)
{
	if (rule->told || dcfg_node_is_refused(at) || dcfg_node_lacks(at) ||
	    !rule->completes ||
	    completion->context->lacks_keys)
		return;
	if (rule->required)
		fail_missing(completion, rule, at, above);
	if (rule == rule->parent->any)
		return; /* its null is none of the maps in which keys have to be */
	for (const struct dcfg_rule *below = rule->first; below; below = below->next)
		dcfg_require(completion, below, at, above);
}
