/* SPDX-License-Identifier: ISC */
/* The notation of references in text: `${key}`, `${key:-default}`, `${env:NAME}`, and `$${` for
 * a literal `${`. Knows no tree: what they lead to is for model/interpolate.h. */
#ifndef DCFG_MODEL_TEMPLATE_H
#define DCFG_MODEL_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/view.h"

enum dcfg_part_kind {
	DCFG_LITERAL,
	DCFG_KEY_REFERENCE,
	DCFG_VARIABLE_REFERENCE
};

struct dcfg_template_part {
	enum dcfg_part_kind kind;
	struct dcfg_view text;     /* LITERAL: itself; else the path, or the name */
	struct dcfg_view fallback; /* as written; ptr is NULL for none */
	struct dcfg_view written;  /* all of it */
	const char *problem;       /* of a reference that is none; NULL */
};

/* Reads a template part by part. */
struct dcfg_template {
	struct dcfg_view rest;
	bool escaped; /* it begins with a literal `${` */
};

static inline struct dcfg_template dcfg_template(struct dcfg_view text)
{
	return (struct dcfg_template){text, false};
}

/* Gets the next part; false at the end. A part with a problem is the last one. */
bool dcfg_template_next(struct dcfg_template *template, struct dcfg_template_part *part);

/* The offset of the next `${`, escaped or not, at or behind one; the text's length for none. */
static inline size_t dcfg_find_brace(struct dcfg_view text, size_t from)
{
	while (from + 1 < text.len) {
		const char *at = memchr(text.ptr + from, '$', text.len - from - 1);

		if (!at)
			break;
		from = (size_t)(at - text.ptr) + 1;
		if (text.ptr[from] == '{')
			return from - 1;
	}
	return text.len;
}

/* Whether text holds a `${` that is not escaped. */
bool dcfg_has_reference(struct dcfg_view text);

/* Whether text is one reference and nothing else. */
bool dcfg_is_whole_reference(struct dcfg_view text);

/* Bytes of the reference that a text begins with, 0 where it begins with none. */
size_t dcfg_reference_length(struct dcfg_view text);

/* Text with every `$${` made `${`; the same text where there is none. ptr is NULL without
 * memory. */
struct dcfg_view dcfg_unescape_references(struct dcfg_arena *arena,
					  struct dcfg_view text);

#endif
