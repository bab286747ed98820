/* SPDX-License-Identifier: ISC */
/* The fold of a plan's units, weakest first, into one effective tree. */
#ifndef DCFG_FOLD_H
#define DCFG_FOLD_H

#include "model/layer.h"
#include "plan/plan.h"
#include "schema/schema.h"
#include "source/secrets.h"
#include "source/source.h"

struct dcfg_fold {
	const struct dcfg_environments *environments;
	const struct dcfg_environment *selected; /* NULL for none */
	bool only_reads; /* nothing is laid over anything: the schema that types it is broken */
	struct dcfg_schema *schema;   /* NULL for none */
	struct dcfg_secrets *secrets; /* open */
	struct dcfg_variables variables;
	const struct dcfg_override *overrides;
	size_t override_count;
};

struct dcfg_folded {
	struct dcfg_node *tree; /* effective, not yet settled; NULL without memory */
	bool complete; /* no text is missing in it; of keys see context->lacks_keys */
	bool has_own_layer; /* the selected environment */
};

/* Errors are reported, and the fold goes on as far as it makes sense, so that one run tells of
 * them all. */
struct dcfg_folded dcfg_fold(struct dcfg_context *context, const struct dcfg_fold *fold,
			     const struct dcfg_plan *plan);

#endif
