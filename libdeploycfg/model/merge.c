/* SPDX-License-Identifier: ISC */
/*
 * The merge law. Knows trees, operators and types; not which layer it is given or why it is
 * the stronger one. Recursion is as deep as trees are: DCFG_DEPTH_MAX at most.
 */
#include "model/merge.h"

#include "base/mem.h"
#include "model/clash.h"
#include "model/history.h"
#include "model/interpolate.h"
#include "model/text.h"

static bool is_text(const struct dcfg_node *node)
{
	return node->flags & DCFG_TEXT;
}

/* A scalar whose type references will tell. */
static bool is_unsettled(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_STRING &&
	       ((is_text(node) && node->flags & DCFG_OPEN) ||
		dcfg_node_is_reference(node));
}

/* Puts a related node in front of a node's history. */
static void remember(struct dcfg_context *context, struct dcfg_node *at,
		     struct dcfg_node *node, enum deploycfg_relation relation)
{
	struct dcfg_related *related =
		dcfg_arena_alloc(&context->arena, sizeof(*related));

	if (!related)
		return;
	*related = (struct dcfg_related){at->related, node, relation, NULL};
	at->related = related;
	if (relation == DEPLOYCFG_UNSET || dcfg_first(node))
		dcfg_mark_past(at);
}

/* `below` gets what `over` holds, and `over` becomes its history. */
static void supplant(struct dcfg_context *context, struct dcfg_node *below,
		     struct dcfg_node *over)
{
	struct dcfg_related *history = below->related;
	bool removed = below->type == DEPLOYCFG_NONE;

	dcfg_swap(below, over);
	below->op = DCFG_SET;
	below->related = history;
	if (!removed)
		remember(context, below, over, DEPLOYCFG_SHADOWED);
}

/* A key that has no value (any more), where `over` says why. */
static void remove_key(struct dcfg_context *context, struct dcfg_node *below,
		       struct dcfg_node *over)
{
	struct dcfg_node *nothing =
		dcfg_node_uncounted(context, DEPLOYCFG_NONE, over->origin);

	if (!nothing)
		return;
	if (below->type != DEPLOYCFG_NONE)
		supplant(context, below, nothing);
	remember(context, below, over, DEPLOYCFG_UNSET);
}

/* A node that has nothing below it: operators have nothing to work on. */
static void settle_alone(struct dcfg_context *context, struct dcfg_node *node)
{
	struct dcfg_node *record;

	if (node->op == DCFG_UNSET) {
		record = dcfg_node_uncounted(context, DEPLOYCFG_NONE, node->origin);
		if (!record)
			return;
		dcfg_swap(node, record);
		remember(context, node, record, DEPLOYCFG_UNSET);
	}
	node->op = DCFG_SET;
}

static void settle_below(struct dcfg_context *context, struct dcfg_node *top)
{
	if (!context->has_operators)
		return;
	for (struct dcfg_node *node = top; node; node = dcfg_walk(top, node)) {
		if (node->flags & DCFG_ITEMS)
			dcfg_clash_no_list(context, NULL, node);
		if (node->op != DCFG_SET)
			settle_alone(context, node);
	}
}

/* Whether a value without operator may take the place of one of another kind, or of its own. */
static bool may_supplant(struct dcfg_context *context, const struct dcfg_node *below,
			 const struct dcfg_node *over)
{
	if (below->type <= DEPLOYCFG_NULL)
		return true;
	if (over->type == DEPLOYCFG_NULL) {
		if (below->type != DEPLOYCFG_MAP && !(over->flags & DCFG_EMPTY))
			return true;
		dcfg_clash_null(context, below, over);
		return false;
	}
	if (below->type == over->type || (dcfg_has_text(below) && dcfg_has_text(over)) ||
	    (over->type == DEPLOYCFG_LIST && is_text(below)))
		return true;
	dcfg_clash_kinds(context, below, over);
	return false;
}

static void merge_map(struct dcfg_context *context, struct dcfg_node *below,
		      struct dcfg_node *over);
static void merge_items(struct dcfg_context *context, struct dcfg_node *below,
			struct dcfg_node *over);

/* A map that holds defaults alone is where the first layer writes it. */
static void take_place(struct dcfg_node *below, const struct dcfg_node *over)
{
	below->flags &= (uint16_t)~DCFG_IS_DEFAULT;
	below->origin = over->origin;
	below->key_line = over->key_line;
	below->key_column = over->key_column;
}

/* Whether nobody can tell before references are expanded if one may take the place of the other,
 * and as what. */
static bool is_left_open(const struct dcfg_node *below, const struct dcfg_node *over)
{
	if (over->type == DEPLOYCFG_NULL)
		return dcfg_node_is_reference(below) && !(over->flags & DCFG_EMPTY);
	if (is_unsettled(below))
		return dcfg_has_text(over) || over->type == DEPLOYCFG_LIST;
	return (below->type == DEPLOYCFG_LIST || dcfg_has_text(below)) &&
	       dcfg_node_is_reference(over);
}

/* A reference takes the place of a map that holds defaults alone: what is absent in the map that it
 * yields gets them. */
static void set_over_defaults(struct dcfg_node *below, struct dcfg_node *over)
{
	struct dcfg_related *history = below->related;

	dcfg_swap(below, over);
	below->related = history;
	below->op = DCFG_SET;
}

static void set(struct dcfg_context *context, struct dcfg_node *below,
		struct dcfg_node *over)
{
	if (over->flags & DCFG_ITEMS) {
		merge_items(context, below, over);
		return;
	}
	if (below->type == DEPLOYCFG_MAP && over->type == DEPLOYCFG_MAP) {
		if (below->flags & DCFG_IS_DEFAULT)
			take_place(below, over);
		below->flags |= over->flags & DCFG_LACKS;
		merge_map(context, below, over);
		return;
	}
	if (below->type == DEPLOYCFG_MAP && below->flags & DCFG_IS_DEFAULT &&
	    dcfg_node_is_reference(over)) {
		set_over_defaults(below, over);
		return;
	}
	if (is_left_open(below, over)) {
		over->flags |= DCFG_OPEN;
		supplant(context, below, over);
		return;
	}
	if (is_text(over) && !dcfg_text_take_type(context, over, below))
		return;
	if (!may_supplant(context, below, over))
		return;
	supplant(context, below, over);
	settle_below(context, below);
}

/* Moves the items of one list to the end or start of another. */
static void splice(struct dcfg_node *below, struct dcfg_node *over, bool at_start)
{
	struct dcfg_node *last = below->last, *item = dcfg_first(over);
	uint32_t moved = item ? over->length : 0; /* no list where memory was out */

	for (uint32_t i = 0; i < moved; i++) {
		struct dcfg_node *next = item->next;

		dcfg_list_put(below, item);
		item = next;
	}
	if (at_start && last)
		below->last =
			last; /* the ring begins behind its last: the new items come first */
	over->last = NULL;
}

/* What was refused may have been. */
static bool items_are_text(const struct dcfg_node *list)
{
	dcfg_each (item, list)
		if (!dcfg_node_is_refused(item))
			return is_text(item);
	return list->length > 0;
}

void dcfg_reference_to_list(struct dcfg_context *context, struct dcfg_node *node)
{
	const uint16_t of_list = DCFG_OPEN | DCFG_IS_ALL;
	struct dcfg_related *history = node->related;
	uint8_t op = node->op;
	struct dcfg_node *item = dcfg_node_new(context, DEPLOYCFG_LIST, node->origin);

	if (!item)
		return;
	dcfg_swap(node, item);
	node->flags = item->flags & of_list;
	node->related = history;
	node->op = op;
	item->related = NULL;
	item->op = DCFG_SET;
	item->flags &= (uint16_t)~DCFG_OPEN;
	item->flags |= DCFG_SPREAD;
	dcfg_list_put(node, item);
}

/* !append, !prepend and += over something. */
static void extend(struct dcfg_context *context, struct dcfg_node *below,
		   struct dcfg_node *over)
{
	if (below->type <= DEPLOYCFG_NULL) {
		supplant(context, below, over);
		return;
	}
	if (dcfg_node_is_reference(below))
		dcfg_reference_to_list(context, below);
	if (is_text(below) && dcfg_has_text(below) && items_are_text(over) &&
	    !dcfg_text_split(context, below, NULL))
		return;
	if (below->type != DEPLOYCFG_LIST) {
		dcfg_clash_extend(context, below, over);
		return;
	}
	if (!dcfg_text_items_take_type(context, over, below, below))
		return;
	splice(below, over, over->op == DCFG_PREPEND);
	remember(context, below, over, DEPLOYCFG_APPENDED);
}

static void replace(struct dcfg_context *context, struct dcfg_node *below,
		    struct dcfg_node *over)
{
	supplant(context, below, over);
	settle_below(context, below);
}

/* Whether something of what is below stays. */
static bool adds(const struct dcfg_node *over)
{
	return over->op == DCFG_APPEND || over->op == DCFG_PREPEND ||
	       (over->type == DEPLOYCFG_MAP && over->op != DCFG_REPLACE);
}

static void lay_over(struct dcfg_context *context, struct dcfg_node *below,
		     struct dcfg_node *over)
{
	if (dcfg_node_is_refused(below) && adds(over)) {
		dcfg_node_lack(context, over);
		replace(context, below, over);
		return;
	}
	switch ((enum dcfg_op)over->op) {
	case DCFG_SET:
		set(context, below, over);
		break;
	case DCFG_APPEND:
	case DCFG_PREPEND:
		extend(context, below, over);
		break;
	case DCFG_REPLACE:
		replace(context, below, over);
		break;
	case DCFG_ASSIGN:
		if (below->type == DEPLOYCFG_MAP && over->type == DEPLOYCFG_MAP)
			set(context, below, over);
		else
			replace(context, below, over);
		break;
	case DCFG_UNSET:
		remove_key(context, below, over);
		break;
	}
}

static void merge_map(struct dcfg_context *context, struct dcfg_node *below,
		      struct dcfg_node *over)
{
	struct dcfg_node *child = dcfg_first(over), *old = NULL, *next;

	for (; child; child = next) {
		old = dcfg_map_find_after(context, below, old, child->name);
		next = dcfg_next(child);
		if (old) {
			lay_over(context, old, child);
			continue;
		}
		dcfg_map_put(context, below, child);
		if (dcfg_unlikely(below->flags & DCFG_LACKS))
			dcfg_node_lack(context, child);
		settle_below(context, child);
	}
}

/* A list's items, to be found by number; to be freed. */
static struct dcfg_node **number_items(struct dcfg_context *context,
				       const struct dcfg_node *list)
{
	struct dcfg_node **items = dcfg_alloc(list->length * sizeof(struct dcfg_node *));
	size_t count = 0;

	if (items)
		dcfg_each (item, list)
			items[count++] = item;
	else
		context->arena.failed = true;
	return items;
}

static void merge_items(struct dcfg_context *context, struct dcfg_node *below,
			struct dcfg_node *over)
{
	struct dcfg_node **items, *child = dcfg_first(over), *next;

	if (below->type != DEPLOYCFG_LIST) {
		dcfg_clash_no_list(context, below, over);
		return;
	}
	items = number_items(context, below);
	for (; items && child; child = next) {
		uint64_t index;
		bool found = dcfg_parse_uint(child->name->text, &index) == DCFG_PARSED &&
			     index < below->length;

		next = dcfg_next(child);
		if (found)
			lay_over(context, items[index], child);
		else
			dcfg_clash_beyond(context, below, child);
	}
	dcfg_free(items);
}

void dcfg_merge(struct dcfg_context *context, struct dcfg_node *effective,
		struct dcfg_node *over)
{
	if (effective->length) {
		merge_map(context, effective, over);
		return;
	}
	dcfg_swap(effective, over);
	settle_below(context, effective);
}
