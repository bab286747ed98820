/* SPDX-License-Identifier: ISC */
/* Who selects the environment: argument, constant, variable. This file is compiled as a
 * program for testing is. */
#define TESTING
#define PRODUCTION 0

#include "api.h"

static struct deploycfg_errors *errors;

static void setup(void)
{
	scratch_write("base.yaml", "a: 1\n");
	scratch_write("development.yaml", "");
	scratch_write("test.yaml", "");
	scratch_write("production.yaml", "");
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

START_TEST(constants_of_the_calling_file_select)
{
	struct deploycfg_snapshot *cfg =
		deploycfg_load(scratch(NULL), NULL, NULL, &errors);

	ck_assert_ptr_nonnull(cfg);
	ck_assert_str_eq(deploycfg_snapshot_environment(cfg), "testing");
	ck_assert_str_eq(deploycfg_snapshot_selected_by(cfg), "TESTING");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* What is given, and which environment that makes, by whom, or the status. */
struct selection {
	const char *argument, *constants, *shop_env, *deploycfg_env;
	const char *environment, *by;
	int status;
};

static void check_selection(const struct selection *row)
{
	struct deploycfg_loader *loader = deploycfg_loader_new();
	char shop[64], own[64];
	const char *variables[] = {shop, own, NULL};
	struct deploycfg_snapshot *cfg;

	snprintf(shop, sizeof(shop), "SHOP_ENV=%s", row->shop_env ? row->shop_env : "");
	snprintf(own, sizeof(own), "DEPLOYCFG_ENV=%s",
		 row->deploycfg_env ? row->deploycfg_env : "");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environment(loader, row->argument);
	deploycfg_loader_set_constants(loader, row->constants);
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_int_eq(api_take(&errors), row->status);
	ck_assert(!cfg == (row->status != DEPLOYCFG_OK));
	if (cfg) {
		ck_assert_str_eq(deploycfg_snapshot_environment(cfg), row->environment);
		ck_assert_str_eq(deploycfg_snapshot_selected_by(cfg), row->by);
	}
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_free(loader);
}

static const struct selection selections[] = {
	{"production", NULL, NULL, NULL, "production", "argument", 0},
	{"prod", NULL, NULL, NULL, "production", "argument", 0},
	{"none", NULL, NULL, NULL, "", "argument", 0},
	{"none", "TESTING=1", "production", NULL, "", "argument", 0},
	{"dev", "TESTING=1", "production", NULL, "development", "argument", 0},
	{NULL, "TESTING=1 PRODUCTION=0", NULL, NULL, "testing", "TESTING", 0},
	{NULL, "TESTING= ", NULL, NULL, "testing", "TESTING", 0},
	{NULL, "TESTING= PRODUCTION=0", NULL, NULL, "testing", "TESTING", 0},
	{NULL, "  TESTING=1  ", NULL, NULL, "testing", "TESTING", 0},
	{NULL, "DEPLOYCFG_ENVIRONMENT=testing", NULL, NULL, "testing",
	 "DEPLOYCFG_ENVIRONMENT", 0},
	{NULL, "DEPLOYCFG_ENVIRONMENT=\"prod\" ", NULL, NULL, "production",
	 "DEPLOYCFG_ENVIRONMENT", 0},
	{NULL, "TESTING=1 DEPLOYCFG_ENVIRONMENT=test", NULL, NULL, "testing", "TESTING",
	 0},
	{NULL, "PRODUCTION=1", "prod", NULL, "production", "PRODUCTION", 0},
	{NULL, NULL, "dev", NULL, "development", "SHOP_ENV", 0},
	{NULL, "", "dev", "production", "development", "SHOP_ENV", 0},
	{NULL, "PRODUCTION=0", "", "dev", "development", "DEPLOYCFG_ENV", 0},
	{NULL, NULL, NULL, NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, "TESTING=0", NULL, NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, "TESTING=0", "test", NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, "TESTING=1", "production", NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, "TESTING=1 PRODUCTION=1", NULL, NULL, NULL, NULL,
	 DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, "TESTING=0 DEPLOYCFG_ENVIRONMENT=testing", NULL, NULL, NULL, NULL,
	 DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, "DEPLOYCFG_ENVIRONMENT=staging", NULL, NULL, NULL, NULL,
	 DEPLOYCFG_ERR_ENVIRONMENT},
	{"prodution", NULL, NULL, NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
	{"", "TESTING=1", NULL, NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
	{NULL, NULL, "Production", NULL, NULL, NULL, DEPLOYCFG_ERR_ENVIRONMENT},
};

START_TEST(the_strongest_selects)
{
	check_selection(&selections[_i]);
}
END_TEST

START_TEST(an_argument_can_be_undone)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_set_environment(loader, "production");
	deploycfg_loader_set_environment(loader, NULL);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_ENVIRONMENT);
	deploycfg_loader_set_constants(loader, "TESTING=1");
	deploycfg_loader_set_constants(loader, NULL);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_ENVIRONMENT);
	deploycfg_loader_set_constants(loader, "DEVELOPMENT=1");
	cfg = api_load(loader);
	ck_assert_str_eq(deploycfg_snapshot_selected_by(cfg), "DEVELOPMENT");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(words_that_are_no_constants_are_the_callers_mistake)
{
	static const char *const words[] = {
		"STAGING=1", "TESTING=2", "TESTING=true", "TESTING",
		"=",         "testing=1", "TESTING=11",   "PRODUCTION=-1"};

	for (size_t i = 0; i < COUNT(words); i++) {
		ck_assert_ptr_null(deploycfg_load_constants(scratch(NULL), NULL, NULL,
							    words[i], &errors));
		ck_assert_msg(api_take(&errors) == DEPLOYCFG_ERR_ARGUMENT, "%s",
			      words[i]);
	}
}
END_TEST

START_TEST(the_error_for_no_selection_lists_the_ways)
{
	static const char *const ways[] = {"development", "testing",  "production",
					   "--env",       "SHOP_ENV", "DEPLOYCFG_ENV"};
	struct deploycfg_loader *loader = api_loader();
	const char *text;

	deploycfg_loader_set_environment(loader, NULL);
	deploycfg_loader_set_prefix(loader, "SHOP");
	errors = api_fails(loader);
	text = deploycfg_error_text(deploycfg_errors_at(errors, 0));
	for (size_t i = 0; i < COUNT(ways); i++)
		ck_assert_msg(strstr(text, ways[i]) != NULL, "no %s in: %s", ways[i],
			      text);
}
END_TEST

Suite *constants_suite(void)
{
	Suite *suite = suite_create("constants");
	TCase *cases = tcase_create("constants");

	scratch_add(cases);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, constants_of_the_calling_file_select);
	tcase_add_loop_test(cases, the_strongest_selects, 0, (int)COUNT(selections));
	tcase_add_test(cases, an_argument_can_be_undone);
	tcase_add_test(cases, words_that_are_no_constants_are_the_callers_mistake);
	tcase_add_test(cases, the_error_for_no_selection_lists_the_ways);
	suite_add_tcase(suite, cases);
	return suite;
}
