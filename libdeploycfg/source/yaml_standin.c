/* SPDX-License-Identifier: ISC */
/* Stand-ins of YAML texts, and what its flow scalars say. Knows no nodes and no parser. */
#include "source/yaml_standin.h"

#include <stdint.h>

#include "base/number.h"
#include "base/utf8.h"

/* Bytes of the escape that half of a pair is. */
#define HALF (sizeof("\\ud83d") - 1)

/* Whether a character can be another one without that anything else means something else. */
static bool is_replaced(uint32_t code)
{
	if (code < 0x80)
		return (code >= '0' && code <= '9') ||
		       ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
	return code >= 0xa0 && code != 0x2028 && code != 0x2029 && code != 0xfeff &&
	       code != 0xfffe && code != 0xffff;
}

struct dcfg_view dcfg_standin(struct dcfg_arena *arena, struct dcfg_view text)
{
	char *out = dcfg_arena_alloc(arena, text.len);
	bool is_escape = false; /* what stands behind a backslash says how it goes on */
	size_t len = 0;

	while (out && text.len) {
		uint32_t code;
		size_t length = dcfg_utf8_decode(text, &code);

		if (!is_escape && is_replaced(code)) {
			out[len++] = '0';
		} else {
			memcpy(out + len, text.ptr, length);
			len += length;
		}
		is_escape = !is_escape && code == '\\';
		text = dcfg_view_skip(text, length);
	}
	return dcfg_view(out, len);
}

/* The half of a pair that an escape is, such as \ud83d: 0 for a first, 0x400 for a second one, with
 * its bits; UINT32_MAX for neither. */
static uint32_t half_of(struct dcfg_view escape)
{
	uint32_t code = UINT32_MAX;

	if (dcfg_view_starts(escape, DCFG_VIEW("\\u")))
		code = dcfg_parse_hex(dcfg_view_skip(escape, 2), 4);
	return code >= 0xd800 && code <= 0xdfff ? code - 0xd800 : UINT32_MAX;
}

/* The character of the pair that a text begins with; 0 where it begins with none. */
static uint32_t pair_of(struct dcfg_view text)
{
	uint32_t first = half_of(text), second = UINT32_MAX;

	if (first < 0x400)
		second = half_of(dcfg_view_skip(text, HALF));
	return second < 0x400 || second == UINT32_MAX
		       ? 0
		       : 0x10000 + (first << 10) + (second - 0x400);
}

/* Whether no scalar in a text can be a block: a quote may begin a key of a map of them. */
static bool is_flow(struct dcfg_view text)
{
	while (text.len && memchr(" \t\r\n", *text.ptr, 4))
		text = dcfg_view_skip(text, 1);
	return text.len && (memchr("{[", *text.ptr, 2) ||
			    (*text.ptr == '"' && !memchr(text.ptr, '\n', text.len)));
}

struct dcfg_view dcfg_standin_pairs(struct dcfg_arena *arena, struct dcfg_view text)
{
	struct dcfg_view rest = text, standin = {NULL, 0};

	if (!is_flow(text))
		return standin;
	while ((rest.ptr = memchr(rest.ptr, '\\', rest.len))) {
		size_t at = (size_t)(rest.ptr - text.ptr);

		rest.len = text.len - at;
		if (!pair_of(rest)) {
			rest = dcfg_view_skip(rest, rest.len > 1 ? 2 : 1);
			continue;
		}
		if (!standin.ptr)
			standin = dcfg_arena_copy(arena, text);
		if (!standin.ptr)
			break;
		memcpy((char *)standin.ptr + at, "\\u0030\\u0030", HALF + HALF);
		rest = dcfg_view_skip(rest, HALF + HALF);
	}
	return standin;
}

/* A scalar being read: what is left of it, and what it says so far. */
struct reading {
	struct dcfg_view rest;
	char *out;
	size_t len;
	const char *problem;
};

static size_t count_blanks(struct dcfg_view text)
{
	size_t count = 0;

	while (count < text.len && (text.ptr[count] == ' ' || text.ptr[count] == '\t'))
		count++;
	return count;
}

/* Bytes of the line end that a text begins with. */
static size_t line_end(struct dcfg_view text)
{
	return dcfg_view_starts(text, DCFG_VIEW("\r\n")) ? 2
	       : text.len && *text.ptr == '\n'           ? 1
							 : 0;
}

/* Bytes of the blanks that end a line, with its end; 0 where it goes on. */
static size_t end_of_line(struct dcfg_view text)
{
	size_t blanks = count_blanks(text);
	size_t end = line_end(dcfg_view_skip(text, blanks));

	return end ? blanks + end : 0;
}

static void copy(struct reading *reading, size_t length)
{
	memcpy(reading->out + reading->len, reading->rest.ptr, length);
	reading->len += length;
	reading->rest = dcfg_view_skip(reading->rest, length);
}

/* The end of a line is a blank; each empty line behind it is a line end instead, and so is each
 * behind one that is escaped. */
static void fold(struct reading *reading, bool is_escaped)
{
	size_t ends = 0, length;

	while ((length = end_of_line(reading->rest))) {
		reading->rest = dcfg_view_skip(reading->rest, length);
		ends++;
	}
	reading->rest = dcfg_view_skip(reading->rest, count_blanks(reading->rest));
	if (!is_escaped && ends == 1)
		reading->out[reading->len++] = ' ';
	for (size_t i = !is_escaped; i < ends; i++)
		reading->out[reading->len++] = '\n';
}

static void read_number(struct reading *reading, size_t digits)
{
	uint32_t code = dcfg_parse_hex(reading->rest, digits);
	size_t length = 0;

	if (code == UINT32_MAX) {
		reading->problem = "did not find expected hexdecimal number";
		return;
	}
	length = dcfg_utf8_encode(reading->out + reading->len, code);
	if (!length)
		reading->problem = "found invalid Unicode character escape code";
	reading->len += length;
	reading->rest = dcfg_view_skip(reading->rest, digits);
}

static void read_pair(struct reading *reading, uint32_t code)
{
	reading->len += dcfg_utf8_encode(reading->out + reading->len, code);
	reading->rest = dcfg_view_skip(reading->rest, HALF + HALF);
}

/* Reads what stands behind a backslash. */
static void read_escape(struct reading *reading)
{
	static const char letters[] = "0abtnvfreN_LP";
	static const uint16_t codes[] = {0,    '\a', '\b', '\t', '\n',   '\v',  '\f',
					 '\r', 27,   0x85, 0xa0, 0x2028, 0x2029};
	const char *letter = memchr(letters, *reading->rest.ptr, sizeof(letters) - 1);
	char escape = *reading->rest.ptr;

	if (line_end(reading->rest)) {
		reading->rest = dcfg_view_skip(reading->rest, line_end(reading->rest));
		fold(reading, true);
	} else if (escape == 'x' || escape == 'u' || escape == 'U') {
		reading->rest = dcfg_view_skip(reading->rest, 1);
		read_number(reading, escape == 'x' ? 2 : escape == 'u' ? 4 : 8);
	} else if (letter) {
		reading->len += dcfg_utf8_encode(reading->out + reading->len,
						 codes[letter - letters]);
		reading->rest = dcfg_view_skip(reading->rest, 1);
	} else {
		copy(reading, 1);
	}
}

/* Reads on by a character, or by all that belongs to it. */
static void step(struct reading *reading, char quote)
{
	size_t blanks = count_blanks(reading->rest);

	if (end_of_line(reading->rest)) {
		fold(reading, false);
	} else if (blanks) {
		copy(reading, blanks);
	} else if (quote == '"' && pair_of(reading->rest)) {
		read_pair(reading, pair_of(reading->rest));
	} else if (quote == '"' && *reading->rest.ptr == '\\' && reading->rest.len > 1) {
		reading->rest = dcfg_view_skip(reading->rest, 1);
		read_escape(reading);
	} else {
		if (quote == '\'' && *reading->rest.ptr == '\'') /* it is doubled */
			reading->rest = dcfg_view_skip(reading->rest, 1);
		copy(reading, reading->rest.len != 0);
	}
}

const char *dcfg_standin_read(struct dcfg_arena *arena, struct dcfg_view written,
			      struct dcfg_view *text)
{
	bool is_quoted = written.len > 1 && (*written.ptr == '"' || *written.ptr == '\'');
	struct reading reading = {.rest = written};

	if (is_quoted)
		reading.rest = dcfg_view(written.ptr + 1, written.len - 2);
	/* Only \L and \P say more bytes than they are: three. */
	reading.out = dcfg_arena_alloc(arena, written.len + written.len / 2);
	while (reading.out && reading.rest.len && !reading.problem)
		step(&reading, is_quoted ? *written.ptr : '\0');
	*text = dcfg_view(reading.out, reading.len);
	return reading.problem;
}
