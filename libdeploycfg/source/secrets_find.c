/* SPDX-License-Identifier: ISC */
/* The keys that files of secrets are for. Opens nothing. */
#include "model/interpolate.h"
#include "model/key.h"
#include "source/secrets_parts.h"

static const struct dcfg_node *item_at(const struct dcfg_node *list, uint32_t index)
{
	const struct dcfg_node *item =
		list->type == DEPLOYCFG_LIST ? dcfg_first(list) : NULL;

	while (item && index-- > 0)
		item = dcfg_next(item);
	return item;
}

static const struct dcfg_node *
child_of(struct dcfg_context *context, const struct dcfg_secret_keys *keys,
	 const struct dcfg_node *map, const struct dcfg_segment *segment)
{
	char buffer[DCFG_PATH_MAX + 1];
	const struct dcfg_node *child;
	struct dcfg_view name;

	if (map->type != DEPLOYCFG_MAP || segment->text.len > DCFG_PATH_MAX)
		return NULL;
	name = dcfg_segment_text(segment, buffer);
	memmove(buffer, name.ptr, name.len);
	buffer[name.len] = '\0';
	child = dcfg_map_get(context, map, buffer);
	if (!child && keys->by_schema)
		child = dcfg_map_get(context, map, "*");
	return child;
}

/* Nobody knows (yet) what is below a reference, nor below what was refused: that a key there cannot
 * be set is told by merging. */
static bool leads_anywhere(const struct dcfg_secret_keys *keys,
			   const struct dcfg_node *node)
{
	return keys->by_schema
		       ? node->flags & DCFG_TEMPLATE
		       : dcfg_node_is_reference(node) || dcfg_node_is_refused(node);
}

const struct dcfg_node *dcfg_secrets_find(struct dcfg_context *context,
					  const struct dcfg_secret_keys *keys,
					  struct dcfg_view path)
{
	const struct dcfg_node *node = keys->tree;
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;

	while (node && path.ptr && !leads_anywhere(keys, node) &&
	       dcfg_key_next(&key, &segment)) {
		if (keys->names_below)
			keys->names_below(node);
		node = segment.is_index ? item_at(node, segment.index)
					: child_of(context, keys, node, &segment);
	}
	return path.ptr ? node : NULL;
}

bool dcfg_secrets_pass_over(const struct dcfg_secret_keys *keys,
			    const struct dcfg_secret *secret)
{
	const struct dcfg_node *key = secret->key;

	return secret->is_directory &&
	       (!key || key->type == DEPLOYCFG_MAP || key->type == DEPLOYCFG_NONE ||
		(key->type == DEPLOYCFG_NULL && !secret->is_empty) ||
		leads_anywhere(keys, key));
}
