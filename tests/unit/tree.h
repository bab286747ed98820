/* SPDX-License-Identifier: ISC */
/* Layers and what was reported as one line of text each: what tests of readers compare. */
#ifndef DCFG_TESTS_TREE_H
#define DCFG_TESTS_TREE_H

#include "model/layer.h"

/*
 * "path=text@line:column " for each scalar, "path=[]@..." and "path={}@..." for what is empty,
 * with the operator before the '=': + append, ! replace, ~ unset, ? skip. Without places where
 * the lines are 0. Blocks follow as "when@NAME:". Static; the next call writes over it.
 */
const char *tree_text(struct dcfg_context *context, const struct dcfg_layer *layer);

/* "line:column code " for each error, "warning code " for warnings. Frees the list. Static. */
const char *errors_text(struct deploycfg_errors *errors);

/* One diagnostic's whole text, "" beyond the last. */
const char *error_text(const struct deploycfg_errors *errors, size_t index);

/* "PATH?VARIABLE " of everything that was skipped, weakest first. Static. */
const char *skipped_text(struct dcfg_context *context);

#endif
