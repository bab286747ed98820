/* SPDX-License-Identifier: ISC */
/* Variables that are ignored, those that are bound to keys, and the one that is a map. */
#include "unit.h"

#include "tree.h"
#include "variables_load.h"

static struct given given;

START_TEST(variables_are_ignored_with_one_warning)
{
	static const char *const list[] = {
		"APP__B=1", "URL=x",   "APP__A=1",  "APP_JSON={}",    "APP_X=1",
		"APP__E=",  "OTHER=1", "APP____=1", "APP_OVERLAYS=a", NULL};
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("URL"), DCFG_VIEW("database.url"), false, {UINT32_MAX, 0, 0}}};
	const struct dcfg_sources *sources = &given.context.sources;

	variables_begin(&given, list);
	given.variables.mapped = mapped;
	given.variables.mapped_count = 1;
	given.variables.ignored_because = "testing is hermetic";
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_uint_eq(sources->count, 7);
	ck_assert_str_eq(sources->list[1].name.ptr, "env:APP_JSON");
	ck_assert_int_eq(sources->list[6].state, DEPLOYCFG_SOURCE_IGNORED);
	ck_assert(has_parts(error_text(given.context.errors, 0),
			    "testing is hermetic: APP_JSON, APP_OVERLAYS, APP__A, "
			    "APP__B, APP____, URL\n.*--environ"));
	ck_assert_str_eq(variables_end(&given), "warning bad-variable ");
}
END_TEST

START_TEST(selecting_variables_are_ignored_where_they_do_not_count)
{
	static const char *const list[] = {"APP_ENV=testing", "DEPLOYCFG_ENV=testing",
					   "OTHER_ENV=testing", NULL};

	variables_begin(&given, list);
	given.variables.ignored_because = "they are turned off";
	given.variables.selecting_ignored = _i;
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_uint_eq(given.context.sources.count, _i ? 3 : 1);
	if (_i)
		ck_assert(has_parts(error_text(given.context.errors, 0),
				    "not read: APP_ENV, DEPLOYCFG_ENV\n"));
	ck_assert_str_eq(variables_end(&given), _i ? "warning bad-variable " : "");
}
END_TEST

#define MANY 2000

START_TEST(as_many_ignored_variables_are_named_as_fit)
{
	static char names[MANY][300];
	static const char *list[MANY + 1];
	const char *text;

	for (int i = 0; i < MANY; i++) {
		snprintf(names[i], sizeof(names[i]), "APP__A%04d%0*d=1", i, _i ? 250 : 1,
			 0);
		list[i] = names[i];
	}
	list[_i == 2 ? 1 : MANY] = NULL;
	variables_begin(&given, list);
	given.variables.ignored_because = "they are turned off";
	ck_assert_str_eq(variables_text(&given), "");
	text = error_text(given.context.errors, 0);
	ck_assert_msg(
		has_parts(text, _i == 2   ? "APP__A00000.*0...\n"
				: _i == 1 ? "APP__A00000.*0..., APP__A0001.*0... and "
					    "1992 more\n"
					  : "APP__A00000, APP__A00010.*, APP__A01220 and "
					    "1877 more\n"),
		"%s", text);
	variables_end(&given);
}
END_TEST

struct mapped_row {
	const char *variables[VARIABLES_MAX];
	const char *expected, *skipped, *reported;
};

static const struct mapped_row mapped_rows[] = {
	{{"OTHER=1"}, "", "", ""},
	{{"URL=u ${x}"}, "\"a.b\"=u ${x} database.url=u ${x} ", "", ""},
	{{"PORT=1", "URL=2"}, "port=1 \"a.b\"=2 database.url=2 ", "", ""},
	{{"PORT=", "DEEP="}, "", "new.deep?env:DEEP port?env:PORT ", ""},
	{{"URL="}, "", "\"a.b\"?env:URL database.url?env:URL ", ""},
	{{"DEEP=1"}, "new.deep=1 ", "", ""},
	{{"PORT=1", "PORT2="}, "port=1 ", "port?env:PORT2 ", ""},
	{{"PORT=1", "PORT2=2"}, "port=1 ", "", "duplicate-key "},
	{{"PORT=1", "PORT=1", "PORT=1"}, "port!= ", "", "bad-variable "},
	{{"PORT=\xff", "DEEP=1"}, "new.deep=1 port!= ", "", "encoding "},
};

START_TEST(mapped_variable_sets)
{
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("URL"), DCFG_VIEW("database.url"), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("PORT"), DCFG_VIEW("port"), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("URL"), DCFG_VIEW("\"a.b\""), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("PORT2"), DCFG_VIEW("port"), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("DEEP"), DCFG_VIEW("new.deep"), false, {UINT32_MAX, 0, 0}},
	};
	const struct mapped_row *row = &mapped_rows[_i];

	variables_begin(&given, row->variables);
	given.variables.mapped = mapped;
	given.variables.mapped_count = DCFG_COUNT(mapped);
	ck_assert_str_eq(variables_text(&given), row->expected);
	ck_assert_str_eq(skipped_text(&given.context), row->skipped);
	ck_assert_str_eq(variables_end(&given), row->reported);
}
END_TEST

START_TEST(mapped_variable_needs_a_key)
{
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("A"), DCFG_VIEW("a..b"), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("B"), DCFG_VIEW(""), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("C"), DCFG_VIEW("hosts[x]"), false, {UINT32_MAX, 0, 0}},
	};

	variables_begin(&given, (const char *const[]){NULL});
	given.variables.mapped = mapped;
	given.variables.mapped_count = DCFG_COUNT(mapped);
	given.variables.ignored_because = _i ? "they are turned off" : NULL;
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_str_eq(error_text(given.context.errors, 0),
			 "--map-env A=a..b: error[bad-key]: the key, 'a..b', is no key: "
			 "a segment is empty\n"
			 "  hint: write segments of letters, digits, '-' and '_', joined "
			 "by dots, and put any other segment between double quotes: "
			 "a.\"b.c\"\n");
	ck_assert_str_eq(variables_end(&given), "bad-key bad-key bad-key ");
}
END_TEST

START_TEST(limits_hold_in_a_map)
{
	static const char *const list[] = {"APP_JSON={a: [1, 2]}", NULL};
	static const struct {
		enum deploycfg_limit limit;
		uint64_t most;
		const char *expected;
	} limits[] = {
		{DEPLOYCFG_LIMIT_VALUE, 10, "limit "},
		{DEPLOYCFG_LIMIT_DEPTH, 1, "1:5 limit "},
		{DEPLOYCFG_LIMIT_KEYS, 2, "1:9 limit "},
		{DEPLOYCFG_LIMIT_PATH, 3, "1:6 limit "},
	};

	for (size_t allowed = 0; allowed < 2; allowed++) {
		variables_begin(&given, list);
		given.context.keys = 0;
		given.context.limits.of[limits[_i].limit] = limits[_i].most + allowed;
		ck_assert_str_eq(variables_text(&given),
				 allowed ? "a[0]=1@1:6 a[1]=2@1:9 " : "");
		ck_assert_str_eq(variables_end(&given),
				 allowed ? "" : limits[_i].expected);
	}
}
END_TEST

Suite *variables_whose_suite(void)
{
	Suite *suite = suite_create("variables_whose");
	TCase *tests = tcase_create("whose");

	tcase_add_test(tests, variables_are_ignored_with_one_warning);
	tcase_add_loop_test(
		tests, selecting_variables_are_ignored_where_they_do_not_count, 0, 2);
	tcase_add_loop_test(tests, as_many_ignored_variables_are_named_as_fit, 0, 3);
	tcase_add_loop_test(tests, mapped_variable_sets, 0, DCFG_COUNT(mapped_rows));
	tcase_add_loop_test(tests, mapped_variable_needs_a_key, 0, 2);
	tcase_add_loop_test(tests, limits_hold_in_a_map, 0, 4);
	suite_add_tcase(suite, tests);
	return suite;
}
