/* SPDX-License-Identifier: ISC */
/* The effective tree as a list in path order, with everything measured that an image
 * needs to know before its first byte is written. */
#ifndef DCFG_IMAGE_FLATTEN_H
#define DCFG_IMAGE_FLATTEN_H

#include "image/freeze.h"

/* One key that has a value: a record to be. */
struct dcfg_item {
	const struct dcfg_node *node;
	uint32_t path_length;
	uint32_t span;  /* items of the subtree, with itself */
	uint32_t count; /* children that have a value */
	uint32_t index; /* in a list */
	uint16_t level;
	bool quoted;  /* the last segment, in the path */
	bool sibling; /* another child of the same parent follows the subtree */
};

struct dcfg_flat {
	struct dcfg_item *items;
	size_t count, capacity;
	uint64_t related; /* records of values that lost, also of keys without value */
	uint64_t paths;   /* bytes, of keys with and without value, NULs included */
	uint64_t texts;   /* bytes of all texts and quoted names, NULs included */
	uint64_t strings; /* how many these are */
};

/* False where a path is too long or too deep, which is reported, or without memory. */
bool dcfg_flatten(struct dcfg_context *context, const struct dcfg_effective *effective,
		  struct dcfg_flat *flat);

#endif
