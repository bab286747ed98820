/* SPDX-License-Identifier: ISC */
/* The command from beginning to end: read options, load, run the verb, flush. Must not
 * know what a verb does. */
#include "tool.h"

#include <errno.h>
#include <string.h>

#include "help.h"
#include "load.h"
#include "verb.h"

/* What the verb works with. */
static int prepare(struct tool *tool)
{
	const struct verb *verb = tool->options->verb;
	int status = TOOL_OK;

	tool->diagnostics->notes = verb->notes;
	if (verb->input != INPUT_NOTHING)
		status = tool_loader_init(tool);
	if (status == TOOL_OK && verb->input == INPUT_SNAPSHOT)
		status = tool_load(tool, &tool->cfg);
	return status;
}

static int run_verb(struct tool *tool)
{
	int status = prepare(tool);

	if (status == TOOL_OK)
		status = tool->options->verb->run(tool);
	tool->cfg = deploycfg_snapshot_unref(tool->cfg);
	tool->loader = deploycfg_loader_free(tool->loader);
	return status;
}

static int run(struct tool *tool)
{
	if (tool_has(tool->options, OPTION_HELP)) {
		tool_help(tool->out, tool->options->verb);
		return TOOL_OK;
	}
	if (tool_has(tool->options, OPTION_VERSION)) {
		fprintf(tool->out, "deploycfg %s\n", deploycfg_version());
		return TOOL_OK;
	}
	return run_verb(tool);
}

/* A result that did not arrive is no success. */
static int flush(const struct tool *tool, int status)
{
	bool failed_before = ferror(tool->out);
	int reason = fflush(tool->out) == 0 ? 0 : errno;

	if (!failed_before && !reason)
		return status;
	if (reason)
		tool_error(tool->diagnostics, DEPLOYCFG_ERR_IO,
			   TOOL_SAY("cannot write to standard output: ", strerror(reason),
				    ""),
			   NULL);
	else
		tool_error(tool->diagnostics, DEPLOYCFG_ERR_IO,
			   TOOL_SAY("cannot write to standard output"), NULL);
	return status == TOOL_OK ? TOOL_INVALID : status;
}

int deploycfg_tool(int argc, char **argv, char **envp, FILE *in, FILE *out, FILE *err)
{
	struct diagnostics diagnostics = tool_options_diagnostics(argc, argv, envp, err);
	struct options options;
	struct tool tool = {envp, in, out, &diagnostics, &options, NULL, NULL};
	int status = tool_options_read(&options, argc, argv, &diagnostics);

	if (status == TOOL_OK)
		status = run(&tool);
	status = flush(&tool, status);
	tool_diagnostics_end(&diagnostics);
	tool_options_fini(&options);
	return status;
}
