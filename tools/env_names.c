/* SPDX-License-Identifier: ISC */
/* deploycfg env-names: which variable sets which key. Must not know values. */
#include "names.h"
#include "verb.h"

/* Why no variable sets a value; NULL where one does. */
static const char *reason_of(const struct name *name)
{
	if (deploycfg_entry_type(name->entry) == DEPLOYCFG_MAP)
		return "no text can override a map";
	return name->reason;
}

static void line(struct writer *out, const struct name *name, size_t column)
{
	const char *reason = reason_of(name);

	tool_text(out, reason ? "-" : name->text);
	tool_pad(out, column);
	tool_text(out, "  ");
	tool_show(out, deploycfg_entry_path(name->entry));
	if (reason) {
		tool_text(out, "  (");
		tool_text(out, reason);
		tool_text(out, ")");
	}
	tool_text(out, "\n");
}

static void write_names(FILE *file, const struct names *names)
{
	struct writer out = tool_writer(file), nowhere = tool_writer(NULL);
	size_t width = 0;

	for (size_t i = 0; i < names->count; i++) {
		if (reason_of(&names->list[i]))
			continue;
		nowhere.column = 0;
		tool_text(&nowhere, names->list[i].text);
		tool_widen(&width, nowhere.column);
	}
	for (size_t i = 0; i < names->count; i++)
		line(&out, &names->list[i], width);
}

static int run(const struct tool *tool)
{
	const char *prefix = deploycfg_snapshot_prefix(tool->cfg);
	struct names names;
	bool complete;

	if (!*prefix) {
		tool_error(
			tool->diagnostics, DEPLOYCFG_ERR_ARGUMENT,
			TOOL_SAY("the names of variables begin with a prefix, and none "
				 "is given"),
			TOOL_SAY("add --prefix SHOP, or whatever the program has"));
		return TOOL_USAGE;
	}
	complete = tool_names_init(&names, tool->cfg, prefix, deploycfg_root(tool->cfg),
				   true);
	if (complete)
		write_names(tool->out, &names);
	tool_names_fini(&names);
	return complete ? TOOL_OK : tool_without_memory(tool->diagnostics);
}

const struct verb tool_verb_env_names = {
	.name = "env-names",
	.summary = "list the variable that sets each key",
	.description = "Prints for every value the variable that sets it, and its key. A "
		       "dash stands\n"
		       "for a name that cannot be, with the reason behind the key; with "
		       "--map-env any\n"
		       "variable can set what is no map. A list is set as a whole by the "
		       "name without a\n"
		       "number. It needs a prefix, from --prefix or --project.\n",
	.examples = "  deploycfg env-names --env production --prefix SHOP\n",
	.options = OPTIONS_LOADING,
	.run = run,
};
