/* SPDX-License-Identifier: ISC */
/*
 * Text to layer: reads what a source names, once, and parses it by its syntax. Every reader
 * reports all that is wrong as far as it can go on, and returns false where it reported an
 * error or memory ran out. None knows which layer is stronger.
 */
#ifndef DCFG_SOURCE_SOURCE_H
#define DCFG_SOURCE_SOURCE_H

#include "base/environ.h"
#include "model/layer.h"

/* Reads a source of kind FILE or TEXT. A file that is gone and was not named is recorded as
 * missing, with a warning, and gives an empty layer. */
bool dcfg_source_read(struct dcfg_context *context, uint32_t source,
		      struct dcfg_layer *layer);

/* The two dialects. text: of context->sources.list[source], which has it already. */
bool dcfg_ini_read(struct dcfg_context *context, uint32_t source, struct dcfg_view text,
		   struct dcfg_layer *layer);
bool dcfg_yaml_read(struct dcfg_context *context, uint32_t source, struct dcfg_view text,
		    struct dcfg_layer *layer);

/*
 * Reads one YAML value that stands inside something else, as `:=` has it. origin: of its first
 * character; positions in it are added to line and column unless the line is 0. key: the path
 * that the value is for, which errors name. Operators are reported as errors. Returns a node, or
 * NULL with errors reported.
 */
struct dcfg_node *dcfg_yaml_value(struct dcfg_context *context, struct dcfg_origin origin,
				  const char *key, struct dcfg_view text);

/* Gives a text node that begins with `[` its flow list, see struct dcfg_flow; others are left
 * alone. Reports nothing. */
void dcfg_yaml_flow(struct dcfg_context *context, struct dcfg_node *text);

/* A variable that is bound to a key by the caller. */
struct dcfg_mapped {
	struct dcfg_view variable, path;
};

struct dcfg_variables {
	struct dcfg_environ environment;
	struct dcfg_view prefix; /* may be empty */
	const struct dcfg_mapped *mapped;
	size_t mapped_count;
	const char *ignored_because; /* NULL: they count; else why each is only listed */
	bool selecting_ignored;      /* those that would select the environment, too */
};

/* The mapped variables as a layer of their own: weaker than the prefixed ones. Empty where
 * variables are ignored: dcfg_variables_read() lists them all. */
bool dcfg_mapped_read(struct dcfg_context *context,
		      const struct dcfg_variables *variables, struct dcfg_layer *layer);

/* The prefixed variables as a layer, matched to the keys of the weaker ones. */
bool dcfg_variables_read(struct dcfg_context *context,
			 const struct dcfg_variables *variables,
			 const struct dcfg_node *weaker, struct dcfg_layer *layer);

struct dcfg_override {
	struct dcfg_view path, text;
	struct dcfg_view origin; /* its name as a source; NUL-terminated */
	bool is_value;           /* text is a YAML flow value */
};

/* Overrides as layers: later ones over earlier ones, so each is one of its own. */
bool dcfg_override_read(struct dcfg_context *context,
			const struct dcfg_override *override, struct dcfg_layer *layer);

#endif
