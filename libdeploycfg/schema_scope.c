/* SPDX-License-Identifier: ISC */
/* What schemas are compiled for: the environments there are, the selected one, and how much is
 * asked. Knows no schema. */
#include "schemas.h"

/* Names and aliases of environments. */
static struct dcfg_views names_of(struct dcfg_context *context,
				  const struct dcfg_environments *environments,
				  const struct dcfg_environment *covered)
{
	size_t most = environments->count * (DCFG_ALIASES_MAX + 1);
	struct dcfg_view *words;
	size_t count = 0;

	words = dcfg_arena_alloc(&context->arena, most * sizeof(*words));
	for (size_t i = 0; words && i < environments->count; i++) {
		const struct dcfg_environment *environment = &environments->list[i];

		if (covered && !dcfg_environment_covers(environment, covered))
			continue;
		words[count++] = environment->name;
		for (size_t j = 0; j < DCFG_ALIASES_MAX && environment->aliases[j].len;
		     j++)
			words[count++] = environment->aliases[j];
	}
	return (struct dcfg_views){words, count};
}

static bool warns_of_unknown(const struct dcfg_request *request)
{
	const struct deploycfg_loader *loader = request->loader;

	if (loader->check != DEPLOYCFG_CHECK_LOAD)
		return false;
	if (loader->unknown != DEPLOYCFG_UNKNOWN_DEFAULT)
		return loader->unknown == DEPLOYCFG_UNKNOWN_WARN;
	return dcfg_environment_is(request->selection.environment, DEPLOYCFG_LENIENT);
}

struct dcfg_schema_scope dcfg_schemas_scope(struct dcfg_context *context,
					    const struct dcfg_request *request)
{
	const struct dcfg_environment *selected = request->selection.environment;
	struct dcfg_views known = names_of(context, &request->environments, NULL);
	struct dcfg_views active = {0};

	if (selected)
		active = names_of(context, &request->environments, selected);
	return (struct dcfg_schema_scope){
		.environments = known.list,
		.environment_count = known.count,
		.selected = active.list,
		.selected_count = active.count,
		.environment = selected ? selected->name : DCFG_VIEW(""),
		.prefix = request->prefix,
		.unknown_is_warning = warns_of_unknown(request),
		.ignores_variables = dcfg_variables_ignored(request) != NULL,
	};
}
