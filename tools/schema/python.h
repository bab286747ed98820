/* SPDX-License-Identifier: ISC */
/* The parts of generated Python. */
#ifndef TOOL_SCHEMA_PYTHON_H
#define TOOL_SCHEMA_PYTHON_H

#include "schema/keys.h"
#include "schema/names.h"
#include "writer.h"

struct python_code {
	struct writer *out;
	const struct keys *keys;
	struct identifiers identifiers;
};

/* Names fields and classes. False without memory. */
bool tool_python_names(struct python_code *code);

/* Whether a key is a class: a map with keys that are known. */
bool tool_python_is_class(const struct python_code *code, const struct key *key);

/* An annotation: "tuple[str, ...]". */
void tool_python_type(const struct python_code *code, const struct key *key);

#endif
