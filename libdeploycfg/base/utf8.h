/* SPDX-License-Identifier: ISC */
/* UTF-8: validation, counting characters, and what may be shown to a person. */
#ifndef DCFG_BASE_UTF8_H
#define DCFG_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* Offset of the first byte that is not valid UTF-8 (no overlong forms, no surrogates), or
 * text.len. */
size_t dcfg_utf8_check(struct dcfg_view text);

/* Number of characters of valid UTF-8. */
size_t dcfg_utf8_count(struct dcfg_view text);

/* An ASCII letter or digit, '-', '_' or part of a character beyond ASCII. */
static inline bool dcfg_is_word_byte(char byte)
{
	return dcfg_is_letter(byte) || dcfg_is_digit(byte) || byte == '_' ||
	       byte == '-' || (unsigned char)byte >= 0x80;
}

/* Whether it is one or more of these. */
bool dcfg_utf8_is_word(struct dcfg_view text);

/* Bytes of so many characters at the start of a text; of other bytes than UTF-8, those that
 * continue none count as characters. All where it has fewer. */
size_t dcfg_utf8_bytes(struct dcfg_view text, size_t characters);

/* Offset of the first byte that is not ASCII, or text.len. */
size_t dcfg_utf8_ascii(struct dcfg_view text);

/* At most so many bytes from its beginning, without a part of a character at the end. */
struct dcfg_view dcfg_utf8_cut(struct dcfg_view text, size_t most);

/* Bytes of a text that a message quotes. */
enum {
	DCFG_SHOWN_MAX = 60
};

static inline struct dcfg_view dcfg_utf8_shown(struct dcfg_view text)
{
	return dcfg_utf8_cut(text, DCFG_SHOWN_MAX);
}

/* Writes a code point's 1 to 4 bytes; 0 where it is a surrogate or beyond U+10FFFF. */
size_t dcfg_utf8_encode(char buffer[4], uint32_t code);

/* Reads one character of text.len > 0; an invalid byte counts as one, code 0xFFFD.
 * Returns its length in bytes. */
size_t dcfg_utf8_decode(struct dcfg_view text, uint32_t *code);

/* Whether a character may go to a terminal: no control, bidirectional, zero-width or
 * separator character, and assigned to no such purpose. */
bool dcfg_utf8_printable(uint32_t code);

/*
 * Writes text so that it may be shown: printable characters as they are, all others as
 * \t, \n, \r, \xHH or \u{H...}. Writes at most size - 1 bytes of whole escapes and a NUL,
 * and returns the length that all of it would have taken.
 */
size_t dcfg_utf8_escape(char *buffer, size_t size, struct dcfg_view text);

#endif
