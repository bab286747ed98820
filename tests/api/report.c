/* SPDX-License-Identifier: ISC */
/* What the report of a list prints, and what it returns. */
#include "api.h"

#include <stdlib.h>

static struct deploycfg_snapshot *cfg;
static char printed[1 << 19];

static void setup(void)
{
	cfg = api_of_yaml("port: 80\n");
}

static void teardown(void)
{
	cfg = deploycfg_snapshot_unref(cfg);
}

/* Reports into a file and keeps what that holds. */
static int report(struct deploycfg_errors *errors)
{
	FILE *file = tmpfile();
	size_t length;
	int status;

	ck_assert_ptr_nonnull(file);
	status = deploycfg_errors_report(errors, file);
	ck_assert_int_eq(fseek(file, 0, SEEK_SET), 0);
	length = fread(printed, 1, sizeof(printed) - 1, file);
	printed[length] = '\0';
	ck_assert_int_eq(fclose(file), 0);
	return status;
}

START_TEST(nothing_to_tell_is_0_and_prints_nothing)
{
	ck_assert_int_eq(report(NULL), 0);
	ck_assert_str_eq(printed, "");
}
END_TEST

START_TEST(errors_are_printed_in_order_and_return_78)
{
	struct deploycfg_errors *errors = NULL;
	char wanted[1024];

	deploycfg_get_int(cfg, "one", &errors);
	deploycfg_get_bool(cfg, "port", &errors);
	snprintf(wanted, sizeof(wanted), "%s%s",
		 deploycfg_error_text(deploycfg_errors_at(errors, 0)),
		 deploycfg_error_text(deploycfg_errors_at(errors, 1)));
	ck_assert_int_eq(report(errors), 78);
	ck_assert_str_eq(printed, wanted);
}
END_TEST

/* A load of one text and one variable that nothing matches. */
static struct deploycfg_errors *with_warning(const char *text)
{
	static const char *const variables[] = {"SHOP__PROT=81", NULL};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;

	api_yaml(loader, 200, text);
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_snapshot_unref(deploycfg_loader_load(loader, &errors));
	deploycfg_loader_free(loader);
	return errors;
}

START_TEST(warnings_are_printed_and_return_0)
{
	struct deploycfg_errors *errors = with_warning("port: 80\n");
	char wanted[1024];

	snprintf(wanted, sizeof(wanted), "%s",
		 deploycfg_error_text(deploycfg_errors_at(errors, 0)));
	ck_assert_int_eq(report(errors), 0);
	ck_assert_str_eq(printed, wanted);
	ck_assert_ptr_nonnull(strstr(printed, "warning["));
}
END_TEST

START_TEST(one_error_among_warnings_returns_78)
{
	struct deploycfg_errors *errors = with_warning("port: 80\n");

	deploycfg_get_int(cfg, "nowhere", &errors);
	ck_assert_int_eq(report(errors), 78);
	ck_assert_ptr_nonnull(strstr(printed, "warning["));
	ck_assert_ptr_nonnull(strstr(printed, "error[missing-key]"));
}
END_TEST

START_TEST(what_was_not_kept_is_counted_at_the_end)
{
	struct deploycfg_errors *errors = NULL;

	for (int i = 0; i < 1007; i++)
		deploycfg_get_int(cfg, "nowhere", &errors);
	ck_assert_int_eq(report(errors), 78);
	ck_assert_ptr_nonnull(strstr(printed, "7 more"));
}
END_TEST

START_TEST(what_a_load_did_not_keep_is_counted_too)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 200, "a: 1\na: 2\nb: 1\nb: 2\nc: 1\nc: 2\n");
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DIAGNOSTICS, 1);
	ck_assert_int_eq(report(api_fails(loader)), 78);
	ck_assert_ptr_nonnull(strstr(printed, ": a: "));
	ck_assert_ptr_null(strstr(printed, ": b: "));
	ck_assert_ptr_nonnull(strstr(printed, "2 more"));
}
END_TEST

START_TEST(the_version_is_that_of_the_library)
{
	unsigned major, minor, patch;
	char rest;

	ck_assert_int_eq(
		sscanf(deploycfg_version(), "%u.%u.%u%c", &major, &minor, &patch, &rest),
		3);
}
END_TEST

Suite *report_suite(void)
{
	Suite *suite = suite_create("report");
	TCase *cases = tcase_create("report");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, nothing_to_tell_is_0_and_prints_nothing);
	tcase_add_test(cases, errors_are_printed_in_order_and_return_78);
	tcase_add_test(cases, warnings_are_printed_and_return_0);
	tcase_add_test(cases, one_error_among_warnings_returns_78);
	tcase_add_test(cases, what_was_not_kept_is_counted_at_the_end);
	tcase_add_test(cases, what_a_load_did_not_keep_is_counted_too);
	tcase_add_test(cases, the_version_is_that_of_the_library);
	suite_add_tcase(suite, cases);
	return suite;
}
