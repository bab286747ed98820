/* SPDX-License-Identifier: ISC */
/* Variables as layers over a small tree, for tests of their readers. */
#ifndef DCFG_TESTS_UNIT_VARIABLES_LOAD_H
#define DCFG_TESTS_UNIT_VARIABLES_LOAD_H

#include "source/source.h"

#define VARIABLES_MAX 12

struct given {
	struct dcfg_context context;
	const struct dcfg_node *names;   /* that variables are matched to */
	struct dcfg_variables variables; /* with the prefix APP */
};

/* A context with the tree that names are matched to, and the environment `list`. */
void variables_begin(struct given *given, const char *const *list);

/* The same with a tree of names as a schema gives it. */
void variables_begin_by_schema(struct given *given, const char *const *list);

/* Reads all layers without merging them: what tree_text() says of each. Static. */
const char *variables_text(struct given *given);

/* What was reported, as errors_text() has it. */
const char *variables_end(struct given *given);

/* Whether each part of a pattern, split at ".*", stands in the text in this order. */
bool has_parts(const char *text, const char *pattern);

#endif
