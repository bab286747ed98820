/* SPDX-License-Identifier: ISC */
/* The schemas of a load: which files and texts hold, read, bound and compiled into one. */
#ifndef DCFG_SCHEMAS_H
#define DCFG_SCHEMAS_H

#include "documents.h"
#include "request.h"
#include "schema/schema.h"

/* Of struct dcfg_schema_document: schema_table.c. */
extern const struct cyaml_schema_value dcfg_schema_table;

/* Names the key that an entry is of, and guesses what was meant: schema_slips.c. */
dcfg_retell dcfg_schema_retell;

struct dcfg_schemas {
	struct dcfg_schema_document **list; /* bound; NULL where one is masked */
	size_t count, capacity;
	struct dcfg_schema *compiled; /* NULL where there are none, or with errors */
	bool complete;                /* all that there are, are compiled */
};

/* What they are compiled for: schema_scope.c. Of zeros in part without memory. */
struct dcfg_schema_scope dcfg_schemas_scope(struct dcfg_context *context,
					    const struct dcfg_request *request);

/* Reads them, and where the request is whole compiles them for what it selected.
 * dcfg_schemas_fini() follows. */
void dcfg_schemas_read(struct dcfg_context *context, const struct dcfg_request *request,
		       bool is_whole, struct dcfg_schemas *schemas);

/* All of them as one configuration, see deploycfg_loader_schema(). NULL with errors reported, or
 * without memory. */
struct deploycfg_snapshot *dcfg_schemas_freeze(struct dcfg_context *context,
					       const struct dcfg_schemas *schemas,
					       const struct dcfg_request *request);

void dcfg_schemas_fini(struct dcfg_schemas *schemas);

#endif
