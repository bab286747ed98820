/* SPDX-License-Identifier: ISC */
/* Directories of secrets as layers over a small tree, for tests of their reader. */
#ifndef DCFG_TESTS_UNIT_SECRETS_LOAD_H
#define DCFG_TESTS_UNIT_SECRETS_LOAD_H

#include "source/secrets.h"

/* The working directory of a test; it has a directory `s`. */
extern char secrets_scratch[64];
void secrets_enter(void);
void secrets_leave(void);

/* Writes a file. */
void secrets_put(const char *name, const char *text);
void secrets_put_bytes(const char *name, const char *bytes, size_t len);

/* A load under way: its names, and what became of it. */
struct secrets_load {
	struct dcfg_context context;
	struct dcfg_layer names, layer;
	struct dcfg_secrets *secrets;
	struct deploycfg_errors *errors;
	bool complete;
};

/* yaml: the tree of keys, source 0. */
void secrets_begin(struct secrets_load *load, const char *yaml);

/* Reads one directory: what tree_text() says of its layer, "" for none. */
const char *secrets_read(struct secrets_load *load, const char *directory);

/* Ends the context, but not the errors. */
void secrets_end(struct secrets_load *load);

/* All in one for the directory `s`: where nothing is reported, and where `codes` are, a part of
 * the first of which is given; no message may hold "hunter2". */
void secrets_expect(const char *yaml, const char *tree);
void secrets_expect_error(const char *yaml, const char *codes, const char *part);

#endif
