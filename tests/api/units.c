/* SPDX-License-Identifier: ISC */
/* Durations, sizes, enums and paths: read from any text, and fetched where a schema declares
 * them; and what else a schema says of a key. */
#include "api.h"

static const char layer[] = "timeout: 1h30m\n"
			    "pause: 0\n"
			    "cache: 64MiB\n"
			    "disk: 1048576\n"
			    "level: debug\n"
			    "data: /var/lib/shop\n"
			    "plain: 250ms\n"
			    "number: 5\n"
			    "nothing: ~\n"
			    "list: [1s, 2s]\n";

static const char schema[] =
	"schema: 1\n"
	"keys:\n"
	"  - {key: timeout, type: duration, restart: true}\n"
	"  - {key: pause, type: duration}\n"
	"  - {key: cache, type: size, deprecated: true, replaced_by: disk}\n"
	"  - {key: disk, type: size}\n"
	"  - {key: level, type: enum, choices: [debug, info]}\n"
	"  - {key: data, type: path}\n"
	"  - {key: plain, type: string}\n"
	"  - {key: number, type: int}\n"
	"  - {key: nothing, type: duration}\n"
	"  - {key: list, type: list, items: duration}\n"
	"  - {key: retry.after, type: duration, default: 2s}\n"
	"  - {key: retry.bytes, type: size, default: 4kB}\n";

static struct deploycfg_snapshot *declared, *undeclared;
static struct deploycfg_errors *errors;

static struct deploycfg_snapshot *load(bool with_schema)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	if (with_schema)
		deploycfg_loader_add_schema_text(loader, "schema", schema,
						 sizeof(schema) - 1);
	api_yaml(loader, 200, layer);
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_ptr_nonnull(cfg);
	ck_assert_uint_le(deploycfg_errors_count(errors), 1); /* of what is deprecated */
	errors = deploycfg_errors_free(errors);
	deploycfg_loader_free(loader);
	return cfg;
}

static void setup(void)
{
	declared = load(true);
	undeclared = load(false);
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
	declared = deploycfg_snapshot_unref(declared);
	undeclared = deploycfg_snapshot_unref(undeclared);
}

#define SECOND INT64_C(1000000000)
#define MIB (UINT64_C(1) << 20)

static void reads(const struct deploycfg_snapshot *cfg)
{
	ck_assert_int_eq(deploycfg_get_duration(cfg, "timeout", &errors), 5400 * SECOND);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "pause", &errors), 0);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "plain", &errors), SECOND / 4);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "list[1]", &errors), 2 * SECOND);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "cache", &errors), 64 * MIB);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "disk", &errors), MIB);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "number", &errors), 5);
	ck_assert_str_eq(deploycfg_get_string(cfg, "timeout", &errors), "1h30m");
	ck_assert_str_eq(deploycfg_get_string(cfg, "disk", &errors), "1048576");
	ck_assert_str_eq(deploycfg_get_string(cfg, "level", &errors), "debug");
	ck_assert_str_eq(deploycfg_get_string(cfg, "data", &errors), "/var/lib/shop");
	ck_assert_int_eq(deploycfg_get_int(cfg, "disk", &errors), 1048576);
	ck_assert_ptr_null(errors);
}

START_TEST(units_read_alike_with_a_schema_and_without)
{
	reads(declared);
	reads(undeclared);
}
END_TEST

START_TEST(a_fallback_is_for_what_is_missing_or_null)
{
	ck_assert_int_eq(deploycfg_get_duration_or(declared, "nowhere", 7, &errors), 7);
	ck_assert_int_eq(deploycfg_get_duration_or(declared, "nothing", 7, &errors), 7);
	ck_assert_uint_eq(deploycfg_get_size_or(declared, "nowhere", 8, &errors), 8);
	ck_assert_uint_eq(deploycfg_get_size_or(declared, "disk", 8, &errors), MIB);
	ck_assert_ptr_null(errors);
	ck_assert_int_eq(deploycfg_get_duration_or(declared, "level", 7, &errors), 7);
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_VALUE);
}
END_TEST

static const struct {
	const char *path;
	int as_duration, as_size;
} wrong[] = {
	{"number", DEPLOYCFG_ERR_VALUE, 0},
	{"nothing", DEPLOYCFG_ERR_TYPE, DEPLOYCFG_ERR_TYPE},
	{"list", DEPLOYCFG_ERR_TYPE, DEPLOYCFG_ERR_TYPE},
	{"timeout", 0, DEPLOYCFG_ERR_VALUE},
	{"disk", DEPLOYCFG_ERR_VALUE, 0},
	{"data", DEPLOYCFG_ERR_VALUE, DEPLOYCFG_ERR_VALUE},
	{"nowhere", DEPLOYCFG_ERR_MISSING, DEPLOYCFG_ERR_MISSING},
};

START_TEST(what_has_no_unit_is_an_error_that_shows_one)
{
	const char *path = wrong[_i].path;

	deploycfg_get_duration(declared, path, &errors);
	ck_assert_int_eq(api_take(&errors), wrong[_i].as_duration);
	deploycfg_get_size(declared, path, &errors);
	ck_assert_int_eq(api_take(&errors), wrong[_i].as_size);
}
END_TEST

static const struct {
	const char *path;
	enum deploycfg_type type;
	const char *text;
	int64_t integer;
	unsigned flags;
} values[] = {
	{"timeout", DEPLOYCFG_DURATION, "1h30m", 5400 * SECOND, DEPLOYCFG_FLAG_RESTART},
	{"pause", DEPLOYCFG_DURATION, "0", 0, 0},
	{"cache", DEPLOYCFG_SIZE, "64MiB", 64 << 20, DEPLOYCFG_FLAG_DEPRECATED},
	{"disk", DEPLOYCFG_SIZE, "1048576", 1 << 20, 0},
	{"level", DEPLOYCFG_ENUM, "debug", 0, 0},
	{"data", DEPLOYCFG_PATH, "/var/lib/shop", 0, 0},
	{"plain", DEPLOYCFG_STRING, "250ms", 0, 0},
	{"nothing", DEPLOYCFG_NULL, "", 0, 0},
	{"list[0]", DEPLOYCFG_DURATION, "1s", SECOND, 0},
	{"retry.after", DEPLOYCFG_DURATION, "2s", 2 * SECOND, DEPLOYCFG_FLAG_DEFAULT},
	{"retry.bytes", DEPLOYCFG_SIZE, "4kB", 4000, DEPLOYCFG_FLAG_DEFAULT},
};

static void check_value(const struct deploycfg_snapshot *cfg, size_t i)
{
	struct deploycfg_value value;
	const struct deploycfg_entry *entry =
		deploycfg_find_value(cfg, values[i].path, SIZE_MAX, &value);
	char buffer[32];

	ck_assert_msg(value.type == values[i].type, "%s", values[i].path);
	ck_assert_str_eq(value.text, values[i].text);
	ck_assert(value.integer == values[i].integer);
	ck_assert_uint_eq(deploycfg_entry_flags(entry), values[i].flags);
	if (value.type == DEPLOYCFG_NULL)
		return;
	deploycfg_entry_print(entry, buffer, sizeof(buffer));
	ck_assert_str_eq(buffer, values[i].text);
}

START_TEST(a_schema_gives_types_and_marks)
{
	for (size_t i = 0; i < COUNT(values); i++)
		check_value(declared, i);
	deploycfg_each_entry (undeclared, entry, deploycfg_root(undeclared))
		ck_assert_uint_eq(deploycfg_entry_flags(entry), 0);
}
END_TEST

START_TEST(an_image_keeps_types_and_marks)
{
	size_t length;
	const void *image = deploycfg_snapshot_image(declared, &length);
	struct deploycfg_snapshot *copy =
		deploycfg_snapshot_from_image(image, length, &errors);

	ck_assert_ptr_null(errors);
	for (size_t i = 0; i < COUNT(values); i++)
		check_value(copy, i);
	ck_assert_str_eq(deploycfg_snapshot_values_digest(copy),
			 deploycfg_snapshot_values_digest(declared));
	deploycfg_snapshot_unref(copy);
}
END_TEST

Suite *units_suite(void)
{
	Suite *suite = suite_create("units");
	TCase *cases = tcase_create("units");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, units_read_alike_with_a_schema_and_without);
	tcase_add_test(cases, a_fallback_is_for_what_is_missing_or_null);
	tcase_add_loop_test(cases, what_has_no_unit_is_an_error_that_shows_one, 0,
			    (int)COUNT(wrong));
	tcase_add_test(cases, a_schema_gives_types_and_marks);
	tcase_add_test(cases, an_image_keeps_types_and_marks);
	suite_add_tcase(suite, cases);
	return suite;
}
