/* SPDX-License-Identifier: ISC */
/* What a load is to do: what the caller asks, completed by the manifest, and what selection made
 * of both. */
#ifndef DCFG_REQUEST_H
#define DCFG_REQUEST_H

#include "loader.h"
#include "manifest.h"
#include "schema/schema.h"
#include "source/secrets.h"

struct dcfg_request {
	const struct deploycfg_loader *loader;
	struct dcfg_manifest manifest;
	struct dcfg_environ variables;
	struct dcfg_view prefix;   /* of them; may be empty */
	struct dcfg_input *inputs; /* the caller's, with the manifest's directories */
	size_t input_count;
	struct dcfg_environments environments; /* the declared ones */
	bool declares;                         /* somebody does */
	bool is_privileged;                    /* the process, see base/privilege.h */
	struct dcfg_selection selection;
	struct dcfg_overlays overlays;
};

/* All of it up to the environments: limits, prefix, inputs. False where errors were reported, or
 * without memory. */
bool dcfg_request_begin(struct dcfg_context *context,
			const struct deploycfg_loader *loader,
			struct dcfg_request *request);

/* The rest: environment and overlays. environment: ptr NULL for the caller's; else selects. */
bool dcfg_request_select(struct dcfg_context *context, struct dcfg_view environment,
			 struct dcfg_request *request);

/* All directories that may hold documents, weakest first. */
struct dcfg_document_places dcfg_request_places(struct dcfg_context *context,
						const struct dcfg_request *request);

/* How variables are to be read. */
struct dcfg_variables dcfg_request_variables(struct dcfg_context *context,
					     const struct dcfg_request *request,
					     const struct dcfg_schema *schema);

/* Directories of secrets that count, weakest first. Adds the variable that may name one to the
 * sources. */
struct dcfg_secret_dirs {
	struct dcfg_secret_dir *list;
	size_t count;
};
struct dcfg_secret_dirs dcfg_request_secrets(struct dcfg_context *context,
					     const struct dcfg_request *request);

/* Why variables carry no values, and why local files do not count; NULL where they do. */
const char *dcfg_variables_ignored(const struct dcfg_request *request);
const char *dcfg_local_ignored(const struct dcfg_request *request);

#endif
