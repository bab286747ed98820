/* SPDX-License-Identifier: ISC */
/* Files of one directory that are the same layer: base.yml beside base.yaml, test.yaml beside
 * testing.yaml. Nobody could say which of them counts. */
#include "base/mem.h"
#include "plan/collect.h"

/* What may stand in a directory once; a missing file stands nowhere. */
static bool is_candidate(const struct dcfg_item *item)
{
	bool is_drop_in_file =
		item->drop_in && item->source.kind != DEPLOYCFG_SOURCE_DIRECTORY;

	return item->directory && item->source.layer && !is_drop_in_file &&
	       item->source.state != DEPLOYCFG_SOURCE_MISSING;
}

static int compare(const struct dcfg_item *a, const struct dcfg_item *b)
{
	if (a->directory != b->directory)
		return a->directory < b->directory ? -1 : 1;
	if (a->source.layer != b->source.layer)
		return a->source.layer < b->source.layer ? -1 : 1;
	if (a->source.kind != b->source.kind)
		return a->source.kind < b->source.kind ? -1 : 1;
	if (a->source.kind == DEPLOYCFG_SOURCE_FILE &&
	    a->source.syntax != b->source.syntax)
		return a->source.syntax < b->source.syntax ? -1 : 1;
	return dcfg_view_compare(a->source.label, b->source.label);
}

static int compare_stably(const void *left, const void *right)
{
	const struct dcfg_item *const *a = left, *const *b = right;
	int order = compare(*a, *b);

	return order ? order : ((*a)->order > (*b)->order) - ((*a)->order < (*b)->order);
}

/* What would follow from reading both is not told. */
static void report(struct dcfg_planning *planning, const struct dcfg_item *first,
		   struct dcfg_item *second)
{
	bool is_file = first->source.kind == DEPLOYCFG_SOURCE_FILE;
	struct deploycfg_error *error =
		dcfg_fail_at(planning->context, DEPLOYCFG_ERR_DUPLICATE,
			     DCFG_WHOLE(second->source.name), NULL,
			     "two %s of one directory are the same layer",
			     is_file ? "files" : "drop-in directories");

	dcfg_error_related(error, DCFG_WHOLE(first->source.name), "the other one");
	dcfg_error_hint(error, "keep one of them");
	second->reads = false;
}

void dcfg_report_twins(struct dcfg_planning *planning)
{
	struct dcfg_item **items = dcfg_arena_alloc(&planning->context->arena,
						    planning->count * sizeof(*items));
	size_t count = 0;

	if (!items)
		return;
	for (size_t i = 0; i < planning->count; i++)
		if (is_candidate(&planning->items[i]))
			items[count++] = &planning->items[i];
	if (count)
		qsort(items, count, sizeof(*items), compare_stably);
	for (size_t i = 1; i < count; i++)
		if (compare(items[i - 1], items[i]) == 0)
			report(planning, items[i - 1], items[i]);
}
