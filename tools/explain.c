/* SPDX-License-Identifier: ISC */
/* deploycfg explain: why a key has its value. Must not know how a story is told. */
#include "story.h"
#include "verb.h"

static int run(const struct tool *tool)
{
	const struct sight sight = tool_sight(tool, DEPLOYCFG_FLAG_MASKED);
	const char *key = tool->options->operand;

	if (tool_tell(tool->out, &sight, key))
		return TOOL_OK;
	return tool_not_set(tool, key);
}

const struct verb tool_verb_explain = {
	.name = "explain",
	.operand = "KEY",
	.summary = "say where a value was written, what it overrode",
	.description =
		"Says where the value of KEY was written, then everything that it "
		"overrode and\n"
		"all that was unset, skipped, appended or prepended, strongest "
		"first; of a\n"
		"value with references the text that was expanded, and what was "
		"used. Of a map\n"
		"or list it tells this for everything below, keys that are no "
		"longer set\n"
		"included; `\"\"` is everything. Defaults of the schema are values "
		"like others;\n"
		"what else it says of a key stands behind its name. Secrets, and "
		"what has the\n"
		"name of one, are masked, in all that is told of them.\n",
	.examples = "  deploycfg explain server.port --env production --prefix SHOP\n",
	.options = OPTIONS_LOADING | OPTION_BIT(OPTION_SHOW_SECRETS),
	.run = run,
};
