/* SPDX-License-Identifier: ISC */
/*
 * The hash index over full paths: open addressing without wrap-around. A slot holds the
 * record's number in its low bits and a piece of the hash in the rest; 0 is empty. The
 * root (record 0) is not in it. Where no seed keeps probes short there is no index, and
 * lookup is binary search in the sorted records.
 */
#ifndef DCFG_IMAGE_INDEX_H
#define DCFG_IMAGE_INDEX_H

#include <stdbool.h>

#include "image/format.h"

#define DCFG_SEEDS 8

/* Everything about an index that the number of records decides. */
struct dcfg_index_shape {
	uint32_t mask;  /* of the bits that hold a record's number */
	uint32_t homes; /* slots that a hash may lead to */
	uint32_t reach; /* no record is further than this from its home */
	uint32_t slots; /* homes and reach: the last one is always empty */
};

struct dcfg_index_shape dcfg_index_shape(uint32_t records);

static inline uint32_t dcfg_index_home(uint64_t hash, uint32_t homes)
{
	return (uint32_t)(((hash >> 32) * homes) >> 32);
}

/* Fills shape->slots slots and sets the seed; false where no seed will do. */
bool dcfg_index_build(const struct dcfg_index_shape *shape, struct le32 *slots,
		      const struct deploycfg_entry *records, uint32_t count,
		      uint32_t *seed);

/* Whether a record is found, by the slots up to the first empty one. */
bool dcfg_index_holds(const struct dcfg_index_shape *shape, const struct le32 *slots,
		      const struct deploycfg_entry *records, uint32_t number,
		      uint32_t seed);

#endif
