/* SPDX-License-Identifier: ISC */
/*
 * The one allocator. Everything that the library allocates itself passes through these
 * three; the sweep under tests/ fails the malloc() below them.
 */
#ifndef DCFG_BASE_MEM_H
#define DCFG_BASE_MEM_H

#include <stddef.h>

/* Uninitialised memory, or NULL. */
void *dcfg_alloc(size_t size);

/* As realloc(); on NULL the old block is still there. */
void *dcfg_resize(void *block, size_t size);

/* Takes NULL, returns NULL. */
void *dcfg_free(void *block);

/* NUL-terminated copy of len bytes, or NULL. */
char *dcfg_copy(const char *ptr, size_t len);

/*
 * Makes room for one more element in a growing array: `array` holds count elements of
 * `size` bytes with room for *capacity. Returns the array, moved or not, or NULL with the
 * old one untouched.
 */
void *dcfg_grow(void *array, size_t count, size_t *capacity, size_t size);

#endif
