/* SPDX-License-Identifier: ISC */
/* Key paths and what scalars are. Merging is told by tests/cases/merge. */
#include "unit.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/interpolate.h"
#include "model/key.h"
#include "model/layer.h"
#include "model/value.h"

static const struct path_row {
	const char *path;
	const char *segments; /* joined by '|', an index as '#n' */
	const char *problem;  /* part of it, NULL for none */
	size_t offset;
} paths[] = {
	{"a", "a", NULL, 0},
	{"database.pool.size", "database|pool|size", NULL, 0},
	{"a.\"b.c\"[0].d", "a|b.c|#0|d", NULL, 0},
	{"\"x \\\" \\\\\"", "x \" \\", NULL, 0},
	{"a[0][12]", "a|#0|#12", NULL, 0},
	{"gr\xc3\xbc\xc3\x9f"
	 "e",
	 "gr\xc3\xbc\xc3\x9f"
	 "e",
	 NULL, 0},
	{"", "", "empty", 0},
	{".a", "", "empty", 0},
	{"a.", "a", "empty", 2},
	{"a..b", "a", "empty", 2},
	{"a b", "", "needs quotes", 1},
	{"a[", "a", "expected a number", 2},
	{"a[-1]", "a", "expected a number", 2},
	{"a[01]", "a", "leading zeros", 2},
	{"a[1", "a", "expected ']'", 3},
	{"a[4294967295]", "a", "list index", 2},
	{"[0]", "", "needs quotes", 0},
	{"\"a", "", "no closing", 0},
	{"\"\"", "", "empty", 0},
	{"\"a\\n\"", "", "escapes", 2},
	{"\"a\"b", "", "expected '.'", 3},
	{"a\"b\"", "", "needs quotes", 1},
};

START_TEST(path_is_read_segment_by_segment)
{
	const struct path_row *row = &paths[_i];
	struct dcfg_key key = dcfg_key(dcfg_view_text(row->path));
	struct dcfg_segment segment;
	char all[256] = "", buffer[64];

	while (dcfg_key_next(&key, &segment)) {
		struct dcfg_view text = dcfg_segment_text(&segment, buffer);
		size_t len = strlen(all);

		if (segment.is_index)
			snprintf(all + len, sizeof(all) - len, "%s#%u", len ? "|" : "",
				 segment.index);
		else
			snprintf(all + len, sizeof(all) - len, "%s%.*s", len ? "|" : "",
				 DCFG_ARG(text));
	}
	if (!row->problem) {
		ck_assert_ptr_null(key.problem);
		ck_assert_str_eq(all, row->segments);
		return;
	}
	ck_assert_ptr_nonnull(key.problem);
	ck_assert_msg(strstr(key.problem, row->problem), "%s: %s", row->path,
		      key.problem);
	ck_assert_msg(key.problem_offset == row->offset, "%s: problem at %zu", row->path,
		      key.problem_offset);
}
END_TEST

START_TEST(path_is_written_as_it_is_read)
{
	static const struct {
		const char *segment, *first, *later;
	} rows[] = {
		{"a", "a", ".a"},
		{"b.c", "\"b.c\"", ".\"b.c\""},
		{"x\"y\\", "\"x\\\"y\\\\\"", ".\"x\\\"y\\\\\""},
		{"when@x", "\"when@x\"", ".\"when@x\""},
	};
	char buffer[64];
	size_t len = dcfg_key_append(buffer, sizeof(buffer), 0,
				     dcfg_view_text(rows[_i].segment));

	ck_assert_uint_eq(len, strlen(rows[_i].first));
	ck_assert_mem_eq(buffer, rows[_i].first, len);
	len = dcfg_key_append(buffer, sizeof(buffer), len,
			      dcfg_view_text(rows[_i].segment));
	ck_assert_uint_eq(len, strlen(rows[_i].first) + strlen(rows[_i].later));
	ck_assert_mem_eq(buffer + strlen(rows[_i].first), rows[_i].later,
			 strlen(rows[_i].later));
}
END_TEST

START_TEST(path_is_never_written_beyond_its_buffer)
{
	for (size_t size = 0; size < 12; size++) {
		char buffer[16];

		memset(buffer, '#', sizeof(buffer));
		ck_assert_uint_eq(
			dcfg_key_append(buffer, size, 0, dcfg_view_text("odd one")), 9);
		ck_assert_uint_eq(dcfg_key_append_index(buffer, size, 9, 12), 13);
		for (size_t i = size; i < sizeof(buffer); i++)
			ck_assert_int_eq(buffer[i], '#');
	}
}
END_TEST

/* As YAML nests it; NULL where nobody would show it so. */
static const char *nested[][2] = {
	{"a.b", "a: {b: ...}"},
	{"a.b.c", "a: {b: {c: ...}}"},
	{"a", NULL},
	{"a..b", NULL},
	{"a.", NULL},
	{"a[0].b", NULL},
	{"a.\"b c\"", NULL},
	{"", NULL},
};

START_TEST(path_is_written_nested)
{
	char buffer[DCFG_NESTED_SIZE], path[2 * DCFG_NESTED_SIZE];

	for (size_t i = 0; i < DCFG_COUNT(nested); i++) {
		bool fits = dcfg_key_nested(buffer, dcfg_view_text(nested[i][0]));

		ck_assert_int_eq(fits, nested[i][1] != NULL);
		if (fits)
			ck_assert_str_eq(buffer, nested[i][1]);
	}
	memset(path, 'x', sizeof(path));
	for (size_t len = 3; len < sizeof(path); len++) {
		path[len / 2] = '.';
		if (dcfg_key_nested(buffer, dcfg_view(path, len)))
			ck_assert_uint_lt(strlen(buffer), sizeof(buffer));
		path[len / 2] = 'x';
	}
}
END_TEST

START_TEST(paths_order_by_segment)
{
	/* a-b is another segment than a, and so comes after all that is below a */
	static const char *const ordered[] = {
		"a",  "a.b", "a.b.c", "a.b-c", "a.c",    "a.\"c d\"", "a-b",
		"a1", "b",   "l[0]",  "l[2]",  "l[2].x", "l[10]",
	};

	for (size_t i = 0; i + 1 < DCFG_COUNT(ordered); i++) {
		struct dcfg_view x = dcfg_view_text(ordered[i]),
				 y = dcfg_view_text(ordered[i + 1]);

		ck_assert_msg(dcfg_path_compare(x, y) < 0, "%s < %s", ordered[i],
			      ordered[i + 1]);
		ck_assert_int_gt(dcfg_path_compare(y, x), 0);
		ck_assert_int_eq(dcfg_path_compare(x, x), 0);
	}
}
END_TEST

static const struct scalar_row {
	const char *text;
	enum deploycfg_type type;
	enum dcfg_parse parsed;
} scalars[] = {
	{"", DEPLOYCFG_NULL, DCFG_PARSED},
	{"~", DEPLOYCFG_NULL, DCFG_PARSED},
	{"null", DEPLOYCFG_NULL, DCFG_PARSED},
	{"Null", DEPLOYCFG_NULL, DCFG_PARSED},
	{"NULL", DEPLOYCFG_NULL, DCFG_PARSED},
	{"nULL", DEPLOYCFG_STRING, DCFG_PARSED},
	{"true", DEPLOYCFG_BOOL, DCFG_PARSED},
	{"False", DEPLOYCFG_BOOL, DCFG_PARSED},
	{"tRUE", DEPLOYCFG_STRING, DCFG_PARSED},
	{"yes", DEPLOYCFG_STRING, DCFG_PARSED},
	{"no", DEPLOYCFG_STRING, DCFG_PARSED},
	{"on", DEPLOYCFG_STRING, DCFG_PARSED},
	{"0", DEPLOYCFG_INT, DCFG_PARSED},
	{"-0", DEPLOYCFG_INT, DCFG_PARSED},
	{"+5", DEPLOYCFG_INT, DCFG_PARSED},
	{"0x1F", DEPLOYCFG_INT, DCFG_PARSED},
	{"0o17", DEPLOYCFG_INT, DCFG_PARSED},
	{"-0x1F", DEPLOYCFG_STRING, DCFG_PARSED},
	{"0xg", DEPLOYCFG_STRING, DCFG_PARSED},
	{"0o8", DEPLOYCFG_STRING, DCFG_PARSED},
	{"007", DEPLOYCFG_STRING, DCFG_PARSED},
	{"-007", DEPLOYCFG_STRING, DCFG_PARSED},
	{"012:30", DEPLOYCFG_STRING, DCFG_PARSED},
	{"1_000", DEPLOYCFG_STRING, DCFG_PARSED},
	{"9223372036854775807", DEPLOYCFG_INT, DCFG_PARSED},
	{"9223372036854775808", DEPLOYCFG_INT, DCFG_OUT_OF_RANGE},
	{"-9223372036854775808", DEPLOYCFG_INT, DCFG_PARSED},
	{"-9223372036854775809", DEPLOYCFG_INT, DCFG_OUT_OF_RANGE},
	{"0x8000000000000000", DEPLOYCFG_INT, DCFG_OUT_OF_RANGE},
	{"1.5", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{"1.", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{".5", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{"-.5e-3", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{"1e3", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{"1e999", DEPLOYCFG_FLOAT, DCFG_OUT_OF_RANGE},
	{".inf", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{"-.Inf", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{".NaN", DEPLOYCFG_FLOAT, DCFG_PARSED},
	{"-.nan", DEPLOYCFG_STRING, DCFG_PARSED},
	{".", DEPLOYCFG_STRING, DCFG_PARSED},
	{"-", DEPLOYCFG_STRING, DCFG_PARSED},
	{"1.2.3", DEPLOYCFG_STRING, DCFG_PARSED},
	{"1e", DEPLOYCFG_STRING, DCFG_PARSED},
	{"2001-01-01", DEPLOYCFG_STRING, DCFG_PARSED},
	{"1 ", DEPLOYCFG_STRING, DCFG_PARSED},
	{"inf", DEPLOYCFG_STRING, DCFG_PARSED},
};

START_TEST(plain_scalar_is_what_yaml_1_2_says)
{
	enum deploycfg_type type;
	union dcfg_scalar value;
	enum dcfg_parse parsed =
		dcfg_resolve(dcfg_view_text(scalars[_i].text), &type, &value);

	ck_assert_msg(type == scalars[_i].type, "%s is a %s", scalars[_i].text,
		      deploycfg_type_name(type));
	ck_assert_int_eq(parsed, scalars[_i].parsed);
}
END_TEST

static const struct convert_row {
	const char *text;
	enum deploycfg_type type;
	const char *canonical; /* NULL: does not read as the type */
} conversions[] = {
	{"9090", DEPLOYCFG_INT, "9090"},
	{"0x1F", DEPLOYCFG_INT, "0x1F"},
	{"-0x1F", DEPLOYCFG_INT, NULL},
	{"90x", DEPLOYCFG_INT, NULL},
	{"007", DEPLOYCFG_INT, NULL},
	{"1.0", DEPLOYCFG_INT, NULL},
	{"", DEPLOYCFG_INT, NULL},
	{"no", DEPLOYCFG_BOOL, "false"},
	{"True", DEPLOYCFG_BOOL, "True"},
	{"1", DEPLOYCFG_BOOL, "true"},
	{"maybe", DEPLOYCFG_BOOL, NULL},
	{"2", DEPLOYCFG_FLOAT, "2.0"},
	{"2.50", DEPLOYCFG_FLOAT, "2.50"},
	{"1e3", DEPLOYCFG_FLOAT, "1e3"},
	{"x", DEPLOYCFG_FLOAT, NULL},
	{"9007199254740993", DEPLOYCFG_FLOAT, NULL},
	{"5", DEPLOYCFG_STRING, "5"},
	{"", DEPLOYCFG_STRING, ""},
	{"no", DEPLOYCFG_ENUM, "no"},
	{"/x", DEPLOYCFG_PATH, "/x"},
	{"90m", DEPLOYCFG_DURATION, "90m"},
	{"0", DEPLOYCFG_DURATION, "0"},
	{"90", DEPLOYCFG_DURATION, NULL},
	{"", DEPLOYCFG_DURATION, NULL},
	{"1048576", DEPLOYCFG_SIZE, "1048576"},
	{"1MiB", DEPLOYCFG_SIZE, "1MiB"},
	{"0x10", DEPLOYCFG_SIZE, NULL},
	{"9223373TB", DEPLOYCFG_SIZE, NULL},
};

START_TEST(text_takes_a_type_with_its_canonical_text)
{
	const struct convert_row *row = &conversions[_i];
	struct dcfg_view canonical;
	struct dcfg_arena arena;
	union dcfg_scalar value;
	enum dcfg_parse parsed;

	dcfg_arena_init(&arena);
	parsed = dcfg_convert(&arena, dcfg_view_text(row->text), row->type, &value,
			      &canonical);
	if (row->canonical) {
		ck_assert_int_eq(parsed, DCFG_PARSED);
		ck_assert(dcfg_view_equal(canonical, dcfg_view_text(row->canonical)));
	} else {
		ck_assert_int_ne(parsed, DCFG_PARSED);
	}
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(a_value_has_one_canonical_text)
{
	static const struct {
		enum deploycfg_type type;
		union dcfg_scalar value;
		const char *text;
	} rows[] = {
		{DEPLOYCFG_BOOL, {.boolean = true}, "true"},
		{DEPLOYCFG_BOOL, {.boolean = false}, "false"},
		{DEPLOYCFG_INT, {.integer = 16}, "16"},
		{DEPLOYCFG_FLOAT, {.real = 2}, "2.0"},
	};
	struct dcfg_arena arena;

	dcfg_arena_init(&arena);
	for (size_t i = 0; i < DCFG_COUNT(rows); i++)
		ck_assert_str_eq(dcfg_canonical(&arena, rows[i].type, &rows[i].value).ptr,
				 rows[i].text);
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(escaped_reference_is_literal)
{
	static const struct {
		const char *text, *plain;
		bool reference;
	} rows[] = {
		{"plain", "plain", false},  {"$x $ $$", "$x $ $$", false},
		{"$${a}", "${a}", false},   {"a$${b}c$${d}", "a${b}c${d}", false},
		{"${a}", NULL, true},       {"$${a} ${b}", NULL, true},
		{"$$${a}", "$${a}", false},
	};
	struct dcfg_view text = dcfg_view_text(rows[_i].text), plain;
	struct dcfg_arena arena;

	dcfg_arena_init(&arena);
	ck_assert_int_eq(dcfg_has_reference(text), rows[_i].reference);
	if (!rows[_i].reference) {
		plain = dcfg_unescape_references(&arena, text);
		ck_assert(dcfg_view_equal(plain, dcfg_view_text(rows[_i].plain)));
	}
	dcfg_arena_fini(&arena);
}
END_TEST

/* A map far beyond the few: found by name, none twice, order kept. */
START_TEST(big_map_finds_all_its_children)
{
	struct dcfg_context context;
	struct dcfg_node *map;

	dcfg_context_init(&context, &dcfg_default_limits);
	map = dcfg_node_new(&context, DEPLOYCFG_MAP, dcfg_origin(0, 1, 1));
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			struct dcfg_node *node = dcfg_node_new(&context, DEPLOYCFG_NULL,
							       dcfg_origin(0, 1, 1));
			char name[16];
			int len = snprintf(name, sizeof(name), "k%d", i);

			node->name =
				dcfg_intern(&context.names, dcfg_view(name, (size_t)len));
			ck_assert_int_eq(dcfg_map_put(&context, map, node) != NULL,
					 round);
			ck_assert_ptr_nonnull(dcfg_map_find(&context, map, node->name));
		}
	ck_assert_uint_eq(map->length, 5000);
	ck_assert_str_eq(dcfg_first(map)->name->text.ptr, "k0");
	ck_assert_str_eq(dcfg_path(&context, map->last), "k4999");
	ck_assert_ptr_null(dcfg_context_fini(&context));
}
END_TEST

Suite *model_suite(void)
{
	Suite *suite = suite_create("model");
	TCase *keys = tcase_create("keys"), *values = tcase_create("values");
	TCase *trees = tcase_create("trees");

	tcase_add_loop_test(keys, path_is_read_segment_by_segment, 0,
			    (int)DCFG_COUNT(paths));
	tcase_add_loop_test(keys, path_is_written_as_it_is_read, 0, 4);
	tcase_add_test(keys, path_is_never_written_beyond_its_buffer);
	tcase_add_test(keys, path_is_written_nested);
	tcase_add_test(keys, paths_order_by_segment);
	tcase_add_loop_test(values, plain_scalar_is_what_yaml_1_2_says, 0,
			    (int)DCFG_COUNT(scalars));
	tcase_add_loop_test(values, text_takes_a_type_with_its_canonical_text, 0,
			    (int)DCFG_COUNT(conversions));
	tcase_add_test(values, a_value_has_one_canonical_text);
	tcase_add_loop_test(values, escaped_reference_is_literal, 0, 7);
	tcase_add_test(trees, big_map_finds_all_its_children);
	suite_add_tcase(suite, keys);
	suite_add_tcase(suite, values);
	suite_add_tcase(suite, trees);
	return suite;
}
