/* SPDX-License-Identifier: ISC */
/* What a verb is, and all of them. */
#ifndef TOOL_VERB_H
#define TOOL_VERB_H

#include "tool.h"

struct verb {
	const char *name;
	const char *operand; /* what it is asked for, such as "KEY"; NULL for nothing */
	const char *summary; /* one line for the list of verbs */
	const char *description; /* lines for its own help */
	const char *examples;
	bool notes;       /* are printed besides errors and warnings */
	unsigned options; /* the ones it takes, as bits of enum option_id */
	int (*run)(const struct tool *tool); /* with tool->cfg loaded; returns a status */
};

extern const struct verb tool_verb_dump, tool_verb_get, tool_verb_explain,
	tool_verb_check, tool_verb_layers, tool_verb_keys, tool_verb_env_names;

/* In the order of the help, ended by NULL. */
extern const struct verb *const tool_verbs[];

#endif
