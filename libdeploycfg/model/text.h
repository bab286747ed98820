/* SPDX-License-Identifier: ISC */
/* Text that has no type of its own takes the one of the value that it overrides. */
#ifndef DCFG_MODEL_TEXT_H
#define DCFG_MODEL_TEXT_H

#include "model/layer.h"

/*
 * Gives a text node (DCFG_TEXT) the type of the value below it: a bool, int or float is
 * converted, over a list it becomes a list, over anything else it stays as it is. Reports text
 * that does not read as the type, naming both places, and returns false. What holds references
 * keeps its text and gets DCFG_OPEN: model/interpolate.h settles it.
 */
bool dcfg_text_take_type(struct dcfg_context *context, struct dcfg_node *text,
			 const struct dcfg_node *below);

/*
 * Makes a text node a list: a flow list where it begins with `[`, else what commas part. `below`
 * is the list that is overridden, whose items may lend their type, or NULL. False as above.
 */
bool dcfg_text_split(struct dcfg_context *context, struct dcfg_node *text,
		     const struct dcfg_node *below);

/* The text items of a list take the type that all items of the list below have. `at`: whose key
 * the list is of. */
bool dcfg_text_items_take_type(struct dcfg_context *context, struct dcfg_node *list,
			       const struct dcfg_node *below, const struct dcfg_node *at);

/* Whether a text that could not become a type is an int that no float is equal to. */
bool dcfg_text_is_inexact(struct dcfg_view text, enum deploycfg_type type,
			  enum dcfg_parse parsed);

#endif
