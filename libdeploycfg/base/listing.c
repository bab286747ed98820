/* SPDX-License-Identifier: ISC */
/* Lists of words for messages; cut between words, or in the first between characters. */
#include "base/listing.h"

#include <string.h>

#include "base/utf8.h"

/* That more words follow. */
#define MORE "..."

/* What is kept free behind each word, for that and the NUL. */
#define SPARE sizeof(", " MORE)

static void put(struct dcfg_listing *listing, struct dcfg_view text)
{
	memcpy(listing->text + listing->length, text.ptr, text.len);
	listing->length += text.len;
	listing->text[listing->length] = '\0';
}

void dcfg_listing_add(struct dcfg_listing *listing, struct dcfg_view word)
{
	struct dcfg_view before = listing->length ? DCFG_VIEW(", ") : DCFG_VIEW("");
	size_t room = sizeof(listing->text) - SPARE - listing->length;

	if (listing->cut)
		return;
	word = word.len ? word : DCFG_VIEW("''");
	listing->cut = before.len > room || word.len > room - before.len;
	if (listing->cut)
		word = listing->length ? DCFG_VIEW("") : dcfg_utf8_cut(word, room);
	put(listing, before);
	put(listing, word);
	if (listing->cut)
		put(listing, DCFG_VIEW(MORE));
}
