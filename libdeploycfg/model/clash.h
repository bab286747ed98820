/* SPDX-License-Identifier: ISC */
/* Errors of merging, each told with both places. `below` is what is there, `over` what is laid
 * over it. */
#ifndef DCFG_MODEL_CLASH_H
#define DCFG_MODEL_CLASH_H

#include "model/layer.h"

/* One kind of value over another. */
void dcfg_clash_kinds(struct dcfg_context *context, const struct dcfg_node *below,
		      const struct dcfg_node *over);

/* null, or a value left empty, over what it would drop. */
void dcfg_clash_null(struct dcfg_context *context, const struct dcfg_node *below,
		     const struct dcfg_node *over);

/* An operator of lists over what is none. */
void dcfg_clash_extend(struct dcfg_context *context, const struct dcfg_node *below,
		       const struct dcfg_node *over);

/* An element of what is no list; `below` may be NULL. */
void dcfg_clash_no_list(struct dcfg_context *context, const struct dcfg_node *below,
			const struct dcfg_node *over);

/* An element beyond the end of a list. */
void dcfg_clash_beyond(struct dcfg_context *context, const struct dcfg_node *list,
		       const struct dcfg_node *over);

#endif
