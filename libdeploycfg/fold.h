/* SPDX-License-Identifier: ISC */
/* The fold of a plan's units, weakest first, into one effective tree. */
#ifndef DCFG_FOLD_H
#define DCFG_FOLD_H

#include "model/layer.h"
#include "plan/plan.h"
#include "source/source.h"

struct dcfg_fold {
	const struct dcfg_environments *environments;
	const struct dcfg_environment *selected; /* NULL for none */
	struct dcfg_variables variables;
	const struct dcfg_override *overrides;
	size_t override_count;
};

/* The effective tree, not yet settled; NULL without memory. Errors are reported, and the fold
 * goes on as far as it makes sense, so that one run tells of them all. */
struct dcfg_node *dcfg_fold(struct dcfg_context *context, const struct dcfg_fold *fold,
			    const struct dcfg_plan *plan);

#endif
