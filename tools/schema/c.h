/* SPDX-License-Identifier: ISC */
/* The parts of generated C. */
#ifndef TOOL_SCHEMA_C_H
#define TOOL_SCHEMA_C_H

#include "schema/keys.h"
#include "schema/names.h"
#include "writer.h"

/* What a key is in C. */
enum shape {
	SHAPE_NONE, /* nothing that a libcyaml table can describe */
	SHAPE_BOOL,
	SHAPE_INT,
	SHAPE_FLOAT,
	SHAPE_STRING,
	SHAPE_DURATION,
	SHAPE_SIZE,
	SHAPE_ENUM,
	SHAPE_STRUCT,
	SHAPE_LIST
};

struct c_code {
	struct writer *out;
	const struct keys *keys;
	struct identifiers identifiers;
	const char *name;         /* of the whole */
	const char **enumerators; /* of all choices of all keys; owned */
	size_t enumerator_count;
};

/* Finds shapes and names. False without memory. */
bool tool_c_names(struct c_code *code);

/* What the items of a list are, and the key that their names belong to. */
enum shape tool_c_items(const struct c_code *code, const struct key *list,
			const struct key **owner);

/* "struct shop_server", "int64_t". owner: of the names. */
void tool_c_type(const struct c_code *code, enum shape shape, const struct key *owner);

/* Whether it is a pointer that is NULL where the key is not set. */
bool tool_c_is_optional(const struct c_code *code, const struct key *key);

/* Enums and structs. */
void tool_c_types(const struct c_code *code);

/* What libcyaml has to know of them. */
void tool_c_tables(const struct c_code *code);

/* Between quotes. */
void tool_c_string(struct writer *out, const char *text);

/* A comment of one line or several; nothing for no text. indent: before each of them. */
void tool_c_comment(struct writer *out, const char *indent, const char *text,
		    size_t length);

#endif
