/* SPDX-License-Identifier: ISC */
/* Where an entry comes from, as every verb and format writes it. */
#ifndef TOOL_ORIGIN_H
#define TOOL_ORIGIN_H

#include <stdbool.h>

#include "deploycfg.h"
#include "writer.h"

/* FILE:LINE:COL, or the name alone where it has no lines. */
void tool_place(struct writer *out, const struct deploycfg_entry *entry);

/* (label) */
void tool_label(struct writer *out, const struct deploycfg_source *source);

/* `before`, then the place and the label as a comment; nothing where there is no
 * origin. */
void tool_comment(struct writer *out, const char *before,
		  const struct deploycfg_entry *entry);

/* Whether nothing is below it: scalars, and lists and maps that are empty. */
bool tool_is_leaf(const struct deploycfg_entry *entry);

/* Whether one path is another one or leads on from it. */
bool tool_is_at_or_below(const char *path, const char *top);

#endif
