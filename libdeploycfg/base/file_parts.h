/* SPDX-License-Identifier: ISC */
/* What the readers of files and of directories share. Private to file*.c and dir.c. */
#ifndef DCFG_BASE_FILE_PARTS_H
#define DCFG_BASE_FILE_PARTS_H

#include <sys/types.h>

#include "base/file.h"

/* How often what is exchanged between the look and the open is opened again. */
#define DCFG_OPEN_TRIES 64

/* "a directory", "a FIFO", ... */
const char *dcfg_kind_of(mode_t mode);

/* What every failure comes down to, by errno; lack of memory in the system is lack of memory. */
enum dcfg_file_state dcfg_file_fail(struct dcfg_arena *arena, int number,
				    const char **reason);

/* Judges what is open; trust may be NULL. */
enum dcfg_file_state
dcfg_file_judge(struct dcfg_arena *arena, const struct dcfg_trust *trust, int descriptor,
		const char *path, struct dcfg_suspect *suspect, const char **reason);

#endif
