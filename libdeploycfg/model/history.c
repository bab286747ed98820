/* SPDX-License-Identifier: ISC */
/*
 * Spreading history. A list or map that lost took its children with it; here each of them
 * becomes part of the story of its own key, under the value that stands there now, or in the
 * list of keys that have none; and so does what was skipped. Recursion is as deep as trees are:
 * DCFG_DEPTH_MAX at most.
 */
#include "model/history.h"

#include "base/mem.h"
#include "model/key.h"

/* A node on the way down the effective tree, and its number among its parent's children. */
struct step {
	struct dcfg_node *node;
	size_t index;
};

struct burial {
	struct dcfg_context *context;
	struct dcfg_history *history;
	struct step way[DCFG_DEPTH_MAX + 1];
	size_t steps;
	char path[DCFG_PATH_MAX]; /* of the value that is being taken apart */
	size_t len;
};

/* Whether keys that lost are in it. */
static bool is_buried(const struct dcfg_related *related)
{
	return related->relation != DEPLOYCFG_UNSET && dcfg_first(related->node);
}

static bool has_buried(const struct dcfg_node *node)
{
	for (const struct dcfg_related *related = node->related; related;
	     related = related->next)
		if (is_buried(related))
			return true;
	return false;
}

void dcfg_mark_past(struct dcfg_node *node)
{
	for (node = node->parent; node && !(node->flags & DCFG_PAST); node = node->parent)
		node->flags |= DCFG_PAST;
}

static struct dcfg_related **end_of(struct dcfg_related **chain)
{
	while (*chain)
		chain = &(*chain)->next;
	return chain;
}

static struct dcfg_related **append(struct dcfg_context *context,
				    struct dcfg_related **end, struct dcfg_node *node,
				    enum deploycfg_relation relation)
{
	struct dcfg_related *related =
		dcfg_arena_alloc(&context->arena, sizeof(*related));

	if (!related)
		return end;
	*related = (struct dcfg_related){NULL, node, relation, NULL};
	*end = related;
	return &related->next;
}

/* A buried value, and all that it had overridden, become the weakest part of a story. */
static void append_story(struct dcfg_context *context, struct dcfg_related **chain,
			 struct dcfg_node *node)
{
	struct dcfg_related **end = end_of(chain);

	if (node->type != DEPLOYCFG_NONE)
		end = append(context, end, node, DEPLOYCFG_SHADOWED);
	for (const struct dcfg_related *older = node->related; older; older = older->next)
		end = append(context, end, older->node, older->relation);
}

/* A story with what ended it, told first. */
static struct dcfg_related *remember(struct dcfg_context *context, struct dcfg_node *by,
				     struct dcfg_related *story)
{
	struct dcfg_related *end = dcfg_arena_alloc(&context->arena, sizeof(*end));

	if (!end)
		return story;
	*end = (struct dcfg_related){story, by, DEPLOYCFG_UNSET, NULL};
	return end;
}

static void add_past(struct burial *burial, struct dcfg_view path,
		     struct dcfg_related *story)
{
	struct dcfg_history *history = burial->history;
	struct dcfg_past *list = dcfg_grow(history->list, history->count,
					   &history->capacity, sizeof(*list));
	struct dcfg_view copy = dcfg_arena_copy(&burial->context->arena, path);

	if (!list)
		burial->context->arena.failed = true;
	if (list)
		history->list = list;
	if (list && copy.ptr)
		list[history->count++] = (struct dcfg_past){copy, story};
}

/* Steps into a child of the value that is being taken apart; false where its path is too long. */
static bool descend(struct burial *burial, const struct dcfg_node *child, size_t index)
{
	size_t len = child->name
			     ? dcfg_key_append(burial->path, sizeof(burial->path),
					       burial->len, child->name->text)
			     : dcfg_key_append_index(burial->path, sizeof(burial->path),
						     burial->len, index);

	if (!dcfg_within(burial->context, DEPLOYCFG_LIMIT_PATH, len, child->origin, NULL))
		return false;
	burial->len = len;
	return true;
}

static void bury_story(struct burial *burial, const struct dcfg_node *now,
		       struct dcfg_node *by, struct dcfg_related *story);

/* A child whose key has no node: it and all below it are of the past alone, since `by`. */
static void bury_child(struct burial *burial, struct dcfg_node *child,
		       struct dcfg_node *by)
{
	struct dcfg_related *story = NULL;

	append_story(burial->context, &story, child);
	if (!story)
		return;
	bury_story(burial, NULL, by, story);
	story = remember(burial->context, by, story);
	add_past(burial, dcfg_view(burial->path, burial->len), story);
}

/* A child whose key has a node becomes part of its story. by: what removed all that was in it. */
static void extend_story(struct burial *burial, struct dcfg_node *now,
			 struct dcfg_node *by, struct dcfg_node *child)
{
	bool by_now = by == now->parent && by->origin.source == now->origin.source;

	if (!by_now && dcfg_first(child))
		append(burial->context, end_of(&now->related), by, DEPLOYCFG_UNSET);
	append_story(burial->context, &now->related, child);
	if (has_buried(now))
		dcfg_mark_past(now);
}

/* Takes a list or map apart that `by` removed; `now` is the node of its key, or NULL where there
 * is none. */
static void bury(struct burial *burial, const struct dcfg_node *now, struct dcfg_node *by,
		 const struct dcfg_node *dead)
{
	bool lists = now && now->type == DEPLOYCFG_LIST && dead->type == DEPLOYCFG_LIST;
	bool maps = now && now->type == DEPLOYCFG_MAP && dead->type == DEPLOYCFG_MAP;
	struct dcfg_node *item = lists ? dcfg_first(now) : NULL;
	size_t len = burial->len, index = 0;

	for (struct dcfg_node *child = dcfg_first(dead); child;
	     child = dcfg_next(child)) {
		struct dcfg_node *same =
			maps ? dcfg_map_find(burial->context, now, child->name) : item;

		if (same)
			extend_story(burial, same, by, child);
		else if (descend(burial, child, index))
			bury_child(burial, child, by);
		burial->len = len;
		item = item ? dcfg_next(item) : NULL;
		index++;
	}
}

/* Takes apart all lists and maps of a story, whose newest part gave way to `by`. */
static void bury_story(struct burial *burial, const struct dcfg_node *now,
		       struct dcfg_node *by, struct dcfg_related *story)
{
	for (; story; story = story->next) {
		if (is_buried(story))
			bury(burial, now, by, story->node);
		if (story->relation == DEPLOYCFG_SHADOWED ||
		    story->relation == DEPLOYCFG_UNSET)
			by = story->node;
	}
}

/* The path of the node that the walk is at; false where it is too long. */
static bool start(struct burial *burial)
{
	burial->len = 0;
	for (size_t i = 0; i < burial->steps; i++)
		if (!descend(burial, burial->way[i].node, burial->way[i].index))
			return false;
	return true;
}

static void settle_node(struct burial *burial, struct dcfg_node *node)
{
	bool removed = node->type == DEPLOYCFG_NONE;

	if ((!removed && !has_buried(node)) || !start(burial))
		return;
	bury_story(burial, removed ? NULL : node, node, node->related);
	if (removed)
		add_past(burial, dcfg_view(burial->path, burial->len), node->related);
}

static int by_path(const void *a, const void *b)
{
	return dcfg_path_compare(((const struct dcfg_past *)a)->path,
				 ((const struct dcfg_past *)b)->path);
}

/* Merge sort: equal paths keep their order, strongest first. */
static void sort(struct dcfg_past *list, struct dcfg_past *space, size_t count)
{
	size_t half = count / 2, left = 0, right = half;

	if (count < 2)
		return;
	sort(list, space, half);
	sort(list + half, space, count - half);
	for (size_t i = 0; i < count; i++) {
		bool from_left = right == count ||
				 (left < half && by_path(&list[left], &list[right]) <= 0);

		space[i] = from_left ? list[left++] : list[right++];
	}
	memcpy(list, space, count * sizeof(*list));
}

static bool is_skipped(const struct dcfg_past *past)
{
	return past->related->relation == DEPLOYCFG_SKIPPED;
}

static int layer_of(const struct dcfg_context *context, const struct dcfg_node *node)
{
	uint32_t source = node->origin.source;

	return source < context->sources.count ? context->sources.list[source].layer : 0;
}

/* What carries variables is added to the sources in the order of its strength. */
static bool is_stronger(const struct dcfg_context *context, const struct dcfg_node *node,
			const struct dcfg_node *skipped)
{
	int left = layer_of(context, node), right = layer_of(context, skipped);

	return left != right ? left > right
			     : node->origin.source > skipped->origin.source;
}

/* Tells what was skipped behind what stronger sources did. */
static void insert(const struct dcfg_context *context, struct dcfg_related **story,
		   struct dcfg_related *skipped)
{
	while (*story && is_stronger(context, (*story)->node, skipped->node))
		story = &(*story)->next;
	skipped->next = *story;
	*story = skipped;
}

/* Several stories of one path become one, and what was skipped where there is a value part of the
 * value's. */
static void unite(const struct dcfg_context *context, struct dcfg_node *effective,
		  struct dcfg_history *history)
{
	struct dcfg_past *list = history->list;
	struct dcfg_trail trail = {0};
	size_t kept = 0;

	for (size_t i = 0; i < history->count; i++) {
		struct dcfg_related **story = NULL;
		struct dcfg_node *now;

		if (kept && dcfg_view_equal(list[kept - 1].path, list[i].path))
			story = &list[kept - 1].related;
		else if (is_skipped(&list[i]) &&
			 (now = dcfg_node_at(context, effective, list[i].path, &trail)))
			story = &now->related;
		if (!story)
			list[kept++] = list[i];
		else if (is_skipped(&list[i]))
			insert(context, story, list[i].related);
		else
			*end_of(story) = list[i].related;
	}
	history->count = kept;
}

void dcfg_note_skipped(struct dcfg_context *context, struct dcfg_view path,
		       struct dcfg_node *node)
{
	struct dcfg_skipped *skipped =
		dcfg_arena_alloc(&context->arena, sizeof(*skipped));

	if (!skipped)
		return;
	*skipped = (struct dcfg_skipped){skipped, path, node};
	if (context->skipped) {
		skipped->next = context->skipped->next;
		context->skipped->next = skipped;
	}
	context->skipped = skipped;
}

/* Everything that was skipped is of the past alone, as far as is known yet. */
static void add_skipped(struct burial *burial)
{
	struct dcfg_skipped *last = burial->context->skipped, *skipped = last;

	if (!last)
		return;
	do {
		struct dcfg_related *story = NULL;

		skipped = skipped->next;
		append(burial->context, &story, skipped->node, DEPLOYCFG_SKIPPED);
		if (story)
			add_past(burial, skipped->path, story);
	} while (skipped != last);
}

/* Pre-order of what has a past, as dcfg_walk(), with the way there: list items know their number only so. */
static struct dcfg_node *next_on_way(struct burial *burial, const struct dcfg_node *node)
{
	struct dcfg_node *next = node->flags & DCFG_PAST ? dcfg_first(node) : NULL;
	struct step *last;

	if (next &&
	    burial->steps < DCFG_COUNT(burial->way)) { /* deeper is refused later */
		burial->way[burial->steps++] = (struct step){next, 0};
		return next;
	}
	for (; burial->steps; burial->steps--) {
		last = &burial->way[burial->steps - 1];
		next = dcfg_next(last->node);
		if (next) {
			*last = (struct step){next, last->index + 1};
			return next;
		}
	}
	return NULL;
}

void dcfg_settle(struct dcfg_context *context, struct dcfg_node *effective,
		 struct dcfg_history *history)
{
	struct burial burial = {.context = context, .history = history};
	struct dcfg_past *space;

	for (struct dcfg_node *node = effective; node; node = next_on_way(&burial, node))
		if (node->related)
			settle_node(&burial, node);
	add_skipped(&burial);
	space = dcfg_arena_alloc(&context->arena, history->count * sizeof(*space));
	if (!space)
		return;
	sort(history->list, space, history->count);
	unite(context, effective, history);
}
