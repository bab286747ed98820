/* SPDX-License-Identifier: ISC */
/* The way through the house: from what the caller asked for to one snapshot. Knows the stages
 * and their order, and nothing of what they do. */
#include "loader.h"

#include "base/mem.h"
#include "fold.h"
#include "image/freeze.h"
#include "model/history.h"
#include "model/interpolate.h"
#include "model/variable.h"
#include "snapshot.h"

/* What selection has found out: which environment, which overlays, by which variables. */
struct selected {
	struct dcfg_environ variables;
	struct dcfg_view prefix;
	struct dcfg_environments environments;
	struct dcfg_selection selection;
	struct dcfg_overlays overlays;
};

/* Why variables carry no values, NULL where they do. */
static const char *variables_ignored(const struct deploycfg_loader *loader,
				     const struct dcfg_environment *environment)
{
	if (loader->mode == DEPLOYCFG_VARIABLES_NEVER)
		return "variables are turned off";
	if (loader->mode == DEPLOYCFG_VARIABLES_DEFAULT &&
	    dcfg_environment_is(environment, DEPLOYCFG_HERMETIC))
		return "the environment is hermetic";
	return NULL;
}

/* Why local files do not count, NULL where they do. */
static const char *local_ignored(const struct deploycfg_loader *loader,
				 const struct dcfg_environment *environment)
{
	if (!environment)
		return "no environment is selected";
	if (loader->mode == DEPLOYCFG_VARIABLES_NEVER)
		return "variables are turned off, and local files with them";
	if (dcfg_environment_is(environment, DEPLOYCFG_HERMETIC))
		return "the environment is hermetic";
	return dcfg_environment_is(environment, DEPLOYCFG_LOCAL)
		       ? NULL
		       : "the environment takes no local files";
}

/* A project's name in capitals, with _ for -. */
static struct dcfg_view prefix_of(struct dcfg_arena *arena, struct dcfg_view project)
{
	char *prefix = dcfg_arena_alloc(arena, project.len + 1);

	for (size_t i = 0; prefix && i <= project.len; i++)
		prefix[i] = dcfg_variable_byte(project.ptr[i]);
	return dcfg_view(prefix, project.len);
}

/* The caller's, else the project's. */
static bool find_prefix(struct dcfg_context *context,
			const struct deploycfg_loader *loader, struct dcfg_view *prefix)
{
	struct dcfg_view project = loader->project;
	struct deploycfg_error *error;

	*prefix = loader->prefix;
	if (prefix->ptr || !project.len)
		return true;
	*prefix = prefix_of(&context->arena, project);
	if (!prefix->ptr || dcfg_is_prefix(*prefix))
		return prefix->ptr != NULL;
	error = dcfg_fail_at(context, DEPLOYCFG_ERR_VARIABLE, NULL, NULL,
			     "the project's name '%.*s' gives no prefix of variables",
			     DCFG_ARG(project));
	dcfg_error_hint(error, "set one, such as --prefix SHOP");
	return false;
}

static bool select_all(struct dcfg_context *context,
		       const struct deploycfg_loader *loader, struct selected *selected)
{
	bool no_variables = loader->mode == DEPLOYCFG_VARIABLES_NEVER;
	struct dcfg_selectors selectors = {
		.argument = loader->environment,
		.constants = loader->constants,
		.variables = no_variables ? NULL : &selected->variables,
	};

	selected->variables = loader->has_variables
				      ? loader->variables
				      : dcfg_environ_copy(&context->arena, NULL);
	if (!find_prefix(context, loader, &selected->prefix) ||
	    !dcfg_environments_declare(context, loader->declarations,
				       loader->declaration_count,
				       &selected->environments))
		return false;
	selectors.prefix = selected->prefix;
	return dcfg_select(context, &selected->environments, &selectors,
			   &selected->selection) &&
	       dcfg_overlays_choose(
		       context, loader->overlays, loader->overlay_count, selected->prefix,
		       variables_ignored(loader, selected->selection.environment)
			       ? NULL
			       : &selected->variables,
		       &selected->overlays);
}

static struct dcfg_asked asked_of(const struct deploycfg_loader *loader,
				  const struct selected *selected)
{
	return (struct dcfg_asked){
		.inputs = loader->inputs,
		.input_count = loader->input_count,
		.project = loader->project,
		.root = loader->root,
		.platform = loader->platform,
		.program = loader->program,
		.overlays = selected->overlays,
		.local_ignored_because =
			local_ignored(loader, selected->selection.environment),
	};
}

static struct dcfg_fold fold_of(const struct deploycfg_loader *loader,
				const struct selected *selected)
{
	const struct dcfg_environment *environment = selected->selection.environment;

	return (struct dcfg_fold){
		.environments = &selected->environments,
		.selected = environment,
		.variables = {.environment = selected->variables,
			      .prefix = selected->prefix,
			      .mapped = loader->mappings,
			      .mapped_count = loader->mapping_count,
			      .env_files = loader->env_files,
			      .env_file_count = loader->env_file_count,
			      .ignored_because = variables_ignored(loader, environment),
			      .selecting_ignored =
				      loader->mode == DEPLOYCFG_VARIABLES_NEVER},
		.overrides = loader->overrides,
		.override_count = loader->override_count,
	};
}

static struct deploycfg_snapshot *
publish(struct dcfg_context *context, struct dcfg_node *tree,
	const struct dcfg_history *history, const struct selected *selected)
{
	const struct dcfg_selection *selection = &selected->selection;
	struct dcfg_effective effective = {
		.root = tree,
		.history = history,
		.environment = selection->environment ? selection->environment->name
						      : DCFG_VIEW(""),
		.selected_by = selection->selected_by,
		.overlays = selected->overlays.joined,
		.overlays_by = selected->overlays.by,
		.prefix = selected->prefix.ptr ? selected->prefix : DCFG_VIEW(""),
	};
	struct deploycfg_snapshot *snapshot;
	void *bytes;
	size_t length;

	if (dcfg_failed(context) || !dcfg_freeze(context, &effective, &bytes, &length))
		return NULL;
	snapshot = dcfg_snapshot_new(bytes, length);
	context->arena.failed |= !snapshot;
	return snapshot;
}

/* The way through the house: each stage takes what the one before it made. */
static struct deploycfg_snapshot *load(struct dcfg_context *context,
				       const struct deploycfg_loader *loader)
{
	struct deploycfg_snapshot *snapshot = NULL;
	struct selected selected = {0};
	struct dcfg_history history = {0};
	struct dcfg_plan plan = {0};

	if (select_all(context, loader, &selected)) {
		struct dcfg_asked asked = asked_of(loader, &selected);
		struct dcfg_fold fold = fold_of(loader, &selected);
		struct dcfg_node *tree;

		dcfg_plan(context, &selected.environments, selected.selection.environment,
			  &asked, &plan);
		tree = dcfg_fold(context, &fold, &plan);
		if (tree) {
			dcfg_interpolate(context, tree);
			dcfg_settle(context, tree, &history);
			snapshot = publish(context, tree, &history, &selected);
		}
	}
	dcfg_free(history.list);
	dcfg_free(plan.units);
	return snapshot;
}

struct deploycfg_snapshot *deploycfg_loader_load(struct deploycfg_loader *loader,
						 struct deploycfg_errors **errors)
{
	struct deploycfg_snapshot *snapshot = NULL;
	struct dcfg_context context;

	dcfg_context_init(&context, &loader->limits);
	if (loader->arena.failed)
		context.arena.failed = true;
	else if (loader->misuse)
		dcfg_fail_at(&context, DEPLOYCFG_ERR_ARGUMENT, NULL, NULL, "%s",
			     loader->misuse);
	else
		snapshot = load(&context, loader);
	dcfg_errors_move(errors, dcfg_context_fini(&context));
	return snapshot;
}

struct deploycfg_snapshot *
deploycfg_load_constants(const char *directory, const char *prefix,
			 const char *environment, const char *constants,
			 struct deploycfg_errors **errors)
{
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_snapshot *snapshot;

	if (!loader) {
		dcfg_error_memory(errors);
		return NULL;
	}
	deploycfg_loader_add_dir(loader, directory);
	deploycfg_loader_set_prefix(loader, prefix);
	deploycfg_loader_set_environment(loader, environment);
	deploycfg_loader_set_constants(loader, constants);
	snapshot = deploycfg_loader_load(loader, errors);
	deploycfg_loader_free(loader);
	return snapshot;
}
