/* SPDX-License-Identifier: ISC */
/* Tells a loader what the options say and prints what it reports. Must not know what is
 * done with the snapshot. */
#define _POSIX_C_SOURCE 200809L

#include "load.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "input.h"
#include "message.h"

static const char default_directory[] = "config";

/* What loading needs to remember between two options. */
struct loading {
	const struct tool *tool;
	struct deploycfg_loader *loader;
	unsigned overrides; /* so far */
};

static int without_memory(const struct tool *tool)
{
	tool_error(tool->err, DEPLOYCFG_ERR_MEMORY, TOOL_SAY("out of memory"));
	return TOOL_INVALID;
}

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
	int status = tool_input_read(&input, loading->tool->in, loading->tool->err);

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
		return without_memory(loading->tool);
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
		return without_memory(loading->tool);
	deploycfg_loader_map_variable(loading->loader, name, given->equals + 1);
	free(name);
	return TOOL_OK;
}

static int apply(struct loading *loading, const struct given *given)
{
	struct deploycfg_loader *loader = loading->loader;

	switch (given->id) {
	case OPTION_DIR:
		deploycfg_loader_add_dir(loader, given->value);
		break;
	case OPTION_FILE:
		return add_file(loading, given->value);
	case OPTION_ENV:
		deploycfg_loader_set_environment(loader, given->value);
		break;
	case OPTION_PREFIX:
		deploycfg_loader_set_prefix(loader, given->value);
		break;
	case OPTION_MAP_ENV:
		return map_variable(loading, given);
	case OPTION_SET:
		return add_override(loading, given);
	case OPTION_ENVIRON:
		deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_ALWAYS);
		break;
	case OPTION_NO_ENVIRON:
		deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_NEVER);
		break;
	default:
		break;
	}
	return TOOL_OK;
}

/* Where nothing is named to be read, it is ./config, which has to be there. */
static int add_default(const struct loading *loading)
{
	FILE *err = loading->tool->err;
	struct stat status;

	if (tool_has(loading->tool->options, OPTION_DIR) ||
	    tool_has(loading->tool->options, OPTION_FILE))
		return TOOL_OK;
	if (stat(default_directory, &status) != 0 || !S_ISDIR(status.st_mode)) {
		tool_error(err, DEPLOYCFG_ERR_ARGUMENT,
			   TOOL_SAY("nothing to read: neither --dir nor --file is given, "
				    "and there is "
				    "no directory ./config here"));
		tool_hint(err, TOOL_SAY("name a directory: deploycfg --dir DIR ..."));
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

static int load(struct tool *tool, struct deploycfg_loader *loader)
{
	struct deploycfg_errors *errors = NULL;

	tool->cfg = deploycfg_loader_load(loader, &errors);
	int status = tool_status_of(errors);

	deploycfg_errors_report(errors, tool->err);
	return !tool->cfg && status == TOOL_OK ? TOOL_INVALID : status;
}

int tool_load(struct tool *tool)
{
	struct loading loading = {tool, deploycfg_loader_new(), 0};
	int status;

	if (!loading.loader)
		return without_memory(tool);
	status = apply_all(&loading);
	if (status == TOOL_OK)
		status = load(tool, loading.loader);
	deploycfg_loader_free(loading.loader);
	return status;
}
