/* SPDX-License-Identifier: ISC */
/* Tells a loader what the options say. Must not know what is loaded with it. */
#define _POSIX_C_SOURCE 200809L

#include "load.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "input.h"
#include "verb.h"

static const char default_directory[] = "config";

/* What loading needs to remember between two options. */
struct loading {
	const struct tool *tool;
	struct deploycfg_loader *loader;
	unsigned overrides; /* so far */
};

/* NUL-terminated copy, or NULL. */
static char *copy_of(const char *text, size_t length)
{
	char *copy = malloc(length + 1);

	if (!copy)
		return NULL;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

static int add_stdin(const struct loading *loading)
{
	struct input input;
	int status =
		tool_input_read(&input, loading->tool->in, loading->tool->diagnostics);

	if (status == TOOL_OK)
		deploycfg_loader_add_text(loading->loader, DEPLOYCFG_LAYER_FILE, "-",
					  DEPLOYCFG_YAML, input.bytes, input.length);
	free(input.bytes);
	return status;
}

static int add_file(const struct loading *loading, const char *path)
{
	if (strcmp(path, "-") == 0)
		return add_stdin(loading);
	deploycfg_loader_add_file(loading->loader, path);
	return TOOL_OK;
}

static int add_override(struct loading *loading, const struct given *given)
{
	size_t length = (size_t)(given->equals - given->value);
	bool is_value = given->equals[-1] == ':';
	char *path = copy_of(given->value, length - is_value);
	char origin[32];

	if (!path)
		return tool_without_memory(loading->tool->diagnostics);
	snprintf(origin, sizeof(origin), "--set[%u]", ++loading->overrides);
	if (is_value)
		deploycfg_loader_override_value(loading->loader, path, given->equals + 1,
						origin);
	else
		deploycfg_loader_override(loading->loader, path, given->equals + 1,
					  origin);
	free(path);
	return TOOL_OK;
}

static int map_variable(const struct loading *loading, const struct given *given)
{
	char *name = copy_of(given->value, (size_t)(given->equals - given->value));

	if (!name)
		return tool_without_memory(loading->tool->diagnostics);
	deploycfg_loader_map_variable(loading->loader, name, given->equals + 1);
	free(name);
	return TOOL_OK;
}

/* Options whose value the loader takes as it is. */
static void (*const setters[OPTION_COUNT])(struct deploycfg_loader *, const char *) = {
	[OPTION_DIR] = deploycfg_loader_add_dir,
	[OPTION_PROJECT] = deploycfg_loader_set_project,
	[OPTION_ROOT] = deploycfg_loader_set_root,
	[OPTION_ENV] = deploycfg_loader_set_environment,
	[OPTION_OVERLAY] = deploycfg_loader_add_overlay,
	[OPTION_PLATFORM] = deploycfg_loader_set_platform,
	[OPTION_PROGRAM] = deploycfg_loader_set_program,
	[OPTION_PREFIX] = deploycfg_loader_set_prefix,
	[OPTION_ENV_FILE] = deploycfg_loader_add_env_file,
	[OPTION_SCHEMA] = deploycfg_loader_add_schema,
	[OPTION_SECRETS] = deploycfg_loader_add_secrets,
};

static int apply(struct loading *loading, const struct given *given)
{
	struct deploycfg_loader *loader = loading->loader;

	switch (given->id) {
	case OPTION_FILE:
		return add_file(loading, given->value);
	case OPTION_MAP_ENV:
		return map_variable(loading, given);
	case OPTION_SET:
		return add_override(loading, given);
	case OPTION_ENVIRON:
		deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_ALWAYS);
		return TOOL_OK;
	case OPTION_NO_ENVIRON:
		deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_NEVER);
		return TOOL_OK;
	case OPTION_UNKNOWN:
		deploycfg_loader_set_unknown(loader, strcmp(given->value, "warn") == 0
							     ? DEPLOYCFG_UNKNOWN_WARN
							     : DEPLOYCFG_UNKNOWN_ERROR);
		return TOOL_OK;
	case OPTION_TRUST:
		deploycfg_loader_set_trust(loader, DEPLOYCFG_TRUST_OWNER);
		return TOOL_OK;
	case OPTION_TRUST_USER:
		deploycfg_loader_trust_user(loader, given->number);
		return TOOL_OK;
	case OPTION_TRUST_GROUP:
		deploycfg_loader_trust_group(loader, given->number);
		return TOOL_OK;
	default:
		if (setters[given->id])
			setters[given->id](loader, given->value);
		return TOOL_OK;
	}
}

/* Where nothing is named to be read, it is ./config, which has to be there. */
static int add_default(const struct loading *loading)
{
	const struct options *options = loading->tool->options;
	bool alone =
		options->verb->input == INPUT_SCHEMA && tool_has(options, OPTION_SCHEMA);
	struct stat status;

	if (tool_has(options, OPTION_DIR) || tool_has(options, OPTION_PROJECT) ||
	    tool_has(options, OPTION_FILE))
		return TOOL_OK;
	if (stat(default_directory, &status) != 0 || !S_ISDIR(status.st_mode)) {
		if (alone)
			return TOOL_OK;
		tool_error(
			loading->tool->diagnostics, DEPLOYCFG_ERR_ARGUMENT,
			TOOL_SAY(
				"nothing to read: neither --dir, --project nor --file is "
				"given, and there is no directory ./config here"),
			options->verb->input == INPUT_SCHEMA
				? TOOL_SAY("name a schema with --schema FILE, or a "
					   "directory with --dir DIR; deploycfg init "
					   "writes one to begin with")
				: TOOL_SAY("name a directory: deploycfg --dir DIR ..."));
		return TOOL_USAGE;
	}
	deploycfg_loader_add_dir(loading->loader, default_directory);
	return TOOL_OK;
}

static int apply_all(struct loading *loading)
{
	const struct options *options = loading->tool->options;
	int status = add_default(loading);

	deploycfg_loader_set_environ(loading->loader,
				     (const char *const *)loading->tool->envp);
	for (size_t i = 0; status == TOOL_OK && i < options->count; i++)
		status = apply(loading, &options->given[i]);
	return status;
}

int tool_loader_init(struct tool *tool)
{
	struct loading loading = {tool, deploycfg_loader_new(), 0};

	tool->loader = loading.loader;
	if (!loading.loader)
		return tool_without_memory(tool->diagnostics);
	return apply_all(&loading);
}
