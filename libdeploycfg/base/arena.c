/* SPDX-License-Identifier: ISC */
/* Blocks of memory that are handed out from front to back and freed all at once. Knows
 * nothing of what lies in them. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/vault.h"

#ifndef BLOCK_MIN /* tests/sweep has its own */
#define BLOCK_MIN ((size_t)16 << 10)
/* Up to here a block that is freed tells glibc what to keep for the next load. */
#define BLOCK_MAX ((size_t)32 << 20)
#endif
/* Vaults are locked in memory, of which there is little. */
#define VAULT_BLOCK_MAX ((size_t)256 << 10)

/* The first block of the list is the one that is being handed out. */
struct dcfg_arena_block {
	struct dcfg_arena_block *next;
	size_t size; /* of what follows */
};

_Static_assert(sizeof(struct dcfg_arena_block) % 8 == 0, "blocks begin aligned");

/* An arena without blocks has no room, yet its pointers are no NULL to do sums with. */
static _Alignas(8) char no_room[1];

void dcfg_arena_init(struct dcfg_arena *arena)
{
	*arena = (struct dcfg_arena){.next = no_room, .end = no_room};
}

static struct dcfg_arena_block *block_new(const struct dcfg_arena *arena, size_t size)
{
	struct dcfg_arena_block *block = NULL;

	if (size <= SIZE_MAX - sizeof(*block))
		block = arena->is_vault ? dcfg_vault_map(sizeof(*block) + size)
					: dcfg_alloc(sizeof(*block) + size);
	if (block)
		block->size = size;
	return block;
}

static void block_free(const struct dcfg_arena *arena, struct dcfg_arena_block *block)
{
	if (arena->is_vault)
		dcfg_vault_unmap(block, sizeof(*block) + block->size);
	else
		dcfg_free(block);
}

void dcfg_arena_fini(struct dcfg_arena *arena)
{
	bool is_vault = arena->is_vault;

	while (arena->blocks) {
		struct dcfg_arena_block *block = arena->blocks;

		arena->blocks = block->next;
		block_free(arena, block);
	}
	dcfg_arena_init(arena);
	arena->is_vault = is_vault;
}

/* What the first block has left was never handed out. */
void dcfg_arena_wipe(struct dcfg_arena *arena)
{
	for (struct dcfg_arena_block *block = arena->blocks; block; block = block->next) {
		size_t spare =
			block == arena->blocks ? (size_t)(arena->end - arena->next) : 0;

		dcfg_wipe(block + 1, block->size - spare);
	}
}

/* Makes a block the one that is handed out. */
static void put_first(struct dcfg_arena *arena, struct dcfg_arena_block *block)
{
	block->next = arena->blocks;
	arena->blocks = block;
	arena->next = (char *)(block + 1);
	arena->end = arena->next + block->size;
}

static size_t next_block_size(const struct dcfg_arena *arena)
{
	size_t size = arena->blocks ? arena->blocks->size * 2 : BLOCK_MIN;
	size_t most = arena->is_vault ? VAULT_BLOCK_MAX : BLOCK_MAX;

	return size < BLOCK_MIN ? BLOCK_MIN : size > most ? most : size;
}

void dcfg_arena_reserve(struct dcfg_arena *arena, size_t size)
{
	size_t block_size = next_block_size(arena);
	struct dcfg_arena_block *block;

	if (size <= (size_t)(arena->end - arena->next))
		return;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	block = block_new(arena,
			  size > block_size ? (size + 7) & ~(size_t)7 : block_size);
	if (block)
		put_first(arena, block);
}

/* What is large gets a block of its own, behind the first, whose room is not lost. */
static void *alloc_large(struct dcfg_arena *arena, size_t size)
{
	struct dcfg_arena_block *block = block_new(arena, size);

	if (!block)
		return NULL;
	if (!arena->blocks) {
		put_first(arena, block);
		arena->next = arena->end;
	} else {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	}
	return block + 1;
}

static void *alloc_in_new_block(struct dcfg_arena *arena, size_t size, size_t block_size)
{
	struct dcfg_arena_block *block = block_new(arena, block_size);

	if (!block)
		return NULL;
	put_first(arena, block);
	arena->next += size;
	return block + 1;
}

void *dcfg_arena_alloc_slow(struct dcfg_arena *arena, size_t size)
{
	size_t rounded = (size + 7) & ~(size_t)7;
	size_t block_size = next_block_size(arena);
	void *memory = NULL;

	if (rounded >= size && rounded > block_size / 4)
		memory = alloc_large(arena, rounded);
	else if (rounded >= size)
		memory = alloc_in_new_block(arena, rounded, block_size);
	if (!memory)
		arena->failed = true;
	return memory;
}

struct dcfg_view dcfg_arena_copy(struct dcfg_arena *arena, struct dcfg_view text)
{
	char *copy = dcfg_arena_alloc(arena, text.len + 1);

	if (!copy)
		return dcfg_view(NULL, 0);
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return dcfg_view(copy, text.len);
}

static struct dcfg_view print(struct dcfg_arena *arena, const char *format,
			      va_list arguments) DCFG_PRINTF(2, 0);

static struct dcfg_view print(struct dcfg_arena *arena, const char *format,
			      va_list arguments)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0) {
		arena->failed = true;
		return dcfg_view(NULL, 0);
	}
	text = dcfg_arena_alloc(arena, (size_t)len + 1);
	if (!text)
		return dcfg_view(NULL, 0);
	(void)vsnprintf(text, (size_t)len + 1, format, arguments);
	return dcfg_view(text, (size_t)len);
}

struct dcfg_view dcfg_arena_printf(struct dcfg_arena *arena, const char *format, ...)
{
	struct dcfg_view text;
	va_list arguments;

	va_start(arguments, format);
	text = print(arena, format, arguments);
	va_end(arguments);
	return text;
}
