/* SPDX-License-Identifier: ISC */
/* Entries: the order they come in, what they are called, and how they print. */
#include "api.h"

static struct deploycfg_snapshot *cfg;

static void setup(void)
{
	cfg = api_of_yaml("zeta: 1\n"
			  "alpha:\n"
			  "  b: 1\n"
			  "  B: 2\n"
			  "  'a.b': 3\n"
			  "alpha-1: x\n"
			  "alpha0: x\n"
			  "'caf\xc3\xa9 \"1\"\\': x\n"
			  "list: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, {k: 10}]\n"
			  "none: {map: {}, list: [], text: ''}\n");
}

static void teardown(void)
{
	cfg = deploycfg_snapshot_unref(cfg);
}

/* What stands in the fixture, in the order it must come. */
static const struct {
	const char *path, *name;
	size_t index;
	enum deploycfg_type type;
	size_t count;
} wanted[] = {
	{"", "", SIZE_MAX, DEPLOYCFG_MAP, 7},
	{"alpha", "alpha", SIZE_MAX, DEPLOYCFG_MAP, 3},
	{"alpha.B", "B", SIZE_MAX, DEPLOYCFG_INT, 0},
	{"alpha.\"a.b\"", "a.b", SIZE_MAX, DEPLOYCFG_INT, 0},
	{"alpha.b", "b", SIZE_MAX, DEPLOYCFG_INT, 0},
	{"alpha-1", "alpha-1", SIZE_MAX, DEPLOYCFG_STRING, 0},
	{"alpha0", "alpha0", SIZE_MAX, DEPLOYCFG_STRING, 0},
	{"\"caf\xc3\xa9 \\\"1\\\"\\\\\"", "caf\xc3\xa9 \"1\"\\", SIZE_MAX,
	 DEPLOYCFG_STRING, 0},
	{"list", "list", SIZE_MAX, DEPLOYCFG_LIST, 11},
	{"list[0]", "", 0, DEPLOYCFG_INT, 0},
	{"list[1]", "", 1, DEPLOYCFG_INT, 0},
	{"list[2]", "", 2, DEPLOYCFG_INT, 0},
	{"list[3]", "", 3, DEPLOYCFG_INT, 0},
	{"list[4]", "", 4, DEPLOYCFG_INT, 0},
	{"list[5]", "", 5, DEPLOYCFG_INT, 0},
	{"list[6]", "", 6, DEPLOYCFG_INT, 0},
	{"list[7]", "", 7, DEPLOYCFG_INT, 0},
	{"list[8]", "", 8, DEPLOYCFG_INT, 0},
	{"list[9]", "", 9, DEPLOYCFG_INT, 0},
	{"list[10]", "", 10, DEPLOYCFG_MAP, 1},
	{"list[10].k", "k", SIZE_MAX, DEPLOYCFG_INT, 0},
	{"none", "none", SIZE_MAX, DEPLOYCFG_MAP, 3},
	{"none.list", "list", SIZE_MAX, DEPLOYCFG_LIST, 0},
	{"none.map", "map", SIZE_MAX, DEPLOYCFG_MAP, 0},
	{"none.text", "text", SIZE_MAX, DEPLOYCFG_STRING, 0},
	{"zeta", "zeta", SIZE_MAX, DEPLOYCFG_INT, 0},
};

START_TEST(entries_come_in_path_order_under_their_names)
{
	size_t i = 0;

	deploycfg_each_entry (cfg, entry, deploycfg_root(cfg)) {
		ck_assert_uint_lt(i, COUNT(wanted));
		ck_assert_str_eq(deploycfg_entry_path(entry), wanted[i].path);
		ck_assert_str_eq(deploycfg_entry_name(entry), wanted[i].name);
		ck_assert(deploycfg_entry_index(entry) == wanted[i].index);
		ck_assert_int_eq(deploycfg_entry_type(entry), wanted[i].type);
		ck_assert_uint_eq(deploycfg_entry_count(entry), wanted[i].count);
		i++;
	}
	ck_assert_uint_eq(i, COUNT(wanted));
}
END_TEST

START_TEST(every_path_finds_its_own_entry)
{
	deploycfg_each_entry (cfg, entry, deploycfg_root(cfg))
		ck_assert_ptr_eq(
			deploycfg_find(cfg, deploycfg_entry_path(entry), SIZE_MAX),
			entry);
}
END_TEST

/* Whether `path` is a direct child of `parent` in the table above. */
static bool is_child(const char *path, const char *parent)
{
	size_t length = strlen(parent);
	const char *rest = path + length;

	if (!*path || strncmp(path, parent, length) != 0 ||
	    (length && *rest != '.' && *rest != '['))
		return false;
	rest += length && *rest == '.';
	return *rest == '"' ? strchr(rest + 1, '"') != NULL
			    : *rest && !strpbrk(rest + 1, ".[");
}

START_TEST(children_are_all_the_direct_ones_and_no_more)
{
	deploycfg_each_entry (cfg, parent, deploycfg_root(cfg)) {
		const char *path = deploycfg_entry_path(parent);
		size_t i = 0, children = 0;

		deploycfg_each_child (cfg, child, parent) {
			while (i < COUNT(wanted) && !is_child(wanted[i].path, path))
				i++;
			ck_assert_uint_lt(i, COUNT(wanted));
			ck_assert_str_eq(deploycfg_entry_path(child), wanted[i++].path);
			children++;
		}
		ck_assert_uint_eq(children, deploycfg_entry_count(parent));
	}
}
END_TEST

START_TEST(a_subtree_ends_where_it_ends)
{
	const struct deploycfg_entry *top = deploycfg_find(cfg, "alpha", SIZE_MAX),
				     *leaf = deploycfg_find(cfg, "zeta", SIZE_MAX);
	size_t i = 1;

	deploycfg_each_entry (cfg, entry, top)
		ck_assert_str_eq(deploycfg_entry_path(entry), wanted[i++].path);
	ck_assert_uint_eq(i, 5);
	deploycfg_each_entry (cfg, entry, leaf)
		ck_assert_ptr_eq(entry, leaf);
	ck_assert_ptr_null(deploycfg_next_entry(cfg, leaf, leaf));
}
END_TEST

START_TEST(loops_over_nothing_do_nothing)
{
	static const char *const paths[] = {"none.map", "none.list", "none.text", "zeta",
					    "nowhere"};

	for (size_t i = 0; i < COUNT(paths); i++)
		deploycfg_each_child (cfg, child, deploycfg_find(cfg, paths[i], SIZE_MAX))
			ck_abort_msg("a child of %s", paths[i]);
	deploycfg_each_entry (cfg, entry, deploycfg_find(cfg, "nowhere", SIZE_MAX))
		ck_abort_msg("an entry of nowhere");
	ck_assert_ptr_null(deploycfg_root(NULL));
	ck_assert_ptr_null(deploycfg_first_child(cfg, NULL));
	ck_assert_ptr_null(deploycfg_next_sibling(cfg, deploycfg_root(cfg)));
	ck_assert_ptr_null(
		deploycfg_next_sibling(cfg, deploycfg_find(cfg, "list[10].k", SIZE_MAX)));
}
END_TEST

/* What is written, its source text, and how it prints. */
static const struct {
	const char *yaml, *text, *printed;
	enum deploycfg_type type;
} prints[] = {
	{"~", "", "null", DEPLOYCFG_NULL},
	{"Null", "", "null", DEPLOYCFG_NULL},
	{"TRUE", "TRUE", "true", DEPLOYCFG_BOOL},
	{"False", "False", "false", DEPLOYCFG_BOOL},
	{"0x1F", "0x1F", "31", DEPLOYCFG_INT},
	{"0o17", "0o17", "15", DEPLOYCFG_INT},
	{"+12", "+12", "12", DEPLOYCFG_INT},
	{"-9223372036854775808", "-9223372036854775808", "-9223372036854775808",
	 DEPLOYCFG_INT},
	{"1.10", "1.10", "1.1", DEPLOYCFG_FLOAT},
	{"3.0", "3.0", "3.0", DEPLOYCFG_FLOAT},
	{"1e3", "1e3", "1000.0", DEPLOYCFG_FLOAT},
	{"0.1", "0.1", "0.1", DEPLOYCFG_FLOAT},
	{"-0.0", "-0.0", "-0.0", DEPLOYCFG_FLOAT},
	{"5e-324", "5e-324", "5e-324", DEPLOYCFG_FLOAT},
	{"1.7976931348623157e+308", "1.7976931348623157e+308", "1.7976931348623157e+308",
	 DEPLOYCFG_FLOAT},
	{".Inf", ".Inf", ".inf", DEPLOYCFG_FLOAT},
	{"-.INF", "-.INF", "-.inf", DEPLOYCFG_FLOAT},
	{".NaN", ".NaN", ".nan", DEPLOYCFG_FLOAT},
	{"'5'", "5", "5", DEPLOYCFG_STRING},
	{"\"a\\tb\\n\"", "a\tb\n", "a\tb\n", DEPLOYCFG_STRING},
	{"''", "", "", DEPLOYCFG_STRING},
	{"0123", "0123", "0123", DEPLOYCFG_STRING},
};

START_TEST(text_is_what_was_written_and_print_what_it_means)
{
	struct deploycfg_snapshot *one;
	const struct deploycfg_entry *entry;
	char yaml[64], buffer[64];
	size_t length = 0;

	snprintf(yaml, sizeof(yaml), "k: %s\n", prints[_i].yaml);
	one = api_of_yaml(yaml);
	entry = deploycfg_find(one, "k", 1);
	ck_assert_int_eq(deploycfg_entry_type(entry), prints[_i].type);
	ck_assert_str_eq(deploycfg_entry_text(entry, &length), prints[_i].text);
	ck_assert_uint_eq(length, strlen(prints[_i].text));
	ck_assert_str_eq(deploycfg_entry_text(entry, NULL), prints[_i].text);
	ck_assert_uint_eq(deploycfg_entry_print(entry, buffer, sizeof(buffer)),
			  strlen(prints[_i].printed));
	ck_assert_str_eq(buffer, prints[_i].printed);
	deploycfg_snapshot_unref(one);
}
END_TEST

START_TEST(print_keeps_within_its_buffer_as_snprintf_does)
{
	struct deploycfg_snapshot *one = api_of_yaml("text: abcdef\nnumber: 0x1000\n");
	static const struct {
		const char *path, *printed;
	} rows[] = {{"text", "abcdef"}, {"number", "4096"}};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct deploycfg_entry *entry =
			deploycfg_find(one, rows[i].path, SIZE_MAX);
		size_t whole = strlen(rows[i].printed);

		ck_assert_uint_eq(deploycfg_entry_print(entry, NULL, 0), whole);
		for (size_t size = 1; size <= whole + 2; size++) {
			char buffer[16], expected[16];

			memset(buffer, '#', sizeof(buffer));
			snprintf(expected, size, "%s", rows[i].printed);
			ck_assert_uint_eq(deploycfg_entry_print(entry, buffer, size),
					  whole);
			ck_assert_str_eq(buffer, expected);
			ck_assert_int_eq(buffer[size], '#');
		}
	}
	deploycfg_snapshot_unref(one);
}
END_TEST

START_TEST(lists_and_maps_have_no_text)
{
	static const char *const paths[] = {"", "list", "alpha", "none.map"};

	for (size_t i = 0; i < COUNT(paths); i++) {
		size_t length = 77;

		ck_assert_str_eq(
			deploycfg_entry_text(deploycfg_find(cfg, paths[i], SIZE_MAX),
					     &length),
			"");
		ck_assert_uint_eq(length, 0);
	}
}
END_TEST

START_TEST(types_and_codes_have_names)
{
	static const char *const types[] = {"none",     "null",   "bool", "int",
					    "float",    "string", "list", "map",
					    "duration", "size",   "enum", "path"};

	for (size_t i = 0; i < COUNT(types); i++)
		ck_assert_str_eq(deploycfg_type_name((enum deploycfg_type)i), types[i]);
	ck_assert_ptr_nonnull(deploycfg_type_name((enum deploycfg_type)99));
#define CHECK_CODE(number, name, code)                                                   \
	ck_assert_str_eq(deploycfg_status_code(DEPLOYCFG_##name), code);                 \
	ck_assert_int_eq(DEPLOYCFG_##name, number);
	DEPLOYCFG_STATUS_MAP(CHECK_CODE)
#undef CHECK_CODE
	ck_assert_ptr_nonnull(deploycfg_status_code((enum deploycfg_status) - 99));
	ck_assert_ptr_nonnull(deploycfg_status_code((enum deploycfg_status)99));
}
END_TEST

Suite *entries_suite(void)
{
	Suite *suite = suite_create("entries");
	TCase *cases = tcase_create("entries");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, entries_come_in_path_order_under_their_names);
	tcase_add_test(cases, every_path_finds_its_own_entry);
	tcase_add_test(cases, children_are_all_the_direct_ones_and_no_more);
	tcase_add_test(cases, a_subtree_ends_where_it_ends);
	tcase_add_test(cases, loops_over_nothing_do_nothing);
	tcase_add_loop_test(cases, text_is_what_was_written_and_print_what_it_means, 0,
			    (int)COUNT(prints));
	tcase_add_test(cases, print_keeps_within_its_buffer_as_snprintf_does);
	tcase_add_test(cases, lists_and_maps_have_no_text);
	tcase_add_test(cases, types_and_codes_have_names);
	suite_add_tcase(suite, cases);
	return suite;
}
