/* SPDX-License-Identifier: ISC */
/*
 * Another library beside ours: one file for each implements these, and one program is made
 * of it, peer.c and bench.c where the library is installed.
 */
#ifndef DCFG_BENCH_PEER_H
#define DCFG_BENCH_PEER_H

#include <stdbool.h>

/* One key, spelt as libraries want it. */
struct peer_query {
	const char *path;  /* a.b.c */
	const char *group; /* a.b */
	const char *key;   /* c */
	const char *joint; /* a.b:c */
};

extern const char peer_name[];
extern const char peer_file[]; /* what to read of a generated configuration */

/* NULL where it fails. */
void *peer_load(const char *path);
void peer_free(void *loaded);

/* Whether there is such a key with a value. */
bool peer_find(void *loaded, const struct peer_query *query);

#endif
