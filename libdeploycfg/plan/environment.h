/* SPDX-License-Identifier: ISC */
/* Which environment: the declared names, and who selects one. Knows no files. */
#ifndef DCFG_PLAN_ENVIRONMENT_H
#define DCFG_PLAN_ENVIRONMENT_H

#include "base/environ.h"
#include "model/context.h"

struct dcfg_environment {
	struct dcfg_view name;
	struct dcfg_view alias;    /* may be empty */
	struct dcfg_view constant; /* "TESTING"; may be empty */
	bool hermetic;
};

struct dcfg_environments {
	const struct dcfg_environment *list;
	size_t count;
};

/* development, testing, production. */
extern const struct dcfg_environments dcfg_builtin_environments;

/* What takes part in the selection, strongest first. */
struct dcfg_selectors {
	struct dcfg_view argument;  /* ptr NULL: none given; "none": no environment */
	struct dcfg_view constants; /* words as DEPLOYCFG_CONSTANTS has them */
	struct dcfg_view prefix;    /* for <PREFIX>_ENV; may be empty */
	const struct dcfg_environ *variables; /* NULL: variables do not select */
};

struct dcfg_selection {
	const struct dcfg_environment *environment; /* NULL: none */
	struct dcfg_view selected_by; /* "argument", "TESTING", "SHOP_ENV"; "" for none */
};

/* The environment of that name or alias, or NULL. */
const struct dcfg_environment *
dcfg_environment_find(const struct dcfg_environments *environments,
		      struct dcfg_view name);

/* The declared names, parted by commas. */
const char *dcfg_environment_names(struct dcfg_context *context,
				   const struct dcfg_environments *environments);

/* Reports an undeclared name at a place, with the nearest one suggested. `what` says who named
 * it: "--env", "the variable SHOP_ENV", "the block". */
void dcfg_environment_unknown(struct dcfg_context *context,
			      const struct dcfg_environments *environments,
			      const struct dcfg_place *place, const char *what,
			      struct dcfg_view name);

/* Selects; on false an error says why not. */
bool dcfg_select(struct dcfg_context *context,
		 const struct dcfg_environments *environments,
		 const struct dcfg_selectors *selectors,
		 struct dcfg_selection *selection);

#endif
