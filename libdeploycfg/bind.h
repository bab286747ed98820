/* SPDX-License-Identifier: ISC */
/* Binding from inside: the function that applications get, with what documents need besides. */
#ifndef DCFG_BIND_H
#define DCFG_BIND_H

#include "model/context.h"
#include "snapshot.h"

struct cyaml_schema_value;
struct dcfg_node;

struct dcfg_bind_options {
	/* Where the snapshot's sources can be read from, for excerpts: source N of the snapshot is
	 * source N there. NULL for none. */
	struct dcfg_context *context;
	const struct dcfg_node
		*tree;   /* the root of what was frozen, which knows where keys
				       * stand; NULL for none */
	bool free_names; /* keys that begin with `x-` are passed over */
	/* Keys that the struct has no field for are passed over, and so are fields and maps in lists
	 * that are wrong, where the table can do without them: *out is filled from the rest. */
	bool pass_wrong;
};

/*
 * Fills *out, a pointer, from the entry and what is below it. All problems are appended, each
 * with its place; then *out is NULL, where none of them may be passed over. entry: NULL is an error that names `path`. Returns 0 or a
 * negative status.
 */
int dcfg_bind(const struct deploycfg_snapshot *snapshot,
	      const struct deploycfg_entry *entry, const char *path,
	      const struct cyaml_schema_value *schema,
	      const struct dcfg_bind_options *options, void **out,
	      struct deploycfg_errors **errors);

/* Releases what dcfg_bind() gave; takes NULL, returns NULL. */
void *dcfg_bind_free(const struct cyaml_schema_value *schema, void *block);

#endif
