/* SPDX-License-Identifier: ISC */
/* Durations and sizes, by tables and against sums. */
#include "unit.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

struct row {
	const char *text;
	enum dcfg_parse result;
	int64_t value;
};

#define SECOND INT64_C(1000000000)

static const struct row durations[] = {
	{"0", DCFG_PARSED, 0},
	{"0s", DCFG_PARSED, 0},
	{"0h0ns", DCFG_PARSED, 0},
	{"1ns", DCFG_PARSED, 1},
	{"1us", DCFG_PARSED, 1000},
	{"250ms", DCFG_PARSED, 250 * SECOND / 1000},
	{"1s", DCFG_PARSED, SECOND},
	{"1m", DCFG_PARSED, 60 * SECOND},
	{"1h30m", DCFG_PARSED, 5400 * SECOND},
	{"1d", DCFG_PARSED, 86400 * SECOND},
	{"2w", DCFG_PARSED, 14 * 86400 * SECOND},
	{"90m", DCFG_PARSED, 5400 * SECOND},
	{"1w1d1h1m1s1ms1us1ns", DCFG_PARSED, 694861 * SECOND + 1001001},
	{"9223372036854775807ns", DCFG_PARSED, INT64_MAX},
	{"9223372036s854ms775us807ns", DCFG_PARSED, INT64_MAX},
	{"106751d23h47m16s854ms775us807ns", DCFG_PARSED, INT64_MAX},
	{"9223372036854775808ns", DCFG_OUT_OF_RANGE, 0},
	{"9223372036s854ms775us808ns", DCFG_OUT_OF_RANGE, 0},
	{"15251w", DCFG_OUT_OF_RANGE, 0},
	{"99999999999999999999999s", DCFG_OUT_OF_RANGE, 0},
	{"15251w1s", DCFG_OUT_OF_RANGE, 0},
	{"", DCFG_MALFORMED, 0},
	{"5", DCFG_MALFORMED, 0},
	{"00", DCFG_MALFORMED, 0},
	{"s", DCFG_MALFORMED, 0},
	{"05s", DCFG_MALFORMED, 0},
	{"1h05m", DCFG_MALFORMED, 0},
	{"00s", DCFG_MALFORMED, 0},
	{"+1s", DCFG_MALFORMED, 0},
	{"-1s", DCFG_MALFORMED, 0},
	{"1.5s", DCFG_MALFORMED, 0},
	{"0x1s", DCFG_MALFORMED, 0},
	{"1 s", DCFG_MALFORMED, 0},
	{" 1s", DCFG_MALFORMED, 0},
	{"1s ", DCFG_MALFORMED, 0},
	{"1h 30m", DCFG_MALFORMED, 0},
	{"1h30", DCFG_MALFORMED, 0},
	{"30m1h", DCFG_MALFORMED, 0},
	{"1ms1s", DCFG_MALFORMED, 0},
	{"1s1s", DCFG_MALFORMED, 0},
	{"1S", DCFG_MALFORMED, 0},
	{"1H", DCFG_MALFORMED, 0},
	{"1sec", DCFG_MALFORMED, 0},
	{"1min", DCFG_MALFORMED, 0},
	{"1y", DCFG_MALFORMED, 0},
	{"15251w1x", DCFG_MALFORMED, 0},
	{"99999999999999999999999x", DCFG_MALFORMED, 0},
};

#define KILO INT64_C(1000)
#define KIBI INT64_C(1024)

static const struct row sizes[] = {
	{"0", DCFG_PARSED, 0},
	{"0B", DCFG_PARSED, 0},
	{"512", DCFG_PARSED, 512},
	{"512B", DCFG_PARSED, 512},
	{"1kB", DCFG_PARSED, KILO},
	{"1MB", DCFG_PARSED, KILO *KILO},
	{"2GB", DCFG_PARSED, 2 * KILO *KILO *KILO},
	{"1TB", DCFG_PARSED, KILO *KILO *KILO *KILO},
	{"1KiB", DCFG_PARSED, KIBI},
	{"64MiB", DCFG_PARSED, 64 * KIBI *KIBI},
	{"1GiB", DCFG_PARSED, KIBI *KIBI *KIBI},
	{"3TiB", DCFG_PARSED, 3 * KIBI *KIBI *KIBI *KIBI},
	{"9223372036854775807", DCFG_PARSED, INT64_MAX},
	{"8388607TiB", DCFG_PARSED, INT64_C(8388607) << 40},
	{"8388608TiB", DCFG_OUT_OF_RANGE, 0},
	{"9223372TB", DCFG_PARSED, INT64_C(9223372) * KILO *KILO *KILO *KILO},
	{"9223373TB", DCFG_OUT_OF_RANGE, 0},
	{"9223372036854775808", DCFG_OUT_OF_RANGE, 0},
	{"18446744073709551617", DCFG_OUT_OF_RANGE, 0},
	{"99999999999999999999999B", DCFG_OUT_OF_RANGE, 0},
	{"", DCFG_MALFORMED, 0},
	{"B", DCFG_MALFORMED, 0},
	{"MiB", DCFG_MALFORMED, 0},
	{"00", DCFG_MALFORMED, 0},
	{"064MiB", DCFG_MALFORMED, 0},
	{"+1", DCFG_MALFORMED, 0},
	{"-1", DCFG_MALFORMED, 0},
	{"1.5MB", DCFG_MALFORMED, 0},
	{"0x10", DCFG_MALFORMED, 0},
	{"1 MB", DCFG_MALFORMED, 0},
	{" 1", DCFG_MALFORMED, 0},
	{"1B ", DCFG_MALFORMED, 0},
	{"1b", DCFG_MALFORMED, 0},
	{"1K", DCFG_MALFORMED, 0},
	{"1M", DCFG_MALFORMED, 0},
	{"1KB", DCFG_MALFORMED, 0},
	{"1kb", DCFG_MALFORMED, 0},
	{"1kiB", DCFG_MALFORMED, 0},
	{"1mib", DCFG_MALFORMED, 0},
	{"1PB", DCFG_MALFORMED, 0},
	{"1MiB1KiB", DCFG_MALFORMED, 0},
	{"1MiB512", DCFG_MALFORMED, 0},
	{"8388608TiB1", DCFG_MALFORMED, 0},
	{"1_000", DCFG_MALFORMED, 0},
};

static void check(const struct row *row,
		  enum dcfg_parse (*parse)(struct dcfg_view, int64_t *))
{
	int64_t value = -1;

	ck_assert_msg(parse(dcfg_view_text(row->text), &value) == row->result, "'%s'",
		      row->text);
	if (row->result == DCFG_PARSED)
		ck_assert_int_eq(value, row->value);
}

START_TEST(durations_are_whole_numbers_with_units_in_order)
{
	check(&durations[_i], dcfg_parse_duration);
}
END_TEST

START_TEST(sizes_are_a_whole_number_and_at_most_one_unit)
{
	check(&sizes[_i], dcfg_parse_size);
}
END_TEST

START_TEST(a_view_is_read_no_further_than_its_end)
{
	int64_t value;

	ck_assert_int_eq(dcfg_parse_duration(dcfg_view("1h30m", 2), &value), DCFG_PARSED);
	ck_assert_int_eq(value, 3600 * SECOND);
	ck_assert_int_eq(dcfg_parse_duration(dcfg_view("1ms", 2), &value), DCFG_PARSED);
	ck_assert_int_eq(value, 60 * SECOND);
	ck_assert_int_eq(dcfg_parse_size(dcfg_view("64MiB", 2), &value), DCFG_PARSED);
	ck_assert_int_eq(value, 64);
}
END_TEST

/* All sets of units, in order, read as their sum. */
START_TEST(any_descending_units_add_up)
{
	static const struct {
		const char *name;
		int64_t factor;
	} units[] = {
		{"w", 604800 * SECOND}, {"d", 86400 * SECOND},
		{"h", 3600 * SECOND},   {"m", 60 * SECOND},
		{"s", SECOND},          {"ms", SECOND / 1000},
		{"us", 1000},           {"ns", 1},
	};

	for (unsigned set = 1; set < 1U << DCFG_COUNT(units); set++) {
		char text[80] = "";
		int64_t sum = 0, value;

		for (size_t i = 0; i < DCFG_COUNT(units); i++) {
			if (!(set >> i & 1))
				continue;
			(void)snprintf(text + strlen(text), sizeof(text) - strlen(text),
				       "%zu%s", i + 7, units[i].name);
			sum += (int64_t)(i + 7) * units[i].factor;
		}
		ck_assert_int_eq(dcfg_parse_duration(dcfg_view_text(text), &value),
				 DCFG_PARSED);
		ck_assert_int_eq(value, sum);
	}
}
END_TEST

Suite *base_number_unit_suite(void)
{
	Suite *suite = suite_create("base_number_unit");
	TCase *tests = tcase_create("units");

	tcase_add_loop_test(tests, durations_are_whole_numbers_with_units_in_order, 0,
			    DCFG_COUNT(durations));
	tcase_add_loop_test(tests, sizes_are_a_whole_number_and_at_most_one_unit, 0,
			    DCFG_COUNT(sizes));
	tcase_add_test(tests, a_view_is_read_no_further_than_its_end);
	tcase_add_test(tests, any_descending_units_add_up);
	suite_add_tcase(suite, tests);
	return suite;
}
