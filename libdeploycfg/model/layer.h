/* SPDX-License-Identifier: ISC */
/*
 * The tree that every syntax is read into and that merging folds: nodes with origin, and
 * blocks for environments. A tree knows its paths; it does not know files or bytes on disk.
 */
#ifndef DCFG_MODEL_LAYER_H
#define DCFG_MODEL_LAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/context.h"
#include "model/value.h"

/* What a node does to the value below it. */
enum dcfg_op {
	DCFG_SET = 0, /* merge map into map, else take its place */
	DCFG_APPEND,
	DCFG_PREPEND,
	DCFG_REPLACE,
	DCFG_ASSIGN, /* merge map into map, else as DCFG_REPLACE */
	DCFG_UNSET   /* type NONE */
};

enum dcfg_node_flags {
	DCFG_TEXT = 1 << 0,     /* untyped: from INI, variables, overrides; type STRING */
	DCFG_EMPTY = 1 << 1,    /* a YAML null that was written as nothing at all */
	DCFG_TEMPLATE = 1 << 2, /* a STRING that holds `${` and is to be expanded; of
				 * dcfg_schema_names(): a reference to any keys */
	DCFG_FLOW = 1 << 3,  /* a TEXT that begins with `[`: `flow` holds it as a list */
	DCFG_ITEMS = 1 << 4, /* a MAP by index: sets elements of the list below it */
	DCFG_PAST = 1 << 5,  /* a LIST or MAP: something below it has a past to settle */
	DCFG_SPREAD =
		1 << 5, /* a STRING: an item in whose place those of the list come that
			       * it refers to */
	/* What a schema says, in the order of enum deploycfg_flag. */
	DCFG_IS_SECRET = 1 << 6,
	DCFG_IS_DEFAULT = 1 << 7,
	DCFG_IS_DEPRECATED = 1 << 8,
	DCFG_IS_RESTART = 1 << 9,
	DCFG_IS_REPLACES = 1 << 10,
	DCFG_IS_ALL = DCFG_IS_SECRET | DCFG_IS_DEFAULT | DCFG_IS_DEPRECATED |
		      DCFG_IS_RESTART | DCFG_IS_REPLACES,
	DCFG_ALLOW_EMPTY =
		1 << 11, /* of names for variables alone: dcfg_schema_names() */
	DCFG_PLAIN =
		1 << 12, /* a scalar from YAML, without quotes and tag; noted for lint */
	DCFG_LACKS = 1 << 12, /* a LIST or MAP over what was refused: more may be in it */
	DCFG_DECLARED = 1 << 13, /* of names for variables alone, too */
	DCFG_TOLD = 1 << 13,     /* any other NULL: in the place of what was refused */
	DCFG_OPEN = 1 << 14,     /* what it overrode has its type only once references
			      * are expanded, or it has a text only then */
	DCFG_IS_MASKED = 1 << 15 /* made of what by its name looks secret */
};

/*
 * Children form a ring through `next`; the parent points to the last. Use the iterators.
 * In the effective tree a removed key stays as a node of type NONE, so that its history does.
 */
struct dcfg_node {
	struct dcfg_node *parent, *next;
	const struct dcfg_name *name; /* in a map; NULL for list items and roots */
	struct dcfg_related *related; /* strongest first */
	union {
		union dcfg_scalar scalar; /* BOOL, INT, FLOAT, DURATION, SIZE */
		struct dcfg_node *last;   /* LIST, MAP: NULL without children */
		struct dcfg_flow *flow;   /* DCFG_FLOW */
		const struct dcfg_node
			*model; /* an item with DCFG_OPEN that overrode none */
		struct dcfg_expansion *expansion; /* while references are expanded */
	};
	union {
		const char *text;         /* scalars: source text, without a NUL */
		struct dcfg_table *table; /* MAP: children by name, once searched */
		struct dcfg_node *
			*items; /* LIST: by number, while references are expanded */
	};
	uint32_t length; /* bytes of text, or number of children */
	uint8_t type;    /* enum deploycfg_type */
	uint8_t op;
	uint16_t flags;
	struct dcfg_origin origin;     /* of the value */
	uint32_t key_line, key_column; /* of the key; 0 where there is none */
	union {
		uint32_t born;    /* MAP: when it was made, see table.c */
		uint32_t written; /* scalars: see dcfg_written() */
	};
};

/* A value that lost, or did something, at a key. */
struct dcfg_related {
	struct dcfg_related *next; /* weaker */
	struct dcfg_node *node;
	enum deploycfg_relation relation;
	const char *path; /* INPUT: of the key, or `env:NAME`; else NULL */
};

/* A text that begins with `[`, read as a flow list ahead of time: merging needs it only over
 * a list, and only then is the problem one. */
struct dcfg_flow {
	struct dcfg_node *list; /* NULL where it is no flow list; then why not: */
	enum deploycfg_status status;
	struct dcfg_origin origin;
	const char *key; /* from the list on */
	const char *problem, *hint;
	bool conceals; /* and these quote nothing */
};

/* when@ENVIRONMENT: a tree that is merged after its file if that environment is selected. */
struct dcfg_block {
	struct dcfg_block *next;      /* in file order */
	struct dcfg_view environment; /* as written */
	struct dcfg_origin origin;    /* of the key or section */
	struct dcfg_node *root;
};

/* What a layer does not have of its text, beside values that were refused. */
enum dcfg_loss {
	DCFG_LOST_NOTHING,
	DCFG_LOST_KEYS, /* nobody knows which; what is there is certain */
	DCFG_LOST_TEXT  /* and what is there may not be what was meant */
};

/* What one text is read into. A value that its reader refused is there as dcfg_node_void() has
 * it. */
struct dcfg_layer {
	struct dcfg_node *root; /* a MAP */
	struct dcfg_block *blocks;
	enum dcfg_loss loss;
	struct dcfg_node
		*empty; /* a MAP of what empty variables would set: to be judged, and
				  * not merged; NULL for none */
};

/* A list or map. */
static inline bool dcfg_has_children(const struct dcfg_node *node)
{
	return dcfg_type_has_children((enum deploycfg_type)node->type);
}

/* What stands in the place of a value that its reader or a schema refused. */
static inline bool dcfg_node_is_refused(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_NULL && node->flags & DCFG_TOLD;
}

/* Whether something may be missing in a list or map, so that nobody may be told that it is. */
static inline bool dcfg_node_lacks(const struct dcfg_node *node)
{
	return dcfg_type_has_children((enum deploycfg_type)node->type) &&
	       node->flags & DCFG_LACKS;
}

/* A scalar that is a secret: its value must not be where others could see it. */
static inline bool dcfg_node_is_hidden(const struct dcfg_node *node)
{
	return node->flags & DCFG_IS_SECRET &&
	       dcfg_type_has_text((enum deploycfg_type)node->type);
}

/* A scalar other than null. */
static inline bool dcfg_has_text(const struct dcfg_node *node)
{
	return dcfg_type_has_text((enum deploycfg_type)node->type);
}

static inline struct dcfg_node *dcfg_first(const struct dcfg_node *parent)
{
	return dcfg_has_children(parent) && parent->last ? parent->last->next : NULL;
}

static inline struct dcfg_node *dcfg_next(const struct dcfg_node *node)
{
	return node == node->parent->last ? NULL : node->next;
}

#define dcfg_each(child, parent_node)                                                    \
	for (struct dcfg_node *child = dcfg_first(parent_node); child;                   \
	     child = dcfg_next(child))

/* The next node in pre-order of the subtree `top`, NULL at its end: no recursion, no stack. */
struct dcfg_node *dcfg_walk(const struct dcfg_node *top, const struct dcfg_node *node);

static inline struct dcfg_view dcfg_text(const struct dcfg_node *node)
{
	return dcfg_view(node->text, node->length);
}

/* Remembers the text that a schema takes from a scalar, to give it a canonical one. */
void dcfg_note_written(struct dcfg_context *context, struct dcfg_node *node);

/* The text of a scalar as it was written, whatever a schema made of it. */
static inline struct dcfg_view dcfg_written(const struct dcfg_context *context,
					    const struct dcfg_node *node)
{
	return node->written ? context->written[node->written - 1] : dcfg_text(node);
}

static inline struct dcfg_origin dcfg_key_origin(const struct dcfg_node *node)
{
	return node->key_line ? dcfg_origin(node->origin.source, node->key_line,
					    node->key_column)
			      : node->origin;
}

/* The time by which maps know how old they are: nodes made so far, as far as it fits. */
static inline uint32_t dcfg_now(const struct dcfg_context *context)
{
	return context->keys < UINT32_MAX ? (uint32_t)context->keys + 1 : UINT32_MAX;
}

/* Of zeros. */
static inline void dcfg_node_init(const struct dcfg_context *context,
				  struct dcfg_node *node, enum deploycfg_type type,
				  struct dcfg_origin origin)
{
	node->type = (uint8_t)type;
	node->origin = origin;
	if (dcfg_type_has_children(type))
		node->born = dcfg_now(context);
	else
		node->text = "";
}

/* A node without parent, children, text or operator that is no key: a root, or the record of
 * what happened. NULL without memory. */
static inline struct dcfg_node *dcfg_node_uncounted(struct dcfg_context *context,
						    enum deploycfg_type type,
						    struct dcfg_origin origin)
{
	struct dcfg_node *node = dcfg_arena_zalloc(&context->arena, sizeof(*node));

	if (node)
		dcfg_node_init(context, node, type, origin);
	return node;
}

/* The same for a key: counted against the limit of keys, which it reports at its origin. */
static inline struct dcfg_node *dcfg_node_new(struct dcfg_context *context,
					      enum deploycfg_type type,
					      struct dcfg_origin origin)
{
	if (!dcfg_within(context, DEPLOYCFG_LIMIT_KEYS, context->keys - context->free + 1,
			 origin, NULL))
		return NULL;
	context->keys++;
	return dcfg_node_uncounted(context, type, origin);
}

/*
 * A text node (STRING, DCFG_TEXT): text must live in the arena and be NUL-terminated, or be
 * part of the source's text. Checks the limit of values; sets DCFG_TEMPLATE where `expands`
 * and it holds `${`.
 */
struct dcfg_node *dcfg_text_new(struct dcfg_context *context, struct dcfg_view text,
				bool expands, struct dcfg_origin origin);

/* Puts a null in the place of a value that is refused: nothing is said of what it lacks, and
 * nothing weaker shows through. Its number is the type of what was there. */
void dcfg_node_void(struct dcfg_context *context, struct dcfg_node *node);

/* The same, keeping in mind what of it is a secret. */
void dcfg_node_refuse(struct dcfg_context *context, struct dcfg_node *node);

/* The same for a key whose value could not be read; NULL without memory or room. */
struct dcfg_node *dcfg_node_unread(struct dcfg_context *context,
				   struct dcfg_origin origin);

/* Marks what is to stand in the place of a refused value that it adds to, and what is below. */
void dcfg_node_lack(struct dcfg_context *context, struct dcfg_node *node);

/* A map's child of that name, NULL for none. Counts removed ones (type NONE) as children. */
struct dcfg_node *dcfg_map_find(const struct dcfg_context *context,
				const struct dcfg_node *map,
				const struct dcfg_name *name);

/* The same by a name that may not be interned. */
struct dcfg_node *dcfg_map_get(const struct dcfg_context *context,
			       const struct dcfg_node *map, const char *name);

/* The same, looking behind a child first, where it is if names are asked for in their order;
 * NULL to begin. */
struct dcfg_node *
dcfg_map_find_after(const struct dcfg_context *context, const struct dcfg_node *map,
		    const struct dcfg_node *child, const struct dcfg_name *name);

/* Gives a node an operator: the one way to. */
static inline void dcfg_set_op(struct dcfg_context *context, struct dcfg_node *node,
			       enum dcfg_op op)
{
	node->op = (uint8_t)op;
	context->has_operators = true;
}

/*
 * Puts a node, its name set, at the end of a map. Returns NULL, or the node of that name that is
 * there already, and then does nothing. Lack of memory is remembered by the arena.
 */
struct dcfg_node *dcfg_map_put(struct dcfg_context *context, struct dcfg_node *map,
			       struct dcfg_node *child);

/* Gives a map's child a name that none there has. */
void dcfg_map_rename(const struct dcfg_context *context, struct dcfg_node *child,
		     const struct dcfg_name *name);

/* Puts a node at the end of a list. */
static inline void dcfg_list_put(struct dcfg_node *list, struct dcfg_node *child)
{
	child->parent = list;
	child->next = list->last ? list->last->next : child;
	if (list->last)
		list->last->next = child;
	list->last = child;
	list->length++;
}

/* Whether it was written in YAML: in a file or a text, or in a map that a variable holds, which is
 * all that has lines in one. */
static inline bool dcfg_is_yaml(const struct dcfg_context *context,
				const struct dcfg_node *node)
{
	const struct dcfg_source *source =
		node->origin.source < context->sources.count
			? &context->sources.list[node->origin.source]
			: NULL;

	if (!source || source->kind > DEPLOYCFG_SOURCE_TEXT)
		return source && source->kind == DEPLOYCFG_SOURCE_VARIABLE &&
		       node->origin.line;
	return source->syntax == DEPLOYCFG_YAML;
}

/* Exchanges what two nodes hold (all but name, parent and neighbours): their values, operators,
 * origins and history. Neither moves among its parent's children. */
void dcfg_swap(struct dcfg_node *a, struct dcfg_node *b);

/* Whether a map has a child of that name that is refused. */
static inline bool dcfg_map_refuses(const struct dcfg_context *context,
				    const struct dcfg_node *map,
				    const struct dcfg_name *name)
{
	const struct dcfg_node *child = name ? dcfg_map_find(context, map, name) : NULL;

	return child && dcfg_node_is_refused(child);
}

/*
 * A map's child map of that name, made where missing; `items`: one with DCFG_ITEMS. Reports a
 * child that is something else, refuses it, and returns NULL.
 */
struct dcfg_node *dcfg_map_enter(struct dcfg_context *context, struct dcfg_node *map,
				 const struct dcfg_name *name, bool items,
				 struct dcfg_origin origin);

/*
 * The map that a key's parents name, from `map` down, made where missing: all of `key` but its
 * last segment, which *last receives. `indices`: it may set elements of lists. Depth is checked.
 * Reports and returns NULL where the path is malformed, *last being NULL then, or meets something
 * that is no map, which is refused.
 * origin: of the key's first character; offsets in the path add characters to its column
 * (none where the line is 0).
 */
struct dcfg_node *
dcfg_map_reach(struct dcfg_context *context, struct dcfg_node *map, struct dcfg_view key,
	       bool indices, struct dcfg_origin origin, const struct dcfg_name **last);

/* Depth of a node: 0 for the root. */
size_t dcfg_depth(const struct dcfg_node *node);

/* The path of a node as text in the arena; "" for the root and without memory. */
const char *dcfg_path(struct dcfg_context *context, const struct dcfg_node *node);

/* A well-formed path as dcfg_path() would write it, in the arena; ptr is NULL without memory. */
struct dcfg_view dcfg_path_copy(struct dcfg_context *context, struct dcfg_view path);

/* The path of what `more` leads to from the end of `path`; either may be empty. In the arena,
 * "" without memory. */
const char *dcfg_path_join(struct dcfg_context *context, const char *path,
			   const char *more);

/* Which items searches came to, by depth: searches in path order walk each list once. */
struct dcfg_trail {
	struct {
		const struct dcfg_node *list;
		struct dcfg_node *item;
		size_t index;
	} at[DCFG_DEPTH_MAX];
};

/* The node that a path leads to in a tree, NULL for none or a removed one. The trail begins as
 * zeros; the tree must not change under it. */
struct dcfg_node *dcfg_node_at(const struct dcfg_context *context,
			       const struct dcfg_node *root, struct dcfg_view path,
			       struct dcfg_trail *trail);

#endif
