/* SPDX-License-Identifier: ISC */
/* Tells of keys that are left out. Must not know why. */
#include "left_out.h"

#include "origin.h"

static void remember(struct left_out *left, const struct deploycfg_entry *entry)
{
	if (left->count < LEFT_OUT_NAMED)
		left->first[left->count] = entry;
	left->count++;
}

void tool_leave_out(struct left_out *left, const struct dump *dump,
		    const struct deploycfg_entry *entry, const char *why)
{
	tool_text(dump->out, "# ");
	tool_text(dump->out, why);
	tool_text(dump->out, ": ");
	tool_show(dump->out, deploycfg_entry_path(entry));
	tool_text(dump->out, " = ");
	tool_repr(dump->out, &dump->sight, entry);
	if (dump->origin)
		tool_comment(dump->out, "\t", entry);
	tool_text(dump->out, "\n");
	remember(left, entry);
}

/* The first value of what is dumped of an entry that is not seen. */
static const struct deploycfg_entry *first_unseen(const struct dump *dump,
						  const struct deploycfg_entry *top)
{
	deploycfg_each_entry (dump->sight.cfg, entry, top) {
		if (tool_is_shown(dump, entry) && !tool_see(&dump->sight, entry))
			return entry;
	}
	return NULL;
}

/* What a value that is not seen is, or one that holds it. */
static const char *why_withheld(const struct deploycfg_entry *entry,
				const struct deploycfg_entry *unseen)
{
	bool secret = deploycfg_entry_flags(unseen) & DEPLOYCFG_FLAG_SECRET;

	if (entry == unseen)
		return secret ? " is a secret" : " is likely a secret";
	return secret ? " holds a secret" : " holds what is likely a secret";
}

bool tool_withhold(struct left_out *left, const struct dump *dump,
		   const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *unseen = first_unseen(dump, entry);

	if (!unseen)
		return false;
	tool_text(dump->out, "# ");
	tool_show(dump->out, deploycfg_entry_path(entry));
	tool_text(dump->out, why_withheld(entry, unseen));
	if (dump->origin)
		tool_comment(dump->out, "\t", entry);
	tool_text(dump->out, "\n");
	remember(left, entry);
	tool_write_overridden(dump, entry, "\t");
	tool_write_overridden_below(dump, entry, "\t");
	return true;
}

static void warn(const struct left_out *left, struct diagnostics *diagnostics,
		 enum deploycfg_status status, const char *singular, const char *plural,
		 const char *hint)
{
	const char *pieces[2 * LEFT_OUT_NAMED + 2] = {left->count == 1 ? singular
								       : plural};
	size_t count = 1;

	for (size_t i = 0; i < left->count && i < LEFT_OUT_NAMED; i++) {
		pieces[count++] = deploycfg_entry_path(left->first[i]);
		pieces[count++] = i + 1 == left->count ? "" : ", ";
	}
	if (left->count > LEFT_OUT_NAMED)
		pieces[count - 1] = " and others";
	pieces[count] = NULL;
	if (left->count)
		tool_warning(diagnostics, status, pieces, TOOL_SAY(hint));
}

void tool_warn_left_out(const struct left_out *left, struct diagnostics *diagnostics,
			enum deploycfg_status status, const char *singular,
			const char *plural)
{
	warn(left, diagnostics, status, singular, plural,
	     "the output has a comment with the value of each");
}

void tool_warn_withheld(const struct left_out *left, struct diagnostics *diagnostics)
{
	warn(left, diagnostics, DEPLOYCFG_ERR_SECRET,
	     "one key with secrets is left out: ",
	     "these keys with secrets are left out: ",
	     "the output has a comment for each; --show-secrets prints them");
}
