/* SPDX-License-Identifier: ISC */
/* The formats that `dump` writes, and their parts that other verbs need. */
#ifndef TOOL_FORMAT_H
#define TOOL_FORMAT_H

#include <stdbool.h>

#include "deploycfg.h"
#include "diagnostics.h"
#include "sight.h"
#include "writer.h"

/* What is to be written, and how. A verb with formats of its own gives them what it has. */
struct dump {
	struct writer *out;
	struct diagnostics *diagnostics;
	struct sight sight;
	/* It and all below it, under its full path; the root is everything. */
	const struct deploycfg_entry *only;
	bool origin;
	bool overridden; /* only with origin */
};

struct format {
	const char *name;
	int (*write)(const struct dump *dump); /* returns a status */
};

extern const struct format tool_format_yaml, tool_format_json, tool_format_ini,
	tool_format_env, tool_format_repr;

/* Those of dump, the default first, ended by NULL. */
extern const struct format *const tool_formats[];

/* Whether an entry is part of the dump: what is asked for, below it, or above it. */
bool tool_is_shown(const struct dump *dump, const struct deploycfg_entry *entry);

#define tool_each_shown(dump, child, parent)                                             \
	deploycfg_each_child ((dump)->sight.cfg, child, parent)                          \
		if (tool_is_shown(dump, child))

/* What a value overrode, strongest first; nothing where the dump does not want it. */
const struct deploycfg_entry *tool_overridden(const struct dump *dump,
					      const struct deploycfg_entry *entry);
const struct deploycfg_entry *
tool_next_overridden(const struct deploycfg_entry *overridden);

#define tool_each_overridden(dump, lost, entry)                                          \
	for (const struct deploycfg_entry *lost = tool_overridden(dump, entry); lost;    \
	     lost = tool_next_overridden(lost))

/* Comments with what a value overrode, or what all below it did. */
void tool_write_overridden(const struct dump *dump, const struct deploycfg_entry *entry,
			   const char *before_origin);
void tool_write_overridden_below(const struct dump *dump,
				 const struct deploycfg_entry *entry,
				 const char *before_origin);

/* Comments with values that lists and maps in force overrode and put nothing in place of;
 * for the end of a dump. */
void tool_write_lost(const struct dump *dump, const char *before_origin);

/* One value and all below it as JSON, with a final newline. */
void tool_json(struct writer *out, const struct sight *sight,
	       const struct deploycfg_entry *entry);

/* A value as a Python literal; lists and maps that hold something as [...] and {...}. */
void tool_repr(struct writer *out, const struct sight *sight,
	       const struct deploycfg_entry *entry);

#endif
