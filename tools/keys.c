/* SPDX-License-Identifier: ISC */
/* deploycfg keys: what there is to ask for. Must not know values. */
#include "origin.h"
#include "verb.h"

static int run(const struct tool *tool)
{
	const struct deploycfg_entry *root = deploycfg_root(tool->cfg);
	struct writer out = tool_writer(tool->out);

	deploycfg_each_entry (tool->cfg, entry, root) {
		if (entry == root || !tool_is_leaf(entry))
			continue;
		tool_show(&out, deploycfg_entry_path(entry));
		tool_text(&out, "\n");
	}
	return TOOL_OK;
}

const struct verb tool_verb_keys = {
	.name = "keys",
	.summary = "list the keys of all values",
	.description = "Prints the path of every value, one in a line, in the order of "
		       "dump: of\n"
		       "scalars, and of lists and maps that are empty. What a terminal "
		       "cannot show is\n"
		       "escaped.\n",
	.examples = "  deploycfg keys --env production\n",
	.options = OPTIONS_LOADING,
	.run = run,
};
