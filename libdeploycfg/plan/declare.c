/* SPDX-License-Identifier: ISC */
/* From declarations to environments: names, aliases, inheritance. Knows no files and not who
 * selects. */
#include "plan/hierarchy.h"

#define SET (DEPLOYCFG_HERMETIC | DEPLOYCFG_LOCAL | DEPLOYCFG_LAYER_OPTIONAL)
#define UNSET (DEPLOYCFG_NOT_HERMETIC | DEPLOYCFG_NOT_LOCAL | DEPLOYCFG_LAYER_REQUIRED)

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
};

static bool fail(struct declaring *declaring, const struct dcfg_declaration *declaration,
		 const char *problem, struct dcfg_view what, const char *hint)
{
	struct deploycfg_error *error =
		dcfg_fail_at(declaring->context, DEPLOYCFG_ERR_ENVIRONMENT, NULL, NULL,
			     "the declaration of the environment '%.*s' %s '%.*s'",
			     DCFG_ARG(declaration->name), problem, DCFG_ARG(what));

	dcfg_error_hint(error, "%s", hint);
	return false;
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
static bool check_name(struct declaring *declaring,
		       const struct dcfg_declaration *declaration, struct dcfg_view name)
{
	struct dcfg_environments known = {declaring->list, declaring->count + 1};

	if (!is_name(name))
		return fail(
			declaring, declaration, "has a name that cannot be one:", name,
			"a name is small letters, digits, '-' and '_', a letter first, "
			"and not 'none'");
	if (is_taken(name))
		return fail(declaring, declaration,
			    "has the name of another layer:", name,
			    "choose another name: files of this one mean something else");
	if (dcfg_environment_find(&known, name))
		return fail(declaring, declaration, "has a name that is taken:", name,
			    "declare every name and alias once");
	return true;
}

static bool take_aliases(struct declaring *declaring,
			 const struct dcfg_declaration *declaration,
			 struct dcfg_view rest, struct dcfg_environment *environment)
{
	size_t count = 0;

	while (rest.len) {
		const char *comma = memchr(rest.ptr, ',', rest.len);
		struct dcfg_view alias = dcfg_view(
			rest.ptr, comma ? (size_t)(comma - rest.ptr) : rest.len);

		if (!check_name(declaring, declaration, alias))
			return false;
		if (count == DCFG_ALIASES_MAX)
			return fail(declaring, declaration, "has too many aliases, with",
				    alias, "declare at most eight");
		environment->aliases[count++] = alias;
		rest = dcfg_view_skip(rest, alias.len + (comma != NULL));
	}
	return true;
}

static const struct dcfg_environment *builtin_of(struct dcfg_view name)
{
	for (size_t i = 0; i < dcfg_builtin_environments.count; i++)
		if (dcfg_view_equal(dcfg_builtin_environments.list[i].name, name))
			return &dcfg_builtin_environments.list[i];
	return NULL;
}

/* The built-in environment of that name lends what the declaration does not say. */
static bool declare(struct declaring *declaring,
		    const struct dcfg_declaration *declaration)
{
	struct dcfg_environment *environment = &declaring->list[declaring->count];
	const struct dcfg_environment *builtin = builtin_of(declaration->name);
	struct dcfg_view aliases = declaration->aliases;

	if (!check_name(declaring, declaration, declaration->name))
		return false;
	environment->name = declaration->name;
	if (builtin) {
		environment->constant = builtin->constant;
		if (!aliases.ptr)
			aliases = builtin->aliases[0];
	}
	if (!take_aliases(declaring, declaration, aliases, environment))
		return false;
	if (declaration->properties & ~(unsigned)(SET | UNSET) ||
	    declaration->properties & denied(declaration->properties))
		return fail(declaring, declaration,
			    "contradicts itself:", declaration->name,
			    "give one of two opposite properties");
	declaring->count++;
	return true;
}

static bool set_parent(struct declaring *declaring, size_t at)
{
	const struct dcfg_declaration *declaration = &declaring->declarations[at];
	struct dcfg_environments known = {declaring->list, declaring->count};
	const struct dcfg_environment *parent;

	if (!declaration->inherits.ptr)
		return true;
	parent = dcfg_environment_find(&known, declaration->inherits);
	if (!parent)
		return fail(declaring, declaration,
			    "inherits what is not declared:", declaration->inherits,
			    "declare that environment too");
	if (dcfg_environment_covers(&declaring->list[at], parent))
		return fail(declaring, declaration, "inherits in a circle, from",
			    declaration->inherits, "let one of them inherit nothing");
	declaring->list[at].parent = parent;
	return true;
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
	bool ok = true;

	*environments = dcfg_builtin_environments;
	if (!count)
		return true;
	declaring.list =
		dcfg_arena_zalloc(&context->arena, count * sizeof(*declaring.list));
	if (!declaring.list)
		return false;
	for (size_t i = 0; ok && i < count; i++)
		ok = declare(&declaring, &declarations[i]);
	for (size_t i = 0; ok && i < count; i++)
		ok = set_parent(&declaring, i);
	for (size_t i = 0; ok && i < count; i++)
		declaring.list[i].properties =
			properties_of(&declaring, &declaring.list[i]);
	*environments = (struct dcfg_environments){declaring.list, count};
	return ok;
}
