/* SPDX-License-Identifier: ISC */
/* The formats that `dump` writes, and their parts that other verbs need. */
#ifndef TOOL_FORMAT_H
#define TOOL_FORMAT_H

#include <stdbool.h>

#include "deploycfg.h"
#include "writer.h"

struct format {
	const char *name;
	void (*write)(struct writer *out, const struct deploycfg_snapshot *cfg,
		      bool origin);
};

extern const struct format tool_format_yaml, tool_format_json, tool_format_repr;

/* The default first, ended by NULL. */
extern const struct format *const tool_formats[];

/* One value and all below it as JSON, with a final newline. */
void tool_json(struct writer *out, const struct deploycfg_snapshot *cfg,
	       const struct deploycfg_entry *entry);

/* A value as a Python literal; lists and maps that hold something as [...] and {...}. */
void tool_repr(struct writer *out, const struct deploycfg_entry *entry);

#endif
