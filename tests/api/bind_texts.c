/* SPDX-License-Identifier: ISC */
/* Between deploycfg and libcyaml stands a text: whatever is in a value comes out of it the same,
 * to the last byte and bit, in every locale. */
#include "api.h"
#include "bind_kinds.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

struct all {
	char **strings;
	uint32_t strings_count;
	double *doubles;
	uint32_t doubles_count;
	float *floats;
	uint32_t floats_count;
	int64_t *ints;
	uint32_t ints_count;
	uint64_t *uints;
	uint32_t uints_count;
};

#define ITEM(type, name, c)                                                              \
	static const cyaml_schema_value_t name = {                                       \
		CYAML_VALUE_##type(CYAML_FLAG_DEFAULT, c)}
#define FIELD(name, item)                                                                \
	CYAML_FIELD_SEQUENCE(#name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,            \
			     struct all, name, &item, 0, CYAML_UNLIMITED)

ITEM(FLOAT, double_schema, double);
ITEM(FLOAT, float_schema, float);
ITEM(INT, int64_schema, int64_t);
ITEM(UINT, uint64_schema, uint64_t);
static const cyaml_schema_field_t all_fields[] = {
	FIELD(strings, string_schema), FIELD(doubles, double_schema),
	FIELD(floats, float_schema),   FIELD(ints, int64_schema),
	FIELD(uints, uint64_schema),   CYAML_FIELD_END};
static const cyaml_schema_value_t all_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct all, all_fields)};

static struct all *bind_all(const struct deploycfg_snapshot *cfg)
{
	struct deploycfg_errors *errors = NULL;
	struct all *all;
	int status = deploycfg_bind(cfg, "", &all_schema, &all, &errors);

	if (status)
		deploycfg_errors_report(errors, stderr);
	ck_assert_int_eq(status, 0);
	ck_assert_ptr_null(errors);
	return all;
}

/* A text as the only string of a list. */
static void goes_through(const char *text)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;
	struct all *all;

	api_yaml(loader, 200, "strings: [x]\n");
	deploycfg_loader_override(loader, "strings[0]", text, NULL);
	cfg = api_load(loader);
	ck_assert_str_eq(deploycfg_get_string(cfg, "strings[0]", NULL), text);
	all = bind_all(cfg);
	ck_assert_uint_eq(all->strings_count, 1);
	ck_assert_str_eq(all->strings[0], text);
	deploycfg_bind_free(&all_schema, &all);
	deploycfg_snapshot_unref(cfg);
}

static const char *const texts[] = {
	"",
	" ",
	"  two  blanks  ",
	"\t",
	"\n",
	"a\n\n b\r\nc\r",
	"---",
	"--- a",
	"...",
	"\n---\n",
	"- a",
	"? a",
	"a: b",
	"a #b",
	"#",
	"\"",
	"\\",
	"\\x41",
	"'it''s'",
	"&a",
	"*a",
	"!tag x",
	"%YAML 1.1",
	"{a: [b]}",
	"]},",
	"~",
	"null",
	"\x01\x1b[31m\x1f\x7f",
	"\xc2\x80\xc2\x85\xc2\x9f\xc2\xa0",
	"\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa",
	"\xef\xbb\xbf \xef\xbb\xbf",
	"\xef\xbf\xbd\xef\xbf\xbe\xef\xbf\xbf",
	"\xed\x9f\xbf\xee\x80\x80",
	"\xf0\x90\x80\x80\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf",
	"\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
};

START_TEST(strings_go_through_as_they_are)
{
	goes_through(texts[_i]);
}
END_TEST

static char *put(char *at, uint32_t code)
{
	if (code < 0x80)
		*at++ = (char)code;
	else if (code < 0x800)
		*at++ = (char)(0xc0 | code >> 6);
	else if (code < 0x10000)
		*at++ = (char)(0xe0 | code >> 12);
	else
		*at++ = (char)(0xf0 | code >> 18);
	if (code >= 0x10000)
		*at++ = (char)(0x80 | (code >> 12 & 0x3f));
	if (code >= 0x800)
		*at++ = (char)(0x80 | (code >> 6 & 0x3f));
	if (code >= 0x80)
		*at++ = (char)(0x80 | (code & 0x3f));
	return at;
}

START_TEST(every_character_goes_through)
{
	char *text = malloc(4 * 0x110000), *at = text;

	for (uint32_t code = 1; code < 0x110000; code++)
		if (code < 0xd800 || code > 0xdfff)
			at = put(at, code);
	*at = '\0';
	goes_through(text);
	free(text);
}
END_TEST

START_TEST(long_strings_go_through)
{
	enum {
		LENGTH = 3000000
	};
	char *text = malloc(LENGTH + 1);

	for (size_t i = 0; i < LENGTH; i++)
		text[i] = " ab\n\"\x01"[(i * 2654435761u >> 7) % 6];
	text[LENGTH] = '\0';
	goes_through(text);
	free(text);
}
END_TEST

/* libyaml takes a key for one without being told up to 1024 characters. */
START_TEST(keys_are_of_any_length_and_any_characters)
{
	enum {
		LENGTH = 3000
	};
	static char key[LENGTH + 1], text[LENGTH + 64];
	const cyaml_schema_field_t fields[] = {
		CYAML_FIELD_INT(key, CYAML_FLAG_DEFAULT, struct point, x),
		CYAML_FIELD_INT("odd \"key\": \xc2\x85", CYAML_FLAG_DEFAULT, struct point,
				y),
		CYAML_FIELD_END};
	const cyaml_schema_value_t schema = {
		CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct point, fields)};
	struct deploycfg_snapshot *cfg;
	struct point point;

	memset(key, 'k', LENGTH);
	snprintf(text, sizeof(text), "? %s\n: 5\n\"odd \\\"key\\\": \\N\": 6\n", key);
	cfg = api_of_yaml(text);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &schema, &point, NULL), 0);
	ck_assert_int_eq(point.x, 5);
	ck_assert_int_eq(point.y, 6);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* ------------------------------------------------------------------------- numbers */

static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

/* Bits that make a double of any size. */
static double next_double(size_t i)
{
	static const uint64_t corners[] = {0,
					   1,
					   UINT64_C(0x8000000000000000),
					   UINT64_C(0x000fffffffffffff),
					   UINT64_C(0x0010000000000000),
					   UINT64_C(0x7fefffffffffffff),
					   UINT64_C(0x7ff0000000000000),
					   UINT64_C(0xfff0000000000000),
					   UINT64_C(0x7ff8000000000000),
					   UINT64_C(0x3ff0000000000001),
					   UINT64_C(0xbff0000000000000),
					   UINT64_C(0x4340000000000001)};
	uint64_t bits = i < COUNT(corners) ? corners[i] : next_random();
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* As YAML has it: with a point, whatever the locale's is. */
static size_t print(char *at, double value, size_t i)
{
	char *comma;

	if (isnan(value))
		return (size_t)sprintf(at, ".nan, ");
	if (isinf(value))
		return (size_t)sprintf(at, "%s.inf, ", value < 0 ? "-" : "");
	sprintf(at, i % 2 ? "%.17g" : "%.6e", value);
	comma = strchr(at, ',');
	if (comma)
		*comma = '.';
	strcat(at, strpbrk(at, ".e") ? ", " : ".0, ");
	return strlen(at);
}

/* One that a float can hold, about half way between two floats where i is odd. */
static double next_single(size_t i)
{
	uint32_t bits = (uint32_t)next_random();
	float value;

	bits &= i % 8 ? 0xbfffffff : 0x807fffff; /* every eighth is subnormal */
	memcpy(&value, &bits, sizeof(value));
	if (i % 2 && !isnan(value))
		return ((double)value + (double)nextafterf(value, 0)) / 2 *
		       (1 + (double)(i % 5) * 0x1p-50);
	return (double)value;
}

static double nth(const struct deploycfg_snapshot *cfg, const char *list, uint32_t i)
{
	char path[32];

	snprintf(path, sizeof(path), "%s[%u]", list, (unsigned)i);
	return deploycfg_get_double(cfg, path, NULL);
}

static void floats_agree(const struct deploycfg_snapshot *cfg, const struct all *all)
{
	for (uint32_t i = 0; i < all->doubles_count; i++) {
		double value = nth(cfg, "doubles", i);
		float single = (float)nth(cfg, "floats", i);

		ck_assert_mem_eq(&value, &all->doubles[i], sizeof(value));
		ck_assert_mem_eq(&single, &all->floats[i], sizeof(single));
	}
}

static void floats_go_through(void)
{
	enum {
		COUNT_OF_EACH = 4000
	};
	char *text = malloc(2 * COUNT_OF_EACH * 40), *at = text;
	struct deploycfg_snapshot *cfg;
	struct all *all;

	at += sprintf(at, "doubles: [");
	for (size_t i = 0; i < COUNT_OF_EACH; i++)
		at += print(at, next_double(i), i);
	at += sprintf(at, "]\nfloats: [");
	for (size_t i = 0; i < COUNT_OF_EACH; i++)
		at += print(at, next_single(i), 1);
	sprintf(at, "]\n");
	cfg = api_of_yaml(text);
	all = bind_all(cfg);
	ck_assert_uint_eq(all->doubles_count, COUNT_OF_EACH);
	ck_assert_uint_eq(all->floats_count, COUNT_OF_EACH);
	floats_agree(cfg, all);
	deploycfg_bind_free(&all_schema, &all);
	deploycfg_snapshot_unref(cfg);
	free(text);
}

START_TEST(floats_go_through_to_the_last_bit)
{
	floats_go_through();
}
END_TEST

START_TEST(floats_go_through_where_a_comma_parts_decimals)
{
	static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
	char *before = strdup(setlocale(LC_ALL, NULL));
	size_t i = 0;

	while (i < COUNT(locales) && !setlocale(LC_ALL, locales[i]))
		i++;
	if (i < COUNT(locales))
		floats_go_through();
	setlocale(LC_ALL, before);
	free(before);
}
END_TEST

START_TEST(ints_go_through_to_their_ends)
{
	struct deploycfg_snapshot *cfg = api_of_yaml(
		"ints: [0, -0, +7, 0x7fffffffffffffff, -9223372036854775808, "
		"'9223372036854775807', 0o777]\n"
		"uints: [0, 0xff, '0xffffffffffffffff', '9223372036854775808']\n");
	static const int64_t ints[] = {0, 0, 7, INT64_MAX, INT64_MIN, INT64_MAX, 511};
	static const uint64_t uints[] = {0, 255, UINT64_MAX, UINT64_C(1) << 63};
	struct all *all = bind_all(cfg);

	ck_assert_mem_eq(all->ints, ints, sizeof(ints));
	ck_assert_mem_eq(all->uints, uints, sizeof(uints));
	deploycfg_bind_free(&all_schema, &all);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *bind_texts_suite(void)
{
	Suite *suite = suite_create("bind_texts");
	TCase *tcase = tcase_create("bind_texts");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, strings_go_through_as_they_are, 0, COUNT(texts));
	tcase_add_test(tcase, every_character_goes_through);
	tcase_add_test(tcase, long_strings_go_through);
	tcase_add_test(tcase, keys_are_of_any_length_and_any_characters);
	tcase_add_test(tcase, floats_go_through_to_the_last_bit);
	tcase_add_test(tcase, floats_go_through_where_a_comma_parts_decimals);
	tcase_add_test(tcase, ints_go_through_to_their_ends);
	suite_add_tcase(suite, tcase);
	return suite;
}
