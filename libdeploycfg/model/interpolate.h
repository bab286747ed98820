/* SPDX-License-Identifier: ISC */
/* References in values. This version knows only the escape: `$${` is a literal `${`, and
 * `${` itself is an error. */
#ifndef DCFG_MODEL_INTERPOLATE_H
#define DCFG_MODEL_INTERPOLATE_H

#include "model/layer.h"

/* Whether text holds a `${` that is not escaped. */
bool dcfg_has_reference(struct dcfg_view text);

/* Text with every `$${` made `${`; the same text where there is none. */
struct dcfg_view dcfg_unescape_references(struct dcfg_arena *arena,
					  struct dcfg_view text);

/* Expands every node with DCFG_TEMPLATE of the effective tree, and reports references. */
void dcfg_interpolate(struct dcfg_context *context, struct dcfg_node *effective);

#endif
