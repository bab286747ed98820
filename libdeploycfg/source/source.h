/* SPDX-License-Identifier: ISC */
/*
 * Text to layer: reads what a source names, once, and parses it by its syntax. Every reader
 * reports all that is wrong as far as it can go on, says in `loss` what is not in the layer for
 * that, and returns false where it reported an error or memory ran out. None knows which layer is
 * stronger.
 */
#ifndef DCFG_SOURCE_SOURCE_H
#define DCFG_SOURCE_SOURCE_H

#include "base/environ.h"
#include "model/layer.h"

/* Gets a source's bytes into its `text`, once and within limits, or gives it the state MISSING.
 * A file that is missing and was named is an error. */
bool dcfg_source_load(struct dcfg_context *context, uint32_t source);

/* Counts one more source that is read against the limit; false where it is exceeded, which is told
 * at the first that is too many. */
bool dcfg_source_count(struct dcfg_context *context, uint32_t source);

/* Whether a file that was read before trust was asked for may be trusted, and is still the same;
 * reports it where not. */
bool dcfg_source_trust(struct dcfg_context *context, uint32_t source);

/* Reads a source of kind FILE or TEXT. A file that is gone and was not named is recorded as
 * missing, with a warning, and gives an empty layer. */
bool dcfg_source_read(struct dcfg_context *context, uint32_t source,
		      struct dcfg_layer *layer);

/* Whether a line is what a merge of versions left behind, and what to do then. */
bool dcfg_is_conflict_mark(struct dcfg_view line);

#define DCFG_CONFLICT_MESSAGE "this line is the mark of a conflict between versions"
#define DCFG_CONFLICT_HINT                                                               \
	"decide between the versions up to '>>>>>>>', and remove the marks"

/* The two dialects. text: of context->sources.list[source], which has it already. */
bool dcfg_ini_read(struct dcfg_context *context, uint32_t source, struct dcfg_view text,
		   struct dcfg_layer *layer);
bool dcfg_yaml_read(struct dcfg_context *context, uint32_t source, struct dcfg_view text,
		    struct dcfg_layer *layer);

/*
 * Reads one YAML value that stands inside something else, as `:=` has it. origin: of the value,
 * where all is told that has no place of its own. first: of its text's first character, from which
 * places in it are counted; line 0 where the text does not stand anywhere as it is, and so no part
 * of the value has a place. key: the path that the value is for, which errors name.
 * Operators are reported as errors. Returns a node, in which what errors were reported of is
 * refused, or NULL where keys or text were lost by that.
 */
struct dcfg_node *dcfg_yaml_value(struct dcfg_context *context, struct dcfg_origin origin,
				  struct dcfg_origin first, const char *key,
				  struct dcfg_view text);

/* Gives a text node that begins with `[` its flow list, see struct dcfg_flow; others are left
 * alone. first: as above. Reports nothing. */
void dcfg_yaml_flow(struct dcfg_context *context, struct dcfg_node *text,
		    struct dcfg_origin first);

/* A variable that is bound to a key, by the schema or the caller. */
struct dcfg_mapped {
	struct dcfg_view variable, path;
	bool allow_empty; /* an empty value is one, and not skipped */
	/* Of the binding; where source is UINT32_MAX it is the caller's. */
	struct dcfg_origin origin;
};

/* [A-Z][A-Z0-9]*(_[A-Z0-9]+)* */
bool dcfg_is_prefix(struct dcfg_view prefix);

struct dcfg_variables {
	struct dcfg_environ environment;
	struct dcfg_view prefix; /* may be empty */
	const struct dcfg_mapped *mapped;
	size_t mapped_count;
	const struct dcfg_view *env_files; /* paths, the stronger later; NUL-terminated */
	size_t env_file_count;
	/* Patterns of the manifest's foreign_variables, where `*` is any run of characters. What
	 * matches one is none of ours, unless it is bound or selects. */
	const struct dcfg_view *foreign;
	size_t foreign_count;
	bool by_schema; /* names are of dcfg_schema_names(), and what makes a new key is judged
			 * by the schema */
	/* NULL where names are a whole tree; else to be asked for what is below one. */
	void (*names_below)(const struct dcfg_node *node);
	const char *ignored_because; /* NULL: they count; else why each is only listed */
	bool selecting_ignored;      /* those that would select the environment, too */
	bool by_default; /* no variable selects the environment, nor the caller */
};

/* Variables on their way into layers; lives in the arena. */
struct dcfg_variable_layers;

/* Reads the env files and judges the bindings, reporting all that is wrong with them. NULL
 * without memory, or where there are too many. */
struct dcfg_variable_layers *dcfg_variables_open(struct dcfg_context *context,
						 const struct dcfg_variables *variables);

/* Conceals the keys of secrets that variables name files for, before anything is read. declared:
 * what a schema declares, as names are below; NULL without one. */
void dcfg_variables_conceal(const struct dcfg_variable_layers *layers,
			    const struct dcfg_node *declared);

/*
 * The next layer, weakest first: of each env file, and then of the environment, the bound
 * variables, the map in <PREFIX>_JSON, the prefixed variables, which are matched to the tree
 * `names`. What cannot be read is left out. False after the last, without memory, and
 * at once where variables are ignored: then it has listed them.
 *
 * names: needed where dcfg_variables_need_names() says so. Without a schema all that is weaker;
 * with one what dcfg_schema_names() gives: what is declared and what is weaker, where a list has
 * the items that it has in the weaker tree.
 */
bool dcfg_variables_next(struct dcfg_variable_layers *layers,
			 const struct dcfg_node *names, struct dcfg_layer *layer);

/* Whether the next layer is of prefixed variables. */
bool dcfg_variables_need_names(const struct dcfg_variable_layers *layers);

/* Whether it is known of all which keys they set; else keys may be missing, and elements of lists. */
bool dcfg_variables_complete(const struct dcfg_variable_layers *layers);

struct dcfg_override {
	struct dcfg_view path, text;
	struct dcfg_view origin; /* its name as a source; NUL-terminated */
	bool is_value;           /* text is a YAML flow value */
};

/* Overrides as layers: later ones over earlier ones, so each is one of its own. False where it is
 * not even known which key it sets. */
bool dcfg_override_read(struct dcfg_context *context,
			const struct dcfg_override *override, struct dcfg_layer *layer);

#endif
