/* SPDX-License-Identifier: ISC */
/* Pools strings. Knows nothing of records. */
#include "image/pool.h"

#include "base/hash.h"

/* Texts made to collide are stored again rather than looked for any longer. */
#define PROBES_MAX 256

bool dcfg_pool_init(struct dcfg_pool *pool, struct dcfg_arena *arena, size_t strings,
		    char *bytes)
{
	size_t slots = 64;

	while (slots < strings + strings / 2)
		slots *= 2;
	pool->slots = dcfg_arena_zalloc(arena, slots * sizeof(*pool->slots));
	pool->mask = slots - 1;
	pool->bytes = bytes;
	pool->bytes[0] = '\0';
	pool->used = 1;
	return pool->slots;
}

static char *put(struct dcfg_pool *pool, struct dcfg_view text)
{
	char *string = pool->bytes + pool->used;

	memcpy(string, text.ptr, text.len);
	string[text.len] = '\0';
	pool->used += text.len + 1;
	return string;
}

static bool is_at(const struct dcfg_pool *pool, size_t offset, struct dcfg_view text)
{
	const char *string = pool->bytes + offset;

	return pool->used - offset > text.len &&
	       memcmp(string, text.ptr, text.len) == 0 && string[text.len] == '\0';
}

const char *dcfg_pool_add(struct dcfg_pool *pool, struct dcfg_view text)
{
	uint64_t hash, upper;

	if (text.len == 0)
		return pool->bytes;
	if (text.len > DCFG_SHARED_MAX)
		return put(pool, text);
	hash = dcfg_hash(text.ptr, text.len, 0);
	upper = hash >> 32 << 32;
	for (size_t probe = 0; probe < PROBES_MAX; probe++) {
		uint64_t *slot = &pool->slots[(hash + probe) & pool->mask];

		if (!*slot) {
			*slot = upper | pool->used;
			return put(pool, text);
		}
		if ((*slot ^ upper) >> 32 == 0 && is_at(pool, (uint32_t)*slot, text))
			return pool->bytes + (uint32_t)*slot;
	}
	return put(pool, text);
}
