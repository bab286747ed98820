/* SPDX-License-Identifier: ISC */
/* Lists of diagnostics: what they hold, count, remember without memory, and report. */
#include "unit.h"

#include "base/error.h"

START_TEST(the_first_thousand_diagnostics_are_kept_and_the_rest_counted)
{
	struct deploycfg_errors *errors = NULL;
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	for (size_t i = 0; i < DCFG_DIAGNOSTICS_MAX; i++)
		ck_assert_ptr_nonnull(
			dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "w"));
	ck_assert(!deploycfg_errors_failed(errors));
	for (size_t i = 0; i < 1234; i++)
		ck_assert_ptr_null(
			dcfg_error(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "e"));
	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), DCFG_DIAGNOSTICS_MAX + 1);
	ck_assert_int_eq(deploycfg_errors_report(errors, stream), 78);
	(void)fclose(stream);
	ck_assert_uint_eq(size, strlen(text));
	ck_assert_ptr_nonnull(strstr(text,
				     "warning[bad-key]: w\n"
				     "error[limit]: 1234 more problems are not shown, "
				     "1000 is the limit\n"));
	free(text);
}
END_TEST

START_TEST(what_is_not_kept_is_one_more_diagnostic)
{
	struct deploycfg_errors *errors = NULL;
	const struct deploycfg_error *rest;

	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "w");
	errors->limit = 1;
	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "w");
	ck_assert_uint_eq(deploycfg_errors_count(errors), 2);
	rest = deploycfg_errors_at(errors, 1);
	ck_assert_int_eq(deploycfg_error_status(rest), DEPLOYCFG_ERR_LIMIT);
	ck_assert_int_eq(deploycfg_error_severity(rest), DEPLOYCFG_WARNING);
	ck_assert_str_eq(deploycfg_error_message(rest),
			 "1 more problem is not shown, 1 is the limit");
	ck_assert_str_eq(deploycfg_error_text(rest),
			 "warning[limit]: 1 more problem is not shown, 1 is the limit\n");
	ck_assert_str_eq(deploycfg_error_hint(rest), "");
	ck_assert_str_eq(deploycfg_error_expected(rest), "");
	ck_assert(!deploycfg_errors_failed(errors));
	dcfg_error(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "e");
	ck_assert(deploycfg_errors_failed(errors));
	rest = deploycfg_errors_at(errors, 1);
	ck_assert_int_eq(deploycfg_error_severity(rest), DEPLOYCFG_ERROR);
	ck_assert_str_eq(deploycfg_error_message(rest),
			 "2 more problems are not shown, 1 is the limit");
	ck_assert_ptr_null(deploycfg_errors_at(errors, 2));
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(what_was_expected_is_kept_apart_from_the_text)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_error *error =
		dcfg_error(&errors, DEPLOYCFG_ERR_TYPE, NULL, "a", "no int");

	ck_assert_str_eq(deploycfg_error_expected(error), "");
	dcfg_error_expected(error, "an %s", "int\x1b");
	dcfg_error_expected(NULL, "unheard");
	ck_assert_str_eq(deploycfg_error_expected(error), "an int\\x1B");
	ck_assert_str_eq(deploycfg_error_text(error), "error[wrong-type]: a: no int\n");
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(a_report_shows_errors_and_warnings_in_order)
{
	struct deploycfg_errors *errors = NULL;
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "first");
	dcfg_diag(&errors, DEPLOYCFG_NOTE, DEPLOYCFG_OK, NULL, NULL, "left out");
	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "second");
	ck_assert_int_eq(deploycfg_errors_report(errors, stream), 0);
	ck_assert_int_eq(deploycfg_errors_report(NULL, stream), 0);
	(void)fclose(stream);
	ck_assert_str_eq(text, "warning[bad-key]: first\nwarning[bad-key]: second\n");
	free(text);
}
END_TEST

START_TEST(an_empty_list_holds_nothing)
{
	struct deploycfg_errors *errors = NULL;

	ck_assert(!deploycfg_errors_failed(NULL));
	ck_assert_uint_eq(deploycfg_errors_count(NULL), 0);
	ck_assert_ptr_null(deploycfg_errors_at(NULL, 0));
	ck_assert_ptr_null(deploycfg_errors_free(NULL));
	ck_assert_ptr_null(dcfg_error(NULL, DEPLOYCFG_ERR_KEY, NULL, NULL, "unheard"));
	dcfg_error_related(NULL, NULL, "unheard");
	dcfg_error_hint(NULL, "unheard");
	dcfg_error_memory(NULL);
	dcfg_errors_move(NULL, NULL);
	dcfg_errors_move(&errors, NULL);
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(a_list_with_warnings_alone_has_not_failed)
{
	struct deploycfg_errors *errors = NULL;

	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "w");
	ck_assert(!deploycfg_errors_failed(errors));
	dcfg_error(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "e");
	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_ptr_nonnull(deploycfg_errors_at(errors, 1));
	ck_assert_ptr_null(deploycfg_errors_at(errors, 2));
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(lack_of_memory_is_the_last_of_a_list)
{
	struct deploycfg_errors *errors = NULL;
	const struct deploycfg_error *error;

	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "w");
	dcfg_error_memory(&errors);
	dcfg_error_memory(&errors);
	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 2);
	error = deploycfg_errors_at(errors, 1);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_MEMORY);
	ck_assert_str_eq(deploycfg_error_message(error), "out of memory");
	ck_assert_str_eq(deploycfg_error_text(error),
			 "error[out-of-memory]: out of memory\n");
	ck_assert_str_eq(deploycfg_error_hint(error), "");
	ck_assert_str_eq(deploycfg_error_key(error), "");
	ck_assert_str_eq(deploycfg_error_file(error), "");
	ck_assert_ptr_null(deploycfg_error_related(error, 0));
	deploycfg_errors_free(errors);
}
END_TEST

/* As it is where not even the list could be made. */
static struct deploycfg_errors *list_without_memory(void)
{
	return (struct deploycfg_errors *)&dcfg_errors_without_memory;
}

START_TEST(the_list_without_memory_is_a_list)
{
	struct deploycfg_errors *errors = list_without_memory();

	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, 0)),
			 DEPLOYCFG_ERR_MEMORY);
	ck_assert_ptr_null(deploycfg_errors_at(errors, 1));
	ck_assert_ptr_null(deploycfg_errors_free(errors));
	dcfg_errors_move(NULL, errors);
}
END_TEST

START_TEST(the_list_without_memory_becomes_one_that_can_grow)
{
	struct deploycfg_errors *errors = list_without_memory();

	dcfg_warning(&errors, DEPLOYCFG_ERR_KEY, NULL, NULL, "w");
	ck_assert_ptr_ne(errors, list_without_memory());
	ck_assert_uint_eq(deploycfg_errors_count(errors), 2);
	dcfg_errors_move(&errors, list_without_memory());
	ck_assert_uint_eq(deploycfg_errors_count(errors), 2);
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(moving_keeps_everything)
{
	struct deploycfg_errors *into = NULL, *from = NULL;

	dcfg_warning(&from, DEPLOYCFG_ERR_KEY, NULL, NULL, "first");
	dcfg_errors_move(&into, from);
	from = NULL;
	dcfg_error_hint(dcfg_error(&from, DEPLOYCFG_ERR_KEY, NULL, NULL, "second"),
			"hint");
	from->limit = 1;
	dcfg_error(&from, DEPLOYCFG_ERR_KEY, NULL, NULL, "third");
	dcfg_errors_move(&into, from);
	ck_assert_uint_eq(deploycfg_errors_count(into), 3);
	ck_assert_str_eq(deploycfg_error_text(deploycfg_errors_at(into, 1)),
			 "error[bad-key]: second\n  hint: hint\n");
	ck_assert_uint_eq(into->dropped, 1);
	ck_assert(deploycfg_errors_failed(into));
	deploycfg_errors_free(into);
}
END_TEST

START_TEST(moving_beyond_the_limit_counts)
{
	struct deploycfg_errors *into = NULL, *from = NULL;

	for (size_t i = 0; i < DCFG_DIAGNOSTICS_MAX - 1; i++)
		dcfg_warning(&into, DEPLOYCFG_ERR_KEY, NULL, NULL, "w");
	for (size_t i = 0; i < 3; i++)
		dcfg_error(&from, DEPLOYCFG_ERR_KEY, NULL, NULL, "e");
	dcfg_errors_move(&into, from);
	ck_assert_uint_eq(deploycfg_errors_count(into), DCFG_DIAGNOSTICS_MAX + 1);
	ck_assert_uint_eq(into->dropped, 2);
	deploycfg_errors_free(into);
}
END_TEST

START_TEST(every_status_has_a_code)
{
	ck_assert_str_eq(deploycfg_status_code(DEPLOYCFG_OK), "ok");
	ck_assert_str_eq(deploycfg_status_code(DEPLOYCFG_ERR_DUPLICATE), "duplicate-key");
	ck_assert_str_eq(deploycfg_status_code(DEPLOYCFG_ERR_SECRET), "secret");
	ck_assert_str_eq(deploycfg_status_code((enum deploycfg_status)1), "");
	ck_assert_str_eq(deploycfg_status_code(DEPLOYCFG_STATUS_MAX_), "");
}
END_TEST

Suite *base_errors_suite(void)
{
	Suite *suite = suite_create("base_errors");
	TCase *tests = tcase_create("errors");

	tcase_add_test(tests,
		       the_first_thousand_diagnostics_are_kept_and_the_rest_counted);
	tcase_add_test(tests, what_is_not_kept_is_one_more_diagnostic);
	tcase_add_test(tests, what_was_expected_is_kept_apart_from_the_text);
	tcase_add_test(tests, a_report_shows_errors_and_warnings_in_order);
	tcase_add_test(tests, an_empty_list_holds_nothing);
	tcase_add_test(tests, a_list_with_warnings_alone_has_not_failed);
	tcase_add_test(tests, lack_of_memory_is_the_last_of_a_list);
	tcase_add_test(tests, the_list_without_memory_is_a_list);
	tcase_add_test(tests, the_list_without_memory_becomes_one_that_can_grow);
	tcase_add_test(tests, moving_keeps_everything);
	tcase_add_test(tests, moving_beyond_the_limit_counts);
	tcase_add_test(tests, every_status_has_a_code);
	suite_add_tcase(suite, tests);
	return suite;
}
