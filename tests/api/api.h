/* SPDX-License-Identifier: ISC */
/* What tests of the API share: loaders that hear nothing from outside, a scratch directory,
 * and short ways to ask what came of a load. */
#ifndef DCFG_TESTS_API_H
#define DCFG_TESTS_API_H

#include "unit.h"

#include <string.h>

#include "deploycfg.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A loader without environment, prefix and variables. */
struct deploycfg_loader *api_loader(void);

/* Adds a NUL-terminated text, named after its layer such as "t200". */
void api_yaml(struct deploycfg_loader *loader, int layer, const char *text);
void api_ini(struct deploycfg_loader *loader, int layer, const char *text);

/* Loads and frees the loader. There must be a snapshot, and no diagnostic at all. */
struct deploycfg_snapshot *api_load(struct deploycfg_loader *loader);

/* Loads and keeps the loader; frees the errors. Status of the first error, OK for none. */
int api_status(struct deploycfg_loader *loader);

/* Loads and frees the loader. There must be errors and no snapshot. */
struct deploycfg_errors *api_fails(struct deploycfg_loader *loader);

/* The snapshot of one YAML text, named "t200". */
struct deploycfg_snapshot *api_of_yaml(const char *text);

/* Status of the only diagnostic, OK for none; frees the list. */
int api_take(struct deploycfg_errors **errors);

/* The leaves as `path=text` joined by blanks: [] and {} for empty ones. One at a time. */
const char *api_leaves(const struct deploycfg_snapshot *snapshot);

/* Where an entry was written, as `name:line:column`. One at a time. */
const char *api_place(const struct deploycfg_entry *entry);

/* Where a diagnostic points, likewise. */
const char *api_error_place(const struct deploycfg_error *error);

/* ------------------------------------------------------------ the scratch directory */

/* Adds the scratch directory to a test case: made before it, emptied before each test. */
void scratch_add(TCase *tcase);

/* The path of a name in it, or of itself for NULL. One of four at a time. */
const char *scratch(const char *name);

/* Writes a file or replaces it. */
void scratch_write(const char *name, const char *text);

#endif
