/* SPDX-License-Identifier: ISC */
/* Numbers to text, the same in every locale: the C library rounds, the digits it gives
 * are put together here. Knows nothing of who reads them. */
#include "base/number.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>

size_t dcfg_print_int(char buffer[DCFG_NUMBER_SIZE], int64_t value)
{
	return (size_t)snprintf(buffer, DCFG_NUMBER_SIZE, "%" PRId64, value);
}

/* A double as digits * 10^exponent. */
struct shortest {
	uint64_t digits;
	int exponent;
};

/* Rounds to so many digits. What the locale puts between the first and the second is no
 * ASCII digit. */
static struct shortest round_to(double value, int digits)
{
	struct shortest rounded = {0, 1 - digits};
	char text[64];
	const char *at = text;
	int exponent = 0;

	(void)snprintf(text, sizeof(text), "%.*e", digits - 1, value);
	for (; *at != 'e'; at++) {
		if (*at >= '0' && *at <= '9')
			rounded.digits = rounded.digits * 10 + (uint64_t)(*at - '0');
	}
	for (const char *digit = at + 2; *digit; digit++)
		exponent = exponent * 10 + (*digit - '0');
	rounded.exponent += at[1] == '-' ? -exponent : exponent;
	return rounded;
}

static bool reads_back(struct shortest decimal, double value)
{
	char text[48];
	double back;
	int length = snprintf(text, sizeof(text), "%" PRIu64 "e%d", decimal.digits,
			      decimal.exponent);

	return dcfg_parse_double(dcfg_view(text, (size_t)length), &back) == DCFG_PARSED &&
	       back == value;
}

/*
 * 15 digits come back whole from any double that is not subnormal, so fewer need no try.
 * Below a power of two doubles lie closer: there the next decimal above may read back
 * where the nearest, below, does not.
 */
static struct shortest shorten(double value)
{
	struct shortest best;

	for (int digits = value < DBL_MIN ? 1 : DBL_DIG; digits < 17; digits++) {
		best = round_to(value, digits);
		if (reads_back(best, value))
			return best;
		best.digits++;
		if (reads_back(best, value))
			return best;
	}
	return round_to(value, 17);
}

static int print_positive(char *buffer, size_t size, double value)
{
	struct shortest best = shorten(value);
	char digits[24];
	int count, point;

	for (; best.digits % 10 == 0; best.digits /= 10)
		best.exponent++;
	count = snprintf(digits, sizeof(digits), "%" PRIu64, best.digits);
	point = count + best.exponent; /* this many digits stand before it */
	if (point > 16 || point < -3)
		return snprintf(buffer, size, "%c%s%se%+03d", digits[0],
				count > 1 ? "." : "", digits + 1, point - 1);
	if (point <= 0)
		return snprintf(buffer, size, "0.%.*s%s", -point, "000", digits);
	if (point >= count)
		return snprintf(buffer, size, "%s%.*s.0", digits, point - count,
				"0000000000000000");
	return snprintf(buffer, size, "%.*s.%s", point, digits, digits + point);
}

size_t dcfg_print_double(char buffer[DCFG_NUMBER_SIZE], double value)
{
	size_t sign = signbit(value) && !isnan(value);
	size_t room = DCFG_NUMBER_SIZE - sign;
	int length;

	buffer[0] = '-';
	value = signbit(value) ? -value : value;
	if (isnan(value) || isinf(value))
		length = snprintf(buffer + sign, room, isnan(value) ? ".nan" : ".inf");
	else if (value == 0)
		length = snprintf(buffer + sign, room, "0.0");
	else
		length = print_positive(buffer + sign, room, value);
	return sign + (size_t)length;
}
