/* SPDX-License-Identifier: ISC */
/* YAML of secret files: what the parser sees of it, and what its scalars say. */
#include "unit.h"

#include "source/yaml_standin.h"

static struct dcfg_arena arena;

static void set_up(void)
{
	dcfg_arena_init(&arena);
}

static void tear_down(void)
{
	dcfg_arena_fini(&arena);
}

static const struct {
	const char *text, *seen;
} stand_ins[] = {
	{"", ""},
	{"[abZ09, 'x y']", "[00000, '0 0']"},
	{"[\"a\\n\\x41\\\\n\"]", "[\"0\\n\\x00\\\\0\"]"},
	{"[http://u:p@h/?q#x]", "[0000://0:0@0/?0#0]"},
	{"[é, 日本, \xf0\x9f\x98\x80]", "[0, 00, 0]"},
	{"[\xc2\x80, \xef\xbf\xbe]", "[\xc2\x80, \xef\xbf\xbe]"},
	{"[a,\r\n\tb]", "[0,\r\n\t0]"},
};

START_TEST(a_stand_in_has_the_characters_that_mean_something)
{
	struct dcfg_view seen = dcfg_standin(&arena, dcfg_view_text(stand_ins[_i].text));

	ck_assert(dcfg_view_equal(seen, dcfg_view_text(stand_ins[_i].seen)));
}
END_TEST

static const struct {
	const char *written, *text;
} scalars[] = {
	{"plain", "plain"},
	{"a \"b\" 'c' \\n", "a \"b\" 'c' \\n"},
	{"a\n  b", "a b"},
	{"a  \r\n\r\n b", "a\nb"},
	{"''", ""},
	{"'it''s \\n'", "it's \\n"},
	{"' a \n\n\n b '", " a\n\nb "},
	{"\"\"", ""},
	{"\"\\t\\\"\\\\\\/\\ \\a\\e\"", "\t\"\\/ \a\x1b"},
	{"\"\\x41\\u00e9\\U0001f600\"", "Aé\xf0\x9f\x98\x80"},
	{"\"\\ud83d\\ude00\\uDBFF\\uDFFF\"", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf"},
	{"'\\ud83d\\ude00'", "\\ud83d\\ude00"},
	{"\"\\N\\_\\L\\P\\L\\P\"",
	 "\xc2\x85\xc2\xa0\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xa8\xe2\x80\xa9"},
	{"\"a\\t  \n b\"", "a\t b"},
	{"\"a \\\n   b\"", "a b"},
	{"\"a\\\n\n b\"", "a\nb"},
	{"\"a  \"", "a  "},
};

START_TEST(a_scalar_says_what_it_would_in_yaml)
{
	struct dcfg_view text;

	ck_assert_ptr_null(
		dcfg_standin_read(&arena, dcfg_view_text(scalars[_i].written), &text));
	ck_assert(dcfg_view_equal(text, dcfg_view_text(scalars[_i].text)));
}
END_TEST

static const char *const wrong[] = {
	"\"\\xg0\"",          "\"\\x4\"",        "\"\\u12é4\"",    "\"\\ud800\"",
	"\"\\ude00\\ud83d\"", "\"\\U00110000\"", "\"\\Uffffffff\""};

START_TEST(escapes_that_are_no_character_are_a_problem)
{
	struct dcfg_view text;

	ck_assert_ptr_nonnull(
		dcfg_standin_read(&arena, dcfg_view_text(wrong[_i]), &text));
}
END_TEST

Suite *standin_suite(void)
{
	Suite *suite = suite_create("standin");
	TCase *tests = tcase_create("standin");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, a_stand_in_has_the_characters_that_mean_something, 0,
			    (int)DCFG_COUNT(stand_ins));
	tcase_add_loop_test(tests, a_scalar_says_what_it_would_in_yaml, 0,
			    (int)DCFG_COUNT(scalars));
	tcase_add_loop_test(tests, escapes_that_are_no_character_are_a_problem, 0,
			    (int)DCFG_COUNT(wrong));
	suite_add_tcase(suite, tests);
	return suite;
}
