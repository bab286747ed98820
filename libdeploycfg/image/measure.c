/* SPDX-License-Identifier: ISC */
/* Walks the effective tree, puts it in path order, and adds up what its records and texts will
 * take. Recursion is as deep as trees are. Knows nothing of bytes. */
#include "image/measure.h"

#include "image/order.h"
#include "image/read.h"

struct walk {
	struct dcfg_context *context;
	struct dcfg_sizes *sizes;
	struct dcfg_orderer orderer;
	bool ok;
};

/* The key that values stand at: bytes of its path, and of its name where that is quoted. */
struct key_size {
	size_t path, name;
};

/* Of a text in the image; a secret's is measured for its twin. */
static uint64_t text_size(struct dcfg_sizes *sizes, const struct dcfg_node *node,
			  struct key_size key)
{
	if (dcfg_unlikely(dcfg_node_is_hidden(node))) {
		sizes->secrets++;
		sizes->vault += dcfg_twin_size(key.path, key.name, node->length);
		return 0;
	}
	return dcfg_has_text(node) ? (uint64_t)node->length + 1 : 0;
}

/* The key that a related value stands at, which may be its own. */
static struct key_size key_of(struct dcfg_sizes *sizes,
			      const struct dcfg_related *related, struct key_size owner)
{
	struct dcfg_view path = dcfg_input_path(related);
	struct key_size key = {path.len, 0};
	struct dcfg_segment last;
	char name[DCFG_PATH_MAX];

	if (!path.ptr)
		return owner;
	sizes->strings += path.len + 1;
	if (path.ptr[path.len - 1] != '"')
		return key;
	last = dcfg_last_segment(path);
	key.name = dcfg_segment_text(&last, name).len;
	sizes->strings += key.name + 1;
	return key;
}

static void measure_related(struct dcfg_sizes *sizes, const struct dcfg_related *related,
			    struct key_size key)
{
	for (; related; related = related->next) {
		sizes->related++;
		sizes->strings +=
			text_size(sizes, related->node, key_of(sizes, related, key));
	}
}

/* The path's length behind a node's segment; index: in a list. */
static size_t path_length(const struct dcfg_node *node, size_t above, size_t index)
{
	if (!node->name)
		return dcfg_key_append_index(NULL, 0, above, index);
	if (dcfg_likely(node->name->is_word))
		return above + (above > 0) + node->name->text.len;
	return dcfg_key_append(NULL, 0, above, node->name->text);
}

static void measure_record(struct walk *walk, const struct dcfg_node *node,
			   size_t path_length)
{
	struct dcfg_sizes *sizes = walk->sizes;
	struct key_size key = {path_length, 0};

	walk->ok &= dcfg_within(walk->context, DEPLOYCFG_LIMIT_PATH, path_length,
				dcfg_key_origin(node), NULL);
	sizes->records++;
	if (node->name && !node->name->is_word) {
		key.name = node->name->text.len;
		sizes->values += key.name + 1;
	}
	sizes->values += 1 + path_length + 1 + text_size(sizes, node, key);
	measure_related(sizes, node->related, key);
}

/* Measures the children that have a value, and makes them the only ones. Gives the number of
 * lists and maps among them; SIZE_MAX without memory. */
static size_t measure_children(struct walk *walk, struct dcfg_node *parent,
			       size_t path_above)
{
	struct dcfg_orderer *orderer = &walk->orderer;
	struct dcfg_node *node = parent->last;
	size_t containers = 0;

	if (!node)
		return 0;
	if (!dcfg_order_begin(orderer, &walk->context->arena, parent))
		return SIZE_MAX;
	do {
		node = node->next;
		if (node->type == DEPLOYCFG_NONE)
			continue;
		containers += dcfg_has_children(node);
		measure_record(walk, node, path_length(node, path_above, orderer->count));
		dcfg_order_add(orderer, node);
	} while (node != parent->last);
	dcfg_order_end(orderer, parent);
	return containers;
}

/*
 * Measures what is below a list or map, which is a level of its own, as where it is written.
 * False where the walk ends: too deep, since to tell of each would take the square of their
 * number, or without memory. What is below a path that is too long is not looked at.
 */
static bool measure_below(struct walk *walk, struct dcfg_node *parent, size_t level,
			  size_t path_above)
{
	size_t containers, index = 0;

	if (!dcfg_within(walk->context, DEPLOYCFG_LIMIT_DEPTH, level,
			 dcfg_key_origin(parent), dcfg_path(walk->context, parent)))
		return false;
	if (path_above > walk->context->limits.of[DEPLOYCFG_LIMIT_PATH])
		return true;
	containers = measure_children(walk, parent, path_above);
	if (dcfg_unlikely(containers == SIZE_MAX))
		return false;
	for (struct dcfg_node *child = dcfg_first(parent); containers;
	     child = child->next, index++) {
		if (!dcfg_has_children(child))
			continue;
		if (!measure_below(walk, child, level + 1,
				   path_length(child, path_above, index)))
			return false;
		containers--;
	}
	return true;
}

static size_t level_of(struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	size_t level = 0;

	while (dcfg_key_next(&key, &segment))
		level++;
	return level;
}

struct dcfg_segment dcfg_last_segment(struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment next, last = {.text = path};

	while (dcfg_key_next(&key, &next))
		last = next;
	return last;
}

/* Whether a key without value is within the limits; what gave it one is told. */
static bool check_past(struct dcfg_context *context, const struct dcfg_past *past)
{
	const struct dcfg_related *related = past->related;
	struct dcfg_origin origin;

	while (related->next && related->relation == DEPLOYCFG_UNSET)
		related = related->next;
	origin = dcfg_key_origin(related->node);
	return dcfg_within(context, DEPLOYCFG_LIMIT_PATH, past->path.len, origin, NULL) &&
	       dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, level_of(past->path), origin,
			   past->path.ptr);
}

static bool measure_past(struct walk *walk, const struct dcfg_past *past)
{
	struct key_size key = {past->path.len, 0};
	struct dcfg_segment last;
	char name[DCFG_PATH_MAX];

	if (!check_past(walk->context, past))
		return false;
	last = dcfg_last_segment(past->path);
	walk->sizes->strings += past->path.len + 1;
	if (last.quoted) {
		key.name = dcfg_segment_text(&last, name).len;
		walk->sizes->strings += key.name + 1;
	}
	measure_related(walk->sizes, past->related, key);
	return true;
}

bool dcfg_measure(struct dcfg_context *context, const struct dcfg_effective *effective,
		  struct dcfg_sizes *sizes)
{
	const struct dcfg_history *history = effective->history;
	struct walk walk = {.context = context, .sizes = sizes, .ok = true};

	*sizes = (struct dcfg_sizes){0};
	measure_record(&walk, effective->root, 0);
	if (!measure_below(&walk, effective->root, 1, 0))
		return false;
	for (size_t i = 0; i < history->count; i++)
		walk.ok &= measure_past(&walk, &history->list[i]);
	return walk.ok;
}
