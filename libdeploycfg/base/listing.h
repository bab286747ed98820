/* SPDX-License-Identifier: ISC */
/* Words of which one is to be taken, as a message lists them: "a, b, c". */
#ifndef DCFG_BASE_LISTING_H
#define DCFG_BASE_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/view.h"

struct dcfg_listing {
	char text[240]; /* NUL-terminated */
	size_t length;
	bool cut; /* ends in "...", and takes no more */
};

/* Adds a word where it fits, else "..."; one that is empty is listed as ''. */
void dcfg_listing_add(struct dcfg_listing *listing, struct dcfg_view word);

#endif
