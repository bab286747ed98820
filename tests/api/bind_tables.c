/* SPDX-License-Identifier: ISC */
/* Tables that libcyaml could not use, or would write memory wrongly by: the program's mistakes,
 * told before anything is touched. */
#include "api.h"
#include "bind_kinds.h"

struct bad {
	int64_t value;
	char text[4];
	int *list;
	uint8_t list_count;
	char *(*rows)[2];
	struct point *points;
};

static const cyaml_schema_value_t list_schema = {
	CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, int, &int_schema, 0, CYAML_UNLIMITED)};
static const cyaml_schema_value_t ignored_schema = {.type = CYAML_IGNORE};
static const cyaml_schema_value_t char_schema = {
	CYAML_VALUE_INT(CYAML_FLAG_DEFAULT, char)};
static const cyaml_schema_value_t string_rows = {
	CYAML_VALUE_SEQUENCE_FIXED(CYAML_FLAG_DEFAULT, char *, &string_schema, 2)};
static const cyaml_schema_value_t point_rows = {
	CYAML_VALUE_SEQUENCE_FIXED(CYAML_FLAG_DEFAULT, struct point, &point_schema, 2)};
static const cyaml_strval_t wide[] = {
	{"fine", 127}, {"wide", 300}, {"low", -129}, {"far", INT64_MAX}};
static const cyaml_bitdef_t outside[] = {{"bit", 7, 2}};
static const cyaml_bitdef_t nothing[] = {{"bit", 0, 0}};
static const cyaml_bitdef_t two_parts[] = {{"bit", 0, 1}, {"bit", 1, 1}};
static const cyaml_strval_t two_numbers[] = {{"A", 1}, {"B", 2}, {"A", 3}};
static const cyaml_strval_t two_cases[] = {{"A", 1}, {"a", 3}};
static const cyaml_schema_field_t two_fields[] = {
	CYAML_FIELD_INT("x", CYAML_FLAG_DEFAULT, struct point, x),
	CYAML_FIELD_INT("y", CYAML_FLAG_OPTIONAL, struct point, x),
	CYAML_FIELD_INT("x", CYAML_FLAG_OPTIONAL, struct point, y), CYAML_FIELD_END};

#define VALUE(kind, size, ...)                                                           \
	{                                                                                \
		.key = "v", .value = {                                                   \
			.type = CYAML_##kind,                                            \
			.data_size = size,                                               \
			__VA_ARGS__                                                      \
		}                                                                        \
	}
#define LIST(data, flag, item, count, least, most)                                       \
	{                                                                                \
		.key = "v", .data_offset = offsetof(struct bad, list),                   \
		.count_offset = offsetof(struct bad, list_count), .count_size = count,   \
		.value = {                                                               \
			.type = CYAML_SEQUENCE,                                          \
			.flags = CYAML_FLAG_##flag,                                      \
			.data_size = data,                                               \
			.sequence = {.entry = item, .min = least, .max = most}           \
		}                                                                        \
	}
#define WORDS .enumeration = {.strings = wide, .count = 4}

static const struct {
	cyaml_schema_field_t field;
	const char *text, *problem;
} tables[] = {
	{VALUE(INT, 3), "1", "has a size that no integer has"},
	{VALUE(UINT, 0), "1", "has a size that no integer has"},
	{VALUE(BOOL, 16), "true", "has a size that no integer has"},
	{VALUE(ENUM, 5, WORDS), "wide", "has a size that no integer has"},
	{VALUE(FLAGS, 4, .enumeration = {.count = 1}), "[]", "has no strings"},
	{VALUE(ENUM, 1, WORDS), "fine",
	 "gives 'wide' the value 300, 'low' the value -129, 'far' the value "
	 "9223372036854775807, which libcyaml cannot store in a field of 1 byte"},
	{VALUE(ENUM, 2, WORDS), "fine",
	 "gives 'far' the value 9223372036854775807, which libcyaml cannot store in a "
	 "field of 2 bytes"},
	{VALUE(ENUM, 8, WORDS), "fine",
	 "gives 'low' the value -129, 'far' the value 9223372036854775807, which "
	 "libcyaml cannot store in a field of 8 bytes"},
	{VALUE(FLAGS, 1, WORDS), "[]",
	 "gives 'wide' the value 300, 'low' the value -129, 'far' the value "
	 "9223372036854775807, which libcyaml cannot store in a field of 1 byte"},
	{VALUE(ENUM, 4, .enumeration = {two_numbers, 3}), "B", "has two numbers for 'A'"},
	{VALUE(FLAGS, 4, .enumeration = {two_numbers, 3}), "[]",
	 "has two numbers for 'A'"},
	{VALUE(ENUM, 4, .flags = CYAML_FLAG_CASE_INSENSITIVE,
	       .enumeration = {two_cases, 2}),
	 "a", "has two numbers for 'A'"},
	{VALUE(MAPPING, sizeof(struct point), .mapping = {two_fields}), "{x: 1}",
	 "has two fields for 'x'"},
	{VALUE(BITFIELD, 1, .bitfield = {two_parts, 2}), "{}", "has two parts for 'bit'"},
	{VALUE(FLOAT, 2), "1.5", "has a size that is neither a float's nor a double's"},
	{VALUE(STRING, 4, .string = {.min = 2, .max = 1}), "x",
	 "has a least length beyond its greatest"},
	{VALUE(STRING, 4, .string = {.min = 0, .max = 4}), "x",
	 "allows for longer strings than its array can hold"},
	{VALUE(MAPPING, 4), "{}", "has no fields"},
	{VALUE(MAPPING, 0, .mapping = {point_fields}), "{}", "has a size of 0"},
	{VALUE(BITFIELD, 1, .bitfield = {outside, 1}), "{}",
	 "has a part that lies outside of the bit field"},
	{VALUE(BITFIELD, 1, .bitfield = {nothing, 1}), "{}",
	 "has a part that lies outside of the bit field"},
	{VALUE(BITFIELD, 3, .bitfield = {outside, 0}), "{}",
	 "has a size that no integer has"},
	{VALUE(SEQUENCE_FIXED, 4, .sequence = {&int_schema, 1, 2}), "[1]",
	 "is a fixed list with two lengths"},
	{VALUE(SEQUENCE_FIXED, 4, .sequence = {NULL, 1, 1}), "[1]",
	 "does not say what its items are"},
	{VALUE(SEQUENCE_FIXED, 0, .flags = CYAML_FLAG_POINTER,
	       .sequence = {&ignored_schema, 1, 1}),
	 "[1]", "has items without a size"},
	{VALUE(SEQUENCE_FIXED, 4, .sequence = {&char_schema, 1, 1}), "[1]",
	 "has items of another size than their table says"},
	{LIST(4, POINTER, &int_schema, 1, 2, 1), "[1]",
	 "has a least length beyond its greatest"},
	{LIST(4, POINTER, &int_schema, 0, 0, 9), "[1]",
	 "has a count of a size that no integer has"},
	{LIST(8, POINTER, &int_schema, 1, 0, 9), "[1]",
	 "has items of another size than their table says"},
	{LIST(8, POINTER, &list_schema, 1, 0, 9), "[1]",
	 "is a list of lists of any length, which libcyaml cannot hold; put each of "
	 "them into a map"},
	{LIST(2 * sizeof(char *), POINTER, &string_rows, 1, 0, 9), "[[a, b]]",
	 "holds lists whose items libcyaml would free twice; make them pointers"},
	{LIST(2 * sizeof(struct point), POINTER, &point_rows, 1, 0, 9), "[[]]",
	 "holds lists whose items libcyaml would free twice; make them pointers"},
	{LIST(4, DEFAULT, &int_schema, 1, 0, 99),
	 "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]",
	 "puts this field outside of a struct of "},
	{{.key = "v",
	  .data_offset = sizeof(struct bad) - 3,
	  .value = {.type = CYAML_INT, .data_size = 4}},
	 "1",
	 "puts this field outside of a struct of "},
	{{.key = "v",
	  .count_offset = sizeof(struct bad),
	  .count_size = 1,
	  .value = {.type = CYAML_SEQUENCE,
		    .flags = CYAML_FLAG_POINTER,
		    .data_size = 4,
		    .sequence = {&int_schema, 0, 9}}},
	 "[1]",
	 "puts this field outside of a struct of "},
	{{.key = "v", .value = {.type = CYAML_IGNORE, .flags = CYAML_FLAG_POINTER}},
	 "1",
	 "is ignored, and a pointer"},
	{VALUE(_TYPE_COUNT, 4), "1", "has a type that libcyaml does not know"},
};

START_TEST(a_bad_table_is_told_before_anything_is_written)
{
	const cyaml_schema_field_t fields[] = {tables[_i].field, CYAML_FIELD_END};
	const cyaml_schema_value_t schema = {
		CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct bad, fields)};
	struct deploycfg_errors *errors = NULL;
	const struct deploycfg_error *error;
	struct deploycfg_snapshot *cfg;
	struct bad *bad = (struct bad *)&bad;
	char text[240];

	snprintf(text, sizeof(text), "v: %s\n", tables[_i].text);
	cfg = api_of_yaml(text);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &schema, &bad, &errors),
			 DEPLOYCFG_ERR_BINDING);
	ck_assert_ptr_null(bad);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_str_eq(deploycfg_status_code(deploycfg_error_status(error)), "binding");
	snprintf(text, sizeof(text), "the program's table %s", tables[_i].problem);
	ck_assert_mem_eq(deploycfg_error_message(error), text, strlen(text));
	ck_assert_mem_eq(deploycfg_error_key(error), "v", 1);
	ck_assert_str_eq(deploycfg_error_hint(error),
			 "correct the table in the program; no configuration can");
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

static int bind_one(const cyaml_schema_value_t *schema, const char *path, void *out)
{
	struct deploycfg_snapshot *cfg = api_of_yaml("i: 1\nl: [1, 2]\ns: text\n");
	struct deploycfg_errors *errors = NULL;
	int status = deploycfg_bind(cfg, path, schema, out, &errors);

	ck_assert_int_eq(api_take(&errors), status);
	deploycfg_snapshot_unref(cfg);
	return status;
}

/* There is no struct that could say how long it is. */
START_TEST(a_list_of_any_length_binds_within_a_map_alone)
{
	static const cyaml_schema_value_t ignored = {.type = CYAML_IGNORE};
	void *pointer = &pointer;
	char array[4] = "abc";
	cyaml_schema_value_t wide_array = {
		CYAML_VALUE_STRING(CYAML_FLAG_DEFAULT, char[4], 0, 4)};

	ck_assert_int_eq(bind_one(&list_schema, "l", &pointer), DEPLOYCFG_ERR_BINDING);
	ck_assert_ptr_null(pointer);
	ck_assert_int_eq(bind_one(&ignored, "l", &pointer), DEPLOYCFG_ERR_BINDING);
	ck_assert_int_eq(bind_one(&wide_array, "s", array), DEPLOYCFG_ERR_BINDING);
	ck_assert_int_eq(array[0], 0);
}
END_TEST

/* Each part of a table once, however many values are to be bound to it. */
START_TEST(a_bad_table_is_told_once)
{
	static const cyaml_schema_value_t odd = {.type = CYAML_INT, .data_size = 3};
	static const cyaml_schema_field_t fields[] = {
		LIST(3, POINTER, &odd, 1, 0, CYAML_UNLIMITED), CYAML_FIELD_END};
	static const cyaml_schema_value_t schema = {
		CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct bad, fields)};
	struct deploycfg_snapshot *cfg = api_of_yaml("v: [1, 2, 3, 4]\n");
	struct deploycfg_errors *errors = NULL;
	struct bad *bad;

	deploycfg_bind(cfg, "", &schema, &bad, &errors);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* By other names a number is the same, and so is a name that says the same again. */
START_TEST(names_may_be_many_for_one_number)
{
	static const cyaml_strval_t strings[] = {
		{"on", 1}, {"ON", 1}, {"yes", 1}, {"on", 1}, {"off", 0}};
	static const cyaml_schema_value_t schema = {
		CYAML_VALUE_ENUM(CYAML_FLAG_CASE_INSENSITIVE, int, strings, 5)};
	struct deploycfg_snapshot *cfg = api_of_yaml("v: 'On'\n");
	struct deploycfg_errors *errors = NULL;
	int value = 7;

	ck_assert_int_eq(deploycfg_bind(cfg, "v", &schema, &value, &errors),
			 DEPLOYCFG_OK);
	ck_assert_int_eq(value, 1);
	ck_assert_ptr_null(errors);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(another_layout_of_tables_is_refused)
{
	struct deploycfg_snapshot *cfg = api_of_yaml("x: 1\n");
	struct deploycfg_errors *errors = NULL;
	struct point *pointer = (struct point *)&pointer, point = {1, 2, NULL};

	ck_assert_int_eq(deploycfg_bind_sized(cfg, "", &point_pointer_schema,
					      sizeof(cyaml_schema_value_t) + 16,
					      sizeof(cyaml_schema_field_t), &pointer,
					      &errors),
			 DEPLOYCFG_ERR_BINDING);
	ck_assert_ptr_null(pointer);
	ck_assert_ptr_nonnull(
		strstr(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
		       "another libcyaml"));
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_BINDING);
	ck_assert_int_eq(deploycfg_bind_sized(cfg, "", &point_schema,
					      sizeof(cyaml_schema_value_t), 8, &point,
					      &errors),
			 DEPLOYCFG_ERR_BINDING);
	ck_assert_int_eq(point.x | point.y, 0);
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_BINDING);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *bind_tables_suite(void)
{
	Suite *suite = suite_create("bind_tables");
	TCase *tcase = tcase_create("bind_tables");

	tcase_add_loop_test(tcase, a_bad_table_is_told_before_anything_is_written, 0,
			    COUNT(tables));
	tcase_add_test(tcase, a_list_of_any_length_binds_within_a_map_alone);
	tcase_add_test(tcase, a_bad_table_is_told_once);
	tcase_add_test(tcase, names_may_be_many_for_one_number);
	tcase_add_test(tcase, another_layout_of_tables_is_refused);
	suite_add_tcase(suite, tcase);
	return suite;
}
