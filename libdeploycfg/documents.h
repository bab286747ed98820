/* SPDX-License-Identifier: ISC */
/* Manifest and schema files: found, read as layers are, and bound as applications bind. */
#ifndef DCFG_DOCUMENTS_H
#define DCFG_DOCUMENTS_H

#include "model/layer.h"
#include "snapshot.h"

struct cyaml_schema_value;
struct dcfg_document;

/* How a problem of the binder is told to those who wrote the document. */
struct dcfg_telling {
	const char *key;
	const char *field; /* of it, named before the message; "" for none */
	const char *hint;  /* NULL for none */
};

/* Puts a problem of a document into its own words, begun as the binder's. */
typedef void dcfg_retell(struct dcfg_context *context,
			 const struct dcfg_document *document,
			 enum deploycfg_status status, struct dcfg_telling *telling);

/* One that was read: as a tree, which has all origins, and frozen, which can be bound. */
struct dcfg_document {
	const struct dcfg_node *root; /* NULL where it is masked: it says nothing */
	struct deploycfg_snapshot *snapshot;
	uint32_t source;
	const char *version; /* the field that has it */
	dcfg_retell *retell; /* to be set where the binder's words will not do */
};

/* Directories that may hold documents, weakest first. */
struct dcfg_document_places {
	struct dcfg_view *list; /* NUL-terminated */
	size_t count;
	size_t installed; /* the first so many are hierarchies of a project */
};

/*
 * Adds the document of that name of every directory to the sources. Gives the one of the
 * strongest directory, the others are replaced by it; UINT32_MAX where there is none.
 */
uint32_t dcfg_document_find(struct dcfg_context *context,
			    const struct dcfg_document_places *places,
			    struct dcfg_view name, const struct dcfg_source *model);

/* Reads a source as a document whose field `version` is 1. False where errors were reported, or
 * without memory. dcfg_document_fini() follows in any case. */
bool dcfg_document_read(struct dcfg_context *context, uint32_t source,
			const char *version, struct dcfg_document *document);

/* A struct of the value of a path, "" for all, to be released with dcfg_bind_free(); NULL where
 * there is none. Fields that begin with x- are passed over. *good becomes false where errors were
 * reported; there may be a struct of the fields that are known all the same. */
void *dcfg_document_bind(struct dcfg_context *context,
			 const struct dcfg_document *document, const char *path,
			 const struct cyaml_schema_value *schema, bool *good);

void dcfg_document_fini(struct dcfg_document *document);

/* A path as a document writes it: relative ones begin where the document is, "optional:" stays
 * in front. NUL-terminated, in the arena. */
struct dcfg_view dcfg_document_path(struct dcfg_context *context,
				    struct dcfg_view directory, struct dcfg_view path);

/* The directory of a file's path, "." for a bare name. */
struct dcfg_view dcfg_directory_of(struct dcfg_context *context, struct dcfg_view path);

#endif
