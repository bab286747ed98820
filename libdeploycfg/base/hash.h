/* SPDX-License-Identifier: ISC */
/* The one hash: XXH3, compiled in from its header, for tables, index and checksums. */
#ifndef DCFG_BASE_HASH_H
#define DCFG_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t dcfg_hash(const void *bytes, size_t len, uint64_t seed)
{
	return XXH3_64bits_withSeed(bytes, len, seed);
}

#endif
