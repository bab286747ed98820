/* SPDX-License-Identifier: ISC */
/* From paths to entries, and from entry to entry. */
#include "unit.h"

#include "image_tree.h"

static struct tree tree;
static struct deploycfg_snapshot *sample;

static void setup(void)
{
	tree_init(&tree);
	tree_sample(&tree);
	sample = tree_snapshot(&tree);
}

static void teardown(void)
{
	deploycfg_snapshot_unref(sample);
	tree_fini(&tree);
}

static const struct deploycfg_entry *find(const char *path)
{
	return deploycfg_find(sample, path, SIZE_MAX);
}

START_TEST(keys_stand_in_path_order)
{
	static const char *const paths[] = {"",
					    "empty",
					    "empty.list",
					    "empty.map",
					    "empty.text",
					    "hosts",
					    "hosts[0]",
					    "hosts[1]",
					    "hosts[1].port",
					    "limits",
					    "limits.\"a\\\"b\\\\c\"",
					    "limits.\"a\\\"b\\\\c\".deep",
					    "limits.\"api.v1\"",
					    "nothing",
					    "ratio",
					    "server",
					    "server.host",
					    "server.port",
					    "server.tls",
					    ("stra\xc3\x9f"
					     "e"),
					    "typed",
					    "typed.level",
					    "typed.path",
					    "typed.size",
					    "typed.timeout",
					    "url"};
	size_t count = 0;

	deploycfg_each_entry (sample, entry, deploycfg_root(sample)) {
		ck_assert_uint_lt(count, DCFG_COUNT(paths));
		ck_assert_str_eq(deploycfg_entry_path(entry), paths[count]);
		ck_assert_ptr_eq(find(paths[count++]), entry);
	}
	ck_assert_uint_eq(count, DCFG_COUNT(paths));
}
END_TEST

START_TEST(list_items_are_ordered_by_number)
{
	struct tree many;
	struct dcfg_node *list;
	struct deploycfg_snapshot *cfg;
	size_t index = 0;

	tree_init(&many);
	list = tree_put(&many, "l", tree_list(&many));
	for (int i = 0; i < 1200; i++)
		dcfg_list_put(list, tree_scalar(&many, DEPLOYCFG_INT, "1", 0, 1));
	cfg = tree_snapshot(&many);
	deploycfg_each_child (cfg, item, deploycfg_find(cfg, "l", 1)) {
		ck_assert_uint_eq(deploycfg_entry_index(item), index++);
		ck_assert_ptr_eq(
			deploycfg_find(cfg, deploycfg_entry_path(item), SIZE_MAX), item);
	}
	ck_assert_uint_eq(index, 1200);
	deploycfg_snapshot_unref(cfg);
	tree_fini(&many);
}
END_TEST

START_TEST(keys_without_a_value_are_in_history_alone)
{
	static const char *const paths[] = {"gone", "hosts[2]", "hosts[10].\"x y\""};
	size_t count = 0;

	ck_assert_ptr_null(find("gone"));
	ck_assert_ptr_null(deploycfg_find_history(sample, "server.port", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_find_history(sample, "hosts.\"2\"", SIZE_MAX));
	for (const struct deploycfg_entry *past = deploycfg_next_history(sample, NULL);
	     past; past = deploycfg_next_history(sample, past)) {
		ck_assert_str_eq(deploycfg_entry_path(past), paths[count]);
		ck_assert_ptr_eq(deploycfg_find_history(sample, paths[count++], SIZE_MAX),
				 past);
		ck_assert_int_eq(deploycfg_entry_type(past), DEPLOYCFG_NONE);
		ck_assert_ptr_nonnull(deploycfg_entry_related(past));
		ck_assert_ptr_null(deploycfg_next_sibling(sample, past));
	}
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(
		deploycfg_entry_name(deploycfg_find_history(sample, paths[2], SIZE_MAX)),
		"x y");
}
END_TEST

START_TEST(paths_are_found_however_they_are_quoted)
{
	ck_assert_ptr_eq(find("\"server\".port"), find("server.port"));
	ck_assert_ptr_eq(find("\"server\".\"port\""), find("server.port"));
	ck_assert_ptr_eq(find("\"hosts\"[1].port"), find("hosts[1].port"));
	ck_assert_ptr_eq(deploycfg_find(sample, "server.portal", 11),
			 find("server.port"));
	ck_assert_ptr_null(find("server..port"));
	ck_assert_ptr_null(find("\"server\"..port"));
	ck_assert_ptr_null(find("\"server\"."));
	ck_assert_ptr_null(find("\"hosts\".\"1\".port"));
	ck_assert_ptr_null(find("server.por\""));
	ck_assert_ptr_null(find("limits.api.v1"));
	ck_assert_ptr_eq(find(""), deploycfg_root(sample));
	ck_assert_ptr_null(deploycfg_find(NULL, "a", SIZE_MAX));
}
END_TEST

START_TEST(segments_need_no_quotes)
{
	static const char *const api[] = {"limits", "api.v1"}, *const odd[] = {"limits",
									       "a\"b\\c"};
	static const char *const item[] = {"hosts", "1", "port"}, *const wrong[] = {
									  "hosts", "01"};
	static const char *const blank[] = {"server", ""};

	ck_assert_ptr_eq(deploycfg_find_segments(sample, api, 2),
			 find("limits.\"api.v1\""));
	ck_assert_ptr_eq(deploycfg_find_segments(sample, odd, 2),
			 find("limits.\"a\\\"b\\\\c\""));
	ck_assert_ptr_eq(deploycfg_find_segments(sample, item, 3), find("hosts[1].port"));
	ck_assert_ptr_null(deploycfg_find_segments(sample, wrong, 2));
	ck_assert_ptr_null(deploycfg_find_segments(sample, blank, 2));
	ck_assert_ptr_eq(deploycfg_find_segments(sample, NULL, 0),
			 deploycfg_root(sample));
	ck_assert_ptr_null(deploycfg_find_segments(NULL, api, 2));
}
END_TEST

START_TEST(children_and_subtrees_end_where_they_should)
{
	const struct deploycfg_entry *empty = find("empty"), *list = find("empty.list");
	size_t children = 0, entries = 0;

	ck_assert_ptr_null(deploycfg_first_child(sample, list));
	ck_assert_ptr_null(deploycfg_first_child(sample, find("server.port")));
	ck_assert_ptr_null(deploycfg_first_child(sample, NULL));
	ck_assert_ptr_null(deploycfg_next_entry(sample, list, list));
	ck_assert_ptr_eq(deploycfg_next_sibling(sample, list), find("empty.map"));
	ck_assert_ptr_null(deploycfg_next_sibling(sample, find("empty.text")));
	ck_assert_ptr_null(deploycfg_next_sibling(sample, deploycfg_root(sample)));
	deploycfg_each_child (sample, child, deploycfg_root(sample))
		children++;
	deploycfg_each_entry (sample, entry, empty)
		entries++;
	ck_assert_uint_eq(children, deploycfg_entry_count(deploycfg_root(sample)));
	ck_assert_uint_eq(children, 9);
	ck_assert_uint_eq(entries, 4);
}
END_TEST

Suite *image_find_suite(void)
{
	Suite *suite = suite_create("image_find");
	TCase *cases = tcase_create("image_find");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, keys_stand_in_path_order);
	tcase_add_test(cases, list_items_are_ordered_by_number);
	tcase_add_test(cases, keys_without_a_value_are_in_history_alone);
	tcase_add_test(cases, paths_are_found_however_they_are_quoted);
	tcase_add_test(cases, segments_need_no_quotes);
	tcase_add_test(cases, children_and_subtrees_end_where_they_should);
	suite_add_tcase(suite, cases);
	return suite;
}
