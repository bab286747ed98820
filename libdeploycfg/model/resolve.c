/* SPDX-License-Identifier: ISC */
/* From a reference to the value or the variable that it names. Knows no template around it. */
#include "base/mem.h"
#include "base/utf8.h"
#include "model/expansion.h"
#include "model/key.h"
#include "model/reference.h"

/* A path on its way through the tree. */
struct search {
	struct dcfg_interpolation *work;
	struct dcfg_key key;
	struct dcfg_segment segment; /* the last that was read */
	const struct dcfg_node *at;  /* as far as it led; NULL beyond */
	struct dcfg_expansion *wait; /* what must be expanded before it can go on */
	bool lacks;                  /* it led through what may lack something */
};

/* Remembers a list whose items were numbered. */
static bool note_indexed(struct dcfg_interpolation *work, struct dcfg_node *list)
{
	struct dcfg_node **lists = dcfg_grow(work->indexed, work->indexed_count,
					     &work->indexed_capacity, sizeof(*lists));

	if (!lists) {
		work->context->arena.failed = true;
		return false;
	}
	work->indexed = lists;
	lists[work->indexed_count++] = list;
	return true;
}

/* Numbers the items of a list, once those that become several are. */
static bool number_items(struct search *search, struct dcfg_node *list)
{
	struct dcfg_interpolation *work = search->work;
	struct dcfg_node **items;
	size_t count = 0;

	dcfg_each (item, list) {
		if (!(item->flags & DCFG_SPREAD) || !dcfg_pending(item))
			continue;
		search->wait = dcfg_pending(item);
		return false;
	}
	items = dcfg_arena_alloc(&work->context->arena,
				 list->length * sizeof(struct dcfg_node *));
	if (!items || !note_indexed(work, list))
		return false;
	dcfg_each (item, list)
		items[count++] = item;
	list->items = items;
	return true;
}

static const struct dcfg_node *item_at(struct search *search,
				       const struct dcfg_node *parent)
{
	struct dcfg_node *list = (struct dcfg_node *)parent; /* numbers change no value */

	if (list->type != DEPLOYCFG_LIST || dcfg_node_lacks(list) ||
	    (!list->items && !number_items(search, list)))
		return NULL;
	return search->segment.index < list->length ? list->items[search->segment.index]
						    : NULL;
}

static const struct dcfg_node *child_at(struct search *search,
					const struct dcfg_node *parent)
{
	const struct dcfg_context *context = search->work->context;
	char buffer[DCFG_PATH_MAX];
	const struct dcfg_name *name;

	if (parent->type != DEPLOYCFG_MAP || search->segment.text.len > sizeof(buffer))
		return NULL;
	name = dcfg_intern_find(&context->names,
				dcfg_segment_text(&search->segment, buffer));
	return name ? dcfg_map_find(context, parent, name) : NULL;
}

/* The value of a path, or the refused one that it is in; NULL where there is none, or before it can
 * be known. */
static const struct dcfg_node *find(struct search *search)
{
	while (search->at && !dcfg_node_is_refused(search->at) &&
	       dcfg_key_next(&search->key, &search->segment)) {
		search->wait = dcfg_pending(search->at);
		if (search->wait)
			return NULL;
		search->lacks |= dcfg_node_lacks(search->at);
		search->at = search->segment.is_index ? item_at(search, search->at)
						      : child_at(search, search->at);
	}
	if (!search->at || search->at->type == DEPLOYCFG_NONE)
		return NULL;
	search->wait = dcfg_pending(search->at);
	return search->wait ? NULL : search->at;
}

static bool is_above(const struct dcfg_node *above, const struct dcfg_node *node)
{
	while (node && node != above)
		node = node->parent;
	return node == above;
}

/* Whether what was found can stand where the reference does. */
static bool accept(struct dcfg_interpolation *work,
		   const struct dcfg_expansion *expansion,
		   struct dcfg_reference *reference, const struct dcfg_node *found)
{
	if (found && dcfg_node_is_refused(found))
		return false;
	if (found && found->type == DEPLOYCFG_NULL &&
	    (reference->part.fallback.ptr || !expansion->is_whole)) {
		if (reference->part.fallback.ptr)
			return true;
		dcfg_reference_null(work->context, expansion->node, reference, found);
		return false;
	}
	if (found && dcfg_has_children(found)) {
		if (is_above(found, expansion->node)) {
			dcfg_reference_ancestor(work->context, expansion->node, reference,
						found);
			return false;
		}
		if (!expansion->is_whole) {
			dcfg_reference_no_text(work->context, expansion->node, reference,
					       found);
			return false;
		}
	}
	reference->target = found;
	return true;
}

static enum dcfg_progress
resolve_key(struct dcfg_interpolation *work, const struct dcfg_expansion *expansion,
	    struct dcfg_reference *reference, struct dcfg_expansion **wait)
{
	struct search search = {
		.work = work, .key = dcfg_key(reference->part.text), .at = work->root};
	const struct dcfg_node *found = find(&search);

	*wait = search.wait;
	if (search.wait && search.wait->state != DCFG_EXPANSION_FAILED)
		return DCFG_WAITS;
	while (search.key.rest.len && dcfg_key_next(&search.key, &search.segment))
		; /* whatever it leads to, it must be well-formed */
	if (search.wait && !search.key.problem)
		return DCFG_FAILS;
	if (search.key.problem) {
		dcfg_reference_malformed(work->context, expansion->node, &reference->part,
					 search.key.problem);
		return DCFG_FAILS;
	}
	if (!found && search.lacks)
		return DCFG_FAILS;
	if (!found && !reference->part.fallback.ptr) {
		dcfg_reference_missing(work, expansion->node, reference);
		return DCFG_FAILS;
	}
	return accept(work, expansion, reference, found) ? DCFG_FINISHED : DCFG_FAILS;
}

enum dcfg_progress
dcfg_resolve_path(struct dcfg_interpolation *work, struct dcfg_view path,
		  const struct dcfg_node **found, struct dcfg_expansion **wait)
{
	struct search search = {.work = work, .key = dcfg_key(path), .at = work->root};

	*found = find(&search);
	*wait = search.wait;
	if (!search.wait)
		return DCFG_FINISHED;
	return search.wait->state == DCFG_EXPANSION_FAILED ? DCFG_FAILS : DCFG_WAITS;
}

static int by_name(const void *left, const void *right)
{
	const struct dcfg_used_variable *a = left, *b = right;

	return dcfg_view_compare(a->name, b->name);
}

/* All variables by name, one of each. */
static void sort_variables(struct dcfg_interpolation *work)
{
	const struct dcfg_environ *from = work->given->environment;
	size_t room = from ? from->count : 0, kept = 0;
	struct dcfg_used_variable *list =
		dcfg_arena_zalloc(&work->context->arena, room * sizeof(*list));

	work->has_variables = true;
	for (size_t i = 0; list && i < room; i++) {
		struct dcfg_view variable = from->list[i];
		const char *end = memchr(variable.ptr, '=', variable.len);
		size_t length = end ? (size_t)(end - variable.ptr) : 0;

		if (!length)
			continue;
		list[kept].name = dcfg_view(variable.ptr, length);
		list[kept].value = dcfg_view_skip(variable, length + 1);
		list[kept++].source = UINT32_MAX;
	}
	if (kept)
		qsort(list, kept, sizeof(*list), by_name);
	for (size_t i = 0; i < kept; i++) {
		bool again = work->variable_count &&
			     dcfg_view_equal(list[work->variable_count - 1].name,
					     list[i].name);

		if (again)
			list[work->variable_count - 1].twice = true;
		else
			list[work->variable_count++] = list[i];
	}
	work->variables = list;
}

static struct dcfg_used_variable *variable_of(struct dcfg_interpolation *work,
					      struct dcfg_view name)
{
	struct dcfg_used_variable wanted = {.name = name};

	if (!work->has_variables)
		sort_variables(work);
	return work->variable_count
		       ? bsearch(&wanted, work->variables, work->variable_count,
				 sizeof(wanted), by_name)
		       : NULL;
}

static enum dcfg_progress resolve_variable(struct dcfg_interpolation *work,
					   const struct dcfg_expansion *expansion,
					   struct dcfg_reference *reference)
{
	struct dcfg_used_variable *variable = variable_of(work, reference->part.text);

	bool ignored = work->given->ignored_because != NULL;

	if (!variable || !variable->value.len || ignored) {
		if (!reference->part.fallback.ptr) {
			dcfg_reference_unset(work, expansion->node, reference,
					     variable != NULL);
			return DCFG_FAILS;
		}
		if (variable && variable->value.len)
			dcfg_reference_ignored(work, expansion->node, variable);
		return DCFG_FINISHED;
	}
	if (variable->twice || dcfg_utf8_check(variable->value) != variable->value.len) {
		dcfg_reference_bad_variable(work->context, expansion->node, variable);
		return DCFG_FAILS;
	}
	reference->variable = variable;
	return DCFG_FINISHED;
}

enum dcfg_progress dcfg_resolve_reference(struct dcfg_interpolation *work,
					  const struct dcfg_expansion *expansion,
					  struct dcfg_reference *reference,
					  struct dcfg_expansion **wait)
{
	return reference->part.kind == DCFG_VARIABLE_REFERENCE
		       ? resolve_variable(work, expansion, reference)
		       : resolve_key(work, expansion, reference, wait);
}
