/* SPDX-License-Identifier: ISC */
/* Identifiers for what has a name of any kind. */
#ifndef TOOL_SCHEMA_NAMES_H
#define TOOL_SCHEMA_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* Identifiers that were made. Begins as all zeros. */
struct identifiers {
	char **list; /* owned, as are the texts */
	size_t count, capacity;
	bool failed;
};

void tool_identifiers_fini(struct identifiers *identifiers);

enum spelling {
	SPELLING_KEPT,
	SPELLING_LOWER,
	SPELLING_UPPER,
	SPELLING_CAMEL /* the first letter of each word is a capital one, nothing between */
};

/* What cannot be an identifier. */
struct reserved {
	const char *const *words; /* sorted */
	size_t count;
	bool capitals; /* nor any name in capitals alone */
};

/* Makes `before` and, spelt so, `name` an identifier: other characters become `_`, a digit or
 * underscores at its beginning a letter, and a reserved word takes a `_` behind it. "" without
 * memory. */
const char *tool_identifier(struct identifiers *identifiers, const char *before,
			    const char *name, enum spelling spelling,
			    const struct reserved *reserved);

/* Where a name goes that no other one in the same list may have. */
struct naming {
	const char **name;
	const char *meant; /* what it was made of; NULL where that does not matter */
	size_t order;      /* used inside */
};

/* Names that occur more than once take a number, but for one that is what was meant, or the
 * first of them. */
void tool_make_unique(struct identifiers *identifiers, struct naming *list, size_t count);

#endif
