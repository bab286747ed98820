/* SPDX-License-Identifier: ISC */
/* Sources on their way into a plan. Private to collect.c and plan.c. */
#ifndef DCFG_PLAN_COLLECT_H
#define DCFG_PLAN_COLLECT_H

#include "plan/plan.h"

/* A source on its way to its place; those of one group are one document. */
struct dcfg_item {
	struct dcfg_source source;
	size_t group; /* 0: not to be read */
	size_t order;
};

struct dcfg_planning {
	struct dcfg_context *context;
	const struct dcfg_environments *environments;
	const struct dcfg_environment *environment; /* NULL for none */
	struct dcfg_item *items;                    /* from dcfg_grow() */
	size_t count, capacity;
	size_t groups;
};

/* Adds the sources that one of the caller's names leads to; reports what is wrong with it. */
void dcfg_collect(struct dcfg_planning *planning, const struct dcfg_input *input);

#endif
