/* SPDX-License-Identifier: ISC */
/* What is noted of secrets before anything is read: keys as a tree, and the words that lines are
 * searched for. */
#ifndef DCFG_MODEL_CONCEAL_NOTES_H
#define DCFG_MODEL_CONCEAL_NOTES_H

#include "model/conceal.h"

struct dcfg_note {
	struct dcfg_node
		node; /* a MAP of notes; is first, so that its children are notes */
	struct dcfg_note *any; /* of any name that has none of its own */
	bool is_secret, is_exempt;
	bool has_secrets;      /* directly below it */
	bool leads_to_secrets; /* anywhere below it */
};

struct dcfg_line_range {
	uint32_t first, last;
};

/* Lines of one source that may hold a part of a secret, in order. */
struct dcfg_secret_lines {
	struct dcfg_secret_lines *next;
	uint32_t source;
	uint32_t words; /* as many as there were */
	struct dcfg_line_range *list;
	size_t count;
};

/* A text that must not be shown, and that no tree holds. */
struct dcfg_stray {
	struct dcfg_stray *next;
	struct dcfg_view text;
	const struct dcfg_node
		*of; /* only where its key is found to be secret; NULL: always */
};

struct dcfg_concealed {
	struct dcfg_note *keys;
	struct dcfg_note *spelt; /* keys as variables spell them; NULL for none */
	struct dcfg_note
		*words; /* last names of secret keys: letters and digits, small */
	struct dcfg_secret_lines *lines;
	struct dcfg_stray *strays;
	bool hides_all; /* nobody knows which keys are secret */
};

/* A way down the notes, as far as there are any. */
struct dcfg_way {
	const struct dcfg_note *note;
	const struct dcfg_note *spelt; /* says nothing of what is below a key */
	bool is_secret;                /* the key is, or one that it is in */
	bool looks;                    /* a name does, and nothing from it on is exempt */
	bool is_exempt;                /* the key itself */
};

static inline bool dcfg_way_is_concealed(const struct dcfg_way *way)
{
	return way->is_secret || way->looks || (way->spelt && way->spelt->is_secret);
}

struct dcfg_way dcfg_way_begin(const struct dcfg_context *context);
void dcfg_way_step(const struct dcfg_context *context, struct dcfg_way *way,
		   struct dcfg_view name, bool is_item);

/* The way to a node, in the tree that it is in. */
struct dcfg_way dcfg_way_to(const struct dcfg_context *context,
			    const struct dcfg_node *node);

/* The context's, made where there are none; NULL without memory. */
struct dcfg_concealed *dcfg_notes(struct dcfg_context *context);

/* A note without anything below it; NULL without memory. */
struct dcfg_note *dcfg_note_new(struct dcfg_context *context);

/* The note of a name in a map of notes, NULL for none. */
struct dcfg_note *dcfg_note_find(const struct dcfg_context *context,
				 const struct dcfg_note *above, struct dcfg_view text);

/* The same, made where there is none; NULL without memory. */
struct dcfg_note *dcfg_note_make(struct dcfg_context *context, struct dcfg_note *above,
				 struct dcfg_view text);

/* Letters and digits of a name, in small letters; empty where they do not fit. */
struct dcfg_view dcfg_note_simple(struct dcfg_view name, char *buffer, size_t size);

/* The note of a name in notes of such names, which know no items; NULL for none. */
const struct dcfg_note *dcfg_note_spelt(const struct dcfg_context *context,
					const struct dcfg_note *above,
					struct dcfg_view name);

/* Notes the last name of a secret key for who looks at lines. is_whole: all that is below it is
 * secret, too. */
void dcfg_note_word(struct dcfg_context *context, struct dcfg_view word, bool is_whole);

#endif
