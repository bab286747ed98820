/* SPDX-License-Identifier: ISC */
/* What a file name means to a directory of layers. Knows names; opens nothing. */
#ifndef DCFG_PLAN_HIERARCHY_H
#define DCFG_PLAN_HIERARCHY_H

#include "plan/environment.h"

enum dcfg_file_role {
	DCFG_ROLE_OTHER, /* not a layer */
	DCFG_ROLE_BASE,
	DCFG_ROLE_PLATFORM,
	DCFG_ROLE_ENVIRONMENT,
	DCFG_ROLE_PROGRAM,
	DCFG_ROLE_OVERLAY,
	DCFG_ROLE_LOCAL,
	DCFG_ROLE_DOCUMENT /* the manifest, or a schema: no layer, and read before them */
};

struct dcfg_file_name {
	enum dcfg_file_role role;
	bool is_drop_ins; /* ends in .d: a directory */
	enum deploycfg_syntax syntax;
	const struct dcfg_environment *environment; /* of ROLE_ENVIRONMENT */
	struct dcfg_view which; /* what follows platform-, program- and overlay- */
};

/* Takes a suffix off a name that is longer than it. */
bool dcfg_take_suffix(struct dcfg_view *name, struct dcfg_view suffix);

/* The syntax that a name's suffix stands for: .ini, .yaml, .yml. False for any other. */
bool dcfg_syntax_of(struct dcfg_view name, enum deploycfg_syntax *syntax,
		    struct dcfg_view *stem);

/* Letters, digits, '-', '_' and '.', a letter or digit first: what may follow overlay-,
 * program- and platform-, and a project's name. */
bool dcfg_is_layer_name(struct dcfg_view name);

/* The role of a name found in a directory of layers, and of a name without its suffix. */
struct dcfg_file_name dcfg_file_name(const struct dcfg_environments *environments,
				     struct dcfg_view name);
struct dcfg_file_name dcfg_stem_name(const struct dcfg_environments *environments,
				     struct dcfg_view stem);

#endif
