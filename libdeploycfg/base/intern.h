/* SPDX-License-Identifier: ISC */
/* Equal texts become one pointer: key segments are compared by address from then on. */
#ifndef DCFG_BASE_INTERN_H
#define DCFG_BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"

/* One interned text, in the arena; NUL-terminated. */
struct dcfg_name {
	struct dcfg_view text;
	uint64_t hash;
	/* Notes of who keeps things by name, zero at first: model/table.c. */
	void *first;
	uint32_t used;
	bool is_word; /* dcfg_utf8_is_word() */
};

/* Bytes that may be read of a name's text, zeros behind it: a multiple of 16. */
static inline size_t dcfg_padded_size(struct dcfg_view text)
{
	return (text.len | 15) + 1;
}

struct dcfg_intern {
	struct dcfg_arena *arena;
	struct dcfg_name **slots;
	size_t count, capacity;
	/* Of the hashes, which differ from run to run: never publish them. */
	uint64_t seed;
};

void dcfg_intern_init(struct dcfg_intern *intern, struct dcfg_arena *arena);
void dcfg_intern_fini(struct dcfg_intern *intern);

/* The name of a text, made where there is none; NULL without memory. */
const struct dcfg_name *dcfg_intern(struct dcfg_intern *intern, struct dcfg_view text);

/* The name of a text if there is one, else NULL. */
const struct dcfg_name *dcfg_intern_find(const struct dcfg_intern *intern,
					 struct dcfg_view text);

#endif
