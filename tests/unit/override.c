/* SPDX-License-Identifier: ISC */
/* Overrides: the layer that each makes, and what is refused. */
#include "unit.h"

#include "source/source.h"
#include "tree.h"

static struct dcfg_context context;

static const struct {
	const char *path, *text;
	bool is_value;
	const char *expected, *problems;
} overrides[] = {
	{"a", "1", false, "a=1 ", ""},
	{"a.\"b.c\"", "x ${y}", false, "a.\"b.c\"=x ${y} ", ""},
	{"a", "[1, 2]", false, "a=[1, 2] ", ""},
	{"a", "", false, "a= ", ""},
	{"a", "5", true, "a:=5 ", ""},
	{"a..b", "", false, NULL, "bad-key "},
	{"", "", false, NULL, "bad-key "},
	{"a[0].b", "x", false, "a[0].b=x ", ""},
	{"a[x]", "", false, NULL, "bad-key "},
	{"a\xff", "", false, NULL, "bad-key "},
	{"a", "\xff", false, "a!= ", "encoding "},
	{"a", "[1, 99999999999999999999]", true, "a:=.. a[0]=1 a[1]= ", "out-of-range "},
	{"a", "[1", true, "a!= ", "syntax "},
};

START_TEST(override_sets)
{
	struct dcfg_override override = {
		.path = dcfg_view_text(overrides[_i].path),
		.text = dcfg_view_text(overrides[_i].text),
		.origin = DCFG_VIEW("--set[1]"),
		.is_value = overrides[_i].is_value,
	};
	struct dcfg_layer layer;
	bool read;

	dcfg_context_init(&context, &dcfg_default_limits);
	read = dcfg_override_read(&context, &override, &layer);
	ck_assert(read == (overrides[_i].expected != NULL));
	if (read)
		ck_assert_str_eq(tree_text(&context, &layer), overrides[_i].expected);
	ck_assert_str_eq(context.sources.list[0].label.ptr, "override");
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)),
			 overrides[_i].problems);
}
END_TEST

Suite *override_suite(void)
{
	Suite *suite = suite_create("override");
	TCase *tests = tcase_create("override");

	tcase_add_loop_test(tests, override_sets, 0, DCFG_COUNT(overrides));
	suite_add_tcase(suite, tests);
	return suite;
}
