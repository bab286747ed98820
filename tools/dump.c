/* SPDX-License-Identifier: ISC */
/* deploycfg dump: everything that is in force. Must not know any format. */
#include "format.h"
#include "story.h"
#include "verb.h"

static int run(const struct tool *tool)
{
	struct writer out = tool_writer(tool->out);
	const char *only = tool_value(tool->options, OPTION_ONLY);
	bool overridden = tool_has(tool->options, OPTION_OVERRIDDEN);
	struct dump dump = {
		.out = &out,
		.diagnostics = tool->diagnostics,
		.sight = tool_sight(tool, DEPLOYCFG_FLAG_MASKED),
		.only = deploycfg_find(tool->cfg, only ? only : "", SIZE_MAX),
		.origin = overridden || tool_has(tool->options, OPTION_ORIGIN),
		.overridden = overridden,
	};

	if (!dump.only)
		return tool_not_set(tool, only);
	return tool->options->format->write(&dump);
}

const struct verb tool_verb_dump = {
	.name = "dump",
	.summary = "print the whole configuration that is in force",
	.description = "Prints the whole configuration that is in force, in the order of "
		       "its keys.\n"
		       "\n"
		       "  yaml  loads back to the same values and types\n"
		       "  json  one nested object\n"
		       "  ini   loads back to the same texts; lists as [a, b]\n"
		       "  env   variables for sh: NAME='value', with the prefix if there "
		       "is one\n"
		       "  repr  `path = value` as Python writes it: 5 and '5' differ\n"
		       "\n"
		       "Keys that ini or env cannot hold are left out, with a warning "
		       "and a comment.\n"
		       "Secrets, and what has the name of one, such as db.password, are "
		       "masked in\n"
		       "yaml, json and repr, and left out of ini and env: with a tag "
		       "that does not\n"
		       "load back, `!secret`, in yaml.\n"
		       "What a value overrode is printed below it, as comments, or in "
		       "JSON beside it.\n",
	.examples = "  deploycfg dump --env production --origin\n"
		    "  deploycfg dump --env production --only server --overridden\n"
		    "  deploycfg dump --dir config --env production --format json\n",
	.options = OPTIONS_LOADING | OPTION_BIT(OPTION_FORMAT) |
		   OPTION_BIT(OPTION_ORIGIN) | OPTION_BIT(OPTION_OVERRIDDEN) |
		   OPTION_BIT(OPTION_ONLY) | OPTION_BIT(OPTION_SHOW_SECRETS),
	.formats = tool_formats,
	.run = run,
};
