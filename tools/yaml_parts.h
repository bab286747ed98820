/* SPDX-License-Identifier: ISC */
/* What YAML is made of, for all who write it. */
#ifndef TOOL_YAML_PARTS_H
#define TOOL_YAML_PARTS_H

#include "format.h"

/* A scalar with `${` written `$${`, [] or {}; lists and maps that hold something as [...]
 * and {...}. What is not seen has a tag that does not load. */
void tool_yaml_scalar(struct writer *out, const struct sight *sight,
		      const struct deploycfg_entry *entry);

/* A key that no block for an environment can be, without its colon. */
void tool_yaml_key(struct writer *out, const char *name);

/* A value as text in one line. */
struct one_line {
	const char *bytes;
	size_t length;
	char *owned; /* for free() */
};

/* The text of a scalar, or the mask; what the dump shows of a list or map as a flow value, or [...] and
 * {...} where it lost. False without memory. */
bool tool_one_line(const struct dump *dump, const struct deploycfg_entry *entry,
		   struct one_line *line);

#endif
