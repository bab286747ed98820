/* SPDX-License-Identifier: ISC */
/* Which directories of secrets count, weakest first: the manifest's, the one that the service
 * manager names, the caller's. Opens nothing. */
#include "request.h"

#define VARIABLE DCFG_VIEW("CREDENTIALS_DIRECTORY")

/* What the variable names; ptr is NULL where it is unset, empty or does not count, and where it
 * stands there twice, which the reader of variables tells, as it does of ignored ones. It is
 * inherited by programs that are no services any more: the directory need not be there. */
static struct dcfg_view credentials(struct dcfg_context *context,
				    const struct dcfg_request *request,
				    struct dcfg_origin *named_at)
{
	const struct dcfg_source source = {
		.name = DCFG_VIEW("env:CREDENTIALS_DIRECTORY"),
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_SECRETS),
		.layer = DEPLOYCFG_LAYER_SECRETS,
		.kind = DEPLOYCFG_SOURCE_VARIABLE,
	};
	bool twice;
	struct dcfg_view path = dcfg_environ_get(&request->variables, VARIABLE, &twice);

	if (!path.len || twice || dcfg_variables_ignored(request))
		return dcfg_view(NULL, 0);
	named_at->source = dcfg_source_add(context, &source);
	if (*path.ptr == '/')
		return dcfg_arena_printf(&context->arena, "optional:%.*s",
					 DCFG_ARG(path));
	dcfg_error_hint(
		dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE, *named_at, NULL,
			  "CREDENTIALS_DIRECTORY is no path that begins with '/'"),
		"unset it, or let the service manager set it");
	return dcfg_view(NULL, 0);
}

struct dcfg_secret_dirs dcfg_request_secrets(struct dcfg_context *context,
					     const struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;
	const struct dcfg_manifest *manifest = &request->manifest;
	struct dcfg_origin named_at = {UINT32_MAX, 0, 0}, nowhere = named_at;
	struct dcfg_view path = credentials(context, request, &named_at);
	struct dcfg_secret_dirs dirs = {NULL, 0};

	dirs.list = dcfg_arena_alloc(
		&context->arena, (manifest->secrets.count + 1 + loader->secret_count) *
					 sizeof(*dirs.list));
	if (!dirs.list)
		return dirs;
	for (size_t i = 0; i < manifest->secrets.count; i++)
		dirs.list[dirs.count++] = (struct dcfg_secret_dir){
			manifest->secrets.list[i], manifest->secrets_at[i]};
	if (path.ptr)
		dirs.list[dirs.count++] = (struct dcfg_secret_dir){path, named_at};
	for (size_t i = 0; i < loader->secret_count; i++)
		dirs.list[dirs.count++] =
			(struct dcfg_secret_dir){loader->secrets[i], nowhere};
	return dirs;
}
