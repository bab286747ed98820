/* SPDX-License-Identifier: ISC */
/* Values taken as they come, the variables that set them, and what a snapshot says of
 * itself. */
#include "api.h"

static struct deploycfg_snapshot *cfg;

static void setup(void)
{
	cfg = api_of_yaml(
		"n: ~\n"
		"t: yes\n"
		"b: true\n"
		"i: 0x10\n"
		"big: -9223372036854775808\n"
		"f: 2.50\n"
		"l: [1, 2, 3]\n"
		"m: {}\n"
		"\"odd key\": {a.b: 1}\n"
		"max-conn: {\"a-_b\": 1, _a: 1, a_: 1, A9_b-c: 1, \xc3\xa9: 1}\n"
		"servers: [{host: h}]\n");
}

static void teardown(void)
{
	cfg = deploycfg_snapshot_unref(cfg);
}

static const struct {
	const char *path, *text;
	size_t length;
	int64_t integer;
	double number;
	enum deploycfg_type type;
} values[] = {
	{"n", "", 0, 0, 0, DEPLOYCFG_NULL},
	{"t", "yes", 3, 0, 0, DEPLOYCFG_STRING},
	{"b", "true", 4, 1, 0, DEPLOYCFG_BOOL},
	{"i", "0x10", 4, 16, 16, DEPLOYCFG_INT},
	{"big", "-9223372036854775808", 20, INT64_MIN, -9223372036854775808.0,
	 DEPLOYCFG_INT},
	{"f", "2.50", 4, 0, 2.5, DEPLOYCFG_FLOAT},
	{"l", "", 3, 0, 0, DEPLOYCFG_LIST},
	{"l[2]", "3", 1, 3, 3, DEPLOYCFG_INT},
	{"m", "", 0, 0, 0, DEPLOYCFG_MAP},
	{"", "", 11, 0, 0, DEPLOYCFG_MAP},
	{"\"n\"", "", 0, 0, 0, DEPLOYCFG_NULL},
	{"none", "", 0, 0, 0, DEPLOYCFG_NONE},
	{"a..b", "", 0, 0, 0, DEPLOYCFG_NONE},
};

START_TEST(one_call_finds_a_key_and_takes_its_value)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct deploycfg_value value, again;
		const char *path = values[i].path;
		const struct deploycfg_entry *entry =
			deploycfg_find_value(cfg, path, SIZE_MAX, &value);

		ck_assert_ptr_eq(entry, deploycfg_find(cfg, path, SIZE_MAX));
		ck_assert_int_eq(value.type, values[i].type);
		ck_assert_str_eq(value.text, values[i].text);
		ck_assert_uint_eq(value.length, values[i].length);
		ck_assert(value.integer == values[i].integer);
		ck_assert(value.number >= values[i].number &&
			  value.number <= values[i].number);
		deploycfg_entry_value(entry, &again);
		ck_assert_str_eq(again.text, value.text);
		ck_assert_int_eq(again.type, value.type);
		ck_assert(again.integer == value.integer);
	}
}
END_TEST

START_TEST(a_path_may_be_part_of_a_text)
{
	struct deploycfg_value value;

	ck_assert_ptr_nonnull(deploycfg_find_value(cfg, "ix", 1, &value));
	ck_assert_int_eq(value.integer, 16);
	ck_assert_ptr_null(deploycfg_find_value(NULL, "i", 1, &value));
	ck_assert_int_eq(value.type, DEPLOYCFG_NONE);
	ck_assert_str_eq(value.text, "");
}
END_TEST

static const struct {
	const char *path, *prefix, *name;
} names[] = {
	{"i", "SHOP", "SHOP__I"},
	{"servers[0].host", "SHOP", "SHOP__SERVERS__0__HOST"},
	{"servers", "A_B", "A_B__SERVERS"},
	{"max-conn.A9_b-c", "SHOP", "SHOP__MAX_CONN__A9_B_C"},
	{"max-conn.a-_b", "SHOP", ""},
	{"max-conn._a", "SHOP", "SHOP__MAX_CONN___A"},
	{"max-conn.a_", "SHOP", "SHOP__MAX_CONN__A_"},
	{"max-conn.\xc3\xa9", "SHOP", ""},
	{"\"odd key\"", "SHOP", ""},
	{"\"odd key\".\"a.b\"", "SHOP", ""},
	{"", "SHOP", ""},
	{"i", "", ""},
	{"i", NULL, ""},
};

START_TEST(an_entry_knows_the_variable_that_sets_it)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		char name[64] = "untouched";
		size_t length = deploycfg_entry_variable(
			deploycfg_find(cfg, names[i].path, SIZE_MAX), names[i].prefix,
			name, sizeof(name));

		ck_assert_str_eq(name, names[i].name);
		ck_assert_uint_eq(length, strlen(name));
	}
}
END_TEST

START_TEST(names_of_variables_are_cut_as_by_snprintf)
{
	const struct deploycfg_entry *entry =
		deploycfg_find(cfg, "servers[0].host", SIZE_MAX);
	const char *whole = "SHOP__SERVERS__0__HOST";

	for (size_t size = 0; size < 30; size++) {
		char name[32];

		memset(name, '#', sizeof(name));
		ck_assert_uint_eq(deploycfg_entry_variable(entry, "SHOP", name, size),
				  strlen(whole));
		if (size) {
			ck_assert_uint_eq(strlen(name), size > strlen(whole)
								? strlen(whole)
								: size - 1);
			ck_assert_int_eq(strncmp(name, whole, strlen(name)), 0);
		}
		ck_assert_int_eq(name[size], '#');
	}
}
END_TEST

static const struct {
	const char *path, *name;
} paths[] = {
	{"i", "SHOP__I"},      {"no.such-key[12]", "SHOP__NO__SUCH_KEY__12"},
	{"\"a\".b", ""},       {"", ""},
	{"a..b", ""},          {"a.", ""},
	{"limits.*.rate", ""}, {"servers[].host", ""},
	{"a b", ""},           {"_a", "SHOP___A"},
	{"\xc3\xa9", ""},
};

START_TEST(a_path_knows_the_variable_that_would_set_it)
{
	for (size_t i = 0; i < COUNT(paths); i++) {
		char name[64] = "untouched";
		size_t length = deploycfg_path_variable(paths[i].path, "SHOP", name,
							sizeof(name));

		ck_assert_str_eq(name, paths[i].name);
		ck_assert_uint_eq(length, strlen(name));
		ck_assert_uint_eq(deploycfg_path_variable(paths[i].path, "SHOP", NULL, 0),
				  length);
	}
	ck_assert_uint_eq(deploycfg_path_variable("i", "", NULL, 0), 0);
	ck_assert_uint_eq(deploycfg_path_variable("i", NULL, NULL, 0), 0);
}
END_TEST

START_TEST(a_variable_of_that_name_sets_the_entry)
{
	static const char *const environ[] = {"SHOP__MAX_CONN__A9_B_C=7", NULL};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *changed;

	api_yaml(loader, DEPLOYCFG_LAYER_BASE, "max-conn: {A9_b-c: 1}\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, environ);
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_ALWAYS);
	changed = api_load(loader);
	ck_assert_int_eq(deploycfg_get_int(changed, "max-conn.A9_b-c", NULL), 7);
	ck_assert_str_eq(deploycfg_snapshot_prefix(changed), "SHOP");
	deploycfg_snapshot_unref(changed);
}
END_TEST

START_TEST(one_line_sums_a_start_up)
{
	char line[128], wanted[128];
	size_t length = deploycfg_snapshot_summary(cfg, line, sizeof(line));

	snprintf(wanted, sizeof(wanted),
		 "env=none (argument) keys=17 sources=1 values=%.8s",
		 deploycfg_snapshot_values_digest(cfg));
	ck_assert_str_eq(line, wanted);
	ck_assert_uint_eq(length, strlen(wanted));
	ck_assert_uint_eq(deploycfg_snapshot_summary(cfg, NULL, 0), length);
	ck_assert_uint_eq(deploycfg_snapshot_summary(cfg, line, 9), length);
	ck_assert_str_eq(line, "env=none");
	ck_assert_str_eq(deploycfg_snapshot_overlays(cfg), "");
	ck_assert_str_eq(deploycfg_snapshot_overlays_by(cfg), "");
	ck_assert_str_eq(deploycfg_snapshot_prefix(cfg), "");
}
END_TEST

/* A directory with two overlays, of which the second can be left out. */
static struct deploycfg_snapshot *with_overlays(const char *second)
{
	struct deploycfg_loader *loader = api_loader();

	scratch_write("base.yaml", "a: 1\n");
	scratch_write("production.yaml", "b: 1\n");
	scratch_write("overlay-eu.yaml", "");
	scratch_write("overlay-blue.yaml", "");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_set_environment(loader, "production");
	deploycfg_loader_add_overlay(loader, "eu");
	if (second)
		deploycfg_loader_add_overlay(loader, second);
	return api_load(loader);
}

START_TEST(overlays_are_part_of_what_was_loaded)
{
	struct deploycfg_snapshot *both = with_overlays("blue"),
				  *one = with_overlays(NULL);
	char line[128];

	ck_assert_str_eq(deploycfg_snapshot_overlays(both), "eu,blue");
	ck_assert_str_eq(deploycfg_snapshot_overlays_by(both), "argument");
	deploycfg_snapshot_summary(both, line, sizeof(line));
	ck_assert_ptr_nonnull(strstr(line, "env=production (argument) overlays=eu,blue "
					   "keys=2 sources=4 values="));
	ck_assert_str_ne(deploycfg_snapshot_values_digest(both),
			 deploycfg_snapshot_values_digest(one));
	deploycfg_snapshot_unref(both);
	deploycfg_snapshot_unref(one);
}
END_TEST

Suite *values_suite(void)
{
	Suite *suite = suite_create("values");
	TCase *cases = tcase_create("values"), *loaded = tcase_create("overlays");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, one_call_finds_a_key_and_takes_its_value);
	tcase_add_test(cases, a_path_may_be_part_of_a_text);
	tcase_add_test(cases, an_entry_knows_the_variable_that_sets_it);
	tcase_add_test(cases, names_of_variables_are_cut_as_by_snprintf);
	tcase_add_test(cases, a_path_knows_the_variable_that_would_set_it);
	tcase_add_test(cases, a_variable_of_that_name_sets_the_entry);
	tcase_add_test(cases, one_line_sums_a_start_up);
	suite_add_tcase(suite, cases);
	scratch_add(loaded);
	tcase_add_test(loaded, overlays_are_part_of_what_was_loaded);
	suite_add_tcase(suite, loaded);
	return suite;
}
