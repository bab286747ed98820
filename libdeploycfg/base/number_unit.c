/* SPDX-License-Identifier: ISC */
/* Whole numbers with units: durations and sizes. Knows nothing of syntaxes. */
#include "base/number.h"

struct unit {
	char name[4];
	int64_t factor;
};

#define SECOND INT64_C(1000000000)
#define DAY (24 * 3600 * SECOND)

static const struct unit durations[] = {
	{"w", 7 * DAY},           {"d", DAY},    {"h", 3600 * SECOND},
	{"m", 60 * SECOND},       {"s", SECOND}, {"ms", SECOND / 1000},
	{"us", SECOND / 1000000}, {"ns", 1},
};

#define KILO INT64_C(1000)
#define KIBI INT64_C(1024)

static const struct unit sizes[] = {
	{"", 1},
	{"B", 1},
	{"kB", KILO},
	{"MB", KILO *KILO},
	{"GB", KILO *KILO *KILO},
	{"TB", KILO *KILO *KILO *KILO},
	{"KiB", KIBI},
	{"MiB", KIBI *KIBI},
	{"GiB", KIBI *KIBI *KIBI},
	{"TiB", KIBI *KIBI *KIBI *KIBI},
};

/* So many digits fit in any unit that is one byte or nanosecond. */
#define DIGITS_SAFE 18

/* Takes the digits that a text begins with. Reads on where they do not fit. */
static enum dcfg_parse take_number(struct dcfg_view *text, int64_t *number)
{
	enum dcfg_parse result = DCFG_PARSED;
	uint64_t sum = 0;
	size_t at = 0;

	for (; at < text->len && dcfg_is_digit(text->ptr[at]); at++) {
		unsigned digit = (unsigned)(text->ptr[at] - '0');

		if (at >= DIGITS_SAFE && sum > ((uint64_t)INT64_MAX - digit) / 10)
			result = DCFG_OUT_OF_RANGE;
		else
			sum = sum * 10 + digit;
	}
	if (at == 0 || (at > 1 && *text->ptr == '0'))
		return DCFG_MALFORMED;
	*text = dcfg_view_skip(*text, at);
	*number = (int64_t)sum;
	return result;
}

/* Takes what comes before the next digit. */
static struct dcfg_view take_name(struct dcfg_view *text)
{
	struct dcfg_view name = dcfg_view(text->ptr, 0);

	while (name.len < text->len && !dcfg_is_digit(text->ptr[name.len]))
		name.len++;
	*text = dcfg_view_skip(*text, name.len);
	return name;
}

/* Takes a number and its unit, which must be one of those from *first on, and adds the amount;
 * *first becomes what may follow. */
static enum dcfg_parse take_amount(struct dcfg_view *text, const struct unit **first,
				   const struct unit *end, int64_t *sum)
{
	int64_t number;
	enum dcfg_parse parsed = take_number(text, &number);
	struct dcfg_view name;

	if (parsed == DCFG_MALFORMED)
		return parsed;
	name = take_name(text);
	while (*first < end && !dcfg_view_equal(name, dcfg_view_text((*first)->name)))
		++*first;
	if (*first == end)
		return DCFG_MALFORMED;
	if (number > (INT64_MAX - *sum) / (*first)->factor)
		parsed = DCFG_OUT_OF_RANGE;
	else
		*sum += number * (*first)->factor;
	++*first;
	return parsed;
}

enum dcfg_parse dcfg_parse_duration(struct dcfg_view text, int64_t *nanoseconds)
{
	const struct unit *unit = durations, *end = unit + DCFG_COUNT(durations);
	enum dcfg_parse result = text.len ? DCFG_PARSED : DCFG_MALFORMED;

	*nanoseconds = 0;
	if (dcfg_view_equal(text, DCFG_VIEW("0")))
		return DCFG_PARSED;
	while (text.len && result != DCFG_MALFORMED) {
		enum dcfg_parse parsed = take_amount(&text, &unit, end, nanoseconds);

		result = parsed == DCFG_PARSED ? result : parsed;
	}
	return result;
}

enum dcfg_parse dcfg_parse_size(struct dcfg_view text, int64_t *bytes)
{
	const struct unit *unit = sizes;
	enum dcfg_parse result;

	*bytes = 0;
	result = take_amount(&text, &unit, unit + DCFG_COUNT(sizes), bytes);
	return text.len ? DCFG_MALFORMED : result;
}
