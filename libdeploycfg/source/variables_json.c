/* SPDX-License-Identifier: ISC */
/* <PREFIX>_JSON, a whole map in one variable, as a layer. Knows nothing of what it overrides. */
#include "source/reach.h"
#include "source/variables.h"

static bool is_blank(struct dcfg_view text)
{
	while (text.len && memchr(" \t\r\n", *text.ptr, 4))
		text = dcfg_view_skip(text, 1);
	return !text.len;
}

static void no_map(struct dcfg_context *context, struct dcfg_variable *variable,
		   const char *article, const char *found)
{
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_SYNTAX,
			  dcfg_variable_read_origin(context, variable), NULL,
			  "expected a map of keys in %.*s, found %s%s",
			  DCFG_ARG(variable->name), article, found);

	dcfg_error_expected(error, "map");
	dcfg_error_hint(error, "write it as {key: value, other: {key: value}}");
}

static struct dcfg_node *read_map(struct dcfg_context *context,
				  struct dcfg_variable *variable)
{
	struct dcfg_origin origin = dcfg_variable_read_origin(context, variable);
	struct dcfg_origin first =
		origin.line ? variable->first : dcfg_origin(origin.source, 1, 1);
	struct dcfg_node *node =
		dcfg_yaml_value(context, origin, first, "", variable->value);

	if (!node || node->type == DEPLOYCFG_MAP)
		return node;
	if (dcfg_node_is_refused(node))
		return NULL;
	no_map(context, variable,
	       node->type == DEPLOYCFG_NULL  ? ""
	       : node->type == DEPLOYCFG_INT ? "an "
					     : "a ",
	       deploycfg_type_name((enum deploycfg_type)node->type));
	return NULL;
}

bool dcfg_json_read(struct dcfg_context *context, struct dcfg_variable *variable,
		    struct dcfg_layer *layer)
{
	struct dcfg_origin origin = dcfg_variable_read_origin(context, variable);
	size_t length = variable->value.len;

	*layer = (struct dcfg_layer){0};
	if (!length)
		return dcfg_layer_begin(context, layer);
	if (!dcfg_within(context, DEPLOYCFG_LIMIT_VALUE, length, origin, NULL))
		return false;
	if (is_blank(variable->value))
		no_map(context, variable, "", "nothing");
	else if (!variable->is_refused && dcfg_variable_is_text(context, variable))
		layer->root = read_map(context, variable);
	return layer->root != NULL;
}
