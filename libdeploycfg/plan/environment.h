/* SPDX-License-Identifier: ISC */
/* Which environment: the declared names, and who selects one. Knows no files. */
#ifndef DCFG_PLAN_ENVIRONMENT_H
#define DCFG_PLAN_ENVIRONMENT_H

#include "base/environ.h"
#include "model/context.h"

#define DCFG_ALIASES_MAX 8

struct dcfg_environment {
	struct dcfg_view name;
	struct dcfg_view aliases[DCFG_ALIASES_MAX]; /* ended by an empty one, or full */
	struct dcfg_view constant;                  /* "TESTING"; may be empty */
	unsigned properties; /* of enum deploycfg_property; the NOT_ ones never */
	const struct dcfg_environment *parent; /* whose layers come first; may be NULL */
};

/* Without a declaration development, testing and production. */
struct dcfg_environments {
	const struct dcfg_environment *list;
	size_t count;
};

extern const struct dcfg_environments dcfg_builtin_environments;

/* What a program says of an environment, see deploycfg_loader_declare_environment(). */
struct dcfg_declaration {
	struct dcfg_view name, inherits; /* ptr NULL: not given */
	struct dcfg_views aliases;       /* list NULL: not given */
	unsigned properties;
	struct dcfg_origin origin; /* source UINT32_MAX: the program's */
	/* Where they stand, if it is known: NULL, or one for each alias; of `inherits`, or of line
	 * 0. */
	const struct dcfg_origin *aliases_at;
	struct dcfg_origin inherits_at;
};

/* The declared environments; the built-in ones where there is no declaration. False with an
 * error reported, or without memory. */
bool dcfg_environments_declare(struct dcfg_context *context,
			       const struct dcfg_declaration *declarations, size_t count,
			       struct dcfg_environments *environments);

static inline bool dcfg_environment_is(const struct dcfg_environment *environment,
				       enum deploycfg_property property)
{
	return environment && environment->properties & property;
}

/* Number of ancestors; 0 for NULL. */
size_t dcfg_environment_depth(const struct dcfg_environment *environment);

/* Whether one is the other or its ancestor. */
bool dcfg_environment_covers(const struct dcfg_environment *ancestor,
			     const struct dcfg_environment *environment);

/* What takes part in the selection, strongest first. */
struct dcfg_selectors {
	struct dcfg_view argument;  /* ptr NULL: none given; "none": no environment */
	struct dcfg_view constants; /* words as DEPLOYCFG_CONSTANTS has them */
	struct dcfg_view prefix;    /* for <PREFIX>_ENV; may be empty */
	const struct dcfg_environ *variables; /* NULL: variables do not select */
	struct dcfg_view
		by_default; /* the manifest's default_environment; ptr NULL: none */
	struct dcfg_place by_default_place;
	bool installed; /* a project is read: then it does not count */
};

struct dcfg_selection {
	const struct dcfg_environment *environment; /* NULL: none */
	struct dcfg_view selected_by; /* "argument", "TESTING", "SHOP_ENV"; "" for none */
};

/* Whether that is its name or an alias. */
bool dcfg_environment_is_called(const struct dcfg_environment *environment,
				struct dcfg_view name);

/* The environment of that name or alias, or NULL. */
const struct dcfg_environment *
dcfg_environment_find(const struct dcfg_environments *environments,
		      struct dcfg_view name);

/* The declared names, parted by commas. */
const char *dcfg_environment_names(struct dcfg_context *context,
				   const struct dcfg_environments *environments);

/* Reports an undeclared name at a place, with the nearest one suggested. `what` says who named
 * it: "the argument", "the variable SHOP_ENV", "the block". */
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
