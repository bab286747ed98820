/* SPDX-License-Identifier: ISC */
/* The effective tree, its history and its sources become one block of bytes. */
#ifndef DCFG_IMAGE_FREEZE_H
#define DCFG_IMAGE_FREEZE_H

#include "image/secrets.h"
#include "model/history.h"
#include "model/layer.h"

struct dcfg_effective {
	struct dcfg_node *root; /* its children will be put in path order */
	const struct dcfg_history *history;
	struct dcfg_view environment, selected_by;
	struct dcfg_view overlays, overlays_by; /* joined by commas, weakest first */
	struct dcfg_view prefix;                /* of variables */
	bool has_schema;
	bool is_document; /* a manifest or schema: names that look secret are none */
};

struct dcfg_frozen {
	void *bytes; /* the image, from dcfg_alloc() */
	size_t length;
	struct dcfg_secrets secrets; /* what is not in it */
};

/*
 * Writes the image of a settled tree, and the values of its secrets. The limits of path length
 * and depth are checked here, for layers together may exceed what each is within. False with an
 * error reported, or without memory; then there is nothing to free.
 */
bool dcfg_freeze(struct dcfg_context *context, const struct dcfg_effective *effective,
		 struct dcfg_frozen *frozen);

#endif
