/* SPDX-License-Identifier: ISC */
/*
 * Numbers from text, the same in every locale. Short decimals are exact sums of
 * doubles. All others go through the C library as digits and exponent alone, without a
 * radix character, which is all that a locale could change. Knows nothing of syntaxes.
 */
#include "base/number.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>

/* Without regard to ASCII case; `word` is in lower case. */
static bool is_word(struct dcfg_view text, const char *word)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word[i] || !word[i])
			return false;
	}
	return !word[text.len];
}

enum dcfg_parse dcfg_parse_bool(struct dcfg_view text, bool *value)
{
	static const char *const words[] = {"false", "true", "no", "yes",
					    "off",   "on",   "0",  "1"};

	for (size_t i = 0; i < DCFG_COUNT(words); i++) {
		if (is_word(text, words[i])) {
			*value = i % 2;
			return DCFG_PARSED;
		}
	}
	return DCFG_MALFORMED;
}

/* Takes one leading sign off. */
static bool take_sign(struct dcfg_view *text, bool *negative)
{
	*negative = text->len && *text->ptr == '-';
	if (!*negative && !(text->len && *text->ptr == '+'))
		return false;
	*text = dcfg_view_skip(*text, 1);
	return true;
}

static unsigned digit_value(char c)
{
	if (dcfg_is_digit(c))
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 16;
}

/* So many digits fit in any base. */
#define DIGITS_SAFE 16

/* Reads on to the end where it does not fit, since what follows may be no digit. */
static enum dcfg_parse parse_digits(struct dcfg_view text, unsigned base, uint64_t *value)
{
	enum dcfg_parse result = text.len ? DCFG_PARSED : DCFG_MALFORMED;
	uint64_t sum = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = digit_value(text.ptr[i]);

		if (digit >= base)
			return DCFG_MALFORMED;
		if (i >= DIGITS_SAFE && sum > (UINT64_MAX - digit) / base)
			result = DCFG_OUT_OF_RANGE;
		sum = sum * base + digit;
	}
	*value = sum;
	return result;
}

/* An int by sign and magnitude. */
static enum dcfg_parse parse_magnitude(struct dcfg_view text, bool *negative,
				       uint64_t *value)
{
	bool has_sign = take_sign(&text, negative);

	if (text.len < 2 || *text.ptr != '0')
		return parse_digits(text, 10, value);
	if (!has_sign && text.ptr[1] == 'x')
		return parse_digits(dcfg_view_skip(text, 2), 16, value);
	if (!has_sign && text.ptr[1] == 'o')
		return parse_digits(dcfg_view_skip(text, 2), 8, value);
	return DCFG_MALFORMED;
}

enum dcfg_parse dcfg_parse_int(struct dcfg_view text, int64_t *value)
{
	bool negative;
	uint64_t magnitude;
	enum dcfg_parse result = parse_magnitude(text, &negative, &magnitude);

	if (result != DCFG_PARSED)
		return result;
	if (magnitude > (uint64_t)INT64_MAX + negative)
		return DCFG_OUT_OF_RANGE;
	if (negative && magnitude)
		*value = -(int64_t)(magnitude - 1) - 1;
	else
		*value = (int64_t)magnitude;
	return DCFG_PARSED;
}

enum dcfg_parse dcfg_parse_uint(struct dcfg_view text, uint64_t *value)
{
	bool negative;
	uint64_t magnitude;
	enum dcfg_parse result = parse_magnitude(text, &negative, &magnitude);

	if (result != DCFG_PARSED)
		return result;
	if (negative && magnitude)
		return DCFG_OUT_OF_RANGE;
	*value = magnitude;
	return DCFG_PARSED;
}

/* All whole numbers up to this one are doubles. */
#define EXACT_MAX (UINT64_C(1) << DBL_MANT_DIG)
/* All powers of ten up to this one are. */
#define POWER_MAX 22
/* So many digits fit 64 bits. */
#define MANTISSA_DIGITS 19
/* More digits never change a double, but for whether any of them is not 0. */
#define DIGITS_MAX 800
#define EXPONENT_MAX 100000

/* digits * 10^exponent where one multiplication or division gives it, rounded once. */
static bool scale_exactly(uint64_t digits, int64_t exponent, double *value)
{
	static const double powers[POWER_MAX + 1] = {
		1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

	if (FLT_EVAL_METHOD != 0 || digits > EXACT_MAX || exponent > POWER_MAX ||
	    exponent < -POWER_MAX)
		return false;
	*value = (double)digits;
	if (exponent < 0)
		*value /= powers[-exponent];
	else
		*value *= powers[exponent];
	return true;
}

/* Reads "<digits>e<exponent>", with room for the exponent behind the digits. */
static double scale_any(char *digits, size_t length, int64_t exponent)
{
	double value = 0;

	if (exponent > EXPONENT_MAX)
		exponent = EXPONENT_MAX;
	if (exponent < -EXPONENT_MAX)
		exponent = -EXPONENT_MAX;
	(void)snprintf(digits + length, 16, "e%d", (int)exponent);
	(void)sscanf(digits, "%lf", &value);
	return value;
}

static double scale(uint64_t digits, int64_t exponent)
{
	char text[48];
	double value;
	int length;

	if (scale_exactly(digits, exponent, &value))
		return value;
	length = snprintf(text, sizeof(text), "%" PRIu64, digits);
	return scale_any(text, (size_t)length, exponent);
}

/* The parts of a float: all digits, point left out, and what point and exponent say. */
struct decimal {
	struct dcfg_view digits; /* from the first that is not 0; may hold the point */
	size_t significant;      /* number of them */
	int64_t exponent;        /* of the last of them */
};

/* Digits with at most one point among them, at least one digit. */
static bool take_digits(struct dcfg_view *text, struct decimal *decimal)
{
	size_t at = 0, digits = 0;
	bool point = false;

	*decimal = (struct decimal){.digits = *text};
	for (; at < text->len; at++) {
		char c = text->ptr[at];

		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (!dcfg_is_digit(c))
			break;
		digits++;
		decimal->exponent -= point;
		if (c == '0' && !decimal->significant)
			decimal->digits = dcfg_view_skip(*text, at + 1);
		else
			decimal->significant++;
	}
	decimal->digits.len = (size_t)(text->ptr + at - decimal->digits.ptr);
	*text = dcfg_view_skip(*text, at);
	return digits > 0;
}

/* All that is left is nothing or an exponent, which is added. */
static bool take_exponent(struct dcfg_view text, struct decimal *decimal)
{
	int64_t exponent = 0;
	bool negative;

	if (!text.len)
		return true;
	if (*text.ptr != 'e' && *text.ptr != 'E')
		return false;
	text = dcfg_view_skip(text, 1);
	take_sign(&text, &negative);
	if (!text.len)
		return false;
	for (; text.len; text = dcfg_view_skip(text, 1)) {
		if (!dcfg_is_digit(*text.ptr))
			return false;
		if (exponent < INT64_MAX / 100) /* far beyond any number of digits */
			exponent = exponent * 10 + (*text.ptr - '0');
	}
	decimal->exponent += negative ? -exponent : exponent;
	return true;
}

static double short_value(const struct decimal *decimal)
{
	uint64_t digits = 0;

	for (size_t i = 0; i < decimal->digits.len; i++) {
		if (decimal->digits.ptr[i] != '.')
			digits = digits * 10 + (uint64_t)(decimal->digits.ptr[i] - '0');
	}
	return digits ? scale(digits, decimal->exponent) : 0;
}

/* Digits beyond the last that counts become a single 1 where any of them is not 0. */
static double long_value(const struct decimal *decimal)
{
	char digits[DIGITS_MAX + 1 + 16];
	size_t kept = 0, at = 0;

	for (; at < decimal->digits.len && kept < DIGITS_MAX; at++) {
		if (decimal->digits.ptr[at] != '.')
			digits[kept++] = decimal->digits.ptr[at];
	}
	while (at < decimal->digits.len && decimal->digits.ptr[at] < '1')
		at++; /* zeros, and the point, which is less than a 0 */
	if (at < decimal->digits.len)
		digits[kept++] = '1';
	return scale_any(digits, kept,
			 decimal->exponent + (int64_t)decimal->significant -
				 (int64_t)kept);
}

static bool is_one_of(struct dcfg_view text, const char *const words[3])
{
	for (size_t i = 0; i < 3; i++) {
		if (dcfg_view_equal(text, dcfg_view_text(words[i])))
			return true;
	}
	return false;
}

static bool parse_special(struct dcfg_view text, bool has_sign, double *value)
{
	static const char *const infinities[] = {".inf", ".Inf", ".INF"};
	static const char *const nans[] = {".nan", ".NaN", ".NAN"};

	if (is_one_of(text, infinities))
		*value = (double)INFINITY;
	else if (!has_sign && is_one_of(text, nans))
		*value = (double)NAN;
	else
		return false;
	return true;
}

static bool is_float(struct dcfg_view text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '.' || text.ptr[i] == 'e' || text.ptr[i] == 'E')
			return text.len < 2 || text.ptr[1] != 'x';
	}
	return false;
}

static enum dcfg_parse parse_float(struct dcfg_view text, double *value)
{
	struct decimal decimal;

	if (!take_digits(&text, &decimal) || !take_exponent(text, &decimal))
		return DCFG_MALFORMED;
	*value = decimal.significant <= MANTISSA_DIGITS ? short_value(&decimal)
							: long_value(&decimal);
	return isinf(*value) ? DCFG_OUT_OF_RANGE : DCFG_PARSED;
}

/* An int that is a double too. */
static enum dcfg_parse parse_whole(struct dcfg_view text, bool has_sign, double *value)
{
	enum dcfg_parse result;
	bool negative;
	uint64_t magnitude, odd;

	if (has_sign && text.len > 1 && *text.ptr == '0')
		return DCFG_MALFORMED;
	if (has_sign)
		result = parse_digits(text, 10, &magnitude);
	else
		result = parse_magnitude(text, &negative, &magnitude);
	if (result != DCFG_PARSED)
		return result;
	for (odd = magnitude; odd && odd % 2 == 0;)
		odd /= 2;
	*value = (double)magnitude;
	return odd > EXACT_MAX ? DCFG_OUT_OF_RANGE : DCFG_PARSED;
}

enum dcfg_parse dcfg_parse_double(struct dcfg_view text, double *value)
{
	enum dcfg_parse result = DCFG_PARSED;
	double magnitude = 0;
	bool negative, has_sign = take_sign(&text, &negative);

	if (is_float(text))
		result = parse_special(text, has_sign, &magnitude)
				 ? DCFG_PARSED
				 : parse_float(text, &magnitude);
	else
		result = parse_whole(text, has_sign, &magnitude);
	if (result == DCFG_PARSED)
		*value = negative ? -magnitude : magnitude;
	return result;
}

uint32_t dcfg_parse_hex(struct dcfg_view text, size_t digits)
{
	uint32_t number = 0;

	if (text.len < digits)
		return UINT32_MAX;
	for (size_t i = 0; i < digits; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		unsigned char letter = byte | 0x20;

		if (byte >= '0' && byte <= '9')
			number = number << 4 | (byte - (uint32_t)'0');
		else if (letter >= 'a' && letter <= 'f')
			number = number << 4 | (letter - (uint32_t)'a' + 10);
		else
			return UINT32_MAX;
	}
	return number;
}
