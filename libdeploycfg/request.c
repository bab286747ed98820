/* SPDX-License-Identifier: ISC */
/* Joins what the caller and the manifest say. Knows who counts where both do; reads nothing but
 * the manifest. */
#include "request.h"

#include "base/file.h"
#include "base/look.h"
#include "base/privilege.h"
#include "model/variable.h"

/* Whoever started a privileged process chose its variables. */
static bool are_foreign(const struct dcfg_request *request)
{
	return request->is_privileged ||
	       request->loader->mode == DEPLOYCFG_VARIABLES_NEVER;
}

const char *dcfg_variables_ignored(const struct dcfg_request *request)
{
	enum deploycfg_variables mode = request->loader->mode;

	if (request->is_privileged)
		return "the process is privileged, and whoever started it is not";
	if (mode == DEPLOYCFG_VARIABLES_NEVER)
		return "variables are turned off";
	if (mode == DEPLOYCFG_VARIABLES_DEFAULT &&
	    dcfg_environment_is(request->selection.environment, DEPLOYCFG_HERMETIC))
		return "the environment is hermetic";
	return NULL;
}

const char *dcfg_local_ignored(const struct dcfg_request *request)
{
	const struct dcfg_environment *environment = request->selection.environment;

	if (!environment)
		return "no environment is selected";
	if (request->loader->mode == DEPLOYCFG_VARIABLES_NEVER)
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

/* The caller's, else the manifest's, else the project's. */
static bool find_prefix(struct dcfg_context *context, struct dcfg_request *request)
{
	struct dcfg_view project = request->loader->project;
	struct dcfg_view *prefix = &request->prefix;
	struct deploycfg_error *error;

	*prefix = request->loader->prefix;
	if (!prefix->ptr)
		*prefix = request->manifest.prefix;
	if (!project.len)
		project = request->manifest.project;
	if (prefix->ptr || !project.len)
		return true;
	*prefix = prefix_of(&context->arena, project);
	if (!prefix->ptr || dcfg_is_prefix(*prefix))
		return prefix->ptr != NULL;
	error = dcfg_fail_at(context, DEPLOYCFG_ERR_VARIABLE, NULL, NULL,
			     "the project's name '%.*s' gives no prefix of variables",
			     DCFG_ARG(project));
	dcfg_error_hint(error, "set one, such as `prefix: SHOP` in the manifest, or the "
			       "command's --prefix SHOP");
	return false;
}

/* What the caller did not choose. */
static void take_limits(struct dcfg_context *context, const struct dcfg_request *request)
{
	for (size_t i = 0; i < DCFG_COUNT(context->limits.of); i++)
		if (request->manifest.limits.of[i] &&
		    !(request->loader->limits_set >> i & 1))
			context->limits.of[i] = request->manifest.limits.of[i];
}

static bool is_directory(const struct dcfg_input *input)
{
	return input->kind == DEPLOYCFG_SOURCE_DIRECTORY;
}

/* Whether the manifest was found in a directory of the caller's. */
static bool holds_manifest(const struct dcfg_request *request,
			   const struct dcfg_input *input)
{
	struct dcfg_view name = input->name, path = request->manifest.path;

	dcfg_take_optional(&name);
	while (name.len > 1 && name.ptr[name.len - 1] == '/')
		name.len--;
	return is_directory(input) && dcfg_view_starts(path, name) &&
	       path.len > name.len &&
	       !memchr(path.ptr + name.len + 1, '/', path.len - name.len - 1);
}

static void add_directories(struct dcfg_request *request)
{
	const struct dcfg_views *directories = &request->manifest.directories;

	for (size_t i = 0; i < directories->count; i++)
		request->inputs[request->input_count++] = (struct dcfg_input){
			.kind = DEPLOYCFG_SOURCE_DIRECTORY,
			.name = directories->list[i],
			.by_manifest = true,
			.named_at = request->manifest.directories_at[i]};
}

/* The manifest's directories follow the one that it is in; those of a project's manifest, the
 * project. */
static bool make_inputs(struct dcfg_context *context, struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;
	size_t count = loader->input_count + request->manifest.directories.count;
	size_t at = loader->input_count;

	request->inputs =
		dcfg_arena_alloc(&context->arena, count * sizeof(*request->inputs));
	if (!request->inputs)
		return false;
	while (at > 0 && !holds_manifest(request, &loader->inputs[at - 1]))
		at--;
	for (size_t i = 0; i <= loader->input_count; i++) {
		if (i == at)
			add_directories(request);
		if (i < loader->input_count)
			request->inputs[request->input_count++] = loader->inputs[i];
	}
	return true;
}

/* A manifest in a directory that a manifest names would be passed over in silence. */
static bool check_directories(struct dcfg_context *context,
			      const struct dcfg_request *request)
{
	const struct dcfg_views *directories = &request->manifest.directories;
	bool good = true;

	for (size_t i = 0; i < directories->count; i++) {
		struct dcfg_view name = directories->list[i], path;
		struct dcfg_place place;

		dcfg_take_optional(&name);
		path = dcfg_join(&context->arena, name, DCFG_VIEW("deploycfg.yaml"));
		if (!path.ptr || dcfg_look(path.ptr) == DCFG_LOOK_MISSING ||
		    dcfg_view_equal(path, request->manifest.path))
			continue;
		place = (struct dcfg_place){.name = path.ptr};
		dcfg_error_hint(dcfg_fail_at(context, DEPLOYCFG_ERR_MANIFEST, &place,
					     NULL,
					     "a manifest does not count in a directory "
					     "that another one names, %.*s",
					     DCFG_ARG(request->manifest.path)),
				"remove it, or let the caller name its directory (the "
				"command's --dir)");
		good = false;
	}
	return good;
}

/* Either the program declares environments, or the manifest. */
static bool declare(struct dcfg_context *context, struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;
	const struct dcfg_manifest *manifest = &request->manifest;
	bool by_program = loader->declaration_count > 0;

	request->declares = by_program || manifest->declares;
	if (by_program && manifest->declares) {
		dcfg_error_hint(dcfg_fail(context, DEPLOYCFG_ERR_ENVIRONMENT,
					  manifest->environments, "environments",
					  "the program declares its environments itself"),
				"remove the field, or let the manifest alone declare "
				"them");
		return false;
	}
	if (manifest->declares && !manifest->declaration_count) {
		request->environments = (struct dcfg_environments){NULL, 0};
		return true;
	}
	return dcfg_environments_declare(
		context, by_program ? loader->declarations : manifest->declarations,
		by_program ? loader->declaration_count : manifest->declaration_count,
		&request->environments);
}

struct dcfg_document_places dcfg_request_places(struct dcfg_context *context,
						const struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;
	const struct dcfg_input *inputs =
		request->inputs ? request->inputs : loader->inputs;
	size_t count = request->inputs ? request->input_count : loader->input_count;
	struct dcfg_document_places places = {.count = 0};

	places.list = dcfg_arena_alloc(&context->arena,
				       (count + DCFG_HIERARCHIES) * sizeof(*places.list));
	if (!places.list)
		return places;
	for (size_t i = 0; loader->project.len && i < DCFG_HIERARCHIES; i++)
		places.list[places.count++] = dcfg_project_path(
			&context->arena, loader->root, loader->project, i);
	places.installed = places.count;
	for (size_t i = 0; i < count; i++) {
		struct dcfg_view name = inputs[i].name;

		dcfg_take_optional(&name);
		if (is_directory(&inputs[i]) && name.len)
			places.list[places.count++] = name;
	}
	return places;
}

/* What the schema binds, and what the caller does, which is the stronger. */
static size_t bind_names(struct dcfg_context *context, const struct dcfg_request *request,
			 const struct dcfg_schema *schema, struct dcfg_mapped **mapped)
{
	const struct deploycfg_loader *loader = request->loader;
	const struct dcfg_schema_variable *declared;
	size_t declared_count, count = 0;

	declared = dcfg_schema_variables(schema, &declared_count);
	*mapped = dcfg_arena_alloc(&context->arena,
				   (declared_count + loader->mapping_count) *
					   sizeof(**mapped));
	if (!*mapped)
		return 0;
	for (size_t i = 0; i < declared_count; i++)
		(*mapped)[count++] =
			(struct dcfg_mapped){declared[i].name, declared[i].path,
					     declared[i].allow_empty, declared[i].origin};
	for (size_t i = 0; i < loader->mapping_count; i++) {
		(*mapped)[count] = loader->mappings[i];
		(*mapped)[count++].allow_empty = dcfg_schema_allows_empty(
			context, schema, loader->mappings[i].path);
	}
	return count;
}

struct dcfg_variables dcfg_request_variables(struct dcfg_context *context,
					     const struct dcfg_request *request,
					     const struct dcfg_schema *schema)
{
	const struct deploycfg_loader *loader = request->loader;
	struct dcfg_mapped *mapped;
	size_t mapped_count = bind_names(context, request, schema, &mapped);

	return (struct dcfg_variables){
		.environment = request->variables,
		.prefix = request->prefix,
		.mapped = mapped,
		.mapped_count = mapped_count,
		.env_files = loader->env_files,
		.env_file_count = loader->env_file_count,
		.ignored_because = dcfg_variables_ignored(request),
		.selecting_ignored = are_foreign(request),
		.by_default = dcfg_view_equal(request->selection.selected_by,
					      DCFG_VIEW("default_environment")),
		.foreign = request->manifest.foreign_variables.list,
		.foreign_count = request->manifest.foreign_variables.count,
		.by_schema = schema != NULL,
		.names_below = schema ? dcfg_schema_names_below : NULL,
	};
}

static void set_trust(struct dcfg_context *context, struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;

	request->is_privileged = dcfg_is_privileged();
	context->trust = (struct dcfg_trust){
		.checks =
			request->is_privileged || loader->trust == DEPLOYCFG_TRUST_OWNER,
		.privileged = request->is_privileged,
		.self = dcfg_effective_user(),
		.users = {loader->trust_users, loader->trust_user_count},
		.groups = {loader->trust_groups, loader->trust_group_count},
	};
}

/* A manifest that asks for trust was read without: it is looked at now. */
static bool trust_manifest(struct dcfg_context *context,
			   const struct dcfg_request *request)
{
	if (!request->manifest.trusts_owner || context->trust.checks)
		return true;
	context->trust.checks = true;
	return dcfg_source_trust(context, request->manifest.source);
}

bool dcfg_request_begin(struct dcfg_context *context,
			const struct deploycfg_loader *loader,
			struct dcfg_request *request)
{
	struct dcfg_document_places places;

	*request = (struct dcfg_request){.loader = loader};
	request->variables = loader->has_variables
				     ? loader->variables
				     : dcfg_environ_copy(&context->arena, NULL);
	places = dcfg_request_places(context, request);
	set_trust(context, request);
	if (!dcfg_manifest_read(context, &places, &request->manifest) ||
	    !trust_manifest(context, request))
		return false;
	take_limits(context, request);
	return check_directories(context, request) && make_inputs(context, request) &&
	       find_prefix(context, request) && declare(context, request);
}

/* A machine that nobody told anything would be one of development. */
static void warn_default(struct dcfg_context *context, const struct dcfg_request *request)
{
	const struct dcfg_manifest *manifest = &request->manifest;
	const struct dcfg_environment *environment = dcfg_environment_find(
		&request->environments, manifest->default_environment);
	const struct dcfg_environment *development =
		dcfg_environment_find(&request->environments, DCFG_VIEW("development"));

	if (request->loader->check == DEPLOYCFG_CHECK_LOAD || !environment ||
	    !development || !dcfg_environment_covers(development, environment))
		return;
	dcfg_error_hint(
		dcfg_warn_at(context, DEPLOYCFG_ERR_MANIFEST, &manifest->default_place,
			     "default_environment",
			     "a machine where nobody selects anything runs %.*s%s",
			     DCFG_ARG(environment->name),
			     environment == development ? ""
							: ", which inherits development"),
		"remove the field, and select where programs are started");
}

bool dcfg_request_select(struct dcfg_context *context, struct dcfg_view environment,
			 struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;
	const struct dcfg_selectors selectors = {
		.argument = environment.ptr ? environment : loader->environment,
		.constants = loader->constants,
		.prefix = request->prefix,
		.variables = are_foreign(request) ? NULL : &request->variables,
		.by_default = request->manifest.default_environment,
		.by_default_place = request->manifest.default_place,
		.installed = loader->project.len > 0,
	};

	warn_default(context, request);
	return dcfg_select(context, &request->environments, &selectors,
			   &request->selection) &&
	       dcfg_overlays_choose(
		       context, loader->overlays, loader->overlay_count, request->prefix,
		       dcfg_variables_ignored(request) ? NULL : &request->variables,
		       &request->overlays);
}
