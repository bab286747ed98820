/* SPDX-License-Identifier: ISC */
/*
 * The merge law. Knows trees, operators and types; not which layer it is given or why it is
 * the stronger one. Recursion is as deep as trees are: DCFG_DEPTH_MAX at most.
 */
#include "model/merge.h"

#include "base/mem.h"
#include "model/text.h"

static bool is_scalar(const struct dcfg_node *node)
{
	return node->type > DEPLOYCFG_NULL && node->type < DEPLOYCFG_LIST;
}

static bool is_text(const struct dcfg_node *node)
{
	return node->flags & DCFG_TEXT;
}

static const char *kind_name(const struct dcfg_node *node)
{
	return is_text(node) ? "text"
			     : deploycfg_type_name((enum deploycfg_type)node->type);
}

/* Puts a related node in front of a node's history. */
static void remember(struct dcfg_context *context, struct dcfg_node *at,
		     struct dcfg_node *node, enum deploycfg_relation relation)
{
	struct dcfg_related *related =
		dcfg_arena_alloc(&context->arena, sizeof(*related));

	if (!related)
		return;
	*related = (struct dcfg_related){at->related, node, relation};
	at->related = related;
	context->has_buried |= relation == DEPLOYCFG_UNSET || dcfg_first(node);
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

/* Elements of a list are set where there is none; `below` may be NULL. */
static void report_no_list(struct dcfg_context *context, const struct dcfg_node *below,
			   const struct dcfg_node *over)
{
	bool is_there = below && below->type != DEPLOYCFG_NONE;
	struct deploycfg_error *error = dcfg_fail(
		context, DEPLOYCFG_ERR_CLASH, over->origin,
		dcfg_path(context, below ? below : over), "an element cannot be set: %s",
		is_there ? "it is no list" : "there is no list");

	if (is_there)
		dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	dcfg_error_hint(error, "set the whole list");
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
			report_no_list(context, NULL, node);
		if (node->op != DCFG_SET)
			settle_alone(context, node);
	}
}

/* Where a file cannot say what an operator would. */
static bool has_operators(struct dcfg_context *context, const struct dcfg_node *node)
{
	uint32_t source = node->origin.source;

	return source < context->sources.count &&
	       context->sources.list[source].syntax == DEPLOYCFG_YAML &&
	       context->sources.list[source].kind <= DEPLOYCFG_SOURCE_TEXT;
}

static void hint_at_clash(struct dcfg_context *context, struct deploycfg_error *error,
			  const struct dcfg_node *below, const struct dcfg_node *over)
{
	if (has_operators(context, over))
		dcfg_error_hint(error,
				"write !replace before the %s if it is to take its place",
				kind_name(over));
	else if (over->type == DEPLOYCFG_MAP || below->type == DEPLOYCFG_MAP)
		dcfg_error_hint(error, "%s, or replace it in a YAML file with !replace",
				over->type == DEPLOYCFG_MAP ? "set the key itself"
							    : "name a key below it");
}

static void report_clash(struct dcfg_context *context, const struct dcfg_node *below,
			 const struct dcfg_node *over)
{
	bool descends = over->type == DEPLOYCFG_MAP && !has_operators(context, over);
	struct deploycfg_error *error =
		descends ? dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
				     dcfg_path(context, below),
				     "a key below it cannot be set: it is %s %s",
				     below->type == DEPLOYCFG_INT ? "an" : "a",
				     kind_name(below))
			 : dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
				     dcfg_path(context, below), "%s cannot override %s",
				     kind_name(over), kind_name(below));

	dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	hint_at_clash(context, error, below, over);
}

static void report_null(struct dcfg_context *context, const struct dcfg_node *below,
			const struct dcfg_node *over)
{
	bool empty = over->flags & DCFG_EMPTY;
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
			  dcfg_path(context, below), "%s would drop the %s below it",
			  empty ? "an empty value" : "null", kind_name(below));

	dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	dcfg_error_hint(error, "%s",
			has_operators(context, over)
				? "write `!unset`, `null` or `!replace null`, or remove "
				  "the empty heading"
				: "leave the key out, or !unset it in a YAML file");
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
		report_null(context, below, over);
		return false;
	}
	if (below->type == over->type || (is_scalar(below) && is_scalar(over)) ||
	    (over->type == DEPLOYCFG_LIST && is_text(below)))
		return true;
	report_clash(context, below, over);
	return false;
}

static void merge_map(struct dcfg_context *context, struct dcfg_node *below,
		      struct dcfg_node *over);
static void merge_items(struct dcfg_context *context, struct dcfg_node *below,
			struct dcfg_node *over);

static void set(struct dcfg_context *context, struct dcfg_node *below,
		struct dcfg_node *over)
{
	if (over->flags & DCFG_ITEMS) {
		merge_items(context, below, over);
		return;
	}
	if (below->type == DEPLOYCFG_MAP && over->type == DEPLOYCFG_MAP) {
		merge_map(context, below, over);
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
	uint32_t moved = over->length;

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

static void report_extend(struct dcfg_context *context, const struct dcfg_node *below,
			  const struct dcfg_node *over)
{
	struct deploycfg_error *error = dcfg_fail(
		context, DEPLOYCFG_ERR_OPERATOR, over->origin, dcfg_path(context, below),
		"cannot %s to %s: it is no list",
		over->op == DCFG_APPEND ? "append" : "prepend", kind_name(below));

	dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	dcfg_error_hint(error,
			"make the value below a list, or take its place with !replace");
}

static bool items_are_text(const struct dcfg_node *list)
{
	return dcfg_first(list) && is_text(dcfg_first(list));
}

/* !append, !prepend and += over something. */
static void extend(struct dcfg_context *context, struct dcfg_node *below,
		   struct dcfg_node *over)
{
	if (below->type <= DEPLOYCFG_NULL) {
		supplant(context, below, over);
		return;
	}
	if (is_text(below) && is_scalar(below) && items_are_text(over) &&
	    !dcfg_text_split(context, below, NULL))
		return;
	if (below->type != DEPLOYCFG_LIST) {
		report_extend(context, below, over);
		return;
	}
	if (!dcfg_text_items_take_type(context, over, below))
		return;
	splice(below, over, over->op == DCFG_PREPEND);
	remember(context, below, over, DEPLOYCFG_APPENDED);
}

static void lay_over(struct dcfg_context *context, struct dcfg_node *below,
		     struct dcfg_node *over)
{
	switch ((enum dcfg_op)over->op) {
	case DCFG_SET:
		set(context, below, over);
		break;
	case DCFG_APPEND:
	case DCFG_PREPEND:
		extend(context, below, over);
		break;
	case DCFG_REPLACE:
		supplant(context, below, over);
		settle_below(context, below);
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
		settle_below(context, child);
		dcfg_map_put(context, below, child);
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

static void report_beyond(struct dcfg_context *context, const struct dcfg_node *list,
			  const struct dcfg_node *over)
{
	struct dcfg_view key =
		dcfg_arena_printf(&context->arena, "%s[%s]", dcfg_path(context, list),
				  over->name->text.ptr);
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_RANGE, over->origin, key.ptr,
			  "the index is beyond the end of the list, which has %u item%s",
			  (unsigned)list->length, list->length == 1 ? "" : "s");

	dcfg_relate(context, error, list->origin, "this list");
	dcfg_error_hint(error,
			"indices count from 0; set the whole list to make it longer");
}

static void merge_items(struct dcfg_context *context, struct dcfg_node *below,
			struct dcfg_node *over)
{
	struct dcfg_node **items, *child = dcfg_first(over), *next;

	if (below->type != DEPLOYCFG_LIST) {
		report_no_list(context, below, over);
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
			report_beyond(context, below, child);
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

void dcfg_unite(struct dcfg_context *context, struct dcfg_node *into,
		struct dcfg_node *from)
{
	struct dcfg_node *child = dcfg_first(from), *next;

	for (; child; child = next) {
		struct dcfg_node *other = dcfg_map_find(context, into, child->name);
		struct deploycfg_error *error;

		next = dcfg_next(child);
		if (!other) {
			dcfg_map_put(context, into, child);
			continue;
		}
		if (other->type == DEPLOYCFG_MAP && child->type == DEPLOYCFG_MAP &&
		    other->op == DCFG_SET && child->op == DCFG_SET) {
			dcfg_unite(context, other, child);
			continue;
		}
		error = dcfg_fail(context, DEPLOYCFG_ERR_DUPLICATE,
				  dcfg_key_origin(child), dcfg_path(context, other),
				  "two files of one layer both have this key");
		dcfg_relate(context, error, dcfg_key_origin(other), "the other one");
		dcfg_error_hint(
			error,
			"keep it in one of them: side by side they are one document");
	}
}
