/* SPDX-License-Identifier: ISC */
/* The one allocator: malloc() by other names, so that everything passes one door. Knows
 * nothing of what it is asked for. */
#include "base/mem.h"

#include <stdint.h>
#include <sys/mman.h>

#include "base/attr.h"

#define GROW_FROM 8

/* No object is larger. */
#define SIZE_LIMIT ((size_t)PTRDIFF_MAX)

/* Pages of this size cost one fault instead of 512: large blocks ask for them. */
#define HUGE_PAGE ((size_t)2 << 20)
#define HUGE_FROM (2 * HUGE_PAGE)

static void advise(void *block, size_t size)
{
#ifdef MADV_HUGEPAGE
	size_t skipped = -(uintptr_t)block % HUGE_PAGE;

	(void)madvise((char *)block + skipped, (size - skipped) / HUGE_PAGE * HUGE_PAGE,
		      MADV_HUGEPAGE);
#else
	(void)block;
	(void)size;
#endif
}

/* An empty block still has an address. */
void *dcfg_alloc(size_t size)
{
	void *block = size <= SIZE_LIMIT ? malloc(size ? size : 1) : NULL;

	if (block && dcfg_unlikely(size >= HUGE_FROM))
		advise(block, size);
	return block;
}

void *dcfg_resize(void *block, size_t size)
{
	return size <= SIZE_LIMIT ? realloc(block, size ? size : 1) : NULL;
}

void *dcfg_free(void *block)
{
	free(block);
	return NULL;
}

char *dcfg_copy(const char *ptr, size_t len)
{
	char *copy = len < SIZE_MAX ? dcfg_alloc(len + 1) : NULL;

	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, ptr, len);
	copy[len] = '\0';
	return copy;
}

void *dcfg_grow(void *array, size_t count, size_t *capacity, size_t size)
{
	size_t wanted = *capacity ? *capacity : GROW_FROM;
	void *moved;

	if (array && count < *capacity)
		return array;
	while (wanted <= count && wanted <= SIZE_MAX / 2)
		wanted *= 2;
	if (wanted <= count || wanted > SIZE_MAX / size)
		return NULL;
	moved = dcfg_resize(array, wanted * size);
	if (moved)
		*capacity = wanted;
	return moved;
}
