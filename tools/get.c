/* SPDX-License-Identifier: ISC */
/* deploycfg get: one value, for scripts. Must not know where it comes from. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <unistd.h>

#include "format.h"
#include "story.h"
#include "verb.h"

/* Scripts get the bytes; a terminal would obey some of them. */
static void print_text(struct writer *out, const struct deploycfg_entry *entry)
{
	int descriptor = fileno(out->file);
	size_t length;
	const char *text = deploycfg_entry_text(entry, &length);

	if (descriptor >= 0 && isatty(descriptor))
		tool_escaped(out, &tool_escapes_terminal, text, length);
	else
		tool_bytes(out, text, length);
}

static void print(struct writer *out, const struct deploycfg_snapshot *cfg,
		  const struct deploycfg_entry *entry)
{
	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_LIST:
	case DEPLOYCFG_MAP:
		tool_json(out, cfg, entry);
		return;
	case DEPLOYCFG_NULL:
		break;
	default:
		print_text(out, entry);
		break;
	}
	tool_text(out, "\n");
}

static int run(const struct tool *tool)
{
	const char *key = tool->options->operand;
	const struct deploycfg_entry *entry = deploycfg_find(tool->cfg, key, SIZE_MAX);
	struct writer out = tool_writer(tool->out);

	if (!entry)
		return tool_not_set(tool->err, tool->cfg, key);
	print(&out, tool->cfg, entry);
	return TOOL_OK;
}

const struct verb tool_verb_get = {
	.name = "get",
	.operand = "KEY",
	.summary = "print one value",
	.description = "Prints the value of KEY as it was written, and a newline: null "
		       "as an empty line, a\n"
		       "list or map as JSON. A key that is not set is exit status 5.\n"
		       "\n"
		       "Keys are parted by dots, list items are counted from 0, and odd "
		       "names are quoted:\n"
		       "server.port, servers[0].host, limits.\"api.v1\"\n",
	.examples = "  port=$(deploycfg get server.port --env production) || exit\n",
	.options = OPTIONS_LOADING,
	.run = run,
};
