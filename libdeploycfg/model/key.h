/* SPDX-License-Identifier: ISC */
/*
 * Key paths as text: `database.pool.size`, `a."b.c"[0].d`. Unquoted segments are
 * [A-Za-z0-9_-] and non-ASCII; quoted ones know \" and \\. No allocation, no tree.
 */
#ifndef DCFG_MODEL_KEY_H
#define DCFG_MODEL_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct dcfg_segment {
	struct dcfg_view text; /* without quotes, escapes still in it where `escaped` */
	size_t offset;         /* in the whole path, of its first byte, quote included */
	bool quoted, escaped;
	bool is_index;  /* [number] */
	uint32_t index; /* its number */
};

/* Reads a path segment by segment; `rest` begins as the whole path. */
struct dcfg_key {
	struct dcfg_view whole, rest;
	const char *
		problem; /* after false from dcfg_key_next: NULL at the end, else why not */
	size_t problem_offset;
};

static inline struct dcfg_key dcfg_key(struct dcfg_view path)
{
	return (struct dcfg_key){path, path, NULL, 0};
}

/* Gets the next segment; false at the end and on a mistake. An empty path is a mistake. */
bool dcfg_key_next(struct dcfg_key *key, struct dcfg_segment *segment);

/* What is wrong with a path, NULL for nothing. segments: gets how many it has. */
const char *dcfg_key_problem(struct dcfg_view path, size_t *segments);

/* The segment's text without escapes; buffer has room for segment->text.len bytes and is
 * written only where there are escapes. */
struct dcfg_view dcfg_segment_text(const struct dcfg_segment *segment, char *buffer);

/* Whether a segment may stand unquoted in a path. */
bool dcfg_segment_is_plain(struct dcfg_view segment);

/*
 * Writes a segment as a path shows it (".name" after something, `"odd name"` quoted) at
 * buffer[at]; `at` 0 leaves the dot out. Never writes beyond size, no NUL. Returns the offset
 * behind it, also where that is beyond size.
 */
size_t dcfg_key_append(char *buffer, size_t size, size_t at, struct dcfg_view segment);

/* The same for "[index]". */
size_t dcfg_key_append_index(char *buffer, size_t size, size_t at, size_t index);

/* Writes a path of several plain names as YAML has it: `a: {b: ...}`. False where it is none, or
 * longer than anybody would show it. */
#define DCFG_NESTED_SIZE 200
bool dcfg_key_nested(char buffer[DCFG_NESTED_SIZE], struct dcfg_view path);

/* Orders two paths as written by the functions here: segment by segment bytewise, list indices
 * by number, a parent before its children. */
int dcfg_path_compare(struct dcfg_view a, struct dcfg_view b);

#endif
