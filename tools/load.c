/* SPDX-License-Identifier: ISC */
/* Loads with a loader that is ready, and tells what it reports. Must not know what is done
 * with what comes of it. */
#include "load.h"

#include <string.h>

/* Whether a place is an option that gives a key: --set[N], or env:NAME of --map-env. */
static bool gives_key(const struct options *options, const char *place)
{
	static const char set[] = "--set[", variable[] = "env:";
	const char *name = place + strlen(variable);

	if (strncmp(place, set, strlen(set)) == 0)
		return true;
	for (size_t i = 0; i < options->count; i++) {
		const struct given *given = &options->given[i];

		if (given->id == OPTION_MAP_ENV &&
		    strncmp(place, variable, strlen(variable)) == 0 &&
		    strlen(name) == (size_t)(given->equals - given->value) &&
		    strncmp(name, given->value, strlen(name)) == 0)
			return true;
	}
	return false;
}

/* What is no key is none in any configuration: the command line is wrong, as it is where
 * `get` is asked for it. */
static bool has_wrong_key(const struct options *options,
			  const struct deploycfg_errors *errors)
{
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++) {
		const struct deploycfg_error *error = deploycfg_errors_at(errors, i);

		if (deploycfg_error_status(error) == DEPLOYCFG_ERR_KEY &&
		    gives_key(options, deploycfg_error_file(error)))
			return true;
	}
	return false;
}

/* A key that has to be there is none that was asked for. */
int tool_load_status(const struct tool *tool, const struct deploycfg_errors *errors)
{
	int status = tool_status_of(errors);

	if (has_wrong_key(tool->options, errors))
		return TOOL_USAGE;
	return status == TOOL_NOT_SET ? TOOL_INVALID : status;
}

/* Tells the errors. A load that gave nothing is no success, whatever it reported. */
static int end(const struct tool *tool, const struct deploycfg_snapshot *loaded,
	       struct deploycfg_errors *errors)
{
	int status = tool_load_status(tool, errors);

	tool_report(tool->diagnostics, errors);
	return !loaded && status == TOOL_OK ? TOOL_INVALID : status;
}

int tool_load(const struct tool *tool, struct deploycfg_snapshot **cfg)
{
	struct deploycfg_errors *errors = NULL;

	*cfg = deploycfg_loader_load(tool->loader, &errors);
	return end(tool, *cfg, errors);
}

int tool_load_schema(const struct tool *tool, struct deploycfg_snapshot **schema)
{
	struct deploycfg_errors *errors = NULL;

	*schema = deploycfg_loader_schema(tool->loader, &errors);
	return end(tool, *schema, errors);
}
