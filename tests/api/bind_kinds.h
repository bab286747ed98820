/* SPDX-License-Identifier: ISC */
/* A struct with a field of every kind that libcyaml knows, its table, and a configuration that
 * fills it. The tables are static: each program that includes this has its own. */
#ifndef DCFG_TESTS_BIND_KINDS_H
#define DCFG_TESTS_BIND_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include <cyaml/cyaml.h>

struct point {
	int x, y;
	char *label;
};

struct tree {
	int value;
	struct tree *children;
	uint32_t children_count;
};

struct kinds {
	int8_t int8;
	int16_t int16;
	int32_t int32;
	int64_t int64;
	uint8_t uint8;
	uint16_t uint16;
	uint32_t uint32;
	uint64_t uint64;
	bool flag;
	uint16_t flag2;
	uint32_t flag4;
	uint64_t flag8;
	uint8_t mode1;
	uint16_t mode2;
	int32_t mode4;
	int64_t mode8;
	uint8_t set1;
	uint16_t set2;
	uint32_t set4;
	uint64_t set8;
	float single;
	double real;
	char array[16];
	char *string;
	int32_t *int_pointer;
	uint64_t *uint_pointer;
	bool *bool_pointer;
	int *mode_pointer;
	uint32_t *set_pointer;
	double *real_pointer;
	char *null_string;
	struct point *null_point;
	char *absent;
	uint32_t bits;
	uint8_t *bits_pointer;
	struct point point;
	struct point *point_pointer;
	int *ints;
	uint8_t ints_count;
	char **strings;
	uint16_t strings_count;
	struct point *points;
	uint64_t points_count;
	struct point **point_pointers;
	unsigned point_pointers_count;
	int few[4];
	uint8_t few_count;
	int pair[2];
	char **triple;
	int (*rows)[3];
	unsigned rows_count;
	int matrix[2][2];
	struct tree *tree;
};

static const cyaml_strval_t kinds_modes[] = {
	{"off", 0}, {"slow", -3}, {"fast", 7}, {"eight", 8}};
static const cyaml_strval_t kinds_wide_modes[] = {{"fast", 7}, {"wide", 0xffffffff}};
static const cyaml_strval_t kinds_sets[] = {{"read", 1}, {"write", 2}, {"run", 4}};
static const cyaml_bitdef_t kinds_bits[] = {
	{"low", 0, 3}, {"middle", 3, 1}, {"high", 28, 4}};
static const cyaml_bitdef_t kinds_byte[] = {{"all", 0, 8}};

static const cyaml_schema_field_t point_fields[] = {
	CYAML_FIELD_INT("x", CYAML_FLAG_DEFAULT, struct point, x),
	CYAML_FIELD_INT("y", CYAML_FLAG_OPTIONAL, struct point, y),
	CYAML_FIELD_STRING_PTR("label", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct point, label, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END};
static const cyaml_schema_value_t point_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct point, point_fields)};
static const cyaml_schema_value_t point_pointer_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct point, point_fields)};
static const cyaml_schema_value_t int_schema = {CYAML_VALUE_INT(CYAML_FLAG_DEFAULT, int)};
static const cyaml_schema_value_t string_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};
static const cyaml_schema_value_t row_schema = {
	CYAML_VALUE_SEQUENCE_FIXED(CYAML_FLAG_DEFAULT, int, &int_schema, 3)};
static const cyaml_schema_value_t pair_schema = {
	CYAML_VALUE_SEQUENCE_FIXED(CYAML_FLAG_DEFAULT, int, &int_schema, 2)};

/* A table that leads to itself. */
static const cyaml_schema_field_t tree_fields[];
static const cyaml_schema_value_t tree_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct tree, tree_fields)};
static const cyaml_schema_field_t tree_fields[] = {
	CYAML_FIELD_INT("value", CYAML_FLAG_OPTIONAL, struct tree, value),
	CYAML_FIELD_SEQUENCE("children", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			     struct tree, children, &tree_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END};

#define KIND(type, member, flags)                                                        \
	CYAML_FIELD_##type(#member, CYAML_FLAG_DEFAULT | flags, struct kinds, member)
#define MODE(member, flags)                                                              \
	CYAML_FIELD_ENUM(#member, CYAML_FLAG_DEFAULT | flags, struct kinds, member,      \
			 kinds_modes, CYAML_ARRAY_LEN(kinds_modes))
#define SET(member, flags)                                                               \
	CYAML_FIELD_FLAGS(#member, CYAML_FLAG_DEFAULT | flags, struct kinds, member,     \
			  kinds_sets, CYAML_ARRAY_LEN(kinds_sets))

static const cyaml_schema_field_t kinds_fields[] = {
	KIND(INT, int8, 0),
	KIND(INT, int16, 0),
	KIND(INT, int32, 0),
	KIND(INT, int64, 0),
	KIND(UINT, uint8, 0),
	KIND(UINT, uint16, 0),
	KIND(UINT, uint32, 0),
	KIND(UINT, uint64, 0),
	KIND(BOOL, flag, 0),
	KIND(BOOL, flag2, 0),
	KIND(BOOL, flag4, 0),
	KIND(BOOL, flag8, 0),
	MODE(mode1, CYAML_FLAG_STRICT),
	MODE(mode2, 0),
	MODE(mode4, CYAML_FLAG_CASE_INSENSITIVE),
	CYAML_FIELD_ENUM("mode8", CYAML_FLAG_DEFAULT, struct kinds, mode8,
			 kinds_wide_modes, CYAML_ARRAY_LEN(kinds_wide_modes)),
	SET(set1, CYAML_FLAG_STRICT),
	SET(set2, 0),
	SET(set4, CYAML_FLAG_CASE_INSENSITIVE),
	SET(set8, 0),
	KIND(FLOAT, single, 0),
	KIND(FLOAT, real, CYAML_FLAG_STRICT),
	CYAML_FIELD_STRING("array", CYAML_FLAG_DEFAULT, struct kinds, array, 1),
	CYAML_FIELD_STRING_PTR("string", CYAML_FLAG_POINTER, struct kinds, string, 0,
			       CYAML_UNLIMITED),
	KIND(INT_PTR, int_pointer, CYAML_FLAG_POINTER),
	KIND(UINT_PTR, uint_pointer, CYAML_FLAG_POINTER),
	KIND(BOOL_PTR, bool_pointer, CYAML_FLAG_POINTER),
	CYAML_FIELD_ENUM_PTR("mode_pointer", CYAML_FLAG_POINTER, struct kinds,
			     mode_pointer, kinds_modes, CYAML_ARRAY_LEN(kinds_modes)),
	CYAML_FIELD_FLAGS_PTR("set_pointer", CYAML_FLAG_POINTER, struct kinds,
			      set_pointer, kinds_sets, CYAML_ARRAY_LEN(kinds_sets)),
	KIND(FLOAT_PTR, real_pointer, CYAML_FLAG_POINTER),
	CYAML_FIELD_STRING_PTR("null_string", CYAML_FLAG_POINTER_NULL, struct kinds,
			       null_string, 0, CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING_PTR("null_point", CYAML_FLAG_POINTER_NULL_STR, struct kinds,
				null_point, point_fields),
	CYAML_FIELD_STRING_PTR("absent", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct kinds, absent, 0, CYAML_UNLIMITED),
	CYAML_FIELD_BITFIELD("bits", CYAML_FLAG_DEFAULT, struct kinds, bits, kinds_bits,
			     CYAML_ARRAY_LEN(kinds_bits)),
	CYAML_FIELD_BITFIELD_PTR("bits_pointer", CYAML_FLAG_POINTER, struct kinds,
				 bits_pointer, kinds_byte, CYAML_ARRAY_LEN(kinds_byte)),
	CYAML_FIELD_MAPPING("point", CYAML_FLAG_DEFAULT, struct kinds, point,
			    point_fields),
	CYAML_FIELD_MAPPING_PTR("point_pointer", CYAML_FLAG_POINTER, struct kinds,
				point_pointer, point_fields),
	CYAML_FIELD_SEQUENCE("ints", CYAML_FLAG_POINTER, struct kinds, ints, &int_schema,
			     0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("strings", CYAML_FLAG_POINTER, struct kinds, strings,
			     &string_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("points", CYAML_FLAG_POINTER, struct kinds, points,
			     &point_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("point_pointers", CYAML_FLAG_POINTER, struct kinds,
			     point_pointers, &point_pointer_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("few", CYAML_FLAG_DEFAULT, struct kinds, few, &int_schema, 1,
			     4),
	CYAML_FIELD_SEQUENCE_FIXED("pair", CYAML_FLAG_DEFAULT, struct kinds, pair,
				   &int_schema, 2),
	CYAML_FIELD_SEQUENCE_FIXED("triple", CYAML_FLAG_POINTER, struct kinds, triple,
				   &string_schema, 3),
	CYAML_FIELD_SEQUENCE("rows", CYAML_FLAG_POINTER, struct kinds, rows, &row_schema,
			     0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE_FIXED("matrix", CYAML_FLAG_DEFAULT, struct kinds, matrix,
				   &pair_schema, 2),
	CYAML_FIELD_MAPPING_PTR("tree", CYAML_FLAG_POINTER, struct kinds, tree,
				tree_fields),
	CYAML_FIELD_IGNORE("ignored", CYAML_FLAG_DEFAULT),
	CYAML_FIELD_END};

/* By pointer, and in place. */
static const cyaml_schema_value_t kinds_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct kinds, kinds_fields)};
static const cyaml_schema_value_t kinds_value_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct kinds, kinds_fields)};

static const char kinds_yaml[] =
	"kinds:\n"
	"  int8: -128\n"
	"  int16: 0x7fff\n"
	"  int32: '-2147483648'\n"
	"  int64: -9223372036854775808\n"
	"  uint8: 255\n"
	"  uint16: 0o17\n"
	"  uint32: 4294967295\n"
	"  uint64: '18446744073709551615'\n"
	"  flag: true\n"
	"  flag2: no\n"
	"  flag4: 1\n"
	"  flag8: ON\n"
	"  mode1: fast\n"
	"  mode2: slow\n"
	"  mode4: SLOW\n"
	"  mode8: 0x10\n"
	"  set1: [read, run]\n"
	"  set2: [write, 64]\n"
	"  set4: [Read, WRITE]\n"
	"  set8: []\n"
	"  single: 0.1\n"
	"  real: 1.7976931348623157e308\n"
	"  array: fifteen letters\n"
	"  string: \"\"\n"
	"  int_pointer: 7\n"
	"  uint_pointer: 8\n"
	"  bool_pointer: yes\n"
	"  mode_pointer: eight\n"
	"  set_pointer: [run]\n"
	"  real_pointer: -0.0\n"
	"  null_string: ~\n"
	"  null_point: null\n"
	"  absent: ~\n"
	"  bits: {low: 5, high: 15}\n"
	"  bits_pointer: {all: 0xff}\n"
	"  point: {x: 1, y: 2, label: here}\n"
	"  point_pointer: {x: 3}\n"
	"  ints: [3, 1, 2]\n"
	"  strings: [a, 1.10, yes, ~x, '']\n"
	"  points: [{x: 4}, {x: 5, label: five}]\n"
	"  point_pointers: [{x: 6, y: 7, label: six}]\n"
	"  few: [9, 8, 7]\n"
	"  pair: [10, 11]\n"
	"  triple: [x, y, z]\n"
	"  rows: [[1, 2, 3], [4, 5, 6]]\n"
	"  matrix: [[1, 2], [3, 4]]\n"
	"  tree:\n"
	"    value: 1\n"
	"    children: [{value: 2}, {children: [{value: 3, children: []}]}]\n"
	"  ignored: {what: [ever, {it: is}]}\n";

#endif
