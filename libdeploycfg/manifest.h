/* SPDX-License-Identifier: ISC */
/* deploycfg.yaml: what a directory of configuration says of itself. */
#ifndef DCFG_MANIFEST_H
#define DCFG_MANIFEST_H

#include "documents.h"
#include "plan/environment.h"

/* Everything in it, checked; ptr NULL: not given. */
struct dcfg_manifest {
	uint32_t source;            /* it is */
	struct dcfg_view path;      /* of the file */
	struct dcfg_view directory; /* it is in */
	struct dcfg_view project, prefix, default_environment;
	struct dcfg_place default_place; /* of default_environment */
	struct dcfg_declaration *declarations;
	size_t declaration_count;
	bool declares;                   /* environments, if only none at all */
	struct dcfg_origin environments; /* where it does */
	struct dcfg_views directories, schemas, secrets;       /* paths, NUL-terminated */
	const struct dcfg_origin *directories_at, *secrets_at; /* where each is named */
	bool trusts_owner;                                     /* and nobody else */
	struct dcfg_views foreign_variables, not_layers;
	struct dcfg_limits limits; /* 0: not given */
};

/* Reads the manifest of the strongest directory that has one. False where errors were
 * reported, or without memory. */
bool dcfg_manifest_read(struct dcfg_context *context,
			const struct dcfg_document_places *places,
			struct dcfg_manifest *manifest);

#endif
