/* SPDX-License-Identifier: ISC */
/* What schemas declare, as a tree of keys for those who generate something from it. */
#ifndef TOOL_SCHEMA_KEYS_H
#define TOOL_SCHEMA_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "deploycfg.h"
#include "sight.h"

/* What a part of a declared path stands for; in the order of generated texts. */
enum segment {
	SEGMENT_NAME,
	SEGMENT_ANY, /* `*`: every key that has no declaration of its own */
	SEGMENT_ITEM /* `[]`: every item of a list */
};

struct key {
	enum segment segment;
	const char *name; /* unquoted; "" for the root, `*` and `[]` */
	const struct deploycfg_entry
		*rule; /* its declaration; NULL where only keys below it have one */
	bool secret;   /* it, or what it is in, is declared so */
	bool masked;   /* is a secret, or has the name of one and a declaration */
	struct key *first, *last, *next; /* children in order, and the next sibling */
	/* What a generator makes of it: one of its own kinds, and names; NULL without. */
	int shape;
	const char *field, *count, *type;
	size_t choices; /* number of the first of its choices among those of all keys */
};

struct keys {
	const struct deploycfg_snapshot *schema; /* borrowed */
	struct sight sight;                      /* what of it is told */
	struct key *list; /* the root first, each before those below it; owned */
	size_t count;
	char *names; /* owned */
};

/* Reads what deploycfg_loader_schema() gives. False without memory; tool_keys_fini() follows
 * either way. */
bool tool_keys_init(struct keys *keys, const struct sight *schema);

void tool_keys_fini(struct keys *keys);

/* Looks for the declaration that holds for a key of a configuration. path: a well-formed one.
 * *found: NULL for none. *open: whether it passes what takes any key below it. False without
 * memory. */
bool tool_find_key(const struct keys *keys, const char *path, const struct key **found,
		   bool *open);

/* A field of a key's declaration, NULL where it has none, or where there is no key. */
const struct deploycfg_entry *tool_field(const struct keys *keys, const struct key *key,
					 const char *name);

/* The same, but NULL where it may hold the value of a secret, or of what has the name of one,
 * unless these are told. */
const struct deploycfg_entry *tool_shown(const struct keys *keys, const struct key *key,
					 const char *name);

/* The entry that a value which is shown, or one in it, is read from. */
const struct deploycfg_entry *tool_told(const struct keys *keys,
					const struct deploycfg_entry *value);

/* Its text, "" where there is none. */
const char *tool_field_text(const struct keys *keys, const struct key *key,
			    const char *name);

/* Whether it is there and true. */
bool tool_field_true(const struct keys *keys, const struct key *key, const char *name);

/* The child that stands for all of its kind, NULL for none. */
struct key *tool_child(const struct key *key, enum segment segment);

/* Whether it has a list of choices that is not empty, and shown; where it has, the list. */
const struct deploycfg_entry *tool_choices(const struct keys *keys,
					   const struct key *key);

/* What a value is: the type that is declared, or follows from what is declared below it.
 * NONE: anything. */
enum deploycfg_type tool_type(const struct keys *keys, const struct key *key);

/* What the items of a list are, where they have no declaration of their own. */
enum deploycfg_type tool_items(const struct keys *keys, const struct key *key);

/* Whether a configuration without an error has it in every environment, and not as null:
 * unless somebody sets null where there is a default. */
bool tool_is_certain(const struct keys *keys, const struct key *key);

#endif
