/* SPDX-License-Identifier: ISC */
/* Builds and proves the index of paths. Knows records, not how they came to be. */
#include "image/index.h"

#include "base/hash.h"
#include "image/read.h"

struct dcfg_index_shape dcfg_index_shape(uint32_t records)
{
	struct dcfg_index_shape shape;
	uint32_t bits = 1;

	while (bits < 32 && records >> bits)
		bits++;
	shape.mask = bits < 32 ? ((uint32_t)1 << bits) - 1 : UINT32_MAX;
	shape.homes = (uint32_t)((uint64_t)records * 3);
	shape.reach = 16 + 4 * bits;
	shape.slots = shape.homes + shape.reach;
	return shape;
}

static uint64_t hash_of(const struct deploycfg_entry *record, uint32_t seed)
{
	struct dcfg_view path = dcfg_record_path(record);

	return dcfg_hash(path.ptr, path.len, seed);
}

static bool try_seed(const struct dcfg_index_shape *shape, struct le32 *slots,
		     const struct deploycfg_entry *records, uint32_t count, uint32_t seed)
{
	memset(slots, 0, shape->slots * sizeof(*slots));
	for (uint32_t number = 1; number < count; number++) {
		uint64_t hash = hash_of(&records[number], seed);
		struct le32 *home = slots + dcfg_index_home(hash, shape->homes);
		struct le32 *slot = home, *end = home + shape->reach;

		while (slot < end && slot->raw)
			slot++;
		if (slot == end)
			return false;
		*slot = le32_of(((uint32_t)hash & ~shape->mask) | number);
	}
	return true;
}

bool dcfg_index_build(const struct dcfg_index_shape *shape, struct le32 *slots,
		      const struct deploycfg_entry *records, uint32_t count,
		      uint32_t *seed)
{
	for (*seed = 0; *seed < DCFG_SEEDS; ++*seed)
		if (try_seed(shape, slots, records, count, *seed))
			return true;
	*seed = 0;
	return false;
}

bool dcfg_index_holds(const struct dcfg_index_shape *shape, const struct le32 *slots,
		      const struct deploycfg_entry *records, uint32_t number,
		      uint32_t seed)
{
	uint64_t hash = hash_of(&records[number], seed);
	uint32_t wanted = ((uint32_t)hash & ~shape->mask) | number;
	const struct le32 *slot = slots + dcfg_index_home(hash, shape->homes);

	for (uint32_t step = 0; step < shape->reach && slot->raw; step++, slot++)
		if (le32_get(*slot) == wanted)
			return true;
	return false;
}
