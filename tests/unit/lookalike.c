/* SPDX-License-Identifier: ISC */
/* Plain text that is not for everybody what it is here. */
#include "unit.h"

#include "model/lookalike.h"

static const struct {
	const char *text;
	const char *there; /* NULL: the same everywhere */
} rows[] = {
	{"no", "a bool"},
	{"Yes", "a bool"},
	{"ON", "a bool"},
	{"off", "a bool"},
	{"y", "a bool"},
	{"N", "a bool"},
	{"yEs", NULL},
	{"oN", NULL},
	{"yy", NULL},
	{"true", NULL},
	{"False", NULL},
	{"null", NULL},
	{"~", NULL},
	{"", NULL},
	{"=", "the mark of a default value"},
	{"==", NULL},
	{"007", "an int"},
	{"08", "an int"},
	{"-09", "an int"},
	{"0_8", NULL},
	{"00", "an int"},
	{"-012", "an int"},
	{"0_7", "an int"},
	{"1_000", "an int"},
	{"+1_0", "an int"},
	{"1_000.5", "a float"},
	{"1__0_", "an int"},
	{"_1", NULL},
	{"12:30:45", "an int"},
	{"12:30", "an int"},
	{"1:5", "an int"},
	{"1:60", NULL},
	{"1:05:7", "an int"},
	{"012:30", NULL},
	{"12:30:45.5", "a float"},
	{"12:30.", "a float"},
	{"12:", NULL},
	{"12:a", NULL},
	{"a:1", NULL},
	{"0b1010", "an int"},
	{"-0b1", "an int"},
	{"0b2", NULL},
	{"0b", NULL},
	{"0x1F", NULL},
	{"-0x1F", "an int"},
	{"0x_1f", "an int"},
	{"0xfg", NULL},
	{"0o17", "a string"},
	{"1e3", "a string"},
	{"1.5e3", "a string"},
	{"1.5e+3", NULL},
	{"1.e-3", NULL},
	{".5", NULL},
	{".5e3", "a string"},
	{"._5", NULL},
	{"5.", NULL},
	{"1.2.3", NULL},
	{"10.0.0.1", NULL},
	{"2001-12-14", "a date"},
	{"2001-1-4", NULL},
	{"2001-12", NULL},
	{"2001-12-14-1", NULL},
	{"201-12-14", NULL},
	{"2001-12-14 21:59:43", "a date"},
	{"2001-1-4 1:59:43", "a date"},
	{"2001-12-14t21:59:43.10-05:00", "a date"},
	{"2001-12-14T21:59:43.Z", "a date"},
	{"2001-12-14 21:59:43 +5", "a date"},
	{"2001-12-14 21:59:43 +", NULL},
	{"2001-12-14 21:59:43 +5:0", NULL},
	{"2001-12-14 21:59", NULL},
	{"2001-12-14T21:59:43x", NULL},
	{"2001-12-14T21:59:43Zx", NULL},
	{"42", NULL},
	{"-42", NULL},
	{"+42", NULL},
	{"1.5", NULL},
	{"-.5", NULL},
	{"0", NULL},
	{".inf", NULL},
	{"-.Inf", NULL},
	{".nan", NULL},
	{"-", NULL},
	{"+", NULL},
	{".", NULL},
	{"localhost:80", NULL},
	{"1h30m", NULL},
	{"64MiB", NULL},
	{"1e999", "a string"},
	{"hello", NULL},
	{"0.0", NULL},
};

START_TEST(plain_text_that_others_read_otherwise_is_known)
{
	enum deploycfg_type here;
	union dcfg_scalar value;
	const char *there;

	(void)dcfg_resolve(dcfg_view_text(rows[_i].text), &here, &value);
	there = dcfg_lookalike(dcfg_view_text(rows[_i].text), here);
	ck_assert_msg(!there == !rows[_i].there, "'%s': %s", rows[_i].text,
		      there ? there : "the same");
	if (there)
		ck_assert_str_eq(there, rows[_i].there);
}
END_TEST

START_TEST(who_reads_it_otherwise_is_known)
{
	ck_assert_str_eq(dcfg_lookalike_readers(DCFG_VIEW("-08")), "YAML 1.2");
	ck_assert_str_eq(dcfg_lookalike_readers(DCFG_VIEW("07")), "YAML 1.1");
	ck_assert_str_eq(dcfg_lookalike_readers(DCFG_VIEW("no")), "YAML 1.1");
	ck_assert_str_eq(dcfg_lookalike_readers(DCFG_VIEW("2008")), "YAML 1.1");
}
END_TEST

START_TEST(what_a_schema_makes_of_it_may_be_what_others_read)
{
	ck_assert_ptr_null(dcfg_lookalike(DCFG_VIEW("no"), DEPLOYCFG_BOOL));
	ck_assert_ptr_nonnull(dcfg_lookalike(DCFG_VIEW("no"), DEPLOYCFG_ENUM));
	ck_assert_ptr_nonnull(dcfg_lookalike(DCFG_VIEW("007"), DEPLOYCFG_PATH));
}
END_TEST

Suite *lookalike_suite(void)
{
	Suite *suite = suite_create("lookalike");
	TCase *cases = tcase_create("lookalike");

	tcase_add_loop_test(cases, plain_text_that_others_read_otherwise_is_known, 0,
			    (int)DCFG_COUNT(rows));
	tcase_add_test(cases, who_reads_it_otherwise_is_known);
	tcase_add_test(cases, what_a_schema_makes_of_it_may_be_what_others_read);
	suite_add_tcase(suite, cases);
	return suite;
}
