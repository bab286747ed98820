/* SPDX-License-Identifier: ISC */
/*
 * The last net: texts that must not be shown are searched for in diagnostics that were written
 * already, and masked. Whoever writes a diagnostic has to know better; here nobody has to. Knows
 * texts, not whose they are.
 */
#ifndef DCFG_BASE_REDACT_H
#define DCFG_BASE_REDACT_H

#include "base/arena.h"
#include "base/diag.h"

/* Shorter texts are part of too many words to be looked for; and a mask fits into any other. */
#define DCFG_NEEDLE_MIN 6

/* Of a longer text each part of so many bytes is looked for: it may be quoted in part. */
#define DCFG_NEEDLE_PART 16

struct dcfg_needle_slot {
	const char *text; /* NULL: free */
	size_t len;
};

/* All zeros to begin, but for `arena`, where texts are kept as they are shown, and `seed`. */
struct dcfg_needles {
	struct dcfg_arena *arena;
	uint64_t seed;
	struct dcfg_view *list;
	size_t count, capacity;
	size_t bytes; /* in all */
	bool failed;  /* memory ran out: nothing may be shown */
	struct dcfg_needle_slot *slots;
	size_t slot_count; /* a power of two */
	bool has_length[DCFG_NEEDLE_PART + 1];
	uint64_t *beginnings; /* a bit for each hash of first bytes that there is */
};

/* Adds a text, which is borrowed, as it is shown, and its lines. */
void dcfg_needles_add(struct dcfg_needles *needles, struct dcfg_view text);

/* Masks them in all that the diagnostics say, but for files and keys; the list may be NULL.
 * Linear in both. False where memory ran out. */
bool dcfg_needles_redact(struct dcfg_needles *needles, struct deploycfg_errors *errors);

void dcfg_needles_fini(struct dcfg_needles *needles);

#endif
