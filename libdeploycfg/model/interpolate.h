/* SPDX-License-Identifier: ISC */
/*
 * References in values, expanded once, after all merging. Knows final values and the
 * environment; not how layers merged, but for what text overrode, whose type it takes.
 */
#ifndef DCFG_MODEL_INTERPOLATE_H
#define DCFG_MODEL_INTERPOLATE_H

#include "base/environ.h"
#include "model/layer.h"
#include "model/template.h"

/* What references may use besides the tree. */
struct dcfg_references {
	const struct dcfg_environ *environment; /* for `${env:NAME}`; NULL for none */
	const char
		*ignored_because; /* all read as unset, and why; NULL where they count */
	/* Gives keys that are absent in a copied list or map their defaults; or NULL. */
	void (*complete)(struct dcfg_context *context, void *schema,
			 struct dcfg_node *copied);
	void *schema;
};

/* A value that is one reference: what it yields, and of which kind, is not known yet. */
static inline bool dcfg_node_is_reference(const struct dcfg_node *node)
{
	return node->flags & DCFG_TEMPLATE && node->type == DEPLOYCFG_STRING &&
	       dcfg_is_whole_reference(dcfg_text(node));
}

/* Whether references yielded a value. */
static inline bool dcfg_node_is_expanded(const struct dcfg_node *node)
{
	return node->related && node->related->relation == DEPLOYCFG_TEMPLATE;
}

/*
 * Expands every node with DCFG_TEMPLATE of the effective tree, settles the type of every one
 * with DCFG_OPEN, and reports what cannot be. What was expanded keeps its place, and its
 * `related` begins with what it was made of: DEPLOYCFG_TEMPLATE and DEPLOYCFG_INPUT. Linear in
 * references and in what they yield.
 */
void dcfg_interpolate(struct dcfg_context *context, struct dcfg_node *effective,
		      const struct dcfg_references *references);

#endif
