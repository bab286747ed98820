/* SPDX-License-Identifier: ISC */
/* What the caller asks for, copied. Setters cannot fail: what goes wrong in them is told by the
 * next load. Opens nothing. */
#include "loader.h"

#include "base/mem.h"
#include "plan/hierarchy.h"

/* Appends to one of the loader's lists. */
#define APPEND(loader, item, ...)                                                        \
	do {                                                                             \
		void *grown = dcfg_grow((loader)->item##s, (loader)->item##_count,       \
					&(loader)->item##_capacity,                      \
					sizeof(*(loader)->item##s));                     \
                                                                                         \
		(loader)->arena.failed |= !grown;                                        \
		if (grown) {                                                             \
			(loader)->item##s = grown;                                       \
			(loader)->item##s[(loader)->item##_count++] = __VA_ARGS__;       \
		}                                                                        \
	} while (0)

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
	dcfg_free(loader->mappings);
	dcfg_free(loader->overrides);
	dcfg_free(loader->overlays);
	dcfg_free(loader->env_files);
	dcfg_free(loader->declarations);
	dcfg_free(loader->schemas);
	dcfg_free(loader->secrets);
	dcfg_free(loader->trust_users);
	dcfg_free(loader->trust_groups);
	dcfg_free(loader->names);
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

static void misuse_name(struct deploycfg_loader *loader, const char *name,
			const char *what, const char *rule)
{
	misuse(loader, dcfg_arena_printf(&loader->arena, "'%s' %s", name, what).ptr,
	       rule);
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

void deploycfg_loader_set_prefix(struct deploycfg_loader *loader, const char *prefix)
{
	loader->prefix = copy(loader, prefix);
	if (prefix && !dcfg_is_prefix(loader->prefix))
		misuse_name(loader, prefix, "is no prefix of variables",
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
	struct dcfg_mapped mapped = {need(loader, call, variable),
				     need(loader, call, path), false,
				     dcfg_origin(UINT32_MAX, 0, 0)};

	if (variable && (!*variable || strchr(variable, '=')))
		misuse(loader, call, "a variable's name is not empty and holds no '='");
	APPEND(loader, mapping, mapped);
}

static void add_input(struct deploycfg_loader *loader, const struct dcfg_input *input)
{
	APPEND(loader, input, *input);
}

/* A name that becomes part of a file's name. */
static struct dcfg_view copy_name(struct deploycfg_loader *loader, const char *name,
				  const char *what)
{
	if (name && !dcfg_is_layer_name(dcfg_view_text(name)))
		misuse_name(loader, name, what,
			    "it is letters, digits, '-', '_' and '.', a letter or digit "
			    "first");
	return copy(loader, name);
}

void deploycfg_loader_set_project(struct deploycfg_loader *loader, const char *name)
{
	loader->project = copy_name(loader, name, "is no name of a project");
}

void deploycfg_loader_set_root(struct deploycfg_loader *loader, const char *directory)
{
	loader->root = copy(loader, directory);
	if (directory && !*directory)
		misuse_name(loader, directory, "is no directory to look for a project in",
			    "its name is empty");
}

void deploycfg_loader_set_platform(struct deploycfg_loader *loader, const char *name)
{
	loader->platform = copy_name(loader, name, "is no name of a platform");
}

void deploycfg_loader_set_program(struct deploycfg_loader *loader, const char *name)
{
	loader->program = copy_name(loader, name, "is no name of a program");
}

void deploycfg_loader_add_overlay(struct deploycfg_loader *loader, const char *name)
{
	APPEND(loader, overlay, need(loader, "deploycfg_loader_add_overlay", name));
}

/* Words parted by commas; nothing behind the last is none. */
static struct dcfg_views split(struct deploycfg_loader *loader, const char *text)
{
	struct dcfg_view rest = copy(loader, text), *list;
	size_t most = 1, count = 0;

	if (!rest.ptr)
		return (struct dcfg_views){NULL, 0};
	for (size_t i = 0; i < rest.len; i++)
		most += rest.ptr[i] == ',';
	list = dcfg_arena_alloc(&loader->arena, most * sizeof(*list));
	while (list && rest.len) {
		const char *comma = memchr(rest.ptr, ',', rest.len);
		size_t len = comma ? (size_t)(comma - rest.ptr) : rest.len;

		list[count++] = dcfg_view(rest.ptr, len);
		rest = dcfg_view_skip(rest, len + (comma != NULL));
	}
	return (struct dcfg_views){list, count};
}

void deploycfg_loader_declare_environment(struct deploycfg_loader *loader,
					  const char *name, const char *aliases,
					  const char *inherits, unsigned properties)
{
	struct dcfg_declaration declaration = {
		.name = need(loader, "deploycfg_loader_declare_environment", name),
		.aliases = split(loader, aliases),
		.inherits = copy(loader, inherits),
		.properties = properties,
		.origin = dcfg_origin(UINT32_MAX, 0, 0),
	};

	APPEND(loader, declaration, declaration);
}

void deploycfg_loader_add_env_file(struct deploycfg_loader *loader, const char *path)
{
	APPEND(loader, env_file, need(loader, "deploycfg_loader_add_env_file", path));
}

void deploycfg_loader_add_schema(struct deploycfg_loader *loader, const char *path)
{
	struct dcfg_schema_input input = {
		.name = need(loader, "deploycfg_loader_add_schema", path)};

	APPEND(loader, schema, input);
}

void deploycfg_loader_add_schema_text(struct deploycfg_loader *loader, const char *name,
				      const char *bytes, size_t length)
{
	const char *call = "deploycfg_loader_add_schema_text";
	struct dcfg_schema_input input = {
		.name = need(loader, call, name),
		.text = dcfg_arena_copy(&loader->arena, dcfg_view(bytes ? bytes : "",
								  bytes ? length : 0)),
	};

	if (!bytes && length)
		misuse(loader, call, "an argument is NULL");
	APPEND(loader, schema, input);
}

void deploycfg_loader_set_unknown(struct deploycfg_loader *loader,
				  enum deploycfg_unknown mode)
{
	if (mode < DEPLOYCFG_UNKNOWN_DEFAULT || mode > DEPLOYCFG_UNKNOWN_WARN)
		misuse(loader, "deploycfg_loader_set_unknown", "there is no such mode");
	loader->unknown = mode;
}

void deploycfg_loader_set_check(struct deploycfg_loader *loader,
				enum deploycfg_check mode)
{
	if (mode < DEPLOYCFG_CHECK_LOAD || mode > DEPLOYCFG_CHECK_LINT)
		misuse(loader, "deploycfg_loader_set_check", "there is no such mode");
	loader->check = mode;
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

void deploycfg_loader_add_secrets(struct deploycfg_loader *loader, const char *path)
{
	APPEND(loader, secret, need(loader, "deploycfg_loader_add_secrets", path));
}

void deploycfg_loader_set_trust(struct deploycfg_loader *loader,
				enum deploycfg_trust trust)
{
	if (trust != DEPLOYCFG_TRUST_DEFAULT && trust != DEPLOYCFG_TRUST_OWNER)
		misuse(loader, "deploycfg_loader_set_trust", "there is no such trust");
	loader->trust = trust;
}

void deploycfg_loader_trust_user(struct deploycfg_loader *loader, unsigned user)
{
	APPEND(loader, trust_user, user);
}

void deploycfg_loader_trust_group(struct deploycfg_loader *loader, unsigned group)
{
	APPEND(loader, trust_group, group);
}

static void add_override(struct deploycfg_loader *loader, const char *path,
			 const char *text, const char *origin, bool is_value)
{
	const char *call = "deploycfg_loader_override";
	struct dcfg_override override = {
		.path = need(loader, call, path),
		.text = need(loader, call, text),
		.origin = origin ? copy(loader, origin)
				 : dcfg_arena_printf(&loader->arena, "override[%zu]",
						     loader->override_count + 1),
		.is_value = is_value,
	};

	APPEND(loader, override, override);
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
	else if (value > dcfg_limit_max(limit))
		misuse(loader, "deploycfg_loader_set_limit",
		       "the limit cannot be that high");
	else {
		loader->limits.of[limit] = value;
		loader->limits_set |= 1u << limit;
	}
}
