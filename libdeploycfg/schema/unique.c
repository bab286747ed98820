/* SPDX-License-Identifier: ISC */
/* Lists as sets: items that a weaker list has, or the list itself before them, are taken out. What
 * a list has is kept from layer to layer, so that each item is looked at once. Knows values, and
 * no rules. */
#include "base/hash.h"
#include "schema/rule.h"

struct slot {
	const struct dcfg_node *item;
	uint64_t hash;
};

struct dcfg_united {
	struct slot *slots;
	size_t count, capacity; /* capacity: a power of two, or 0 */
	/* The weaker list's items up to here are in it. */
	const struct dcfg_node *last;
	uint32_t seen;
};

#define SLOTS_MIN 16

/* What can be written in several ways is compared by what it is. */
static bool has_units(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_DURATION || node->type == DEPLOYCFG_SIZE;
}

/* Maps are equal in any order of their keys. */
static uint64_t hash_of(const struct dcfg_node *node, uint64_t seed)
{
	uint64_t hash = seed + node->type;

	if (node->name)
		hash ^= node->name->hash;
	if (has_units(node))
		return dcfg_hash(&node->scalar.integer, sizeof(node->scalar.integer),
				 hash);
	if (!dcfg_has_children(node))
		return dcfg_hash(node->text, node->length, hash);
	dcfg_each (child, node) {
		uint64_t below = hash_of(child, seed);

		hash = node->type == DEPLOYCFG_MAP
			       ? hash + below
			       : dcfg_hash(&below, sizeof(below), hash);
	}
	return dcfg_hash(&hash, sizeof(hash), seed);
}

bool dcfg_node_equal(const struct dcfg_context *context, const struct dcfg_node *a,
		     const struct dcfg_node *b)
{
	const struct dcfg_node *other = dcfg_first(b);

	if (a->type != b->type)
		return false;
	if (has_units(a))
		return a->scalar.integer == b->scalar.integer;
	if (a->length != b->length)
		return false;
	if (!dcfg_has_children(a))
		return dcfg_view_equal(dcfg_text(a), dcfg_text(b));
	dcfg_each (child, a) {
		if (a->type == DEPLOYCFG_MAP)
			other = dcfg_map_find(context, b, child->name);
		if (!other || !dcfg_node_equal(context, child, other))
			return false;
		other = a->type == DEPLOYCFG_LIST ? dcfg_next(other) : NULL;
	}
	return true;
}

static struct slot *free_slot(const struct dcfg_united *set, uint64_t hash)
{
	size_t mask = set->capacity - 1, at = (size_t)hash & mask;

	while (set->slots[at].item)
		at = (at + 1) & mask;
	return &set->slots[at];
}

/* Makes room for one more; false without memory. */
static bool make_room(struct dcfg_context *context, struct dcfg_united *set)
{
	struct dcfg_united larger = *set;

	if (set->count < set->capacity / 2)
		return true;
	larger.capacity = set->capacity ? set->capacity * 2 : SLOTS_MIN;
	larger.slots = dcfg_arena_zalloc(&context->arena,
					 larger.capacity * sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < set->capacity; i++)
		if (set->slots[i].item)
			*free_slot(&larger, set->slots[i].hash) = set->slots[i];
	*set = larger;
	return true;
}

/* Adds an item; false where an equal one is in the set. */
static bool add(struct dcfg_context *context, struct dcfg_united *set,
		const struct dcfg_node *item)
{
	uint64_t hash = hash_of(item, context->names.seed);
	size_t mask;

	if (!make_room(context, set))
		return true;
	mask = set->capacity - 1;
	for (size_t at = (size_t)hash & mask; set->slots[at].item; at = (at + 1) & mask)
		if (set->slots[at].hash == hash &&
		    dcfg_node_equal(context, set->slots[at].item, item))
			return false;
	*free_slot(set, hash) = (struct slot){item, hash};
	set->count++;
	return true;
}

/* Whether items joined a list behind those that the set has, and nothing else became of it. */
static bool only_grew(const struct dcfg_united *set, const struct dcfg_node *list)
{
	uint32_t length = set->seen;

	if (!set->last || set->last->parent != list)
		return false;
	for (const struct dcfg_node *item = set->last; (item = dcfg_next(item));)
		length++;
	return length == list->length;
}

/* What the weaker list has; list: NULL for none. */
static void follow(struct dcfg_context *context, struct dcfg_united *set,
		   const struct dcfg_node *list)
{
	const struct dcfg_node *item = list ? dcfg_first(list) : NULL;

	if (list && only_grew(set, list)) {
		item = dcfg_next(set->last);
	} else {
		set->count = 0;
		if (set->capacity)
			memset(set->slots, 0, set->capacity * sizeof(*set->slots));
	}
	for (; item; item = dcfg_next(item))
		add(context, set, item);
	set->last = list ? list->last : NULL;
	set->seen = list ? list->length : 0;
}

static void take_known(struct dcfg_context *context, struct dcfg_united *set,
		       struct dcfg_node *list)
{
	struct dcfg_node *before = list->last, *item = dcfg_first(list);

	for (uint32_t left = list->length; left; left--) {
		struct dcfg_node *next = item->next;

		if (add(context, set, item))
			before = item;
		else
			dcfg_node_remove(before, item);
		item = next;
	}
}

void dcfg_list_distinct(struct dcfg_context *context, struct dcfg_node *list)
{
	struct dcfg_united set = {.count = 0};

	take_known(context, &set, list);
}

/* The note of a list, kept by its path. */
static struct dcfg_name *note_of(struct dcfg_judging *judging)
{
	char buffer[DCFG_PATH_MAX];
	struct dcfg_intern *united = &judging->schema->united;

	if (!united->arena)
		dcfg_intern_init(united, &judging->context->arena);
	return (struct dcfg_name *)dcfg_intern(united, dcfg_judged_path(judging, buffer));
}

void dcfg_list_unite(struct dcfg_judging *judging, struct dcfg_node *list)
{
	struct dcfg_context *context = judging->context;
	const struct dcfg_node *weaker = dcfg_judged_weaker(judging);
	struct dcfg_name *note = note_of(judging);
	struct dcfg_united *set;

	if (!note)
		return;
	if (!note->first)
		note->first = dcfg_arena_zalloc(&context->arena, sizeof(*set));
	set = note->first;
	if (!set)
		return;
	follow(context, set, weaker && weaker->type == DEPLOYCFG_LIST ? weaker : NULL);
	take_known(context, set, list);
}

void dcfg_list_forget(struct dcfg_judging *judging)
{
	struct dcfg_name *note = judging->schema->united.count ? note_of(judging) : NULL;

	if (note)
		note->first = NULL;
}
