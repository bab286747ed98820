/* SPDX-License-Identifier: ISC */
/* YAML that is large, deep or hostile: limits at L - 1, L and L + 1, budgets, and inputs that
 * would not end before the test's timeout if anything in them took quadratic time. */
#include <stdlib.h>

#include "unit.h"

#include "yaml_load.h"

/* `count` copies of a piece between two texts; to be freed. */
static struct dcfg_view repeat(const char *before, const char *piece, size_t count,
			       const char *after)
{
	size_t size = strlen(piece);
	size_t len = strlen(before) + count * size + strlen(after);
	char *text = malloc(len + 1), *at;

	ck_assert_ptr_nonnull(text);
	memcpy(text, before, strlen(before));
	at = text + strlen(before);
	for (size_t i = 0; i < count; i++, at += size)
		memcpy(at, piece, size);
	memcpy(at, after, strlen(after) + 1);
	return dcfg_view(text, len);
}

/* `count` pieces with their numbers, from 1; to be freed. */
static struct dcfg_view numbered(const char *before, const char *piece, unsigned count)
{
	size_t size = strlen(before) + count * (strlen(piece) + 24) + 1, len;
	char *text = malloc(size);

	ck_assert_ptr_nonnull(text);
	len = (size_t)snprintf(text, size, "%s", before);
	for (unsigned i = 1; i <= count; i++) {
		len += (size_t)snprintf(text + len, size - len, "%s%u", piece, i);
		len += (size_t)snprintf(text + len, size - len, ": &%u x\n", i);
	}
	return dcfg_view(text, len);
}

static void load(struct loaded *loaded, struct dcfg_view text)
{
	yaml_begin(loaded, text);
	yaml_read(loaded);
}

static void unload(struct loaded *loaded, struct dcfg_view text)
{
	yaml_unload(loaded);
	free((char *)text.ptr);
}

START_TEST(brackets_end_at_the_depth_limit)
{
	static const char *const pieces[] = {"[", "{", "{a: [", "{\"\":["};
	struct dcfg_view text = repeat("", pieces[_i], 102400 / strlen(pieces[_i]), "");
	const struct deploycfg_error *error;
	struct loaded loaded;

	load(&loaded, text);
	ck_assert(!loaded.good);
	error = yaml_error(&loaded, deploycfg_errors_count(loaded.context.errors) - 1);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_LIMIT);
	ck_assert_uint_eq(deploycfg_error_line(error), 1);
	if (_i < 2)
		ck_assert_uint_eq(deploycfg_error_column(error), 65);
	ck_assert_str_eq(deploycfg_error_message(error),
			 "65 levels of nesting are more than the limit of 64");
	unload(&loaded, text);
}
END_TEST

START_TEST(depth_counts_lists_and_maps)
{
	static const struct {
		const char *text;
		unsigned levels, column;
	} rows[] = {
		{"a: [[[x]]]", 4, 6},
		{"a: {b: {c: {}}}", 4, 12},
		{"a: {b: {c: d}}", 3, 8},
		{"x: &x [[[]]]", 4, 9},
	};
	struct loaded loaded;

	for (unsigned limit = rows[_i].levels - 1; limit <= rows[_i].levels + 1;
	     limit++) {
		yaml_load_limited(&loaded, dcfg_view_text(rows[_i].text),
				  DEPLOYCFG_LIMIT_DEPTH, limit);
		if (limit < rows[_i].levels)
			yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 1, rows[_i].column,
				    "levels");
		ck_assert(loaded.good == (limit >= rows[_i].levels));
		yaml_unload(&loaded);
	}
}
END_TEST

START_TEST(depth_of_copies_counts)
{
	struct loaded loaded;

	yaml_load_limited(&loaded, DCFG_VIEW("x: &x [[y]]\na: {b: {c: *x}}"),
			  DEPLOYCFG_LIMIT_DEPTH, 5);
	ck_assert(loaded.good);
	yaml_unload(&loaded);
	yaml_load_limited(&loaded, DCFG_VIEW("x: &x [[y]]\na: {b: {c: *x}}"),
			  DEPLOYCFG_LIMIT_DEPTH, 4);
	yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 2, 12, "5 levels");
	yaml_unload(&loaded);
}
END_TEST

static const struct limit_row {
	const char *text;
	enum deploycfg_limit limit;
	unsigned used, line, column;
} limits[] = {
	{"a: xyz", DEPLOYCFG_LIMIT_VALUE, 3, 1, 4},
	{"b: \"\xc3\xa9\"", DEPLOYCFG_LIMIT_VALUE, 2, 1, 4},
	{"a:\n  bcd:\n    e: 1", DEPLOYCFG_LIMIT_PATH, 7, 3, 5},
	{"a:\n  'b.c':\n    e: 1", DEPLOYCFG_LIMIT_PATH, 9, 3, 5},
	{"a: [x, [y]]", DEPLOYCFG_LIMIT_PATH, 7, 1, 9},
	{"x: &x {yyy: 1}\na: {b: *x}", DEPLOYCFG_LIMIT_PATH, 7, 1, 8},
	{"a: 1\nb: [2, 3]", DEPLOYCFG_LIMIT_KEYS, 4, 2, 8},
	{"a: &a [1, 2]\nb: *a", DEPLOYCFG_LIMIT_KEYS, 6, 1, 11},
	{"a: &a 1\nb: &b 2\nc: &a 3", DEPLOYCFG_LIMIT_ANCHORS, 3, 3, 4},
	{"%YAML 1.1\n---\na: '\n%\n%'\n", DEPLOYCFG_LIMIT_DIRECTIVES, 3, 5, 1},
};

START_TEST(limits_hold_to_the_last_unit)
{
	const struct limit_row *row = &limits[_i];
	struct loaded loaded;

	for (unsigned limit = row->used - 1; limit <= row->used + 1; limit++) {
		yaml_load_limited(&loaded, dcfg_view_text(row->text), row->limit, limit);
		ck_assert_msg(loaded.good == (limit >= row->used), "limit %u", limit);
		if (!loaded.good)
			yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, row->line, row->column,
				    "limit");
		yaml_unload(&loaded);
	}
}
END_TEST

START_TEST(lines_of_percent_signs_end_early)
{
	struct dcfg_view text = repeat("", "%TAG !a! !b\n", 90000, "---\na: 1\n");
	struct loaded loaded;

	load(&loaded, text);
	yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 9, 1, "begin with '%'");
	unload(&loaded, text);
}
END_TEST

START_TEST(many_anchors_end_at_their_limit)
{
	struct dcfg_view text = numbered("", "k", 100000);
	struct loaded loaded;

	load(&loaded, text);
	yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 65537, 9, "anchors");
	unload(&loaded, text);
	text = numbered("", "k", 65536);
	load(&loaded, text);
	ck_assert(loaded.good);
	unload(&loaded, text);
}
END_TEST

START_TEST(laughs_by_the_billion_end_at_the_budget)
{
	struct loaded loaded;

	yaml_load(&loaded, "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
			   "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
			   "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
			   "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
			   "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
			   "f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n");
	yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 4, 36, "copy more than 10000 values");
	ck_assert_uint_lt(loaded.context.keys, 10100);
	yaml_unload(&loaded);
}
END_TEST

/* A list of 98 items and itself is 99 nodes; 101 copies are 9 999, one scalar more 10 000. */
START_TEST(the_budget_of_values_holds_to_the_last_one)
{
	struct dcfg_view list = repeat("s: &s y\na: &a [", "x,", 98, "]\nb: [*s"), text;
	struct loaded loaded;

	for (unsigned more = 0; more < 2; more++) {
		text = repeat(list.ptr, ",*a", 101, more ? ",*s]\n" : "]\n");
		load(&loaded, text);
		ck_assert(loaded.good == (more == 0));
		if (more)
			yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 3, 311, "10000 values");
		unload(&loaded, text);
	}
	free((char *)list.ptr);
}
END_TEST

START_TEST(many_aliases_of_a_long_text_end_at_the_budget)
{
	struct dcfg_view head = repeat("a: &a '", "x", 100000, "'\nb: ["), text;
	struct loaded loaded;

	text = repeat(head.ptr, "*a,", 10000, "]");
	load(&loaded, text);
	yaml_expect(&loaded, DEPLOYCFG_ERR_LIMIT, 2, 5 + 13 * 3, "bytes of text");
	unload(&loaded, text);
	text = repeat(head.ptr, "*a,", 10, "]");
	load(&loaded, text);
	ck_assert(loaded.good);
	unload(&loaded, text);
	free((char *)head.ptr);
}
END_TEST

START_TEST(hostile_repetition_ends)
{
	static const char *const pieces[] = {
		"a:\n",       "? a\n",    "- - - ",   "!unset\n",   "!!str x: !unset\n",
		"? ? ? ",     "*a\n",     "&a ",      "'x' ",       "# c\n",
		"when@a: \n", "<<: *a\n", "{?a: 1}",  "a: !x *a\n", "404: x\n",
		"\t",         "%x\n",     "a: [] \n", "{<<: *a}, ", "? \n",
	};
	struct dcfg_view text = repeat("", pieces[_i], 300000 / strlen(pieces[_i]), "\n");
	struct loaded loaded;

	load(&loaded, text);
	unload(&loaded, text);
	text = repeat("x: [", pieces[_i], 300000 / strlen(pieces[_i]), "\n\xff");
	load(&loaded, text);
	unload(&loaded, text);
	text = repeat("", pieces[_i], 300000 / strlen(pieces[_i]), "\n\xff");
	load(&loaded, text);
	unload(&loaded, text);
}
END_TEST

Suite *yaml_limits_suite(void)
{
	Suite *suite = suite_create("yaml_limits");
	TCase *tests = tcase_create("limits");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, brackets_end_at_the_depth_limit, 0, 4);
	tcase_add_loop_test(tests, depth_counts_lists_and_maps, 0, 4);
	tcase_add_test(tests, depth_of_copies_counts);
	tcase_add_loop_test(tests, limits_hold_to_the_last_unit, 0, DCFG_COUNT(limits));
	tcase_add_test(tests, lines_of_percent_signs_end_early);
	tcase_add_test(tests, many_anchors_end_at_their_limit);
	tcase_add_test(tests, laughs_by_the_billion_end_at_the_budget);
	tcase_add_test(tests, the_budget_of_values_holds_to_the_last_one);
	tcase_add_test(tests, many_aliases_of_a_long_text_end_at_the_budget);
	tcase_add_loop_test(tests, hostile_repetition_ends, 0, 20);
	suite_add_tcase(suite, tests);
	return suite;
}
