/* SPDX-License-Identifier: ISC */
/* Numbers by the hundred thousand, against the C library. */
#include "unit.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define ROUNDS 100000

/* The same numbers in each run. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* What the C library makes of it in the C locale. */
static double reference(const char *text)
{
	static locale_t c_locale;

	if (!c_locale)
		c_locale = newlocale(LC_ALL_MASK, "C", NULL);
	return strtod_l(text, NULL, c_locale);
}

static void same_as_reference(const char *text)
{
	double expected = reference(text), value = 0;
	enum dcfg_parse result = dcfg_parse_double(dcfg_view_text(text), &value);

	if (isinf(expected) ? result != DCFG_OUT_OF_RANGE
			    : result || memcmp(&value, &expected, sizeof(value)) != 0)
		ck_abort_msg("%s: %a, not %a", text, value, expected);
}

START_TEST(random_decimals_read_as_the_c_library_does)
{
	uint64_t state = 4711;

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t whole = next_random(&state) >> (next_random(&state) % 64);
		uint64_t part = next_random(&state) >> (next_random(&state) % 64);
		int exponent = (int)(next_random(&state) % 680) - 340;
		char text[80];

		if (i % 3 == 0)
			exponent = exponent % 30;
		(void)snprintf(text, sizeof(text), "%s%" PRIu64 ".%" PRIu64 "e%d",
			       i % 2 ? "-" : "", whole, part, exponent);
		same_as_reference(text);
	}
}
END_TEST

START_TEST(halfway_decimals_of_any_length_read_as_the_c_library_does)
{
	/* 2^-1074 / 2 has 751 digits; whatever follows them decides. */
	static const char *const tails[] = {"", "0", "1", "000000001", "9"};
	char text[1200], digits[1100];
	uint64_t state = 99;

	for (int i = 0; i < 300; i++) {
		uint64_t bits = next_random(&state) >> 2;
		double low, high;

		bits = i % 2 ? bits : bits >> 10;
		memcpy(&low, &bits, sizeof(low));
		bits++;
		memcpy(&high, &bits, sizeof(high));
		if (high > 1e300)
			continue;
		/* Their middle is exact in long double where that has more bits. */
		(void)snprintf(digits, sizeof(digits), "%.800Le",
			       ((long double)low + (long double)high) / 2);
		for (size_t tail = 0; tail < DCFG_COUNT(tails); tail++) {
			char *e = strchr(digits, 'e');

			(void)snprintf(text, sizeof(text), "%c.%.*s%s%s", digits[0],
				       (int)(e - digits - 2), digits + 2, tails[tail], e);
			same_as_reference(text);
		}
	}
}
END_TEST

START_TEST(megabytes_of_digits_read_right)
{
	size_t size = 1 << 20;
	char *text = malloc(size + 16);
	double value;

	memset(text, '0', size);
	text[1] = '.';
	(void)snprintf(text + size, 16, "1e1048575");
	ck_assert_int_eq(dcfg_parse_double(dcfg_view_text(text), &value), DCFG_PARSED);
	ck_assert(value == 1);
	memset(text, '9', size);
	(void)snprintf(text + size, 16, "e-1048576");
	ck_assert_int_eq(dcfg_parse_double(dcfg_view_text(text), &value), DCFG_PARSED);
	ck_assert(value == 1);
	free(text);
}
END_TEST

static bool survives_printing(double value)
{
	char text[DCFG_NUMBER_SIZE];
	size_t length = dcfg_print_double(text, value);
	double back;

	return length < DCFG_NUMBER_SIZE && length == strspn(text, "0123456789.e+-") &&
	       strpbrk(text, ".e") && !text[length] &&
	       dcfg_parse_double(dcfg_view(text, length), &back) == DCFG_PARSED &&
	       memcmp(&back, &value, sizeof(value)) == 0;
}

START_TEST(random_doubles_survive_printing)
{
	uint64_t state = 31337;

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t bits = next_random(&state);
		double value;

		bits = i % 8 ? bits : bits >> 12; /* some subnormals */
		memcpy(&value, &bits, sizeof(value));
		if (isfinite(value) && !survives_printing(value))
			ck_abort_msg("%a", value);
	}
}
END_TEST

START_TEST(a_decimal_comma_changes_nothing)
{
	static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE",
					    "fr_FR"};
	locale_t comma = (locale_t)0, before;
	char buffer[DCFG_NUMBER_SIZE];
	double value = 0, expected = reference("1234.5678901234567890123e-30");

	for (size_t i = 0; i < DCFG_COUNT(names) && !comma; i++)
		comma = newlocale(LC_ALL_MASK, names[i], (locale_t)0);
	if (!comma)
		return; /* none is installed here */
	before = uselocale(comma);
	ck_assert_int_eq(
		dcfg_parse_double(DCFG_VIEW("1234.5678901234567890123e-30"), &value),
		DCFG_PARSED);
	ck_assert(value == expected);
	ck_assert_int_eq(dcfg_parse_double(DCFG_VIEW("1,5"), &value), DCFG_MALFORMED);
	dcfg_print_double(buffer, 1.2345678901234567e-30);
	uselocale(before);
	freelocale(comma);
	ck_assert_str_eq(buffer, "1.2345678901234567e-30");
}
END_TEST

Suite *base_random_suite(void)
{
	Suite *suite = suite_create("base_random");
	TCase *tests = tcase_create("random");

	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, random_decimals_read_as_the_c_library_does);
	tcase_add_test(tests, halfway_decimals_of_any_length_read_as_the_c_library_does);
	tcase_add_test(tests, megabytes_of_digits_read_right);
	tcase_add_test(tests, random_doubles_survive_printing);
	tcase_add_test(tests, a_decimal_comma_changes_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}
