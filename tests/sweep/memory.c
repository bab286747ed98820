/* SPDX-License-Identifier: ISC */
/*
 * Linked with --wrap, so that the library, the command, libyaml and inih, all static here, call
 * these. One mechanism for all, and none of it in what is shipped; it works under sanitizers.
 */
#include "memory.h"

#include <string.h>
#include <sys/mman.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__real_mmap(void *at, size_t size, int rights, int flags, int file, off_t offset);
int __real_munmap(void *block, size_t size);

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
char *__wrap_strdup(const char *text);
void __wrap_free(void *block);
void *__wrap_mmap(void *at, size_t size, int rights, int flags, int file, off_t offset);
int __wrap_munmap(void *block, size_t size);

static size_t count, fail_at;
static bool fail_onwards;
static long alive;

void memory_fail(size_t nth, bool onwards)
{
	count = 0;
	fail_at = nth;
	fail_onwards = onwards;
}

size_t memory_count(void)
{
	return count;
}

long memory_alive(void)
{
	return alive;
}

static bool fails(void)
{
	count++;
	return fail_at && (count == fail_at || (fail_onwards && count > fail_at));
}

static void *born(void *block)
{
	alive += block != NULL;
	return block;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : born(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
	return fails() ? NULL : born(__real_calloc(number, size));
}

void *__wrap_realloc(void *block, size_t size)
{
	void *moved = fails() ? NULL : __real_realloc(block, size);

	return block ? moved : born(moved);
}

char *__wrap_strdup(const char *text)
{
	char *copy = __wrap_malloc(strlen(text) + 1);

	return copy ? strcpy(copy, text) : NULL;
}

void __wrap_free(void *block)
{
	alive -= block != NULL;
	__real_free(block);
}

/* Secrets have mappings of their own. */
void *__wrap_mmap(void *at, size_t size, int rights, int flags, int file, off_t offset)
{
	void *block;

	if (fails())
		return MAP_FAILED;
	block = __real_mmap(at, size, rights, flags, file, offset);
	alive += block != MAP_FAILED;
	return block;
}

int __wrap_munmap(void *block, size_t size)
{
	alive--;
	return __real_munmap(block, size);
}
