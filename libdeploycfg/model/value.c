/* SPDX-License-Identifier: ISC */
/* What scalars are. Knows texts and types; not where they stand or what they override. */
#include "model/value.h"

/* In lower case, in upper case, or with its first letter alone in upper case. */
static bool is_word(struct dcfg_view text, struct dcfg_view lower)
{
	char rest;

	if (text.len != lower.len)
		return false;
	rest = text.ptr[1] & 0x20;
	for (size_t i = 0; i < text.len; i++)
		if ((text.ptr[i] | 0x20) != lower.ptr[i] ||
		    (i && (text.ptr[i] & 0x20) != rest))
			return false;
	return rest || !(*text.ptr & 0x20);
}

static bool all_digits(struct dcfg_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!dcfg_is_digit(text.ptr[i]))
			return false;
	return text.len > 0;
}

static struct dcfg_view without_sign(struct dcfg_view text)
{
	return text.len && (*text.ptr == '+' || *text.ptr == '-')
		       ? dcfg_view_skip(text, 1)
		       : text;
}

/* Most numbers are short ints without a sign. */
static bool is_short_int(struct dcfg_view text, int64_t *value)
{
	uint64_t sum = 0;

	if (text.len > 18 || *text.ptr == '0')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned next = (unsigned char)text.ptr[i] - (unsigned)'0';

		if (next > 9)
			return false;
		sum = sum * 10 + next;
	}
	*value = (int64_t)sum;
	return true;
}

/* 007: YAML 1.1 reads it as octal, 1.2 as decimal, people as neither: it stays text. */
static enum dcfg_parse resolve_number(struct dcfg_view text, enum deploycfg_type *type,
				      union dcfg_scalar *value)
{
	struct dcfg_view digits = without_sign(text);
	bool is_decimal, is_zero_led = digits.len > 1 && *digits.ptr == '0';

	if (is_short_int(text, &value->integer)) {
		*type = DEPLOYCFG_INT;
		return DCFG_PARSED;
	}
	is_decimal = all_digits(digits);
	if (is_decimal && is_zero_led)
		return DCFG_MALFORMED;
	if (is_decimal ||
	    (is_zero_led && (digits.ptr[1] == 'x' || digits.ptr[1] == 'o'))) {
		*type = DEPLOYCFG_INT;
		return dcfg_parse_int(text, &value->integer);
	}
	*type = DEPLOYCFG_FLOAT;
	return dcfg_parse_double(text, &value->real);
}

static enum dcfg_parse resolve_bool(struct dcfg_view text, bool value,
				    enum deploycfg_type *type, union dcfg_scalar *scalar)
{
	if (!is_word(text, value ? DCFG_VIEW("true") : DCFG_VIEW("false")))
		return DCFG_MALFORMED;
	*type = DEPLOYCFG_BOOL;
	scalar->boolean = value;
	return DCFG_PARSED;
}

static enum dcfg_parse resolve_null(struct dcfg_view text, enum deploycfg_type *type)
{
	bool is_sign = text.len == 0 || (text.len == 1 && *text.ptr == '~');

	*type = DEPLOYCFG_NULL;
	return is_sign || is_word(text, DCFG_VIEW("null")) ? DCFG_PARSED : DCFG_MALFORMED;
}

/* By its first character it could be this alone, if anything but a string. */
static enum dcfg_parse resolve(struct dcfg_view text, enum deploycfg_type *type,
			       union dcfg_scalar *value)
{
	switch (text.len ? *text.ptr : '~') {
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
	case '+':
	case '-':
	case '.':
		return resolve_number(text, type, value);
	case 't':
	case 'T':
	case 'f':
	case 'F':
		return resolve_bool(text, (*text.ptr | 0x20) == 't', type, value);
	case '~':
	case 'n':
	case 'N':
		return resolve_null(text, type);
	default:
		return DCFG_MALFORMED;
	}
}

enum dcfg_parse dcfg_resolve(struct dcfg_view text, enum deploycfg_type *type,
			     union dcfg_scalar *value)
{
	enum dcfg_parse parsed = resolve(text, type, value);

	if (parsed != DCFG_MALFORMED)
		return parsed;
	*type = DEPLOYCFG_STRING;
	return DCFG_PARSED;
}

static enum dcfg_parse parse_as(struct dcfg_view text, enum deploycfg_type type,
				union dcfg_scalar *value)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		return dcfg_parse_bool(text, &value->boolean);
	case DEPLOYCFG_INT:
		return dcfg_parse_int(text, &value->integer);
	case DEPLOYCFG_FLOAT:
		return dcfg_parse_double(text, &value->real);
	case DEPLOYCFG_DURATION:
		return dcfg_parse_duration(text, &value->integer);
	case DEPLOYCFG_SIZE:
		return dcfg_parse_size(text, &value->integer);
	default:
		value->integer = 0;
		return DCFG_PARSED;
	}
}

struct dcfg_view dcfg_canonical(struct dcfg_arena *arena, enum deploycfg_type type,
				const union dcfg_scalar *value)
{
	char buffer[DCFG_NUMBER_SIZE];

	if (type == DEPLOYCFG_BOOL)
		return value->boolean ? DCFG_VIEW("true") : DCFG_VIEW("false");
	if (type == DEPLOYCFG_INT)
		return dcfg_arena_copy(
			arena, dcfg_view(buffer, dcfg_print_int(buffer, value->integer)));
	return dcfg_arena_copy(arena,
			       dcfg_view(buffer, dcfg_print_double(buffer, value->real)));
}

enum dcfg_parse dcfg_convert(struct dcfg_arena *arena, struct dcfg_view text,
			     enum deploycfg_type type, union dcfg_scalar *value,
			     struct dcfg_view *canonical)
{
	enum deploycfg_type as_yaml;
	union dcfg_scalar ignored;
	enum dcfg_parse parsed = parse_as(text, type, value);

	if (parsed != DCFG_PARSED)
		return parsed;
	*canonical = text;
	if (type < DEPLOYCFG_STRING &&
	    (dcfg_resolve(text, &as_yaml, &ignored) != DCFG_PARSED || as_yaml != type))
		*canonical = dcfg_canonical(arena, type, value);
	return DCFG_PARSED;
}
