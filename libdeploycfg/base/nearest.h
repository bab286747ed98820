/* SPDX-License-Identifier: ISC */
/* "Did you mean": the nearest of several words. */
#ifndef DCFG_BASE_NEAREST_H
#define DCFG_BASE_NEAREST_H

#include <stddef.h>

#include "base/view.h"

/*
 * The nearest of several words to one, by edit distance (a swap of neighbours is one), if
 * it is near enough to be meant: one edit from 3 letters on, two from 6 on. Capitals cost
 * nothing, nor does '-' for '_'. Offer the words one by one.
 */
struct dcfg_nearest {
	struct dcfg_view word; /* what was written */
	struct dcfg_view best; /* the nearest so far; ptr is NULL for none */
	size_t distance;
};

void dcfg_nearest_offer(struct dcfg_nearest *nearest, struct dcfg_view candidate);

/* The same for words of several parts: only those that differ are measured, since two keys do
 * not become alike by standing below one long path. */
void dcfg_nearest_offer_parts(struct dcfg_nearest *nearest, struct dcfg_view separator,
			      struct dcfg_view candidate);

/* Edit distance of the bytes, swaps of neighbours counting one; stops counting beyond `most`. */
size_t dcfg_distance(struct dcfg_view a, struct dcfg_view b, size_t most);

#endif
