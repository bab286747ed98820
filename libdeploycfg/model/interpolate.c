/* SPDX-License-Identifier: ISC */
/*
 * The order in which references are expanded: each node after those that it needs. Who waits is
 * remembered in a chain, not on the stack: it may be as long as there are references. Knows no
 * notation and no values.
 */
#include "model/interpolate.h"

#include "base/mem.h"
#include "model/clash.h"
#include "model/conceal.h"
#include "model/expansion.h"
#include "model/reference.h"

/* A node whose type is its own, over one whose type was not known. */
struct dcfg_checked {
	struct dcfg_checked *next;
	struct dcfg_node *node;
	bool is_done;
};

bool dcfg_expansion_add(struct dcfg_interpolation *work, struct dcfg_node *node)
{
	struct dcfg_expansion *expansion =
		dcfg_arena_zalloc(&work->context->arena, sizeof(*expansion));

	if (!expansion)
		return false;
	expansion->node = node;
	expansion->text = dcfg_text(node);
	expansion->flags = node->flags & (uint16_t)~DCFG_FLOW;
	expansion->has_flow = node->flags & DCFG_FLOW;
	if (expansion->has_flow)
		expansion->flow = node->flow;
	else if (node->flags & DCFG_OPEN && !node->name)
		expansion->model = node->model;
	node->flags = expansion->flags;
	node->expansion = expansion;
	if (work->last)
		work->last->next = expansion;
	else
		work->first = expansion;
	work->last = expansion;
	return true;
}

void dcfg_expansion_add_below(struct dcfg_interpolation *work, struct dcfg_node *top)
{
	for (struct dcfg_node *node = top; node; node = dcfg_walk(top, node))
		if (node->type == DEPLOYCFG_STRING &&
		    node->flags & (DCFG_TEMPLATE | DCFG_OPEN))
			dcfg_expansion_add(work, node);
}

static void add_check(struct dcfg_interpolation *work, struct dcfg_node *node)
{
	struct dcfg_checked *check =
		dcfg_arena_alloc(&work->context->arena, sizeof(*check));

	if (!check)
		return;
	*check = (struct dcfg_checked){work->checks, node, false};
	work->checks = check;
}

static void collect(struct dcfg_interpolation *work)
{
	for (struct dcfg_node *node = work->root; node;
	     node = dcfg_walk(work->root, node)) {
		if (!(node->flags & (DCFG_TEMPLATE | DCFG_OPEN)) ||
		    node->type == DEPLOYCFG_NONE)
			continue;
		if (node->type == DEPLOYCFG_STRING)
			dcfg_expansion_add(work, node);
		else
			add_check(work, node);
	}
}

static struct dcfg_reference *reference_new(struct dcfg_interpolation *work,
					    const struct dcfg_template_part *part)
{
	struct dcfg_reference *reference = work->spare;

	if (reference)
		work->spare = reference->next;
	else
		reference = dcfg_arena_alloc(&work->context->arena, sizeof(*reference));
	if (reference)
		*reference = (struct dcfg_reference){.part = *part};
	return reference;
}

/* There may be many more than are in use at any time. */
static void spare_references(struct dcfg_interpolation *work,
			     struct dcfg_expansion *expansion)
{
	expansion->at = NULL;
	while (expansion->first) {
		struct dcfg_reference *reference = expansion->first;

		expansion->first = reference->next;
		reference->next = work->spare;
		work->spare = reference;
	}
}

static bool parse(struct dcfg_interpolation *work, struct dcfg_expansion *expansion)
{
	struct dcfg_node *node = expansion->node;
	struct dcfg_template template = dcfg_template(dcfg_text(node));
	struct dcfg_reference **end = &expansion->first;
	struct dcfg_template_part part;

	expansion->is_parsed = true;
	expansion->was_text = node->flags & DCFG_TEXT;
	if (!(node->flags & DCFG_TEMPLATE))
		return true;
	while (dcfg_template_next(&template, &part)) {
		struct dcfg_reference *reference;

		if (part.problem) {
			dcfg_reference_malformed(work->context, node, &part,
						 part.problem);
			return false;
		}
		if (part.fallback.ptr && dcfg_has_reference(part.fallback))
			dcfg_reference_nested(work->context, node, &part);
		expansion->has_reference |= part.kind != DCFG_LITERAL;
		reference = reference_new(work, &part);
		if (!reference)
			return false;
		*end = reference;
		end = &reference->next;
	}
	expansion->at = expansion->first;
	expansion->is_whole = expansion->has_reference && !expansion->first->next;
	return true;
}

/* Nodes in what is copied whole come before the copy. */
static enum dcfg_progress wait_for_all(struct dcfg_expansion *expansion,
				       struct dcfg_expansion **wait)
{
	const struct dcfg_node *target = expansion->first->target;

	if (!expansion->walk)
		expansion->walk = target;
	do {
		*wait = dcfg_pending(expansion->walk);
		if (*wait)
			return DCFG_WAITS;
		expansion->walk = dcfg_walk(target, expansion->walk);
	} while (expansion->walk);
	return DCFG_FINISHED;
}

static enum dcfg_progress resolve_all(struct dcfg_interpolation *work,
				      struct dcfg_expansion *expansion,
				      struct dcfg_expansion **wait)
{
	for (; expansion->at; expansion->at = expansion->at->next) {
		if (expansion->at->part.kind == DCFG_LITERAL)
			continue;

		enum dcfg_progress progress =
			dcfg_resolve_reference(work, expansion, expansion->at, wait);

		if (progress != DCFG_FINISHED)
			return progress;
	}
	if (!expansion->is_whole || !expansion->first->target ||
	    !dcfg_has_children(expansion->first->target))
		return DCFG_FINISHED;
	return wait_for_all(expansion, wait);
}

static enum dcfg_progress advance(struct dcfg_interpolation *work,
				  struct dcfg_expansion *expansion,
				  struct dcfg_expansion **wait)
{
	enum dcfg_progress progress = DCFG_FINISHED;

	if (work->stopped || (!expansion->is_parsed && !parse(work, expansion)))
		return DCFG_FAILS;
	if (expansion->node->flags & DCFG_OPEN && !expansion->has_below)
		progress = dcfg_settle_below(work, expansion, wait);
	/* Over a list commas part text before it is expanded. */
	if (progress == DCFG_FINISHED && expansion->below && !expansion->is_whole &&
	    expansion->was_text && expansion->below->type == DEPLOYCFG_LIST)
		return dcfg_settle_type(work, expansion) ? DCFG_FINISHED : DCFG_FAILS;
	if (progress == DCFG_FINISHED)
		progress = resolve_all(work, expansion, wait);
	if (progress == DCFG_FINISHED && !dcfg_expand(work, expansion))
		progress = DCFG_FAILS;
	if (progress == DCFG_FINISHED && expansion->has_below &&
	    !dcfg_settle_type(work, expansion))
		progress = DCFG_FAILS;
	return progress;
}

/* Whatever became of the node on the way, it is what it was: nobody else takes it for final. */
static void fail(struct dcfg_expansion *expansion)
{
	struct dcfg_node *node = expansion->node;

	expansion->state = DCFG_EXPANSION_FAILED;
	node->type = DEPLOYCFG_STRING;
	node->flags = expansion->flags;
	node->text = expansion->text.ptr;
	node->length = (uint32_t)expansion->text.len;
	node->written = 0;
	node->expansion = expansion;
}

/* Whether it is rather one than the other that goes on without a type: texts need theirs most, and
 * the order of keys in a file is to change nothing. */
static bool is_before(struct dcfg_context *context, const struct dcfg_expansion *one,
		      const struct dcfg_expansion *other)
{
	if (one->was_text != other->was_text)
		return other->was_text;
	return strcmp(dcfg_path(context, one->node), dcfg_path(context, other->node)) < 0;
}

/* The type of a text that overrides a reference may depend on the text itself: then it has none.
 * Gives the one on the cycle that only asks for a type, which goes on without; NULL for none. */
static struct dcfg_expansion *without_type(struct dcfg_interpolation *work,
					   struct dcfg_expansion *last,
					   const struct dcfg_expansion *first)
{
	struct dcfg_expansion *found = NULL, *at = last, *caller;

	for (;; at = at->caller) {
		if (at->node->flags & DCFG_OPEN && !at->has_below &&
		    (!found || is_before(work->context, at, found)))
			found = at;
		if (at == first)
			break;
	}
	if (!found)
		return NULL;
	found->has_below = true;
	if (found->walk) /* it is its items that lead back: of what kind it is does not */
		add_check(work, found->node);
	for (; last != found; last = caller) {
		caller = last->caller;
		last->caller = NULL; /* nobody waits for it any more */
		last->state = DCFG_EXPANSION_NEW;
	}
	return found;
}

/* All that lie on a cycle fail with it; gives who waits for the first of them. */
static struct dcfg_expansion *break_cycle(struct dcfg_interpolation *work,
					  struct dcfg_expansion *last,
					  struct dcfg_expansion *first)
{
	struct dcfg_expansion *caller = first->caller;
	struct dcfg_expansion *untyped = without_type(work, last, first);

	if (untyped)
		return untyped;
	dcfg_reference_cycle(work->context, last, first);
	for (struct dcfg_expansion *at = last; at != caller; at = at->caller)
		fail(at);
	return caller;
}

static void run(struct dcfg_interpolation *work, struct dcfg_expansion *current)
{
	current->state = DCFG_EXPANSION_ACTIVE;
	while (current) {
		struct dcfg_expansion *wait = NULL;
		enum dcfg_progress progress = advance(work, current, &wait);

		if (progress == DCFG_WAITS && wait->state == DCFG_EXPANSION_NEW) {
			wait->state = DCFG_EXPANSION_ACTIVE;
			wait->caller = current;
			current = wait;
			continue;
		}
		if (progress == DCFG_WAITS && wait->state == DCFG_EXPANSION_ACTIVE) {
			current = break_cycle(work, current, wait);
			continue;
		}
		if (progress == DCFG_FINISHED)
			current->state = DCFG_EXPANSION_DONE;
		else
			fail(current);
		spare_references(work, current);
		current = current->caller;
	}
}

/* What overrides a reference must be of the kind that it yields, once that is known. */
static void check(struct dcfg_interpolation *work)
{
	for (struct dcfg_checked *at = work->checks; at; at = at->next) {
		struct dcfg_expansion expansion = {.node = at->node}, *wait;

		if (at->is_done ||
		    dcfg_settle_below(work, &expansion, &wait) != DCFG_FINISHED)
			continue;
		at->is_done = true;
		if (!dcfg_settle_type(work, &expansion) && !dcfg_has_children(at->node))
			dcfg_node_refuse(work->context, at->node);
		at->node->flags &= (uint16_t)~DCFG_OPEN;
	}
}

/* Numbers of items are for references alone. */
static void forget_numbers(struct dcfg_interpolation *work)
{
	for (size_t i = 0; i < work->indexed_count; i++)
		work->indexed[i]->items = NULL;
	dcfg_free(work->indexed);
}

void dcfg_interpolate(struct dcfg_context *context, struct dcfg_node *effective,
		      const struct dcfg_references *references)
{
	struct dcfg_interpolation work = {
		.context = context, .root = effective, .given = references};

	if (!context->has_templates || !effective)
		return;
	collect(&work);
	check(&work); /* first, that no reference to what is wrong misleads */
	for (struct dcfg_expansion *at = work.first; at; at = at->next)
		if (at->state == DCFG_EXPANSION_NEW)
			run(&work, at);
	check(&work);
	forget_numbers(&work);
}
