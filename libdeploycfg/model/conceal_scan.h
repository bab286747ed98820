/* SPDX-License-Identifier: ISC */
/* What those share who judge the lines of a text by their looks: see conceal_lines.c. */
#ifndef DCFG_MODEL_CONCEAL_SCAN_H
#define DCFG_MODEL_CONCEAL_SCAN_H

#include "base/utf8.h"
#include "model/conceal_notes.h"

/* A text, and what its lines are searched for. */
struct dcfg_scan {
	const struct dcfg_context *context;
	struct dcfg_view text;
	bool is_document, speaks_of_secrets;
};

struct dcfg_line {
	struct dcfg_view text;
	size_t indent; /* bytes before the first that is no blank */
	size_t key;    /* and before the first behind `- ` */
};

static inline bool dcfg_is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static inline char dcfg_byte_at(struct dcfg_view text, size_t at)
{
	return at < text.len ? text.ptr[at] : '\0';
}

static inline size_t dcfg_skip_blanks(struct dcfg_view text, size_t at)
{
	while (dcfg_is_blank(dcfg_byte_at(text, at)))
		at++;
	return at;
}

struct dcfg_line dcfg_line_of(struct dcfg_view text);

/* Whether a secret key is named in a line of the text. What the line begins with may lack its
 * separator. */
bool dcfg_line_mentions(const struct dcfg_scan *scan, struct dcfg_view line);

/* Whether a word of a text looks secret, and be it the field `secret`. */
bool dcfg_speaks_of_secrets(struct dcfg_view text);

#endif
