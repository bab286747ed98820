/* SPDX-License-Identifier: ISC */
/* Lists as sets: items that a weaker list has, or the list itself before them, are taken out.
 * Knows values, and no rules. */
#include "base/hash.h"
#include "base/mem.h"
#include "schema/rule.h"

struct set {
	const struct dcfg_node **slots;
	uint64_t *hashes;
	size_t mask;
	uint64_t seed;
};

/* Maps are equal in any order of their keys. */
static uint64_t hash_of(const struct set *set, const struct dcfg_node *node)
{
	uint64_t hash = set->seed + node->type;

	if (node->name)
		hash ^= node->name->hash;
	if (!dcfg_has_children(node))
		return dcfg_hash(node->text, node->length, hash);
	dcfg_each (child, node) {
		uint64_t below = hash_of(set, child);

		hash = node->type == DEPLOYCFG_MAP
			       ? hash + below
			       : dcfg_hash(&below, sizeof(below), hash);
	}
	return dcfg_hash(&hash, sizeof(hash), set->seed);
}

static bool equal(const struct dcfg_context *context, const struct dcfg_node *a,
		  const struct dcfg_node *b)
{
	const struct dcfg_node *other = dcfg_first(b);

	if (a->type != b->type || a->length != b->length)
		return false;
	if (!dcfg_has_children(a))
		return dcfg_view_equal(dcfg_text(a), dcfg_text(b));
	dcfg_each (child, a) {
		if (a->type == DEPLOYCFG_MAP)
			other = dcfg_map_find(context, b, child->name);
		if (!other || !equal(context, child, other))
			return false;
		other = a->type == DEPLOYCFG_LIST ? dcfg_next(other) : NULL;
	}
	return true;
}

/* Adds an item; false where an equal one is in the set. */
static bool add(const struct dcfg_context *context, struct set *set,
		const struct dcfg_node *item)
{
	uint64_t hash = hash_of(set, item);
	size_t at = (size_t)hash & set->mask;

	for (; set->slots[at]; at = (at + 1) & set->mask)
		if (set->hashes[at] == hash && equal(context, set->slots[at], item))
			return false;
	set->slots[at] = item;
	set->hashes[at] = hash;
	return true;
}

static void add_all(const struct dcfg_context *context, struct set *set,
		    const struct dcfg_node *weaker)
{
	dcfg_each (item, weaker)
		add(context, set, item);
}

static bool set_open(struct set *set, const struct dcfg_context *context, size_t items)
{
	size_t slots = 16;

	while (slots < 2 * items)
		slots *= 2;
	*set = (struct set){.mask = slots - 1, .seed = context->names.seed};
	set->slots = dcfg_alloc(slots * sizeof(struct dcfg_node *));
	set->hashes = dcfg_alloc(slots * sizeof(*set->hashes));
	if (!set->slots || !set->hashes)
		return false;
	memset(set->slots, 0, slots * sizeof(struct dcfg_node *));
	return true;
}

static void take_known(const struct dcfg_context *context, struct set *set,
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

void dcfg_list_unite(struct dcfg_context *context, const struct dcfg_node *weaker,
		     struct dcfg_node *list)
{
	size_t items = list->length;
	struct set set;

	if (weaker && weaker->type == DEPLOYCFG_LIST)
		items += weaker->length;
	else
		weaker = NULL;
	if (set_open(&set, context, items)) {
		if (weaker)
			add_all(context, &set, weaker);
		take_known(context, &set, list);
	} else {
		context->arena.failed = true;
	}
	dcfg_free(set.hashes);
	dcfg_free(set.slots);
}
