/* SPDX-License-Identifier: ISC */
/*
 * The strings of an image: NUL-terminated, in the order of their first use, each once.
 * Long ones are not looked for: they are rarely equal, and a verifier would read them
 * again for each record that says it holds them.
 */
#ifndef DCFG_IMAGE_POOL_H
#define DCFG_IMAGE_POOL_H

#include <stdint.h>

#include "base/arena.h"

/* Bytes of the longest string that is stored only once. */
#define DCFG_SHARED_MAX 1024

struct dcfg_pool {
	char *bytes; /* the caller's, with room for everything that is added */
	size_t used;
	uint64_t *slots; /* upper half of the hash, and the offset; 0 is empty */
	size_t mask;
};

/* Begins with "" at offset 0. strings: how many will be added at most. False without
 * memory. */
bool dcfg_pool_init(struct dcfg_pool *pool, struct dcfg_arena *arena, size_t strings,
		    char *bytes);

/* The string that is equal to a text, added where there is none. */
const char *dcfg_pool_add(struct dcfg_pool *pool, struct dcfg_view text);

#endif
