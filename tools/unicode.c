/* SPDX-License-Identifier: ISC */
/* Characters: reading them, and which of them may be shown. Must not know what for. */
#include <stdbool.h>

#include "writer.h"

/* Length of the character that a byte begins; 0 for none. */
static size_t length_of(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2 || lead > 0xf4)
		return 0;
	return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* Overlong forms, surrogates, and what is beyond Unicode. */
static bool is_allowed(uint32_t code, size_t length)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};

	return code >= least[length] && code <= 0x10ffff &&
	       (code < 0xd800 || code > 0xdfff);
}

size_t tool_decode(const char *bytes, size_t length, uint32_t *code)
{
	const unsigned char *at = (const unsigned char *)bytes;
	size_t width = length_of(at[0]);
	uint32_t value = width < 2 ? at[0] : at[0] & (0x7fu >> width);

	*code = TOOL_NOT_UTF8 | at[0];
	if (!width || width > length)
		return 1;
	for (size_t i = 1; i < width; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (at[i] & 0x3fu);
	}
	if (!is_allowed(value, width))
		return 1;
	*code = value;
	return width;
}

/* Controls, format characters, blanks other than the blank, fillers, private use and
 * noncharacters; ascending. */
static const struct range {
	uint32_t first, last;
} unprintable[] = {
	{0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00ad, 0x00ad},      {0x034f, 0x034f},
	{0x0600, 0x0605},   {0x061c, 0x061c},   {0x06dd, 0x06dd},      {0x070f, 0x070f},
	{0x0890, 0x0891},   {0x08e2, 0x08e2},   {0x115f, 0x1160},      {0x1680, 0x1680},
	{0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x2000, 0x200f},      {0x2028, 0x202f},
	{0x205f, 0x206f},   {0x3000, 0x3000},   {0x3164, 0x3164},      {0xd800, 0xf8ff},
	{0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},      {0xffa0, 0xffa0},
	{0xfff0, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd},    {0x13430, 0x1343f},
	{0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, UINT32_MAX},
};

bool tool_printable(uint32_t code)
{
	if (code >= 0x20 && code < 0x7f)
		return true;
	if ((code & 0xfffe) == 0xfffe) /* the last two of each plane */
		return false;
	for (size_t i = 0; i < sizeof(unprintable) / sizeof(unprintable[0]); i++) {
		if (code <= unprintable[i].last)
			return code < unprintable[i].first;
	}
	return true;
}

bool tool_all_printable(const char *text, size_t length)
{
	for (size_t at = 0; at < length;) {
		uint32_t code;

		at += tool_decode(text + at, length - at, &code);
		if (!tool_printable(code))
			return false;
	}
	return true;
}
