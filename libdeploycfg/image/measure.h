/* SPDX-License-Identifier: ISC */
/* What an image of a tree takes, to be known before its first byte is written. */
#ifndef DCFG_IMAGE_MEASURE_H
#define DCFG_IMAGE_MEASURE_H

#include "image/freeze.h"
#include "model/key.h"

struct dcfg_sizes {
	uint64_t records; /* keys that have a value */
	uint64_t related; /* values that lost */
	uint64_t values;  /* bytes of the paths, names and texts of records */
	uint64_t strings; /* the same of history and of values that lost */
};

/* Puts the tree in path order on the way. False where a path is too long or too deep, which
 * is reported, or without memory. */
bool dcfg_measure(struct dcfg_context *context, const struct dcfg_effective *effective,
		  struct dcfg_sizes *sizes);

/* The last segment of a well-formed path. */
struct dcfg_segment dcfg_last_segment(struct dcfg_view path);

#endif
