/* SPDX-License-Identifier: ISC */
/* What the parts of the YAML reader share: events become one tree, in one pass, without
 * recursion. `open` is the list or map that is being read; in a map a key comes first. */
#ifndef DCFG_SOURCE_YAML_H
#define DCFG_SOURCE_YAML_H

#include "source/source.h"
#include "source/yaml_event.h"
#include "source/yaml_scan.h"

/* Flags of nodes while they are read, beside those of model/layer.h. */
enum dcfg_yaml_flags {
	DCFG_YAML_OPEN = 1 << 14, /* a list or map that is not finished */
	DCFG_YAML_IN_KEY =
		1 << 15, /* a list or map that stands as a key, and so is an error */
	/* What is told of when it is finished: */
	DCFG_YAML_LACKS = 1 << 11, /* a map with a key of which nobody knows the name */
	DCFG_YAML_TWICE = 1 << 12  /* a map whose key was there already */
};

/* The key whose value comes next; name is NULL where a key comes next. */
struct dcfg_yaml_key {
	const struct dcfg_name *name;
	struct dcfg_origin origin;
	bool apart;    /* reported as wrong: its value is refused */
	bool nameless; /* and it is not known which key it is */
	bool block;    /* when@ENVIRONMENT */
};

struct dcfg_yaml_anchor;

struct dcfg_yaml_anchors {
	struct dcfg_yaml_anchor *slots;
	size_t count, capacity; /* of names */
	size_t defined;         /* with those that were defined again */
	size_t suggested;       /* suggestions made: each looks at all names */
	uint64_t nodes, bytes;  /* that aliases have copied */
};

struct dcfg_yaml {
	struct dcfg_context *context;
	struct dcfg_yaml_events *events;
	struct dcfg_view text;    /* without a byte order mark */
	struct dcfg_origin base;  /* of its first character */
	struct dcfg_layer *layer; /* NULL: the text is one value, not a file */
	struct dcfg_node *root, *open;
	struct dcfg_yaml_key key;
	struct dcfg_block **last_block;
	struct dcfg_node *block_names; /* a map that knows which there were */
	struct dcfg_yaml_anchors anchors;
	uint64_t keys_before;
	size_t level;             /* lists and maps that are open */
	size_t lists;             /* lists among them */
	size_t in_keys;           /* those that stand as keys */
	struct dcfg_arena *vault; /* see dcfg_yaml_open() */
	bool conceals;            /* all of it is a secret, and nothing of it is told */
	bool expands;             /* strings may hold references */
	bool lint;                /* what is plain is noted */
	bool is_all;     /* without a layer: a map of keys, and not one key's value */
	bool failed;     /* an error was reported */
	bool lacks;      /* keys are missing, and nobody knows which */
	bool is_whole;   /* it was read to its end */
	bool stopped;    /* nothing more can or need be read */
	bool is_literal; /* nowhere in the text is a `$`, nor a `\\` that could spell one */
	uint32_t path[DCFG_DEPTH_MAX +
		      1]; /* bytes of the path of each that is open, by level */
};

/* What of the text is not in the tree. */
static inline enum dcfg_loss dcfg_yaml_loss(const struct dcfg_yaml *yaml)
{
	return !yaml->is_whole ? DCFG_LOST_TEXT
	       : yaml->lacks   ? DCFG_LOST_KEYS
			       : DCFG_LOST_NOTHING;
}

/* Reports an error of the text; what dcfg_fail() returns. */
#define dcfg_yaml_fail(yaml, ...)                                                        \
	((yaml)->failed = true, dcfg_fail((yaml)->context, __VA_ARGS__))

/* The path of a node for an error, unless errors are only counted by now: a text may have
 * very many, and none of them may cost more than its own line. */
static inline const char *dcfg_yaml_path(struct dcfg_yaml *yaml,
					 const struct dcfg_node *node)
{
	const struct deploycfg_errors *errors = yaml->context->errors;

	return errors && errors->dropped ? NULL : dcfg_path(yaml->context, node);
}

/* What an error may tell of a text that is part of a value: the mask where that may be a secret.
 * node: of the value; NULL for the one that comes next. */
struct dcfg_view dcfg_yaml_shown(const struct dcfg_yaml *yaml,
				 const struct dcfg_node *node, struct dcfg_origin at,
				 struct dcfg_view text);

/* Whether that is the mask. */
static inline bool dcfg_yaml_hides(const struct dcfg_yaml *yaml,
				   const struct dcfg_node *node, struct dcfg_origin at)
{
	return dcfg_yaml_shown(yaml, node, at, dcfg_view(NULL, 0)).ptr != NULL;
}

/* Adds a place to an error that is kept. */
#define dcfg_yaml_relate(yaml, error, ...)                                               \
	((error) ? dcfg_relate((yaml)->context, error, __VA_ARGS__) : (void)0)

/* An error that has been reported, or lack of memory, after which nothing can follow. */
static inline void dcfg_yaml_stop(struct dcfg_yaml *yaml)
{
	yaml->failed = yaml->stopped = true;
}

/* Reads the text with all that is set: events to tree, or errors. */
void dcfg_yaml_run(struct dcfg_yaml *yaml);

static inline struct dcfg_origin dcfg_yaml_origin(const struct dcfg_yaml *yaml,
						  uint32_t line, uint32_t column)
{
	struct dcfg_origin origin = yaml->base;

	if (origin.line) {
		origin.line += line - 1;
		origin.column = line == 1 ? origin.column + column - 1 : column;
	}
	return origin;
}

static inline struct dcfg_origin dcfg_yaml_at(const struct dcfg_yaml *yaml,
					      const struct dcfg_yaml_event *event)
{
	return dcfg_yaml_origin(yaml, event->line, event->column);
}

/* yaml_tree.c: puts a node where it belongs: the root, the open list, the open map with
 * the key. Reports a duplicate, and a path that is too long. */
void dcfg_yaml_put(struct dcfg_yaml *yaml, struct dcfg_node *node);

/* Refuses a node that is finished if that is its lot: it has DCFG_TOLD. */
static inline void dcfg_yaml_settle(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	if (dcfg_unlikely(node->flags & DCFG_TOLD))
		dcfg_node_refuse(yaml->context, node);
}

/* Makes a list or map the open one, and the one around it again. `at`: where an error
 * points. */
bool dcfg_yaml_enter(struct dcfg_yaml *yaml, struct dcfg_node *node,
		     struct dcfg_origin at);
void dcfg_yaml_leave(struct dcfg_yaml *yaml);

/* Makes a root an empty map, whatever it was. */
void dcfg_yaml_empty_root(struct dcfg_node *node);

/* Judges the root of a file or block, which must be a map or nothing, and then is one. */
void dcfg_yaml_check_root(struct dcfg_yaml *yaml, struct dcfg_node *node);

/* yaml_key.c: takes an event as the open map's next key. */
void dcfg_yaml_take_key(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event);

/* yaml.c: a node from a scalar event, without a place in the tree. */
struct dcfg_node *dcfg_yaml_scalar(struct dcfg_yaml *yaml,
				   const struct dcfg_yaml_event *event);

/* yaml_tag.c: gives a node the type or operator that its tag says, or reports why it
 * cannot; true where it could. */
bool dcfg_yaml_apply_tag(struct dcfg_yaml *yaml, struct dcfg_node *node,
			 const struct dcfg_yaml_event *event);

/* yaml_anchor.c: remembers a node by its anchor. */
void dcfg_yaml_define(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event,
		      struct dcfg_node *node);

/* The finished node that an alias names; reports and returns NULL where there is none. */
struct dcfg_node *dcfg_yaml_find(struct dcfg_yaml *yaml,
				 const struct dcfg_yaml_event *event);

/* Puts a copy of what an alias names; returns it, or NULL where it is not whole. */
struct dcfg_node *dcfg_yaml_copy(struct dcfg_yaml *yaml,
				 const struct dcfg_yaml_event *event);

/* yaml_problem.c: reports what stopped the parser, and what a prescan found, in words. */
void dcfg_yaml_report_problem(struct dcfg_yaml *yaml,
			      const struct dcfg_yaml_problem *problem);
void dcfg_yaml_report_long_key(struct dcfg_yaml *yaml, struct dcfg_origin at);
void dcfg_yaml_report_raw(struct dcfg_yaml *yaml, const struct dcfg_yaml_raw *raw);

#endif
