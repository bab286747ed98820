/* SPDX-License-Identifier: ISC */
/*
 * Whether somebody else could have written what an open descriptor reads: its owner and mode, and
 * those of every directory and link that its name leads through. What the name leads to must be what
 * was opened, so that nothing is exchanged between the look and the read. POSIX ACLs need no look of their own: the group's bits
 * of a mode are the most that they give.
 */
#ifndef DCFG_BASE_TRUST_H
#define DCFG_BASE_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct dcfg_ids {
	uint32_t *list;
	size_t count;
};

struct dcfg_trust {
	bool checks;     /* else everything is trusted */
	bool privileged; /* a sticky directory that all may write to is none for it */
	bool secret;   /* of what a file holds: nobody else may read it, if privileged */
	uint32_t self; /* whom it trusts besides root */
	struct dcfg_ids users, groups; /* likewise; groups may write */
};

enum dcfg_distrust {
	DCFG_TRUSTED = 0,
	DCFG_DISTRUST_OWNER,
	DCFG_DISTRUST_GROUP, /* may write */
	DCFG_DISTRUST_WORLD,
	DCFG_DISTRUST_READABLE,     /* a secret, for a privileged process */
	DCFG_DISTRUST_NAMES,        /* it has several, for a privileged process */
	DCFG_DISTRUST_LINK_OWNER,   /* of a link on the way */
	DCFG_DISTRUST_PARENT_OWNER, /* of a directory on the way, the nearest */
	DCFG_DISTRUST_PARENT_GROUP,
	DCFG_DISTRUST_PARENT_WORLD,
	DCFG_DISTRUST_UNKNOWN /* the way does not lead there: it changes, or is too long */
};

struct dcfg_suspect {
	enum dcfg_distrust distrust;
	const char *path; /* of what is at fault, links resolved; in the arena */
	uint32_t owner, group, mode, names;
};

/* path: by which it was opened, in full. Lack of memory is remembered by the arena, and gives UNKNOWN. */
struct dcfg_suspect dcfg_trust_check(const struct dcfg_trust *trust,
				     struct dcfg_arena *arena, int descriptor,
				     const char *path);

#endif
