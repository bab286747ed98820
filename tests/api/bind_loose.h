/* SPDX-License-Identifier: ISC */
/* A struct whose fields are all optional, so that tests can give one problem at a time. */
#ifndef DCFG_TESTS_BIND_LOOSE_H
#define DCFG_TESTS_BIND_LOOSE_H

#include "bind_kinds.h"

struct loose {
	int8_t int8;
	int64_t int64;
	uint16_t uint16;
	uint64_t uint64;
	bool flag;
	int mode;
	int strict;
	uint8_t set;
	uint8_t strict_set;
	float single;
	float strict_single;
	double real;
	double strict_real;
	char array[5];
	char *string;
	char *null_string;
	char *null_word;
	uint8_t bits;
	struct point point;
	int *ints;
	uint8_t ints_count;
	int few[3];
	unsigned few_count;
	int pair[2];
};

#define LOOSE(type, member, flags)                                                       \
	CYAML_FIELD_##type(#member, CYAML_FLAG_OPTIONAL | flags, struct loose, member)
#define WORDS(type, member, words, flags)                                                \
	CYAML_FIELD_##type(#member, CYAML_FLAG_OPTIONAL | flags, struct loose, member,   \
			   words, CYAML_ARRAY_LEN(words))
#define STRICT CYAML_FLAG_STRICT

static const cyaml_schema_field_t loose_fields[] = {
	LOOSE(INT, int8, 0),
	LOOSE(INT, int64, 0),
	LOOSE(UINT, uint16, 0),
	LOOSE(UINT, uint64, 0),
	LOOSE(BOOL, flag, 0),
	WORDS(ENUM, mode, kinds_modes, 0),
	WORDS(ENUM, strict, kinds_modes, STRICT),
	WORDS(FLAGS, set, kinds_sets, 0),
	WORDS(FLAGS, strict_set, kinds_sets, STRICT),
	LOOSE(FLOAT, single, 0),
	LOOSE(FLOAT, strict_single, STRICT),
	LOOSE(FLOAT, real, 0),
	LOOSE(FLOAT, strict_real, STRICT),
	CYAML_FIELD_STRING("array", CYAML_FLAG_OPTIONAL, struct loose, array, 2),
	CYAML_FIELD_STRING_PTR("string", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct loose, string, 0, 1),
	CYAML_FIELD_STRING_PTR("null_string",
			       CYAML_FLAG_POINTER_NULL | CYAML_FLAG_OPTIONAL,
			       struct loose, null_string, 0, CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("null_word",
			       CYAML_FLAG_POINTER_NULL_STR | CYAML_FLAG_OPTIONAL,
			       struct loose, null_word, 0, CYAML_UNLIMITED),
	CYAML_FIELD_BITFIELD("bits", CYAML_FLAG_OPTIONAL, struct loose, bits, kinds_bits,
			     2),
	CYAML_FIELD_MAPPING("point", CYAML_FLAG_OPTIONAL | CYAML_FLAG_CASE_INSENSITIVE,
			    struct loose, point, point_fields),
	CYAML_FIELD_SEQUENCE("ints", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			     struct loose, ints, &int_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("few", CYAML_FLAG_OPTIONAL, struct loose, few, &int_schema,
			     1, 3),
	CYAML_FIELD_SEQUENCE_FIXED("pair", CYAML_FLAG_OPTIONAL, struct loose, pair,
				   &int_schema, 2),
	CYAML_FIELD_IGNORE("ignored", CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_END};
static const cyaml_schema_value_t loose_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct loose, loose_fields)};

#endif
