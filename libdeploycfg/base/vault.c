/* SPDX-License-Identifier: ISC */
/* Mappings for secrets. Knows the system's calls for them, and nothing of what is secret. What
 * the system refuses besides the mapping itself is done without: no load fails for it. */
#include "base/vault.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

/* Whole pages; 0 where there is no such number. */
static size_t whole_pages(size_t size)
{
	long asked = sysconf(_SC_PAGESIZE);
	size_t page = asked > 0 ? (size_t)asked : 4096;

	if (!size)
		size = 1;
	return size <= (size_t)PTRDIFF_MAX - page ? (size + page - 1) / page * page : 0;
}

static void hide(void *memory, size_t size)
{
#if defined(MADV_DONTDUMP)
	(void)madvise(memory, size, MADV_DONTDUMP);
#elif defined(MADV_NOCORE)
	(void)madvise(memory, size, MADV_NOCORE);
#endif
	(void)mlock(memory, size);
}

void *dcfg_vault_map(size_t size)
{
	size_t mapped = whole_pages(size);
	void *memory = MAP_FAILED;

	if (mapped)
		memory = mmap(NULL, mapped, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	hide(memory, mapped);
	return memory;
}

void *dcfg_vault_unmap(void *memory, size_t size)
{
	size_t mapped = whole_pages(size);

	if (!memory)
		return NULL;
	if (mprotect(memory, mapped, PROT_READ | PROT_WRITE) == 0)
		dcfg_wipe(memory, size);
	(void)munmap(memory, mapped);
	return NULL;
}

void dcfg_vault_seal(void *memory, size_t size)
{
	(void)mprotect(memory, whole_pages(size), PROT_READ);
}

void dcfg_vault_init(struct dcfg_arena *arena)
{
	dcfg_arena_init(arena);
	arena->is_vault = true;
}

/* The pointer may change behind the compiler's back, so it cannot tell what is called. */
static void *(*const volatile overwrite)(void *, int, size_t) = memset;

void dcfg_wipe(void *memory, size_t size)
{
	if (size)
		overwrite(memory, 0, size);
}
