/* SPDX-License-Identifier: ISC */
/* Numbers and booleans, read and printed, by tables. */
#include "unit.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static const struct bool_row {
	const char *text;
	enum dcfg_parse result;
	bool value;
} bools[] = {
	{"true", DCFG_PARSED, true},      {"TRUE", DCFG_PARSED, true},
	{"yEs", DCFG_PARSED, true},       {"on", DCFG_PARSED, true},
	{"1", DCFG_PARSED, true},         {"false", DCFG_PARSED, false},
	{"No", DCFG_PARSED, false},       {"OFF", DCFG_PARSED, false},
	{"0", DCFG_PARSED, false},        {"", DCFG_MALFORMED, false},
	{"t", DCFG_MALFORMED, false},     {"y", DCFG_MALFORMED, false},
	{"truee", DCFG_MALFORMED, false}, {" true", DCFG_MALFORMED, false},
	{"2", DCFG_MALFORMED, false},     {"01", DCFG_MALFORMED, false},
};

START_TEST(bools_are_eight_words)
{
	const struct bool_row *row = &bools[_i];
	bool value = !row->value;

	ck_assert_int_eq(dcfg_parse_bool(dcfg_view_text(row->text), &value), row->result);
	if (row->result == DCFG_PARSED)
		ck_assert_int_eq(value, row->value);
}
END_TEST

static const struct int_row {
	const char *text;
	enum dcfg_parse as_int;
	int64_t value;
	enum dcfg_parse as_uint;
	uint64_t unsigned_value;
} ints[] = {
	{"0", DCFG_PARSED, 0, DCFG_PARSED, 0},
	{"-0", DCFG_PARSED, 0, DCFG_PARSED, 0},
	{"+5", DCFG_PARSED, 5, DCFG_PARSED, 5},
	{"-1", DCFG_PARSED, -1, DCFG_OUT_OF_RANGE, 0},
	{"0x1F", DCFG_PARSED, 31, DCFG_PARSED, 31},
	{"0xff", DCFG_PARSED, 255, DCFG_PARSED, 255},
	{"0o17", DCFG_PARSED, 15, DCFG_PARSED, 15},
	{"9223372036854775807", DCFG_PARSED, INT64_MAX, DCFG_PARSED, INT64_MAX},
	{"9223372036854775808", DCFG_OUT_OF_RANGE, 0, DCFG_PARSED, UINT64_C(1) << 63},
	{"-9223372036854775808", DCFG_PARSED, INT64_MIN, DCFG_OUT_OF_RANGE, 0},
	{"-9223372036854775809", DCFG_OUT_OF_RANGE, 0, DCFG_OUT_OF_RANGE, 0},
	{"18446744073709551615", DCFG_OUT_OF_RANGE, 0, DCFG_PARSED, UINT64_MAX},
	{"18446744073709551616", DCFG_OUT_OF_RANGE, 0, DCFG_OUT_OF_RANGE, 0},
	{"184467440737095516160", DCFG_OUT_OF_RANGE, 0, DCFG_OUT_OF_RANGE, 0},
	{"-99999999999999999999", DCFG_OUT_OF_RANGE, 0, DCFG_OUT_OF_RANGE, 0},
	{"0x7fffffffffffffff", DCFG_PARSED, INT64_MAX, DCFG_PARSED, INT64_MAX},
	{"0xffffffffffffffff", DCFG_OUT_OF_RANGE, 0, DCFG_PARSED, UINT64_MAX},
	{"0x10000000000000000", DCFG_OUT_OF_RANGE, 0, DCFG_OUT_OF_RANGE, 0},
	{"", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"-", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"+-1", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"007", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"00", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"-01", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"0x", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"0o", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"0X1F", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"0xg", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"0o8", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"-0x1", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"1e3", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"1.0", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"1_000", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{" 1", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"1 ", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"90x", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
	{"99999999999999999999999x", DCFG_MALFORMED, 0, DCFG_MALFORMED, 0},
};

START_TEST(ints_are_whole_and_checked_for_overflow)
{
	const struct int_row *row = &ints[_i];
	int64_t value;
	uint64_t unsigned_value;

	ck_assert_int_eq(dcfg_parse_int(dcfg_view_text(row->text), &value), row->as_int);
	if (row->as_int == DCFG_PARSED)
		ck_assert_int_eq(value, row->value);
	ck_assert_int_eq(dcfg_parse_uint(dcfg_view_text(row->text), &unsigned_value),
			 row->as_uint);
	if (row->as_uint == DCFG_PARSED)
		ck_assert_uint_eq(unsigned_value, row->unsigned_value);
}
END_TEST

static const struct double_row {
	const char *text;
	enum dcfg_parse result;
	double value;
} doubles[] = {
	{"0", DCFG_PARSED, 0},
	{"0.0", DCFG_PARSED, 0},
	{"1.5", DCFG_PARSED, 1.5},
	{"-1.5", DCFG_PARSED, -1.5},
	{"+.5", DCFG_PARSED, 0.5},
	{"5.", DCFG_PARSED, 5},
	{"1e3", DCFG_PARSED, 1000},
	{"1E+3", DCFG_PARSED, 1000},
	{"1.e-3", DCFG_PARSED, 0.001},
	{"007.5", DCFG_PARSED, 7.5},
	{"007", DCFG_MALFORMED, 0},
	{"-010", DCFG_MALFORMED, 0},
	{"42", DCFG_PARSED, 42},
	{"-42", DCFG_PARSED, -42},
	{"0x10", DCFG_PARSED, 16},
	{"0x1e", DCFG_PARSED, 30},
	{"0o17", DCFG_PARSED, 15},
	{"9007199254740992", DCFG_PARSED, 9007199254740992.0},
	{"9007199254740993", DCFG_OUT_OF_RANGE, 0},
	{"9007199254740994", DCFG_PARSED, 9007199254740994.0},
	{"-9007199254740993", DCFG_OUT_OF_RANGE, 0},
	{"9223372036854775808", DCFG_PARSED, 9223372036854775808.0},
	{"18446744073709551615", DCFG_OUT_OF_RANGE, 0},
	{"18446744073709551616", DCFG_OUT_OF_RANGE, 0},
	{"9007199254740993.0", DCFG_PARSED, 9007199254740992.0},
	{"1.7976931348623157e308", DCFG_PARSED, 1.7976931348623157e308},
	{"1.7976931348623159e308", DCFG_OUT_OF_RANGE, 0},
	{"-1e309", DCFG_OUT_OF_RANGE, 0},
	{"1e99999999999999999999", DCFG_OUT_OF_RANGE, 0},
	{"0e99999999999999999999", DCFG_PARSED, 0},
	{"1e-99999999999999999999", DCFG_PARSED, 0},
	{"4.9406564584124654e-324", DCFG_PARSED, 4.9406564584124654e-324},
	{"2.4703282292062327e-324", DCFG_PARSED, 0},
	{"2.4703282292062328e-324", DCFG_PARSED, 4.9406564584124654e-324},
	{"2.2250738585072011e-308", DCFG_PARSED, 2.2250738585072011e-308},
	{".inf", DCFG_PARSED, (double)INFINITY},
	{"-.Inf", DCFG_PARSED, -(double)INFINITY},
	{"+.INF", DCFG_PARSED, (double)INFINITY},
	{".iNF", DCFG_MALFORMED, 0},
	{"inf", DCFG_MALFORMED, 0},
	{"nan", DCFG_MALFORMED, 0},
	{"-.nan", DCFG_MALFORMED, 0},
	{"", DCFG_MALFORMED, 0},
	{".", DCFG_MALFORMED, 0},
	{"+", DCFG_MALFORMED, 0},
	{"-.", DCFG_MALFORMED, 0},
	{"e5", DCFG_MALFORMED, 0},
	{".e5", DCFG_MALFORMED, 0},
	{"1e", DCFG_MALFORMED, 0},
	{"1e+", DCFG_MALFORMED, 0},
	{"1e5.", DCFG_MALFORMED, 0},
	{"1.5.5", DCFG_MALFORMED, 0},
	{"1,5", DCFG_MALFORMED, 0},
	{"1.5x", DCFG_MALFORMED, 0},
	{" 1.5", DCFG_MALFORMED, 0},
	{"1.5 ", DCFG_MALFORMED, 0},
	{"--1.5", DCFG_MALFORMED, 0},
	{"+-5", DCFG_MALFORMED, 0},
	{"-0x10", DCFG_MALFORMED, 0},
	{"00x10", DCFG_MALFORMED, 0},
	{"00o17", DCFG_MALFORMED, 0},
	{"+00x1", DCFG_MALFORMED, 0},
	{"-0o7", DCFG_MALFORMED, 0},
	{"0x1p3", DCFG_MALFORMED, 0},
	{"0x1.8", DCFG_MALFORMED, 0},
	{"1_0.0", DCFG_MALFORMED, 0},
	{"1d5", DCFG_MALFORMED, 0},
};

START_TEST(floats_are_those_of_yaml)
{
	const struct double_row *row = &doubles[_i];
	double value = 12345;

	ck_assert_msg(dcfg_parse_double(dcfg_view_text(row->text), &value) == row->result,
		      "'%s'", row->text);
	ck_assert(memcmp(&value,
			 row->result == DCFG_PARSED ? &row->value : &(double){12345},
			 sizeof(value)) == 0);
}
END_TEST

START_TEST(nan_is_read)
{
	static const char *const nans[] = {".nan", ".NaN", ".NAN"};
	double value = 0;

	ck_assert_int_eq(dcfg_parse_double(dcfg_view_text(nans[_i]), &value),
			 DCFG_PARSED);
	ck_assert(isnan(value));
}
END_TEST

START_TEST(a_view_is_read_no_further_than_its_end)
{
	double value;
	int64_t whole;

	ck_assert_int_eq(dcfg_parse_double(dcfg_view("1.2599", 4), &value), DCFG_PARSED);
	ck_assert(value == 1.25);
	ck_assert_int_eq(dcfg_parse_int(dcfg_view("1234", 2), &whole), DCFG_PARSED);
	ck_assert_int_eq(whole, 12);
}
END_TEST

static const struct print_row {
	double value;
	const char *text;
} prints[] = {
	{0.0, "0.0"},
	{-0.0, "-0.0"},
	{1, "1.0"},
	{-1, "-1.0"},
	{0.1, "0.1"},
	{0.5, "0.5"},
	{0.30000000000000004, "0.30000000000000004"},
	{1000, "1000.0"},
	{1234.5, "1234.5"},
	{0.0001, "0.0001"},
	{0.00012345, "0.00012345"},
	{0.00001, "1e-05"},
	{1e15, "1000000000000000.0"},
	{1e16, "1e+16"},
	{123456789012345680.0, "1.2345678901234568e+17"},
	{9007199254740993.0, "9007199254740992.0"},
	{1e300, "1e+300"},
	{1.5e-7, "1.5e-07"},
	{5e-324, "5e-324"},
	{2.2250738585072014e-308, "2.2250738585072014e-308"},
	{-1.7976931348623157e308, "-1.7976931348623157e+308"},
	{5.684341886080802e-14, "5.684341886080802e-14"}, /* 2^-44: no neighbour below */
	{(double)INFINITY, ".inf"},
	{-(double)INFINITY, "-.inf"},
	{(double)NAN, ".nan"},
	{-(double)NAN, ".nan"},
};

START_TEST(floats_print_with_the_fewest_digits)
{
	char buffer[DCFG_NUMBER_SIZE];
	size_t length = dcfg_print_double(buffer, prints[_i].value);

	ck_assert_str_eq(buffer, prints[_i].text);
	ck_assert_uint_eq(length, strlen(prints[_i].text));
}
END_TEST

START_TEST(ints_print_in_decimal)
{
	static const struct {
		int64_t value;
		const char *text;
	} rows[] = {{0, "0"},
		    {-7, "-7"},
		    {INT64_MAX, "9223372036854775807"},
		    {INT64_MIN, "-9223372036854775808"}};
	char buffer[DCFG_NUMBER_SIZE];

	for (size_t i = 0; i < DCFG_COUNT(rows); i++) {
		ck_assert_uint_eq(dcfg_print_int(buffer, rows[i].value),
				  strlen(rows[i].text));
		ck_assert_str_eq(buffer, rows[i].text);
	}
}
END_TEST

Suite *base_number_suite(void)
{
	Suite *suite = suite_create("base_number");
	TCase *tests = tcase_create("number");

	tcase_add_loop_test(tests, bools_are_eight_words, 0, DCFG_COUNT(bools));
	tcase_add_loop_test(tests, ints_are_whole_and_checked_for_overflow, 0,
			    DCFG_COUNT(ints));
	tcase_add_loop_test(tests, floats_are_those_of_yaml, 0, DCFG_COUNT(doubles));
	tcase_add_loop_test(tests, nan_is_read, 0, 3);
	tcase_add_test(tests, a_view_is_read_no_further_than_its_end);
	tcase_add_loop_test(tests, floats_print_with_the_fewest_digits, 0,
			    DCFG_COUNT(prints));
	tcase_add_test(tests, ints_print_in_decimal);
	suite_add_tcase(suite, tests);
	return suite;
}
