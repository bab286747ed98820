/* SPDX-License-Identifier: ISC */
/* Variables: whose, which, and whether they count. */
#include "api.h"

#include <stdlib.h>

static struct deploycfg_errors *errors;

static void setup(void)
{
	errors = NULL;
}

static void teardown(void)
{
	unsetenv("SHOP__PORT");
	unsetenv("SHOP_ENV");
	errors = deploycfg_errors_free(errors);
}

/* A loader with `port: 80`, prefix SHOP, and environments that may be selected. */
static struct deploycfg_loader *shop(const char *const *variables)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 200,
		 "port: 80\nurl: none\nwhen@testing: {}\nwhen@production: {}\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	return loader;
}

static int64_t port_of(struct deploycfg_loader *loader)
{
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);
	int64_t port = deploycfg_get_int(cfg, "port", &errors);

	deploycfg_snapshot_unref(cfg);
	return port;
}

START_TEST(the_environ_given_replaces_that_of_the_process)
{
	static const char *const given[] = {"SHOP__PORT=81", NULL}, *const nothing[] = {
									    NULL};
	struct deploycfg_loader *loader = shop(NULL);

	setenv("SHOP__PORT", "1", 1);
	ck_assert_int_eq(port_of(loader), 1);
	deploycfg_loader_set_environ(loader, given);
	ck_assert_int_eq(port_of(loader), 81);
	deploycfg_loader_set_environ(loader, nothing);
	ck_assert_int_eq(port_of(loader), 80);
	deploycfg_loader_set_environ(loader, NULL);
	ck_assert_int_eq(port_of(loader), 1);
	ck_assert_ptr_null(errors);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(the_process_environ_is_copied_at_each_load)
{
	struct deploycfg_loader *loader = shop(NULL);

	setenv("SHOP__PORT", "1", 1);
	ck_assert_int_eq(port_of(loader), 1);
	setenv("SHOP__PORT", "2", 1);
	ck_assert_int_eq(port_of(loader), 2);
	unsetenv("SHOP__PORT");
	ck_assert_int_eq(port_of(loader), 80);
	ck_assert_ptr_null(errors);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(without_a_prefix_no_prefixed_variable_is_read)
{
	static const char *const given[] = {"SHOP__PORT=81", "__PORT=82",
					    "DEPLOYCFG__PORT=83", NULL};
	struct deploycfg_loader *loader = shop(given);

	deploycfg_loader_set_prefix(loader, NULL);
	ck_assert_int_eq(port_of(loader), 80);
	ck_assert_ptr_null(errors);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_mapped_variable_has_any_name_and_is_weaker_than_a_prefixed_one)
{
	static const char *const both[] = {"port_of-shop=81", "SHOP__PORT=82", NULL};
	static const char *const mapped[] = {"port_of-shop=81", "SHOP__PORT=", NULL};
	struct deploycfg_loader *loader = shop(mapped);
	struct deploycfg_snapshot *cfg;
	const struct deploycfg_entry *port;

	deploycfg_loader_map_variable(loader, "port_of-shop", "port");
	ck_assert_int_eq(port_of(loader), 81);
	deploycfg_loader_set_environ(loader, both);
	cfg = api_load(loader);
	port = deploycfg_find(cfg, "port", SIZE_MAX);
	ck_assert_str_eq(api_place(port), "env:SHOP__PORT:0:0");
	ck_assert_str_eq(deploycfg_entry_text(port, NULL), "82");
	port = deploycfg_entry_related(port);
	ck_assert_str_eq(api_place(port), "env:port_of-shop:0:0");
	ck_assert_str_eq(deploycfg_entry_text(port, NULL), "81");
	ck_assert_str_eq(api_place(deploycfg_entry_next_related(port)), "t200:1:7");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_mapped_variable_needs_no_prefix_and_may_make_a_key)
{
	static const char *const given[] = {"DATABASE_URL=a=b", NULL};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_set_environ(loader, given);
	deploycfg_loader_map_variable(loader, "DATABASE_URL", "database.url");
	deploycfg_loader_map_variable(loader, "NOT_THERE", "database.name");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "database.url=a=b");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_variable_that_is_no_number_is_told_with_both_places)
{
	static const char *const given[] = {"SHOP__PORT=eighty", NULL};
	const struct deploycfg_error *error;

	errors = api_fails(shop(given));
	error = deploycfg_errors_at(errors, 0);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_VALUE);
	ck_assert_str_eq(deploycfg_error_file(error), "env:SHOP__PORT");
	ck_assert_str_eq(deploycfg_error_key(error), "port");
	ck_assert_str_eq(api_error_place(deploycfg_error_related(error, 0)), "t200:1:7");
}
END_TEST

START_TEST(an_empty_variable_is_skipped_and_told)
{
	static const char *const given[] = {"SHOP__PORT=", NULL};
	struct deploycfg_snapshot *cfg = api_load(shop(given));
	const struct deploycfg_entry *port = deploycfg_find(cfg, "port", SIZE_MAX);

	ck_assert_int_eq(deploycfg_get_int(cfg, "port", NULL), 80);
	port = deploycfg_entry_related(port);
	ck_assert_ptr_nonnull(port);
	ck_assert_int_eq(deploycfg_entry_relation(port), DEPLOYCFG_SKIPPED);
	ck_assert_str_eq(api_place(port), "env:SHOP__PORT:0:0");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* Environment and mode, the port they make of 80 and SHOP__PORT=81, diagnostics. */
static const struct {
	const char *environment;
	enum deploycfg_variables mode;
	int port;
	bool warns;
} modes[] = {
	{"production", DEPLOYCFG_VARIABLES_DEFAULT, 81, false},
	{"production", DEPLOYCFG_VARIABLES_ALWAYS, 81, false},
	{"production", DEPLOYCFG_VARIABLES_NEVER, 80, true},
	{"testing", DEPLOYCFG_VARIABLES_DEFAULT, 80, true},
	{"test", DEPLOYCFG_VARIABLES_DEFAULT, 80, true},
	{"testing", DEPLOYCFG_VARIABLES_ALWAYS, 81, false},
	{"testing", DEPLOYCFG_VARIABLES_NEVER, 80, true},
	{"none", DEPLOYCFG_VARIABLES_DEFAULT, 81, false},
	{"none", DEPLOYCFG_VARIABLES_NEVER, 80, true},
};

START_TEST(modes_let_variables_in_or_not)
{
	static const char *const given[] = {"SHOP__PORT=81", "PORT=", NULL};
	struct deploycfg_loader *loader = shop(given);

	deploycfg_loader_set_environment(loader, modes[_i].environment);
	deploycfg_loader_set_variables(loader, modes[_i].mode);
	ck_assert_int_eq(port_of(loader), modes[_i].port);
	ck_assert(!deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), modes[_i].warns);
	if (modes[_i].warns) {
		const struct deploycfg_error *warning = deploycfg_errors_at(errors, 0);

		ck_assert_int_eq(deploycfg_error_severity(warning), DEPLOYCFG_WARNING);
		ck_assert_ptr_nonnull(
			strstr(deploycfg_error_text(warning), "SHOP__PORT"));
	}
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_hermetic_environment_takes_no_mapped_variable_either)
{
	static const char *const given[] = {"PORT=81", NULL};
	struct deploycfg_loader *loader = shop(given);

	deploycfg_loader_set_environment(loader, "testing");
	deploycfg_loader_map_variable(loader, "PORT", "port");
	ck_assert_int_eq(port_of(loader), 80);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_ALWAYS);
	ck_assert_int_eq(port_of(loader), 81);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_hermetic_environment_may_be_selected_by_a_variable)
{
	static const char *const given[] = {"SHOP_ENV=testing", NULL};
	struct deploycfg_loader *loader = shop(given);
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_set_environment(loader, NULL);
	cfg = api_load(loader);
	ck_assert_str_eq(deploycfg_snapshot_selected_by(cfg), "SHOP_ENV");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(variables_that_are_turned_off_select_nothing)
{
	static const char *const given[] = {"SHOP_ENV=testing", "DEPLOYCFG_ENV=testing",
					    NULL};
	struct deploycfg_loader *loader = shop(given);

	deploycfg_loader_set_environment(loader, NULL);
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_NEVER);
	errors = api_fails(loader);
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, 0)),
			 DEPLOYCFG_ERR_ENVIRONMENT);
}
END_TEST

START_TEST(an_ignored_variable_is_in_the_table_of_sources)
{
	static const char *const given[] = {"SHOP__PORT=81", NULL};
	struct deploycfg_loader *loader = shop(given);
	const struct deploycfg_source *source;
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_set_environment(loader, "testing");
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_uint_eq(deploycfg_snapshot_sources(cfg), 2);
	source = deploycfg_snapshot_source(cfg, 1);
	ck_assert_str_eq(deploycfg_source_name(source), "env:SHOP__PORT");
	ck_assert_int_eq(deploycfg_source_kind(source), DEPLOYCFG_SOURCE_VARIABLE);
	ck_assert_int_eq(deploycfg_source_state(source), DEPLOYCFG_SOURCE_IGNORED);
	ck_assert_str_ne(deploycfg_source_reason(source), "");
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_free(loader);
}
END_TEST

Suite *variables_suite(void)
{
	Suite *suite = suite_create("variables");
	TCase *cases = tcase_create("variables");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, the_environ_given_replaces_that_of_the_process);
	tcase_add_test(cases, the_process_environ_is_copied_at_each_load);
	tcase_add_test(cases, without_a_prefix_no_prefixed_variable_is_read);
	tcase_add_test(cases,
		       a_mapped_variable_has_any_name_and_is_weaker_than_a_prefixed_one);
	tcase_add_test(cases, a_mapped_variable_needs_no_prefix_and_may_make_a_key);
	tcase_add_test(cases, a_variable_that_is_no_number_is_told_with_both_places);
	tcase_add_test(cases, an_empty_variable_is_skipped_and_told);
	tcase_add_loop_test(cases, modes_let_variables_in_or_not, 0, (int)COUNT(modes));
	tcase_add_test(cases, a_hermetic_environment_takes_no_mapped_variable_either);
	tcase_add_test(cases, a_hermetic_environment_may_be_selected_by_a_variable);
	tcase_add_test(cases, variables_that_are_turned_off_select_nothing);
	tcase_add_test(cases, an_ignored_variable_is_in_the_table_of_sources);
	suite_add_tcase(suite, cases);
	return suite;
}
