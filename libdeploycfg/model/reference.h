/* SPDX-License-Identifier: ISC */
/* What is wrong with references, told. `node` holds the template; texts of secrets are not
 * quoted. Private to the files that expand references. */
#ifndef DCFG_MODEL_REFERENCE_H
#define DCFG_MODEL_REFERENCE_H

#include "model/expansion.h"

void dcfg_reference_malformed(struct dcfg_context *context, const struct dcfg_node *node,
			      const struct dcfg_template_part *part, const char *problem);

/* A key that is not set, with the nearest that is. */
void dcfg_reference_missing(struct dcfg_interpolation *work, const struct dcfg_node *node,
			    const struct dcfg_reference *reference);

/* A variable that is unset, or empty where `is_set`. */
void dcfg_reference_unset(struct dcfg_interpolation *work, const struct dcfg_node *node,
			  const struct dcfg_reference *reference, bool is_set);

/* A warning, once: one that is set, and reads as unset all the same. */
void dcfg_reference_ignored(struct dcfg_interpolation *work, const struct dcfg_node *node,
			    struct dcfg_used_variable *variable);

/* One that stands there twice, or is no text. */
void dcfg_reference_bad_variable(struct dcfg_context *context,
				 const struct dcfg_node *node,
				 const struct dcfg_used_variable *variable);

/* A warning: a default that looks like a reference is none. */
void dcfg_reference_nested(struct dcfg_context *context, const struct dcfg_node *node,
			   const struct dcfg_template_part *part);

/* null inside text. */
void dcfg_reference_null(struct dcfg_context *context, const struct dcfg_node *node,
			 const struct dcfg_reference *reference,
			 const struct dcfg_node *found);

/* A list or map inside text. */
void dcfg_reference_no_text(struct dcfg_context *context, const struct dcfg_node *node,
			    const struct dcfg_reference *reference,
			    const struct dcfg_node *found);

/* No list, where something is added to one. */
void dcfg_reference_no_list(struct dcfg_context *context, const struct dcfg_node *node,
			    const struct dcfg_reference *reference);

/* A list or map that the node itself is in. */
void dcfg_reference_ancestor(struct dcfg_context *context, const struct dcfg_node *node,
			     const struct dcfg_reference *reference,
			     const struct dcfg_node *found);

/* What waits for `first`, up to `last`, which `first` waits for. */
void dcfg_reference_cycle(struct dcfg_context *context, const struct dcfg_expansion *last,
			  const struct dcfg_expansion *first);

#endif
