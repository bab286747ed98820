/* SPDX-License-Identifier: ISC */
/* What the files of the reader of variables share. Private to variables*.c and env_file.c. */
#ifndef DCFG_SOURCE_VARIABLES_H
#define DCFG_SOURCE_VARIABLES_H

#include "model/variable.h"
#include "source/source.h"

/* What a variable is to us by its name. Lists are in this order. */
enum dcfg_variable_kind {
	DCFG_VARIABLE_FOREIGN,
	DCFG_VARIABLE_MAPPED, /* bound to a key, whatever its name is */
	DCFG_VARIABLE_JSON,   /* <PREFIX>_JSON */
	DCFG_VARIABLE_KEY,    /* <PREFIX>__X */
	DCFG_VARIABLE_NEAR,   /* <PREFIX>_X, which is none of ours, but may be meant so */
	DCFG_VARIABLE_OVERLAYS,  /* <PREFIX>_OVERLAYS */
	DCFG_VARIABLE_SELECTING, /* <PREFIX>_ENV, DEPLOYCFG_ENV */
	DCFG_VARIABLE_DISOWNED, /* JSON or KEY, had the manifest not said that it is foreign */
	DCFG_VARIABLE_CREDENTIALS /* of the environment: names a directory of secrets */
};

/* One segment of a variable's name, and what all segments up to it lead to. Variables that begin
 * alike share: only the first of them, in order, has it. */
struct dcfg_part {
	struct dcfg_view text;
	const struct dcfg_node *first, *second; /* second: another key of that name */
};

/* The ways to split one name that lead to keys. */
struct dcfg_doubt {
	struct dcfg_variable *first, *second;
	bool told;
};

struct dcfg_variable {
	struct dcfg_view name, value;
	enum dcfg_variable_kind kind;
	/* Of name, value, and the first character of the value's text, with line 0 where that is
	 * another text. Source UINT32_MAX: it is not added yet; lines are those of files. */
	struct dcfg_origin key_origin, origin, first;
	bool takes_empty; /* an empty value is one */
	bool is_refused;  /* the value is reported as wrong, and not empty */

	/* Filled by dcfg_variable_split(). */
	struct dcfg_part *parts;
	size_t count;
	struct dcfg_doubt
		*doubt; /* of all that have its name; NULL where one alone has */

	/* Filled by dcfg_variables_match(). */
	size_t known;                  /* how many segments lead to something */
	const struct dcfg_part *match; /* the last of these */

	/* Filled by dcfg_variables_find_near(). */
	const struct dcfg_node *near; /* a key whose name has more underscores */
	struct dcfg_view near_name;   /* without the prefix */
};

struct dcfg_variable_list {
	struct dcfg_variable *list;
	size_t count;
};

/* The bound variables by name. */
struct dcfg_mapped_index {
	const struct dcfg_mapped **list;
	size_t count;
};

/* What makes a name one of ours. */
struct dcfg_variable_names {
	const struct dcfg_variables *variables;
	struct dcfg_mapped_index mapped;
};

/* variables.c: one variable */

/* By the prefix alone. */
enum dcfg_variable_kind dcfg_variable_own_kind(const struct dcfg_variables *variables,
					       struct dcfg_view name);

enum dcfg_variable_kind dcfg_variable_kind(const struct dcfg_variable_names *names,
					   struct dcfg_view name);

/* The variable's origin; its source is added where it is not yet. */
struct dcfg_origin
dcfg_variable_origin(struct dcfg_context *context, struct dcfg_variable *variable,
		     enum deploycfg_source_state state, const char *reason);

/* The same for one whose value is taken, unless it is empty; and that of its name. */
struct dcfg_origin dcfg_variable_read_origin(struct dcfg_context *context,
					     struct dcfg_variable *variable);
struct dcfg_origin dcfg_variable_key_origin(struct dcfg_context *context,
					    struct dcfg_variable *variable);

/* For a value that is reported as wrong: the variable is set, and nobody knows to what. */
void dcfg_variable_refuse(struct dcfg_variable *variable);

/* Whether the value is UTF-8; reports it where it is not. */
bool dcfg_variable_is_text(struct dcfg_context *context, struct dcfg_variable *variable);

/* A node of the variable's value; NULL without memory or room. */
struct dcfg_node *dcfg_variable_node(struct dcfg_context *context,
				     struct dcfg_variable *variable);

/* Records an empty variable where its key would be; path: as dcfg_note_skipped() has it. */
void dcfg_variable_skip(struct dcfg_context *context, struct dcfg_variable *variable,
			struct dcfg_view path);

/* Sorts variables by kind and name. One that stands there twice is reported, unless it means
 * nothing, and is refused; if it sets no key it is taken out, and false returned. */
bool dcfg_variables_sort(struct dcfg_context *context, struct dcfg_variable_list *found);

/* variables_mapped.c */

struct dcfg_mapped_index dcfg_mapped_index(struct dcfg_context *context,
					   const struct dcfg_variables *variables);

/* The first entry of a variable, index->count where it is not bound. */
size_t dcfg_mapped_find(const struct dcfg_mapped_index *index, struct dcfg_view variable);

/* Reports bindings to what is no key, and of variables that select. */
bool dcfg_mapped_check(struct dcfg_context *context,
		       const struct dcfg_variable_names *names);

/* The bound ones that are named as variables of keys are, split. */
struct dcfg_variable_list dcfg_mapped_own(struct dcfg_context *context,
					  const struct dcfg_variable_names *names);

/* Reports those of them that the caller binds to another key than that of the tree whose they
 * are. */
bool dcfg_mapped_check_own(struct dcfg_context *context,
			   const struct dcfg_variable_names *names,
			   struct dcfg_variable_list *own, const struct dcfg_node *tree);

bool dcfg_mapped_read(struct dcfg_context *context, const struct dcfg_mapped_index *index,
		      struct dcfg_variable_list *mapped, struct dcfg_layer *layer);

/* env_file.c: the variables of a file that are not foreign, sorted; path: as the caller gave it.
 * False where it is not known which variables there are; there is then what could be read. */
bool dcfg_env_file_read(struct dcfg_context *context,
			const struct dcfg_variable_names *names, struct dcfg_view path,
			struct dcfg_variable_list *found);

/* variables_file.c: whether the last segment of a variable that was split is FILE */
bool dcfg_variable_ends_in_file(const struct dcfg_variable *variable);

/* Whether one that was matched names the file of a known scalar key. */
bool dcfg_variable_is_file(const struct dcfg_variable *variable);

/* Whether the key's own variable is set, too, which is reported. */
bool dcfg_variable_has_both(struct dcfg_context *context,
			    const struct dcfg_variable_list *sorted,
			    struct dcfg_variable *file);

/* A node of what the file holds; NULL without memory or room. */
struct dcfg_node *dcfg_variable_file_node(struct dcfg_context *context,
					  struct dcfg_variable *file);

/* variables_conceal.c: conceals the keys that variables may name files for. declared: what a
 * schema declares, as dcfg_variables_next() is given names; NULL without one. */
void dcfg_variables_conceal_files(struct dcfg_context *context,
				  const struct dcfg_variables *variables,
				  const struct dcfg_variable_list *givers, size_t count,
				  const struct dcfg_node *declared);

/* variables_json.c */
bool dcfg_json_read(struct dcfg_context *context, struct dcfg_variable *variable,
		    struct dcfg_layer *layer);

/* variables_prefixed.c: both kinds of <PREFIX>_. Where not `complete`, weaker variables could
 * not be read: then none is told to make a new key or to be beyond a list's end. */
bool dcfg_prefixed_read(struct dcfg_context *context,
			const struct dcfg_variables *variables,
			const struct dcfg_variable_list *prefixed, bool complete,
			const struct dcfg_node *names, struct dcfg_layer *layer);

/* variables_ignored.c: records and names all variables that would have counted */
void dcfg_variables_ignore(struct dcfg_context *context,
			   const struct dcfg_variables *variables,
			   const struct dcfg_variable_list *givers, size_t count);

/* Records those that are foreign by the manifest alone. */
void dcfg_variables_disown(struct dcfg_context *context,
			   const struct dcfg_variable_list *givers, size_t count);

/* variables_split.c: text after the first `taken` bytes of a name, split at double underscores:
 * sets parts and count, or *problem. Empty names and segments, bytes that no name has, and
 * three underscores in a row, which may be parted in several ways, are problems. */
bool dcfg_variable_split(struct dcfg_context *context, struct dcfg_variable *variable,
			 size_t taken, const char **problem);

/* That problem, NULL for none. */
const char *dcfg_variable_problem(const struct dcfg_variable *variable, size_t taken);

/* How many ways to split a name there may be: of each run of three or more underscores behind a
 * segment the first may be a part of that. 0 where there are too many to try, or it has a byte that
 * no name has. */
size_t dcfg_variable_ways(const struct dcfg_variable *variable, size_t taken);

/* Splits it in one of them, from 0; false where a segment is empty then, or without memory. */
bool dcfg_variable_split_so(struct dcfg_context *context, struct dcfg_variable *variable,
			    size_t taken, size_t way);

/* variables_match.c */

/* Sorts the list by segments, the shorter name first, and finds for each variable the keys of
 * the tree that it may mean, in O(variables + keys), with what is below a `*` counted for each
 * name that it stands for. A name that may be read in several ways is there in each of them.
 * given: tells how the tree is; NULL where it is no schema's. */
void dcfg_variables_match(struct dcfg_variable_list *variables,
			  const struct dcfg_node *tree,
			  const struct dcfg_variables *given);

/* Whether a match is only a pattern's: the key that is meant is not there yet. */
bool dcfg_variable_is_pattern(const struct dcfg_variable *variable);

/* A segment of the key that a variable means. */
struct dcfg_spelt {
	const struct dcfg_name *name;
	bool is_index; /* of the list that the segments before it lead to */
};

/* All of them: as the matched keys spell them, else in lower case. False without memory. */
bool dcfg_variable_spell(struct dcfg_context *context,
			 const struct dcfg_variable *variable,
			 struct dcfg_spelt segments[DCFG_DEPTH_MAX]);

/* Whether something is at the place of its key (of so many segments) in a map already, or above or
 * below it. */
bool dcfg_variable_is_taken(struct dcfg_context *context, struct dcfg_variable *variable,
			    size_t count, const struct dcfg_node *at);

/* The path of the first `count` of them, as dcfg_path() writes it; ptr is NULL where it is too
 * long, which is reported, or without memory. */
struct dcfg_view dcfg_variable_path(struct dcfg_context *context,
				    struct dcfg_variable *variable, size_t count);

/* variables_near.c */

/* Finds for <PREFIX>_A_B the key of the tree that <PREFIX>__A__B would be the variable of; the
 * list was matched. given: tells how the tree is. */
void dcfg_variables_find_near(struct dcfg_context *context,
			      struct dcfg_variable_list *variables,
			      const struct dcfg_node *tree,
			      const struct dcfg_variables *given);

/* Warns of a variable that is no key's for lack of underscores, if it is one. */
void dcfg_variable_warn_near(struct dcfg_context *context,
			     const struct dcfg_variables *variables,
			     struct dcfg_variable *variable);

/* variables_new.c */

/* Warns of variables that make new keys, each with the key that it may have meant. */
void dcfg_variables_warn_new(struct dcfg_context *context,
			     struct dcfg_variable_list *variables,
			     struct dcfg_view prefix, const struct dcfg_node *tree);

static inline bool dcfg_variable_is_number(struct dcfg_view part)
{
	for (size_t i = 0; i < part.len; i++)
		if (part.ptr[i] < '0' || part.ptr[i] > '9')
			return false;
	return true;
}

/* Whether it was matched to a key by its whole name. */
static inline bool dcfg_variable_is_whole(const struct dcfg_variable *variable)
{
	return variable->match && variable->known == variable->count;
}

/* Not what sets an element beyond a list's end or a key below a value: that is an error. */
static inline bool dcfg_variable_is_new(const struct dcfg_variable *variable)
{
	return variable->kind == DCFG_VARIABLE_KEY && variable->known < variable->count &&
	       !dcfg_variable_is_file(variable) &&
	       (!variable->match || variable->match->first->type <= DEPLOYCFG_NULL ||
		variable->match->first->type == DEPLOYCFG_MAP);
}

#endif
