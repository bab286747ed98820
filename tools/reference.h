/* SPDX-License-Identifier: ISC */
/* Texts of files, where `${` alone would begin a reference. */
#ifndef TOOL_REFERENCE_H
#define TOOL_REFERENCE_H

#include "writer.h"

/* What a file has for `${` that begins none. */
#define TOOL_NO_REFERENCE "$${"

/* Writes an escaped text, and these words for each `${` in it. */
void tool_literal(struct writer *out, const struct escapes *escapes, const char *text,
		  size_t length, const char *words);

#endif
