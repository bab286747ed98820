/* SPDX-License-Identifier: ISC */
/* Putting one value at a key path that a caller gave, be it for a variable or an override. */
#ifndef DCFG_SOURCE_REACH_H
#define DCFG_SOURCE_REACH_H

#include "model/layer.h"

/* Whether a path is well-formed, not too long and not too deep. */
bool dcfg_path_fits(const struct dcfg_context *context, struct dcfg_view path);

/*
 * Checks a path: its notation, length and depth. Reports what is wrong with it at the origin,
 * `whose` saying who gave it ("the key of --set[1]").
 */
bool dcfg_path_check(struct dcfg_context *context, struct dcfg_view path,
		     const char *whose, struct dcfg_origin origin);

/* Puts a node at a checked path, making its parents. Reports a key that is there already, and then
 * leaves that alone, or that has a value where another has keys, and then refuses it. False where
 * what is put is lost without that. */
bool dcfg_path_put(struct dcfg_context *context, struct dcfg_node *root,
		   struct dcfg_view path, struct dcfg_node *node);

/* The same for one map and name. */
void dcfg_node_put(struct dcfg_context *context, struct dcfg_node *map,
		   const struct dcfg_name *name, struct dcfg_node *node);

/* An empty layer of things that have no file. */
bool dcfg_layer_begin(struct dcfg_context *context, struct dcfg_layer *layer);

#endif
