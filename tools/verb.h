/* SPDX-License-Identifier: ISC */
/* What a verb is, and all of them. */
#ifndef TOOL_VERB_H
#define TOOL_VERB_H

#include "tool.h"

struct format;

/* What is ready before a verb runs. */
enum verb_input {
	INPUT_SNAPSHOT, /* tool->cfg: everything was loaded without an error */
	INPUT_LOADER,   /* tool->loader: it loads by itself, see load.h */
	INPUT_SCHEMA,   /* the same; where --schema is given, no directory needs to be */
	INPUT_NOTHING
};

struct verb {
	const char *name;
	const char *operand; /* what it is asked for, such as "KEY"; NULL for nothing */
	bool optional;       /* the operand may be left out, and is NULL then */
	enum verb_input input;
	const char *summary;     /* one line for the list of verbs */
	const char *description; /* lines for its own help */
	const char *examples;
	bool notes;       /* are printed besides errors and warnings */
	uint64_t options; /* the ones it takes, as bits of enum option_id */
	/* The values of --format, the default first, ended by NULL; NULL where it takes none.
	 * tool->options->format is one of them. */
	const struct format *const *formats;
	int (*run)(const struct tool *tool); /* returns a status */
};

extern const struct verb tool_verb_dump, tool_verb_get, tool_verb_explain,
	tool_verb_check, tool_verb_layers, tool_verb_keys, tool_verb_env_names,
	tool_verb_schema, tool_verb_init;

/* In the order of the help, ended by NULL. */
extern const struct verb *const tool_verbs[];

#endif
