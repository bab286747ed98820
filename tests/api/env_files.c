/* SPDX-License-Identifier: ISC */
/* Files of variables, and the map in one variable. */
#include "api.h"

static struct deploycfg_errors *errors;

static void setup(void)
{
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

/* A loader with a port, a url and hosts, and environments that may be selected. */
static struct deploycfg_loader *shop(const char *const *variables)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 200, "port: 80\nurl: none\nhosts: [a]\nwhen@testing: {}\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_map_variable(loader, "URL", "url");
	return loader;
}

static const char *const nothing[] = {NULL};

START_TEST(a_file_of_variables_has_places_and_takes_types)
{
	struct deploycfg_loader *loader = shop(nothing);
	const struct deploycfg_source *source;
	struct deploycfg_snapshot *cfg;
	char place[600];

	scratch_write("a.env", "# c\nexport SHOP__PORT = '81'\nSHOP__HOSTS=\"[x, y]\"\n");
	deploycfg_loader_add_env_file(loader, scratch("a.env"));
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "hosts[0]=x hosts[1]=y port=81 url=none");
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "port", SIZE_MAX)),
			 DEPLOYCFG_INT);
	snprintf(place, sizeof(place), "%s:2:21", scratch("a.env"));
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "port", SIZE_MAX)), place);
	snprintf(place, sizeof(place), "%s:3:18", scratch("a.env"));
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "hosts[1]", SIZE_MAX)), place);
	source = deploycfg_entry_source(deploycfg_find(cfg, "port", SIZE_MAX));
	ck_assert_int_eq(deploycfg_source_kind(source), DEPLOYCFG_SOURCE_FILE);
	ck_assert_int_eq(deploycfg_source_layer(source), DEPLOYCFG_LAYER_VARIABLES);
	ck_assert_str_eq(deploycfg_source_label(source), "variable");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* What stands in two files, in the environment and in a text over them; the port of it. */
static const struct {
	const char *first, *second, *environment, *over;
	int port;
} strengths[] = {
	{"PORT=1", "", "", "", 1},
	{"PORT=1\nSHOP_JSON={port: 2}", "", "", "", 2},
	{"PORT=1\nSHOP_JSON={port: 2}\nSHOP__PORT=3", "", "", "", 3},
	{"SHOP__PORT=3", "PORT=4", "", "", 4},
	{"SHOP__PORT=3", "PORT=4\nSHOP_JSON={port: 5}", "", "", 5},
	{"SHOP__PORT=3", "SHOP__PORT=6", "PORT=7", "", 7},
	{"SHOP__PORT=3", "SHOP__PORT=6", "SHOP_JSON={port: 8}", "", 8},
	{"SHOP__PORT=3", "SHOP__PORT=6", "SHOP__PORT=9", "", 9},
	{"SHOP__PORT=3", "SHOP__PORT=6", "SHOP__PORT=", "", 6},
	{"SHOP__PORT=3", "SHOP__PORT=", "", "", 3},
	{"SHOP__PORT=3", "", "SHOP__PORT=9", "port: 10", 10},
};

START_TEST(names_and_files_have_their_order)
{
	const char *const environment[] = {strengths[_i].environment, NULL};
	struct deploycfg_loader *loader = shop(environment);
	struct deploycfg_snapshot *cfg;

	scratch_write("a.env", strengths[_i].first);
	scratch_write("b.env", strengths[_i].second);
	deploycfg_loader_map_variable(loader, "PORT", "port");
	deploycfg_loader_add_env_file(loader, scratch("a.env"));
	deploycfg_loader_add_env_file(loader, scratch("b.env"));
	api_yaml(loader, 950, strengths[_i].over);
	cfg = api_load(loader);
	ck_assert_int_eq(deploycfg_get_int(cfg, "port", NULL), strengths[_i].port);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(what_a_file_skips_is_told_in_its_place)
{
	static const char *const given[] = {"SHOP__PORT=9", NULL};
	struct deploycfg_loader *loader = shop(given);
	const struct deploycfg_entry *port;
	struct deploycfg_snapshot *cfg;

	scratch_write("a.env", "SHOP__PORT=");
	scratch_write("b.env", "SHOP__PORT=2");
	deploycfg_loader_add_env_file(loader, scratch("a.env"));
	deploycfg_loader_add_env_file(loader, scratch("b.env"));
	cfg = api_load(loader);
	port = deploycfg_entry_related(deploycfg_find(cfg, "port", SIZE_MAX));
	ck_assert_int_eq(deploycfg_entry_relation(port), DEPLOYCFG_SHADOWED);
	ck_assert_str_eq(deploycfg_entry_text(port, NULL), "2");
	port = deploycfg_entry_next_related(port);
	ck_assert_int_eq(deploycfg_entry_relation(port), DEPLOYCFG_SKIPPED);
	ck_assert_uint_eq(deploycfg_entry_line(port), 1);
	ck_assert_uint_eq(deploycfg_entry_column(port), 12);
	port = deploycfg_entry_next_related(port);
	ck_assert_int_eq(deploycfg_entry_relation(port), DEPLOYCFG_SHADOWED);
	ck_assert_str_eq(deploycfg_entry_text(port, NULL), "80");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_file_of_variables_must_exist_unless_it_is_optional)
{
	struct deploycfg_loader *loader = shop(nothing);
	const struct deploycfg_source *source;
	struct deploycfg_snapshot *cfg;
	char optional[600];

	snprintf(optional, sizeof(optional), "optional:%s", scratch("a.env"));
	deploycfg_loader_add_env_file(loader, optional);
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_ptr_null(errors);
	source = deploycfg_snapshot_source(cfg, 1);
	ck_assert_str_eq(deploycfg_source_name(source), scratch("a.env"));
	ck_assert_int_eq(deploycfg_source_state(source), DEPLOYCFG_SOURCE_MISSING);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_add_env_file(loader, scratch("a.env"));
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_NOT_FOUND);
	scratch_write("a.env", "SHOP__PORT=81");
	cfg = api_load(loader);
	ck_assert_int_eq(deploycfg_get_int(cfg, "port", NULL), 81);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_file_of_variables_selects_nothing)
{
	struct deploycfg_loader *loader = shop(nothing);
	const struct deploycfg_error *error;

	scratch_write("a.env", "SHOP_ENV=testing\n");
	deploycfg_loader_add_env_file(loader, scratch("a.env"));
	errors = api_fails(loader);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_VARIABLE);
	ck_assert_uint_eq(deploycfg_error_line(error), 1);
	ck_assert_ptr_nonnull(strstr(deploycfg_error_hint(error), "--env"));
}
END_TEST

START_TEST(files_of_variables_do_not_count_where_variables_do_not)
{
	struct deploycfg_loader *loader = shop(nothing);
	const struct deploycfg_source *source;
	struct deploycfg_snapshot *cfg;

	scratch_write("a.env", "SHOP__PORT=81\n");
	deploycfg_loader_add_env_file(loader, scratch("a.env"));
	deploycfg_loader_set_environment(loader, "testing");
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_int_eq(deploycfg_get_int(cfg, "port", NULL), 80);
	source = deploycfg_snapshot_source(cfg, 1);
	ck_assert_int_eq(deploycfg_source_state(source), DEPLOYCFG_SOURCE_IGNORED);
	ck_assert_str_eq(deploycfg_source_reason(source), "the environment is hermetic");
	source = deploycfg_snapshot_source(cfg, 2);
	ck_assert_int_eq(deploycfg_source_kind(source), DEPLOYCFG_SOURCE_VARIABLE);
	ck_assert_ptr_nonnull(strstr(deploycfg_source_name(source), "a.env:SHOP__PORT"));
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_VARIABLE);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_ALWAYS);
	cfg = api_load(loader);
	ck_assert_int_eq(deploycfg_get_int(cfg, "port", NULL), 81);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_map_in_a_variable_is_yaml_and_not_interpolated)
{
	static const char *const given[] = {
		"SHOP_JSON={\n \"port\": no, url: '${x}',\n new: {a: [1.0, null]}}\n",
		NULL};
	struct deploycfg_snapshot *cfg = api_load(shop(given));
	const struct deploycfg_entry *port = deploycfg_find(cfg, "port", SIZE_MAX);

	ck_assert_str_eq(api_leaves(cfg),
			 "hosts[0]=a new.a[0]=1.0 new.a[1]= port=no url=${x}");
	ck_assert_str_eq(api_place(port), "env:SHOP_JSON:2:10");
	ck_assert_int_eq(deploycfg_entry_type(port), DEPLOYCFG_STRING);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* A map, and where its first error is and what it is. */
static const struct {
	const char *map, *place;
	int status;
} refused[] = {
	{"[1]", "env:SHOP_JSON:0:0", DEPLOYCFG_ERR_SYNTAX},
	{"{a: 1", "env:SHOP_JSON:1:1", DEPLOYCFG_ERR_SYNTAX},
	{"{a: 1,\n a: 2}", "env:SHOP_JSON:2:2", DEPLOYCFG_ERR_DUPLICATE},
	{"{port: {x: 1}}", "env:SHOP_JSON:1:8", DEPLOYCFG_ERR_CLASH},
	{"{hosts: !append [b]}", "env:SHOP_JSON:1:9", DEPLOYCFG_ERR_OPERATOR},
	{"{hosts: }", "env:SHOP_JSON:1:9", DEPLOYCFG_ERR_CLASH},
	{"{port: 99999999999999999999}", "env:SHOP_JSON:1:8", DEPLOYCFG_ERR_RANGE},
};

START_TEST(a_map_in_a_variable_is_refused_with_its_place)
{
	char variable[100];
	const char *const given[] = {variable, NULL};

	snprintf(variable, sizeof(variable), "SHOP_JSON=%s", refused[_i].map);
	errors = api_fails(shop(given));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	ck_assert_str_eq(api_error_place(deploycfg_errors_at(errors, 0)),
			 refused[_i].place);
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, 0)),
			 refused[_i].status);
}
END_TEST

START_TEST(a_file_that_a_variable_names_is_told_with_it)
{
	char variable[600];
	const char *const given[] = {variable, NULL};
	struct deploycfg_snapshot *cfg;

	scratch_write("url", "many");
	snprintf(variable, sizeof(variable), "SHOP__URL__FILE=%s", scratch("url"));
	cfg = api_load(shop(given));
	ck_assert_int_eq(deploycfg_get_int(cfg, "url", &errors), 0);
	ck_assert_str_eq(deploycfg_error_file(deploycfg_errors_at(errors, 0)),
			 scratch("url"));
	ck_assert_str_eq(deploycfg_error_message(deploycfg_error_related(
				 deploycfg_errors_at(errors, 0), 0)),
			 "env:SHOP__URL__FILE names it");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *env_files_suite(void)
{
	Suite *suite = suite_create("env_files");
	TCase *cases = tcase_create("env_files");

	tcase_add_checked_fixture(cases, setup, teardown);
	scratch_add(cases);
	tcase_add_test(cases, a_file_of_variables_has_places_and_takes_types);
	tcase_add_loop_test(cases, names_and_files_have_their_order, 0,
			    (int)COUNT(strengths));
	tcase_add_test(cases, what_a_file_skips_is_told_in_its_place);
	tcase_add_test(cases, a_file_of_variables_must_exist_unless_it_is_optional);
	tcase_add_test(cases, a_file_of_variables_selects_nothing);
	tcase_add_test(cases, files_of_variables_do_not_count_where_variables_do_not);
	tcase_add_test(cases, a_map_in_a_variable_is_yaml_and_not_interpolated);
	tcase_add_loop_test(cases, a_map_in_a_variable_is_refused_with_its_place, 0,
			    (int)COUNT(refused));
	tcase_add_test(cases, a_file_that_a_variable_names_is_told_with_it);
	suite_add_tcase(suite, cases);
	return suite;
}
