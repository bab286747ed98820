/* SPDX-License-Identifier: ISC */
/* Small trees for tests of the image, made by hand. */
#ifndef DCFG_TESTS_UNIT_IMAGE_TREE_H
#define DCFG_TESTS_UNIT_IMAGE_TREE_H

#include "image/freeze.h"
#include "snapshot.h"

struct tree {
	struct dcfg_context context;
	struct dcfg_node *root;
	struct dcfg_history history;
	struct dcfg_past pasts[16];
	const char *environment, *overlays, *prefix;
	bool has_schema;
};

/* A tree with three sources and nothing in it. */
void tree_init(struct tree *tree);
void tree_fini(struct tree *tree);

/* A scalar with that text, and the value that the text reads as. */
struct dcfg_node *tree_scalar(struct tree *tree, enum deploycfg_type type,
			      const char *text, uint32_t source, uint32_t line);
struct dcfg_node *tree_list(struct tree *tree);
struct dcfg_node *tree_map(struct tree *tree);

/* Puts a node at a path, which may not have an index. Returns it. */
struct dcfg_node *tree_put(struct tree *tree, const char *path, struct dcfg_node *node);

/* Adds a weaker related value. */
void tree_relate(struct tree *tree, struct dcfg_related **chain, struct dcfg_node *node,
		 enum deploycfg_relation relation);

/* Adds a value that was used, of a path or `env:NAME`. */
void tree_input(struct tree *tree, struct dcfg_related **chain, struct dcfg_node *node,
		const char *path);

/* Adds a key of history; in path order. */
void tree_past(struct tree *tree, const char *path, struct dcfg_node *node,
	       enum deploycfg_relation relation);

/* Everything an image can hold, in a few kilobytes. */
void tree_sample(struct tree *tree);

/* Freezes; the bytes are to be freed, NULL where that fails. */
void *tree_freeze(struct tree *tree, size_t *length);

/* Freezes into a snapshot. */
struct deploycfg_snapshot *tree_snapshot(struct tree *tree);

#endif
