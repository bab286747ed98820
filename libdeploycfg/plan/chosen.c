/* SPDX-License-Identifier: ISC */
/* What is chosen by name must be there: overlays in any case, and the program's file where one
 * is nearly called so. Looks at names that were found. */
#include "base/nearest.h"
#include "plan/collect.h"

static struct dcfg_view name_in_label(const struct dcfg_item *item, size_t prefix)
{
	return dcfg_view_skip(item->source.label, prefix);
}

/* Every overlay has a file, be it one that masks. */
static void check_overlay(struct dcfg_planning *planning, size_t slot)
{
	const struct dcfg_overlays *overlays = &planning->asked->overlays;
	struct dcfg_nearest nearest = {.word = overlays->list[slot]};
	struct deploycfg_error *error;

	for (size_t i = 0; i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];

		if (item->source.layer != DEPLOYCFG_LAYER_OVERLAY || !item->directory)
			continue;
		if (item->slot == slot && item->reads)
			return;
		dcfg_nearest_offer(&nearest, name_in_label(item, sizeof("overlay-") - 1));
	}
	error = dcfg_fail_at(planning->context, DEPLOYCFG_ERR_LAYER, &overlays->place,
			     NULL, "there is no overlay '%.*s'", DCFG_ARG(nearest.word));
	if (nearest.distance && nearest.best.ptr)
		dcfg_error_hint(error, "did you mean '%.*s'?", DCFG_ARG(nearest.best));
	else
		dcfg_error_hint(error, "add overlay-%.*s.yaml, or choose another one",
				DCFG_ARG(nearest.word));
}

static void warn_program(struct dcfg_planning *planning, const struct dcfg_item *nearest)
{
	struct dcfg_view name = name_in_label(nearest, sizeof("program-") - 1);
	struct deploycfg_error *error = dcfg_warn_at(
		planning->context, DEPLOYCFG_ERR_LAYER, DCFG_WHOLE(nearest->source.name),
		NULL, "is not read, for the program is called '%.*s'",
		DCFG_ARG(planning->asked->program));

	dcfg_error_hint(error,
			"did you mean '%.*s'? else rename the file if it is for "
			"this program",
			DCFG_ARG(name));
}

/* A program needs no file; but one that is nearly called so may have been meant. */
static void check_program(struct dcfg_planning *planning)
{
	struct dcfg_view program = planning->asked->program;
	const struct dcfg_item *nearest = NULL;
	size_t best = 3;

	for (size_t i = 0; program.len && i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];
		size_t distance;

		if (item->source.layer != DEPLOYCFG_LAYER_PROGRAM || !item->directory)
			continue;
		distance = dcfg_distance(
			program, name_in_label(item, sizeof("program-") - 1), best);
		if (!distance)
			return;
		if (distance < best) {
			best = distance;
			nearest = item;
		}
	}
	if (nearest)
		warn_program(planning, nearest);
}

void dcfg_check_chosen(struct dcfg_planning *planning)
{
	if (planning->blind)
		return;
	for (size_t i = 0; i < planning->asked->overlays.count; i++)
		check_overlay(planning, i);
	check_program(planning);
}
