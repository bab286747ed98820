/* SPDX-License-Identifier: ISC */
/* Tells of keys that are left out. Must not know why. */
#include "left_out.h"

#include "origin.h"

void tool_leave_out(struct left_out *left, const struct dump *dump,
		    const struct deploycfg_entry *entry, const char *why)
{
	tool_text(dump->out, "# ");
	tool_text(dump->out, why);
	tool_text(dump->out, ": ");
	tool_show(dump->out, deploycfg_entry_path(entry));
	tool_text(dump->out, " = ");
	tool_repr(dump->out, entry);
	if (dump->origin)
		tool_comment(dump->out, "\t", entry);
	tool_text(dump->out, "\n");
	if (left->count < LEFT_OUT_NAMED)
		left->first[left->count] = entry;
	left->count++;
}

void tool_warn_left_out(const struct left_out *left, struct diagnostics *diagnostics,
			enum deploycfg_status status, const char *singular,
			const char *plural)
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
		tool_warning(diagnostics, status, pieces,
			     TOOL_SAY("the output has a comment with the value of each"));
}
