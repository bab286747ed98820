/* SPDX-License-Identifier: ISC */
/* Floats, as JSON Schema: numbers within limits, or texts that read as one. Must not know where
 * they stand. */
#include "schema/json.h"

#include <string.h>

/* A text that is one, but for infinity and .nan; as JSON. */
#define DECIMAL "[-+]?(?:[0-9]+(?:\\\\.[0-9]*)?|\\\\.[0-9]+)"
#define EXPONENT "[eE][-+]?[0-9]+"
#define OTHER_BASES "0x[0-9a-fA-F]+|0o[0-7]+"

/* What is too big for one for certain: 10 to the power of 309 and more. */
#define TOO_BIG                                                                          \
	"^[-+]?0*[1-9][0-9]*(?:\\\\.[0-9]*)?[eE]\\\\+?0*(?:309|3[1-9][0-9]|"             \
	"[4-9][0-9][0-9]|[1-9][0-9]{3,})$"

/* A limit of floats. False where there is none, or it is infinite. */
static bool float_limit(struct json_schema *to, const struct key *key, const char *field,
			const char *name)
{
	const struct deploycfg_entry *limit = tool_field(to->keys, key, field);
	char number[32];

	if (!limit || !tool_json_number_of(limit, number))
		return false;
	tool_json_word(&to->json, name, number);
	return true;
}

/* Digits alone have no leading zeros. */
#define PADDED "^[-+]?0[0-9]+$"

/* A text that is a float, but for what its parts together make too big; more members follow in
 * the array. least, most: there are limits. */
static void begin_text(struct json_schema *to, bool least, bool most)
{
	tool_json_begin(&to->json, NULL, '{');
	tool_json_begin(&to->json, "not", '{');
	tool_json_lead(&to->json, "pattern");
	tool_text(to->json.out, "\"" TOO_BIG "|" PADDED "\"");
	tool_json_end(&to->json, '}');
	tool_json_begin(&to->json, "allOf", '[');
	tool_json_begin_pattern(to, "not a float");
	tool_text(to->json.out, DECIMAL "(?:" EXPONENT ")?|" OTHER_BASES);
	tool_text(to->json.out, least ? "" : "|-\\\\.(?:inf|Inf|INF)");
	tool_text(to->json.out, most ? "" : "|\\\\+?\\\\.(?:inf|Inf|INF)");
	tool_text(to->json.out, least || most ? "" : "|\\\\.(?:nan|NaN|NAN)");
	tool_json_end_pattern(to);
}

static void end_text(struct json_schema *to)
{
	tool_json_end(&to->json, ']');
	tool_json_end(&to->json, '}');
}

/* .nan alone is neither: to a validator it is not less than 1, nor more than 0. */
static void no_nan(struct json *json)
{
	tool_json_begin(json, "not", '{');
	tool_json_text(json, "type", "number");
	tool_json_word(json, "minimum", "1");
	tool_json_word(json, "maximum", "0");
	tool_json_end(json, '}');
}

/* key: NULL for no limits. A text is held to none, but that it is no end of them. */
void tool_json_float(struct json_schema *to, const struct key *key)
{
	bool least, most;

	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_lead(&to->json, "type");
	tool_text(to->json.out, "[\"number\", \"null\"]");
	least = float_limit(to, key, "min", "minimum");
	most = float_limit(to, key, "max", "maximum");
	if (least || most)
		no_nan(&to->json);
	tool_json_defined(to, DEFINITION_EXACT);
	tool_json_end(&to->json, '}');
	begin_text(to, least, most);
	end_text(to);
	tool_json_end(&to->json, ']');
}

/* Numbers up to a power of 2, and down to less than that: of whole ones those that another divides
 * are floats. divisor: NULL for all. */
static void band(struct json *json, const char *least, const char *most,
		 const char *divisor)
{
	tool_json_begin(json, NULL, '{');
	if (least)
		tool_json_word(json, "minimum", least);
	if (most)
		tool_json_word(json, "maximum", most);
	if (divisor)
		tool_json_word(json, "multipleOf", divisor);
	tool_json_end(json, '}');
}

/* From 2 to the power of 53 on not all whole numbers are one; those that do not fit 64 bits were
 * written as floats. */
void tool_json_exact(struct json_schema *to)
{
	static const struct {
		const char *least, *most, *divisor;
	} bands[] = {
		{"-9007199254740992", "9007199254740992", NULL},
		{"-18014398509481984", "18014398509481984", "2"},
		{"-36028797018963968", "36028797018963968", "4"},
		{"-72057594037927936", "72057594037927936", "8"},
		{"-144115188075855872", "144115188075855872", "16"},
		{"-288230376151711744", "288230376151711744", "32"},
		{"-576460752303423488", "576460752303423488", "64"},
		{"-1152921504606846976", "1152921504606846976", "128"},
		{"-2305843009213693952", "2305843009213693952", "256"},
		{"-4611686018427387904", "4611686018427387904", "512"},
		{"-9223372036854775808", "9223372036854775808", "1024"},
		{"9223372036854775808", NULL, NULL},
		{NULL, "-9223372036854775808", NULL},
	};

	tool_json_begin(&to->json, "anyOf", '[');
	for (size_t i = 0; i < sizeof(bands) / sizeof(bands[0]); i++)
		band(&to->json, bands[i].least, bands[i].most, bands[i].divisor);
	tool_json_end(&to->json, ']');
}

/* The ways to write a number without an exponent; number: the shortest one. */
static void plain_forms(struct writer *out, const char *number)
{
	const char *sign = *number == '-' ? "-" : "\\\\+?";
	size_t whole, behind;

	number += *number == '-';
	whole = strspn(number, "0123456789");
	behind = strlen(number) - whole;
	if (strcmp(number, "0") == 0)
		sign = "[-+]?";
	tool_text(out, "|");
	tool_text(out, sign);
	tool_text(out, *number == '0' && !behind ? "(?:0+\\\\.?0*|\\\\.0+)" : "0*");
	if (*number != '0')
		tool_bytes(out, number, whole);
	if (behind > 1) {
		tool_text(out, "\\\\.");
		tool_text(out, number + whole + 1);
		tool_text(out, "0*");
	} else if (*number != '0') {
		tool_text(out, "(?:\\\\.0*)?");
	}
}

/* A text is compared with them where it has no exponent, and no more digits than a float keeps. */
static void choice_text(struct json_schema *to, const struct deploycfg_entry *list)
{
	bool compared = true;
	char number[32];

	deploycfg_each_child (to->keys->schema, entry, list)
		compared &= tool_json_number_of(tool_told(to->keys, entry), number) &&
			    !strchr(number, 'e');
	begin_text(to, compared, compared);
	if (compared) {
		tool_json_begin_pattern(to, "not one of the choices");
		tool_text(to->json.out, DECIMAL EXPONENT
			  "|" OTHER_BASES "|[-+]?\\\\.?(?:[0-9]\\\\.?){16,}");
		deploycfg_each_child (to->keys->schema, entry, list) {
			if (tool_json_number_of(tool_told(to->keys, entry), number))
				plain_forms(to->json.out, number);
		}
		tool_json_end_pattern(to);
	}
	end_text(to);
}

void tool_json_float_choices(struct json_schema *to, const struct deploycfg_entry *list)
{
	char number[32];

	tool_json_begin(&to->json, "anyOf", '[');
	tool_json_begin(&to->json, NULL, '{');
	tool_json_begin(&to->json, "enum", '[');
	deploycfg_each_child (to->keys->schema, entry, list) {
		if (tool_json_number_of(tool_told(to->keys, entry), number))
			tool_json_word(&to->json, NULL, number);
	}
	tool_json_word(&to->json, NULL, "null");
	tool_json_end(&to->json, ']');
	tool_json_end(&to->json, '}');
	choice_text(to, list);
	tool_json_end(&to->json, ']');
}
