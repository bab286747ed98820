/* SPDX-License-Identifier: ISC */
/* Schemas that contradict themselves: each mistake, and where it is told. */
#include "unit.h"

#include "schema_load.h"
#include "tree.h"

/* Entries begin in line 3. */
static const struct row {
	const char *entries, *errors,
		*says; /* says: part of the first error; NULL for none */
} rows[] = {
	{"- {key: a.b}\n- {key: 'servers[].host'}\n- {key: 'limits.*.rate'}\n", "", NULL},
	{"- {key: 'a.\"b.c\"'}\n- {key: '\"*\"'}\n- {key: '*'}\n", "", NULL},
	{"- {key: a..b}\n", "3:9 schema ", "a segment is empty"},
	{"- {key: a b}\n", "3:9 schema ", "needs quotes"},
	{"- {key: 'a[0].b'}\n", "3:9 schema ", "are written []"},
	{"- {key: '[].b'}\n", "3:9 schema ", "are written []"},
	{"- {key: 'a[]b'}\n", "3:9 schema ", "behind '[]'"},
	{"- {key: a*.b}\n", "3:9 schema ", "needs quotes"},
	{"- {key: 'a.\"b'}\n", "3:9 schema ", "closing"},
	{"- {key: a}\n- {key: a}\n", "4:9 schema ", "declared twice"},
	{"- {key: a, type: int}\n- {key: a.b}\n", "4:9 schema ",
	 "below a, which is an int"},
	{"- {key: a.b}\n- {key: a, type: list}\n", "3:9 schema ",
	 "below a, which is a list"},
	{"- {key: a, type: map}\n- {key: 'a[].b'}\n", "4:9 schema ",
	 "only a list has elements"},
	{"- {key: a.b}\n- {key: 'a[].b'}\n", "4:9 schema ", "both elements and keys"},
	{"- {key: a, type: int, open: true}\n", "3:29 schema ", "only a map can be open"},
	{"- {key: a, open: true}\n", "", NULL},
	{"- {key: a, type: int, min: 2, max: 1}\n", "3:28 schema ", "more than its max"},
	{"- {key: a, type: int, min: x}\n", "3:28 schema ", "does not read as an int"},
	{"- {key: a, type: duration, max: 5}\n", "3:33 schema ",
	 "does not read as a duration"},
	{"- {key: a, type: duration, min: 1m, max: 60s}\n", "", NULL},
	{"- {key: a, type: string, min: 1}\n", "3:31 schema ", "cannot have min"},
	{"- {key: a, max: 1}\n", "3:17 schema ", "cannot have max"},
	{"- {key: a, type: list, items: int, min: 1}\n", "", NULL},
	{"- {key: a, type: list, min: 1}\n", "3:29 schema ", "cannot have min"},
	{"- {key: a, type: list, choices: [x]}\n", "", NULL},
	{"- {key: a, type: map, open: true, choices: [x]}\n", "3:44 schema ",
	 "cannot have choices"},
	{"- {key: a, type: string, pattern: '['}\n", "3:35 schema ", "cannot be used"},
	{"- {key: a, type: string, pattern: 'a)|(b)'}\n", "3:35 schema ", "no '('"},
	{"- {key: a, pattern: '(a)\\1'}\n", "3:21 schema ", "back reference"},
	{"- {key: a, pattern: '(((a{99}){99}){99})'}\n", "3:21 schema ", "repetitions"},
	{"- {key: a, pattern: '[0-9]{1,3}([.][0-9]{1,3}){3}'}\n", "", NULL},
	{"- {key: a, type: string, pattern: '[)]|\\)|([^])]*)'}\n", "", NULL},
	{"- {key: a, type: enum}\n", "3:18 schema ", "needs choices"},
	{"- {key: a, type: list, items: enum}\n", "3:31 schema ", "needs choices"},
	{"- {key: a, type: int, choices: [1, x]}\n", "3:36 schema ",
	 "the choice 'x' does not read"},
	{"- {key: a, type: int, choices: [1, 5], max: 4}\n", "3:36 schema ",
	 "not between its min and max"},
	{"- {key: a, type: string, choices: [b, cc], pattern: .}\n", "3:39 schema ",
	 "does not match its pattern"},
	{"- {key: a, type: int, min_items: 1}\n", "3:34 schema ", "only for lists"},
	{"- {key: a, max_items: 1}\n", "3:23 schema ", "only for lists"},
	{"- {key: a, type: int, items: int}\n", "3:30 schema ", "only for lists"},
	{"- {key: a, type: map, merge: append}\n", "3:30 schema ", "only for lists"},
	{"- {key: a, type: list, min_items: 2, max_items: 1}\n", "3:35 schema ",
	 "more than its max_items"},
	{"- {key: a, type: list, items: int}\n- {key: 'a[].b'}\n", "3:31 schema ",
	 "declared as a map"},
	{"- {key: a, type: list, items: map}\n- {key: 'a[].b'}\n", "", NULL},
	{"- {key: a, type: int, default: x}\n", "3:32 schema ",
	 "default: the text 'x' does not read as an int"},
	{"- {key: a, type: int, default: 5, max: 4}\n", "3:32 schema ",
	 "default: 5 is more than the max, 4"},
	{"- {key: a, type: int, default: null, required: true}\n", "", NULL},
	{"- {key: a, type: enum, choices: [x], example: y}\n", "3:47 schema ",
	 "example: expected one of x, found the text 'y'"},
	{"- {key: a, type: list, items: int, default: [1, x]}\n", "3:49 schema ",
	 "a[1]: default: "},
	{"- {key: a, type: list, default: [], min_items: 1}\n", "3:33 schema ", "fewer"},
	{"- {key: a, type: map, default: {b: 1, c: 2}}\n- {key: a.b}\n", "3:39 schema ",
	 "default: no schema declares"},
	{"- {key: a, type: map, default: {b: 1}}\n- {key: a.b, default: 2}\n",
	 "4:23 schema ", "has a default too"},
	{"- {key: a, required: 5}\n", "3:22 schema ", "neither true nor false"},
	{"- {key: a, required: [prodution]}\n", "3:23 schema ",
	 "did you mean 'production'?"},
	{"- {key: a, required: [development, prod]}\n", "", NULL},
	{"- {key: a, requires: [b]}\n", "3:23 schema ", "which no schema declares"},
	{"- {key: a, conflicts: [serve.port]}\n- {key: server.port}\n", "3:24 schema ",
	 "did you mean server.port?"},
	{"- {key: a, requires: [a]}\n", "3:23 schema ", "the key itself"},
	{"- {key: a, requires: ['b[].c']}\n- {key: 'b[].c'}\n", "3:23 schema ",
	 "there may be many"},
	{"- {key: 'b[].c', requires: ['b[].d', e]}\n- {key: 'b[].d'}\n- {key: e}\n", "",
	 NULL},
	{"- {key: a, deprecated: true, replaced_by: c}\n", "3:43 schema ",
	 "which no schema declares"},
	{"- {key: a, replaced_by: b}\n- {key: b}\n", "3:25 schema ", "deprecated"},
	{"- {key: a, sources: [base, variabel]}\n", "3:28 schema ",
	 "did you mean 'variable'?"},
	{"- {key: a, sources: [production]}\n", "3:22 schema ",
	 "did you mean 'environment'?"},
	{"- {key: a-b}\n- {key: a_b}\n", "4:9 schema ", "SHOP__A_B would set a-b too"},
	{"- {key: a-b.c}\n- {key: a_b.d}\n", "", NULL},
	{"- {key: a-b.c}\n- {key: a_b, type: list}\n", "4:9 schema ",
	 "cannot tell it from a-b"},
	{"- {key: a_b, type: list}\n- {key: x}\n- {key: a-b.c}\n", "5:9 schema ",
	 "the names of both begin with SHOP__A_B"},
	{"- {key: 'a-b.*'}\n- {key: a_b.d}\n", "4:9 schema ", "cannot tell it from a-b"},
	{"- {key: a-b.c}\n- {key: q, env: [SHOP__A_B]}\n", "", NULL},
	{"- {key: 'x[].a'}\n- {key: 'x[].A'}\n", "4:9 schema ", "would set x[].a too"},
	{"- {key: a, env: [X]}\n- {key: b, env: [X]}\n", "4:18 schema ",
	 "the variable X would set a too"},
	{"- {key: a, env: [SHOP__B]}\n- {key: b}\n", "3:18 schema ",
	 "SHOP__B would set b too"},
	{"- {key: a, env: ['1x']}\n", "3:18 schema ", "no name of a variable"},
	{"- {key: 'a[].b', env: [X]}\n", "3:23 schema ", "there may be many"},
	{"- {key: a, open: true, env: [X]}\n", "3:29 schema ", "cannot set a map"},
};

START_TEST(mistake_is_told_at_its_field)
{
	const struct row *row = &rows[_i];
	struct judged judged;

	schema_open(&judged, row->entries);
	ck_assert_msg(!judged.schema == (*row->errors != '\0'), "%s%s", row->entries,
		      schema_said(&judged, 0));
	if (row->says)
		ck_assert_msg(strstr(schema_said(&judged, 0), row->says) != NULL, "%s%s",
			      row->entries, schema_said(&judged, 0));
	ck_assert_str_eq(schema_close(&judged), row->errors);
}
END_TEST

START_TEST(all_mistakes_are_told_at_once)
{
	struct judged judged;

	schema_open(&judged,
		    "- {key: a, type: int, min: x, sources: [y]}\n"
		    "- {key: a}\n"
		    "- {key: b..c}\n"
		    "- {key: d, type: enum, required: [nowhere], requires: [z]}\n");
	ck_assert_str_eq(schema_close(&judged),
			 "3:28 schema 3:41 schema 4:9 schema 5:9 schema 6:18 schema "
			 "6:35 schema 6:56 schema ");
}
END_TEST

START_TEST(key_of_two_documents_is_declared_twice)
{
	struct judged judged;

	schema_begin(&judged);
	schema_add(&judged, "- {key: a}\n- {key: b.c}\n");
	schema_add(&judged, "- {key: b.c}\n- {key: b.d}\n");
	schema_compile(&judged);
	ck_assert_ptr_null(judged.schema);
	ck_assert_ptr_nonnull(strstr(schema_said(&judged, 0), "x.yaml:4:9: note"));
	ck_assert_str_eq(schema_close(&judged), "3:9 schema ");
}
END_TEST

START_TEST(secret_gives_no_quotes)
{
	struct judged judged;

	schema_open(&judged, "- {key: a, type: int, secret: true}\n"
			     "- {key: b, type: int, secret: true, default: hush}\n");
	ck_assert_ptr_null(strstr(schema_said(&judged, 0), "hush"));
	ck_assert_str_eq(schema_close(&judged), "4:46 schema ");
}
END_TEST

START_TEST(ten_thousand_keys_compile)
{
	static char entries[400 * 1024];
	size_t length = 0;
	struct judged judged;

	for (int i = 0; i < 10000; i++)
		length += (size_t)snprintf(entries + length, sizeof(entries) - length,
					   "- {key: k%d, type: int, max: 9}\n", i);
	schema_open(&judged, entries);
	ck_assert_ptr_nonnull(judged.schema);
	ck_assert_str_eq(schema_close(&judged), "");
}
END_TEST

Suite *schema_compile_suite(void)
{
	Suite *suite = suite_create("schema_compile");
	TCase *tests = tcase_create("core");

	tcase_add_loop_test(tests, mistake_is_told_at_its_field, 0,
			    (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, all_mistakes_are_told_at_once);
	tcase_add_test(tests, key_of_two_documents_is_declared_twice);
	tcase_add_test(tests, secret_gives_no_quotes);
	tcase_add_test(tests, ten_thousand_keys_compile);
	suite_add_tcase(suite, tests);
	return suite;
}
