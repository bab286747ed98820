/* SPDX-License-Identifier: ISC */
/* Warnings for what is valid and likely not meant; none of them without context->lint. */
#ifndef DCFG_MODEL_LINT_H
#define DCFG_MODEL_LINT_H

#include "model/layer.h"

/*
 * Looks at the effective tree and at all that lost in it, before dcfg_settle(): plain text that
 * others read otherwise, values equal to what they override, keys that differ from others by case or
 * by what their dots mean only.
 */
void dcfg_lint(struct dcfg_context *context, const struct dcfg_node *effective);

/* Looks at one value, whose key has that path, and no more at it or its copies thereafter. */
void dcfg_lint_value(struct dcfg_context *context, struct dcfg_node *node,
		     const char *path);

#endif
