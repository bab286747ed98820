/* SPDX-License-Identifier: ISC */
/* Variables as sh reads them: NAME='value' for each value, a list as one flow value. Must
 * not know where values come from but to say so. */
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "left_out.h"
#include "names.h"
#include "origin.h"
#include "status.h"
#include "yaml_parts.h"

/* What may stand between single quotes. In a comment a line must not end. */
static bool goes_quoted(uint32_t code, bool comment)
{
	return tool_printable(code) || (!comment && (code == '\n' || code == '\t'));
}

/* Length of the characters that go between quotes, or of those that do not. */
static size_t run_length(const char *text, size_t length, bool is_quoted, bool comment)
{
	size_t at = 0;

	while (at < length) {
		uint32_t code;
		size_t width = tool_decode(text + at, length - at, &code);

		if (text[at] == '\'' || goes_quoted(code, comment) != is_quoted)
			break;
		at += width;
	}
	return at;
}

/* Bytes that nothing can show, by the command that writes them: "$(printf '\033')". */
static void by_command(struct writer *out, const char *bytes, size_t length)
{
	tool_text(out, "\"$(printf '");
	for (size_t i = 0; i < length; i++) {
		char octal[8];
		int size = snprintf(octal, sizeof(octal), "\\%03o",
				    (unsigned)(unsigned char)bytes[i]);

		tool_bytes(out, octal, (size_t)size);
	}
	tool_text(out, "')\"");
}

static void quoted(struct writer *out, const char *text, size_t length, bool comment)
{
	tool_text(out, "'");
	while (length > 0) {
		size_t run = run_length(text, length, true, comment);

		tool_bytes(out, text, run);
		text += run;
		length -= run;
		if (length == 0)
			break;
		tool_text(out, "'");
		run = run_length(text, length, false, comment);
		if (run > 0)
			by_command(out, text, run);
		else
			tool_text(out, "\\'");
		tool_text(out, "'");
		run = run > 0 ? run : 1;
		text += run;
		length -= run;
	}
	tool_text(out, "'");
}

static bool assignment(const struct dump *dump, const char *name,
		       const struct deploycfg_entry *value, bool comment)
{
	struct one_line line;

	if (!tool_one_line(dump, value, &line))
		return false;
	tool_text(dump->out, comment ? "# " : "");
	tool_text(dump->out, name);
	tool_text(dump->out, "=");
	quoted(dump->out, line.bytes, line.length, comment);
	if (dump->origin)
		tool_comment(dump->out, "\t", value);
	tool_text(dump->out, "\n");
	free(line.owned);
	return true;
}

static bool is_null(const struct deploycfg_entry *entry)
{
	return deploycfg_entry_type(entry) == DEPLOYCFG_NULL;
}

static bool variable(const struct dump *dump, const struct name *name,
		     struct left_out *withheld)
{
	if (tool_withhold(withheld, dump, name->entry))
		return true;
	if (!is_null(name->entry) && !assignment(dump, name->text, name->entry, false))
		return false;
	tool_each_overridden (dump, lost, name->entry)
		assignment(dump, name->text, lost, true);
	tool_write_overridden_below(dump, name->entry, "\t");
	return true;
}

static bool variables(const struct dump *dump, const struct names *names)
{
	struct left_out left = {.count = 0}, withheld = left;

	for (size_t i = 0; i < names->count; i++) {
		const struct name *name = &names->list[i];

		if (!tool_is_shown(dump, name->entry))
			continue;
		if (name->reason && is_null(name->entry))
			continue;
		if (name->reason)
			tool_leave_out(&left, dump, name->entry, name->reason);
		else if (!variable(dump, name, &withheld))
			return false;
	}
	tool_warn_left_out(&left, dump->diagnostics, DEPLOYCFG_ERR_VARIABLE,
			   "one key has no variable and is left out: ",
			   "these keys have no variable and are left out: ");
	tool_warn_withheld(&withheld, dump->diagnostics);
	return true;
}

/* Maps have no line of their own. */
static void overridden_by_maps(const struct dump *dump)
{
	deploycfg_each_entry (dump->sight.cfg, entry, deploycfg_root(dump->sight.cfg)) {
		if (deploycfg_entry_type(entry) == DEPLOYCFG_MAP &&
		    !tool_is_leaf(entry) && tool_is_shown(dump, entry))
			tool_write_overridden(dump, entry, "\t");
	}
}

static int write_env(const struct dump *dump)
{
	struct names names;
	bool complete = tool_names_init(&names, dump->sight.cfg,
					deploycfg_snapshot_prefix(dump->sight.cfg),
					dump->only, false) &&
			variables(dump, &names);

	tool_names_fini(&names);
	if (!complete)
		return tool_without_memory(dump->diagnostics);
	overridden_by_maps(dump);
	tool_write_lost(dump, "\t");
	return TOOL_OK;
}

const struct format tool_format_env = {"env", write_env};
