/* SPDX-License-Identifier: ISC */
/* One override as a layer. Knows nothing of what it overrides. */
#include "source/reach.h"
#include "source/source.h"

#include "base/utf8.h"

static uint32_t add_source(struct dcfg_context *context,
			   const struct dcfg_override *override)
{
	struct dcfg_source source = {
		.name = override->origin,
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_OVERRIDES),
		.layer = DEPLOYCFG_LAYER_OVERRIDES,
		.kind = DEPLOYCFG_SOURCE_OVERRIDE,
		.named = true,
	};

	return dcfg_source_add(context, &source);
}

/* `K:=V` may change the type of all that it sets, as !replace may; what it says nothing of in a
 * map stays. */
static void assign(struct dcfg_context *context, struct dcfg_node *top)
{
	dcfg_set_op(context, top, DCFG_ASSIGN);
	if (top->type == DEPLOYCFG_MAP)
		dcfg_each (child, top)
			assign(context, child);
}

static struct dcfg_node *typed(struct dcfg_context *context,
			       const struct dcfg_override *override,
			       struct dcfg_origin origin)
{
	struct dcfg_view key = dcfg_path_copy(context, override->path);
	struct dcfg_node *node = key.ptr ? dcfg_yaml_value(context, origin, origin,
							   key.ptr, override->text)
					 : NULL;

	if (!node)
		return dcfg_node_unread(context, origin);
	assign(context, node);
	return node;
}

static struct dcfg_node *text(struct dcfg_context *context,
			      const struct dcfg_override *override,
			      struct dcfg_origin origin)
{
	struct dcfg_node *node;

	if (dcfg_utf8_check(override->text) < override->text.len) {
		dcfg_fail(context, DEPLOYCFG_ERR_ENCODING, origin,
			  dcfg_path_copy(context, override->path).ptr,
			  "the value is not valid UTF-8");
		return dcfg_node_unread(context, origin);
	}
	node = dcfg_text_new(context, override->text, false, origin);
	if (node)
		dcfg_yaml_flow(context, node, origin);
	return node;
}

bool dcfg_override_read(struct dcfg_context *context,
			const struct dcfg_override *override, struct dcfg_layer *layer)
{
	struct dcfg_origin origin = dcfg_origin(add_source(context, override), 0, 0);
	struct dcfg_node *node;

	if (origin.source == UINT32_MAX || !dcfg_layer_begin(context, layer) ||
	    !dcfg_path_check(context, override->path, "the key", origin))
		return false;
	node = override->is_value ? typed(context, override, origin)
				  : text(context, override, origin);
	return node && dcfg_path_put(context, layer->root, override->path, node);
}
