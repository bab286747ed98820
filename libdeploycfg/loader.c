/* SPDX-License-Identifier: ISC */
/*
 * The loader: what the caller asks for, remembered; and load(), the way through the house.
 * Setters copy and cannot fail: what goes wrong in them is told by the next load.
 */
#include "base/arena.h"
#include "base/environ.h"
#include "base/mem.h"
#include "deploycfg.h"
#include "fold.h"
#include "image/freeze.h"
#include "model/history.h"
#include "model/interpolate.h"
#include "plan/plan.h"
#include "snapshot.h"
#include "source/source.h"

struct deploycfg_loader {
	struct dcfg_arena
		arena; /* every copy; its `failed` is the memory of a setter's lack of it */
	struct dcfg_limits limits;
	struct dcfg_view environment, constants, prefix;
	struct dcfg_environ variables;
	bool has_variables;
	enum deploycfg_variables mode;
	struct dcfg_input *inputs;
	size_t input_count, input_capacity;
	struct dcfg_mapped *mapped;
	size_t mapped_count, mapped_capacity;
	struct dcfg_override *overrides;
	size_t override_count, override_capacity;
	const char *misuse; /* the first; NULL for none */
};

struct deploycfg_loader *deploycfg_loader_new(void)
{
	struct deploycfg_loader *loader = dcfg_alloc(sizeof(*loader));

	if (!loader)
		return NULL;
	*loader = (struct deploycfg_loader){.limits = dcfg_default_limits};
	dcfg_arena_init(&loader->arena);
	return loader;
}

struct deploycfg_loader *deploycfg_loader_free(struct deploycfg_loader *loader)
{
	if (!loader)
		return NULL;
	dcfg_free(loader->inputs);
	dcfg_free(loader->mapped);
	dcfg_free(loader->overrides);
	dcfg_arena_fini(&loader->arena);
	return dcfg_free(loader);
}

/* Remembers the first misuse only: later ones may follow from it. */
static void misuse(struct deploycfg_loader *loader, const char *call, const char *problem)
{
	if (!loader->misuse)
		loader->misuse =
			dcfg_arena_printf(&loader->arena, "%s: %s", call, problem).ptr;
}

static struct dcfg_view copy(struct deploycfg_loader *loader, const char *text)
{
	return text ? dcfg_arena_copy(&loader->arena, dcfg_view_text(text))
		    : dcfg_view(NULL, 0);
}

/* A copy of what must be given. */
static struct dcfg_view need(struct deploycfg_loader *loader, const char *call,
			     const char *text)
{
	if (!text)
		misuse(loader, call, "an argument is NULL");
	return copy(loader, text ? text : "");
}

void deploycfg_loader_set_environment(struct deploycfg_loader *loader, const char *name)
{
	loader->environment = copy(loader, name);
}

void deploycfg_loader_set_constants(struct deploycfg_loader *loader,
				    const char *constants)
{
	loader->constants = copy(loader, constants);
}

static bool is_upper_or_digit(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* [A-Z][A-Z0-9]*(_[A-Z0-9]+)* */
static bool is_prefix(const char *prefix)
{
	if (*prefix < 'A' || *prefix > 'Z')
		return false;
	for (; *prefix; prefix++)
		if (!is_upper_or_digit(*prefix) &&
		    (*prefix != '_' || !is_upper_or_digit(prefix[1])))
			return false;
	return true;
}

void deploycfg_loader_set_prefix(struct deploycfg_loader *loader, const char *prefix)
{
	loader->prefix = copy(loader, prefix);
	if (prefix && !is_prefix(prefix))
		misuse(loader,
		       dcfg_arena_printf(&loader->arena, "'%s' is no prefix of variables",
					 prefix)
			       .ptr,
		       "it is capital letters and digits, words joined by single "
		       "underscores, such as SHOP or WEB_SHOP");
}

void deploycfg_loader_set_environ(struct deploycfg_loader *loader,
				  const char *const *variables)
{
	loader->has_variables = variables != NULL;
	if (variables)
		loader->variables = dcfg_environ_copy(&loader->arena, variables);
}

void deploycfg_loader_set_variables(struct deploycfg_loader *loader,
				    enum deploycfg_variables mode)
{
	if (mode < DEPLOYCFG_VARIABLES_DEFAULT || mode > DEPLOYCFG_VARIABLES_NEVER)
		misuse(loader, "deploycfg_loader_set_variables", "there is no such mode");
	loader->mode = mode;
}

void deploycfg_loader_map_variable(struct deploycfg_loader *loader, const char *variable,
				   const char *path)
{
	const char *call = "deploycfg_loader_map_variable";
	struct dcfg_mapped *list = dcfg_grow(loader->mapped, loader->mapped_count,
					     &loader->mapped_capacity, sizeof(*list));

	if (variable && (!*variable || strchr(variable, '=')))
		misuse(loader, call, "a variable's name is not empty and holds no '='");
	if (!list) {
		loader->arena.failed = true;
		return;
	}
	loader->mapped = list;
	list[loader->mapped_count++] = (struct dcfg_mapped){need(loader, call, variable),
							    need(loader, call, path)};
}

static void add_input(struct deploycfg_loader *loader, const struct dcfg_input *input)
{
	struct dcfg_input *list = dcfg_grow(loader->inputs, loader->input_count,
					    &loader->input_capacity, sizeof(*list));

	if (!list) {
		loader->arena.failed = true;
		return;
	}
	loader->inputs = list;
	list[loader->input_count++] = *input;
}

void deploycfg_loader_add_dir(struct deploycfg_loader *loader, const char *path)
{
	add_input(loader,
		  &(struct dcfg_input){
			  .kind = DEPLOYCFG_SOURCE_DIRECTORY,
			  .name = need(loader, "deploycfg_loader_add_dir", path)});
}

void deploycfg_loader_add_file(struct deploycfg_loader *loader, const char *path)
{
	add_input(loader,
		  &(struct dcfg_input){
			  .kind = DEPLOYCFG_SOURCE_FILE,
			  .name = need(loader, "deploycfg_loader_add_file", path)});
}

void deploycfg_loader_add_text(struct deploycfg_loader *loader, int layer,
			       const char *name, enum deploycfg_syntax syntax,
			       const char *bytes, size_t length)
{
	struct dcfg_view text = dcfg_view(bytes ? bytes : "", bytes ? length : 0);

	if (layer < 1 || layer > DEPLOYCFG_LAYER_OVERRIDES)
		misuse(loader, "deploycfg_loader_add_text",
		       "a layer is a number from 1 to 1000");
	if (!bytes && length)
		misuse(loader, "deploycfg_loader_add_text", "an argument is NULL");
	if (syntax != DEPLOYCFG_INI && syntax != DEPLOYCFG_YAML)
		misuse(loader, "deploycfg_loader_add_text", "there is no such syntax");
	add_input(loader, &(struct dcfg_input){
				  .kind = DEPLOYCFG_SOURCE_TEXT,
				  .layer = layer,
				  .syntax = syntax,
				  .name = need(loader, "deploycfg_loader_add_text", name),
				  .text = dcfg_arena_copy(&loader->arena, text),
			  });
}

static void add_override(struct deploycfg_loader *loader, const char *path,
			 const char *text, const char *origin, bool is_value)
{
	struct dcfg_override *list = dcfg_grow(loader->overrides, loader->override_count,
					       &loader->override_capacity, sizeof(*list));

	if (!list) {
		loader->arena.failed = true;
		return;
	}
	loader->overrides = list;
	loader->override_count++;
	list[loader->override_count - 1] = (struct dcfg_override){
		.path = need(loader, "deploycfg_loader_override", path),
		.text = need(loader, "deploycfg_loader_override", text),
		.origin = origin ? copy(loader, origin)
				 : dcfg_arena_printf(&loader->arena, "override[%zu]",
						     loader->override_count),
		.is_value = is_value,
	};
}

void deploycfg_loader_override(struct deploycfg_loader *loader, const char *path,
			       const char *text, const char *origin)
{
	add_override(loader, path, text, origin, false);
}

void deploycfg_loader_override_value(struct deploycfg_loader *loader, const char *path,
				     const char *yaml, const char *origin)
{
	add_override(loader, path, yaml, origin, true);
}

void deploycfg_loader_set_limit(struct deploycfg_loader *loader,
				enum deploycfg_limit limit, uint64_t value)
{
	if ((size_t)limit >= DCFG_COUNT(loader->limits.of))
		misuse(loader, "deploycfg_loader_set_limit", "there is no such limit");
	else if (limit == DEPLOYCFG_LIMIT_DIAGNOSTICS && !value)
		misuse(loader, "deploycfg_loader_set_limit",
		       "at least one diagnostic is kept");
	else if ((limit == DEPLOYCFG_LIMIT_DEPTH && value > DCFG_DEPTH_MAX) ||
		 (limit == DEPLOYCFG_LIMIT_PATH && value > DCFG_PATH_MAX) ||
		 (limit == DEPLOYCFG_LIMIT_VALUE && value > UINT32_MAX / 2))
		misuse(loader, "deploycfg_loader_set_limit",
		       "the limit cannot be that high");
	else
		loader->limits.of[limit] = value;
}

/* Why variables carry no values, NULL where they do. */
static const char *variables_ignored(const struct deploycfg_loader *loader,
				     const struct dcfg_environment *environment)
{
	if (loader->mode == DEPLOYCFG_VARIABLES_NEVER)
		return "variables are turned off";
	if (loader->mode == DEPLOYCFG_VARIABLES_DEFAULT && environment &&
	    environment->hermetic)
		return "the environment is hermetic";
	return NULL;
}

static struct dcfg_fold fold_of(const struct deploycfg_loader *loader,
				const struct dcfg_selection *selection,
				const struct dcfg_environ *variables)
{
	return (struct dcfg_fold){
		.environments = &dcfg_builtin_environments,
		.selected = selection->environment,
		.variables = {.environment = *variables,
			      .prefix = loader->prefix,
			      .mapped = loader->mapped,
			      .mapped_count = loader->mapped_count,
			      .ignored_because =
				      variables_ignored(loader, selection->environment),
			      .selecting_ignored =
				      loader->mode == DEPLOYCFG_VARIABLES_NEVER},
		.overrides = loader->overrides,
		.override_count = loader->override_count,
	};
}

static bool selects(struct dcfg_context *context, const struct deploycfg_loader *loader,
		    const struct dcfg_environ *variables,
		    struct dcfg_selection *selection)
{
	struct dcfg_selectors selectors = {
		.argument = loader->environment,
		.constants = loader->constants,
		.prefix = loader->prefix,
		.variables = loader->mode == DEPLOYCFG_VARIABLES_NEVER ? NULL : variables,
	};

	return dcfg_select(context, &dcfg_builtin_environments, &selectors, selection);
}

static struct deploycfg_snapshot *
publish(struct dcfg_context *context, const struct dcfg_node *tree,
	const struct dcfg_history *history, const struct dcfg_selection *selection)
{
	struct dcfg_effective effective = {
		.root = tree,
		.history = history,
		.environment = selection->environment ? selection->environment->name
						      : DCFG_VIEW(""),
		.selected_by = selection->selected_by,
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
	struct dcfg_environ variables =
		loader->has_variables ? loader->variables
				      : dcfg_environ_copy(&context->arena, NULL);
	struct deploycfg_snapshot *snapshot = NULL;
	struct dcfg_selection selection;
	struct dcfg_history history = {0};
	struct dcfg_plan plan = {0};

	if (selects(context, loader, &variables, &selection)) {
		struct dcfg_fold fold = fold_of(loader, &selection, &variables);
		struct dcfg_node *tree;

		dcfg_plan(context, fold.environments, &selection, loader->inputs,
			  loader->input_count, &plan);
		tree = dcfg_fold(context, &fold, &plan);
		if (tree) {
			dcfg_interpolate(context, tree);
			dcfg_settle(context, tree, &history);
			snapshot = publish(context, tree, &history, &selection);
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
