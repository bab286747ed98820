/* SPDX-License-Identifier: ISC */
/* deploycfg check: whether it loads, in one environment or in each, and a line that sums it
 * up. Must not know values. */
#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>
#include <string.h>

#include "collection.h"
#include "load.h"
#include "verb.h"
#include "writer.h"

/* With --all-envs nobody gave the argument that selects. */
static void summary(struct writer *out, char *line, bool all)
{
	static const char argument[] = "(argument)";
	char *who = all ? strstr(line, argument) : NULL;

	if (who)
		*who = '\0';
	tool_text(out, "ok: ");
	tool_show(out, line);
	tool_text(out, who ? "(--all-envs)" : "");
	tool_show(out, who ? who + strlen(argument) : "");
	tool_text(out, "\n");
}

static int sum_up(const struct tool *tool, const struct deploycfg_snapshot *cfg)
{
	struct writer out = tool_writer(tool->out);
	size_t size = deploycfg_snapshot_summary(cfg, NULL, 0) + 1;
	char *line = malloc(size);

	if (!line)
		return tool_without_memory(tool->diagnostics);
	deploycfg_snapshot_summary(cfg, line, size);
	summary(&out, line, tool_has(tool->options, OPTION_ALL_ENVS));
	free(line);
	return TOOL_OK;
}

static int check_one(const struct tool *tool)
{
	struct deploycfg_snapshot *cfg;
	int status = tool_load(tool, &cfg);

	if (status == TOOL_OK)
		status = sum_up(tool, cfg);
	deploycfg_snapshot_unref(cfg);
	return status;
}

/* Loads one environment, and keeps what is wrong with it. */
static int check_next(const struct tool *tool, const char *name,
		      struct collection *collection)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	int status;

	deploycfg_loader_set_environment(tool->loader, name);
	cfg = deploycfg_loader_load(tool->loader, &errors);
	status = tool_load_status(errors);
	if (!cfg)
		status = tool_worse(status, TOOL_INVALID);
	else if (status == TOOL_OK)
		status = sum_up(tool, cfg);
	deploycfg_snapshot_unref(cfg);
	if (!tool_collect(collection, errors))
		status = tool_worse(status, tool_without_memory(tool->diagnostics));
	return status;
}

/* names: parted by commas; is taken apart. */
static int check_each(const struct tool *tool, char *names, struct collection *collection)
{
	int status = TOOL_OK;
	char *rest = names;

	for (char *name; (name = strtok_r(rest, ",", &rest));)
		status = tool_worse(status, check_next(tool, name, collection));
	return status;
}

/* What is declared, or the one thing to check where nothing is. Returns a status. */
static int names_of(const struct tool *tool, struct collection *collection, char **names)
{
	struct deploycfg_errors *errors = NULL;
	const char *listed = deploycfg_loader_environments(tool->loader, &errors);
	int status = tool_load_status(errors);
	bool kept;

	*names = listed ? strdup(*listed ? listed : "none") : NULL;
	kept = tool_collect(collection, errors);
	if (!listed)
		status = tool_worse(status, TOOL_INVALID);
	if (!kept || (listed && !*names))
		status = tool_worse(status, tool_without_memory(tool->diagnostics));
	return status;
}

static int check_all(const struct tool *tool)
{
	struct collection collection = {NULL, 0, 0};
	char *names;
	int status = names_of(tool, &collection, &names);

	if (names)
		status = tool_worse(status, check_each(tool, names, &collection));
	status = tool_worse(status,
			    tool_report_collection(&collection, tool->diagnostics));
	tool_collection_fini(&collection);
	free(names);
	return status;
}

static int run(const struct tool *tool)
{
	bool lint = tool_has(tool->options, OPTION_LINT);

	deploycfg_loader_set_check(tool->loader,
				   lint ? DEPLOYCFG_CHECK_LINT : DEPLOYCFG_CHECK_STRICT);
	return tool_has(tool->options, OPTION_ALL_ENVS) ? check_all(tool)
							: check_one(tool);
}

const struct verb tool_verb_check = {
	.name = "check",
	.input = INPUT_LOADER,
	.summary = "print every problem, or a line that sums up",
	.description =
		"Loads everything and prints errors, warnings and notes. Where there is "
		"no\n"
		"error, one line sums up what was loaded: the environment and who "
		"selected\n"
		"it, the overlays, the number of values and of sources that were read, "
		"and a\n"
		"digest that changes when a value does. A key that no schema declares is "
		"an\n"
		"error here, whatever --unknown or the manifest say.\n"
		"\n"
		"With --all-envs it does so for every environment that is declared, or,\n"
		"without a manifest, for each that has a layer, and prints what is wrong "
		"in\n"
		"several of them once.\n",
	.examples = "  deploycfg check --env production\n"
		    "  deploycfg check --all-envs --lint --error-format github\n",
	.options =
		OPTIONS_LOADING | OPTION_BIT(OPTION_ALL_ENVS) | OPTION_BIT(OPTION_LINT),
	.notes = true,
	.run = run,
};
