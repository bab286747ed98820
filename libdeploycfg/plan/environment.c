/* SPDX-License-Identifier: ISC */
/* Names of environments. Knows what is declared; not who selects and not what it loads. */
#include "plan/environment.h"

#include "base/nearest.h"

#define NAMED(literal)                                                                   \
	{                                                                                \
		(literal), sizeof(literal) - 1                                           \
	}

static const struct dcfg_environment builtin[] = {
	{NAMED("development"), NAMED("dev"), NAMED("DEVELOPMENT"), .hermetic = false},
	{NAMED("testing"), NAMED("test"), NAMED("TESTING"), .hermetic = true},
	{NAMED("production"), NAMED("prod"), NAMED("PRODUCTION"), .hermetic = false},
};

const struct dcfg_environments dcfg_builtin_environments = {builtin, DCFG_COUNT(builtin)};

const struct dcfg_environment *
dcfg_environment_find(const struct dcfg_environments *environments, struct dcfg_view name)
{
	for (size_t i = 0; name.len && i < environments->count; i++)
		if (dcfg_view_equal(environments->list[i].name, name) ||
		    dcfg_view_equal(environments->list[i].alias, name))
			return &environments->list[i];
	return NULL;
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
		dcfg_nearest_offer(&nearest, environments->list[i].alias);
	}
	if (nearest.best.ptr)
		dcfg_error_hint(error, "did you mean '%.*s'? declared are %s",
				DCFG_ARG(nearest.best), names);
	else
		dcfg_error_hint(error, "declared are %s", names);
}
