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
	bool has_own_layer; /* of the selected environment */
	bool incomplete;    /* a source was not found, or could not be read whole */
};

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
	folding->incomplete = true; /* it may have been meant as any of them */
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

/* Adds a block of the selected environment to what the unit's other file has of it. */
static void take_block(struct folding *folding, struct dcfg_block *block,
		       struct dcfg_block **taken)
{
	folding->has_own_layer = true;
	if (*taken)
		dcfg_unite(folding->context, (*taken)->root, block->root);
	else
		*taken = block;
}

/* Of each environment a file has one block; what is spelt alike was told by its reader. */
static void check_blocks(struct folding *folding, struct dcfg_block *blocks,
			 struct dcfg_block **taken)
{
	const struct dcfg_environments *environments = folding->fold->environments;
	struct dcfg_block **first =
		dcfg_arena_zalloc(&folding->context->arena,
				  environments->count * sizeof(struct dcfg_block *));

	for (struct dcfg_block *block = blocks, *next; first && block; block = next) {
		const struct dcfg_environment *environment =
			environment_of(folding, block);
		struct dcfg_block **known =
			first + (environment ? environment - environments->list : 0);

		next = block->next;
		if (!environment)
			continue;
		if (!*known && environment == folding->fold->selected)
			take_block(folding, block, taken);
		else if (*known &&
			 !dcfg_view_equal((*known)->environment, block->environment))
			report_twice(folding, block, *known);
		if (!*known)
			*known = block;
	}
}

static void note_own_layer(struct folding *folding, uint32_t source)
{
	const struct dcfg_source *read = &folding->context->sources.list[source];

	if (read->layer == DEPLOYCFG_LAYER_ENVIRONMENT &&
	    read->state == DEPLOYCFG_SOURCE_READ)
		folding->has_own_layer = true;
}

static void fold_texts(struct folding *folding, const struct dcfg_unit *unit)
{
	struct dcfg_block *block = NULL;
	struct dcfg_node *document = NULL;

	for (size_t i = 0; i < unit->count; i++) {
		struct dcfg_layer layer = {0};

		bool read = dcfg_source_read(folding->context, unit->sources[i], &layer);

		note_own_layer(folding, unit->sources[i]);
		folding->incomplete |= !read;
		if (!layer.root)
			continue;
		check_blocks(folding, layer.blocks, &block);
		if (document)
			dcfg_unite(folding->context, document, layer.root);
		else
			document = layer.root;
	}
	if (document)
		dcfg_merge(folding->context, folding->tree, document);
	if (block)
		dcfg_merge(folding->context, folding->tree, block->root);
}

/* Variables are matched to keys: where some may be missing, what is said of them would mislead. */
static void fold_variables(struct folding *folding)
{
	struct dcfg_layer mapped = {0}, prefixed = {0};
	const struct dcfg_variables *variables = &folding->fold->variables;

	if (folding->incomplete)
		return;
	if (dcfg_mapped_read(folding->context, variables, &mapped))
		dcfg_merge(folding->context, folding->tree, mapped.root);
	if (dcfg_variables_read(folding->context, variables, folding->tree, &prefixed))
		dcfg_merge(folding->context, folding->tree, prefixed.root);
}

/* Overrides are checked in any case, but not against what may not be there. */
static void fold_overrides(struct folding *folding)
{
	for (size_t i = 0; i < folding->fold->override_count; i++) {
		struct dcfg_layer layer = {0};

		if (dcfg_override_read(folding->context, &folding->fold->overrides[i],
				       &layer) &&
		    !folding->incomplete)
			dcfg_merge(folding->context, folding->tree, layer.root);
	}
}

static void fold_unit(struct folding *folding, const struct dcfg_unit *unit)
{
	switch (unit->kind) {
	case DCFG_UNIT_TEXT:
		fold_texts(folding, unit);
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

	if (!selected || folding->has_own_layer || folding->incomplete)
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

struct dcfg_node *dcfg_fold(struct dcfg_context *context, const struct dcfg_fold *fold,
			    const struct dcfg_plan *plan)
{
	struct folding folding = {
		.context = context, .fold = fold, .incomplete = !plan->complete};

	folding.tree = dcfg_node_uncounted(context, DEPLOYCFG_MAP,
					   dcfg_origin(UINT32_MAX, 0, 0));
	if (!folding.tree)
		return NULL;
	for (size_t i = 0; i < plan->count && !context->arena.failed; i++)
		fold_unit(&folding, &plan->units[i]);
	check_own_layer(&folding);
	return folding.tree;
}
