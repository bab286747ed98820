/* SPDX-License-Identifier: ISC */
/* Of several copies of one file in several directories, which one counts: drop-ins of one name
 * everywhere, main files of one layer in an installed project. Works on sorted items. */
#include "plan/collect.h"

static bool is_mask(const struct dcfg_item *item)
{
	return item->look == DCFG_LOOK_EMPTY || item->look == DCFG_LOOK_DEV_NULL;
}

static bool is_one_layer(const struct dcfg_item *a, const struct dcfg_item *b)
{
	return a->source.layer == b->source.layer && a->slot == b->slot &&
	       a->position == b->position && a->drop_in == b->drop_in;
}

static void say(struct dcfg_planning *planning, struct dcfg_item *item,
		const char *format, const struct dcfg_item *other)
{
	item->source.reason = dcfg_arena_printf(&planning->context->arena, format,
						DCFG_ARG(other->source.name));
}

/* A crash leaves empty files behind: of those that mask one is told, with all others. */
static void warn_mask(struct dcfg_planning *planning, const struct dcfg_item *mask,
		      const struct dcfg_item *masked)
{
	struct deploycfg_error *error = planning->mask_warning;

	if (mask->look != DCFG_LOOK_EMPTY)
		return;
	if (error) {
		dcfg_error_related(error, DCFG_WHOLE(mask->source.name),
				   "is empty, and masks %.*s",
				   DCFG_ARG(masked->source.name));
		return;
	}
	error = dcfg_warn_at(
		planning->context, DEPLOYCFG_ERR_LAYER, DCFG_WHOLE(mask->source.name),
		NULL, "is empty, and so masks %.*s", DCFG_ARG(masked->source.name));
	dcfg_error_hint(error, "to mask without this warning, make it a link to "
			       "/dev/null; else remove it or fill it");
	planning->mask_warning = error;
}

/* One item gives way to a stronger copy. */
static void yield_to(struct dcfg_planning *planning, struct dcfg_item *weaker,
		     struct dcfg_item *stronger)
{
	bool masks = stronger->installed ? is_mask(stronger) : stronger->source.empty;

	weaker->reads = false;
	weaker->source.state =
		masks ? DEPLOYCFG_SOURCE_MASKED : DEPLOYCFG_SOURCE_REPLACED;
	say(planning, weaker, "by %.*s", stronger);
	if (!masks)
		return;
	say(planning, stronger, "masks %.*s", weaker);
	warn_mask(planning, stronger, weaker);
}

/* The last one of a run of drop-ins of one name counts. */
static void choose_drop_in(struct dcfg_planning *planning, size_t at)
{
	struct dcfg_item *item = &planning->items[at], *winner = NULL;

	for (size_t i = at + 1; i < planning->count; i++) {
		struct dcfg_item *other = &planning->items[i];

		if (!is_one_layer(item, other) ||
		    !dcfg_view_equal(item->name, other->name))
			break;
		if (other->reads)
			winner = other;
	}
	if (winner)
		yield_to(planning, item, winner);
}

/* Main files give way to those of the highest hierarchy that has any. */
static void choose_main(struct dcfg_planning *planning, size_t at)
{
	struct dcfg_item *item = &planning->items[at], *winner = NULL;

	for (size_t i = at + 1; i < planning->count; i++) {
		struct dcfg_item *other = &planning->items[i];

		if (!is_one_layer(item, other))
			break;
		if (!other->reads || other->directory == item->directory)
			continue;
		/* Where a directory has two, the one that says something tells more. */
		if (!winner || winner->directory != other->directory || is_mask(winner))
			winner = other;
	}
	if (winner)
		yield_to(planning, item, winner);
}

void dcfg_choose_copies(struct dcfg_planning *planning)
{
	for (size_t i = 0; i < planning->count; i++) {
		const struct dcfg_item *item = &planning->items[i];

		if (!item->reads)
			continue;
		if (item->drop_in)
			choose_drop_in(planning, i);
		else if (item->installed)
			choose_main(planning, i);
	}
}
