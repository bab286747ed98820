/* SPDX-License-Identifier: ISC */
/* From declarations to environments: names, aliases, inheritance. Knows no files and not who
 * selects. */
#include "base/nearest.h"
#include "plan/hierarchy.h"

#define SET                                                                              \
	(DEPLOYCFG_HERMETIC | DEPLOYCFG_LOCAL | DEPLOYCFG_LAYER_OPTIONAL |               \
	 DEPLOYCFG_LENIENT)
#define UNSET                                                                            \
	(DEPLOYCFG_NOT_HERMETIC | DEPLOYCFG_NOT_LOCAL | DEPLOYCFG_LAYER_REQUIRED |       \
	 DEPLOYCFG_NOT_LENIENT)

/* Every property is one bit, and the next one denies it. */
static unsigned denied(unsigned properties)
{
	return (properties & UNSET) >> 1;
}

struct declaring {
	struct dcfg_context *context;
	const struct dcfg_declaration *declarations;
	struct dcfg_environment *list; /* one for each declaration */
	size_t count;
	bool failed;
};

static struct deploycfg_error *fail(struct declaring *declaring,
				    const struct dcfg_declaration *declaration,
				    struct dcfg_origin origin, const char *problem,
				    struct dcfg_view what, const char *hint)
{
	struct deploycfg_error *error =
		dcfg_fail(declaring->context, DEPLOYCFG_ERR_ENVIRONMENT, origin, NULL,
			  "the declaration of the environment '%.*s' %s '%.*s'",
			  DCFG_ARG(declaration->name), problem, DCFG_ARG(what));

	declaring->failed = true;
	dcfg_error_hint(error, "%s", hint);
	return error;
}

/* [a-z][a-z0-9_-]* */
static bool is_name(struct dcfg_view name)
{
	for (size_t i = 0; i < name.len; i++) {
		char byte = name.ptr[i];
		bool is_letter = byte >= 'a' && byte <= 'z';

		if (!is_letter &&
		    (!i || ((byte < '0' || byte > '9') && byte != '_' && byte != '-')))
			return false;
	}
	return name.len && !dcfg_view_equal(name, DCFG_VIEW("none"));
}

/* Names that files of other layers have, or will have. */
static bool is_taken(struct dcfg_view name)
{
	const struct dcfg_environments none = {NULL, 0};

	return dcfg_stem_name(&none, name).role != DCFG_ROLE_OTHER ||
	       dcfg_view_equal(name, DCFG_VIEW("schema")) ||
	       dcfg_view_equal(name, DCFG_VIEW("deploycfg"));
}

/* Names of the declarations before, and of the one at hand as far as it is read, are taken. */
static void check_name(struct declaring *declaring,
		       const struct dcfg_declaration *declaration,
		       struct dcfg_origin origin, struct dcfg_view name)
{
	struct dcfg_environments known = {declaring->list, declaring->count + 1};
	const struct dcfg_environment *taken = dcfg_environment_find(&known, name);

	if (!is_name(name))
		fail(declaring, declaration, origin,
		     "has a name that cannot be one:", name,
		     "a name is small letters, digits, '-' and '_', a letter first, and "
		     "not 'none'");
	else if (is_taken(name))
		fail(declaring, declaration, origin,
		     "has the name of another layer:", name,
		     "choose another name: files of this one mean something else");
	else if (taken)
		dcfg_relate(declaring->context,
			    fail(declaring, declaration, origin,
				 "has a name that is taken:", name,
				 "declare every name and alias once"),
			    declaring->declarations[taken - declaring->list].origin,
			    "the other one");
}

static struct dcfg_origin alias_origin(const struct dcfg_declaration *declaration,
				       size_t at)
{
	return declaration->aliases_at && declaration->aliases.list
		       ? declaration->aliases_at[at]
		       : declaration->origin;
}

static struct dcfg_origin parent_origin(const struct dcfg_declaration *declaration)
{
	return declaration->inherits_at.line ? declaration->inherits_at
					     : declaration->origin;
}

static void take_aliases(struct declaring *declaring,
			 const struct dcfg_declaration *declaration,
			 struct dcfg_views aliases, struct dcfg_environment *environment)
{
	for (size_t i = 0; i < aliases.count; i++) {
		if (i == DCFG_ALIASES_MAX) {
			fail(declaring, declaration, alias_origin(declaration, i),
			     "has too many aliases, with", aliases.list[i],
			     "declare at most eight");
			return;
		}
		check_name(declaring, declaration, alias_origin(declaration, i),
			   aliases.list[i]);
		environment->aliases[i] = aliases.list[i];
	}
}

static const struct dcfg_environment *builtin_of(struct dcfg_view name)
{
	for (size_t i = 0; i < dcfg_builtin_environments.count; i++)
		if (dcfg_view_equal(dcfg_builtin_environments.list[i].name, name))
			return &dcfg_builtin_environments.list[i];
	return NULL;
}

/* The built-in environment of that name lends what the declaration does not say. */
static void declare(struct declaring *declaring,
		    const struct dcfg_declaration *declaration)
{
	struct dcfg_environment *environment = &declaring->list[declaring->count];
	const struct dcfg_environment *builtin = builtin_of(declaration->name);
	struct dcfg_views aliases = declaration->aliases;

	check_name(declaring, declaration, declaration->origin, declaration->name);
	environment->name = declaration->name;
	if (builtin) {
		environment->constant = builtin->constant;
		if (!aliases.list)
			aliases = (struct dcfg_views){builtin->aliases, 1};
	}
	take_aliases(declaring, declaration, aliases, environment);
	if (declaration->properties & ~(unsigned)(SET | UNSET) ||
	    declaration->properties & denied(declaration->properties))
		fail(declaring, declaration, declaration->origin,
		     "contradicts itself:", declaration->name,
		     "give one of two opposite properties");
	declaring->count++;
}

static void report_parent(struct declaring *declaring,
			  const struct dcfg_declaration *declaration,
			  const struct dcfg_environments *known)
{
	struct dcfg_nearest nearest = {.word = declaration->inherits};
	struct deploycfg_error *error =
		fail(declaring, declaration, parent_origin(declaration),
		     "inherits what is not declared:", declaration->inherits,
		     "declare that environment too");

	for (size_t i = 0; i < known->count; i++)
		if (!dcfg_view_equal(known->list[i].name, declaration->name))
			dcfg_nearest_offer(&nearest, known->list[i].name);
	if (nearest.best.ptr)
		dcfg_error_hint(error, "did you mean '%.*s'?", DCFG_ARG(nearest.best));
}

static void set_parent(struct declaring *declaring, size_t at)
{
	const struct dcfg_declaration *declaration = &declaring->declarations[at];
	struct dcfg_environments known = {declaring->list, declaring->count};
	const struct dcfg_environment *parent;

	if (!declaration->inherits.ptr)
		return;
	parent = dcfg_environment_find(&known, declaration->inherits);
	if (!parent)
		report_parent(declaring, declaration, &known);
	else if (dcfg_environment_covers(&declaring->list[at], parent))
		fail(declaring, declaration, parent_origin(declaration),
		     "inherits in a circle, from", declaration->inherits,
		     "let one of them inherit nothing");
	else
		declaring->list[at].parent = parent;
}

/* Its own word counts first, then what the built-in one of its name is, then the parent's. */
static unsigned properties_of(const struct declaring *declaring,
			      const struct dcfg_environment *environment)
{
	unsigned properties = 0, decided = 0;

	for (; environment; environment = environment->parent) {
		size_t at = (size_t)(environment - declaring->list);
		unsigned own = declaring->declarations[at].properties;
		const struct dcfg_environment *builtin = builtin_of(environment->name);

		properties |= own & SET & ~decided;
		decided |= (own & SET) | denied(own);
		if (builtin)
			return properties | (builtin->properties & ~decided);
	}
	return properties;
}

bool dcfg_environments_declare(struct dcfg_context *context,
			       const struct dcfg_declaration *declarations, size_t count,
			       struct dcfg_environments *environments)
{
	struct declaring declaring = {.context = context, .declarations = declarations};

	*environments = dcfg_builtin_environments;
	if (!count)
		return true;
	declaring.list =
		dcfg_arena_zalloc(&context->arena, count * sizeof(*declaring.list));
	if (!declaring.list)
		return false;
	for (size_t i = 0; i < count; i++)
		declare(&declaring, &declarations[i]);
	for (size_t i = 0; i < count; i++)
		set_parent(&declaring, i);
	for (size_t i = 0; i < count; i++)
		declaring.list[i].properties =
			properties_of(&declaring, &declaring.list[i]);
	*environments = (struct dcfg_environments){declaring.list, count};
	return !declaring.failed && !context->arena.failed;
}
