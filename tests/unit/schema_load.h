/* SPDX-License-Identifier: ISC */
/* Schemas and the layers that they judge, for tests: both as YAML texts. */
#ifndef DCFG_TESTS_UNIT_SCHEMA_LOAD_H
#define DCFG_TESTS_UNIT_SCHEMA_LOAD_H

#include "documents.h"
#include "schemas.h"

#define SCHEMAS_MAX 2

struct judged {
	struct dcfg_context context;
	struct dcfg_schema_document *bound[SCHEMAS_MAX];
	struct dcfg_schema_document documents[SCHEMAS_MAX];
	size_t count;
	struct dcfg_schema *schema; /* NULL where it is wrong */
	struct dcfg_node *tree;     /* effective, with the defaults in it */
	bool warns;                 /* of unknown keys */
};

/* Compiles the entries of `keys`, a line each, for the environment production, which inherits
 * base-environment, and the prefix SHOP. */
void schema_open(struct judged *judged, const char *entries);

/* Adds a document; schema_compile() follows the last. */
void schema_begin(struct judged *judged);
void schema_add(struct judged *judged, const char *entries);
void schema_compile(struct judged *judged);

/* Judges a YAML text as a layer of that number, and merges it. */
void schema_lay(struct judged *judged, int layer, const char *text);

/* The same for variables and INI: every string of it is text without a type. */
void schema_lay_text(struct judged *judged, int layer, const char *text);

/* Ends the fold. */
void schema_complete(struct judged *judged);

/* "path=text:type " of all values, "!default" and the like for flags. Static. */
const char *schema_values(struct judged *judged);

/* Closes it; gives "line:column code " of each diagnostic, see errors_text(). Static. */
const char *schema_close(struct judged *judged);

/* The whole text of a diagnostic, sorted or not. */
const char *schema_said(const struct judged *judged, size_t index);

#endif
