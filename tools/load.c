/* SPDX-License-Identifier: ISC */
/* Loads with a loader that is ready, and tells what it reports. Must not know what is done
 * with what comes of it. */
#include "load.h"

#include <string.h>

/* Whether a place is an option that gives a key: --set[N], --map-env NAME=KEY. */
static bool gives_key(const char *place)
{
	static const char set[] = "--set[", map[] = "--map-env ";

	return strncmp(place, set, strlen(set)) == 0 ||
	       strncmp(place, map, strlen(map)) == 0;
}

/* What is no key is none in any configuration: the command line is wrong, as it is where
 * `get` is asked for it. */
static bool has_wrong_key(const struct deploycfg_errors *errors)
{
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++) {
		const struct deploycfg_error *error = deploycfg_errors_at(errors, i);

		if (deploycfg_error_status(error) == DEPLOYCFG_ERR_KEY &&
		    gives_key(deploycfg_error_file(error)))
			return true;
	}
	return false;
}

/* A key that has to be there is none that was asked for. */
int tool_load_status(const struct deploycfg_errors *errors)
{
	int status = tool_status_of(errors);

	if (has_wrong_key(errors))
		return TOOL_USAGE;
	return status == TOOL_NOT_SET ? TOOL_INVALID : status;
}

/* Tells the errors. A load that gave nothing is no success, whatever it reported. */
static int end(const struct tool *tool, const struct deploycfg_snapshot *loaded,
	       struct deploycfg_errors *errors)
{
	int status = tool_load_status(errors);

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

struct deploycfg_snapshot *tool_schema_again(const struct tool *tool)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *schema =
		deploycfg_loader_schema(tool->loader, &errors);

	if (schema)
		deploycfg_errors_free(errors);
	else
		tool_report(tool->diagnostics, errors);
	return schema;
}
