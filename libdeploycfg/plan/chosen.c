/* SPDX-License-Identifier: ISC */
/* What is chosen by name must be there: overlays in any case, and the program's file where one
 * is nearly called so. Looks at names that were found. */
#include "base/nearest.h"
#include "plan/collect.h"

#define PREFIX_LEN (sizeof("overlay-") - 1) /* as long as program- */

static struct dcfg_view name_in_label(const struct dcfg_item *item, size_t prefix)
{
	return dcfg_view_skip(item->source.label, prefix);
}

#define NAMES_MAX 8

static bool has_name(const struct dcfg_view *names, size_t count, struct dcfg_view name)
{
	for (size_t i = 0; i < count; i++)
		if (dcfg_view_equal(names[i], name))
			return true;
	return false;
}

/* The overlays that there are, for people: a few of many. */
static struct dcfg_view overlay_names(const struct dcfg_planning *planning)
{
	struct dcfg_view names[NAMES_MAX], text = DCFG_VIEW("");
	size_t count = 0;

	for (size_t i = 0; i < planning->count && count < NAMES_MAX && text.ptr; i++) {
		const struct dcfg_item *item = &planning->items[i];
		struct dcfg_view name;

		if (item->source.layer != DEPLOYCFG_LAYER_OVERLAY || !item->directory ||
		    item->drop_in)
			continue;
		name = name_in_label(item, PREFIX_LEN);
		if (has_name(names, count, name))
			continue;
		names[count++] = name;
		text = dcfg_arena_printf(&planning->context->arena, "%s%s%.*s", text.ptr,
					 text.len ? ", " : "", DCFG_ARG(name));
	}
	return text;
}

static void report_overlay(struct dcfg_planning *planning,
			   const struct dcfg_nearest *nearest)
{
	struct dcfg_view names = overlay_names(planning);
	struct deploycfg_error *error = dcfg_fail_at(
		planning->context, DEPLOYCFG_ERR_LAYER, &planning->asked->overlays.place,
		NULL, "there is no overlay '%.*s'", DCFG_ARG(nearest->word));

	if (nearest->best.ptr)
		dcfg_error_hint(error, "did you mean '%.*s'? there are %.*s",
				DCFG_ARG(nearest->best), DCFG_ARG(names));
	else if (names.len)
		dcfg_error_hint(error, "choose one of those there are: %.*s",
				DCFG_ARG(names));
	else
		dcfg_error_hint(error, "add overlay-%.*s.yaml, or choose none",
				DCFG_ARG(nearest->word));
}

/* Every overlay has a file, be it one that masks. */
static void check_overlay(struct dcfg_planning *planning, size_t slot)
{
	struct dcfg_nearest nearest = {.word = planning->asked->overlays.list[slot]};

	for (size_t i = 0; i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];

		if (item->source.layer != DEPLOYCFG_LAYER_OVERLAY || !item->directory)
			continue;
		if (item->slot == slot && item->reads)
			return;
		dcfg_nearest_offer(&nearest, name_in_label(item, PREFIX_LEN));
	}
	if (dcfg_view_equal(nearest.best, nearest.word))
		nearest.best = dcfg_view(NULL, 0); /* a directory without drop-ins */
	report_overlay(planning, &nearest);
}

static void warn_program(struct dcfg_planning *planning, const struct dcfg_item *nearest)
{
	struct dcfg_view name = name_in_label(nearest, PREFIX_LEN);
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
		distance = dcfg_distance(program, name_in_label(item, PREFIX_LEN), best);
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

void dcfg_lint_overlays(struct dcfg_planning *planning)
{
	for (size_t i = 0; i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];

		if (item->reads || item->source.layer != DEPLOYCFG_LAYER_OVERLAY ||
		    item->source.state != DEPLOYCFG_SOURCE_IGNORED)
			continue;
		dcfg_error_hint(dcfg_warn_at(planning->context, DEPLOYCFG_ERR_LINT,
					     DCFG_WHOLE(item->source.name), NULL,
					     "no chosen overlay reads this file"),
				"choose it with --overlay, or remove it if nobody does");
	}
}
