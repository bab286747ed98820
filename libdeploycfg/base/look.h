/* SPDX-License-Identifier: ISC */
/* What a path is, without opening it. Nothing is decided by it that a read decides: between a
 * look and a read everything may change. */
#ifndef DCFG_BASE_LOOK_H
#define DCFG_BASE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

enum dcfg_look {
	DCFG_LOOK_MISSING,
	DCFG_LOOK_DANGLING, /* a link that leads nowhere */
	DCFG_LOOK_REGULAR,
	DCFG_LOOK_EMPTY,    /* a regular file of 0 bytes */
	DCFG_LOOK_DEV_NULL, /* a link that leads to /dev/null */
	DCFG_LOOK_DIRECTORY,
	DCFG_LOOK_OTHER /* anything else, and what may not be looked at */
};

enum dcfg_look dcfg_look(const char *path);

/* Which file it is, however it is called. */
struct dcfg_identity {
	uint64_t device, inode;
};

/* False where a path leads to no regular file. */
bool dcfg_identify(const char *path, struct dcfg_identity *identity);

#endif
