/* SPDX-License-Identifier: ISC */
/* What the files of the reader of variables share. Private to variables*.c. */
#ifndef DCFG_SOURCE_VARIABLES_H
#define DCFG_SOURCE_VARIABLES_H

#include "source/source.h"

/* One segment of a variable's name, and what all segments up to it lead to. Variables that begin
 * alike share: only the first of them, in order, has it. */
struct dcfg_part {
	struct dcfg_view text;
	const struct dcfg_node *first, *second; /* second: another key of that name */
};

struct dcfg_variable {
	struct dcfg_view name, value;
	struct dcfg_part *parts;
	size_t count;
	bool near_miss; /* <PREFIX>_X, which is none of ours, but a key's name lacking a '_' */
	bool twice;      /* and reported so */
	uint32_t source; /* UINT32_MAX: not added yet */

	/* Filled by dcfg_variables_match(). */
	size_t known;                  /* how many segments lead to something */
	const struct dcfg_part *match; /* the last of these */
};

struct dcfg_variable_list {
	struct dcfg_variable
		*list; /* once matched, by segments, the shorter name first */
	size_t count;
};

/* What a variable is to us by its name. */
enum dcfg_variable_kind {
	DCFG_VARIABLE_FOREIGN,
	DCFG_VARIABLE_KEY,      /* <PREFIX>__X */
	DCFG_VARIABLE_NEAR,     /* <PREFIX>_X */
	DCFG_VARIABLE_RESERVED, /* <PREFIX>_JSON, <PREFIX>_OVERLAYS */
	DCFG_VARIABLE_SELECTING /* <PREFIX>_ENV, DEPLOYCFG_ENV */
};

enum dcfg_variable_kind dcfg_variable_kind(const struct dcfg_variables *variables,
					   struct dcfg_view name);

/* The variable of an entry of the environment; false where it is no NAME=value. */
bool dcfg_variable_at(const struct dcfg_variables *variables, size_t at,
		      struct dcfg_variable *variable);

/* The variable's origin; its source is added where it is not yet. */
struct dcfg_origin
dcfg_variable_origin(struct dcfg_context *context, struct dcfg_variable *variable,
		     enum deploycfg_source_state state, const char *reason);

/* The same for one whose value is taken, unless it is empty. */
struct dcfg_origin dcfg_variable_read_origin(struct dcfg_context *context,
					     struct dcfg_variable *variable);

/* A text node of the variable's value; NULL after an error. */
struct dcfg_node *dcfg_variable_node(struct dcfg_context *context,
				     struct dcfg_variable *variable);

/* Records an empty variable where its key would be; path: as dcfg_note_skipped() has it. */
void dcfg_variable_skip(struct dcfg_context *context, struct dcfg_variable *variable,
			struct dcfg_view path);

/* variables_mapped.c: the bound variables by name */
struct dcfg_mapped_index {
	const struct dcfg_mapped **list;
	size_t count;
};

struct dcfg_mapped_index dcfg_mapped_index(struct dcfg_context *context,
					   const struct dcfg_variables *variables);

/* The first entry of a variable, index->count where it is not bound. */
size_t dcfg_mapped_find(const struct dcfg_mapped_index *index, struct dcfg_view variable);

/* variables_ignored.c: records and names all variables that would have counted */
void dcfg_variables_ignore(struct dcfg_context *context,
			   const struct dcfg_variables *variables);

/* variables_match.c */

/* Text after the first `taken` bytes of a name, split at double underscores: sets parts and
 * count, or *problem. Empty names and segments, underscores at a segment's edge and bytes that
 * no name has are problems. */
bool dcfg_variable_split(struct dcfg_context *context, struct dcfg_variable *variable,
			 size_t taken, const char **problem);

/* Whether a key's segment can stand in a variable's name. */
bool dcfg_variable_names(struct dcfg_view segment);

/* Sorts the list and finds for each variable the keys of the tree that it may mean, in
 * O(variables + keys). */
void dcfg_variables_match(struct dcfg_variable_list *variables,
			  const struct dcfg_node *tree);

/* A segment of the key that a variable means. */
struct dcfg_spelt {
	const struct dcfg_name *name;
	bool is_index; /* of the list that the segments before it lead to */
};

/* All of them: as weaker layers spell them, and then in lower case. False without memory. */
bool dcfg_variable_spell(struct dcfg_context *context,
			 const struct dcfg_variable *variable,
			 struct dcfg_spelt segments[DCFG_DEPTH_MAX]);

/* The path of the first `count` of them, as dcfg_path() writes it; ptr is NULL where it is too
 * long, which is reported, or without memory. */
struct dcfg_view dcfg_variable_path(struct dcfg_context *context,
				    struct dcfg_variable *variable, size_t count);

/* variables_new.c */

/* Warns of variables that make new keys, each with the key that it may have meant. */
void dcfg_variables_warn_new(struct dcfg_context *context,
			     struct dcfg_variable_list *variables,
			     struct dcfg_view prefix, const struct dcfg_node *tree);

/* How a byte of a key's segment stands in a variable's name. */
static inline char dcfg_variable_byte(char byte)
{
	if (byte >= 'a' && byte <= 'z')
		return (char)(byte - 'a' + 'A');
	return byte == '-' ? '_' : byte;
}

static inline bool dcfg_variable_is_number(struct dcfg_view part)
{
	for (size_t i = 0; i < part.len; i++)
		if (part.ptr[i] < '0' || part.ptr[i] > '9')
			return false;
	return true;
}

/* Not what sets an element beyond a list's end or a key below a value: that is an error. */
static inline bool dcfg_variable_is_new(const struct dcfg_variable *variable)
{
	return !variable->near_miss && variable->known < variable->count &&
	       (!variable->match || variable->match->first->type <= DEPLOYCFG_NULL ||
		variable->match->first->type == DEPLOYCFG_MAP);
}

#endif
