/* SPDX-License-Identifier: ISC */
/*
 * The one file reader: opened once without blocking, looked at through its descriptor,
 * regular files only, no more bytes than allowed. It reports what it found; what that
 * means is the caller's to say.
 */
#ifndef DCFG_BASE_FILE_H
#define DCFG_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"

enum dcfg_file_state {
	DCFG_FILE_OK = 0,
	DCFG_FILE_MISSING,     /* or a dangling link, or a parent that is no directory */
	DCFG_FILE_NOT_REGULAR, /* `kind` says what it is instead */
	DCFG_FILE_PERMISSION,
	DCFG_FILE_TOO_BIG,
	DCFG_FILE_FAILED /* `reason` says why */
};

struct dcfg_file {
	enum dcfg_file_state state;
	const char *kind;      /* "a directory", "a FIFO", "a character device", ... */
	const char *reason;    /* static text of the system's error; "" without one */
	uint64_t size;         /* as the descriptor had it, also where it is too big */
	struct dcfg_view text; /* the content, in the arena, followed by a NUL byte */
};

/*
 * Reads a file whole. limit: bytes. On lack of memory arena->failed is set and the state
 * is DCFG_FILE_FAILED.
 */
struct dcfg_file dcfg_file_read(struct dcfg_arena *arena, const char *path,
				uint64_t limit);

/* What a path is where it is no regular file ("a directory", "a FIFO", ...), NULL where
 * it is one or is not there; *missing says which. For messages: nothing is decided by it
 * that a read decides. */
const char *dcfg_file_kind(const char *path, bool *missing);

/* DIRECTORY/NAME, NUL-terminated, in the arena. */
struct dcfg_view dcfg_join(struct dcfg_arena *arena, struct dcfg_view directory,
			   struct dcfg_view name);

struct dcfg_dir {
	enum dcfg_file_state state; /* NOT_REGULAR: exists and is no directory */
	const char *kind, *reason;
	struct dcfg_view *names; /* sorted bytewise, without "." and "..", in the arena */
	size_t count;
};

/* Lists a directory. Lack of memory as above. */
struct dcfg_dir dcfg_dir_read(struct dcfg_arena *arena, const char *path);

#endif
