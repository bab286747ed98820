/* SPDX-License-Identifier: ISC */
/* Sorts the sources by strength and makes the steps of the fold. Opens no file. */
#include "plan/plan.h"

#include "base/mem.h"
#include "plan/collect.h"

static int by_strength(const void *a, const void *b)
{
	const struct dcfg_item *left = a, *right = b;

	if (left->source.layer != right->source.layer)
		return left->source.layer < right->source.layer ? -1 : 1;
	return (left->order > right->order) - (left->order < right->order);
}

static struct dcfg_unit *add_unit(struct dcfg_planning *planning, struct dcfg_plan *plan,
				  enum dcfg_unit_kind kind)
{
	struct dcfg_unit *units =
		dcfg_grow(plan->units, plan->count, &plan->capacity, sizeof(*units));

	if (!units) {
		planning->context->arena.failed = true;
		return NULL;
	}
	plan->units = units;
	units[plan->count] = (struct dcfg_unit){.kind = kind};
	return &units[plan->count++];
}

/* Variables and overrides take their places before the first stronger source. */
static void add_steps_before(struct dcfg_planning *planning, struct dcfg_plan *plan,
			     int from, int layer)
{
	if (from <= DEPLOYCFG_LAYER_VARIABLES && layer > DEPLOYCFG_LAYER_VARIABLES)
		add_unit(planning, plan, DCFG_UNIT_VARIABLES);
	if (from <= DEPLOYCFG_LAYER_OVERRIDES && layer > DEPLOYCFG_LAYER_OVERRIDES)
		add_unit(planning, plan, DCFG_UNIT_OVERRIDES);
}

static void make_units(struct dcfg_planning *planning, struct dcfg_plan *plan)
{
	struct dcfg_unit *unit = NULL;
	size_t group = 0;
	int layer = 0;

	for (size_t i = 0; i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];
		uint32_t source = dcfg_source_add(planning->context, &item->source);

		if (!item->group)
			continue;
		if (item->group != group) {
			add_steps_before(planning, plan, layer, item->source.layer);
			unit = add_unit(planning, plan, DCFG_UNIT_TEXT);
		}
		if (!unit)
			return;
		unit->sources[unit->count++] = source;
		group = item->group;
		layer = item->source.layer;
	}
	add_steps_before(planning, plan, layer, INT32_MAX);
}

void dcfg_plan(struct dcfg_context *context, const struct dcfg_environments *environments,
	       const struct dcfg_selection *selection, const struct dcfg_input *inputs,
	       size_t count, struct dcfg_plan *plan)
{
	struct dcfg_planning planning = {.context = context,
					 .environments = environments,
					 .environment = selection->environment};

	for (size_t i = 0; i < count; i++)
		dcfg_collect(&planning, &inputs[i]);
	if (planning.count)
		qsort(planning.items, planning.count, sizeof(*planning.items),
		      by_strength);
	if (dcfg_within(context, DEPLOYCFG_LIMIT_SOURCES, planning.groups,
			dcfg_origin(UINT32_MAX, 0, 0), NULL))
		make_units(&planning, plan);
	dcfg_free(planning.items);
	plan->complete = !dcfg_failed(context);
}
