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
#include "base/trust.h"
#include "base/view.h"

enum dcfg_file_state {
	DCFG_FILE_OK = 0,
	DCFG_FILE_MISSING,     /* or a dangling link, or a parent that is no directory */
	DCFG_FILE_NOT_REGULAR, /* `kind` says what it is instead */
	DCFG_FILE_PERMISSION,
	DCFG_FILE_TOO_BIG,
	DCFG_FILE_UNTRUSTED, /* `suspect` says why, and who */
	DCFG_FILE_ESCAPES,   /* it leads out of the directory that it is to be beneath */
	DCFG_FILE_FAILED     /* `reason` says why */
};

struct dcfg_file {
	enum dcfg_file_state state;
	const char *kind;      /* "a directory", "a FIFO", "a character device", ... */
	const char *reason;    /* static text of the system's error; "" without one */
	uint64_t size;         /* as the descriptor had it, also where it is too big */
	struct dcfg_view text; /* the content, in the arena, followed by a NUL byte */
	struct dcfg_suspect suspect;
};

/*
 * Reads a file whole. limit: bytes; trust: NULL where any writer is. On lack of memory
 * arena->failed is set and the state is DCFG_FILE_FAILED.
 */
struct dcfg_file dcfg_file_read(struct dcfg_arena *arena, const char *path,
				uint64_t limit, const struct dcfg_trust *trust);

/* A directory that is held open, so that what it was is what it stays. */
struct dcfg_open_dir {
	int descriptor;
	struct dcfg_view path; /* by which it was opened */
};

/* The same for what is beneath a directory, links inside of it followed. */
struct dcfg_file
dcfg_file_read_beneath(struct dcfg_arena *arena, const struct dcfg_open_dir *directory,
		       const char *name, uint64_t limit, const struct dcfg_trust *trust);

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
	struct dcfg_suspect suspect;
};

/* Opens a directory; -1 as descriptor where that is not possible or it is not trusted: then the
 * result says why. To be closed by dcfg_dir_close(). */
struct dcfg_dir dcfg_dir_open(struct dcfg_arena *arena, struct dcfg_view path,
			      const struct dcfg_trust *trust, struct dcfg_open_dir *open);
void dcfg_dir_close(struct dcfg_open_dir *open);

/* Opens one beneath another; its path stays the other's. As above, but that trust is not asked. */
struct dcfg_dir dcfg_dir_open_beneath(struct dcfg_arena *arena,
				      const struct dcfg_open_dir *from, const char *name,
				      struct dcfg_open_dir *open);

/* What tells directories apart. */
struct dcfg_dir_id {
	uint64_t device, inode;
};

/* Whether a name in a directory is one itself, links followed. For messages and for walks: what
 * is opened is opened beneath. */
bool dcfg_dir_look(const struct dcfg_open_dir *from, const char *name,
		   struct dcfg_dir_id *id);

/* Where a name in a directory leads that is a link, in the buffer; empty where it is none, or leads
 * where that has no room. */
struct dcfg_view dcfg_dir_link(const struct dcfg_open_dir *from, const char *name,
			       char *buffer, size_t size);

/* Lists a directory. Whoever may write to it may choose what is read, so that it is to be trusted
 * as the files in it are. Lack of memory as above. */
struct dcfg_dir dcfg_dir_read(struct dcfg_arena *arena, const char *path,
			      const struct dcfg_trust *trust);

/* The same for one that is beneath another; "." is that one. */
struct dcfg_dir dcfg_dir_read_beneath(struct dcfg_arena *arena,
				      const struct dcfg_open_dir *from, const char *name,
				      const struct dcfg_trust *trust);

#endif
