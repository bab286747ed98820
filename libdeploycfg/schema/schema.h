/* SPDX-License-Identifier: ISC */
/*
 * What a schema declares, and trees judged by it. Knows keys, types and rules; no files, no
 * syntax, not how trees merge and not which environments there are.
 */
#ifndef DCFG_SCHEMA_SCHEMA_H
#define DCFG_SCHEMA_SCHEMA_H

#include "model/layer.h"

/* How a list is laid over a weaker one. */
enum dcfg_list_merge {
	DCFG_LIST_REPLACE = 0,
	DCFG_LIST_APPEND,
	DCFG_LIST_UNIQUE /* append what is not in it yet */
};

/* One entry of `keys`, as libcyaml fills it in; NULL where a field is not given. */
struct dcfg_schema_entry {
	char *key;
	enum deploycfg_type type, items; /* NONE: not given, any */
	char *min, *max, *pattern;
	char **choices;
	uint32_t choices_count;
	uint32_t *min_items, *max_items;
	bool *secret; /* an explicit false lifts what a name suggests */
	bool restart, deprecated, allow_empty, open;
	char *replaced_by, *doc;
	enum dcfg_list_merge merge;
	char **sources;
	uint32_t sources_count;
	char **env;
	uint32_t env_count;
	char **requires;
	uint32_t requires_count;
	char **conflicts;
	uint32_t conflicts_count;
};

/* One schema file: the struct, and the tree that it was bound from. */
struct dcfg_schema_document {
	unsigned version;
	char *doc;
	struct dcfg_schema_entry *keys;
	uint32_t keys_count;
	/* The list of `keys`, in which entries that are wrong are still. Has the origins of all
	 * fields, and what the struct has not: `default`, `required` (a bool or a list of names), `example`, x-*. */
	const struct dcfg_node *list;
	const struct dcfg_node *about; /* `doc`; NULL for none */
};

/* What a schema is compiled for. */
struct dcfg_schema_scope {
	const struct dcfg_view *environments; /* declared names and aliases */
	size_t environment_count;
	const struct dcfg_view
		*selected; /* those of the selected one and its ancestors */
	size_t selected_count;
	struct dcfg_view environment; /* name of the selected one; empty for none */
	struct dcfg_view prefix;      /* of variables; may be empty */
	bool unknown_is_warning;
	bool ignores_variables; /* they carry no values */
};

struct dcfg_schema; /* compiled; lives in the arena; NULL is the schema that says nothing */

/*
 * Compiles documents, reporting all that is wrong with them; NULL where something is, or without
 * memory. Documents must live as long as the result.
 */
struct dcfg_schema *dcfg_schema_compile(struct dcfg_context *context,
					const struct dcfg_schema_document *documents,
					size_t count,
					const struct dcfg_schema_scope *scope);

/* Ends what lives outside of the arena; takes NULL. */
void dcfg_schema_fini(struct dcfg_schema *schema);

/* The layer of defaults, a MAP: judged, marked DCFG_IS_DEFAULT, to be laid under all others.
 * Keys with `*` or `[]` have theirs only in dcfg_schema_complete(). NULL without memory. */
struct dcfg_node *dcfg_schema_defaults(struct dcfg_context *context,
				       const struct dcfg_schema *schema);

/*
 * Judges a layer that is about to be laid over `weaker`: every value takes its declared type,
 * and what may not be there is reported and taken out of the layer, so that nothing else is said
 * of it. Values that hold references are left to dcfg_schema_complete(). Lists get the operator
 * that their `merge` asks for. Whole trees only: `over` is a root. A NULL schema: does nothing.
 * The schema notes what it told of which key, for what comes after.
 */
void dcfg_schema_judge(struct dcfg_context *context, struct dcfg_schema *schema,
		       const struct dcfg_node *weaker, struct dcfg_node *over);

/* After all merging, where there are references: gives absent keys their defaults, which these may
 * lead to. */
void dcfg_schema_fill(struct dcfg_context *context, struct dcfg_schema *schema,
		      struct dcfg_node *effective);

/* The same below a list or map that was copied to a place in the effective tree: see
 * model/interpolate.h. schema: a struct dcfg_schema, or NULL. */
void dcfg_schema_fill_copied(struct dcfg_context *context, void *schema,
			     struct dcfg_node *copied);

/*
 * After all merging and interpolation: gives absent keys their defaults, types what references
 * yielded, marks what the schema says of keys (DCFG_IS_SECRET, _DEPRECATED, _RESTART), and
 * reports what only the whole can tell: missing, too many, too few, required and excluded keys.
 */
void dcfg_schema_complete(struct dcfg_context *context, struct dcfg_schema *schema,
			  struct dcfg_node *effective);

/*
 * A tree of all keys that a variable may mean, for dcfg_variables_match(): those that are
 * declared and those that `weaker` has. Those that are declared have DCFG_DECLARED, leaves
 * DCFG_ALLOW_EMPTY where their rule does; `*` stands for free names that `weaker` has not.
 * Gives `weaker` itself for a NULL schema, NULL without memory. The schema and `weaker` must not
 * change while it is in use.
 */
const struct dcfg_node *dcfg_schema_names(struct dcfg_context *context,
					  const struct dcfg_schema *schema,
					  const struct dcfg_node *weaker);

/* With a schema nodes of that tree have what is below them only from here on. */
void dcfg_schema_names_below(const struct dcfg_node *node);

/* Variables that `env` binds to keys, in the order of the schema. */
struct dcfg_schema_variable {
	struct dcfg_view name, path;
	bool allow_empty;
	struct dcfg_origin origin;
};
const struct dcfg_schema_variable *dcfg_schema_variables(const struct dcfg_schema *schema,
							 size_t *count);

/* Whether a key's variables may be empty; path: well-formed. */
bool dcfg_schema_allows_empty(struct dcfg_context *context,
			      const struct dcfg_schema *schema, struct dcfg_view path);

/* All declared keys as deploycfg_loader_schema() gives them: a MAP. NULL without memory. */
struct dcfg_node *dcfg_schema_tree(struct dcfg_context *context,
				   const struct dcfg_schema *schema);

#endif
