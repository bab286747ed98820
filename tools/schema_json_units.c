/* SPDX-License-Identifier: ISC */
/* Numbers with one unit, as JSON Schema, and sizes, which are no more. Must not know where they
 * stand. */
#include <stdint.h>

#include "schema_digits.h"
#include "schema_json.h"

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

static uint64_t at_least(const struct limits *limits, const struct unit *unit)
{
	uint64_t least = (uint64_t)limits->least, factor = (uint64_t)unit->factor;

	return least / factor + (least % factor != 0);
}

static uint64_t at_most(const struct limits *limits, const struct unit *unit)
{
	return (uint64_t)(limits->most / unit->factor);
}

void tool_json_one_unit(struct json_schema *to, const struct limits *limits,
			const struct unit *units)
{
	const char *before = "";

	for (const struct unit *unit = units; unit->name; unit++) {
		if (at_least(limits, unit) > at_most(limits, unit))
			continue;
		tool_text(to->json.out, before);
		tool_text(to->json.out, "(?:");
		tool_pattern_digits(to->json.out, at_least(limits, unit),
				    at_most(limits, unit), 10);
		tool_text(to->json.out, ")");
		tool_text(to->json.out, unit->name);
		before = "|";
	}
}

void tool_json_size(struct json_schema *to, const struct limits *limits)
{
	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_integer(to, limits);
	tool_json_begin_pattern(to, "not a size such as 512 or 64MiB within the limits");
	tool_json_one_unit(to, limits, sizes);
	tool_json_end_pattern(to);
	tool_json_end(&to->json, ']');
}
