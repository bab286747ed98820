/* SPDX-License-Identifier: ISC */
/*
 * YAML of secret files, past the parser below: its memory is not ours, and strings that grow leave
 * parts behind. It is given a stand-in that has a 0 for each letter and digit, character by
 * character, and so says where texts are; what they are is read here.
 */
#ifndef DCFG_SOURCE_YAML_STANDIN_H
#define DCFG_SOURCE_YAML_STANDIN_H

#include "base/arena.h"
#include "base/view.h"

/* For a text that begins with a bracket, or is one line and begins with a quote, where no scalar
 * is a block: the stand-in that has other escapes for the pairs such as \ud83d\ude00 that JSON
 * writes one character as, and that the parser does not know. ptr NULL where there are none, and
 * without memory. */
struct dcfg_view dcfg_standin_pairs(struct dcfg_arena *arena, struct dcfg_view text);

/* The stand-in of a text of valid UTF-8; ptr NULL without memory. */
struct dcfg_view dcfg_standin(struct dcfg_arena *arena, struct dcfg_view text);

/* What a scalar says that stands between brackets as it is written, in new memory. The parser
 * found no mistake in its stand-in. NULL, or the problem in the parser's words; text->ptr NULL
 * without memory. */
const char *dcfg_standin_read(struct dcfg_arena *arena, struct dcfg_view written,
			      struct dcfg_view *text);

#endif
