/* SPDX-License-Identifier: ISC */
/* The tree of one layer: making nodes and moving among them. Knows no syntax and no merging. */
#include "model/layer.h"

#include "base/mem.h"
#include "model/conceal.h"
#include "model/key.h"
#include "model/template.h"

struct dcfg_node *dcfg_text_new(struct dcfg_context *context, struct dcfg_view text,
				bool expands, struct dcfg_origin origin)
{
	struct dcfg_node *node;

	if (!dcfg_within(context, DEPLOYCFG_LIMIT_VALUE, text.len, origin, NULL))
		return NULL;
	node = dcfg_node_new(context, DEPLOYCFG_STRING, origin);
	if (!node)
		return NULL;
	node->flags = DCFG_TEXT;
	if (text.len) {
		node->text = text.ptr;
		node->length = (uint32_t)text.len;
	}
	if (expands && dcfg_find_brace(text, 0) < text.len) {
		node->flags |= DCFG_TEMPLATE;
		context->has_templates = true;
	}
	return node;
}

void dcfg_note_written(struct dcfg_context *context, struct dcfg_node *node)
{
	struct dcfg_view *list = dcfg_grow(context->written, context->written_count,
					   &context->written_capacity, sizeof(*list));

	if (!list) {
		context->arena.failed = true;
		return;
	}
	context->written = list;
	list[context->written_count++] = dcfg_text(node);
	node->written = (uint32_t)context->written_count;
}

void dcfg_node_void(struct dcfg_context *context, struct dcfg_node *node)
{
	if (!dcfg_node_is_refused(node))
		node->scalar = (union dcfg_scalar){.integer = node->type};
	node->type = DEPLOYCFG_NULL;
	node->written = 0;
	node->flags = DCFG_TOLD;
	node->text = "";
	node->length = 0;
	dcfg_set_op(context, node, node->name ? DCFG_REPLACE : DCFG_SET);
}

void dcfg_node_refuse(struct dcfg_context *context, struct dcfg_node *node)
{
	dcfg_conceal_refused(context, node);
	dcfg_node_void(context, node);
}

struct dcfg_node *dcfg_node_unread(struct dcfg_context *context,
				   struct dcfg_origin origin)
{
	struct dcfg_node *node = dcfg_node_new(context, DEPLOYCFG_NULL, origin);

	if (!node)
		return NULL;
	node->flags = DCFG_TOLD;
	dcfg_set_op(context, node, DCFG_REPLACE);
	return node;
}

void dcfg_node_lack(struct dcfg_context *context, struct dcfg_node *node)
{
	if (node->flags & DCFG_ITEMS)
		dcfg_node_refuse(context, node); /* nobody knows the list */
	else if (node->op == DCFG_APPEND || node->op == DCFG_PREPEND)
		node->flags |= DCFG_LACKS;
	if (node->type != DEPLOYCFG_MAP || node->op == DCFG_REPLACE)
		return;
	node->flags |= DCFG_LACKS;
	dcfg_each (child, node)
		dcfg_node_lack(context, child);
}

struct dcfg_node *dcfg_walk(const struct dcfg_node *top, const struct dcfg_node *node)
{
	struct dcfg_node *next = dcfg_first(node);

	while (!next && node != top) {
		next = dcfg_next(node);
		node = node->parent;
	}
	return next;
}

size_t dcfg_depth(const struct dcfg_node *node)
{
	size_t depth = 0;

	for (; node->parent; node = node->parent)
		depth++;
	return depth;
}

/* Children learn their parent; the ring is walked without asking them for it. */
static void adopt(struct dcfg_node *parent)
{
	struct dcfg_node *last = dcfg_has_children(parent) ? parent->last : NULL;
	struct dcfg_node *child = last;

	if (!last)
		return;
	do {
		child->parent = parent;
		child = child->next;
	} while (child != last);
}

void dcfg_swap(struct dcfg_node *a, struct dcfg_node *b)
{
	struct dcfg_node old = *a;

	*a = *b;
	a->parent = old.parent;
	a->next = old.next;
	a->name = old.name;
	old.parent = b->parent;
	old.next = b->next;
	old.name = b->name;
	*b = old;
	adopt(a);
	adopt(b);
}

/* Position among the items of a list; counts, and so is for diagnostics and history. */
static size_t index_of(const struct dcfg_node *item)
{
	size_t index = 0;

	dcfg_each (other, item->parent) {
		if (other == item)
			break;
		index++;
	}
	return index;
}

/* Greater numbers are no index that a path could have. */
#define INDEX_DIGITS_MAX 9

/* Whether a node is an item, or sets one. */
static bool is_item(const struct dcfg_node *node, size_t *index)
{
	uint64_t number;

	if (!node->name) {
		*index = index_of(node);
		return true;
	}
	if (!(node->parent->flags & DCFG_ITEMS) ||
	    node->name->text.len > INDEX_DIGITS_MAX ||
	    dcfg_parse_uint(node->name->text, &number) != DCFG_PARSED)
		return false;
	*index = (size_t)number;
	return true;
}

const char *dcfg_path(struct dcfg_context *context, const struct dcfg_node *node)
{
	const struct dcfg_node *chain[DCFG_DEPTH_MAX + 1];
	char buffer[DCFG_PATH_MAX];
	size_t depth = 0, len = 0, index;
	struct dcfg_view path;

	for (; node->parent && depth <= DCFG_DEPTH_MAX; node = node->parent)
		chain[depth++] = node;
	while (depth--)
		len = is_item(chain[depth], &index)
			      ? dcfg_key_append_index(buffer, sizeof(buffer), len, index)
			      : dcfg_key_append(buffer, sizeof(buffer), len,
						chain[depth]->name->text);
	path = dcfg_arena_copy(
		&context->arena,
		dcfg_view(buffer, len < sizeof(buffer) ? len : sizeof(buffer)));
	return path.ptr ? path.ptr : "";
}

struct dcfg_view dcfg_path_copy(struct dcfg_context *context, struct dcfg_view path)
{
	struct dcfg_key reader = dcfg_key(path);
	struct dcfg_segment segment;
	char buffer[DCFG_PATH_MAX], text[DCFG_PATH_MAX];
	size_t len = 0;

	while (dcfg_key_next(&reader, &segment) && segment.text.len <= sizeof(text))
		len = segment.is_index
			      ? dcfg_key_append_index(buffer, sizeof(buffer), len,
						      segment.index)
			      : dcfg_key_append(buffer, sizeof(buffer), len,
						dcfg_segment_text(&segment, text));
	return dcfg_arena_copy(
		&context->arena,
		dcfg_view(buffer, len < sizeof(buffer) ? len : sizeof(buffer)));
}

const char *dcfg_path_join(struct dcfg_context *context, const char *path,
			   const char *more)
{
	bool parted = *path && *more && *more != '[';
	struct dcfg_view joined = dcfg_arena_printf(&context->arena, "%s%s%s", path,
						    parted ? "." : "", more);

	return joined.ptr ? joined.ptr : "";
}

static struct dcfg_node *item_at(const struct dcfg_node *list, size_t index,
				 struct dcfg_trail *trail, size_t depth)
{
	if (trail->at[depth].list != list || trail->at[depth].index > index) {
		trail->at[depth].list = list;
		trail->at[depth].item = dcfg_first(list);
		trail->at[depth].index = 0;
	}
	for (; trail->at[depth].item && trail->at[depth].index < index;
	     trail->at[depth].index++)
		trail->at[depth].item = dcfg_next(trail->at[depth].item);
	return trail->at[depth].item;
}

struct dcfg_node *dcfg_map_get(const struct dcfg_context *context,
			       const struct dcfg_node *map, const char *name)
{
	const struct dcfg_name *known =
		dcfg_intern_find(&context->names, dcfg_view_text(name));

	return known ? dcfg_map_find(context, map, known) : NULL;
}

static struct dcfg_node *child_at(const struct dcfg_context *context,
				  const struct dcfg_node *map,
				  const struct dcfg_segment *segment)
{
	char buffer[DCFG_PATH_MAX];
	const struct dcfg_name *name;

	if (map->type != DEPLOYCFG_MAP || segment->text.len > sizeof(buffer))
		return NULL;
	name = dcfg_intern_find(&context->names, dcfg_segment_text(segment, buffer));
	return name ? dcfg_map_find(context, map, name) : NULL;
}

struct dcfg_node *dcfg_node_at(const struct dcfg_context *context,
			       const struct dcfg_node *root, struct dcfg_view path,
			       struct dcfg_trail *trail)
{
	struct dcfg_key reader = dcfg_key(path);
	struct dcfg_segment segment;
	const struct dcfg_node *node = root;

	for (size_t depth = 0; node && dcfg_key_next(&reader, &segment); depth++) {
		if (!segment.is_index)
			node = child_at(context, node, &segment);
		else if (node->type == DEPLOYCFG_LIST && depth < DCFG_DEPTH_MAX)
			node = item_at(node, segment.index, trail, depth);
		else
			node = NULL;
	}
	if (reader.problem || !node || node->type == DEPLOYCFG_NONE)
		return NULL;
	return (struct dcfg_node *)node;
}
