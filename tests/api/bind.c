/* SPDX-License-Identifier: ISC */
/* Structs filled from subtrees: every kind of field, by pointer and in place, and values that
 * agree with the getters. */
#include "api.h"
#include "bind_kinds.h"

#include <math.h>

static struct deploycfg_snapshot *cfg;
static struct deploycfg_errors *errors;

static void setup(void)
{
	cfg = api_of_yaml(kinds_yaml);
}

static void teardown(void)
{
	ck_assert_int_eq(api_take(&errors), 0);
	cfg = deploycfg_snapshot_unref(cfg);
}

/* The same of which all is a secret. */
static void setup_secret(void)
{
	static const char schema[] =
		"schema: 1\nkeys:\n- {key: kinds, type: map, open: true, secret: true}\n";
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_schema_text(loader, "schema", schema, strlen(schema));
	api_yaml(loader, 200, kinds_yaml);
	cfg = api_load(loader);
}

static int64_t int_of(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "kinds.%s", name);
	return deploycfg_get_int(cfg, path, &errors);
}

static double real_of(const char *path)
{
	return deploycfg_get_double(cfg, path, &errors);
}

static const char *text_of(const char *path)
{
	return deploycfg_get_string(cfg, path, &errors);
}

static void numbers_agree(const struct kinds *kinds)
{
	ck_assert_int_eq(kinds->int8, int_of("int8"));
	ck_assert_int_eq(kinds->int16, int_of("int16"));
	ck_assert_int_eq(kinds->int32, int_of("int32"));
	ck_assert_int_eq(kinds->int64, int_of("int64"));
	ck_assert_int_eq(kinds->uint8, int_of("uint8"));
	ck_assert_int_eq(kinds->uint16, int_of("uint16"));
	ck_assert_int_eq(kinds->uint32, int_of("uint32"));
	ck_assert_uint_eq(kinds->uint64,
			  deploycfg_get_uint(cfg, "kinds.uint64", &errors));
	ck_assert_int_eq(kinds->flag, deploycfg_get_bool(cfg, "kinds.flag", &errors));
	ck_assert_int_eq(kinds->flag2, deploycfg_get_bool(cfg, "kinds.flag2", &errors));
	ck_assert_int_eq(kinds->flag4, deploycfg_get_bool(cfg, "kinds.flag4", &errors));
	ck_assert(kinds->flag8 == deploycfg_get_bool(cfg, "kinds.flag8", &errors));
	ck_assert(kinds->single >= (float)real_of("kinds.single") &&
		  kinds->single <= (float)real_of("kinds.single"));
	ck_assert(kinds->real >= real_of("kinds.real") &&
		  kinds->real <= real_of("kinds.real"));
}

static void words_agree(const struct kinds *kinds)
{
	ck_assert_int_eq(kinds->mode1, 7);
	ck_assert_int_eq((int16_t)kinds->mode2, -3);
	ck_assert_int_eq(kinds->mode4, -3);
	ck_assert_int_eq(kinds->mode8, int_of("mode8"));
	ck_assert_uint_eq(kinds->set1, 5);
	ck_assert_uint_eq(kinds->set2, 66);
	ck_assert_uint_eq(kinds->set4, 3);
	ck_assert_uint_eq(kinds->set8, 0);
	ck_assert_uint_eq(kinds->bits, 5 | 0xf0000000u);
	ck_assert_str_eq(kinds->array, text_of("kinds.array"));
	ck_assert_str_eq(kinds->string, text_of("kinds.string"));
}

static void pointers_agree(const struct kinds *kinds)
{
	ck_assert_int_eq(*kinds->int_pointer, int_of("int_pointer"));
	ck_assert_uint_eq(*kinds->uint_pointer, (uint64_t)int_of("uint_pointer"));
	ck_assert(*kinds->bool_pointer);
	ck_assert_int_eq(*kinds->mode_pointer, 8);
	ck_assert_uint_eq(*kinds->set_pointer, 4);
	ck_assert(signbit(*kinds->real_pointer));
	ck_assert_uint_eq(*kinds->bits_pointer, 255);
	ck_assert_ptr_null(kinds->null_string);
	ck_assert_ptr_null(kinds->null_point);
	ck_assert_ptr_null(kinds->absent);
	ck_assert_int_eq(kinds->point.x, 1);
	ck_assert_int_eq(kinds->point.y, 2);
	ck_assert_str_eq(kinds->point.label, "here");
	ck_assert_int_eq(kinds->point_pointer->x, 3);
	ck_assert_int_eq(kinds->point_pointer->y, 0);
	ck_assert_ptr_null(kinds->point_pointer->label);
}

static void ints_are(const int *ints, size_t count, const char *path)
{
	const struct deploycfg_entry *list = deploycfg_find(cfg, path, SIZE_MAX);

	ck_assert_uint_eq(deploycfg_entry_count(list), count);
	deploycfg_each_child (cfg, item, list)
		ck_assert_int_eq(
			ints[deploycfg_entry_index(item)],
			deploycfg_entry_int(deploycfg_entry_reveal(cfg, item, &errors),
					    &errors));
}

static void lists_agree(const struct kinds *kinds)
{
	static const char *const strings[] = {"a", "1.10", "yes", "~x", ""};

	ints_are(kinds->ints, kinds->ints_count, "kinds.ints");
	ints_are(kinds->few, kinds->few_count, "kinds.few");
	ints_are(kinds->pair, 2, "kinds.pair");
	ints_are(kinds->rows[0], 3, "kinds.rows[0]");
	ints_are(kinds->rows[1], 3, "kinds.rows[1]");
	ints_are(kinds->matrix[1], 2, "kinds.matrix[1]");
	ck_assert_uint_eq(kinds->rows_count, 2);
	ck_assert_uint_eq(kinds->strings_count, COUNT(strings));
	for (size_t i = 0; i < COUNT(strings); i++)
		ck_assert_str_eq(kinds->strings[i], strings[i]);
	ck_assert_str_eq(kinds->triple[2], "z");
	ck_assert_uint_eq(kinds->points_count, 2);
	ck_assert_int_eq(kinds->points[0].x, 4);
	ck_assert_str_eq(kinds->points[1].label, "five");
	ck_assert_uint_eq(kinds->point_pointers_count, 1);
	ck_assert_str_eq(kinds->point_pointers[0]->label, "six");
	ck_assert_int_eq(kinds->tree->children[0].value, 2);
	ck_assert_int_eq(kinds->tree->children[1].children[0].value, 3);
	ck_assert_uint_eq(kinds->tree->children[1].children[0].children_count, 0);
}

static void all_agree(const struct kinds *kinds)
{
	numbers_agree(kinds);
	words_agree(kinds);
	pointers_agree(kinds);
	lists_agree(kinds);
}

START_TEST(a_field_of_every_kind_agrees_with_the_getters)
{
	struct kinds *kinds;

	ck_assert_int_ge(COUNT(kinds_fields), 40);
	ck_assert_int_eq(deploycfg_bind(cfg, "kinds", &kinds_schema, &kinds, &errors), 0);
	all_agree(kinds);
	deploycfg_bind_free(&kinds_schema, &kinds);
	ck_assert_ptr_null(kinds);
	deploycfg_bind_free(&kinds_schema, &kinds);
}
END_TEST

START_TEST(a_struct_of_the_callers_own_is_filled_in_place)
{
	static const struct kinds zeros;
	struct kinds kinds;

	memset(&kinds, 0xff, sizeof(kinds));
	ck_assert_int_eq(
		deploycfg_bind(cfg, "kinds", &kinds_value_schema, &kinds, &errors), 0);
	all_agree(&kinds);
	deploycfg_bind_free(&kinds_value_schema, &kinds);
	ck_assert_mem_eq(&kinds, &zeros, sizeof(kinds));
	deploycfg_bind_free(&kinds_value_schema, &kinds);
}
END_TEST

START_TEST(a_struct_outlives_the_snapshot)
{
	struct kinds *kinds;

	ck_assert_int_eq(deploycfg_bind(cfg, "kinds", &kinds_schema, &kinds, &errors), 0);
	cfg = deploycfg_snapshot_unref(cfg);
	ck_assert_str_eq(kinds->strings[1], "1.10");
	deploycfg_bind_free(&kinds_schema, &kinds);
}
END_TEST

START_TEST(single_values_and_fixed_lists_bind_too)
{
	static const cyaml_schema_value_t int_pointer = {
		CYAML_VALUE_INT(CYAML_FLAG_POINTER, int)};
	static const cyaml_schema_value_t array = {
		CYAML_VALUE_STRING(CYAML_FLAG_DEFAULT, char[16], 0, 15)};
	static const cyaml_schema_value_t strings = {CYAML_VALUE_SEQUENCE_FIXED(
		CYAML_FLAG_DEFAULT, char *, &string_schema, 3)};
	int value, *pointer, row[3];
	char text[16], *string, *triple[3];

	ck_assert_int_eq(
		deploycfg_bind(cfg, "kinds.ints[0]", &int_schema, &value, &errors), 0);
	ck_assert_int_eq(value, 3);
	ck_assert_int_eq(
		deploycfg_bind(cfg, "kinds.few[1]", &int_pointer, &pointer, &errors), 0);
	ck_assert_int_eq(*pointer, 8);
	ck_assert_int_eq(deploycfg_bind(cfg, "kinds.array", &array, text, &errors), 0);
	ck_assert_str_eq(text, "fifteen letters");
	ck_assert_int_eq(
		deploycfg_bind(cfg, "kinds.array", &string_schema, &string, &errors), 0);
	ck_assert_str_eq(string, "fifteen letters");
	ck_assert_int_eq(deploycfg_bind(cfg, "kinds.rows[1]", &row_schema, row, &errors),
			 0);
	ck_assert_int_eq(row[2], 6);
	ck_assert_int_eq(deploycfg_bind(cfg, "kinds.triple", &strings, triple, &errors),
			 0);
	ck_assert_str_eq(triple[2], "z");
	deploycfg_bind_free(&int_pointer, &pointer);
	deploycfg_bind_free(&string_schema, &string);
	deploycfg_bind_free(&strings, triple);
	ck_assert_ptr_null(triple[2]);
}
END_TEST

struct empty {
	struct point *point;
};

static const cyaml_schema_field_t empty_fields[] = {
	CYAML_FIELD_MAPPING_PTR("point", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				struct empty, point, point_fields),
	CYAML_FIELD_END};
static const cyaml_schema_value_t empty_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER_NULL, struct empty, empty_fields)};

START_TEST(an_empty_map_is_a_struct_and_null_is_none)
{
	struct deploycfg_snapshot *small = api_of_yaml("none: ~\nempty: {}\n");
	struct empty *empty;

	ck_assert_int_eq(deploycfg_bind(small, "empty", &empty_schema, &empty, &errors),
			 0);
	ck_assert_ptr_nonnull(empty);
	ck_assert_ptr_null(empty->point);
	deploycfg_bind_free(&empty_schema, &empty);
	ck_assert_int_eq(deploycfg_bind(small, "none", &empty_schema, &empty, &errors),
			 0);
	ck_assert_ptr_null(empty);
	small = deploycfg_snapshot_unref(small);
}
END_TEST

START_TEST(the_whole_configuration_binds_by_the_empty_path)
{
	struct deploycfg_snapshot *small = api_of_yaml("point: {x: 3}\n");
	struct empty *empty;

	ck_assert_int_eq(deploycfg_bind(small, "", &empty_schema, &empty, &errors), 0);
	ck_assert_int_eq(empty->point->x, 3);
	deploycfg_bind_free(&empty_schema, &empty);
	small = deploycfg_snapshot_unref(small);
}
END_TEST

START_TEST(nothing_binds_without_a_snapshot_and_nothing_is_said)
{
	struct kinds *kinds = (struct kinds *)&kinds;

	ck_assert_int_lt(deploycfg_bind(NULL, "kinds", &kinds_schema, &kinds, &errors),
			 0);
	ck_assert_ptr_null(kinds);
	ck_assert_ptr_null(errors);
}
END_TEST

static const cyaml_schema_value_t tree_pointer_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct tree, tree_fields)};

/* Lists are grown by one item at a time, and many of them at once. */
START_TEST(long_lists_of_lists_bind)
{
	enum {
		ITEMS = 20000
	};
	static char text[ITEMS * 40];
	struct deploycfg_snapshot *large;
	struct tree *tree;
	size_t at = (size_t)sprintf(text, "tree: {children: [");

	for (int i = 0; i < ITEMS; i++)
		at += (size_t)sprintf(text + at, "{children: [{value: %d}, {}]},", i);
	strcpy(text + at, "]}");
	large = api_of_yaml(text);
	ck_assert_int_eq(deploycfg_bind(large, "", &empty_schema, &tree, NULL),
			 DEPLOYCFG_ERR_UNKNOWN);
	ck_assert_int_eq(
		deploycfg_bind(large, "tree", &tree_pointer_schema, &tree, &errors), 0);
	ck_assert_uint_eq(tree->children_count, ITEMS);
	for (int i = 0; i < ITEMS; i++)
		ck_assert_int_eq(tree->children[i].children[0].value, i);
	deploycfg_bind_free(&tree_pointer_schema, &tree);
	large = deploycfg_snapshot_unref(large);
}
END_TEST

START_TEST(a_table_that_leads_to_itself_goes_as_deep_as_the_snapshot)
{
	enum {
		LEVELS = 127
	};
	static char text[LEVELS * 40] = "tree: ";
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *deep;
	struct tree *tree, *at;

	for (int i = 0; i < LEVELS; i++)
		sprintf(text + strlen(text), "{value: %d, children: [", i);
	for (int i = 0; i < LEVELS; i++)
		strcat(text, "]}");
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DEPTH, 256);
	api_yaml(loader, 200, text);
	deep = api_load(loader);
	ck_assert_int_eq(
		deploycfg_bind(deep, "tree", &tree_pointer_schema, &tree, &errors), 0);
	at = tree;
	for (int i = 0; i < LEVELS; i++, at = at->children)
		ck_assert_int_eq(at->value, i);
	deploycfg_bind_free(&tree_pointer_schema, &tree);
	deploycfg_snapshot_unref(deep);
}
END_TEST

Suite *bind_suite(void)
{
	Suite *suite = suite_create("bind");
	TCase *tcase = tcase_create("bind");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_field_of_every_kind_agrees_with_the_getters);
	tcase_add_test(tcase, a_struct_of_the_callers_own_is_filled_in_place);
	tcase_add_test(tcase, a_struct_outlives_the_snapshot);
	tcase_add_test(tcase, single_values_and_fixed_lists_bind_too);
	tcase_add_test(tcase, an_empty_map_is_a_struct_and_null_is_none);
	tcase_add_test(tcase, the_whole_configuration_binds_by_the_empty_path);
	tcase_add_test(tcase, nothing_binds_without_a_snapshot_and_nothing_is_said);
	tcase_add_test(tcase, a_table_that_leads_to_itself_goes_as_deep_as_the_snapshot);
	tcase_add_test(tcase, long_lists_of_lists_bind);
	suite_add_tcase(suite, tcase);
	tcase = tcase_create("secret");
	tcase_add_checked_fixture(tcase, setup_secret, teardown);
	tcase_add_test(tcase, a_field_of_every_kind_agrees_with_the_getters);
	suite_add_tcase(suite, tcase);
	return suite;
}
