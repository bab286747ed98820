/* SPDX-License-Identifier: ISC */
/* Where values come from: the table of everything that was considered, and places in it. */
#ifndef DCFG_MODEL_ORIGIN_H
#define DCFG_MODEL_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"
#include "deploycfg.h"

struct dcfg_origin {
	uint32_t source;       /* index into the sources */
	uint32_t line, column; /* in characters, from 1; 0 for a source as a whole */
};

struct dcfg_source {
	struct dcfg_view name;   /* as the user gave it, NUL-terminated */
	struct dcfg_view label;  /* its layer's name for people */
	struct dcfg_view reason; /* of its state, in words; may be empty */
	struct dcfg_view text;   /* content, once read: for excerpts */
	int layer;
	enum deploycfg_source_kind kind;
	enum deploycfg_source_state state;
	enum deploycfg_syntax syntax;
	bool named;       /* by the caller, and so must exist */
	bool is_document; /* a manifest or schema, and no layer */
	bool empty;       /* known to be: it leads to /dev/null, and is not opened */
	const struct dcfg_origin *named_at; /* of the variable that names it, or NULL */
	size_t *marks; /* where every so manieth line begins, as far as looked: see origin.c */
	size_t mark_count, mark_capacity;
};

struct dcfg_sources {
	struct dcfg_source *list; /* moves when it grows: keep indices, not pointers */
	size_t count, capacity;
};

/* Strings, quoted or not, of layers up to this one may hold references (semantics: 100 to
 * 700); text from stronger ones is never expanded. */
#define DCFG_LAYER_EXPANDED_MAX 700

struct dcfg_context;

/* Takes "optional:" off a name that the caller gave: then it need not exist. */
static inline bool dcfg_take_optional(struct dcfg_view *name)
{
	struct dcfg_view word = DCFG_VIEW("optional:");
	bool is_optional = dcfg_view_starts(*name, word);

	if (is_optional)
		*name = dcfg_view_skip(*name, word.len);
	return is_optional;
}

/* Adds a source; strings are borrowed and must outlive the load. Returns its index, or
 * UINT32_MAX without memory (remembered by the arena). */
uint32_t dcfg_source_add(struct dcfg_context *context, const struct dcfg_source *source);

/* Records a source as missing that need not be there. A link that leads nowhere is told of with
 * a warning: somebody meant it to be there. */
void dcfg_source_miss(struct dcfg_context *context, struct dcfg_source *source,
		      bool is_link);

/* The label of a layer number that no name is part of: "base", "file", "variable",
 * "override", "layer 250". */
struct dcfg_view dcfg_layer_label(struct dcfg_context *context, int layer);

/* The text of a line of a source, without its line end; empty where there is none, and without
 * memory (remembered by the arena). */
struct dcfg_view dcfg_source_line(struct dcfg_context *context,
				  struct dcfg_source *source, uint32_t line);

static inline struct dcfg_origin dcfg_origin(uint32_t source, uint32_t line,
					     uint32_t column)
{
	return (struct dcfg_origin){source, line, column};
}

static inline bool dcfg_origin_is(struct dcfg_origin a, struct dcfg_origin b)
{
	return a.source == b.source && a.line == b.line && a.column == b.column;
}

#endif
