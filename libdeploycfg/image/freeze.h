/* SPDX-License-Identifier: ISC */
/* The effective tree, its history and its sources become one block of bytes. */
#ifndef DCFG_IMAGE_FREEZE_H
#define DCFG_IMAGE_FREEZE_H

#include "model/history.h"
#include "model/layer.h"

struct dcfg_effective {
	struct dcfg_node *root; /* its children will be put in path order */
	const struct dcfg_history *history;
	struct dcfg_view environment, selected_by;
	struct dcfg_view overlays, overlays_by; /* joined by commas, weakest first */
	struct dcfg_view prefix;                /* of variables */
	bool has_schema;
};

/*
 * Writes the image of a settled tree. *bytes is from dcfg_alloc() and *length its size.
 * The limits of path length and depth are checked here, for layers together may exceed
 * what each is within. False with an error reported, or without memory.
 */
bool dcfg_freeze(struct dcfg_context *context, const struct dcfg_effective *effective,
		 void **bytes, size_t *length);

#endif
