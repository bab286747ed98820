/* SPDX-License-Identifier: ISC */
/* Keeps texts from being references. Must not know the syntax around them. */
#include "reference.h"

static size_t next_reference(const char *text, size_t length, size_t from)
{
	for (size_t at = from; at + 1 < length; at++) {
		if (text[at] == '$' && text[at + 1] == '{')
			return at;
	}
	return length;
}

void tool_literal(struct writer *out, const struct escapes *escapes, const char *text,
		  size_t length, const char *words)
{
	size_t done = 0;

	while (done < length) {
		size_t at = next_reference(text, length, done);

		tool_escaped(out, escapes, text + done, at - done);
		tool_text(out, at < length ? words : "");
		done = at < length ? at + 2 : at;
	}
}
