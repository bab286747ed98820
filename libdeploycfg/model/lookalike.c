/* SPDX-License-Identifier: ISC */
/* The types of YAML 1.1, as its type repository has them. Knows texts, not where they stand. */
#include "model/lookalike.h"

static bool is_bool(struct dcfg_view text)
{
	static const char *const words[] = {
		"y",  "Y",  "yes",  "Yes",  "YES",  "n",     "N",     "no",
		"No", "NO", "true", "True", "TRUE", "false", "False", "FALSE",
		"on", "On", "ON",   "off",  "Off",  "OFF"};

	for (size_t i = 0; i < DCFG_COUNT(words); i++)
		if (dcfg_view_equal(text, dcfg_view_text(words[i])))
			return true;
	return false;
}

/* Takes the bytes off that are in a set, and gives their number. */
static size_t take(struct dcfg_view *text, const char *set)
{
	size_t count = 0;

	while (count < text->len && text->ptr[count] && strchr(set, text->ptr[count]))
		count++;
	*text = dcfg_view_skip(*text, count);
	return count;
}

static bool all_of(struct dcfg_view text, const char *set)
{
	return take(&text, set) && !text.len;
}

#define DIGITS "0123456789"

/* Takes `:30` off, any number of them. */
static bool take_sixties(struct dcfg_view *text)
{
	size_t before = text->len;

	while (text->len > 1 && *text->ptr == ':') {
		struct dcfg_view digits = dcfg_view_skip(*text, 1);
		bool is_tens = *digits.ptr < '6' && digits.len > 1 &&
			       dcfg_is_digit(digits.ptr[1]);

		if (!dcfg_is_digit(*digits.ptr))
			break;
		*text = dcfg_view_skip(digits, is_tens ? 2 : 1);
	}
	return text->len < before;
}

/* Without its sign. */
static bool is_int(struct dcfg_view text)
{
	bool is_zero_led = text.len > 1 && *text.ptr == '0';

	if (!text.len || !dcfg_is_digit(*text.ptr))
		return false;
	if (is_zero_led && text.ptr[1] == 'b')
		return all_of(dcfg_view_skip(text, 2), "01_");
	if (is_zero_led && text.ptr[1] == 'x')
		return all_of(dcfg_view_skip(text, 2), DIGITS "abcdefABCDEF_");
	if (is_zero_led)
		return all_of(text, "01234567_") || all_of(text, DIGITS);
	take(&text, DIGITS "_");
	take_sixties(&text);
	return !text.len;
}

/* Nothing, or an exponent, which has a sign. */
static bool is_exponent(struct dcfg_view text)
{
	if (!text.len)
		return true;
	if (text.len < 3 || !memchr("eE", *text.ptr, 2) || !memchr("+-", text.ptr[1], 2))
		return false;
	return all_of(dcfg_view_skip(text, 2), DIGITS);
}

/* Without its sign; there is a point in any of them. */
static bool is_float(struct dcfg_view text)
{
	size_t whole = 0, sixties = 0;

	if (text.len && dcfg_is_digit(*text.ptr)) {
		whole = take(&text, DIGITS "_");
		sixties = take_sixties(&text);
	}
	if (!text.len || *text.ptr != '.')
		return false;
	text = dcfg_view_skip(text, 1);
	if (!whole && !(text.len && dcfg_is_digit(*text.ptr)))
		return false;
	take(&text, DIGITS "_");
	return sixties ? !text.len : is_exponent(text);
}

/* Takes digits off, at least `least` and at most `most` of them. */
static bool take_digits(struct dcfg_view *text, size_t least, size_t most)
{
	size_t count = 0;

	while (count < text->len && count < most && dcfg_is_digit(text->ptr[count]))
		count++;
	*text = dcfg_view_skip(*text, count);
	return count >= least;
}

static bool take_byte(struct dcfg_view *text, const char *set)
{
	bool there = text->len && *text->ptr && strchr(set, *text->ptr);

	*text = dcfg_view_skip(*text, there);
	return there;
}

/* What may stand behind a time: Z, or hours and minutes. */
static bool is_zone(struct dcfg_view text)
{
	take(&text, " \t");
	if (take_byte(&text, "Z") || !text.len)
		return !text.len;
	return take_byte(&text, "+-") && take_digits(&text, 1, 2) &&
	       (!text.len || (take_byte(&text, ":") && take_digits(&text, 2, 2))) &&
	       !text.len;
}

static bool is_time(struct dcfg_view text)
{
	if (!take_byte(&text, "Tt") && !take(&text, " \t"))
		return false;
	if (!take_digits(&text, 1, 2) || !take_byte(&text, ":") ||
	    !take_digits(&text, 2, 2) || !take_byte(&text, ":") ||
	    !take_digits(&text, 2, 2))
		return false;
	if (take_byte(&text, "."))
		take(&text, DIGITS);
	return is_zone(text);
}

/* A day, or a time of one, where month and day may have one digit. */
static bool is_date(struct dcfg_view text)
{
	size_t length = text.len;

	if (!take_digits(&text, 4, 4) || !take_byte(&text, "-") ||
	    !take_digits(&text, 1, 2) || !take_byte(&text, "-") ||
	    !take_digits(&text, 1, 2))
		return false;
	return text.len ? is_time(text) : length == sizeof("2001-12-14") - 1;
}

/* Of text that is neither null nor a special float, which both versions write alike. */
static const char *in_1_1(struct dcfg_view text)
{
	bool has_sign = text.len && memchr("+-", *text.ptr, 2);
	struct dcfg_view number = dcfg_view_skip(text, has_sign);

	if (is_bool(text))
		return dcfg_type_words(DEPLOYCFG_BOOL);
	if (is_int(number))
		return dcfg_type_words(DEPLOYCFG_INT);
	if (is_float(number))
		return dcfg_type_words(DEPLOYCFG_FLOAT);
	if (is_date(text))
		return "a date";
	if (dcfg_view_equal(text, DCFG_VIEW("<<")))
		return "the mark of a merge";
	return dcfg_view_equal(text, DCFG_VIEW("=")) ? "the mark of a default value"
						     : dcfg_type_words(DEPLOYCFG_STRING);
}

/* 1.2 reads 08 as decimal, and 1.1 does not read it as a number. */
const char *dcfg_lookalike_readers(struct dcfg_view text)
{
	take(&text, "+-");
	return text.len > 1 && *text.ptr == '0' && all_of(text, DIGITS) &&
			       !all_of(text, "01234567")
		       ? "YAML 1.2"
		       : "YAML 1.1";
}

static bool is_special_float(struct dcfg_view text)
{
	struct dcfg_view rest = text;

	return take(&rest, "+-.") && rest.len == 3 && memchr("iInN", *rest.ptr, 4);
}

const char *dcfg_lookalike(struct dcfg_view text, enum deploycfg_type here)
{
	enum deploycfg_type type;
	union dcfg_scalar value;
	const char *there;

	(void)dcfg_resolve(text, &type, &value);
	if (type == DEPLOYCFG_NULL || (type == DEPLOYCFG_FLOAT && is_special_float(text)))
		return NULL;
	there = in_1_1(text);
	return there == dcfg_type_words(type) || there == dcfg_type_words(here) ? NULL
										: there;
}

const char *dcfg_type_words(enum deploycfg_type type)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		return "a bool";
	case DEPLOYCFG_INT:
		return "an int";
	case DEPLOYCFG_FLOAT:
		return "a float";
	default:
		return "a string";
	}
}
