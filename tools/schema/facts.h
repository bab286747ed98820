/* SPDX-License-Identifier: ISC */
/* What a declaration says, in words for people: for documents and comments. */
#ifndef TOOL_SCHEMA_FACTS_H
#define TOOL_SCHEMA_FACTS_H

#include "schema/keys.h"
#include "schema/words.h"

/* Each writes clauses parted by semicolons, or nothing; not escaped. */

/* The type: "list of int". */
void tool_say_type(struct writer *out, const struct keys *keys, const struct key *key);

/* Which values there are: "1 to 65535", "one of a, b". */
void tool_say_limits(struct writer *out, const struct keys *keys, const struct key *key);

/* What else has to be known: "required in production", "a change needs a restart". */
void tool_say_terms(struct writer *out, const struct keys *keys, const struct key *key);

/* A value, such as a default, in one line. */
void tool_say_value(struct writer *out, const struct keys *keys,
		    const struct deploycfg_entry *value);

/* Its documentation, without the line ends at the end. */
void tool_say_doc(struct writer *out, const struct keys *keys, const struct key *key);

/* The documentation, and in a line of their own all of these but the type. text: is empty. */
void tool_say_all(struct text *text, const struct keys *keys, const struct key *key);

#endif
