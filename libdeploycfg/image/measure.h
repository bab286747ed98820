/* SPDX-License-Identifier: ISC */
/* What an image of a tree takes, to be known before its first byte is written. */
#ifndef DCFG_IMAGE_MEASURE_H
#define DCFG_IMAGE_MEASURE_H

#include "image/format.h"
#include "image/freeze.h"
#include "model/key.h"

struct dcfg_sizes {
	uint64_t records; /* keys that have a value */
	uint64_t related; /* values that lost */
	uint64_t values;  /* bytes of the paths, names and texts of records */
	uint64_t strings; /* the same of history and of values that lost */
	uint64_t secrets; /* twins, */
	uint64_t vault;   /* and the bytes that they take */
};

/* What the twin of a secret takes; name: 0 where the path's last segment is not quoted. */
static inline uint64_t dcfg_twin_size(size_t path, size_t name, size_t text)
{
	uint64_t size = sizeof(struct deploycfg_entry) + path + 1 + text + 1;

	return (size + (name ? name + 1 : 0) + 7) & ~(uint64_t)7;
}

/* Puts the tree in path order on the way. False where a path is too long or too deep, which
 * is reported, or without memory. */
bool dcfg_measure(struct dcfg_context *context, const struct dcfg_effective *effective,
		  struct dcfg_sizes *sizes);

/* The path of what was used to make a value; ptr is NULL for what stands at its owner's key. */
static inline struct dcfg_view dcfg_input_path(const struct dcfg_related *related)
{
	return dcfg_unlikely(related->path) ? dcfg_view_text(related->path)
					    : dcfg_view(NULL, 0);
}

/* The last segment of a well-formed path. */
struct dcfg_segment dcfg_last_segment(struct dcfg_view path);

#endif
