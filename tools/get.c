/* SPDX-License-Identifier: ISC */
/* deploycfg get: one value, for scripts. Must not know where it comes from. */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "format.h"
#include "privilege.h"
#include "story.h"
#include "verb.h"

/* Scripts get the bytes; a terminal would obey some of them. */
static void print_text(struct writer *out, const char *text, size_t length)
{
	int descriptor = fileno(out->file);

	if (descriptor >= 0 && isatty(descriptor))
		tool_escaped(out, &tool_escapes_terminal, text, length);
	else
		tool_bytes(out, text, length);
}

static void print(struct writer *out, const struct sight *sight,
		  const struct deploycfg_entry *entry)
{
	size_t length;
	const char *text = deploycfg_entry_text(tool_see(sight, entry), &length);

	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_LIST:
	case DEPLOYCFG_MAP:
		tool_json(out, sight, entry);
		return;
	default:
		print_text(out, text, length);
		break;
	}
	tool_text(out, "\n");
}

/* Prints the fallback, unless what was asked for is no key. */
static int fall_back(const struct tool *tool, const char *fallback)
{
	struct deploycfg_errors *errors = NULL;
	struct writer out = tool_writer(tool->out);

	deploycfg_get_string_or(tool->cfg, tool->options->operand, fallback, &errors);
	if (errors) {
		tool_report(tool->diagnostics, errors);
		return TOOL_USAGE;
	}
	print_text(&out, fallback, strlen(fallback));
	tool_text(&out, "\n");
	return TOOL_OK;
}

/* A script must never take a mask for a password. */
static int refuse(const struct tool *tool, const char *key,
		  const struct deploycfg_entry *secret)
{
	const char *path = deploycfg_entry_path(secret);

	if (strcmp(path, key) == 0)
		tool_key_error(tool->diagnostics, DEPLOYCFG_ERR_SECRET, path,
			       TOOL_SAY("", path, " is a secret"),
			       tool_is_privileged()
				       ? TOOL_SAY("a privileged process shows none")
				       : TOOL_SAY("--show-secrets prints it"));
	else
		tool_key_error(tool->diagnostics, DEPLOYCFG_ERR_SECRET, path,
			       TOOL_SAY("", path,
					" is a secret, and part of what is "
					"asked for"),
			       tool_is_privileged()
				       ? TOOL_SAY("ask for single keys")
				       : TOOL_SAY("ask for single keys, or add "
						  "--show-secrets"));
	return TOOL_INVALID;
}

static int run(const struct tool *tool)
{
	const char *key = tool->options->operand;
	const char *fallback = tool_value(tool->options, OPTION_DEFAULT);
	const struct deploycfg_entry *entry = deploycfg_find(tool->cfg, key, SIZE_MAX);
	const struct sight sight = tool_sight(tool, DEPLOYCFG_FLAG_SECRET);
	const struct deploycfg_entry *unseen;
	struct writer out = tool_writer(tool->out);

	if (fallback && (!entry || deploycfg_entry_type(entry) == DEPLOYCFG_NULL))
		return fall_back(tool, fallback);
	if (!entry)
		return tool_not_set(tool, key);
	unseen = deploycfg_entry_flags(entry) & sight.masked ? entry
							     : tool_unseen(&sight, entry);
	if (unseen)
		return refuse(tool, deploycfg_entry_path(entry), unseen);
	print(&out, &sight, entry);
	return TOOL_OK;
}

const struct verb tool_verb_get = {
	.name = "get",
	.operand = "KEY",
	.summary = "print one value",
	.description = "Prints the value of KEY as it was written, and a newline: null "
		       "as an empty\n"
		       "line, a list or map as JSON. A key that is not set is exit "
		       "status 5, unless\n"
		       "--default says what to print then. A secret, and what holds "
		       "one, is exit\n"
		       "status 1, unless --show-secrets is given.\n"
		       "\n"
		       "Keys are parted by dots, list items are counted from 0, and odd "
		       "names are\n"
		       "quoted: server.port, servers[0].host, limits.\"api.v1\"\n",
	.examples = "  port=$(deploycfg get server.port --env production) || exit\n"
		    "  deploycfg get server.host --env production --default localhost\n",
	.options = OPTIONS_LOADING | OPTION_BIT(OPTION_DEFAULT) |
		   OPTION_BIT(OPTION_SHOW_SECRETS),
	.run = run,
};
