/* SPDX-License-Identifier: ISC */
/* What a file name means to a directory of layers. Knows names; opens nothing. */
#ifndef DCFG_PLAN_HIERARCHY_H
#define DCFG_PLAN_HIERARCHY_H

#include "plan/environment.h"

enum dcfg_file_role {
	DCFG_ROLE_OTHER, /* not a layer */
	DCFG_ROLE_BASE,
	DCFG_ROLE_ENVIRONMENT,
	DCFG_ROLE_UNSUPPORTED /* means something that this version does not read */
};

struct dcfg_file_name {
	enum dcfg_file_role role;
	enum deploycfg_syntax syntax;
	const struct dcfg_environment *environment; /* of ROLE_ENVIRONMENT */
	const char *what; /* of ROLE_UNSUPPORTED: "the manifest", "a drop-in directory" */
};

/* The syntax that a name's suffix stands for: .ini, .yaml, .yml. False for any other. */
bool dcfg_syntax_of(struct dcfg_view name, enum deploycfg_syntax *syntax,
		    struct dcfg_view *stem);

/* The role of a name found in a directory of layers. */
struct dcfg_file_name dcfg_file_name(const struct dcfg_environments *environments,
				     struct dcfg_view name);

#endif
