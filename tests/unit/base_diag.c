/* SPDX-License-Identifier: ISC */
/* Diagnostics: their texts, to the last blank. */
#include "unit.h"

#include "base/error.h"

static const char port_line[] = "  port: x";

static struct dcfg_place place_in(const char *line, uint32_t column)
{
	return (struct dcfg_place){"config/production.yaml", 3, column,
				   dcfg_view_text(line), false};
}

/* The text of an error at a column of a line. */
static void has_excerpt(struct dcfg_view line, uint32_t column, const char *excerpt)
{
	struct dcfg_place place = {"f", 3, column, line, false};
	struct deploycfg_errors *errors = NULL;
	const char *text;

	text = deploycfg_error_text(
		dcfg_error(&errors, DEPLOYCFG_ERR_VALUE, &place, NULL, "bad"));
	ck_assert_str_eq(strchr(text, '\n') + 1, excerpt);
	deploycfg_errors_free(errors);
}

START_TEST(a_diagnostic_shows_all_its_parts)
{
	struct dcfg_place place = place_in(port_line, 9);
	struct dcfg_place base = {"config/base.yaml", 2, 9, DCFG_VIEW("  port: 8080"),
				  false};
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_error *error;

	error = dcfg_error(&errors, DEPLOYCFG_ERR_TYPE, &place, "server.port",
			   "expected an int, found '%s'", "x");
	dcfg_error_hint(error, "write a whole number, such as %d", 8080);
	dcfg_error_related(error, &base, "overrides this int");
	ck_assert_str_eq(deploycfg_error_text(error),
			 "config/production.yaml:3:9: error[wrong-type]: server.port: "
			 "expected an int, found 'x'\n"
			 "    3 |   port: x\n"
			 "      |         ^\n"
			 "  config/base.yaml:2:9: note: overrides this int\n"
			 "  hint: write a whole number, such as 8080\n");
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_TYPE);
	ck_assert_int_eq(deploycfg_error_severity(error), DEPLOYCFG_ERROR);
	ck_assert_str_eq(deploycfg_error_file(error), "config/production.yaml");
	ck_assert_uint_eq(deploycfg_error_line(error), 3);
	ck_assert_uint_eq(deploycfg_error_column(error), 9);
	ck_assert_str_eq(deploycfg_error_key(error), "server.port");
	ck_assert_str_eq(deploycfg_error_message(error), "expected an int, found 'x'");
	ck_assert_str_eq(deploycfg_error_hint(error),
			 "write a whole number, such as 8080");
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(related_places_are_diagnostics_too)
{
	struct dcfg_place place = {"env:PORT", 0, 0, {NULL, 0}, false};
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_error *error;
	const struct deploycfg_error *note;

	error = dcfg_error(&errors, DEPLOYCFG_ERR_CLASH, NULL, NULL, "no");
	dcfg_error_related(error, &place, "set here");
	dcfg_error_related(error, NULL, "and %s", "nowhere");
	note = deploycfg_error_related(error, 0);
	ck_assert_int_eq(deploycfg_error_severity(note), DEPLOYCFG_NOTE);
	ck_assert_int_eq(deploycfg_error_status(note), DEPLOYCFG_OK);
	ck_assert_str_eq(deploycfg_error_file(note), "env:PORT");
	ck_assert_str_eq(deploycfg_error_message(note), "set here");
	ck_assert_str_eq(deploycfg_error_text(note), "env:PORT: note: set here\n");
	ck_assert_ptr_null(deploycfg_error_related(note, 0));
	ck_assert_str_eq(deploycfg_error_text(deploycfg_error_related(error, 1)),
			 "note: and nowhere\n");
	ck_assert_ptr_null(deploycfg_error_related(error, 2));
	ck_assert_str_eq(deploycfg_error_text(error), "error[type-clash]: no\n"
						      "  env:PORT: note: set here\n"
						      "  note: and nowhere\n");
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(parts_that_are_not_there_leave_no_trace)
{
	static const struct row {
		struct dcfg_place place;
		const char *key, *text;
	} rows[] = {
		{{NULL, 0, 0, {NULL, 0}, false}, NULL, "warning[environment]: odd\n"},
		{{"", 7, 7, {NULL, 0}, false}, "", "warning[environment]: odd\n"},
		{{"env:X", 0, 0, {NULL, 0}, false},
		 "a.b",
		 "env:X: warning[environment]: a.b: odd\n"},
		{{"f", 0, 5, {NULL, 0}, false}, NULL, "f: warning[environment]: odd\n"},
		{{"f", 4, 0, {NULL, 0}, false}, NULL, "f:4: warning[environment]: odd\n"},
		{{"f", 4, 0, {"ab", 2}, false},
		 NULL,
		 "f:4: warning[environment]: odd\n    4 | ab\n"},
		{{"f", 4, 2, {"ab", 2}, true},
		 NULL,
		 "f:4:2: warning[environment]: odd\n    4 | ******\n"},
		{{"f", 0, 0, {"ab", 2}, false}, NULL, "f: warning[environment]: odd\n"},
		{{"f", 1234567, 1, {"ab", 2}, false},
		 NULL,
		 "f:1234567:1: warning[environment]: odd\n1234567 | ab\n        | ^\n"},
	};
	struct deploycfg_errors *errors = NULL;

	for (size_t i = 0; i < DCFG_COUNT(rows); i++) {
		const struct deploycfg_error *error =
			dcfg_warning(&errors, DEPLOYCFG_ERR_ENVIRONMENT, &rows[i].place,
				     rows[i].key, "odd");

		ck_assert_str_eq(deploycfg_error_text(error), rows[i].text);
	}
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(nothing_unprintable_leaves)
{
	struct dcfg_place place = {"dir\n/\x1b[2J", 1, 4,
				   DCFG_VIEW("a\t\x1b"
					     "b\xe2\x80\xae"
					     "c\xff\r\n"),
				   false};
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_error *error;

	error = dcfg_error(&errors, DEPLOYCFG_ERR_SYNTAX, &place, "k\x07y", "found '%s'",
			   "\x9b\t");
	dcfg_error_related(error, &place, "\xe2\x80\x8b");
	dcfg_error_hint(error, "no\nnewline");
	ck_assert_str_eq(deploycfg_error_text(error),
			 "dir\\n/\\x1B[2J:1:4: error[syntax]: k\\x07y: found '\\x9B\\t'\n"
			 "    1 | a \\x1Bb\\u{202E}c\\xFF\n"
			 "      |       ^\n"
			 "  dir\\n/\\x1B[2J:1:4: note: \\u{200B}\n"
			 "  hint: no\\nnewline\n");
	ck_assert_str_eq(deploycfg_error_file(error), "dir\\n/\\x1B[2J");
	ck_assert_str_eq(deploycfg_error_key(error), "k\\x07y");
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(the_caret_stands_below_its_character)
{
	has_excerpt(DCFG_VIEW("a\tb"), 3, "    3 | a b\n      |   ^\n");
	has_excerpt(DCFG_VIEW("\xc3\xa4=\xe2\x82\xac;x"), 3,
		    "    3 | \xc3\xa4=\xe2\x82\xac;x\n      |   ^\n");
	has_excerpt(DCFG_VIEW("\xc3\xa4=\xe2\x82\xac;x"), 5,
		    "    3 | \xc3\xa4=\xe2\x82\xac;x\n      |     ^\n");
	has_excerpt(DCFG_VIEW("\x01\x02x"), 2, "    3 | \\x01\\x02x\n      |     ^\n");
	has_excerpt(DCFG_VIEW("\x01\x02x"), 3,
		    "    3 | \\x01\\x02x\n      |         ^\n");
	has_excerpt(DCFG_VIEW("ab"), 3, "    3 | ab\n      |   ^\n"); /* behind the end */
	has_excerpt(DCFG_VIEW("ab"), 99, "    3 | ab\n      |   ^\n");
	has_excerpt(DCFG_VIEW("\r\n"), 1, "");
}
END_TEST

START_TEST(wide_characters_take_two_columns_and_marks_none)
{
	has_excerpt(DCFG_VIEW("\xe4\xb8\xad\xe6\x96\x87=x"), 4,
		    "    3 | \xe4\xb8\xad\xe6\x96\x87=x\n      |      ^\n");
	has_excerpt(DCFG_VIEW("e\xcc\x81=x"), 4, "    3 | e\xcc\x81=x\n      |   ^\n");
}
END_TEST

static const struct window_row {
	size_t length;
	uint32_t column;
	size_t before, after; /* characters shown on both sides of the marked one */
	const char *left, *right;
} windows[] = {
	{100, 100, 99, 0, "", ""},        {101, 1, 0, 99, "", "..."},
	{101, 101, 60, 0, "...", ""},     {1000, 61, 60, 39, "", "..."},
	{1000, 62, 60, 36, "...", "..."}, {1000, 500, 60, 36, "...", "..."},
	{1000, 964, 60, 36, "...", ""},   {1000, 1000, 60, 0, "...", ""},
};

START_TEST(long_lines_are_shown_around_the_column)
{
	const struct window_row *row = &windows[_i];
	char line[1000], expected[300];

	memset(line, 'a', sizeof(line));
	line[row->column - 1] = 'X';
	(void)snprintf(expected, sizeof(expected),
		       "    3 | %s%.*sX%.*s%s\n      | %*s^\n", row->left,
		       (int)row->before, line, (int)row->after, line + row->column,
		       row->right, (int)(strlen(row->left) + row->before), "");
	has_excerpt(dcfg_view(line, row->length), row->column, expected);
}
END_TEST

START_TEST(very_long_messages_are_cut_between_characters)
{
	struct deploycfg_errors *errors = NULL;
	char text[3002];
	const char *message;

	for (size_t i = 0; i < 3000; i += 3)
		memcpy(text + i, "\xe2\x82\xac", 4);
	message = deploycfg_error_message(
		dcfg_error(&errors, DEPLOYCFG_ERR_KEY, NULL, text, "%s", text));
	ck_assert_uint_lt(strlen(message), 2048);
	ck_assert_str_eq(message + strlen(message) - 6, "\xe2\x82\xac...");
	ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, 0)), text);
	deploycfg_errors_free(errors);
}
END_TEST

Suite *base_diag_suite(void)
{
	Suite *suite = suite_create("base_diag");
	TCase *tests = tcase_create("diag");

	tcase_add_test(tests, a_diagnostic_shows_all_its_parts);
	tcase_add_test(tests, related_places_are_diagnostics_too);
	tcase_add_test(tests, parts_that_are_not_there_leave_no_trace);
	tcase_add_test(tests, nothing_unprintable_leaves);
	tcase_add_test(tests, the_caret_stands_below_its_character);
	tcase_add_test(tests, wide_characters_take_two_columns_and_marks_none);
	tcase_add_loop_test(tests, long_lines_are_shown_around_the_column, 0,
			    DCFG_COUNT(windows));
	tcase_add_test(tests, very_long_messages_are_cut_between_characters);
	suite_add_tcase(suite, tests);
	return suite;
}
