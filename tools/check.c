/* SPDX-License-Identifier: ISC */
/* deploycfg check: whether it loads, and a line that sums it up. Must not know values. */
#include <stdlib.h>

#include "verb.h"
#include "writer.h"

static int run(const struct tool *tool)
{
	struct writer out = tool_writer(tool->out);
	size_t size = deploycfg_snapshot_summary(tool->cfg, NULL, 0) + 1;
	char *line = malloc(size);

	if (!line)
		return tool_without_memory(tool->diagnostics);
	deploycfg_snapshot_summary(tool->cfg, line, size);
	tool_text(&out, "ok: ");
	tool_show(&out, line);
	tool_text(&out, "\n");
	free(line);
	return TOOL_OK;
}

const struct verb tool_verb_check = {
	.name = "check",
	.summary = "print every problem, or a line that sums up",
	.description = "Loads everything and prints errors, warnings and notes. Where "
		       "there is no\n"
		       "error, one line sums up what was loaded: the environment and who "
		       "selected it,\n"
		       "the overlays, the number of values and of sources that were "
		       "read, and a digest\n"
		       "that changes when a value does.\n",
	.examples = "  deploycfg check --env production\n",
	.options = OPTIONS_LOADING,
	.notes = true,
	.run = run,
};
