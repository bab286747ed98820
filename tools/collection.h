/* SPDX-License-Identifier: ISC */
/* What several loads reported, as if it were one. */
#ifndef TOOL_COLLECTION_H
#define TOOL_COLLECTION_H

#include <stddef.h>

#include "diagnostics.h"

/* Begins as all zeros. */
struct collection {
	struct deploycfg_errors **lists; /* owned, as are the lists */
	size_t count, capacity;
};

/* Takes a list, which may be NULL. False without memory, with the list freed. */
bool tool_collect(struct collection *collection, struct deploycfg_errors *errors);

/* Tells everything, each text once: files in the order in which they were first mentioned, in
 * each from its beginning to its end. Returns a status. */
int tool_report_collection(const struct collection *collection,
			   struct diagnostics *diagnostics);

void tool_collection_fini(struct collection *collection);

#endif
