/* SPDX-License-Identifier: ISC */
/* Keys that a format has no way to write, or may not: a comment for each and one warning for
 * all. */
#ifndef TOOL_LEFT_OUT_H
#define TOOL_LEFT_OUT_H

#include "format.h"

#define LEFT_OUT_NAMED 3

struct left_out {
	const struct deploycfg_entry
		*first[LEFT_OUT_NAMED]; /* are named in the warning */
	size_t count;
};

/* Writes the comment, with the value, and remembers the key. */
void tool_leave_out(struct left_out *left, const struct dump *dump,
		    const struct deploycfg_entry *entry, const char *why);

/* Where a value, or something in it, is not to be seen: writes the comment, without a value, and
 * remembers the key. True where it was so. */
bool tool_withhold(struct left_out *left, const struct dump *dump,
		   const struct deploycfg_entry *entry);

/* Warns of those that were withheld. */
void tool_warn_withheld(const struct left_out *left, struct diagnostics *diagnostics);

/* Warns of all of them; what they are follows on their number. */
void tool_warn_left_out(const struct left_out *left, struct diagnostics *diagnostics,
			enum deploycfg_status status, const char *singular,
			const char *plural);

#endif
