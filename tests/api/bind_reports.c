/* SPDX-License-Identifier: ISC */
/* How problems of a bind are told: all at once, in the order of the files, with what was
 * expected, what they override and what to do. */
#include "api.h"
#include "bind_loose.h"

static const char *expected_of(const char *text)
{
	static char expected[120];
	struct deploycfg_snapshot *cfg = api_of_yaml(text);
	struct deploycfg_errors *errors = NULL;
	struct loose *loose;

	deploycfg_bind(cfg, "", &loose_schema, &loose, &errors);
	snprintf(expected, sizeof(expected), "%s; %s",
		 deploycfg_error_expected(deploycfg_errors_at(errors, 0)),
		 deploycfg_error_hint(deploycfg_errors_at(errors, 0)));
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
	return expected;
}

START_TEST(what_was_expected_and_what_to_do_is_said)
{
	ck_assert_str_eq(expected_of("int8: x"),
			 "int from -128 to 127; write a whole number, without leading "
			 "zeros or a unit, such as 8080");
	ck_assert_str_eq(expected_of("int8: 128"),
			 "int from -128 to 127; write a number within these bounds");
	ck_assert_str_eq(expected_of("int64: 30s"),
			 "int from -9223372036854775808 to 9223372036854775807; write "
			 "nanoseconds, or declare it as a duration in a schema");
	ck_assert_str_eq(expected_of("uint16: 1KiB"),
			 "int from 0 to 65535; write bytes, or declare it as a size in "
			 "a schema");
	ck_assert_str_eq(expected_of("real: x"), "float; write a number, such as 0.5");
	ck_assert_str_eq(expected_of("string: [a]"), "string; write a single value");
	ck_assert_str_eq(expected_of("ints: 7"), "list; write [7]");
	ck_assert_str_eq(expected_of("ints: '7, 8'"),
			 "list; write a list, such as [a, b]");
	ck_assert_str_eq(expected_of("flag: x"), "bool; write true or false");
	ck_assert_str_eq(expected_of("strict: fsat"),
			 "one of off, slow, fast, eight; write 'fast' if that is meant");
	ck_assert_str_eq(expected_of("itn8: 1"), "; write 'int8' if that is meant");
	ck_assert_str_eq(expected_of("bits: {lwo: 1}"), "; write 'low' if that is meant");
	ck_assert_str_eq(expected_of("q: 1"),
			 "; remove it, or look for it under another name");
	ck_assert_str_eq(expected_of("point: {}"), "; set it in a configuration file");
	ck_assert_str_eq(expected_of("null_string: ''"),
			 "string that cannot be taken for null; write null without "
			 "quotes, or leave the key out");
}
END_TEST

/* In the order of the files, each with what it overrides. */
START_TEST(all_problems_are_told_at_once)
{
	static const char *const places[] = {"t200:1:8", "t200:2:7",  "t200:4:7",
					     "t200:5:8", "t200:5:12", "t300:1:7"};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	const struct deploycfg_error *error;
	struct loose *loose;

	api_yaml(loader, 200,
		 "zzz:   1\nflag: perhaps\nint8: 1\nreal: 'x'\npoint: {y: a}\n");
	api_yaml(loader, 300, "int8: 1000\n");
	cfg = api_load(loader);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, &errors),
			 DEPLOYCFG_ERR_UNKNOWN);
	ck_assert_uint_eq(deploycfg_errors_count(errors), COUNT(places));
	for (size_t i = 0; i < COUNT(places); i++)
		ck_assert_str_eq(api_error_place(deploycfg_errors_at(errors, i)),
				 places[i]);
	error = deploycfg_errors_at(errors, 5);
	ck_assert_str_eq(api_error_place(deploycfg_error_related(error, 0)), "t200:3:7");
	ck_assert_str_eq(deploycfg_error_message(deploycfg_error_related(error, 0)),
			 "overrides this value");
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* Nothing is said twice of a long list, and there is an end to what is said. */
START_TEST(no_more_problems_are_kept_than_a_list_holds)
{
	static char text[40000] = "ints: [";
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	struct loose *loose;

	for (int i = 0; i < 5000; i++)
		sprintf(text + strlen(text), "x%d, ", i);
	strcat(text, "]");
	cfg = api_of_yaml(text);
	ck_assert_int_lt(deploycfg_bind(cfg, "", &loose_schema, &loose, &errors), 0);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1001);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 1000)),
			 "4001 more problems are not shown, 1000 is the limit");
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_key_that_is_not_there_is_told_as_getters_tell_it)
{
	struct deploycfg_snapshot *cfg = api_of_yaml("database: {int8: 1}\n");
	struct deploycfg_errors *errors = NULL;
	struct loose *loose;

	ck_assert_int_eq(deploycfg_bind(cfg, "databse", &loose_schema, &loose, &errors),
			 DEPLOYCFG_ERR_MISSING);
	ck_assert_str_eq(deploycfg_error_hint(deploycfg_errors_at(errors, 0)),
			 "write 'database' if that is meant");
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_MISSING);
	ck_assert_int_eq(deploycfg_bind(cfg, "a..b", &loose_schema, &loose, &errors),
			 DEPLOYCFG_ERR_KEY);
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_KEY);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_missing_key_is_told_with_its_variable_and_its_history)
{
	static const char *const none[] = {NULL};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	const struct deploycfg_error *error;
	struct loose *loose;

	deploycfg_loader_set_environ(loader, none);
	deploycfg_loader_set_prefix(loader, "SHOP");
	api_yaml(loader, 200, "point:\n  x: 1\n  y: 2\n");
	api_yaml(loader, 300, "point:\n  x: !unset\n");
	cfg = api_load(loader);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, &errors),
			 DEPLOYCFG_ERR_MISSING);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_str_eq(deploycfg_error_key(error), "point.x");
	ck_assert_str_eq(
		deploycfg_error_hint(error),
		"set it in a configuration file, or by the variable SHOP__POINT__X");
	ck_assert_str_eq(deploycfg_error_message(deploycfg_error_related(error, 0)),
			 "was unset here");
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *bind_reports_suite(void)
{
	Suite *suite = suite_create("bind_reports");
	TCase *tcase = tcase_create("bind_reports");

	tcase_add_test(tcase, what_was_expected_and_what_to_do_is_said);
	tcase_add_test(tcase, all_problems_are_told_at_once);
	tcase_add_test(tcase, no_more_problems_are_kept_than_a_list_holds);
	tcase_add_test(tcase, a_key_that_is_not_there_is_told_as_getters_tell_it);
	tcase_add_test(tcase, a_missing_key_is_told_with_its_variable_and_its_history);
	suite_add_tcase(suite, tcase);
	return suite;
}
