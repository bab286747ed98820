/* SPDX-License-Identifier: ISC */
/* Layers whose references are expanded, for tests. */
#ifndef DCFG_TESTS_UNIT_INTERPOLATE_LOAD_H
#define DCFG_TESTS_UNIT_INTERPOLATE_LOAD_H

#include "model/interpolate.h"

extern struct references {
	struct dcfg_context context;
	struct dcfg_node *root; /* of what the layers make */
} references;

void references_begin(void);
void references_end(void);

/* Lays a text over what there is: YAML, or where it begins with '=' INI, with '!' too, but of
 * variables, whose text is never expanded. number: of its layer, above the base. */
void references_lay(const char *text, int number);

/* variables: ended by NULL; NULL for none. */
void references_expand(const char *const *variables, const char *ignored_because);

/* NULL where there is none. */
const struct dcfg_node *references_at(const char *path);

#endif
