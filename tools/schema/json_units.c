/* SPDX-License-Identifier: ISC */
/*
 * Durations and sizes, numbers with units, as JSON Schema. No pattern can add up the numbers of a
 * duration; but where each is less than the next greater unit (1h59m, not 1h90m), texts compare
 * unit by unit, and limits are exact. Of all others only each number alone is held to the greatest
 * duration. Must not know where they stand.
 */
#include <inttypes.h>

#include "schema/digits.h"
#include "schema/json.h"

struct unit {
	const char *name;
	int64_t factor;
};

static const struct unit sizes[] = {
	{"B?", 1},
	{"kB", 1000},
	{"MB", 1000000},
	{"GB", 1000000000},
	{"TB", INT64_C(1000000000000)},
	{"KiB", INT64_C(1) << 10},
	{"MiB", INT64_C(1) << 20},
	{"GiB", INT64_C(1) << 30},
	{"TiB", INT64_C(1) << 40},
	{NULL, 0},
};

/* Those of durations, in the order in which they stand. */
static const struct unit units[] = {
	{"w", INT64_C(604800000000000)},
	{"d", INT64_C(86400000000000)},
	{"h", INT64_C(3600000000000)},
	{"m", INT64_C(60000000000)},
	{"s", INT64_C(1000000000)},
	{"ms", 1000000},
	{"us", 1000},
	{"ns", 1},
	{NULL, 0},
};

static uint64_t fewest(const struct limits *limits, const struct unit *unit)
{
	uint64_t least = (uint64_t)limits->least, factor = (uint64_t)unit->factor;

	return least / factor + (least % factor != 0);
}

static uint64_t most_of(const struct limits *limits, const struct unit *unit)
{
	return (uint64_t)(limits->most / unit->factor);
}

/* A number with one unit of a list. */
static void one_unit(struct json_schema *to, const struct limits *limits,
		     const struct unit *list)
{
	const char *before = "";

	for (const struct unit *unit = list; unit->name; unit++) {
		if (fewest(limits, unit) > most_of(limits, unit))
			continue;
		tool_text(to->json.out, before);
		tool_text(to->json.out, "(?:");
		tool_pattern_digits(to->json.out, fewest(limits, unit),
				    most_of(limits, unit), 10);
		tool_text(to->json.out, ")");
		tool_text(to->json.out, unit->name);
		before = "|";
	}
}

/* How many of them are one of the unit before. */
static int64_t ratio(const struct unit *unit)
{
	return (unit - 1)->factor / unit->factor;
}

static void number(struct writer *out, int64_t least, int64_t most,
		   const struct unit *unit)
{
	tool_text(out, "(?:");
	tool_pattern_digits(out, (uint64_t)least, (uint64_t)most, 10);
	tool_text(out, ")");
	tool_text(out, unit->name);
}

/* The same, or nothing. */
static void optional(struct writer *out, int64_t most, const struct unit *unit)
{
	tool_text(out, "(?:");
	number(out, 0, most, unit);
	tool_text(out, ")?");
}

/* Nothing, or anything that is less than the unit before. */
static void tail(struct writer *out, const struct unit *unit)
{
	for (; unit->name; unit++)
		optional(out, ratio(unit) - 1, unit);
}

/* Exactly so many. */
static void exactly(struct writer *out, int64_t count, const struct unit *unit)
{
	if (count)
		number(out, count, count, unit);
	else
		optional(out, 0, unit);
}

static void close(struct writer *out, size_t open)
{
	while (open--)
		tool_text(out, ")");
}

/* From this unit on, no more than that. */
static void at_most(struct writer *out, int64_t most, const struct unit *unit)
{
	size_t open = 0;

	for (; unit->name; unit++) {
		int64_t count = most / unit->factor;

		most %= unit->factor;
		if (count) {
			tool_text(out, "(?:");
			optional(out, count - 1, unit);
			tail(out, unit + 1);
			tool_text(out, "|");
			open++;
		}
		exactly(out, count, unit);
	}
	close(out, open);
}

/* From this unit on, no less than that. */
static void at_least(struct writer *out, int64_t least, const struct unit *unit)
{
	size_t open = 0;

	for (; least; unit++) {
		int64_t count = least / unit->factor, greatest = ratio(unit) - 1;

		least %= unit->factor;
		if (count < greatest) {
			tool_text(out, "(?:");
			number(out, count + 1, greatest, unit);
			tail(out, unit + 1);
			tool_text(out, "|");
			open++;
		}
		exactly(out, count, unit);
	}
	tail(out, unit);
	close(out, open);
}

/* Texts that begin with a number of this unit. */
static void begin_most(struct writer *out, int64_t most, const struct unit *unit)
{
	int64_t count = most / unit->factor;

	if (count > 1) {
		number(out, 1, count - 1, unit);
		tail(out, unit + 1);
		tool_text(out, "|");
	}
	number(out, count, count, unit);
	at_most(out, most % unit->factor, unit + 1);
}

static void begin_least(struct writer *out, int64_t least, const struct unit *unit)
{
	int64_t count = least / unit->factor;

	number(out, count + 1, INT64_MAX / unit->factor, unit);
	tail(out, unit + 1);
	if (!count)
		return;
	tool_text(out, "|");
	number(out, count, count, unit);
	at_least(out, least % unit->factor, unit + 1);
}

static void begin_any(struct writer *out, const struct unit *unit)
{
	tool_text(out, "[1-9][0-9]*");
	tool_text(out, unit->name);
	tail(out, unit + 1);
}

static void begin_object(struct json *json, const char *name)
{
	tool_json_begin(json, name, '{');
	tool_json_lead(json, "pattern");
	tool_text(json->out, "\"^(?:");
}

static void end_object(struct json *json)
{
	tool_text(json->out, ")$\"");
	tool_json_end(json, '}');
}

static void no_more(struct json *json, int64_t most)
{
	const char *before = "";

	begin_object(json, NULL);
	for (const struct unit *unit = units; unit->name; unit++) {
		if (most < unit->factor)
			continue;
		tool_text(json->out, before);
		begin_most(json->out, most, unit);
		before = "|";
	}
	end_object(json);
}

static void no_less(struct json *json, int64_t least)
{
	const char *before = "";

	begin_object(json, NULL);
	for (const struct unit *unit = units; unit->name; unit++) {
		tool_text(json->out, before);
		begin_least(json->out, least, unit);
		before = "|";
	}
	end_object(json);
}

static void not_comparable(struct json *json)
{
	const char *before = "";

	tool_json_begin(json, NULL, '{');
	begin_object(json, "not");
	for (const struct unit *unit = units; unit->name; unit++) {
		tool_text(json->out, before);
		begin_any(json->out, unit);
		before = "|";
	}
	end_object(json);
	tool_json_end(json, '}');
}

/* Each unit at most once, in their order. */
static void in_order(struct json *json, const struct limits *limits)
{
	begin_object(json, NULL);
	for (const struct unit *unit = units; unit->name; unit++)
		optional(json->out, limits->most / unit->factor, unit);
	end_object(json);
}

static void within(struct json *json, const struct limits *limits)
{
	tool_json_begin(json, NULL, '{');
	tool_json_begin(json, "anyOf", '[');
	not_comparable(json);
	tool_json_begin(json, NULL, '{');
	tool_json_begin(json, "allOf", '[');
	no_more(json, limits->most);
	if (limits->least)
		no_less(json, limits->least);
	tool_json_end(json, ']');
	tool_json_end(json, '}');
	tool_json_end(json, ']');
	tool_json_end(json, '}');
}

static void several_units(struct json_schema *to, const struct limits *limits)
{
	tool_json_begin(&to->json, NULL, '{');
	tool_json_text(&to->json, "type", "string");
	tool_json_begin(&to->json, "allOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_text(&to->json, "pattern",
		       limits->least ? "[1-9].*[a-z][0-9]|[a-z].*[1-9]" : "[a-z][0-9]");
	tool_json_end(&to->json, '}');
	in_order(&to->json, limits);
	if (limits->given)
		within(&to->json, limits);
	tool_json_end(&to->json, ']');
	tool_json_end(&to->json, '}');
}

void tool_json_duration(struct json_schema *to, const struct limits *limits)
{
	static const struct limits zero = {0, 0, true};

	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin_pattern(
		to, "not a duration such as 250ms or 1h30m within the limits");
	tool_text(to->json.out, limits->least == 0 ? "0|" : "");
	one_unit(to, limits, units);
	tool_json_end_pattern(to);
	several_units(to, limits);
	if (limits->least == 0)
		tool_json_integer(to, &zero);
	else
		tool_json_null(&to->json, NULL);
	tool_json_end(&to->json, ']');
}

void tool_json_size(struct json_schema *to, const struct limits *limits)
{
	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_integer(to, limits);
	tool_json_begin_pattern(to, "not a size such as 512 or 64MiB within the limits");
	one_unit(to, limits, sizes);
	tool_json_end_pattern(to);
	tool_json_end(&to->json, ']');
}
