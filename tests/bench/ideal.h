/* SPDX-License-Identifier: ISC */
/*
 * The least that finding a key can cost: open addressing at half load, 16-byte slots, a hash
 * of the wyhash family, one memcmp(). No quoting, no checks, no values.
 */
#ifndef DCFG_BENCH_IDEAL_H
#define DCFG_BENCH_IDEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ideal_slot {
	const char *key; /* NULL where free */
	uint32_t length;
	uint32_t tag; /* upper half of the hash */
};

struct ideal_table {
	struct ideal_slot *slots;
	uint64_t mask;
	char *pool; /* the keys */
};

/* Copies the keys. */
bool ideal_make(struct ideal_table *table, char *const *keys, size_t count);

/* path: NUL-terminated. NULL where there is none. */
const struct ideal_slot *ideal_find(const struct ideal_table *table, const char *path);

#endif
