/* SPDX-License-Identifier: ISC */
/* What the files of the manifest share. Private to manifest*.c. */
#ifndef DCFG_MANIFEST_FIELDS_H
#define DCFG_MANIFEST_FIELDS_H

#include <cyaml/cyaml.h>

#include "manifest.h"

extern const cyaml_schema_value_t dcfg_manifest_word;

#define DCFG_TEXT_FIELD(structure, name)                                                 \
	CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,          \
			       structure, name, 1, CYAML_UNLIMITED)
#define DCFG_WORDS_FIELD(structure, name)                                                \
	CYAML_FIELD_SEQUENCE(#name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, structure, \
			     name, &dcfg_manifest_word, 0, CYAML_UNLIMITED)

/* A manifest on its way. */
struct dcfg_manifest_reading {
	struct dcfg_context *context;
	struct dcfg_document document;
	struct dcfg_manifest *manifest;
	bool good;
};

/* Reports what a field says; `origin` is its place. */
#define dcfg_manifest_fail(reading, origin, key, ...)                                    \
	((reading)->good = false, dcfg_fail((reading)->context, DEPLOYCFG_ERR_MANIFEST,  \
					    origin, key, __VA_ARGS__))

/* NULL stays NULL. */
struct dcfg_view dcfg_manifest_copy(struct dcfg_manifest_reading *reading,
				    const char *text);

/* Copies, each NUL-terminated; list NULL where the field is not given. */
struct dcfg_views dcfg_manifest_words(struct dcfg_manifest_reading *reading,
				      char *const *list, size_t count);

/* manifest_environments.c: what `environments` declares. */
void dcfg_manifest_environments(struct dcfg_manifest_reading *reading);

#endif
