/* SPDX-License-Identifier: ISC */
/* Sorts the sources by strength and makes the steps of the fold. Opens no file. */
#include "plan/plan.h"

#include "base/mem.h"
#include "base/platform.h"
#include "plan/collect.h"

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_strength(const void *left, const void *right)
{
	const struct dcfg_item *a = left, *b = right;
	int order = compare((uint64_t)a->source.layer, (uint64_t)b->source.layer);

	if (!order)
		order = compare(a->slot, b->slot);
	if (!order)
		order = compare(a->position, b->position);
	if (!order)
		order = compare(a->drop_in, b->drop_in);
	if (!order && a->drop_in)
		order = dcfg_view_compare(a->name, b->name);
	if (!order)
		order = compare(a->directory, b->directory);
	return order ? order : compare(a->order, b->order);
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

/* Secrets, variables and overrides take their places before the first stronger source. */
static void add_steps_before(struct dcfg_planning *planning, struct dcfg_plan *plan,
			     int from, int layer)
{
	if (from <= DEPLOYCFG_LAYER_SECRETS && layer > DEPLOYCFG_LAYER_SECRETS)
		add_unit(planning, plan, DCFG_UNIT_SECRETS);
	if (from <= DEPLOYCFG_LAYER_VARIABLES && layer > DEPLOYCFG_LAYER_VARIABLES)
		add_unit(planning, plan, DCFG_UNIT_VARIABLES);
	if (from <= DEPLOYCFG_LAYER_OVERRIDES && layer > DEPLOYCFG_LAYER_OVERRIDES)
		add_unit(planning, plan, DCFG_UNIT_OVERRIDES);
}

/* `stem.ini` and `stem.yaml` of one directory are one document. */
static bool is_one_document(const struct dcfg_item *a, const struct dcfg_item *b)
{
	return a && !a->drop_in && !b->drop_in && a->directory && a->slot == b->slot &&
	       a->directory == b->directory && a->source.layer == b->source.layer &&
	       a->source.syntax != b->source.syntax;
}

static void make_units(struct dcfg_planning *planning, struct dcfg_plan *plan)
{
	uint32_t own = (uint32_t)dcfg_environment_depth(planning->selected);
	const struct dcfg_item *last = NULL;
	struct dcfg_unit *unit = NULL;

	for (size_t i = 0; i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];
		uint32_t source = dcfg_source_add(planning->context, &item->source);

		if (!item->reads)
			continue;
		if (!unit || !is_one_document(last, item)) {
			add_steps_before(planning, plan, last ? last->source.layer : 0,
					 item->source.layer);
			unit = add_unit(planning, plan, DCFG_UNIT_TEXT);
		}
		if (!unit)
			return;
		unit->sources[unit->count++] = source;
		unit->own = item->source.layer == DEPLOYCFG_LAYER_ENVIRONMENT &&
			    item->slot == own;
		last = item;
	}
	add_steps_before(planning, plan, last ? last->source.layer : 0, INT32_MAX);
}

static void collect_all(struct dcfg_planning *planning)
{
	const struct dcfg_asked *asked = planning->asked;

	for (size_t i = 0; i < asked->input_count; i++)
		if (asked->inputs[i].kind == DEPLOYCFG_SOURCE_DIRECTORY)
			planning->drop_in_position = (uint32_t)i + 1;
	dcfg_add_project(planning);
	for (size_t i = 0; i < asked->input_count; i++)
		dcfg_collect(planning, &asked->inputs[i]);
}

/* Told at the first source that is too many. Manifest and schemas were read before. */
static bool are_few(const struct dcfg_planning *planning)
{
	uint64_t limit = planning->context->limits.of[DEPLOYCFG_LIMIT_SOURCES];
	uint64_t count = planning->context->files;
	struct dcfg_place place = {0};

	if (count > limit) /* which was told */
		return false;
	for (size_t i = 0; i < planning->count; i++) {
		count += planning->items[i].reads;
		if (count > limit && !place.name)
			place.name = planning->items[i].source.name.ptr;
	}
	return dcfg_within_at(planning->context, DEPLOYCFG_LIMIT_SOURCES, count, &place);
}

static void arrange(struct dcfg_planning *planning, struct dcfg_plan *plan)
{
	dcfg_report_twins(planning);
	dcfg_check_chosen(planning);
	if (planning->asked->lint)
		dcfg_lint_overlays(planning);
	if (planning->count)
		qsort(planning->items, planning->count, sizeof(*planning->items),
		      by_strength);
	dcfg_choose_copies(planning);
	if (are_few(planning))
		make_units(planning, plan);
}

void dcfg_plan(struct dcfg_context *context, const struct dcfg_environments *environments,
	       const struct dcfg_environment *selected, const struct dcfg_asked *asked,
	       struct dcfg_plan *plan)
{
	struct dcfg_planning planning = {.context = context,
					 .environments = environments,
					 .selected = selected,
					 .asked = asked,
					 .platform = asked->platform};

	if (!planning.platform.len)
		planning.platform = dcfg_platform(&context->arena);
	collect_all(&planning);
	if (!context->arena.failed) /* else there may be items without a name */
		arrange(&planning, plan);
	dcfg_free(planning.items);
	plan->complete = !dcfg_failed(context);
}
