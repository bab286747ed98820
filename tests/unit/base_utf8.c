/* SPDX-License-Identifier: ISC */
/* UTF-8: checked, counted, taken apart, and shown. */
#include "unit.h"

#include "base/utf8.h"

static const struct check_row {
	const char *text;
	size_t len, valid; /* bytes, and how many of them are valid */
} checks[] = {
	{"", 0, 0},
	{"plain text of more than eight bytes", 35, 35},
	{"\0\1", 2, 2},
	{"\xc3\xa4", 2, 2},
	{"12345678\xe2\x82\xac", 11, 11},
	{"\xf0\x9f\x98\x80", 4, 4},
	{"\xf4\x8f\xbf\xbf", 4, 4}, /* U+10FFFF */
	{"\xee\x80\x80", 3, 3},     /* U+E000 */
	{"\x80", 1, 0},             /* a continuation alone */
	{"ab\xff", 3, 2},
	{"ab\xc3", 3, 2}, /* cut off */
	{"ab\xe2\x82", 4, 2},
	{"\xf0\x9f\x98", 3, 0},
	{"\xc3(", 2, 0},
	{"\xe2\x82(", 3, 0},
	{"\xc0\x80", 2, 0}, /* overlong */
	{"\xc1\xbf", 2, 0},
	{"\xe0\x9f\xbf", 3, 0},
	{"\xf0\x8f\xbf\xbf", 4, 0},
	{"\xed\xa0\x80", 3, 0}, /* surrogates */
	{"\xed\xbf\xbf", 3, 0},
	{"\xed\x9f\xbf", 3, 3},
	{"\xf4\x90\x80\x80", 4, 0}, /* beyond U+10FFFF */
	{"\xf5\x80\x80\x80", 4, 0},
	{"1234567\x80"
	 "90",
	 10, 7},
	{"12345678\x80"
	 "9012345678",
	 19, 8},
};

START_TEST(invalid_bytes_are_found_where_they_stand)
{
	const struct check_row *row = &checks[_i];

	ck_assert_uint_eq(dcfg_utf8_check(dcfg_view(row->text, row->len)), row->valid);
}
END_TEST

static bool survives(uint32_t code)
{
	char bytes[4];
	size_t length = dcfg_utf8_encode(bytes, code);
	uint32_t back;

	if (code >= 0xd800 && code < 0xe000)
		return length == 0;
	return dcfg_utf8_check(dcfg_view(bytes, length)) == length &&
	       dcfg_utf8_count(dcfg_view(bytes, length)) == 1 &&
	       dcfg_utf8_decode(dcfg_view(bytes, length), &back) == length &&
	       back == code;
}

START_TEST(every_code_point_survives_encoding)
{
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		if (!survives(code))
			ck_abort_msg("U+%04X", (unsigned)code);
	}
}
END_TEST

START_TEST(there_is_nothing_beyond_unicode)
{
	char bytes[4];

	ck_assert_uint_eq(dcfg_utf8_encode(bytes, 0x110000), 0);
	ck_assert_uint_eq(dcfg_utf8_encode(bytes, UINT32_MAX), 0);
	ck_assert(!dcfg_utf8_printable(0x110000));
}
END_TEST

START_TEST(an_invalid_byte_counts_as_one)
{
	uint32_t code;

	ck_assert_uint_eq(dcfg_utf8_decode(DCFG_VIEW("\xff\xc3\xa4"), &code), 1);
	ck_assert_uint_eq(code, 0xfffd);
	ck_assert_uint_eq(dcfg_utf8_decode(DCFG_VIEW("\xc3"), &code), 1);
	ck_assert_uint_eq(code, 0xfffd);
}
END_TEST

START_TEST(characters_are_counted_not_bytes)
{
	char text[] = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"
		      "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"
		      "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";
	size_t count = 0;

	for (size_t at = 0; at < sizeof(text) - 1; count++) {
		uint32_t code;

		ck_assert_uint_eq(dcfg_utf8_count(dcfg_view(text, at)), count);
		at += dcfg_utf8_decode(dcfg_view(text + at, sizeof(text) - 1 - at),
				       &code);
	}
	ck_assert_uint_eq(count, 12);
}
END_TEST

START_TEST(a_text_is_cut_between_characters)
{
	struct dcfg_view text = DCFG_VIEW("a\xc3\xa4\xf0\x9f\x98\x80");
	static const size_t lengths[] = {0, 1, 1, 3, 3, 3, 3, 7, 7};

	for (size_t most = 0; most < DCFG_COUNT(lengths); most++) {
		struct dcfg_view cut = dcfg_utf8_cut(text, most);

		ck_assert_ptr_eq(cut.ptr, text.ptr);
		ck_assert_uint_eq(cut.len, lengths[most]);
	}
	ck_assert_uint_eq(dcfg_utf8_cut(DCFG_VIEW("\x80\x80\x80"), 2).len, 0);
	ck_assert_uint_eq(dcfg_utf8_cut(dcfg_view(NULL, 0), 2).len, 0);
}
END_TEST

START_TEST(ascii_is_told_from_all_else)
{
	char text[] = "a text of twenty-one!";

	ck_assert_uint_eq(dcfg_utf8_ascii(dcfg_view(NULL, 0)), 0);
	ck_assert_uint_eq(dcfg_utf8_ascii(dcfg_view_text(text)), strlen(text));
	for (size_t at = 0; at < sizeof(text) - 1; at++) {
		char before = text[at];

		text[at] = '\x80';
		ck_assert_uint_eq(dcfg_utf8_ascii(dcfg_view_text(text)), at);
		ck_assert_uint_eq(dcfg_utf8_ascii(dcfg_view(text, at)), at);
		text[at] = before;
	}
}
END_TEST

static bool word_byte(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte >= 0x80;
}

START_TEST(words_are_told_from_all_else)
{
	char text[] = "Words-2_\xc3\xa4ndern09AZaz";

	ck_assert(!dcfg_utf8_is_word(dcfg_view(NULL, 0)));
	for (int byte = 0; byte < 256; byte++)
		ck_assert(dcfg_is_word_byte((char)byte) ==
			  word_byte((unsigned char)byte));
	for (size_t length = 1; length < sizeof(text); length++) {
		for (size_t at = 0; at < length; at++) {
			char before = text[at];

			for (int byte = 0; byte < 256; byte++) {
				text[at] = (char)byte;
				ck_assert(dcfg_utf8_is_word(dcfg_view(text, length)) ==
					  word_byte((unsigned char)byte));
			}
			text[at] = before;
		}
	}
}
END_TEST

static const struct printable_row {
	uint32_t code;
	bool printable;
} printables[] = {
	{' ', true},      {'~', true},      {'\\', true},      {0xe4, true},
	{0x20ac, true},   {0x4e2d, true},   {0x1f600, true},   {0xfffd, true},
	{0xd7ff, true},   {0xf900, true},   {0x00, false},     {0x1b, false},
	{0x7f, false},    {0x85, false},    {0x9b, false},     {0xa0, false},
	{0xad, false},    {0x61c, false},   {0x200b, false},   {0x200e, false},
	{0x2028, false},  {0x2029, false},  {0x202e, false},   {0x2060, false},
	{0x2066, false},  {0x3000, false},  {0xd800, false},   {0xe000, false},
	{0xfe0f, false},  {0xfeff, false},  {0xfff9, false},   {0xffff, false},
	{0x1fffe, false}, {0xe0041, false}, {0x10ffff, false}, {0x600, false},
	{0x70f, false},   {0x8e2, false},   {0x110cd, false},  {0x1343f, false},
};

START_TEST(what_has_no_look_is_not_printable)
{
	ck_assert_int_eq(dcfg_utf8_printable(printables[_i].code),
			 printables[_i].printable);
}
END_TEST

static const struct escape_row {
	const char *text;
	size_t len;
	const char *escaped;
} escapes[] = {
	{"", 0, ""},
	{"plain \\ text", 12, "plain \\ text"},
	{"a\tb\nc\rd", 7, "a\\tb\\nc\\rd"},
	{"\0\x1b[31m\x7f", 7, "\\x00\\x1B[31m\\x7F"},
	{"\xc3\xa4\xe2\x82\xac", 5, "\xc3\xa4\xe2\x82\xac"},
	{"\xe2\x80\xae", 3, "\\u{202E}"},
	{"\xc2\x85", 2, "\\u{85}"},
	{"\x85", 1, "\\x85"},
	{"\xff\xc3", 2, "\\xFF\\xC3"},
	{"\xef\xbf\xbd", 3, "\xef\xbf\xbd"},
	{"\xf3\xa0\x81\x81", 4, "\\u{E0041}"},
};

START_TEST(only_printable_text_is_shown)
{
	const struct escape_row *row = &escapes[_i];
	char buffer[64];

	ck_assert_uint_eq(
		dcfg_utf8_escape(buffer, sizeof(buffer), dcfg_view(row->text, row->len)),
		strlen(row->escaped));
	ck_assert_str_eq(buffer, row->escaped);
}
END_TEST

START_TEST(an_escape_that_does_not_fit_is_left_out_whole)
{
	struct dcfg_view text = DCFG_VIEW("ab\n\xe2\x82\xac"
					  "c");
	static const char *const parts[] = {"",   "",      "a",     "ab",
					    "ab", "ab\\n", "ab\\n", "ab\\n"};
	char buffer[9];

	for (size_t size = 1; size < DCFG_COUNT(parts); size++) {
		memset(buffer, 'x', sizeof(buffer));
		ck_assert_uint_eq(dcfg_utf8_escape(buffer, size, text), 8);
		ck_assert_str_eq(buffer, parts[size]);
		ck_assert_int_eq(buffer[size], 'x');
	}
	ck_assert_uint_eq(dcfg_utf8_escape(NULL, 0, text), 8);
	ck_assert_uint_eq(dcfg_utf8_escape(buffer, 9, text), 8);
	ck_assert_str_eq(buffer, "ab\\n\xe2\x82\xac"
				 "c");
}
END_TEST

Suite *base_utf8_suite(void)
{
	Suite *suite = suite_create("base_utf8");
	TCase *tests = tcase_create("utf8");

	tcase_add_loop_test(tests, invalid_bytes_are_found_where_they_stand, 0,
			    DCFG_COUNT(checks));
	tcase_add_test(tests, every_code_point_survives_encoding);
	tcase_add_test(tests, there_is_nothing_beyond_unicode);
	tcase_add_test(tests, an_invalid_byte_counts_as_one);
	tcase_add_test(tests, characters_are_counted_not_bytes);
	tcase_add_test(tests, a_text_is_cut_between_characters);
	tcase_add_test(tests, ascii_is_told_from_all_else);
	tcase_add_test(tests, words_are_told_from_all_else);
	tcase_add_loop_test(tests, what_has_no_look_is_not_printable, 0,
			    DCFG_COUNT(printables));
	tcase_add_loop_test(tests, only_printable_text_is_shown, 0, DCFG_COUNT(escapes));
	tcase_add_test(tests, an_escape_that_does_not_fit_is_left_out_whole);
	suite_add_tcase(suite, tests);
	return suite;
}
