/* SPDX-License-Identifier: ISC */
/* Names of environments. Knows what is declared; not who selects and not what it loads. */
#include "plan/environment.h"

#include "base/nearest.h"

#define NAMED(literal)                                                                   \
	{                                                                                \
		(literal), sizeof(literal) - 1                                           \
	}

static const struct dcfg_environment builtin[] = {
	{.name = NAMED("development"),
	 .aliases = {NAMED("dev")},
	 .constant = NAMED("DEVELOPMENT"),
	 .properties = DEPLOYCFG_LOCAL},
	{.name = NAMED("testing"),
	 .aliases = {NAMED("test")},
	 .constant = NAMED("TESTING"),
	 .properties = DEPLOYCFG_HERMETIC},
	{.name = NAMED("production"),
	 .aliases = {NAMED("prod")},
	 .constant = NAMED("PRODUCTION")},
};

const struct dcfg_environments dcfg_builtin_environments = {builtin, DCFG_COUNT(builtin)};

bool dcfg_environment_is_called(const struct dcfg_environment *environment,
				struct dcfg_view name)
{
	if (dcfg_view_equal(environment->name, name))
		return true;
	for (size_t i = 0; i < DCFG_ALIASES_MAX && environment->aliases[i].len; i++)
		if (dcfg_view_equal(environment->aliases[i], name))
			return true;
	return false;
}

const struct dcfg_environment *
dcfg_environment_find(const struct dcfg_environments *environments, struct dcfg_view name)
{
	for (size_t i = 0; name.len && i < environments->count; i++)
		if (dcfg_environment_is_called(&environments->list[i], name))
			return &environments->list[i];
	return NULL;
}

size_t dcfg_environment_depth(const struct dcfg_environment *environment)
{
	size_t depth = 0;

	while (environment && environment->parent) {
		environment = environment->parent;
		depth++;
	}
	return depth;
}

bool dcfg_environment_covers(const struct dcfg_environment *ancestor,
			     const struct dcfg_environment *environment)
{
	while (environment && environment != ancestor)
		environment = environment->parent;
	return environment != NULL;
}

const char *dcfg_environment_names(struct dcfg_context *context,
				   const struct dcfg_environments *environments)
{
	struct dcfg_view names = DCFG_VIEW("");

	for (size_t i = 0; names.ptr && i < environments->count; i++)
		names = dcfg_arena_printf(&context->arena, "%s%s%.*s", names.ptr,
					  i ? ", " : "",
					  DCFG_ARG(environments->list[i].name));
	return names.ptr ? names.ptr : "";
}

void dcfg_environment_unknown(struct dcfg_context *context,
			      const struct dcfg_environments *environments,
			      const struct dcfg_place *place, const char *what,
			      struct dcfg_view name)
{
	struct dcfg_nearest nearest = {.word = name};
	const char *names = dcfg_environment_names(context, environments);
	struct deploycfg_error *error =
		dcfg_fail_at(context, DEPLOYCFG_ERR_ENVIRONMENT, place, NULL,
			     "%s names the environment '%.*s', which is not declared",
			     what, DCFG_ARG(name));

	for (size_t i = 0; i < environments->count; i++) {
		dcfg_nearest_offer(&nearest, environments->list[i].name);
		for (size_t j = 0; j < DCFG_ALIASES_MAX; j++)
			dcfg_nearest_offer(&nearest, environments->list[i].aliases[j]);
	}
	if (!environments->count) {
		dcfg_error_hint(error, "none is declared: leave it out");
		return;
	}
	dcfg_error_expected(error, "%s", names);
	if (!name.len)
		dcfg_error_hint(
			error,
			"declared are %s; an unset shell variable may be the cause",
			names);
	else if (nearest.best.ptr)
		dcfg_error_hint(error, "did you mean '%.*s'? declared are %s",
				DCFG_ARG(nearest.best), names);
	else
		dcfg_error_hint(error, "declared are %s", names);
}
