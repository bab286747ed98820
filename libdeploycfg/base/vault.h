/* SPDX-License-Identifier: ISC */
/*
 * Memory for secrets: mappings of their own, kept out of core dumps and, where the system lets
 * us, out of swap, and wiped before they are given back. An arena of such blocks is made by
 * dcfg_vault_init() and is an arena like any other from then on.
 */
#ifndef DCFG_BASE_VAULT_H
#define DCFG_BASE_VAULT_H

#include <stddef.h>

#include "base/arena.h"

/* Takes no memory before the first allocation. */
void dcfg_vault_init(struct dcfg_arena *arena);

/* Zeroed, aligned to a page, or NULL. */
void *dcfg_vault_map(size_t size);

/* Takes the same size; may be sealed. Takes NULL, returns NULL. */
void *dcfg_vault_unmap(void *memory, size_t size);

/* Makes it read-only, best effort: nobody is to write to it any more. */
void dcfg_vault_seal(void *memory, size_t size);

/* Overwrites with zeros, also where the compiler sees that nobody reads them. */
void dcfg_wipe(void *memory, size_t size);

#endif
