/* SPDX-License-Identifier: ISC */
/* Path order: whatever keys are called and however many there are, they come out sorted, whole
 * and findable. */
#include "unit.h"

#include "base/mem.h"
#include "image/verify.h"
#include "image_tree.h"

static struct tree tree;
static uint32_t state;

static void setup(void)
{
	tree_init(&tree);
	state = 1;
}

static void teardown(void)
{
	tree_fini(&tree);
}

static uint32_t below(uint32_t limit)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % limit;
}

/* Adds a key to a map unless it is there. */
static void put(struct dcfg_node *map, const char *name)
{
	struct dcfg_node *node = tree_scalar(&tree, DEPLOYCFG_STRING, name, 0, 1);

	node->name = dcfg_intern(&tree.context.names, dcfg_view_text(name));
	(void)dcfg_map_put(&tree.context, map, node);
}

/* Freezes the tree; every map of it must be in order, and every key be found. */
static void check(size_t wanted)
{
	struct deploycfg_snapshot *cfg = tree_snapshot(&tree);
	size_t length, offset = 0, count = 0;
	const void *bytes = deploycfg_snapshot_image(cfg, &length);
	const char *problem = "", *before = NULL;

	ck_assert_msg(dcfg_verify(bytes, length, &problem, &offset), "%s at %zu", problem,
		      offset);
	deploycfg_each_child (cfg, child, deploycfg_find(cfg, "map", SIZE_MAX)) {
		const char *name = deploycfg_entry_name(child);

		ck_assert(!before || strcmp(before, name) < 0);
		ck_assert_str_eq(deploycfg_entry_text(child, NULL), name);
		ck_assert_ptr_eq(
			deploycfg_find(cfg, deploycfg_entry_path(child), SIZE_MAX),
			child);
		before = name;
		count++;
	}
	ck_assert_uint_eq(count, wanted);
	deploycfg_snapshot_unref(cfg);
}

/* Names that often begin alike, of all lengths around those that are compared or copied in one
 * step. */
static void random_name(char name[64], size_t shared)
{
	size_t length = shared + 1 + below(20);

	memset(name, 'p', shared);
	for (size_t i = shared; i < length; i++)
		name[i] = "ab.\""[below(i % 7 ? 2 : 4)];
	name[length] = '\0';
}

START_TEST(any_names_are_sorted)
{
	static const size_t counts[] = {1, 2, 7, 23, 24, 25, 48, 49, 100, 1000};
	static const size_t shared[] = {0, 3, 7, 8, 9, 16, 33};
	struct dcfg_node *map = tree_put(&tree, "map", tree_map(&tree));
	char name[64];

	for (size_t i = 0; i < counts[_i % 10]; i++) {
		random_name(name, shared[_i / 10]);
		put(map, name);
	}
	check(map->length);
}
END_TEST

START_TEST(a_name_comes_before_those_that_it_begins)
{
	static const char *const names[] = {
		"abcdefghi",       "abcdefgh", "abcdefg",   "a", "abcdefghijklmnop",
		"abcdefghijklmno", "b",        "abcdefgh-", "Z"};
	struct dcfg_node *map = tree_put(&tree, "map", tree_map(&tree));

	for (size_t i = 0; i < DCFG_COUNT(names); i++)
		put(map, names[i]);
	check(DCFG_COUNT(names));
}
END_TEST

START_TEST(keys_without_a_value_are_left_out)
{
	struct dcfg_node *map = tree_put(&tree, "map", tree_map(&tree));
	char name[16];

	for (int i = 0; i < 60; i++) {
		snprintf(name, sizeof(name), "k%02d", (i * 7) % 60);
		put(map, name);
		if (i % 3 == 0)
			map->last->type = DEPLOYCFG_NONE;
	}
	tree_put(&tree, "none.a", tree_scalar(&tree, DEPLOYCFG_NONE, "", 0, 1));
	check(40);
}
END_TEST

START_TEST(items_of_a_list_stay_as_they_are)
{
	struct dcfg_node *list = tree_put(&tree, "list", tree_list(&tree));
	struct deploycfg_snapshot *cfg;
	size_t index = 0;
	char text[16];

	for (int i = 0; i < 1200; i++) {
		snprintf(text, sizeof(text), "%d", (i * 7) % 1200);
		dcfg_list_put(list, tree_scalar(&tree, DEPLOYCFG_INT, text, 0, 1));
	}
	cfg = tree_snapshot(&tree);
	deploycfg_each_child (cfg, child, deploycfg_find(cfg, "list", SIZE_MAX)) {
		ck_assert_uint_eq(deploycfg_entry_index(child), index);
		ck_assert_int_eq(deploycfg_entry_int(child, NULL),
				 (int64_t)(index++ * 7 % 1200));
	}
	ck_assert_uint_eq(index, 1200);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *image_order_suite(void)
{
	Suite *suite = suite_create("image_order");
	TCase *cases = tcase_create("image_order");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, any_names_are_sorted, 0, 70);
	tcase_add_test(cases, a_name_comes_before_those_that_it_begins);
	tcase_add_test(cases, keys_without_a_value_are_left_out);
	tcase_add_test(cases, items_of_a_list_stay_as_they_are);
	suite_add_tcase(suite, cases);
	return suite;
}
