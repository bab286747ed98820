/* SPDX-License-Identifier: ISC */
/* Opening to read, so that nothing blocks, nothing is inherited and no descriptor is taken for
 * standard input or output. All give a descriptor, or -1 with errno. */
#ifndef DCFG_BASE_OPEN_H
#define DCFG_BASE_OPEN_H

#include <fcntl.h>

/* A directory that is only passed through, and need not be readable. */
#if defined(O_PATH)
#define DCFG_OPEN_PASS (O_PATH | O_DIRECTORY)
#elif defined(O_SEARCH)
#define DCFG_OPEN_PASS (O_SEARCH | O_DIRECTORY)
#else
#define DCFG_OPEN_PASS O_DIRECTORY
#endif

/* A path from the directory, which may be AT_FDCWD; flags besides those for reading. */
int dcfg_open_at(int directory, const char *path, int flags);

/*
 * The same for a path whose every step stays below the directory: one that leads out of it, be it
 * by a link or as it is written, gives EXDEV. Links inside are followed.
 */
int dcfg_open_beneath(int directory, const char *path, int flags);

/* The same step by step, for systems that cannot do it in one. */
int dcfg_open_stepwise(int directory, const char *path, int flags);

#endif
