/* SPDX-License-Identifier: ISC */
/* From limits to alternatives of digits: numbers of one length that share their first digits
 * become one each. Must not know what is limited. */
#include "schema/digits.h"

#include <string.h>

#define DIGITS_MAX 22 /* of 64 bits in base 8 */

/* A number of `length` digits, the first one first. */
struct number {
	unsigned digits[DIGITS_MAX];
	size_t length;
};

struct alternatives {
	struct writer *out;
	unsigned base;
	bool begun;
};

static struct number number_of(uint64_t value, unsigned base)
{
	struct number number = {.length = 1};

	for (uint64_t rest = value / base; rest; rest /= base)
		number.length++;
	for (size_t i = number.length; i-- > 0; value /= base)
		number.digits[i] = (unsigned)(value % base);
	return number;
}

static void span(struct writer *out, char first, char last)
{
	tool_bytes(out, &first, 1);
	if (last > first + 1)
		tool_text(out, "-");
	if (last > first)
		tool_bytes(out, &last, 1);
}

/* One digit of least to most. */
static void digit(struct writer *out, unsigned least, unsigned most)
{
	if (least == most && least < 10) {
		span(out, (char)('0' + least), (char)('0' + least));
		return;
	}
	tool_text(out, "[");
	if (least < 10)
		span(out, (char)('0' + least), (char)('0' + (most < 9 ? most : 9)));
	if (most >= 10) {
		unsigned from = least < 10 ? 0 : least - 10;

		span(out, (char)('a' + from), (char)('a' + most - 10));
		span(out, (char)('A' + from), (char)('A' + most - 10));
	}
	tool_text(out, "]");
}

/* least to most digits of any value. */
static void any_digits(const struct alternatives *to, size_t least, size_t most)
{
	if (!most)
		return;
	digit(to->out, 0, to->base - 1);
	if (least == 1 && most == 1)
		return;
	if (least == 0 && most == 1) {
		tool_text(to->out, "?");
		return;
	}
	tool_text(to->out, "{");
	tool_number(to->out, least);
	if (most > least) {
		tool_text(to->out, ",");
		tool_number(to->out, most);
	}
	tool_text(to->out, "}");
}

static void next(struct alternatives *to)
{
	if (to->begun)
		tool_text(to->out, "|");
	to->begun = true;
}

/* The first `kept` digits of a number, one digit from least on and below `end`, and any
 * others. */
static void alternative(struct alternatives *to, const struct number *number, size_t kept,
			unsigned least, unsigned end)
{
	size_t others = number->length - kept - 1;

	if (least >= end)
		return;
	next(to);
	for (size_t i = 0; i < kept; i++)
		digit(to->out, number->digits[i], number->digits[i]);
	digit(to->out, least, end - 1);
	any_digits(to, others, others);
}

/* Whether all digits from one on are the same. */
static bool are_all(const struct number *number, size_t from, unsigned wanted)
{
	while (from < number->length && number->digits[from] == wanted)
		from++;
	return from == number->length;
}

/* The numbers of one length from one to another. */
static void same_length(struct alternatives *to, const struct number *least,
			const struct number *most)
{
	size_t last = least->length - 1, at = 0, low, high;

	while (at < last && least->digits[at] == most->digits[at])
		at++;
	/* Down to the digits behind which all that follow are free. */
	for (low = last; low > at && are_all(least, low, 0);)
		low--;
	for (high = last; high > at && are_all(most, high, to->base - 1);)
		high--;
	for (size_t i = low; i > at; i--)
		alternative(to, least, i, least->digits[i] + (i < low), to->base);
	alternative(to, least, at, least->digits[at] + (low > at),
		    most->digits[at] + (high == at));
	for (size_t i = at + 1; i <= high; i++)
		alternative(to, most, i, 0, most->digits[i] + (i == high));
}

static uint64_t power(unsigned base, size_t exponent)
{
	uint64_t value = 1;

	while (exponent--)
		value *= base;
	return value;
}

/* The numbers of at least so many digits and at most so many. */
static void whole_lengths(struct alternatives *to, size_t least, size_t most)
{
	if (least > most)
		return;
	next(to);
	digit(to->out, 1, to->base - 1);
	any_digits(to, least - 1, most - 1);
}

void tool_pattern_digits(struct writer *out, uint64_t least, uint64_t most, unsigned base)
{
	struct alternatives to = {out, base, false};
	struct number first = number_of(least, base), last = number_of(most, base);
	struct number end;
	size_t from = first.length, until = last.length;

	if (first.length == last.length) {
		same_length(&to, &first, &last);
		return;
	}
	if (least > 1 && least != power(base, first.length - 1)) {
		end = number_of(power(base, from++) - 1, base);
		same_length(&to, &first, &end);
	} else if (least == 0) {
		next(&to);
		digit(out, 0, 0);
	}
	if (are_all(&last, 0, base - 1)) {
		whole_lengths(&to, from, until);
		return;
	}
	whole_lengths(&to, from, until - 1);
	end = number_of(power(base, until - 1), base);
	same_length(&to, &end, &last);
}

static void group(struct writer *out, const char *before, uint64_t least, uint64_t most,
		  unsigned base)
{
	tool_text(out, before);
	tool_text(out, "(?:");
	tool_pattern_digits(out, least, most, base);
	tool_text(out, ")");
}

/* Without the sign. */
static uint64_t magnitude(int64_t number)
{
	return number < 0 ? (uint64_t)(-(number + 1)) + 1 : (uint64_t)number;
}

void tool_pattern_int(struct writer *out, int64_t least, int64_t most)
{
	uint64_t first = least > 0 ? (uint64_t)least : 0;

	if (least <= 0)
		group(out, "-", most < 0 ? magnitude(most) : 0, magnitude(least), 10);
	if (least <= 0 && most >= 0)
		tool_text(out, "|");
	if (most >= 0) {
		group(out, "\\+?", first, (uint64_t)most, 10);
		group(out, "|0x0*", first, (uint64_t)most, 16);
		group(out, "|0o0*", first, (uint64_t)most, 8);
	}
}
