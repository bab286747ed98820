/* SPDX-License-Identifier: ISC */
/* Texts of files, where `${` alone would begin a reference. */
#ifndef TOOL_REFERENCE_H
#define TOOL_REFERENCE_H

#include "writer.h"

/* Writes an escaped text, and `$${` where it has `${`. */
void tool_literal(struct writer *out, const struct escapes *escapes, const char *text,
		  size_t length);

#endif
