/* SPDX-License-Identifier: ISC */
/* What a struct cannot hold: each kind of failure, with its place and in words. */
#include "api.h"
#include "bind_loose.h"

#define RANGE DEPLOYCFG_ERR_RANGE
#define TYPE DEPLOYCFG_ERR_TYPE
#define VALUE DEPLOYCFG_ERR_VALUE
#define CHOICE DEPLOYCFG_ERR_CHOICE
#define UNKNOWN DEPLOYCFG_ERR_UNKNOWN
#define MISSING DEPLOYCFG_ERR_MISSING

static const struct {
	const char *text;
	int status;
	const char *key, *place, *message;
} problems[] = {
	{"int8: 128", RANGE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the int '128'"},
	{"int8: '-129'", RANGE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the string '-129'"},
	{"int8: 12abc", VALUE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the string '12abc'"},
	{"int8: '010'", VALUE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the string '010'"},
	{"int8: ''", VALUE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the string ''"},
	{"int8: 1.0", TYPE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the float '1.0'"},
	{"int8: true", TYPE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found the bool 'true'"},
	{"int8: [1]", TYPE, "int8", "t200:1:7",
	 "expected an int from -128 to 127, found a list of 1 item"},
	{"int64: '9223372036854775808'", RANGE, "int64", "t200:1:8",
	 "expected an int from -9223372036854775808 to 9223372036854775807, found the "
	 "string '9223372036854775808'"},
	{"uint16: 65536", RANGE, "uint16", "t200:1:9",
	 "expected an int from 0 to 65535, found the int '65536'"},
	{"uint16: -1", RANGE, "uint16", "t200:1:9",
	 "expected an int from 0 to 65535, found the int '-1'"},
	{"uint64: '-1'", RANGE, "uint64", "t200:1:9",
	 "expected an int from 0 to 18446744073709551615, found the string '-1'"},
	{"uint64: '18446744073709551616'", RANGE, "uint64", "t200:1:9",
	 "expected an int from 0 to 18446744073709551615, found the string "
	 "'18446744073709551616'"},
	{"flag: maybe", VALUE, "flag", "t200:1:7",
	 "expected a bool, found the string 'maybe'"},
	{"flag: 2", VALUE, "flag", "t200:1:7", "expected a bool, found the int '2'"},
	{"mode: fsat", CHOICE, "mode", "t200:1:7",
	 "expected one of off, slow, fast, eight or an int, found the string 'fsat'"},
	{"mode: '2147483648'", RANGE, "mode", "t200:1:7",
	 "expected one of off, slow, fast, eight or an int, found the string "
	 "'2147483648'"},
	{"mode: FAST", CHOICE, "mode", "t200:1:7",
	 "expected one of off, slow, fast, eight or an int, found the string 'FAST'"},
	{"strict: 7", CHOICE, "strict", "t200:1:9",
	 "expected one of off, slow, fast, eight, found the int '7'"},
	{"strict: {}", TYPE, "strict", "t200:1:9",
	 "expected one of off, slow, fast, eight, found a map of 0 keys"},
	{"set: read", TYPE, "set", "t200:1:6",
	 "expected a list, found the string 'read'"},
	{"set: [read, 256]", RANGE, "set[1]", "t200:1:13",
	 "expected one of read, write, run or an int, found the int '256'"},
	{"set: [-1]", RANGE, "set[0]", "t200:1:7",
	 "expected one of read, write, run or an int, found the int '-1'"},
	{"strict_set: [~]", TYPE, "strict_set[0]", "t200:1:14",
	 "expected one of read, write, run, found null"},
	{"single: 3.5e38", RANGE, "single", "t200:1:9",
	 "expected a float of single precision, found the float '3.5e38'"},
	{"single: one", VALUE, "single", "t200:1:9",
	 "expected a float of single precision, found the string 'one'"},
	{"strict_single: 1e-46", RANGE, "strict_single", "t200:1:16",
	 "expected a finite float of single precision, not too near to 0, found the "
	 "float '1e-46'"},
	{"strict_single: 1e-40", RANGE, "strict_single", "t200:1:16",
	 "expected a finite float of single precision, not too near to 0, found the "
	 "float '1e-40'"},
	{"strict_single: .inf", RANGE, "strict_single", "t200:1:16",
	 "expected a finite float of single precision, not too near to 0, found the "
	 "float '.inf'"},
	{"real: 1,5", VALUE, "real", "t200:1:7",
	 "expected a float, found the string '1,5'"},
	{"real: 9007199254740993", RANGE, "real", "t200:1:7",
	 "expected a float, found the int '9007199254740993'"},
	{"strict_real: .nan", RANGE, "strict_real", "t200:1:14",
	 "expected a finite float, not too near to 0, found the float '.nan'"},
	{"strict_real: 1e-320", RANGE, "strict_real", "t200:1:14",
	 "expected a finite float, not too near to 0, found the float '1e-320'"},
	{"array: a", RANGE, "array", "t200:1:8",
	 "expected a string of at least 2 bytes, found the string 'a'"},
	{"array: \xc3\xa9\xc3\xa9"
	 "e",
	 RANGE, "array", "t200:1:8",
	 "expected a string of at most 4 bytes, found the string '\xc3\xa9\xc3\xa9"
	 "e'"},
	{"string: ab", RANGE, "string", "t200:1:9",
	 "expected a string of at most 1 byte, found the string 'ab'"},
	{"string: {a: b}", TYPE, "string", "t200:1:9",
	 "expected a string, found a map of 1 key"},
	{"null_string: ''", VALUE, "null_string", "t200:1:14",
	 "expected a string that cannot be taken for null, found the string ''"},
	{"null_word: '~'", VALUE, "null_word", "t200:1:12",
	 "expected a string that cannot be taken for null, found the string '~'"},
	{"bits: {low: 8}", RANGE, "bits.low", "t200:1:13",
	 "expected an int from 0 to 7, found the int '8'"},
	{"bits: {lwo: 1}", UNKNOWN, "bits.lwo", "t200:1:13",
	 "the program knows no such key"},
	{"bits: [low]", TYPE, "bits", "t200:1:7",
	 "expected a map, found a list of 1 item"},
	{"point: {y: 1}", MISSING, "point.x", "t200:1:8",
	 "it is required, and it is not set"},
	{"point: {x: ~}", TYPE, "point.x", "t200:1:12",
	 "expected an int from -2147483648 to 2147483647, found null"},
	{"point: 7", TYPE, "point", "t200:1:8", "expected a map, found the int '7'"},
	{"point: {x: 1, X: 2}", DEPLOYCFG_ERR_DUPLICATE, "point.x", "t200:1:12",
	 "means 'x', and so does another key: capitals make no difference here"},
	{"ints: 7", TYPE, "ints", "t200:1:7", "expected a list, found the int '7'"},
	{"ints: [1, 2x]", VALUE, "ints[1]", "t200:1:11",
	 "expected an int from -2147483648 to 2147483647, found the string '2x'"},
	{"few: []", RANGE, "few", "t200:1:6",
	 "expected a list of at least 1 item, found a list of 0 items"},
	{"few: [1, 2, 3, 4]", RANGE, "few", "t200:1:6",
	 "expected a list of at most 3 items, found a list of 4 items"},
	{"pair: [1]", RANGE, "pair", "t200:1:7",
	 "expected a list of 2 items, found a list of 1 item"},
	{"itn8: 1", UNKNOWN, "itn8", "t200:1:7", "the program knows no such key"},
	{"x-note: 1", UNKNOWN, "x-note", "t200:1:9", "the program knows no such key"},
	{"\"odd key\": {a: b}", UNKNOWN, "\"odd key\"", "t200:1:12",
	 "the program knows no such key"},
};

START_TEST(each_problem_is_told_with_its_place)
{
	struct deploycfg_snapshot *cfg = api_of_yaml(problems[_i].text);
	struct loose *loose = (struct loose *)&loose;
	struct deploycfg_errors *errors = NULL;
	const struct deploycfg_error *error;

	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, &errors),
			 problems[_i].status);
	ck_assert_ptr_null(loose);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_str_eq(deploycfg_error_message(error), problems[_i].message);
	ck_assert_int_eq(deploycfg_error_status(error), problems[_i].status);
	ck_assert_str_eq(deploycfg_error_key(error), problems[_i].key);
	ck_assert_str_eq(api_error_place(error), problems[_i].place);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, NULL),
			 problems[_i].status);
	ck_assert_ptr_null(loose);
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* What is null or not there is not bound, whatever its kind. */
START_TEST(optional_fields_may_be_null)
{
	static const struct loose zeros;
	char text[40 * COUNT(loose_fields)] = "";
	struct deploycfg_snapshot *cfg;
	struct loose *loose;

	for (const cyaml_schema_field_t *field = loose_fields; field->key; field++)
		sprintf(text + strlen(text), "%s: ~\n", field->key);
	cfg = api_of_yaml(text);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, NULL), 0);
	ck_assert_mem_eq(loose, &zeros, sizeof(zeros));
	deploycfg_bind_free(&loose_schema, &loose);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* The count in the struct cannot tell of more. */
START_TEST(no_list_is_longer_than_its_count)
{
	char text[3 * 256 + 16] = "ints: [";
	struct deploycfg_snapshot *cfg;
	struct loose *loose;

	for (int i = 0; i < 255; i++)
		strcat(text, "1, ");
	strcat(text, "]");
	cfg = api_of_yaml(text);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, NULL), 0);
	ck_assert_uint_eq(loose->ints_count, 255);
	deploycfg_bind_free(&loose_schema, &loose);
	deploycfg_snapshot_unref(cfg);
	strcpy(text + strlen(text) - 1, "1]");
	cfg = api_of_yaml(text);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &loose_schema, &loose, NULL), RANGE);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *bind_problems_suite(void)
{
	Suite *suite = suite_create("bind_problems");
	TCase *tcase = tcase_create("bind_problems");

	tcase_add_loop_test(tcase, each_problem_is_told_with_its_place, 0,
			    COUNT(problems));
	tcase_add_test(tcase, optional_fields_may_be_null);
	tcase_add_test(tcase, no_list_is_longer_than_its_count);
	suite_add_tcase(suite, tcase);
	return suite;
}
