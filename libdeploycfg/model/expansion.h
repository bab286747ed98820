/* SPDX-License-Identifier: ISC */
/* What the files that expand references share. Private to model/interpolate*.c. */
#ifndef DCFG_MODEL_EXPANSION_H
#define DCFG_MODEL_EXPANSION_H

#include "model/interpolate.h"

/* A variable that was asked for. */
struct dcfg_used_variable {
	struct dcfg_view name, value; /* value: empty for unset */
	uint32_t source;              /* UINT32_MAX before it is one */
	bool twice;
};

/* One part of a template. */
struct dcfg_reference {
	struct dcfg_reference *next;
	struct dcfg_template_part part;
	const struct dcfg_node *target; /* NULL: text, a variable, or the default holds */
	struct dcfg_used_variable *variable; /* NULL likewise */
	uint16_t secrecy; /* of what it yields, once it is expanded: DCFG_IS_SECRET,
			   * DCFG_IS_MASKED */
};

enum dcfg_expansion_state {
	DCFG_EXPANSION_NEW = 0,
	DCFG_EXPANSION_ACTIVE, /* it waits for another, or is being expanded */
	DCFG_EXPANSION_DONE,
	DCFG_EXPANSION_FAILED /* which was reported */
};

/* A node that is to be expanded, or takes the type of what is. */
struct dcfg_expansion {
	struct dcfg_node *node;
	struct dcfg_view text;         /* its node's, as written */
	struct dcfg_expansion *next;   /* in the order of the tree */
	struct dcfg_expansion *caller; /* that waits for it */
	union {
		struct dcfg_flow *flow;        /* its node's, where it has one */
		const struct dcfg_node *model; /* an item's, or NULL */
	};
	struct dcfg_reference *first, *at; /* at: the next to be resolved */
	const struct dcfg_node *walk;      /* in a list or map that is to be copied */
	const struct dcfg_node *below;     /* what it overrides, of a settled type */
	enum dcfg_expansion_state state;
	uint16_t flags; /* its node's, as written */
	bool is_parsed, has_reference, is_whole, was_text, has_flow, has_below;
};

struct dcfg_interpolation {
	struct dcfg_context *context;
	struct dcfg_node *root;
	const struct dcfg_references *given;
	struct dcfg_used_variable *variables; /* by name, once one is asked for */
	size_t variable_count;
	bool has_variables;
	struct dcfg_expansion *first, *last;
	struct dcfg_reference *spare; /* of expansions that are over */
	struct dcfg_checked *checks;  /* nodes with a type that is not theirs to choose */
	struct dcfg_node **indexed;   /* lists whose items have numbers */
	size_t indexed_count, indexed_capacity;
	size_t comparisons; /* made for suggestions */
	bool stopped;       /* a limit is reached: nothing more is expanded */
};

/* What a step came to. */
enum dcfg_progress {
	DCFG_FINISHED,
	DCFG_WAITS, /* *wait says for whom */
	DCFG_FAILS  /* which was reported */
};

/* The expansion that a node still needs; NULL for none. */
static inline struct dcfg_expansion *dcfg_pending(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_STRING && node->flags & (DCFG_TEMPLATE | DCFG_OPEN)
		       ? node->expansion
		       : NULL;
}

/* Has a node expanded later. False without memory. */
bool dcfg_expansion_add(struct dcfg_interpolation *work, struct dcfg_node *node);

/* The same of all nodes below one that need it. */
void dcfg_expansion_add_below(struct dcfg_interpolation *work, struct dcfg_node *top);

/* resolve.c: finds what a reference leads to. */
enum dcfg_progress dcfg_resolve_reference(struct dcfg_interpolation *work,
					  const struct dcfg_expansion *expansion,
					  struct dcfg_reference *reference,
					  struct dcfg_expansion **wait);

/* The value that a path leads to, NULL where there is none. What is wrong with the path itself is
 * not told. */
enum dcfg_progress
dcfg_resolve_path(struct dcfg_interpolation *work, struct dcfg_view path,
		  const struct dcfg_node **found, struct dcfg_expansion **wait);

/* late_type.c: finds what a node with DCFG_OPEN overrides, with a settled type. */
enum dcfg_progress dcfg_settle_below(struct dcfg_interpolation *work,
				     struct dcfg_expansion *expansion,
				     struct dcfg_expansion **wait);

/* Gives an open node the type that it takes, now that its text is known. False where it cannot
 * have it, which is reported. */
bool dcfg_settle_type(struct dcfg_interpolation *work, struct dcfg_expansion *expansion);

/* expand.c: gives the node what its references, all resolved, yield. */
bool dcfg_expand(struct dcfg_interpolation *work, struct dcfg_expansion *expansion);

/* made_of.c: tells what a node is made of before what it overrode; end: where in its story. */
void dcfg_remember_made(struct dcfg_context *context,
			const struct dcfg_expansion *expansion,
			struct dcfg_related **end);

/* Whether a key has a value that is secret, be it one that lost. */
bool dcfg_has_secret(const struct dcfg_node *node);

/* Whether a key, or one that it is in, does. */
bool dcfg_key_is_secret(const struct dcfg_node *node);

#endif
