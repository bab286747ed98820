/* SPDX-License-Identifier: ISC */
/* Key paths from outside a file, checked and made into nodes. Knows nothing of who gave them. */
#include "source/reach.h"

#include "base/utf8.h"
#include "model/key.h"

bool dcfg_path_fits(const struct dcfg_context *context, struct dcfg_view path)
{
	const uint64_t *limits = context->limits.of;
	size_t depth;

	return path.len <= limits[DEPLOYCFG_LIMIT_PATH] &&
	       !dcfg_key_problem(path, &depth) && depth <= limits[DEPLOYCFG_LIMIT_DEPTH];
}

bool dcfg_path_check(struct dcfg_context *context, struct dcfg_view path,
		     const char *whose, struct dcfg_origin origin)
{
	const char *problem;
	struct deploycfg_error *error;
	size_t depth;

	if (!dcfg_within(context, DEPLOYCFG_LIMIT_PATH, path.len, origin, NULL))
		return false;
	problem = dcfg_key_problem(path, &depth);
	if (!problem)
		return dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, depth, origin,
				   dcfg_arena_copy(&context->arena, path).ptr);
	error = dcfg_fail(context, DEPLOYCFG_ERR_KEY, origin, NULL,
			  "%s, '%.*s', is no key: %s", whose, DCFG_ARG(path), problem);
	dcfg_error_hint(error,
			"write segments of letters, digits, '-' and '_', joined by dots, "
			"and put any other segment between double quotes: a.\"b.c\"");
	return false;
}

/* Nobody knows which of the two is meant. */
static void refuse_both(struct dcfg_context *context, struct dcfg_node *old,
			struct dcfg_origin origin)
{
	bool is_map = old->type == DEPLOYCFG_MAP;
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_CLASH, origin, dcfg_path(context, old),
			  "a key cannot have both a value and keys below it");

	dcfg_relate(context, error, old->origin,
		    is_map ? "sets a key below it" : "gives it a value");
	dcfg_error_hint(error, "keep one of them");
	dcfg_node_refuse(context, old);
}

void dcfg_node_put(struct dcfg_context *context, struct dcfg_node *map,
		   const struct dcfg_name *name, struct dcfg_node *node)
{
	struct dcfg_node *old;
	struct deploycfg_error *error;

	node->name = name;
	old = dcfg_map_put(context, map, node);
	if (!old || dcfg_node_is_refused(old))
		return;
	if (old->type == DEPLOYCFG_MAP) {
		refuse_both(context, old, node->origin);
		return;
	}
	error = dcfg_fail(context, DEPLOYCFG_ERR_DUPLICATE, node->origin,
			  dcfg_path(context, old), "two variables set this key");
	dcfg_relate(context, error, old->origin, "the other one");
	dcfg_error_hint(error, "keep one of them");
}

bool dcfg_path_put(struct dcfg_context *context, struct dcfg_node *root,
		   struct dcfg_view path, struct dcfg_node *node)
{
	const struct dcfg_name *name;
	struct dcfg_node *map =
		dcfg_map_reach(context, root, path, true, node->origin, &name);

	if (map)
		dcfg_node_put(context, map, name, node);
	return name != NULL;
}

bool dcfg_layer_begin(struct dcfg_context *context, struct dcfg_layer *layer)
{
	*layer = (struct dcfg_layer){
		.root = dcfg_node_uncounted(context, DEPLOYCFG_MAP,
					    dcfg_origin(UINT32_MAX, 0, 0))};
	return layer->root != NULL;
}
