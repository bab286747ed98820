/* SPDX-License-Identifier: ISC */
/* The path of a declared key, kept while a tree of them is gone through. */
#ifndef TOOL_SCHEMA_PATH_H
#define TOOL_SCHEMA_PATH_H

#include "schema_keys.h"
#include "writer.h"

/* Goes down to a child; the path of the root is an empty text. Returns what tool_path_cut() needs to come back. */
size_t tool_path_add(struct text *path, const struct key *key);
void tool_path_cut(struct text *path, size_t end);

#endif
