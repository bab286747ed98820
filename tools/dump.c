/* SPDX-License-Identifier: ISC */
/* deploycfg dump: everything that is in force. Must not know any format. */
#include "format.h"
#include "verb.h"

static int run(const struct tool *tool)
{
	struct writer out = tool_writer(tool->out);

	tool->options->format->write(&out, tool->cfg,
				     tool_has(tool->options, OPTION_ORIGIN));
	return TOOL_OK;
}

const struct verb tool_verb_dump = {
	.name = "dump",
	.summary = "print the whole configuration that is in force",
	.description = "Prints the whole configuration that is in force, in the order of "
		       "its keys.\n"
		       "\n"
		       "  yaml  loads back to the same values and types\n"
		       "  json  one nested object\n"
		       "  repr  one line per value, `path = value`, as Python writes it: "
		       "5 and '5' differ\n",
	.examples = "  deploycfg dump --env production --origin\n"
		    "  deploycfg dump --dir config --env production --format json\n",
	.options =
		OPTIONS_LOADING | OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_ORIGIN),
	.run = run,
};
