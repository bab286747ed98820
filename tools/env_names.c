/* SPDX-License-Identifier: ISC */
/* deploycfg env-names: which variable sets which key, of all that is declared or set. Must not
 * know values. */
#include "env_table.h"
#include "load.h"
#include "verb.h"

/* Why no variable sets a value; NULL where one does. */
static const char *reason_of(const struct name *name)
{
	if (deploycfg_entry_type(name->entry) == DEPLOYCFG_MAP)
		return "no text can override a map";
	return name->reason;
}

/* Whether a variable may name a file that the value is read from: of each that is a secret. */
static bool has_file(const struct name *name)
{
	return !reason_of(name) &&
	       deploycfg_entry_flags(name->entry) & DEPLOYCFG_FLAG_SECRET &&
	       deploycfg_entry_type(name->entry) != DEPLOYCFG_LIST;
}

static void variable(struct writer *out, const struct name *name, const char *suffix)
{
	tool_text(out, name->text);
	tool_text(out, suffix);
}

/* What follows the variable; remark: NULL for none. */
static void end_line(struct writer *out, const struct name *name, size_t column,
		     const char *remark)
{
	tool_pad(out, column);
	tool_text(out, "  ");
	tool_show(out, deploycfg_entry_path(name->entry));
	if (remark) {
		tool_text(out, "  (");
		tool_text(out, remark);
		tool_text(out, ")");
	}
	tool_text(out, "\n");
}

static void line(struct writer *out, const struct name *name, size_t column)
{
	const char *reason = reason_of(name);

	tool_text(out, reason ? "-" : name->text);
	end_line(out, name, column, reason);
	if (!has_file(name))
		return;
	variable(out, name, "__FILE");
	end_line(out, name, column, "names a file that holds it");
}

static void widen(size_t *width, const struct names *names)
{
	struct writer nowhere = tool_writer(NULL);

	for (size_t i = 0; i < names->count; i++) {
		if (reason_of(&names->list[i]))
			continue;
		nowhere.column = 0;
		variable(&nowhere, &names->list[i],
			 has_file(&names->list[i]) ? "__FILE" : "");
		tool_widen(width, nowhere.column);
	}
}

/* What is declared comes before the rest; where nothing is, that is all there is. False without
 * memory. */
static bool write_names(const struct tool *tool, const struct keys *keys,
			struct names *names, const struct names *taken)
{
	struct writer out = tool_writer(tool->out);
	bool declared = keys->count > 1;
	size_t width = 0;

	if (declared)
		tool_keep_undeclared(names, tool->cfg, keys);
	widen(&width, names);
	if (declared && !tool_env_table(&out, keys, tool->cfg, taken, &width))
		return false;
	for (size_t i = 0; i < names->count; i++)
		line(&out, &names->list[i], width);
	return true;
}

static int write_all(const struct tool *tool, const struct deploycfg_snapshot *schema)
{
	const char *prefix = deploycfg_snapshot_prefix(tool->cfg);
	struct names names = {NULL, 0, NULL}, taken = {NULL, 0, NULL};
	struct keys keys;
	bool complete =
		tool_keys_init(&keys, &(struct sight){schema, DEPLOYCFG_FLAG_MASKED}) &&
		tool_names_init(&names, tool->cfg, prefix, deploycfg_root(tool->cfg),
				true) &&
		tool_names_every(&taken, tool->cfg, prefix) &&
		write_names(tool, &keys, &names, &taken);

	tool_keys_fini(&keys);
	tool_names_fini(&names);
	tool_names_fini(&taken);
	return complete ? TOOL_OK : tool_without_memory(tool->diagnostics);
}

static int run(const struct tool *tool)
{
	struct deploycfg_snapshot *schema;
	int status;

	if (!*deploycfg_snapshot_prefix(tool->cfg)) {
		tool_error(
			tool->diagnostics, DEPLOYCFG_ERR_ARGUMENT,
			TOOL_SAY("the names of variables begin with a prefix, and none "
				 "is given"),
			TOOL_SAY("add --prefix SHOP, or whatever the program has"));
		return TOOL_USAGE;
	}
	schema = tool_schema_again(tool);
	status = schema ? write_all(tool, schema) : TOOL_INVALID;
	deploycfg_snapshot_unref(schema);
	return status;
}

const struct verb tool_verb_env_names = {
	.name = "env-names",
	.summary = "list the variable that sets each key",
	.description =
		"Prints for every value the variable that sets it, and its key. A "
		"dash stands\n"
		"for a name that cannot be, with the reason behind the key; with "
		"--map-env any\n"
		"variable can set what is no map. A list is set as a whole by the "
		"name without a\n"
		"number. It needs a prefix, from --prefix, a manifest or --project.\n"
		"For a secret there is a second line, with the variable that names its "
		"file.\n"
		"\n"
		"With a schema it prints every declared key, set or not, with its "
		"type, its\n"
		"default and the first line of its doc, one line for each of its "
		"variables;\n"
		"<NAME> and <N> stand for any name and for a number. Behind them "
		"come the values\n"
		"that no schema declares.\n",
	.examples = "  deploycfg env-names --env production --prefix SHOP\n",
	.options = OPTIONS_LOADING,
	.run = run,
};
