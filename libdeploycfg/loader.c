/* SPDX-License-Identifier: ISC */
/* The way through the house: from what the caller asked for to one snapshot. Knows the stages
 * and their order, and nothing of what they do. */
#include "loader.h"

#include "base/error.h"
#include "base/mem.h"
#include "fold.h"
#include "image/freeze.h"
#include "model/conceal.h"
#include "model/history.h"
#include "model/interpolate.h"
#include "model/lint.h"
#include "schemas.h"
#include "snapshot.h"

/* One load: what each stage leaves to those after it. */
struct loading {
	struct dcfg_request request;
	struct dcfg_schemas schemas;
	struct dcfg_plan plan;
	struct dcfg_folded folded;
	struct dcfg_history history;
};

static void plan(struct dcfg_context *context, struct loading *loading)
{
	const struct dcfg_request *request = &loading->request;
	const struct deploycfg_loader *loader = request->loader;
	const struct dcfg_asked asked = {
		.inputs = request->inputs,
		.input_count = request->input_count,
		.project = loader->project,
		.root = loader->root,
		.platform = loader->platform,
		.program = loader->program,
		.overlays = request->overlays,
		.local_ignored_because = dcfg_local_ignored(request),
		.not_layers = request->manifest.not_layers.list,
		.not_layer_count = request->manifest.not_layers.count,
		.lint = loader->check == DEPLOYCFG_CHECK_LINT,
	};

	dcfg_plan(context, &request->environments, request->selection.environment, &asked,
		  &loading->plan);
}

static void fold(struct dcfg_context *context, struct loading *loading)
{
	const struct dcfg_request *request = &loading->request;
	const struct deploycfg_loader *loader = request->loader;
	struct dcfg_schema *schema = loading->schemas.compiled;
	const struct dcfg_secret_dirs secrets = dcfg_request_secrets(context, request);
	const struct dcfg_fold fold = {
		.environments = &request->environments,
		.selected = request->selection.environment,
		.only_reads = !loading->schemas.complete,
		.schema = schema,
		.secrets = dcfg_secrets_open(context, secrets.list, secrets.count),
		.variables = dcfg_request_variables(context, request, schema),
		.overrides = loader->overrides,
		.override_count = loader->override_count,
	};

	loading->folded = dcfg_fold(context, &fold, &loading->plan);
	dcfg_secrets_close(fold.secrets);
}

/* Whether an environment has a layer of its own; what else is wrong is not asked. */
static bool has_layer(const struct deploycfg_loader *loader, struct dcfg_view environment,
		      bool *out_of_memory)
{
	struct loading loading = {0};
	struct dcfg_context context;

	dcfg_context_init(&context, &loader->limits);
	if (dcfg_request_begin(&context, loader, &loading.request) &&
	    dcfg_request_select(&context, environment, &loading.request)) {
		plan(&context, &loading);
		fold(&context, &loading);
	}
	dcfg_free(loading.plan.units);
	*out_of_memory |= context.arena.failed;
	deploycfg_errors_free(dcfg_context_fini(&context));
	return loading.folded.has_own_layer;
}

/* Where layers are missing, nobody can tell what the whole lacks. */
static void complete(struct dcfg_context *context, struct loading *loading)
{
	struct dcfg_schema *schema = loading->schemas.compiled;
	struct dcfg_node *tree = loading->folded.tree;
	const struct dcfg_references references = {
		.environment = &loading->request.variables,
		.ignored_because = dcfg_variables_ignored(&loading->request),
		.complete = dcfg_schema_fill_copied,
		.schema = schema,
	};

	if (loading->folded.complete) {
		dcfg_schema_fill(context, schema, tree);
		dcfg_interpolate(context, tree, &references);
	}
	dcfg_conceal_made(context, tree);
	if (loading->folded.complete)
		dcfg_schema_complete(context, schema, tree);
	dcfg_lint(context, tree);
	dcfg_settle(context, tree, &loading->history);
	dcfg_conceal_all(context, tree, &loading->history);
}

static struct deploycfg_snapshot *publish(struct dcfg_context *context,
					  const struct loading *loading)
{
	const struct dcfg_request *request = &loading->request;
	const struct dcfg_selection *selection = &request->selection;
	const struct dcfg_effective effective = {
		.root = loading->folded.tree,
		.history = &loading->history,
		.environment = selection->environment ? selection->environment->name
						      : DCFG_VIEW(""),
		.selected_by = selection->selected_by,
		.overlays = request->overlays.joined,
		.overlays_by = request->overlays.by,
		.prefix = request->prefix.ptr ? request->prefix : DCFG_VIEW(""),
		.has_schema = loading->schemas.compiled != NULL,
	};

	return dcfg_failed(context) ? NULL : dcfg_snapshot_freeze(context, &effective);
}

/* The way through the house: each stage takes what the one before it made. */
static struct deploycfg_snapshot *load(struct dcfg_context *context,
				       const struct deploycfg_loader *loader)
{
	struct deploycfg_snapshot *snapshot = NULL;
	struct loading loading = {0};
	bool is_selected =
		dcfg_request_begin(context, loader, &loading.request) &&
		dcfg_request_select(context, dcfg_view(NULL, 0), &loading.request);

	dcfg_schemas_read(context, &loading.request, is_selected, &loading.schemas);
	if (is_selected) {
		plan(context, &loading);
		fold(context, &loading);
		if (loading.folded.tree) {
			complete(context, &loading);
			snapshot = publish(context, &loading);
		}
	}
	dcfg_conceal_errors(context, loading.folded.tree, &loading.history);
	dcfg_free(loading.history.list);
	dcfg_free(loading.plan.units);
	dcfg_schemas_fini(&loading.schemas);
	return snapshot;
}

/* False where a setter was misused, which is reported now, or lacked memory. */
static bool begin(struct dcfg_context *context, const struct deploycfg_loader *loader)
{
	dcfg_context_init(context, &loader->limits);
	context->lint = loader->check == DEPLOYCFG_CHECK_LINT;
	context->arena.failed = loader->arena.failed;
	if (!loader->arena.failed && loader->misuse)
		dcfg_fail_at(context, DEPLOYCFG_ERR_ARGUMENT, NULL, NULL, "%s",
			     loader->misuse);
	return !loader->arena.failed && !loader->misuse;
}

struct deploycfg_snapshot *deploycfg_loader_load(struct deploycfg_loader *loader,
						 struct deploycfg_errors **errors)
{
	struct deploycfg_snapshot *snapshot = NULL;
	struct dcfg_context context;

	if (begin(&context, loader))
		snapshot = load(&context, loader);
	dcfg_errors_move(errors, dcfg_context_fini(&context));
	return snapshot;
}

struct deploycfg_snapshot *deploycfg_loader_schema(struct deploycfg_loader *loader,
						   struct deploycfg_errors **errors)
{
	struct deploycfg_snapshot *snapshot = NULL;
	struct dcfg_schemas schemas = {0};
	struct dcfg_request request;
	struct dcfg_context context;

	if (begin(&context, loader) && dcfg_request_begin(&context, loader, &request)) {
		dcfg_schemas_read(&context, &request, true, &schemas);
		snapshot = dcfg_schemas_freeze(&context, &schemas, &request);
	}
	dcfg_schemas_fini(&schemas);
	dcfg_errors_move(errors, dcfg_context_fini(&context));
	return snapshot;
}

/* The names to go through, parted by commas; NULL without memory. */
static char *name_environments(const struct deploycfg_loader *loader,
			       const struct dcfg_request *request)
{
	const struct dcfg_environments *environments = &request->environments;
	struct dcfg_text_buffer names = {0};
	bool out_of_memory = false;

	for (size_t i = 0; i < environments->count; i++) {
		struct dcfg_view name = environments->list[i].name;

		if (!request->declares && !has_layer(loader, name, &out_of_memory))
			continue;
		dcfg_buffer_printf(&names, "%s%.*s", names.len ? "," : "",
				   DCFG_ARG(name));
	}
	if (out_of_memory || names.failed)
		return dcfg_free(names.ptr);
	return names.ptr ? names.ptr : dcfg_copy("", 0);
}

/* Nobody says that there are no environments, and yet none would be looked at. */
static void warn_of_none(struct dcfg_context *context, const struct dcfg_request *request,
			 const char *names)
{
	if (!names || *names || request->declares)
		return;
	dcfg_error_hint(dcfg_warn_at(context, DEPLOYCFG_ERR_ENVIRONMENT, NULL, NULL,
				     "no environment has a layer of its own: none is "
				     "checked"),
			"write production.yaml and the like, even empty ones, or declare "
			"in deploycfg.yaml which environments there are, with "
			"`environments: []` for none");
}

const char *deploycfg_loader_environments(struct deploycfg_loader *loader,
					  struct deploycfg_errors **errors)
{
	struct dcfg_request request;
	struct dcfg_context context;

	loader->names = dcfg_free(loader->names);
	if (begin(&context, loader) && dcfg_request_begin(&context, loader, &request)) {
		loader->names = name_environments(loader, &request);
		warn_of_none(&context, &request, loader->names);
		context.arena.failed |= !loader->names;
	}
	if (context.arena.failed)
		loader->names = dcfg_free(loader->names);
	dcfg_errors_move(errors, dcfg_context_fini(&context));
	return loader->names;
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
