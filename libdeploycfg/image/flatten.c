/* SPDX-License-Identifier: ISC */
/*
 * Walks the effective tree in path order with a stack of its own: the children of each
 * map on the way down lie sorted in one array, one behind the other. Knows nothing of
 * bytes.
 */
#include "image/flatten.h"

#include "image/sort.h"
#include "model/key.h"

/* A list or map whose children are being laid out. */
struct level {
	size_t item;       /* its number */
	size_t begin, end; /* its children in the array */
	size_t next;
};

struct walk {
	struct dcfg_context *context;
	struct dcfg_flat *flat;
	struct dcfg_child *children;
	size_t room;
	struct level levels[DCFG_DEPTH_MAX];
	size_t depth;
	bool ok;
};

/* A larger array with the old one's content, in the arena. */
static void *enlarge(struct dcfg_arena *arena, void *array, size_t count, size_t *room,
		     size_t wanted, size_t size)
{
	void *larger;

	if (dcfg_likely(wanted <= *room))
		return array;
	while (*room < wanted)
		*room *= 2;
	larger = dcfg_arena_alloc(arena, *room * size);
	if (larger && count)
		memcpy(larger, array, count * size);
	return larger;
}

static void measure_string(struct dcfg_flat *flat, size_t length)
{
	flat->texts += length + 1;
	flat->strings++;
}

static void measure_related(struct dcfg_flat *flat, const struct dcfg_related *related)
{
	for (; related; related = related->next) {
		flat->related++;
		if (related->node->type < DEPLOYCFG_LIST)
			measure_string(flat, related->node->length);
	}
}

static void measure_segment(struct dcfg_item *item, const struct dcfg_item *parent,
			    uint32_t index)
{
	const struct dcfg_name *name = item->node->name;

	item->index = index;
	item->quoted = name && !dcfg_segment_is_plain(name->text);
	item->path_length = parent->path_length;
	if (!name)
		item->path_length = (uint32_t)dcfg_key_append_index(
			NULL, 0, parent->path_length, index);
	else if (item->quoted)
		item->path_length = (uint32_t)dcfg_key_append(
			NULL, 0, parent->path_length, name->text);
	else
		item->path_length += (uint32_t)name->text.len + (parent->path_length > 0);
}

/* Puts the children of a list or map on the stack. */
static bool push(struct walk *walk, size_t number)
{
	struct dcfg_item *item = &walk->flat->items[number];
	size_t begin = walk->depth ? walk->levels[walk->depth - 1].end : 0, end = begin;

	walk->children =
		enlarge(&walk->context->arena, walk->children, begin, &walk->room,
			begin + 2 * (size_t)item->node->length, sizeof(*walk->children));
	if (!walk->children)
		return false;
	dcfg_each (child, item->node)
		if (child->type != DEPLOYCFG_NONE)
			walk->children[end++].node = child;
	if (item->node->type == DEPLOYCFG_MAP)
		dcfg_sort(walk->children + begin, end - begin, walk->children + end);
	item->count = (uint32_t)(end - begin);
	if (begin < end)
		walk->levels[walk->depth++] = (struct level){number, begin, end, begin};
	return true;
}

/* A list or map is a level of its own, as where it is written. The first that is too deep
 * ends the walk: to tell of each would take the square of their number. */
static bool check_depth(struct dcfg_context *context, const struct dcfg_item *item)
{
	return dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, item->level + 1,
			   dcfg_key_origin(item->node), dcfg_path(context, item->node));
}

static bool is_container(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_LIST || node->type == DEPLOYCFG_MAP;
}

/* Makes the item of a node; false where the walk ends here, or without memory. */
static bool lay(struct walk *walk, const struct dcfg_node *node,
		const struct level *level)
{
	struct dcfg_flat *flat = walk->flat;
	struct dcfg_item *item;

	flat->items = enlarge(&walk->context->arena, flat->items, flat->count,
			      &flat->capacity, flat->count + 1, sizeof(*item));
	if (!flat->items)
		return false;
	item = &flat->items[flat->count++];
	*item = (struct dcfg_item){
		.node = node, .span = 1, .level = (uint16_t)walk->depth};
	if (level) {
		item->sibling = level->next < level->end;
		measure_segment(item, &flat->items[level->item],
				(uint32_t)(level->next - 1 - level->begin));
		if (!dcfg_within(walk->context, DEPLOYCFG_LIMIT_PATH, item->path_length,
				 dcfg_key_origin(node), NULL)) {
			walk->ok = false;
			return true;
		}
	}
	flat->paths += item->path_length + 1;
	if (item->quoted)
		measure_string(flat, node->name->text.len);
	if (node->type < DEPLOYCFG_LIST)
		measure_string(flat, node->length);
	measure_related(flat, node->related);
	return !is_container(node) ||
	       (check_depth(walk->context, item) && push(walk, flat->count - 1));
}

static void pop(struct walk *walk)
{
	struct dcfg_item *item = &walk->flat->items[walk->levels[--walk->depth].item];

	item->span = (uint32_t)(walk->flat->count - (size_t)(item - walk->flat->items));
}

static bool lay_all(struct walk *walk, const struct dcfg_node *root)
{
	if (!lay(walk, root, NULL))
		return false;
	while (walk->depth) {
		struct level *level = &walk->levels[walk->depth - 1];

		if (level->next == level->end)
			pop(walk);
		else if (!lay(walk, walk->children[level->next++].node, level))
			return false;
	}
	return walk->ok;
}

static size_t level_of(struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	size_t level = 0;

	while (dcfg_key_next(&key, &segment))
		level++;
	return level;
}

/* Whether a key without value is within the limits; what gave it one is told. */
static bool check_past(struct dcfg_context *context, const struct dcfg_past *past)
{
	const struct dcfg_related *related = past->related;
	struct dcfg_origin origin;

	while (related->next && related->relation == DEPLOYCFG_UNSET)
		related = related->next;
	origin = dcfg_key_origin(related->node);
	return dcfg_within(context, DEPLOYCFG_LIMIT_PATH, past->path.len, origin, NULL) &&
	       dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, level_of(past->path), origin,
			   past->path.ptr);
}

static bool measure_history(struct walk *walk, const struct dcfg_history *history)
{
	for (size_t i = 0; i < history->count; i++) {
		const struct dcfg_past *past = &history->list[i];

		if (!check_past(walk->context, past))
			walk->ok = false;
		walk->flat->paths += past->path.len + 1;
		/* Its name is no longer than it. */
		measure_string(walk->flat, past->path.len);
		measure_related(walk->flat, past->related);
	}
	return walk->ok;
}

bool dcfg_flatten(struct dcfg_context *context, const struct dcfg_effective *effective,
		  struct dcfg_flat *flat)
{
	size_t guess = (size_t)context->keys + 16;
	struct walk walk = {.context = context, .flat = flat, .ok = true, .room = guess};

	*flat = (struct dcfg_flat){.capacity = guess};
	flat->items = dcfg_arena_alloc(&context->arena, guess * sizeof(*flat->items));
	walk.children = dcfg_arena_alloc(&context->arena, guess * sizeof(*walk.children));
	if (!flat->items || !walk.children)
		return false;
	return lay_all(&walk, effective->root) &&
	       measure_history(&walk, effective->history);
}
