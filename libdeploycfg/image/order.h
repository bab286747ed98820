/* SPDX-License-Identifier: ISC */
/* Path order, made in the tree itself: it is not needed for anything else any more. */
#ifndef DCFG_IMAGE_ORDER_H
#define DCFG_IMAGE_ORDER_H

#include "model/layer.h"

struct dcfg_child {
	uint64_t prefix; /* of the name */
	struct dcfg_node *node;
};

/* Children that are being put in order. Begins as zeros; what is in it lives in the arena. */
struct dcfg_orderer {
	struct dcfg_child *children;
	size_t count, room;
	bool sorted; /* so far */
};

/* Makes room for all children of a list or map. False without memory. */
bool dcfg_order_begin(struct dcfg_orderer *orderer, struct dcfg_arena *arena,
		      const struct dcfg_node *parent);

/* Eight bytes as a number that compares as they do. */
static inline uint64_t dcfg_eight(const char *at)
{
	const unsigned char *bytes = (const unsigned char *)at;

	return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 |
	       (uint64_t)bytes[2] << 40 | (uint64_t)bytes[3] << 32 |
	       (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 |
	       (uint64_t)bytes[6] << 8 | bytes[7];
}

/* Adds the next child; items of a list stay as they come. */
static inline void dcfg_order_add(struct dcfg_orderer *orderer, struct dcfg_node *node)
{
	struct dcfg_child *child = &orderer->children[orderer->count];

	child->node = node;
	child->prefix = node->name ? dcfg_eight(node->name->text.ptr) : orderer->count;
	/* Of equal ones the names will tell. */
	orderer->sorted &= orderer->count == 0 || child[-1].prefix < child->prefix;
	orderer->count++;
}

/* Makes those that were added the parent's children, sorted: bytewise by name, a prefix before
 * what it begins. */
void dcfg_order_end(struct dcfg_orderer *orderer, struct dcfg_node *parent);

#endif
