/* SPDX-License-Identifier: ISC */
/* Text in lines of a bearable length, for comments. */
#ifndef TOOL_SCHEMA_WORDS_H
#define TOOL_SCHEMA_WORDS_H

#include "writer.h"

/* Writes words in lines that begin with `indent` and `mark`, keeping those line ends that are
 * there; what cannot be shown is escaped. No line end behind the last. */
void tool_words(struct writer *out, const char *indent, const char *mark,
		const char *text, size_t length);

#endif
