/* SPDX-License-Identifier: ISC */
/* Typed getters: what reads as what, and what is said where it does not. */
#include "unit.h"

#include "base/mem.h"
#include "image_tree.h"

static struct tree tree;
static struct deploycfg_snapshot *cfg;
static struct deploycfg_errors *errors;

/* Key, what is stored, its text. */
static const struct {
	const char *path;
	enum deploycfg_type type;
	const char *text;
} keys[] = {
	{"i", DEPLOYCFG_INT, "42"},
	{"negative", DEPLOYCFG_INT, "-1"},
	{"hex", DEPLOYCFG_INT, "0x1F"},
	{"one", DEPLOYCFG_INT, "1"},
	{"huge", DEPLOYCFG_INT, "9007199254740993"},
	{"f", DEPLOYCFG_FLOAT, "1.5"},
	{"t", DEPLOYCFG_BOOL, "true"},
	{"null", DEPLOYCFG_NULL, "null"},
	{"text.i", DEPLOYCFG_STRING, "5"},
	{"text.no", DEPLOYCFG_STRING, "No"},
	{"text.f", DEPLOYCFG_STRING, "2.5"},
	{"text.max", DEPLOYCFG_STRING, "18446744073709551615"},
	{"text.over", DEPLOYCFG_STRING, "18446744073709551617"},
	{"text.word", DEPLOYCFG_STRING, "90x"},
	{"text.empty", DEPLOYCFG_STRING, ""},
	{"zero", DEPLOYCFG_INT, "0"},
	{"text.time", DEPLOYCFG_STRING, "1h30m"},
	{"text.size", DEPLOYCFG_STRING, "64MiB"},
	{"text.long", DEPLOYCFG_STRING, "20000w"},
	{"duration", DEPLOYCFG_DURATION, "250ms"},
	{"size", DEPLOYCFG_SIZE, "512"},
	{"kib", DEPLOYCFG_SIZE, "2KiB"},
	{"enum", DEPLOYCFG_ENUM, "no"},
	{"path", DEPLOYCFG_PATH, "7"},
};

static void setup(void)
{
	tree_init(&tree);
	for (size_t i = 0; i < DCFG_COUNT(keys); i++)
		tree_put(&tree, keys[i].path,
			 tree_scalar(&tree, keys[i].type, keys[i].text, 0,
				     (uint32_t)i + 1));
	dcfg_list_put(tree_put(&tree, "list", tree_list(&tree)),
		      tree_scalar(&tree, DEPLOYCFG_INT, "1", 0, 30));
	tree_put(&tree, "server.database.timeout",
		 tree_scalar(&tree, DEPLOYCFG_INT, "3", 0, 31));
	tree_past(&tree, "was.here", tree_scalar(&tree, DEPLOYCFG_NONE, "", 0, 32),
		  DEPLOYCFG_UNSET);
	cfg = tree_snapshot(&tree);
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
	tree_fini(&tree);
}

/* Status of the only error since the last call, 0 for none. */
static int status(void)
{
	int found = 0;

	ck_assert_uint_le(deploycfg_errors_count(errors), 1);
	if (errors)
		found = deploycfg_error_status(deploycfg_errors_at(errors, 0));
	errors = deploycfg_errors_free(errors);
	return found;
}

static const char *text_of_error(void)
{
	return deploycfg_error_text(deploycfg_errors_at(errors, 0));
}

#define OK DEPLOYCFG_OK
#define TYPE DEPLOYCFG_ERR_TYPE
#define VALUE DEPLOYCFG_ERR_VALUE
#define RANGE DEPLOYCFG_ERR_RANGE

START_TEST(what_reads_as_what)
{
	static const struct {
		const char *path;
		int as_bool, as_int, as_uint, as_double, as_string, as_duration, as_size;
	} rows[] = {
		{"i", VALUE, OK, OK, OK, OK, VALUE, OK},
		{"negative", VALUE, OK, RANGE, OK, OK, VALUE, VALUE},
		{"one", OK, OK, OK, OK, OK, VALUE, OK},
		{"zero", OK, OK, OK, OK, OK, OK, OK},
		{"hex", VALUE, OK, OK, OK, OK, VALUE, VALUE},
		{"huge", VALUE, OK, OK, RANGE, OK, VALUE, OK},
		{"f", TYPE, TYPE, TYPE, OK, OK, TYPE, TYPE},
		{"t", OK, TYPE, TYPE, TYPE, OK, TYPE, TYPE},
		{"null", TYPE, TYPE, TYPE, TYPE, TYPE, TYPE, TYPE},
		{"list", TYPE, TYPE, TYPE, TYPE, TYPE, TYPE, TYPE},
		{"text", TYPE, TYPE, TYPE, TYPE, TYPE, TYPE, TYPE},
		{"text.i", VALUE, OK, OK, OK, OK, VALUE, OK},
		{"text.no", OK, VALUE, VALUE, VALUE, OK, VALUE, VALUE},
		{"text.f", VALUE, VALUE, VALUE, OK, OK, VALUE, VALUE},
		{"text.max", VALUE, RANGE, OK, RANGE, OK, VALUE, RANGE},
		{"text.over", VALUE, RANGE, RANGE, RANGE, OK, VALUE, RANGE},
		{"text.word", VALUE, VALUE, VALUE, VALUE, OK, VALUE, VALUE},
		{"text.empty", VALUE, VALUE, VALUE, VALUE, OK, VALUE, VALUE},
		{"text.time", VALUE, VALUE, VALUE, VALUE, OK, OK, VALUE},
		{"text.size", VALUE, VALUE, VALUE, VALUE, OK, VALUE, OK},
		{"text.long", VALUE, VALUE, VALUE, VALUE, OK, RANGE, VALUE},
		{"duration", VALUE, VALUE, VALUE, VALUE, OK, OK, VALUE},
		{"size", VALUE, OK, OK, OK, OK, VALUE, OK},
		{"kib", VALUE, OK, OK, VALUE, OK, VALUE, OK},
		{"enum", OK, VALUE, VALUE, VALUE, OK, VALUE, VALUE},
		{"path", VALUE, OK, OK, OK, OK, VALUE, OK},
	};

	for (size_t i = 0; i < DCFG_COUNT(rows); i++) {
		const char *path = rows[i].path;

		deploycfg_get_bool(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_bool, "%s as bool", path);
		deploycfg_get_int(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_int, "%s as int", path);
		deploycfg_get_uint(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_uint, "%s as uint", path);
		deploycfg_get_double(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_double, "%s as double", path);
		deploycfg_get_string(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_string, "%s as string", path);
		deploycfg_get_duration(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_duration, "%s as duration", path);
		deploycfg_get_size(cfg, path, &errors);
		ck_assert_msg(status() == rows[i].as_size, "%s as size", path);
	}
}
END_TEST

START_TEST(values_come_as_they_are)
{
	ck_assert_int_eq(deploycfg_get_int(cfg, "hex", NULL), 31);
	ck_assert_str_eq(deploycfg_get_string(cfg, "hex", NULL), "0x1F");
	ck_assert_int_eq(deploycfg_get_int(cfg, "negative", NULL), -1);
	ck_assert_int_eq(deploycfg_get_int(cfg, "text.i", NULL), 5);
	ck_assert(deploycfg_get_uint(cfg, "text.max", NULL) == UINT64_MAX);
	ck_assert(deploycfg_get_double(cfg, "f", NULL) == 1.5);
	ck_assert(deploycfg_get_double(cfg, "i", NULL) == 42.0);
	ck_assert(deploycfg_get_bool(cfg, "t", NULL));
	ck_assert(!deploycfg_get_bool(cfg, "text.no", NULL));
	ck_assert(deploycfg_get_bool(cfg, "one", NULL));
	ck_assert_int_eq(deploycfg_entry_int(deploycfg_find(cfg, "i", 1), NULL), 42);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "duration", NULL), 250000000);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "text.time", NULL),
			 INT64_C(5400000000000));
	ck_assert_int_eq(deploycfg_get_duration(cfg, "zero", NULL), 0);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "kib", NULL), 2048);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "text.size", NULL), 67108864);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "huge", NULL), 9007199254740993);
	ck_assert_str_eq(deploycfg_get_string(cfg, "duration", NULL), "250ms");
}
END_TEST

START_TEST(a_value_that_is_taken_as_it_comes_has_its_number)
{
	struct deploycfg_value value;

	deploycfg_find_value(cfg, "duration", SIZE_MAX, &value);
	ck_assert_int_eq(value.type, DEPLOYCFG_DURATION);
	ck_assert_int_eq(value.integer, 250000000);
	ck_assert(value.number == 0);
	ck_assert_str_eq(value.text, "250ms");
	deploycfg_find_value(cfg, "kib", SIZE_MAX, &value);
	ck_assert_int_eq(value.type, DEPLOYCFG_SIZE);
	ck_assert_int_eq(value.integer, 2048);
	deploycfg_find_value(cfg, "path", SIZE_MAX, &value);
	ck_assert_int_eq(value.type, DEPLOYCFG_PATH);
	ck_assert_int_eq(value.integer, 0);
}
END_TEST

START_TEST(a_fallback_is_for_what_is_missing_or_null)
{
	ck_assert_int_eq(deploycfg_get_int_or(cfg, "nowhere", 7, &errors), 7);
	ck_assert_int_eq(deploycfg_get_int_or(cfg, "null", 7, &errors), 7);
	ck_assert_str_eq(deploycfg_get_string_or(cfg, "null", "x", &errors), "x");
	ck_assert(deploycfg_get_bool_or(cfg, "nowhere", true, &errors));
	ck_assert(deploycfg_get_double_or(cfg, "nowhere", 0.25, &errors) == 0.25);
	ck_assert(deploycfg_get_uint_or(cfg, "nowhere", 8, &errors) == 8);
	ck_assert_int_eq(deploycfg_get_int_or(cfg, "i", 7, &errors), 42);
	ck_assert_int_eq(deploycfg_get_duration_or(cfg, "nowhere", 9, &errors), 9);
	ck_assert_uint_eq(deploycfg_get_size_or(cfg, "null", 10, &errors), 10);
	ck_assert_uint_eq(deploycfg_get_size_or(cfg, "size", 10, &errors), 512);
	ck_assert_ptr_null(errors);
	ck_assert_int_eq(deploycfg_get_int_or(cfg, "text.word", 7, &errors), 7);
	ck_assert_int_eq(status(), VALUE);
}
END_TEST

START_TEST(failures_give_nothing)
{
	ck_assert_int_eq(deploycfg_get_int(cfg, "nowhere", NULL), 0);
	ck_assert_ptr_null(deploycfg_get_string(cfg, "nowhere", NULL));
	ck_assert_ptr_null(deploycfg_get_string(cfg, "list", NULL));
	ck_assert_int_eq(deploycfg_get_int(cfg, "text.word", NULL), 0);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "text.long", NULL), 0);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "text.over", NULL), 0);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "nowhere", NULL), 0);
}
END_TEST

START_TEST(a_snapshot_that_is_null_says_nothing)
{
	ck_assert_int_eq(deploycfg_get_int(NULL, "i", &errors), 0);
	ck_assert_int_eq(deploycfg_get_int_or(NULL, "i", 3, &errors), 3);
	ck_assert_ptr_null(deploycfg_get_string(NULL, "i", &errors));
	ck_assert_ptr_null(deploycfg_root(NULL));
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(an_entry_that_is_null_is_no_such_key)
{
	ck_assert_int_eq(deploycfg_entry_int(NULL, &errors), 0);
	ck_assert_int_eq(status(), DEPLOYCFG_ERR_MISSING);
	ck_assert_int_eq(deploycfg_entry_duration(NULL, &errors), 0);
	ck_assert_int_eq(status(), DEPLOYCFG_ERR_MISSING);
}
END_TEST

/* The whole text, as it is read at three in the morning. */
START_TEST(errors_say_where_what_and_what_to_do)
{
	static const struct {
		const char *path, *text;
	} rows[] = {
		{"text.word",
		 "config/base.yaml:14:7: error[bad-value]: text.word: expected an int, "
		 "found the string '90x'\n"
		 "  hint: write a whole number, without leading zeros or a unit, such as "
		 "8080\n"},
		{"f",
		 "config/base.yaml:6:7: error[wrong-type]: f: expected an int, found the "
		 "float '1.5'\n  hint: write a whole number, without leading zeros or a "
		 "unit, such as "
		 "8080\n"},
		{"list", "config/base.yaml:9:3: error[wrong-type]: list: expected an "
			 "int, found a "
			 "list of 1 item\n  hint: write a whole number, without leading "
			 "zeros or a unit, such as "
			 "8080\n"},
		{"null",
		 "config/base.yaml:8:7: error[wrong-type]: null: expected an int, found "
		 "null\n  hint: write a whole number, without leading zeros or a unit, "
		 "such as "
		 "8080\n"},
		{"text.max",
		 "config/base.yaml:12:7: error[out-of-range]: text.max: expected an "
		 "int, and the string '18446744073709551615' does not fit 64 bits with "
		 "a sign\n  hint: write a whole number, without leading zeros or a unit, "
		 "such as "
		 "8080\n"},
		{"server.databse.timeout",
		 "error[missing-key]: server.databse.timeout: this key is "
		 "not set\n  hint: write 'server.database.timeout' if "
		 "that is meant\n"},
		{"server.database.tiemout",
		 "error[missing-key]: server.database.tiemout: this key "
		 "is not set\n  hint: write 'server.database.timeout' "
		 "if that is meant\n"},
		{"list[4]",
		 "error[missing-key]: list[4]: this key is not set\n  hint: count from "
		 "0: 'list' has 1 item\n"},
		{"i.deeper",
		 "error[missing-key]: i.deeper: this key is not set\n  hint: look at "
		 "'i', which is of type int and has no keys in it\n"},
		{"was.here", "error[missing-key]: was.here: this key is not set\n"
			     "  config/base.yaml:32:7: note: was unset here\n"
			     "  hint: set it in a configuration file or a variable\n"},
		{"a..b",
		 "error[bad-key]: a..b: this is no key path: a segment is empty\n"
		 "  hint: write segments joined by dots, others than of letters, digits, "
		 "'-' and '_' between double quotes, and [0] for the first item of a "
		 "list\n"},
	};

	for (size_t i = 0; i < DCFG_COUNT(rows); i++) {
		deploycfg_get_int(cfg, rows[i].path, &errors);
		ck_assert_str_eq(text_of_error(), rows[i].text);
		status();
	}
}
END_TEST

START_TEST(errors_of_units_say_how_they_are_written)
{
	deploycfg_get_duration(cfg, "i", &errors);
	ck_assert_str_eq(text_of_error(),
			 "config/base.yaml:1:7: error[bad-value]: i: expected a "
			 "duration, found the int '42'\n  hint: write whole numbers with "
			 "units, the largest first, such as 250ms or 1h30m\n");
	status();
	deploycfg_get_duration(cfg, "text.long", &errors);
	ck_assert_str_eq(text_of_error(),
			 "config/base.yaml:19:7: error[out-of-range]: text.long: "
			 "expected a duration, and the string '20000w' is more "
			 "nanoseconds than fit 64 bits with a sign\n  hint: write whole "
			 "numbers with units, the largest first, such as 250ms or "
			 "1h30m\n");
	status();
	deploycfg_get_size(cfg, "duration", &errors);
	ck_assert_str_eq(
		text_of_error(),
		"config/base.yaml:20:7: error[bad-value]: duration: expected a "
		"size, found the duration '250ms'\n  hint: the schema declares it "
		"a duration: the program has to read it as one\n");
	status();
}
END_TEST

START_TEST(long_texts_are_cut_in_messages)
{
	char text[400], *end;
	struct tree one;
	struct deploycfg_snapshot *snapshot;

	for (end = text; end < text + 300; end += 3)
		memcpy(end, "\xe2\x82\xac", 3);
	*end = '\0';
	tree_init(&one);
	tree_put(&one, "k", tree_scalar(&one, DEPLOYCFG_STRING, text, 0, 1));
	snapshot = tree_snapshot(&one);
	deploycfg_get_int(snapshot, "k", &errors);
	ck_assert_uint_lt(strlen(text_of_error()), 300);
	ck_assert_ptr_nonnull(strstr(text_of_error(), "\xe2\x82\xac...'"));
	deploycfg_snapshot_unref(snapshot);
	tree_fini(&one);
}
END_TEST

Suite *get_suite(void)
{
	Suite *suite = suite_create("get");
	TCase *cases = tcase_create("get");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, what_reads_as_what);
	tcase_add_test(cases, values_come_as_they_are);
	tcase_add_test(cases, a_value_that_is_taken_as_it_comes_has_its_number);
	tcase_add_test(cases, a_fallback_is_for_what_is_missing_or_null);
	tcase_add_test(cases, failures_give_nothing);
	tcase_add_test(cases, a_snapshot_that_is_null_says_nothing);
	tcase_add_test(cases, an_entry_that_is_null_is_no_such_key);
	tcase_add_test(cases, errors_say_where_what_and_what_to_do);
	tcase_add_test(cases, errors_of_units_say_how_they_are_written);
	tcase_add_test(cases, long_texts_are_cut_in_messages);
	suite_add_tcase(suite, cases);
	return suite;
}
