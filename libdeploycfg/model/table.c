/* SPDX-License-Identifier: ISC */
/*
 * Children of a map by name. Most questions are answered without a search: a name that was
 * last put anywhere before the map was made is not in it, and most names are in one map
 * alone. Else a walk along the few, a hash table for the many.
 */
#include "model/layer.h"

/* With more children than this a map that is searched gets a table. */
#define WALK_MAX 24

struct dcfg_table {
	size_t mask; /* slots - 1; slots are a power of two, at most half of them used */
	struct dcfg_node *slots[];
};

static struct dcfg_node **slot_of(struct dcfg_table *table, const struct dcfg_name *name)
{
	size_t at = (size_t)name->hash & table->mask;

	while (table->slots[at] && table->slots[at]->name != name)
		at = (at + 1) & table->mask;
	return &table->slots[at];
}

/* Without memory the map goes without: slow, and the load fails anyway. */
static void make_table(struct dcfg_arena *arena, struct dcfg_node *map)
{
	size_t slots = 64;
	struct dcfg_table *table;

	while (slots < 3 * (size_t)map->length)
		slots *= 2;
	map->table = NULL;
	table = dcfg_arena_zalloc(arena,
				  sizeof(*table) + slots * sizeof(struct dcfg_node *));
	if (!table)
		return;
	table->mask = slots - 1;
	dcfg_each (child, map)
		*slot_of(table, child->name) = child;
	map->table = table;
}

static struct dcfg_node *search(struct dcfg_arena *arena, struct dcfg_node *map,
				const struct dcfg_node *from,
				const struct dcfg_name *name)
{
	if (!map->table && map->length > WALK_MAX)
		make_table(arena, map);
	if (map->table)
		return *slot_of(map->table, name);
	for (uint32_t i = 0; i < map->length; i++) {
		from = from->next;
		if (from->name == name)
			return (struct dcfg_node *)from;
	}
	return NULL;
}

struct dcfg_node *
dcfg_map_find_after(const struct dcfg_context *context, const struct dcfg_node *map,
		    const struct dcfg_node *child, const struct dcfg_name *name)
{
	struct dcfg_node *first = name->first;

	if (name->used < map->born)
		return NULL;
	if (first && first->parent == map)
		return first;
	/* A table is no part of what a map is. */
	return search(context->names.arena, (struct dcfg_node *)map,
		      child ? child : map->last, name);
}

struct dcfg_node *dcfg_map_find(const struct dcfg_context *context,
				const struct dcfg_node *map, const struct dcfg_name *name)
{
	return dcfg_map_find_after(context, map, NULL, name);
}

struct dcfg_node *dcfg_map_put(struct dcfg_context *context, struct dcfg_node *map,
			       struct dcfg_node *child)
{
	struct dcfg_node *old = dcfg_map_find(context, map, child->name);
	struct dcfg_name *name = (struct dcfg_name *)child->name;

	if (old)
		return old;
	dcfg_list_put(map, child);
	name->used = dcfg_now(context);
	if (!name->first)
		name->first = child;
	if (!map->table)
		return NULL;
	if (2 * (size_t)map->length <= map->table->mask)
		*slot_of(map->table, name) = child;
	else
		make_table(&context->arena, map);
	return NULL;
}

void dcfg_map_rename(const struct dcfg_context *context, struct dcfg_node *child,
		     const struct dcfg_name *name)
{
	struct dcfg_name *old = (struct dcfg_name *)child->name;

	if (old->first == child)
		old->first = NULL;
	child->name = name;
	((struct dcfg_name *)name)->used = dcfg_now(context);
	child->parent->table = NULL;
}
