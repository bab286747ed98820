/* SPDX-License-Identifier: ISC */
/* Patterns for whole numbers within limits, as JSON Schema takes them. */
#ifndef TOOL_SCHEMA_DIGITS_H
#define TOOL_SCHEMA_DIGITS_H

#include "writer.h"

/* Writes alternatives, parted by `|`, that together match the numbers from least to most, and no
 * other text, written in this base (8, 10 or 16) without leading zeros. */
void tool_pattern_digits(struct writer *out, uint64_t least, uint64_t most,
			 unsigned base);

/* The texts that read as an int from least to most: decimal with a sign or none, 0x and 0o. */
void tool_pattern_int(struct writer *out, int64_t least, int64_t most);

#endif
