/* SPDX-License-Identifier: ISC */
/* The loader as an object: what the caller asks for, remembered. */
#ifndef DCFG_LOADER_H
#define DCFG_LOADER_H

#include "base/arena.h"
#include "base/environ.h"
#include "model/context.h"
#include "plan/plan.h"
#include "source/source.h"

/* A schema that the caller registers. */
struct dcfg_schema_input {
	struct dcfg_view name; /* a path, which may be optional; of a text its name */
	struct dcfg_view text; /* ptr NULL: a file */
};

struct deploycfg_loader {
	/* Of every copy; its `failed` is the memory of a setter's lack of it. */
	struct dcfg_arena arena;
	struct dcfg_limits limits;
	unsigned limits_set; /* those that the caller chose, as bits */
	struct dcfg_view environment, constants, prefix;   /* ptr NULL: not given */
	struct dcfg_view project, root, platform, program; /* likewise */
	struct dcfg_environ variables;
	bool has_variables;
	enum deploycfg_variables mode;
	struct dcfg_declaration *declarations;
	size_t declaration_count, declaration_capacity;
	struct dcfg_input *inputs;
	size_t input_count, input_capacity;
	struct dcfg_view *overlays;
	size_t overlay_count, overlay_capacity;
	struct dcfg_view *env_files;
	size_t env_file_count, env_file_capacity;
	struct dcfg_mapped *mappings;
	size_t mapping_count, mapping_capacity;
	struct dcfg_override *overrides;
	size_t override_count, override_capacity;
	struct dcfg_schema_input *schemas;
	size_t schema_count, schema_capacity;
	struct dcfg_view *secrets; /* directories; may be optional */
	size_t secret_count, secret_capacity;
	enum deploycfg_trust trust;
	uint32_t *trust_users, *trust_groups;
	size_t trust_user_count, trust_user_capacity;
	size_t trust_group_count, trust_group_capacity;
	enum deploycfg_unknown unknown;
	enum deploycfg_check check;
	char *names; /* deploycfg_loader_environments()'s last answer; from dcfg_alloc() */
	const char *misuse; /* the first; NULL for none */
};

#endif
