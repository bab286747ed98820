/* SPDX-License-Identifier: ISC */
/* Where a value comes from, and all that it won against. */
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

/* One entry of a story: relation, text, place. */
struct step {
	enum deploycfg_relation relation;
	const char *text, *place;
};

/* The story of a key: the value itself, then all that is related, stronger first. */
static void check_story(const struct deploycfg_entry *entry, const struct step *steps,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg(entry != NULL, "step %zu is not there", i);
		ck_assert_msg(deploycfg_entry_relation(entry) == steps[i].relation &&
				      !strcmp(deploycfg_entry_text(entry, NULL),
					      steps[i].text) &&
				      !strcmp(api_place(entry), steps[i].place),
			      "step %zu is %d %s at %s", i,
			      deploycfg_entry_relation(entry),
			      deploycfg_entry_text(entry, NULL), api_place(entry));
		entry = i ? deploycfg_entry_next_related(entry)
			  : deploycfg_entry_related(entry);
	}
	ck_assert_msg(!entry, "one more is at %s", api_place(entry));
}

/* The whole ladder: defaults, base, environment, variable, two overrides. */
static struct deploycfg_snapshot *ladder(void)
{
	static const char *const variables[] = {"SHOP__PORT=4", "SHOP__MORE=", NULL};
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 100, "port: 1\nmore: 1\nalone: x\n");
	api_ini(loader, 200, "\n  port = 2\n");
	api_yaml(loader, 400, "port: 3\nmore: 2\nmap: {a: 1}\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_override(loader, "port", "5", "main.c:31");
	deploycfg_loader_override_value(loader, "port", "six", NULL);
	return api_load(loader);
}

START_TEST(what_lost_stands_from_stronger_to_weaker)
{
	static const struct step steps[] = {
		{DEPLOYCFG_WINNER, "six", "override[2]:0:0"},
		{DEPLOYCFG_SHADOWED, "5", "main.c:31:0:0"},
		{DEPLOYCFG_SHADOWED, "4", "env:SHOP__PORT:0:0"},
		{DEPLOYCFG_SHADOWED, "3", "t400:1:7"},
		{DEPLOYCFG_SHADOWED, "2", "t200:2:10"},
		{DEPLOYCFG_SHADOWED, "1", "t100:1:7"},
	};
	struct deploycfg_snapshot *cfg = ladder();

	check_story(deploycfg_find(cfg, "port", 4), steps, COUNT(steps));
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(what_was_skipped_stands_where_it_would_have_won)
{
	static const struct step steps[] = {
		{DEPLOYCFG_WINNER, "2", "t400:2:7"},
		{DEPLOYCFG_SKIPPED, "", "env:SHOP__MORE:0:0"},
		{DEPLOYCFG_SHADOWED, "1", "t100:2:7"},
	};
	struct deploycfg_snapshot *cfg = ladder();

	check_story(deploycfg_find(cfg, "more", 4), steps, COUNT(steps));
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_value_that_nothing_contested_stands_alone)
{
	static const struct step scalar = {DEPLOYCFG_WINNER, "x", "t100:3:8"},
				 map = {DEPLOYCFG_WINNER, "", "t400:3:6"},
				 item = {DEPLOYCFG_WINNER, "1", "t400:3:10"};
	struct deploycfg_snapshot *cfg = ladder();

	check_story(deploycfg_find(cfg, "alone", 5), &scalar, 1);
	check_story(deploycfg_find(cfg, "map", 3), &map, 1);
	check_story(deploycfg_find(cfg, "map.a", 5), &item, 1);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(related_entries_know_path_and_type)
{
	struct deploycfg_snapshot *cfg = ladder();
	const struct deploycfg_entry *entry =
		deploycfg_entry_related(deploycfg_find(cfg, "port", 4));
	static const enum deploycfg_type types[] = {DEPLOYCFG_INT, DEPLOYCFG_INT,
						    DEPLOYCFG_INT, DEPLOYCFG_STRING,
						    DEPLOYCFG_INT};

	for (size_t i = 0; i < COUNT(types); i++) {
		ck_assert_ptr_nonnull(entry);
		ck_assert_str_eq(deploycfg_entry_path(entry), "port");
		ck_assert_msg(deploycfg_entry_type(entry) == types[i] ||
				      deploycfg_entry_type(entry) == DEPLOYCFG_INT,
			      "%zu is of type %s", i,
			      deploycfg_type_name(deploycfg_entry_type(entry)));
		entry = deploycfg_entry_next_related(entry);
	}
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_key_that_was_unset_and_set_again_tells_both)
{
	static const struct step steps[] = {
		{DEPLOYCFG_WINNER, "3", "t400:1:4"},
		{DEPLOYCFG_UNSET, "", "t200:1:4"},
		{DEPLOYCFG_SHADOWED, "1", "t100:1:4"},
	};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 100, "a: 1\n");
	api_yaml(loader, 200, "a: !unset\n");
	api_yaml(loader, 400, "a: 3\n");
	cfg = api_load(loader);
	check_story(deploycfg_find(cfg, "a", 1), steps, COUNT(steps));
	ck_assert_ptr_null(deploycfg_find_history(cfg, "a", 1));
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_list_tells_the_parts_it_is_made_of)
{
	struct deploycfg_loader *loader = api_loader();
	const struct deploycfg_entry *list, *part;
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 100, "list: [a]\n");
	api_yaml(loader, 200, "list: !append [b, c]\n");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "list[0]=a list[1]=b list[2]=c");
	list = deploycfg_find(cfg, "list", 4);
	part = deploycfg_entry_related(list);
	ck_assert_ptr_nonnull(part);
	ck_assert_str_eq(api_place(list), "t100:1:7");
	ck_assert_int_eq(deploycfg_entry_relation(part), DEPLOYCFG_APPENDED);
	ck_assert_str_eq(api_place(part), "t200:1:7");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "list[0]", 7)), "t100:1:8");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "list[2]", 7)), "t200:1:19");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_part_that_was_put_first_is_told_apart)
{
	struct deploycfg_loader *loader = api_loader();
	const struct deploycfg_entry *part;
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 100, "list: [b]\n");
	api_yaml(loader, 200, "list: !append [c]\n");
	api_yaml(loader, 300, "list: !prepend [a]\n");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "list[0]=a list[1]=b list[2]=c");
	part = deploycfg_entry_related(deploycfg_find(cfg, "list", 4));
	ck_assert_int_eq(deploycfg_entry_relation(part), DEPLOYCFG_PREPENDED);
	ck_assert_str_eq(api_place(part), "t300:1:7");
	part = deploycfg_entry_next_related(part);
	ck_assert_int_eq(deploycfg_entry_relation(part), DEPLOYCFG_APPENDED);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(places_count_characters_in_every_syntax)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 100, "\xc3\xa9\xc3\xa9: [\xe2\x82\xac, 'y']\n");
	api_ini(loader, 200, "# \xc3\xa9\r\n\t\xc3\xa9 =\t\"v\"\r\n");
	cfg = api_load(loader);
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "\xc3\xa9\xc3\xa9", SIZE_MAX)),
			 "t100:1:5");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "\xc3\xa9\xc3\xa9[1]", SIZE_MAX)),
			 "t100:1:9");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "\xc3\xa9", SIZE_MAX)),
			 "t200:2:6");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(an_entry_names_the_source_in_the_table)
{
	struct deploycfg_snapshot *cfg = ladder();
	const struct deploycfg_source *source =
		deploycfg_entry_source(deploycfg_find(cfg, "alone", 5));

	ck_assert_ptr_eq(source, deploycfg_snapshot_source(cfg, 0));
	ck_assert_str_eq(deploycfg_source_name(source), "t100");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(the_root_was_written_where_the_first_source_was)
{
	struct deploycfg_snapshot *full = api_of_yaml("a: 1\n"), *empty = api_of_yaml("");

	ck_assert_ptr_nonnull(deploycfg_entry_source(deploycfg_root(full)));
	ck_assert_int_eq(deploycfg_entry_relation(deploycfg_root(full)),
			 DEPLOYCFG_WINNER);
	ck_assert_uint_eq(deploycfg_entry_count(deploycfg_root(empty)), 0);
	ck_assert_ptr_null(deploycfg_entry_source(deploycfg_root(empty)));
	deploycfg_snapshot_unref(full);
	deploycfg_snapshot_unref(empty);
}
END_TEST

Suite *origins_suite(void)
{
	Suite *suite = suite_create("origins");
	TCase *cases = tcase_create("origins");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, what_lost_stands_from_stronger_to_weaker);
	tcase_add_test(cases, what_was_skipped_stands_where_it_would_have_won);
	tcase_add_test(cases, a_value_that_nothing_contested_stands_alone);
	tcase_add_test(cases, related_entries_know_path_and_type);
	tcase_add_test(cases, a_key_that_was_unset_and_set_again_tells_both);
	tcase_add_test(cases, a_list_tells_the_parts_it_is_made_of);
	tcase_add_test(cases, a_part_that_was_put_first_is_told_apart);
	tcase_add_test(cases, places_count_characters_in_every_syntax);
	tcase_add_test(cases, an_entry_names_the_source_in_the_table);
	tcase_add_test(cases, the_root_was_written_where_the_first_source_was);
	suite_add_tcase(suite, cases);
	return suite;
}
