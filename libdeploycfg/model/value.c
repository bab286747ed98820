/* SPDX-License-Identifier: ISC */
/* What scalars are. Knows texts and types; not where they stand or what they override. */
#include "model/value.h"

static bool is_one_of(struct dcfg_view text, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (dcfg_view_equal(text, dcfg_view_text(words[i])))
			return true;
	return false;
}

static bool is_null(struct dcfg_view text)
{
	static const char *const words[] = {"", "~", "null", "Null", "NULL"};

	return text.len <= 4 && is_one_of(text, words, DCFG_COUNT(words));
}

static bool is_bool(struct dcfg_view text)
{
	static const char *const words[] = {"true",  "True",  "TRUE",
					    "false", "False", "FALSE"};

	return (text.len == 4 || text.len == 5) &&
	       is_one_of(text, words, DCFG_COUNT(words));
}

static bool digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool all_digits(struct dcfg_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!digit(text.ptr[i]))
			return false;
	return text.len > 0;
}

static struct dcfg_view without_sign(struct dcfg_view text)
{
	return text.len && (*text.ptr == '+' || *text.ptr == '-')
		       ? dcfg_view_skip(text, 1)
		       : text;
}

/* 007: YAML 1.1 reads it as octal, 1.2 as decimal, people as neither: it stays text. */
static bool is_zero_led(struct dcfg_view text)
{
	struct dcfg_view digits = without_sign(text);

	return digits.len > 1 && *digits.ptr == '0' && all_digits(digits);
}

static bool may_be_number(struct dcfg_view text)
{
	char first = *text.ptr;

	return digit(first) || first == '+' || first == '-' || first == '.';
}

static bool is_whole(struct dcfg_view text)
{
	struct dcfg_view digits = without_sign(text);

	return all_digits(digits) || (digits.len > 2 && *digits.ptr == '0' &&
				      (digits.ptr[1] == 'x' || digits.ptr[1] == 'o'));
}

static enum dcfg_parse resolve_number(struct dcfg_view text, enum deploycfg_type *type,
				      union dcfg_scalar *value)
{
	if (is_zero_led(text))
		return DCFG_MALFORMED;
	*type = is_whole(text) ? DEPLOYCFG_INT : DEPLOYCFG_FLOAT;
	return *type == DEPLOYCFG_INT ? dcfg_parse_int(text, &value->integer)
				      : dcfg_parse_double(text, &value->real);
}

enum dcfg_parse dcfg_resolve(struct dcfg_view text, enum deploycfg_type *type,
			     union dcfg_scalar *value)
{
	enum dcfg_parse parsed = DCFG_MALFORMED;

	if (is_null(text)) {
		*type = DEPLOYCFG_NULL;
		return DCFG_PARSED;
	}
	if (is_bool(text)) {
		*type = DEPLOYCFG_BOOL;
		value->boolean = *text.ptr == 't' || *text.ptr == 'T';
		return DCFG_PARSED;
	}
	if (may_be_number(text))
		parsed = resolve_number(text, type, value);
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
	default:
		return dcfg_parse_double(text, &value->real);
	}
}

static struct dcfg_view print_as(struct dcfg_arena *arena, enum deploycfg_type type,
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
	if (dcfg_resolve(text, &as_yaml, &ignored) == DCFG_PARSED && as_yaml == type)
		*canonical = text;
	else
		*canonical = print_as(arena, type, value);
	return DCFG_PARSED;
}
