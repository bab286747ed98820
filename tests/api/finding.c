/* SPDX-License-Identifier: ISC */
/* Finding a key: by path, by part of a path, by segments, and among what is gone. */
#include "api.h"

static struct deploycfg_snapshot *cfg;
static struct deploycfg_errors *errors;

static void setup(void)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 100,
		 "gone: 1\n"
		 "was: {deep: 2, left: 3}\n"
		 "short: [a, b, c]\n");
	api_yaml(loader, 200,
		 "server: {port: 80, ports: 81}\n"
		 "servers:\n"
		 "  - host: a\n"
		 "  - host: b\n"
		 "    tags: [x, y]\n"
		 "limits: {api.v1: 5, 'we\"ird\\key': 6, '0': 7, caf\xc3\xa9: 8, 'a b': "
		 "9}\n"
		 "gone: !unset\n"
		 "was: {deep: !unset }\n"
		 "short: [d]\n");
	cfg = api_load(loader);
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
	cfg = deploycfg_snapshot_unref(cfg);
}

/* A path, how much of it counts, and the text that is found there, NULL for nothing. */
static const struct {
	const char *path;
	size_t length;
	const char *text;
} paths[] = {
	{"server.port", SIZE_MAX, "80"},
	{"server.ports", SIZE_MAX, "81"},
	{"server.ports", 11, "80"},
	{"server.ports", 12, "81"},
	{"server.port=x", 11, "80"},
	{"server.port", 6, ""},
	{"server.port", 7, NULL},
	{"server.port", 10, NULL},
	{"servers[1].host", SIZE_MAX, "b"},
	{"servers[1].tags[0]", SIZE_MAX, "x"},
	{"servers[1].tags[0]", 15, ""},
	{"servers[2]", SIZE_MAX, NULL},
	{"servers[01]", SIZE_MAX, NULL},
	{"servers[-1]", SIZE_MAX, NULL},
	{"servers[18446744073709551617]", SIZE_MAX, NULL},
	{"servers[4294967296]", SIZE_MAX, NULL},
	{"servers.0", SIZE_MAX, NULL},
	{"servers[1", SIZE_MAX, NULL},
	{"servers[]", SIZE_MAX, NULL},
	{"limits.\"api.v1\"", SIZE_MAX, "5"},
	{"limits.api.v1", SIZE_MAX, NULL},
	{"limits.\"we\\\"ird\\\\key\"", SIZE_MAX, "6"},
	{"limits.0", SIZE_MAX, "7"},
	{"limits.\"0\"", SIZE_MAX, "7"},
	{"limits[0]", SIZE_MAX, NULL},
	{"limits.caf\xc3\xa9", SIZE_MAX, "8"},
	{"limits.\"caf\xc3\xa9\"", SIZE_MAX, "8"},
	{"limits.\"a b\"", SIZE_MAX, "9"},
	{"\"server\".\"port\"", SIZE_MAX, "80"},
	{"Server.port", SIZE_MAX, NULL},
	{"server..port", SIZE_MAX, NULL},
	{".server", SIZE_MAX, NULL},
	{"server.", SIZE_MAX, NULL},
	{"server.port.", SIZE_MAX, NULL},
	{"server.\"port", SIZE_MAX, NULL},
	{"server.port\0", 12, NULL},
	{"gone", SIZE_MAX, NULL},
	{"was.deep", SIZE_MAX, NULL},
};

START_TEST(a_path_leads_to_its_key_or_nowhere)
{
	const struct deploycfg_entry *entry =
		deploycfg_find(cfg, paths[_i].path, paths[_i].length);
	const char *text = entry ? deploycfg_entry_text(entry, NULL) : NULL;

	ck_assert_msg(!text == !paths[_i].text &&
			      (!text || !strcmp(text, paths[_i].text)),
		      "%s leads to %s", paths[_i].path, text ? text : "nowhere");
}
END_TEST

START_TEST(the_empty_path_is_the_root)
{
	ck_assert_ptr_eq(deploycfg_find(cfg, "", SIZE_MAX), deploycfg_root(cfg));
	ck_assert_ptr_eq(deploycfg_find(cfg, "server", 0), deploycfg_root(cfg));
	ck_assert_ptr_eq(deploycfg_find_segments(cfg, NULL, 0), deploycfg_root(cfg));
}
END_TEST

static const struct {
	const char *segments[4];
	size_t count;
	const char *path; /* of what is found, NULL for nothing */
} segmented[] = {
	{{"server"}, 1, "server"},
	{{"server", "port"}, 1, "server"},
	{{"server", "port"}, 2, "server.port"},
	{{"servers", "1", "tags", "0"}, 4, "servers[1].tags[0]"},
	{{"servers", "01"}, 2, NULL},
	{{"servers", "2"}, 2, NULL},
	{{"servers", "-0"}, 2, NULL},
	{{"servers", "+1"}, 2, NULL},
	{{"servers", "1 "}, 2, NULL},
	{{"servers", ""}, 2, NULL},
	{{"servers", "18446744073709551616"}, 2, NULL},
	{{"servers", "4294967297"}, 2, NULL},
	{{"limits", "api.v1"}, 2, "limits.\"api.v1\""},
	{{"limits", "we\"ird\\key"}, 2, "limits.\"we\\\"ird\\\\key\""},
	{{"limits", "0"}, 2, "limits.0"},
	{{"limits", "a b"}, 2, "limits.\"a b\""},
	{{"limits", "caf\xc3\xa9"}, 2, "limits.caf\xc3\xa9"},
	{{"limits", "\"a b\""}, 2, NULL},
	{{"server.port"}, 1, NULL},
	{{"server", "port", "deeper"}, 3, NULL},
	{{""}, 1, NULL},
	{{"gone"}, 1, NULL},
};

START_TEST(segments_need_no_quotes)
{
	const struct deploycfg_entry *entry =
		deploycfg_find_segments(cfg, segmented[_i].segments, segmented[_i].count);

	if (!segmented[_i].path) {
		ck_assert_msg(!entry, "found %s", deploycfg_entry_path(entry));
		return;
	}
	ck_assert_ptr_nonnull(entry);
	ck_assert_str_eq(deploycfg_entry_path(entry), segmented[_i].path);
	ck_assert_ptr_eq(entry, deploycfg_find(cfg, segmented[_i].path, SIZE_MAX));
}
END_TEST

START_TEST(getters_take_the_same_paths)
{
	ck_assert_int_eq(deploycfg_get_int(cfg, "limits.\"api.v1\"", &errors), 5);
	ck_assert_str_eq(deploycfg_get_string(cfg, "servers[1].tags[1]", &errors), "y");
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(a_path_that_is_none_is_told_by_getters)
{
	static const char *const wrong[] = {"server..port", ".server",    "server.",
					    "servers[",     "servers[x]", "\"server",
					    "server.\"p\"q"};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		deploycfg_get_int(cfg, wrong[i], &errors);
		ck_assert_msg(api_take(&errors) == DEPLOYCFG_ERR_KEY, "%s", wrong[i]);
	}
}
END_TEST

START_TEST(the_nearest_key_is_suggested)
{
	deploycfg_get_int(cfg, "server.prot", &errors);
	ck_assert_ptr_nonnull(strstr(deploycfg_error_hint(deploycfg_errors_at(errors, 0)),
				     "server.port"));
}
END_TEST

/* What is gone, the place of what removed it, and the place and text of what it was. */
static const struct {
	const char *path, *removed, *was, *text;
} gone[] = {
	{"gone", "t200:7:7", "t100:1:7", "1"},
	{"short[1]", "t200:9:8", "t100:3:12", "b"},
	{"short[2]", "t200:9:8", "t100:3:15", "c"},
	{"was.deep", "t200:8:13", "t100:2:13", "2"},
};

START_TEST(what_is_gone_tells_what_removed_it_and_what_it_was)
{
	for (size_t i = 0; i < COUNT(gone); i++) {
		const struct deploycfg_entry *past =
			deploycfg_find_history(cfg, gone[i].path, SIZE_MAX);

		ck_assert_msg(past != NULL, "%s is forgotten", gone[i].path);
		ck_assert_int_eq(deploycfg_entry_type(past), DEPLOYCFG_NONE);
		ck_assert_str_eq(deploycfg_entry_path(past), gone[i].path);
		past = deploycfg_entry_related(past);
		ck_assert_ptr_nonnull(past);
		ck_assert_int_eq(deploycfg_entry_relation(past), DEPLOYCFG_UNSET);
		ck_assert_str_eq(api_place(past), gone[i].removed);
		past = deploycfg_entry_next_related(past);
		ck_assert_ptr_nonnull(past);
		ck_assert_int_eq(deploycfg_entry_relation(past), DEPLOYCFG_SHADOWED);
		ck_assert_str_eq(api_place(past), gone[i].was);
		ck_assert_str_eq(deploycfg_entry_text(past, NULL), gone[i].text);
		ck_assert_ptr_null(deploycfg_entry_next_related(past));
	}
}
END_TEST

START_TEST(history_is_found_by_part_of_a_path)
{
	ck_assert_ptr_eq(deploycfg_find_history(cfg, "gonexxx", 4),
			 deploycfg_find_history(cfg, "gone", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_find_history(cfg, "gonexxx", 5));
}
END_TEST

START_TEST(history_holds_no_living_and_no_unknown_keys)
{
	ck_assert_ptr_null(deploycfg_find_history(cfg, "server.port", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_find_history(cfg, "was.left", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_find_history(cfg, "nowhere", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_find_history(cfg, "", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_find_history(cfg, "gone..", SIZE_MAX));
}
END_TEST

START_TEST(history_comes_in_path_order_to_its_end)
{
	const struct deploycfg_entry *past = NULL;

	for (size_t i = 0; i < COUNT(gone); i++) {
		past = deploycfg_next_history(cfg, past);
		ck_assert_ptr_nonnull(past);
		ck_assert_str_eq(deploycfg_entry_path(past), gone[i].path);
		ck_assert_ptr_eq(past,
				 deploycfg_find_history(cfg, gone[i].path, SIZE_MAX));
	}
	ck_assert_ptr_null(deploycfg_next_history(cfg, past));
}
END_TEST

START_TEST(a_getter_tells_who_unset_the_key)
{
	const struct deploycfg_error *error;

	deploycfg_get_int(cfg, "gone", &errors);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_MISSING);
	ck_assert_str_eq(api_error_place(deploycfg_error_related(error, 0)), "t200:7:7");
}
END_TEST

Suite *finding_suite(void)
{
	Suite *suite = suite_create("finding");
	TCase *cases = tcase_create("finding");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, a_path_leads_to_its_key_or_nowhere, 0,
			    (int)COUNT(paths));
	tcase_add_test(cases, the_empty_path_is_the_root);
	tcase_add_loop_test(cases, segments_need_no_quotes, 0, (int)COUNT(segmented));
	tcase_add_test(cases, getters_take_the_same_paths);
	tcase_add_test(cases, a_path_that_is_none_is_told_by_getters);
	tcase_add_test(cases, the_nearest_key_is_suggested);
	tcase_add_test(cases, what_is_gone_tells_what_removed_it_and_what_it_was);
	tcase_add_test(cases, history_is_found_by_part_of_a_path);
	tcase_add_test(cases, history_holds_no_living_and_no_unknown_keys);
	tcase_add_test(cases, history_comes_in_path_order_to_its_end);
	tcase_add_test(cases, a_getter_tells_who_unset_the_key);
	suite_add_tcase(suite, cases);
	return suite;
}
