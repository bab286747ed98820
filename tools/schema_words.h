/* SPDX-License-Identifier: ISC */
/* Text in lines of a bearable length, for comments. */
#ifndef TOOL_SCHEMA_WORDS_H
#define TOOL_SCHEMA_WORDS_H

#include "writer.h"

/* Hands on that a text which was written in between lacked memory. */
static inline void tool_hand_on(struct writer *out, const struct text *part)
{
	if (out->text && part->failed)
		out->text->failed = true;
}

/* Writes words in lines that begin with `indent` and `mark`, keeping those line ends that are
 * there; what cannot be shown is escaped. No line end behind the last. */
void tool_words(struct writer *out, const char *indent, const char *mark,
		const char *text, size_t length);

#endif
