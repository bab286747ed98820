/* SPDX-License-Identifier: ISC */
/* A snapshot from inside: one verified or self-made image, counted. */
#ifndef DCFG_SNAPSHOT_H
#define DCFG_SNAPSHOT_H

#include <stdatomic.h>

#include "base/diag.h"
#include "image/secrets.h"

struct deploycfg_snapshot {
	struct dcfg_image image;
	size_t length;
	struct dcfg_secrets secrets; /* what is not in the image */
	atomic_size_t references;
};

struct dcfg_frozen;

/* Takes over what was frozen and is trusted; without memory frees it and returns NULL. */
struct deploycfg_snapshot *dcfg_snapshot_new(const struct dcfg_frozen *frozen);

/* The entry that holds an entry's value: itself, or of a secret its twin; NULL where the
 * snapshot came without its secrets. */
static inline const struct deploycfg_entry *
dcfg_reveal(const struct deploycfg_snapshot *snapshot,
	    const struct deploycfg_entry *entry)
{
	return dcfg_likely(!dcfg_is_hidden(entry)) ? entry
						   : dcfg_twin(&snapshot->secrets, entry);
}

/* Freezes a settled tree. NULL with an error reported, or without memory. */
struct dcfg_context;
struct dcfg_effective;
struct deploycfg_snapshot *dcfg_snapshot_freeze(struct dcfg_context *context,
						const struct dcfg_effective *effective);

/* The same of a document, a tree that nobody selected and nothing was merged in; prefix: may be
 * empty. */
struct dcfg_node;
struct deploycfg_snapshot *dcfg_snapshot_plain(struct dcfg_context *context,
					       struct dcfg_node *root,
					       struct dcfg_view prefix);

/* deploycfg_find() for all of us: not to be replaced from outside, and a view. */
const struct deploycfg_entry *dcfg_find(const struct deploycfg_snapshot *snapshot,
					struct dcfg_view path);

/* A path as callers give it: SIZE_MAX is for one that ends with a NUL. */
static inline struct dcfg_view dcfg_path_of(const char *path, size_t length)
{
	return dcfg_view(path, length == SIZE_MAX ? strlen(path) : length);
}

/* Where a value was written. */
struct dcfg_place dcfg_entry_place(const struct deploycfg_entry *entry);

/* Adds to an error about an entry the variable that named its file, if one did. */
void dcfg_tell_namer(const struct deploycfg_entry *entry, struct deploycfg_error *error);

/* Reports a path that no key can have; of any other it says nothing. Returns whether it did. */
bool dcfg_malformed(const struct deploycfg_snapshot *snapshot, const char *path,
		    struct deploycfg_errors **errors);

/* Adds to a diagnostic what is remembered of a key that is not there. */
void dcfg_tell_history(const struct deploycfg_snapshot *snapshot, struct dcfg_view path,
		       struct deploycfg_error *error);

/* Reports a key that is not there: what is remembered of it, and the nearest one that
 * is. */
void dcfg_missing(const struct deploycfg_snapshot *snapshot, const char *path,
		  struct deploycfg_errors **errors);

#endif
