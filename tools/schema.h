/* SPDX-License-Identifier: ISC */
/* What is generated from schemas, and what all generators need. */
#ifndef TOOL_SCHEMA_H
#define TOOL_SCHEMA_H

#include "format.h"
#include "schema/keys.h"

extern const struct format tool_format_json_schema, tool_format_markdown, tool_format_c,
	tool_format_python;

/* Reads the keys of a dump of schemas. Returns a status; tool_keys_fini() follows. */
int tool_schema_begin(struct keys *keys, const struct dump *dump);

/* The prefix of variables, "" for none. */
const char *tool_prefix_of(const struct keys *keys);

/*
 * Compares a file with what it should hold. Returns a status after telling of the first line
 * that differs; hint: how to write the file anew.
 */
int tool_drift(struct diagnostics *diagnostics, const char *path,
	       const struct text *wanted, const char *hint);

#endif
