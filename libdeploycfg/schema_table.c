/* SPDX-License-Identifier: ISC */
/* The fields of a schema file, as libcyaml fills them in. Knows not what they mean. */
#include <cyaml/cyaml.h>

#include "schemas.h"

static const cyaml_strval_t type_words[] = {
	{"bool", DEPLOYCFG_BOOL},         {"int", DEPLOYCFG_INT},
	{"float", DEPLOYCFG_FLOAT},       {"string", DEPLOYCFG_STRING},
	{"duration", DEPLOYCFG_DURATION}, {"size", DEPLOYCFG_SIZE},
	{"list", DEPLOYCFG_LIST},         {"map", DEPLOYCFG_MAP},
	{"enum", DEPLOYCFG_ENUM},         {"path", DEPLOYCFG_PATH},
};

static const cyaml_strval_t merge_words[] = {
	{"replace", DCFG_LIST_REPLACE},
	{"append", DCFG_LIST_APPEND},
	{"unique", DCFG_LIST_UNIQUE},
};

static const cyaml_schema_value_t word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED),
};

#define ENTRY struct dcfg_schema_entry
#define MAYBE CYAML_FLAG_OPTIONAL
#define TEXT(name)                                                                       \
	CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER | MAYBE, ENTRY, name, 0,        \
			       CYAML_UNLIMITED)
#define WORDS(name)                                                                      \
	CYAML_FIELD_SEQUENCE(#name, CYAML_FLAG_POINTER | MAYBE, ENTRY, name, &word, 0,   \
			     CYAML_UNLIMITED)
#define WORD(name, words)                                                                \
	CYAML_FIELD_ENUM(#name, CYAML_FLAG_STRICT | MAYBE, ENTRY, name, words,           \
			 DCFG_COUNT(words))
#define SWITCH(name) CYAML_FIELD_BOOL(#name, MAYBE, ENTRY, name)

static const cyaml_schema_field_t entry_fields[] = {
	CYAML_FIELD_STRING_PTR("key", CYAML_FLAG_POINTER, ENTRY, key, 1, CYAML_UNLIMITED),
	WORD(type, type_words),
	WORD(items, type_words),
	CYAML_FIELD_IGNORE("default", MAYBE),
	CYAML_FIELD_IGNORE("required", MAYBE),
	CYAML_FIELD_IGNORE("example", MAYBE),
	TEXT(min),
	TEXT(max),
	TEXT(pattern),
	WORDS(choices),
	CYAML_FIELD_UINT_PTR("min_items", CYAML_FLAG_POINTER | MAYBE, ENTRY, min_items),
	CYAML_FIELD_UINT_PTR("max_items", CYAML_FLAG_POINTER | MAYBE, ENTRY, max_items),
	CYAML_FIELD_BOOL_PTR("secret", CYAML_FLAG_POINTER | MAYBE, ENTRY, secret),
	SWITCH(restart),
	SWITCH(deprecated),
	SWITCH(allow_empty),
	SWITCH(open),
	TEXT(replaced_by),
	TEXT(doc),
	WORD(merge, merge_words),
	WORDS(sources),
	WORDS(env),
	WORDS(requires),
	WORDS(conflicts),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t entry = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, ENTRY, entry_fields),
};

static const cyaml_schema_field_t root_fields[] = {
	CYAML_FIELD_UINT("schema", CYAML_FLAG_DEFAULT, struct dcfg_schema_document,
			 version),
	CYAML_FIELD_STRING_PTR("doc", CYAML_FLAG_POINTER | MAYBE,
			       struct dcfg_schema_document, doc, 0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("keys", CYAML_FLAG_POINTER, struct dcfg_schema_document,
			     keys, &entry, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};

const cyaml_schema_value_t dcfg_schema_table = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct dcfg_schema_document, root_fields),
};
