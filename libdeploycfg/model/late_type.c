/* SPDX-License-Identifier: ISC */
/* The type of what overrides a reference, or of text with references over a type: both are known
 * only once references are. Knows what merging left open, and judges as merging does. */
#include "base/mem.h"
#include "model/clash.h"
#include "model/expansion.h"
#include "model/history.h"
#include "model/text.h"

static bool is_open_text(const struct dcfg_node *node)
{
	const unsigned both = DCFG_TEXT | DCFG_OPEN;

	return node->type == DEPLOYCFG_STRING && (node->flags & both) == both;
}

static bool is_typed(const struct dcfg_node *node)
{
	return node && (node->type == DEPLOYCFG_BOOL || node->type == DEPLOYCFG_INT ||
			node->type == DEPLOYCFG_FLOAT || node->type == DEPLOYCFG_LIST);
}

/* What was overridden below a record, as far as it counts for types; NULL for nothing. */
static const struct dcfg_related *next_below(const struct dcfg_related *related)
{
	while (related && (related->relation == DEPLOYCFG_APPENDED ||
			   related->relation == DEPLOYCFG_TEMPLATE ||
			   related->relation == DEPLOYCFG_INPUT))
		related = related->next;
	return related && related->relation == DEPLOYCFG_SHADOWED ? related : NULL;
}

/* What an open item of a list takes its type from, where it overrode nothing itself. */
static const struct dcfg_node *model_of(const struct dcfg_node *item)
{
	return item->name || item->flags & DCFG_FLOW ? NULL : item->model;
}

/* What an overridden reference would have yielded; the node itself for text. NULL: nothing. */
static enum dcfg_progress
yield(struct dcfg_interpolation *work, const struct dcfg_node *node,
      const struct dcfg_node **yielded, struct dcfg_expansion **wait)
{
	struct dcfg_template template = dcfg_template(dcfg_text(node));
	struct dcfg_template_part part;
	enum dcfg_progress progress;

	*yielded = node;
	if (!(node->flags & DCFG_TEMPLATE) || node->type != DEPLOYCFG_STRING ||
	    !dcfg_is_whole_reference(dcfg_text(node)) ||
	    !dcfg_template_next(&template, &part) || part.kind != DCFG_KEY_REFERENCE)
		return DCFG_FINISHED;
	progress = dcfg_resolve_path(work, part.text, yielded, wait);
	if (progress == DCFG_FINISHED && !*yielded && part.fallback.ptr)
		*yielded = node;
	return progress;
}

/* Text that was overridden takes its type, too: what is above it takes that. */
static enum dcfg_progress
settle_shadow(struct dcfg_interpolation *work, struct dcfg_node *node,
	      const struct dcfg_node **below, struct dcfg_expansion **wait)
{
	if (node->flags & DCFG_TEMPLATE && dcfg_has_reference(dcfg_text(node)))
		return is_typed(*below) ? DCFG_FINISHED : yield(work, node, below, wait);
	node->flags &= (uint16_t)~DCFG_OPEN;
	if (*below && (*below)->type == DEPLOYCFG_MAP) {
		dcfg_clash_kinds(work->context, *below, node);
		return DCFG_FAILS;
	}
	if (*below && !dcfg_text_take_type(work->context, node, *below))
		return DCFG_FAILS;
	*below = node;
	return DCFG_FINISHED;
}

/* Open texts below a node, strongest first, and what the weakest of them stands over. */
struct layers {
	struct dcfg_node **texts;
	size_t count;
	const struct dcfg_node *base;
};

static bool collect(struct dcfg_interpolation *work, const struct dcfg_node *node,
		    struct layers *layers)
{
	const struct dcfg_related *first = next_below(node->related), *at;
	size_t room = 0;

	*layers = (struct layers){NULL, 0, NULL};
	for (at = first; at && is_open_text(at->node); at = next_below(at->next))
		room++;
	layers->base = at ? at->node : NULL;
	if (!room)
		return true;
	layers->texts =
		dcfg_arena_alloc(&work->context->arena, room * sizeof(*layers->texts));
	if (!layers->texts)
		return false;
	for (at = first; layers->count < room; at = next_below(at->next))
		layers->texts[layers->count++] = at->node;
	if (!layers->base)
		layers->base = model_of(layers->texts[room - 1]);
	return true;
}

/* Items that are references have types once they are expanded: the order of keys is to change
 * nothing. Goes on where it waited before. */
static enum dcfg_progress wait_for_items(struct dcfg_expansion *expansion,
					 const struct dcfg_node *list,
					 struct dcfg_expansion **wait)
{
	const struct dcfg_node *item = expansion->walk;

	if (list->type != DEPLOYCFG_LIST)
		return DCFG_FINISHED;
	for (item = item ? item : dcfg_first(list); item; item = dcfg_next(item)) {
		*wait = dcfg_pending(item);
		expansion->walk = item;
		if (*wait && (*wait)->state != DCFG_EXPANSION_FAILED)
			return DCFG_WAITS;
	}
	expansion->walk = NULL;
	return DCFG_FINISHED;
}

enum dcfg_progress dcfg_settle_below(struct dcfg_interpolation *work,
				     struct dcfg_expansion *expansion,
				     struct dcfg_expansion **wait)
{
	enum dcfg_progress progress = DCFG_FINISHED;
	struct dcfg_node *node = expansion->node;
	const struct dcfg_node *below;
	struct layers layers;

	if (!collect(work, node, &layers))
		return DCFG_FAILS;
	below = layers.base;
	if (!below && !layers.count && !expansion->has_flow)
		below = expansion->model;
	if (below)
		progress = yield(work, below, &below, wait);
	if (progress == DCFG_FINISHED && below)
		progress = wait_for_items(expansion, below, wait);
	for (size_t i = layers.count; progress == DCFG_FINISHED && i--;)
		progress = settle_shadow(work, layers.texts[i], &below, wait);
	if (progress != DCFG_FINISHED)
		return progress;
	if (layers.count)
		dcfg_mark_past(node);
	expansion->below = below;
	expansion->has_below = true;
	return DCFG_FINISHED;
}

static bool is_same_kind(const struct dcfg_node *below, const struct dcfg_node *over)
{
	return below->type <= DEPLOYCFG_NULL || over->type <= DEPLOYCFG_NULL ||
	       below->type == over->type || (dcfg_has_text(below) && dcfg_has_text(over));
}

bool dcfg_settle_type(struct dcfg_interpolation *work, struct dcfg_expansion *expansion)
{
	struct dcfg_node *node = expansion->node;
	const struct dcfg_node *below = expansion->below;
	bool is_text = expansion->was_text && dcfg_has_text(node);
	bool good;

	if (expansion->has_flow && node->type == DEPLOYCFG_STRING) {
		node->flow = expansion->flow;
		node->flags |= DCFG_FLOW;
	}
	node->flags &= (uint16_t)~DCFG_OPEN;
	if (!below)
		return true;
	if (below->type == DEPLOYCFG_MAP && node->type == DEPLOYCFG_NULL) {
		dcfg_clash_null(work->context, below, node);
		return false;
	}
	/* A whole reference is not parted: it yields a list, or is none. */
	if (!is_same_kind(below, node) &&
	    (!is_text || expansion->is_whole || below->type != DEPLOYCFG_LIST)) {
		dcfg_clash_kinds(work->context, below, node);
		return false;
	}
	if (!is_text)
		return true;
	good = dcfg_text_take_type(work->context, node, below);
	/* Items of a text that was parted before it was expanded are yet to be. */
	if (good && !expansion->is_whole && node->type == DEPLOYCFG_LIST)
		dcfg_expansion_add_below(work, node);
	return good;
}
