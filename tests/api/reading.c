/* SPDX-License-Identifier: ISC */
/* Typed getters: what every kind of value reads as, and what is said where it does not. */
#include "api.h"

#include <math.h>

#define TYPE DEPLOYCFG_ERR_TYPE
#define VALUE DEPLOYCFG_ERR_VALUE
#define RANGE DEPLOYCFG_ERR_RANGE

/* A key, its value in YAML, and what each getter makes of it: status and value. */
struct row {
	const char *key, *yaml;
	struct {
		int status;
		bool value;
	} as_bool;
	struct {
		int status;
		int64_t value;
	} as_int;
	struct {
		int status;
		uint64_t value;
	} as_uint;
	struct {
		int status;
		double value;
	} as_double;
	struct {
		int status;
		const char *value;
	} as_string;
};

#define NONE(status)                                                                     \
	{status, 0}, {status, 0}, {status, 0},                                           \
	{                                                                                \
		status, 0                                                                \
	}

/* In the order of their lines. */
static const struct row rows[] = {
	{"nil", "null", NONE(TYPE), {TYPE, NULL}},
	{"list", "[1, 2]", NONE(TYPE), {TYPE, NULL}},
	{"map", "{a: 1}", NONE(TYPE), {TYPE, NULL}},
	{"true", "true", {0, true}, {TYPE, 0}, {TYPE, 0}, {TYPE, 0}, {0, "true"}},
	{"false", "False", {0, false}, {TYPE, 0}, {TYPE, 0}, {TYPE, 0}, {0, "False"}},
	{"int", "5", {VALUE, 0}, {0, 5}, {0, 5}, {0, 5.0}, {0, "5"}},
	{"one", "1", {0, true}, {0, 1}, {0, 1}, {0, 1.0}, {0, "1"}},
	{"zero", "0", {0, false}, {0, 0}, {0, 0}, {0, 0.0}, {0, "0"}},
	{"negative", "-5", {VALUE, 0}, {0, -5}, {RANGE, 0}, {0, -5.0}, {0, "-5"}},
	{"hex", "0x1F", {VALUE, 0}, {0, 31}, {0, 31}, {0, 31.0}, {0, "0x1F"}},
	{"octal", "0o17", {VALUE, 0}, {0, 15}, {0, 15}, {0, 15.0}, {0, "0o17"}},
	{"max",
	 "9223372036854775807",
	 {VALUE, 0},
	 {0, INT64_MAX},
	 {0, INT64_MAX},
	 {RANGE, 0},
	 {0, "9223372036854775807"}},
	{"min",
	 "-9223372036854775808",
	 {VALUE, 0},
	 {0, INT64_MIN},
	 {RANGE, 0},
	 {0, -0x1p63},
	 {0, "-9223372036854775808"}},
	{"exact",
	 "9007199254740992",
	 {VALUE, 0},
	 {0, 9007199254740992},
	 {0, 9007199254740992},
	 {0, 0x1p53},
	 {0, "9007199254740992"}},
	{"inexact",
	 "9007199254740993",
	 {VALUE, 0},
	 {0, 9007199254740993},
	 {0, 9007199254740993},
	 {RANGE, 0},
	 {0, "9007199254740993"}},
	{"float", "2.50", {TYPE, 0}, {TYPE, 0}, {TYPE, 0}, {0, 2.5}, {0, "2.50"}},
	{"whole", "3.0", {TYPE, 0}, {TYPE, 0}, {TYPE, 0}, {0, 3.0}, {0, "3.0"}},
	{"infinity",
	 "-.inf",
	 {TYPE, 0},
	 {TYPE, 0},
	 {TYPE, 0},
	 {0, -INFINITY},
	 {0, "-.inf"}},
	{"text_true",
	 "'True'",
	 {0, true},
	 {VALUE, 0},
	 {VALUE, 0},
	 {VALUE, 0},
	 {0, "True"}},
	{"text_no", "no", {0, false}, {VALUE, 0}, {VALUE, 0}, {VALUE, 0}, {0, "no"}},
	{"text_on", "'ON'", {0, true}, {VALUE, 0}, {VALUE, 0}, {VALUE, 0}, {0, "ON"}},
	{"text_one", "'1'", {0, true}, {0, 1}, {0, 1}, {0, 1.0}, {0, "1"}},
	{"text_int", "'42'", {VALUE, 0}, {0, 42}, {0, 42}, {0, 42.0}, {0, "42"}},
	{"text_plus", "'+7'", {VALUE, 0}, {0, 7}, {0, 7}, {0, 7.0}, {0, "+7"}},
	{"text_minus", "'-7'", {VALUE, 0}, {0, -7}, {RANGE, 0}, {0, -7.0}, {0, "-7"}},
	{"text_hex", "'0xff'", {VALUE, 0}, {0, 255}, {0, 255}, {0, 255.0}, {0, "0xff"}},
	{"text_float",
	 "'2.5e3'",
	 {VALUE, 0},
	 {VALUE, 0},
	 {VALUE, 0},
	 {0, 2500.0},
	 {0, "2.5e3"}},
	{"text_uint",
	 "'18446744073709551615'",
	 {VALUE, 0},
	 {RANGE, 0},
	 {0, UINT64_MAX},
	 {RANGE, 0},
	 {0, "18446744073709551615"}},
	{"text_over",
	 "'18446744073709551616'",
	 {VALUE, 0},
	 {RANGE, 0},
	 {RANGE, 0},
	 {RANGE, 0},
	 {0, "18446744073709551616"}},
	{"text_huge",
	 "'1e999'",
	 {VALUE, 0},
	 {VALUE, 0},
	 {VALUE, 0},
	 {RANGE, 0},
	 {0, "1e999"}},
	{"word", "eighty", NONE(VALUE), {0, "eighty"}},
	{"empty", "''", NONE(VALUE), {0, ""}},
	{"blank", "' 5'", NONE(VALUE), {0, " 5"}},
	{"trailing", "'5x'", NONE(VALUE), {0, "5x"}},
	{"zeros", "007", {VALUE, 0}, {VALUE, 0}, {VALUE, 0}, {VALUE, 0}, {0, "007"}},
	{"comma", "'1,5'", NONE(VALUE), {0, "1,5"}},
};

static struct deploycfg_snapshot *cfg;
static struct deploycfg_errors *errors;

static void setup(void)
{
	char text[4096];
	int length = 0;

	for (size_t i = 0; i < COUNT(rows); i++)
		length += snprintf(text + length, sizeof(text) - (size_t)length,
				   "'%s': %s\n", rows[i].key, rows[i].yaml);
	cfg = api_of_yaml(text);
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
	cfg = deploycfg_snapshot_unref(cfg);
}

/* Looks at what the last getter said, which is to be this status, at the row's place. */
static void check_said(const struct row *row, int status, const char *what)
{
	const struct deploycfg_error *error = deploycfg_errors_at(errors, 0);
	char place[64];

	if (error) {
		snprintf(place, sizeof(place), "t200:%d:%d", (int)(row - rows) + 1,
			 (int)strlen(row->key) + 5);
		ck_assert_msg(strcmp(api_error_place(error), place) == 0,
			      "%s as %s: at %s instead of %s", row->key, what,
			      api_error_place(error), place);
		ck_assert_str_eq(deploycfg_error_key(error), row->key);
		ck_assert_int_eq(deploycfg_error_severity(error), DEPLOYCFG_ERROR);
		ck_assert_str_ne(deploycfg_error_hint(error), "");
	}
	ck_assert_msg((error ? (int)deploycfg_error_status(error) : 0) == status,
		      "%s as %s: %s", row->key, what,
		      error ? deploycfg_error_text(error) : "no error");
	api_take(&errors);
}

/* One type: its getters by key and by entry, and with a fallback. */
#define CHECK(type, same, other)                                                         \
	static void check_##type(const struct row *row)                                  \
	{                                                                                \
		const struct deploycfg_entry *entry =                                    \
			deploycfg_find(cfg, row->key, SIZE_MAX);                         \
		bool is_null = deploycfg_entry_type(entry) == DEPLOYCFG_NULL;            \
		int status = row->as_##type.status;                                      \
                                                                                         \
		ck_assert_msg(same(deploycfg_get_##type(cfg, row->key, &errors),         \
				   row->as_##type.value),                                \
			      "%s as " #type, row->key);                                 \
		check_said(row, status, #type);                                          \
		ck_assert_msg(same(deploycfg_entry_##type(entry, &errors),               \
				   row->as_##type.value),                                \
			      "%s as " #type " of the entry", row->key);                 \
		check_said(row, status, #type " of the entry");                          \
		ck_assert_msg(                                                           \
			same(deploycfg_get_##type##_or(cfg, row->key, other, &errors),   \
			     status ? other : row->as_##type.value),                     \
			"%s as " #type " or another", row->key);                         \
		check_said(row, is_null ? DEPLOYCFG_OK : status, #type " or another");   \
		ck_assert(same(deploycfg_get_##type(cfg, row->key, NULL),                \
			       row->as_##type.value));                                   \
	}

#define SAME(a, b) ((a) == (b))

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

CHECK(bool, SAME, true)
CHECK(int, SAME, -77)
CHECK(uint, SAME, 77)
CHECK(double, SAME, 0.77)
CHECK(string, same_text, "other")

START_TEST(each_getter_reads_each_kind_of_value_or_says_why_not)
{
	check_bool(&rows[_i]);
	check_int(&rows[_i]);
	check_uint(&rows[_i]);
	check_double(&rows[_i]);
	check_string(&rows[_i]);
}
END_TEST

START_TEST(what_is_not_a_number_is_a_double_all_the_same)
{
	struct deploycfg_snapshot *nan = api_of_yaml("plain: .nan\n");

	ck_assert(isnan(deploycfg_get_double(nan, "plain", &errors)));
	ck_assert_ptr_null(errors);
	deploycfg_snapshot_unref(nan);
}
END_TEST

START_TEST(a_missing_key_is_zero_and_an_error_that_names_it)
{
	const struct deploycfg_error *error;

	ck_assert(!deploycfg_get_bool(cfg, "a.b", &errors));
	ck_assert_int_eq(deploycfg_get_int(cfg, "a.b", &errors), 0);
	ck_assert_uint_eq(deploycfg_get_uint(cfg, "a.b", &errors), 0);
	ck_assert(deploycfg_get_double(cfg, "a.b", &errors) == 0);
	ck_assert_ptr_null(deploycfg_get_string(cfg, "a.b", &errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 5);
	for (size_t i = 0; i < 5; i++) {
		error = deploycfg_errors_at(errors, i);
		ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_MISSING);
		ck_assert_str_eq(deploycfg_error_key(error), "a.b");
		ck_assert_str_eq(api_error_place(error), ":0:0");
	}
}
END_TEST

START_TEST(a_missing_key_is_the_fallback_without_an_error)
{
	ck_assert(deploycfg_get_bool_or(cfg, "a.b", true, &errors));
	ck_assert_int_eq(deploycfg_get_int_or(cfg, "a.b", INT64_MIN, &errors), INT64_MIN);
	ck_assert(deploycfg_get_uint_or(cfg, "a.b", UINT64_MAX, &errors) == UINT64_MAX);
	ck_assert(deploycfg_get_double_or(cfg, "a.b", 0.5, &errors) == 0.5);
	ck_assert_str_eq(deploycfg_get_string_or(cfg, "a.b", "other", &errors), "other");
	ck_assert_ptr_null(deploycfg_get_string_or(cfg, "a.b", NULL, &errors));
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(a_snapshot_that_is_null_says_nothing)
{
	ck_assert(!deploycfg_get_bool(NULL, "int", &errors));
	ck_assert_int_eq(deploycfg_get_int(NULL, "int", &errors), 0);
	ck_assert_uint_eq(deploycfg_get_uint(NULL, "int", &errors), 0);
	ck_assert(deploycfg_get_double(NULL, "int", &errors) == 0);
	ck_assert_ptr_null(deploycfg_get_string(NULL, "int", &errors));
	ck_assert(deploycfg_get_bool_or(NULL, "int", true, &errors));
	ck_assert_int_eq(deploycfg_get_int_or(NULL, "int", 7, &errors), 7);
	ck_assert_uint_eq(deploycfg_get_uint_or(NULL, "int", 7, &errors), 7);
	ck_assert(deploycfg_get_double_or(NULL, "int", 0.5, &errors) == 0.5);
	ck_assert_str_eq(deploycfg_get_string_or(NULL, "int", "o", &errors), "o");
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(an_entry_that_is_null_is_no_such_key)
{
	ck_assert(!deploycfg_entry_bool(NULL, &errors));
	ck_assert_int_eq(deploycfg_entry_int(NULL, &errors), 0);
	ck_assert_uint_eq(deploycfg_entry_uint(NULL, &errors), 0);
	ck_assert(deploycfg_entry_double(NULL, &errors) == 0);
	ck_assert_ptr_null(deploycfg_entry_string(NULL, &errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 5);
	for (size_t i = 0; i < 5; i++)
		ck_assert_ptr_nonnull(
			strstr(deploycfg_error_message(deploycfg_errors_at(errors, i)),
			       "no such key"));
	ck_assert_int_eq(deploycfg_entry_int(NULL, NULL), 0);
}
END_TEST

START_TEST(thirty_reads_need_one_check)
{
	static const char *const wrong[] = {"word", "list", "nowhere"};
	size_t seen = 0;

	for (int i = 0; i < 27; i++)
		ck_assert_int_eq(deploycfg_get_int(cfg, "int", &errors), 5);
	ck_assert(!deploycfg_errors_failed(errors));
	for (size_t i = 0; i < COUNT(wrong); i++)
		ck_assert_int_eq(deploycfg_get_int(cfg, wrong[i], &errors), 0);
	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), COUNT(wrong));
	for (; seen < COUNT(wrong); seen++)
		ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, seen)),
				 wrong[seen]);
}
END_TEST

START_TEST(text_of_ini_reads_as_what_it_says)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *ini;

	api_ini(loader, 200, "port = 80\nratio = 0.5\ndebug = off\nname = \n");
	ini = api_load(loader);
	ck_assert_int_eq(deploycfg_get_int(ini, "port", &errors), 80);
	ck_assert(deploycfg_get_double(ini, "ratio", &errors) == 0.5);
	ck_assert(!deploycfg_get_bool_or(ini, "debug", true, &errors));
	ck_assert_str_eq(deploycfg_get_string_or(ini, "name", "x", &errors), "");
	ck_assert_ptr_null(errors);
	deploycfg_snapshot_unref(ini);
}
END_TEST

START_TEST(the_fallback_is_not_for_a_path_that_no_key_can_have)
{
	static const char *const paths[] = {"a..b", "l[x]", "\"a", ".a"};

	ck_assert_int_eq(deploycfg_get_int_or(cfg, paths[_i], 7, &errors), 7);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, 0)),
			 DEPLOYCFG_ERR_KEY);
}
END_TEST

Suite *reading_suite(void)
{
	Suite *suite = suite_create("reading");
	TCase *cases = tcase_create("reading");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, each_getter_reads_each_kind_of_value_or_says_why_not,
			    0, (int)COUNT(rows));
	tcase_add_test(cases, what_is_not_a_number_is_a_double_all_the_same);
	tcase_add_test(cases, a_missing_key_is_zero_and_an_error_that_names_it);
	tcase_add_test(cases, a_missing_key_is_the_fallback_without_an_error);
	tcase_add_loop_test(cases, the_fallback_is_not_for_a_path_that_no_key_can_have, 0,
			    4);
	tcase_add_test(cases, a_snapshot_that_is_null_says_nothing);
	tcase_add_test(cases, an_entry_that_is_null_is_no_such_key);
	tcase_add_test(cases, thirty_reads_need_one_check);
	tcase_add_test(cases, text_of_ini_reads_as_what_it_says);
	suite_add_tcase(suite, cases);
	return suite;
}
