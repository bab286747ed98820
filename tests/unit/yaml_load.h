/* SPDX-License-Identifier: ISC */
/* YAML texts as layers, for tests of their reader. */
#ifndef DCFG_TESTS_UNIT_YAML_LOAD_H
#define DCFG_TESTS_UNIT_YAML_LOAD_H

#include "source/source.h"

struct loaded {
	struct dcfg_context context;
	struct dcfg_layer layer;
	uint32_t source;
	bool good; /* what the reader returned */
};

/* A context with one source of the base layer, and nothing read yet. */
void yaml_begin(struct loaded *loaded, struct dcfg_view text);

void yaml_read(struct loaded *loaded);

/* Both, for a text as a literal. */
void yaml_load(struct loaded *loaded, const char *text);

/* Both, with one limit changed. */
void yaml_load_limited(struct loaded *loaded, struct dcfg_view text,
		       enum deploycfg_limit limit, uint64_t most);

void yaml_unload(struct loaded *loaded);

/* The diagnostic of that index; fails the test where there is none. */
const struct deploycfg_error *yaml_error(const struct loaded *loaded, size_t index);

/* The node at a path; fails the test where there is none. */
const struct dcfg_node *yaml_node(const struct loaded *loaded, const char *path);

/* Fails the test unless this is the node's text. */
void yaml_expect_text(const struct dcfg_node *node, const char *is);

/* Fails the test unless there is exactly this error, and its message holds `says`. */
void yaml_expect(const struct loaded *loaded, enum deploycfg_status status, unsigned line,
		 unsigned column, const char *says);

#endif
