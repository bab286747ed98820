/* SPDX-License-Identifier: ISC */
/* Children of a map by name: a walk along the few, a hash table for the many. */
#include "model/layer.h"

/* From this many children on a map has a table. */
#define TABLE_FROM 12

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

struct dcfg_node *dcfg_map_find(const struct dcfg_node *map, const struct dcfg_name *name)
{
	if (map->table)
		return *slot_of(map->table, name);
	dcfg_each (child, map)
		if (child->name == name)
			return child;
	return NULL;
}

/* Without memory the map goes without: slow, and the load fails anyway. */
static void make_table(struct dcfg_context *context, struct dcfg_node *map)
{
	size_t slots = 64;
	struct dcfg_table *table;

	while (slots < 4 * (size_t)map->length)
		slots *= 2;
	map->table = NULL;
	table = dcfg_arena_zalloc(&context->arena,
				  sizeof(*table) + slots * sizeof(struct dcfg_node *));
	if (!table)
		return;
	table->mask = slots - 1;
	dcfg_each (child, map)
		*slot_of(table, child->name) = child;
	map->table = table;
}

struct dcfg_node *dcfg_map_put(struct dcfg_context *context, struct dcfg_node *map,
			       struct dcfg_node *child)
{
	struct dcfg_node *old = dcfg_map_find(map, child->name);

	if (old)
		return old;
	dcfg_list_put(map, child);
	if (map->table && 2 * (size_t)map->length <= map->table->mask)
		*slot_of(map->table, child->name) = child;
	else if (map->length > TABLE_FROM)
		make_table(context, map);
	return NULL;
}
