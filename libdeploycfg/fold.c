/* SPDX-License-Identifier: ISC */
/*
 * Reads one unit after the other and lays each over what there is. Knows the order of things
 * inside a unit (files, then blocks), and no syntax and no merge rule.
 */
#include "fold.h"

#include "model/merge.h"

/* The fold under way. */
struct folding {
	struct dcfg_context *context;
	const struct dcfg_fold *fold;
	struct dcfg_node *tree;
	struct dcfg_variable_layers *variables; /* NULL without memory */
	bool has_own_layer;                     /* of the selected environment */
	bool incomplete;   /* a source was not found, or could not be read whole */
	bool lacks_blocks; /* or not all of a text: there may have been any */
};

/* Everything that is laid over something is judged first, where it is certain. */
static void lay(struct folding *folding, struct dcfg_node *over, bool is_certain)
{
	if (folding->fold->only_reads || over->type != DEPLOYCFG_MAP)
		return;
	if (is_certain)
		dcfg_schema_judge(folding->context, folding->fold->schema, folding->tree,
				  over);
	dcfg_merge(folding->context, folding->tree, over);
}

/* Notes that a source was not found, or could not be read whole. */
static void lose(struct folding *folding, bool is_lost)
{
	folding->incomplete |= is_lost;
	folding->context->lacks_keys |= is_lost;
}

static const struct dcfg_environment *environment_of(struct folding *folding,
						     const struct dcfg_block *block)
{
	struct dcfg_place place = dcfg_place_of(folding->context, block->origin);
	const struct dcfg_environment *environment =
		dcfg_environment_find(folding->fold->environments, block->environment);

	if (environment)
		return environment;
	dcfg_environment_unknown(folding->context, folding->fold->environments, &place,
				 "the block", block->environment);
	folding->context->lacks_keys = folding->lacks_blocks =
		true; /* it may have been meant as any of them */
	return NULL;
}

/* Two spellings of one environment in one file. */
static void report_twice(struct folding *folding, const struct dcfg_block *block,
			 const struct dcfg_block *before)
{
	struct deploycfg_error *error =
		dcfg_fail(folding->context, DEPLOYCFG_ERR_DUPLICATE, block->origin, NULL,
			  "when@%.*s and when@%.*s are blocks of one environment",
			  DCFG_ARG(before->environment), DCFG_ARG(block->environment));

	dcfg_relate(folding->context, error, before->origin, "the other one");
	dcfg_error_hint(error, "make them one block");
}

/* The blocks of one document by environment: those of one file, and what its other file has of
 * each. */
struct blocks {
	struct dcfg_block **of_file, **of_document;
};

/* Adds a block to what the document's other file has of its environment. */
static void take_block(struct folding *folding, struct dcfg_block *block,
		       struct dcfg_block **taken)
{
	if (*taken)
		dcfg_unite(folding->context, (*taken)->root, block->root);
	else
		*taken = block;
}

/* Of each environment a file has one block, but for errors; what is spelt alike was told by its
 * reader. */
static void take_blocks(struct folding *folding, struct dcfg_block *list,
			const struct blocks *blocks)
{
	const struct dcfg_environments *environments = folding->fold->environments;

	memset(blocks->of_file, 0, environments->count * sizeof(*blocks->of_file));
	for (struct dcfg_block *block = list; block; block = block->next) {
		const struct dcfg_environment *environment =
			environment_of(folding, block);
		size_t at = environment ? (size_t)(environment - environments->list) : 0;
		struct dcfg_block *known = blocks->of_file[at];

		if (!environment)
			continue;
		if (!known) {
			blocks->of_file[at] = block;
			continue;
		}
		if (!dcfg_view_equal(known->environment, block->environment))
			report_twice(folding, block, known);
		dcfg_join_maps(folding->context, known->root, block->root);
	}
	for (size_t at = 0; at < environments->count; at++)
		if (blocks->of_file[at])
			take_block(folding, blocks->of_file[at],
				   &blocks->of_document[at]);
}

/* Ancestors first: their blocks are weaker. */
static void merge_blocks(struct folding *folding,
			 const struct dcfg_environment *environment,
			 const struct blocks *blocks, bool is_certain)
{
	const struct dcfg_environment *list = folding->fold->environments->list;

	for (size_t depth = dcfg_environment_depth(environment) + 1; depth--;) {
		const struct dcfg_environment *of = environment;
		struct dcfg_block *block;

		for (size_t i = 0; i < depth; i++)
			of = of->parent;
		block = blocks->of_document[of - list];
		if (!block)
			continue;
		folding->has_own_layer |= of == environment;
		lay(folding, block->root, is_certain);
	}
}

static bool make_blocks(struct folding *folding, struct blocks *blocks)
{
	size_t size = folding->fold->environments->count * sizeof(*blocks->of_document);

	blocks->of_file = dcfg_arena_alloc(&folding->context->arena, size);
	blocks->of_document = dcfg_arena_zalloc(&folding->context->arena, size);
	return blocks->of_file && blocks->of_document;
}

static void note_own_layer(struct folding *folding, const struct dcfg_unit *unit,
			   uint32_t source)
{
	if (unit->own &&
	    folding->context->sources.list[source].state == DEPLOYCFG_SOURCE_READ)
		folding->has_own_layer = true;
}

static void fold_texts(struct folding *folding, const struct dcfg_unit *unit)
{
	struct dcfg_node *document = NULL;
	struct blocks blocks;
	bool is_certain = true;

	if (!make_blocks(folding, &blocks))
		return;
	for (size_t i = 0; i < unit->count; i++) {
		struct dcfg_layer layer = {0};

		(void)dcfg_source_read(folding->context, unit->sources[i], &layer);
		note_own_layer(folding, unit, unit->sources[i]);
		folding->context->lacks_keys |= layer.loss == DCFG_LOST_KEYS;
		folding->lacks_blocks |= layer.loss == DCFG_LOST_KEYS;
		lose(folding, layer.loss == DCFG_LOST_TEXT);
		is_certain &= layer.loss != DCFG_LOST_TEXT;
		if (!layer.root)
			continue;
		take_blocks(folding, layer.blocks, &blocks);
		if (document)
			dcfg_unite(folding->context, document, layer.root);
		else
			document = layer.root;
	}
	if (document)
		lay(folding, document, is_certain);
	if (folding->fold->selected)
		merge_blocks(folding, folding->fold->selected, &blocks, is_certain);
}

/* Whether names may be matched to keys, and what they set be judged: where some may be missing only
 * what a schema declares is certain. */
static bool knows_keys(const struct folding *folding)
{
	return !folding->incomplete ||
	       (folding->fold->schema && !folding->fold->only_reads);
}

/* Files of secrets are matched to keys, too. */
static void fold_secrets(struct folding *folding)
{
	const struct dcfg_schema *schema = folding->fold->schema;
	struct dcfg_secrets *secrets = folding->fold->secrets;
	struct dcfg_layer layer;

	while (knows_keys(folding) && dcfg_secrets_more(secrets)) {
		const struct dcfg_secret_keys keys = {
			.tree = dcfg_schema_names(folding->context, schema,
						  folding->tree),
			.by_schema = schema != NULL,
			.names_below = schema ? dcfg_schema_names_below : NULL,
		};

		if (!dcfg_secrets_next(secrets, &keys, &layer))
			break;
		lay(folding, layer.root, true);
	}
	folding->context->lacks_keys |= !dcfg_secrets_complete(secrets);
}

/* The tree that prefixed variables are matched to. */
static const struct dcfg_node *names_for(struct folding *folding,
					 const struct dcfg_variable_layers *layers)
{
	if (!layers || !dcfg_variables_need_names(layers))
		return NULL;
	return dcfg_schema_names(folding->context, folding->fold->schema, folding->tree);
}

/* What variables name files for is secret in every layer. */
static void open_variables(struct folding *folding)
{
	const struct dcfg_schema *schema = folding->fold->schema;

	folding->variables =
		dcfg_variables_open(folding->context, &folding->fold->variables);
	dcfg_variables_conceal(
		folding->variables,
		schema ? dcfg_schema_names(folding->context, schema, folding->tree)
		       : NULL);
}

/* Variables are matched to keys: where some may be missing, what is said of them would mislead. */
static void fold_variables(struct folding *folding)
{
	struct dcfg_variable_layers *layers = folding->variables;
	struct dcfg_layer layer;

	if (!knows_keys(folding))
		return;
	while (dcfg_variables_next(layers, names_for(folding, layers), &layer)) {
		dcfg_schema_judge(folding->context, folding->fold->schema, folding->tree,
				  layer.empty);
		lay(folding, layer.root, true);
	}
	folding->context->lacks_keys |= !dcfg_variables_complete(layers);
}

/* Overrides are checked in any case, but not against what may not be there. */
static void fold_overrides(struct folding *folding)
{
	for (size_t i = 0; i < folding->fold->override_count; i++) {
		struct dcfg_layer layer = {0};

		if (!dcfg_override_read(folding->context, &folding->fold->overrides[i],
					&layer))
			folding->context->lacks_keys = true;
		else if (knows_keys(folding))
			lay(folding, layer.root, true);
	}
}

static void fold_unit(struct folding *folding, const struct dcfg_unit *unit)
{
	switch (unit->kind) {
	case DCFG_UNIT_TEXT:
		fold_texts(folding, unit);
		break;
	case DCFG_UNIT_SECRETS:
		fold_secrets(folding);
		break;
	case DCFG_UNIT_VARIABLES:
		fold_variables(folding);
		break;
	case DCFG_UNIT_OVERRIDES:
		fold_overrides(folding);
		break;
	}
}

/* Where not all was read nobody can tell whether the environment has a layer. */
static void check_own_layer(struct folding *folding)
{
	const struct dcfg_environment *selected = folding->fold->selected;
	struct deploycfg_error *error;

	if (!selected || folding->has_own_layer || folding->incomplete ||
	    folding->lacks_blocks ||
	    dcfg_environment_is(selected, DEPLOYCFG_LAYER_OPTIONAL))
		return;
	error = dcfg_fail_at(folding->context, DEPLOYCFG_ERR_ENVIRONMENT, NULL, NULL,
			     "the environment %.*s has no layer of its own",
			     DCFG_ARG(selected->name));
	dcfg_error_hint(
		error,
		"add %.*s.yaml or %.*s.ini (it may be empty), or a block `when@%.*s:`",
		DCFG_ARG(selected->name), DCFG_ARG(selected->name),
		DCFG_ARG(selected->name));
}

static void lay_defaults(struct folding *folding)
{
	struct dcfg_node *defaults;

	if (!folding->fold->schema)
		return;
	defaults = dcfg_schema_defaults(folding->context, folding->fold->schema);
	if (defaults)
		dcfg_merge(folding->context, folding->tree, defaults);
}

struct dcfg_folded dcfg_fold(struct dcfg_context *context, const struct dcfg_fold *fold,
			     const struct dcfg_plan *plan)
{
	struct folding folding = {.context = context,
				  .fold = fold,
				  .incomplete = fold->only_reads};

	folding.tree = dcfg_node_uncounted(context, DEPLOYCFG_MAP,
					   dcfg_origin(UINT32_MAX, 0, 0));
	if (!folding.tree)
		return (struct dcfg_folded){0};
	lose(&folding, !plan->complete);
	lay_defaults(&folding);
	open_variables(&folding);
	for (size_t i = 0; i < plan->count && !context->arena.failed; i++)
		fold_unit(&folding, &plan->units[i]);
	check_own_layer(&folding);
	return (struct dcfg_folded){folding.tree, !folding.incomplete,
				    folding.has_own_layer};
}
