/* SPDX-License-Identifier: ISC */
/* UTF-8 by the table of the Unicode standard (3-7), eight bytes at a time where they are
 * ASCII. Knows nothing of who reads it. */
#include "base/utf8.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x0101010101010101)

static uint64_t eight(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return word;
}

static bool continues(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Length of the character that a byte above 0x7f begins; 0 for none. */
static size_t length_of(unsigned char lead)
{
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Overlong forms, surrogates and what is beyond U+10FFFF show in the second byte. */
static bool second_fits(unsigned char lead, unsigned char second)
{
	switch (lead) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second < 0xa0;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second < 0x90;
	default:
		return true;
	}
}

/* Length of the valid character that begins at text.ptr, not ASCII; 0 for none. */
static size_t wide(struct dcfg_view text)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t length = length_of(bytes[0]);

	if (!length || length > text.len || !second_fits(bytes[0], bytes[1]))
		return 0;
	for (size_t i = 1; i < length; i++) {
		if (!continues(bytes[i]))
			return 0;
	}
	return length;
}

size_t dcfg_utf8_check(struct dcfg_view text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t length = 1;

		if (text.len - at >= 8 && !(eight(text.ptr + at) & HIGH_BITS))
			length = 8;
		else if ((unsigned char)text.ptr[at] >= 0x80)
			length = wide(dcfg_view_skip(text, at));
		if (!length)
			return at;
		at += length;
	}
	return at;
}

/* How many of eight bytes begin a character. */
static size_t begun(uint64_t word)
{
	uint64_t continuing = (word >> 7) & (~word >> 6) & LOW_BITS;

	return 8 - (size_t)((continuing * LOW_BITS) >> 56);
}

size_t dcfg_utf8_count(struct dcfg_view text)
{
	size_t count = 0, at = 0;

	for (; text.len - at >= 8; at += 8)
		count += begun(eight(text.ptr + at));
	for (; at < text.len; at++)
		count += !continues((unsigned char)text.ptr[at]);
	return count;
}

/* The high bit of each byte of `bytes`, none above 0x7f, that is from `low` to `high`. */
#define BETWEEN(bytes, low, high)                                                        \
	(((bytes) + LOW_BITS * (0x80 - (low))) & ~((bytes) + LOW_BITS * (0x7f - (high))))

static bool are_word(uint64_t bytes)
{
	uint64_t ascii = bytes & ~HIGH_BITS, letters = ascii | LOW_BITS * 0x20;
	uint64_t fit = bytes | BETWEEN(letters, 'a', 'z') | BETWEEN(ascii, '0', '9') |
		       BETWEEN(ascii, '-', '-') | BETWEEN(ascii, '_', '_');

	return (fit & HIGH_BITS) == HIGH_BITS;
}

static uint64_t four(const char *at)
{
	uint32_t word;

	memcpy(&word, at, sizeof(word));
	return word;
}

/* One to seven bytes, some of them twice. */
static uint64_t few(struct dcfg_view text)
{
	if (text.len >= 4)
		return four(text.ptr) | four(text.ptr + text.len - 4) << 32;
	return LOW_BITS * 'a' << 24 | (uint64_t)(unsigned char)text.ptr[0] << 16 |
	       (uint64_t)(unsigned char)text.ptr[text.len / 2] << 8 |
	       (unsigned char)text.ptr[text.len - 1];
}

bool dcfg_utf8_is_word(struct dcfg_view text)
{
	size_t at = 0;

	if (text.len < 8)
		return text.len > 0 && are_word(few(text));
	for (; text.len - at > 8; at += 8)
		if (!are_word(eight(text.ptr + at)))
			return false;
	return are_word(eight(text.ptr + text.len - 8));
}

size_t dcfg_utf8_bytes(struct dcfg_view text, size_t characters)
{
	size_t at = 0;

	for (; characters >= 8 && text.len - at >= 8; at += 8)
		characters -= begun(eight(text.ptr + at));
	for (; at < text.len; at++)
		if (!continues((unsigned char)text.ptr[at]) && characters-- == 0)
			break;
	return at;
}

size_t dcfg_utf8_ascii(struct dcfg_view text)
{
	size_t at = 0;

	for (; text.len - at >= 32; at += 32)
		if ((eight(text.ptr + at) | eight(text.ptr + at + 8) |
		     eight(text.ptr + at + 16) | eight(text.ptr + at + 24)) &
		    HIGH_BITS)
			break;
	while (at < text.len && !(text.ptr[at] & 0x80))
		at++;
	return at;
}

struct dcfg_view dcfg_utf8_cut(struct dcfg_view text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most && continues((unsigned char)text.ptr[most]))
		most--;
	return dcfg_view(text.ptr, most);
}

size_t dcfg_utf8_encode(char buffer[4], uint32_t code)
{
	if (code < 0x80) {
		buffer[0] = (char)code;
		return 1;
	}
	if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

	for (size_t i = length - 1; i > 0; i--, code >>= 6)
		buffer[i] = (char)(0x80 | (code & 0x3f));
	buffer[0] = (char)((0xf00u >> length & 0xf0) | code);
	return length;
}

size_t dcfg_utf8_decode(struct dcfg_view text, uint32_t *code)
{
	unsigned char lead = (unsigned char)text.ptr[0];
	size_t length = lead < 0x80 ? 1 : wide(text);

	*code = lead < 0x80 ? lead : 0xfffd;
	if (length < 2)
		return 1;
	*code = lead & (0x7fu >> length);
	for (size_t i = 1; i < length; i++)
		*code = *code << 6 | ((unsigned char)text.ptr[i] & 0x3fu);
	return length;
}

/* What has no look of its own, or changes the look of others; ascending. */
static const struct range {
	uint32_t first, last;
} unprintable[] = {
	{0x0000, 0x001f},     /* controls */
	{0x007f, 0x00a0},     /* DEL, C1 controls, no-break space */
	{0x00ad, 0x00ad},     /* soft hyphen */
	{0x034f, 0x034f},     /* combining grapheme joiner */
	{0x0600, 0x0605},     /* Arabic number signs */
	{0x061c, 0x061c},     /* Arabic letter mark */
	{0x06dd, 0x06dd},     /* Arabic end of ayah */
	{0x070f, 0x070f},     /* Syriac abbreviation mark */
	{0x0890, 0x0891},     /* Arabic pound and piastre marks */
	{0x08e2, 0x08e2},     /* Arabic disputed end of ayah */
	{0x115f, 0x1160},     /* Hangul fillers */
	{0x1680, 0x1680},     /* Ogham space */
	{0x17b4, 0x17b5},     /* Khmer inherent vowels */
	{0x180b, 0x180f},     /* Mongolian variation selectors */
	{0x2000, 0x200f},     /* spaces, zero-width, direction marks */
	{0x2028, 0x202f},     /* line separators, bidirectional, narrow no-break space */
	{0x205f, 0x206f},     /* mathematical space, invisible operators, isolates */
	{0x3000, 0x3000},     /* ideographic space */
	{0x3164, 0x3164},     /* Hangul filler */
	{0xd800, 0xf8ff},     /* surrogates, private use */
	{0xfdd0, 0xfdef},     /* noncharacters */
	{0xfe00, 0xfe0f},     /* variation selectors */
	{0xfeff, 0xfeff},     /* byte order mark */
	{0xffa0, 0xffa0},     /* Hangul filler */
	{0xfff0, 0xfffb},     /* annotations */
	{0x110bd, 0x110bd},   /* Kaithi number sign */
	{0x110cd, 0x110cd},   /* Kaithi number sign above */
	{0x13430, 0x1343f},   /* Egyptian hieroglyph format controls */
	{0x1bca0, 0x1bca3},   /* shorthand format controls */
	{0x1d173, 0x1d17a},   /* musical format controls */
	{0xe0000, UINT32_MAX} /* tags, private use, beyond Unicode */
};

bool dcfg_utf8_printable(uint32_t code)
{
	if (code >= 0x20 && code < 0x7f)
		return true;
	if ((code & 0xfffe) == 0xfffe) /* the last two of each plane */
		return false;
	for (size_t i = 0; i < DCFG_COUNT(unprintable); i++) {
		if (code <= unprintable[i].last)
			return code < unprintable[i].first;
	}
	return true;
}

/* Writes one character, or a byte that is none, in at most 12 bytes. */
static size_t show(char *buffer, struct dcfg_view character, uint32_t code)
{
	bool is_byte = character.len == 1;

	if (dcfg_utf8_printable(code) && !(is_byte && code >= 0x80)) {
		memcpy(buffer, character.ptr, character.len);
		return character.len;
	}
	if (code == '\t' || code == '\n' || code == '\r')
		return (size_t)snprintf(buffer, 16, "\\%c",
					code == '\t'   ? 't'
					: code == '\n' ? 'n'
						       : 'r');
	if (is_byte)
		return (size_t)snprintf(buffer, 16, "\\x%02X",
					(unsigned char)*character.ptr);
	return (size_t)snprintf(buffer, 16, "\\u{%X}", (unsigned)code);
}

size_t dcfg_utf8_escape(char *buffer, size_t size, struct dcfg_view text)
{
	size_t total = 0, end = 0;

	while (text.len) {
		uint32_t code;
		size_t length = dcfg_utf8_decode(text, &code);
		char shown[16];
		size_t shown_length = show(shown, dcfg_view(text.ptr, length), code);

		if (end == total && size && total + shown_length < size) {
			memcpy(buffer + end, shown, shown_length);
			end += shown_length;
		}
		total += shown_length;
		text = dcfg_view_skip(text, length);
	}
	if (size)
		buffer[end] = '\0';
	return total;
}
