/* SPDX-License-Identifier: ISC */
/* One variable: what it is by its name, its source, its value. Knows nothing of keys. */
#include "source/variables.h"

#include "base/utf8.h"
#include "model/history.h"

enum dcfg_variable_kind dcfg_variable_kind(const struct dcfg_variables *variables,
					   struct dcfg_view name)
{
	struct dcfg_view prefix = variables->prefix, rest;

	if (dcfg_view_equal(name, DCFG_VIEW("DEPLOYCFG_ENV")))
		return DCFG_VARIABLE_SELECTING;
	if (!prefix.len || !dcfg_view_starts(name, prefix))
		return DCFG_VARIABLE_FOREIGN;
	rest = dcfg_view_skip(name, prefix.len);
	if (!dcfg_view_starts(rest, DCFG_VIEW("_")))
		return DCFG_VARIABLE_FOREIGN;
	if (dcfg_view_equal(rest, DCFG_VIEW("_ENV")))
		return DCFG_VARIABLE_SELECTING;
	if (dcfg_view_starts(rest, DCFG_VIEW("__")))
		return DCFG_VARIABLE_KEY;
	if (dcfg_view_equal(rest, DCFG_VIEW("_JSON")) ||
	    dcfg_view_equal(rest, DCFG_VIEW("_OVERLAYS")))
		return DCFG_VARIABLE_RESERVED;
	return DCFG_VARIABLE_NEAR;
}

bool dcfg_variable_at(const struct dcfg_variables *variables, size_t at,
		      struct dcfg_variable *variable)
{
	struct dcfg_view entry = variables->environment.list[at];
	const char *equals = entry.len ? memchr(entry.ptr, '=', entry.len) : NULL;

	if (!equals)
		return false;
	*variable = (struct dcfg_variable){.source = UINT32_MAX};
	variable->name = dcfg_view(entry.ptr, (size_t)(equals - entry.ptr));
	variable->value = dcfg_view_skip(entry, variable->name.len + 1);
	return true;
}

struct dcfg_origin
dcfg_variable_origin(struct dcfg_context *context, struct dcfg_variable *variable,
		     enum deploycfg_source_state state, const char *reason)
{
	struct dcfg_source source = {
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_VARIABLES),
		.reason = dcfg_view_text(reason),
		.layer = DEPLOYCFG_LAYER_VARIABLES,
		.kind = DEPLOYCFG_SOURCE_VARIABLE,
		.state = state,
	};

	if (variable->source == UINT32_MAX) {
		source.name = dcfg_arena_printf(&context->arena, "env:%.*s",
						DCFG_ARG(variable->name));
		if (source.name.ptr)
			variable->source = dcfg_source_add(context, &source);
	}
	return dcfg_origin(variable->source, 0, 0);
}

struct dcfg_origin dcfg_variable_read_origin(struct dcfg_context *context,
					     struct dcfg_variable *variable)
{
	if (variable->value.len)
		return dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_READ, "");
	return dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_SKIPPED,
				    "it is empty");
}

struct dcfg_node *dcfg_variable_node(struct dcfg_context *context,
				     struct dcfg_variable *variable)
{
	struct dcfg_origin origin = dcfg_variable_read_origin(context, variable);
	struct dcfg_node *node;

	if (dcfg_utf8_check(variable->value) < variable->value.len) {
		dcfg_error_hint(dcfg_fail(context, DEPLOYCFG_ERR_ENCODING, origin, NULL,
					  "the value of %.*s is not valid UTF-8",
					  DCFG_ARG(variable->name)),
				"set it as UTF-8 text, or encode it as base64");
		return NULL;
	}
	node = dcfg_text_new(context, variable->value, false, origin);
	if (node)
		dcfg_yaml_flow(context, node);
	return node;
}

void dcfg_variable_skip(struct dcfg_context *context, struct dcfg_variable *variable,
			struct dcfg_view path)
{
	struct dcfg_origin origin = dcfg_variable_read_origin(context, variable);
	struct dcfg_node *node = dcfg_node_uncounted(context, DEPLOYCFG_STRING, origin);

	if (node && path.ptr)
		dcfg_note_skipped(context, path, node);
}
