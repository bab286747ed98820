/* SPDX-License-Identifier: ISC */
/*
 * Memory that lives as long as one load. A failed allocation is remembered in `failed`,
 * so that callers may return early without saying why: load() looks at the end.
 */
#ifndef DCFG_BASE_ARENA_H
#define DCFG_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

struct dcfg_arena_block;

struct dcfg_arena {
	struct dcfg_arena_block *blocks;
	char *next, *end;
	bool failed;
	bool is_vault; /* its blocks are of base/vault.h */
};

void dcfg_arena_init(struct dcfg_arena *arena);
void dcfg_arena_fini(struct dcfg_arena *arena);

/* Overwrites all that lies in it, before the end: nothing in it may be read any more. Vaults
 * need none. */
void dcfg_arena_wipe(struct dcfg_arena *arena);

/* Asks for room of so many bytes in one block: a hint that saves later blocks. */
void dcfg_arena_reserve(struct dcfg_arena *arena, size_t size);

void *dcfg_arena_alloc_slow(struct dcfg_arena *arena, size_t size);

/* Uninitialised, aligned to 8 bytes, or NULL. */
static inline void *dcfg_arena_alloc(struct dcfg_arena *arena, size_t size)
{
	size_t rounded = (size + 7) & ~(size_t)7;
	void *block = arena->next;

	if (dcfg_unlikely(rounded < size || rounded > (size_t)(arena->end - arena->next)))
		return dcfg_arena_alloc_slow(arena, size);
	arena->next += rounded;
	return block;
}

/* Zeroed, or NULL. */
static inline void *dcfg_arena_zalloc(struct dcfg_arena *arena, size_t size)
{
	void *block = dcfg_arena_alloc(arena, size);

	return block ? memset(block, 0, size) : NULL;
}

/* NUL-terminated copy; ptr is NULL without memory. */
struct dcfg_view dcfg_arena_copy(struct dcfg_arena *arena, struct dcfg_view text);

/* Formatted, NUL-terminated text; ptr is NULL without memory. */
struct dcfg_view dcfg_arena_printf(struct dcfg_arena *arena, const char *format, ...)
	DCFG_PRINTF(2, 3);

#endif
