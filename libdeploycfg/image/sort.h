/* SPDX-License-Identifier: ISC */
/* The order of a map's keys: bytewise, a prefix before what it begins. */
#ifndef DCFG_IMAGE_SORT_H
#define DCFG_IMAGE_SORT_H

#include "model/layer.h"

struct dcfg_child {
	uint64_t prefix; /* of the name, set by sorting */
	const struct dcfg_node *node;
};

/* scratch: room for count more. */
void dcfg_sort(struct dcfg_child *children, size_t count, struct dcfg_child *scratch);

#endif
