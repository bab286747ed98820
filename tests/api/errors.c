/* SPDX-License-Identifier: ISC */
/* Lists of diagnostics: how they grow, what each of them says, and who owns them. */
#include "api.h"

static struct deploycfg_snapshot *cfg;
static struct deploycfg_errors *errors;

static void setup(void)
{
	cfg = api_of_yaml("port: 80\nword: w\nlist: [1]\n");
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
	cfg = deploycfg_snapshot_unref(cfg);
}

/* A loader whose load only warns: a variable that matches no key. */
static struct deploycfg_loader *that_warns(void)
{
	static const char *const variables[] = {"SHOP__PROT=81", NULL};
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 200, "port: 80\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	return loader;
}

START_TEST(a_list_that_is_null_is_empty)
{
	ck_assert(!deploycfg_errors_failed(NULL));
	ck_assert_uint_eq(deploycfg_errors_count(NULL), 0);
	ck_assert_ptr_null(deploycfg_errors_at(NULL, 0));
	ck_assert_ptr_null(deploycfg_errors_free(NULL));
}
END_TEST

START_TEST(success_makes_no_list)
{
	ck_assert_int_eq(deploycfg_get_int(cfg, "port", &errors), 80);
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(a_list_grows_in_order_and_what_it_holds_stays_in_its_place)
{
	const struct deploycfg_error *first;
	const char *message;
	char path[16];

	deploycfg_get_int(cfg, "k0", &errors);
	first = deploycfg_errors_at(errors, 0);
	message = deploycfg_error_message(first);
	for (int i = 1; i < 700; i++) {
		snprintf(path, sizeof(path), "k%d", i);
		deploycfg_get_int(cfg, path, &errors);
	}
	ck_assert_uint_eq(deploycfg_errors_count(errors), 700);
	for (int i = 0; i < 700; i++) {
		snprintf(path, sizeof(path), "k%d", i);
		ck_assert_str_eq(
			deploycfg_error_key(deploycfg_errors_at(errors, (size_t)i)),
			path);
	}
	ck_assert_ptr_null(deploycfg_errors_at(errors, 700));
	ck_assert_ptr_null(deploycfg_errors_at(errors, SIZE_MAX));
	ck_assert_ptr_eq(first, deploycfg_errors_at(errors, 0));
	ck_assert_ptr_eq(message, deploycfg_error_message(first));
}
END_TEST

START_TEST(a_list_keeps_a_thousand_and_counts_the_rest)
{
	const struct deploycfg_error *rest;

	for (int i = 0; i < 1500; i++)
		deploycfg_get_int(cfg, "nowhere", &errors);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1001);
	rest = deploycfg_errors_at(errors, 1000);
	ck_assert_int_eq(deploycfg_error_status(rest), DEPLOYCFG_ERR_LIMIT);
	ck_assert_ptr_nonnull(strstr(deploycfg_error_message(rest), "500 more"));
	ck_assert(deploycfg_errors_failed(errors));
}
END_TEST

START_TEST(warnings_alone_are_no_failure)
{
	struct deploycfg_loader *loader = that_warns();
	struct deploycfg_snapshot *warned = deploycfg_loader_load(loader, &errors);

	ck_assert_ptr_nonnull(warned);
	ck_assert_ptr_nonnull(errors);
	ck_assert(!deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	ck_assert_int_eq(deploycfg_error_severity(deploycfg_errors_at(errors, 0)),
			 DEPLOYCFG_WARNING);
	deploycfg_get_int(warned, "nowhere", &errors);
	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 2);
	deploycfg_snapshot_unref(warned);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_list_collects_over_loads_and_reads)
{
	static const int wanted[] = {DEPLOYCFG_ERR_MISSING, DEPLOYCFG_ERR_DUPLICATE,
				     DEPLOYCFG_ERR_SYNTAX, DEPLOYCFG_ERR_IMAGE,
				     DEPLOYCFG_ERR_VALUE};
	static const char *const texts[] = {"a: 1\na: 2\n", "a: ]\n"};

	deploycfg_get_int(cfg, "nowhere", &errors);
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct deploycfg_loader *loader = api_loader();

		api_yaml(loader, 200, texts[i]);
		ck_assert_ptr_null(deploycfg_loader_load(loader, &errors));
		deploycfg_loader_free(loader);
	}
	ck_assert_ptr_null(deploycfg_snapshot_from_image("x", 1, &errors));
	deploycfg_get_int(cfg, "word", &errors);
	ck_assert_uint_eq(deploycfg_errors_count(errors), COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++)
		ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, i)),
				 wanted[i]);
}
END_TEST

START_TEST(a_list_outlives_what_it_came_from)
{
	deploycfg_get_int(cfg, "word", &errors);
	cfg = deploycfg_snapshot_unref(cfg);
	ck_assert_str_eq(api_error_place(deploycfg_errors_at(errors, 0)), "t200:2:7");
	ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, 0)), "word");
	ck_assert_ptr_nonnull(
		strstr(deploycfg_error_text(deploycfg_errors_at(errors, 0)), "'w'"));
}
END_TEST

START_TEST(an_error_that_has_no_more_to_say_gives_empty_texts)
{
	struct deploycfg_loader *loader = api_loader();
	const struct deploycfg_error *error;

	deploycfg_loader_set_prefix(loader, "shop");
	errors = api_fails(loader);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_str_eq(deploycfg_error_key(error), "");
	ck_assert_str_eq(api_error_place(error), ":0:0");
	ck_assert_ptr_nonnull(deploycfg_error_hint(error));
	ck_assert_ptr_null(deploycfg_error_related(error, 0));
	ck_assert_str_ne(deploycfg_error_message(error), "");
}
END_TEST

START_TEST(what_was_expected_is_told_apart_where_it_is_known)
{
	deploycfg_get_int(cfg, "word", &errors);
	deploycfg_get_bool(cfg, "word", &errors);
	deploycfg_get_double(cfg, "word", &errors);
	deploycfg_get_uint(cfg, "word", &errors);
	deploycfg_get_int(cfg, "nowhere", &errors);
	ck_assert_str_eq(deploycfg_error_expected(deploycfg_errors_at(errors, 0)), "int");
	ck_assert_str_eq(deploycfg_error_expected(deploycfg_errors_at(errors, 1)),
			 "bool");
	ck_assert_str_eq(deploycfg_error_expected(deploycfg_errors_at(errors, 2)),
			 "float");
	ck_assert_str_eq(deploycfg_error_expected(deploycfg_errors_at(errors, 3)),
			 "int from 0 on");
	ck_assert_str_eq(deploycfg_error_expected(deploycfg_errors_at(errors, 4)), "");
}
END_TEST

/* `list: 1` twice, in two texts. */
static struct deploycfg_errors *of_clash(void)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 100, "db:\n  pool: 5\n");
	api_yaml(loader, 200, "# \xc3\xa9\ndb:\n  pool: {size: 1}\n");
	return api_fails(loader);
}

START_TEST(other_places_are_notes)
{
	const struct deploycfg_error *error, *other;

	errors = of_clash();
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_CLASH);
	ck_assert_str_eq(deploycfg_error_key(error), "db.pool");
	ck_assert_str_eq(api_error_place(error), "t200:3:9");
	other = deploycfg_error_related(error, 0);
	ck_assert_ptr_nonnull(other);
	ck_assert_int_eq(deploycfg_error_severity(other), DEPLOYCFG_NOTE);
	ck_assert_str_eq(api_error_place(other), "t100:2:9");
	ck_assert_str_ne(deploycfg_error_message(other), "");
	ck_assert_str_eq(deploycfg_error_hint(other), "");
	ck_assert_ptr_null(deploycfg_error_related(other, 0));
	ck_assert_ptr_null(deploycfg_error_related(error, 1));
	ck_assert_ptr_null(deploycfg_error_related(error, SIZE_MAX));
}
END_TEST

START_TEST(a_message_is_one_line_without_its_place)
{
	const struct deploycfg_error *error;

	errors = of_clash();
	error = deploycfg_errors_at(errors, 0);
	ck_assert_ptr_null(strchr(deploycfg_error_message(error), '\n'));
	ck_assert_ptr_null(strstr(deploycfg_error_message(error), "t200"));
	ck_assert_ptr_null(strchr(deploycfg_error_hint(error), '\n'));
}
END_TEST

START_TEST(a_text_is_made_of_place_code_key_message_excerpt_notes_and_hint)
{
	const struct deploycfg_error *error, *other;
	char wanted[1024];

	errors = of_clash();
	error = deploycfg_errors_at(errors, 0);
	other = deploycfg_error_related(error, 0);
	snprintf(wanted, sizeof(wanted),
		 "t200:3:9: error[type-clash]: db.pool: %s\n"
		 "    3 |   pool: {size: 1}\n"
		 "      |         ^\n"
		 "  t100:2:9: note: %s\n"
		 "  hint: %s\n",
		 deploycfg_error_message(error), deploycfg_error_message(other),
		 deploycfg_error_hint(error));
	ck_assert_str_eq(deploycfg_error_text(error), wanted);
}
END_TEST

START_TEST(a_text_without_place_begins_with_its_severity)
{
	const struct deploycfg_error *error;
	char wanted[512];

	deploycfg_get_int(cfg, "server.port", &errors);
	error = deploycfg_errors_at(errors, 0);
	snprintf(wanted, sizeof(wanted),
		 "error[missing-key]: server.port: %s\n  hint: %s\n",
		 deploycfg_error_message(error), deploycfg_error_hint(error));
	ck_assert_str_eq(deploycfg_error_text(error), wanted);
}
END_TEST

START_TEST(a_warning_says_that_it_is_one)
{
	struct deploycfg_loader *loader = that_warns();

	deploycfg_snapshot_unref(deploycfg_loader_load(loader, &errors));
	ck_assert_ptr_nonnull(strstr(deploycfg_error_text(deploycfg_errors_at(errors, 0)),
				     "env:SHOP__PROT: warning["));
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(nothing_unprintable_gets_into_a_text)
{
	static const char bytes[] = "a: \"x\x7f\"\na: 2\n";
	struct deploycfg_loader *loader = api_loader();
	const char *text;

	deploycfg_loader_add_text(loader, 200, "t\x1b[31m", DEPLOYCFG_YAML, bytes,
				  strlen(bytes));
	errors = api_fails(loader);
	text = deploycfg_error_text(deploycfg_errors_at(errors, 0));
	ck_assert_ptr_null(strchr(text, 0x1b));
	ck_assert_ptr_null(strchr(text, 0x7f));
}
END_TEST

Suite *errors_suite(void)
{
	Suite *suite = suite_create("errors");
	TCase *cases = tcase_create("errors");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_list_that_is_null_is_empty);
	tcase_add_test(cases, success_makes_no_list);
	tcase_add_test(cases, a_list_grows_in_order_and_what_it_holds_stays_in_its_place);
	tcase_add_test(cases, a_list_keeps_a_thousand_and_counts_the_rest);
	tcase_add_test(cases, warnings_alone_are_no_failure);
	tcase_add_test(cases, a_list_collects_over_loads_and_reads);
	tcase_add_test(cases, a_list_outlives_what_it_came_from);
	tcase_add_test(cases, what_was_expected_is_told_apart_where_it_is_known);
	tcase_add_test(cases, an_error_that_has_no_more_to_say_gives_empty_texts);
	tcase_add_test(cases, other_places_are_notes);
	tcase_add_test(cases, a_message_is_one_line_without_its_place);
	tcase_add_test(cases,
		       a_text_is_made_of_place_code_key_message_excerpt_notes_and_hint);
	tcase_add_test(cases, a_text_without_place_begins_with_its_severity);
	tcase_add_test(cases, a_warning_says_that_it_is_one);
	tcase_add_test(cases, nothing_unprintable_gets_into_a_text);
	suite_add_tcase(suite, cases);
	return suite;
}
