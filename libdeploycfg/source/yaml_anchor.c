/* SPDX-License-Identifier: ISC */
/* Anchors, and copies of what they name within a budget. Must not know tags, nor what an
 * operator does: it only keeps them out of lists. */
#include "source/yaml.h"

#include "base/hash.h"
#include "base/nearest.h"

#define SLOTS_MIN 16
#define NODES_MIN 10000
#define BYTES_MIN ((uint64_t)1 << 20)
#define TIMES 10 /* as much again as was written */
#define SUGGESTIONS 8

struct dcfg_yaml_anchor {
	struct dcfg_view name;
	uint64_t hash;
	struct dcfg_node *node; /* NULL: a free slot */
};

/* The slot of a name, or the free one where it belongs. */
static struct dcfg_yaml_anchor *slot_of(const struct dcfg_yaml_anchors *anchors,
					struct dcfg_view name, uint64_t hash)
{
	size_t mask = anchors->capacity - 1;

	for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
		struct dcfg_yaml_anchor *slot = &anchors->slots[at];

		if (!slot->node ||
		    (slot->hash == hash && dcfg_view_equal(slot->name, name)))
			return slot;
	}
}

static bool make_room(struct dcfg_yaml *yaml)
{
	struct dcfg_yaml_anchors *old = &yaml->anchors, larger = *old;

	if (old->count < old->capacity / 2)
		return true;
	larger.capacity = old->capacity ? old->capacity * 2 : SLOTS_MIN;
	larger.slots = dcfg_arena_zalloc(&yaml->context->arena,
					 larger.capacity * sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < old->capacity; i++)
		if (old->slots[i].node)
			*slot_of(&larger, old->slots[i].name, old->slots[i].hash) =
				old->slots[i];
	*old = larger;
	return true;
}

static uint64_t hash_of(const struct dcfg_yaml *yaml, struct dcfg_view name)
{
	return dcfg_hash(name.ptr, name.len, yaml->context->names.seed);
}

void dcfg_yaml_define(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event,
		      struct dcfg_node *node)
{
	struct dcfg_yaml_anchors *anchors = &yaml->anchors;
	uint64_t hash = hash_of(yaml, event->anchor);
	struct dcfg_yaml_anchor *slot;

	anchors->defined++;
	if (!dcfg_within(yaml->context, DEPLOYCFG_LIMIT_ANCHORS, anchors->defined,
			 node->origin, NULL) ||
	    !make_room(yaml)) {
		dcfg_yaml_stop(yaml);
		return;
	}
	slot = slot_of(anchors, event->anchor, hash);
	if (!slot->node) {
		slot->name = dcfg_arena_copy(&yaml->context->arena, event->anchor);
		slot->hash = hash;
		if (!slot->name.ptr)
			return;
		anchors->count++;
	}
	slot->node = node;
}

static void suggest(struct dcfg_yaml *yaml, struct deploycfg_error *error,
		    struct dcfg_view name, bool is_hidden)
{
	struct dcfg_yaml_anchors *anchors = &yaml->anchors;
	struct dcfg_nearest nearest = {.word = name};

	if (is_hidden) {
		dcfg_error_hint(error, "quote the text if '*' belongs to it");
		return;
	}
	if (anchors->suggested++ < SUGGESTIONS)
		for (size_t i = 0; i < anchors->capacity; i++)
			if (anchors->slots[i].node)
				dcfg_nearest_offer(&nearest, anchors->slots[i].name);
	if (nearest.best.ptr)
		dcfg_error_hint(error, "did you mean '*%.*s'?", DCFG_ARG(nearest.best));
	else
		dcfg_error_hint(
			error,
			"put the anchor '&%.*s' before a value further up, or quote "
			"the text if '*' belongs to it",
			DCFG_ARG(name));
}

/* What is no alias may be a password that begins with '*'. */
static void report_unknown(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct dcfg_origin at = dcfg_yaml_at(yaml, event);
	bool is_hidden = dcfg_yaml_hides(yaml, NULL, at);
	struct deploycfg_error *error =
		is_hidden ? dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, at, NULL,
					   "this alias names no anchor above it")
			  : dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, at, NULL,
					   "the alias '*%.*s' names no anchor above it",
					   DCFG_ARG(event->text));

	suggest(yaml, error, event->text, is_hidden);
}

struct dcfg_node *dcfg_yaml_find(struct dcfg_yaml *yaml,
				 const struct dcfg_yaml_event *event)
{
	struct dcfg_yaml_anchor *slot =
		yaml->anchors.count
			? slot_of(&yaml->anchors, event->text, hash_of(yaml, event->text))
			: NULL;
	struct deploycfg_error *error;

	if (!slot || !slot->node) {
		report_unknown(yaml, event);
		return NULL;
	}
	if (!(slot->node->flags & DCFG_YAML_OPEN))
		return slot->node;
	error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, dcfg_yaml_at(yaml, event),
			       NULL, "the alias '*%.*s' stands inside of what it names",
			       DCFG_ARG(event->text));
	dcfg_yaml_relate(yaml, error, slot->node->origin, "the anchor is here");
	return NULL;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Counts one more node that is copied. */
static bool afford(struct dcfg_yaml *yaml, const struct dcfg_node *from,
		   struct dcfg_origin at)
{
	struct dcfg_yaml_anchors *anchors = &yaml->anchors;
	uint64_t parsed = yaml->context->keys - yaml->keys_before - anchors->nodes;
	uint64_t nodes = larger(NODES_MIN, TIMES * parsed);
	uint64_t bytes = larger(BYTES_MIN, TIMES * (uint64_t)yaml->text.len);
	struct deploycfg_error *error;

	anchors->nodes++;
	anchors->bytes += dcfg_has_children(from) ? 0 : from->length;
	if (dcfg_likely(anchors->nodes <= nodes && anchors->bytes <= bytes))
		return true;
	error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_LIMIT, at, NULL,
		anchors->nodes > nodes
			? "the aliases of this file copy more than %llu values"
			: "the aliases of this file copy more than %llu bytes of text",
		(unsigned long long)(anchors->nodes > nodes ? nodes : bytes));
	dcfg_error_hint(error, "write out what differs, and alias less");
	return false;
}

static bool check_op(struct dcfg_yaml *yaml, const struct dcfg_node *from,
		     struct dcfg_origin at)
{
	struct deploycfg_error *error;

	if (dcfg_likely(!from->op || !yaml->lists) || dcfg_node_is_refused(from))
		return true;
	error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_OPERATOR, at, NULL,
		"this alias brings an operator into a list, where none can stand");
	dcfg_yaml_relate(yaml, error, from->origin, "the operator is here");
	return false;
}

/* One node without its children, in the tree. */
static struct dcfg_node *copy_node(struct dcfg_yaml *yaml, const struct dcfg_node *from,
				   struct dcfg_origin at)
{
	enum deploycfg_type type = (enum deploycfg_type)from->type;
	struct dcfg_node *node;

	if (!afford(yaml, from, at))
		return NULL;
	node = dcfg_node_new(yaml->context, type, from->origin);
	if (!node)
		return NULL;
	node->op = from->op;
	node->flags = from->flags & (uint16_t)~DCFG_PLAIN; /* told where it stands */
	if (!check_op(yaml, from, at) && !dcfg_type_has_children(type))
		node->flags |= DCFG_TOLD;
	if (!dcfg_type_has_children(type)) {
		node->scalar = from->scalar;
		node->text = from->text;
		node->length = from->length;
	}
	return node;
}

/* A list or map that is not empty is entered, as it would be from events. */
static struct dcfg_node *copy_one(struct dcfg_yaml *yaml, const struct dcfg_node *from,
				  const struct dcfg_node *top, struct dcfg_origin at)
{
	struct dcfg_node *node = copy_node(yaml, from, at);

	if (!node)
		return NULL;
	if (from != top)
		yaml->key = (struct dcfg_yaml_key){.name = from->name,
						   .origin = dcfg_key_origin(from)};
	dcfg_yaml_put(yaml, node);
	if (yaml->stopped || (dcfg_first(from) && !dcfg_yaml_enter(yaml, node, at)))
		return NULL;
	if (!dcfg_first(from))
		dcfg_yaml_settle(yaml, node);
	return node;
}

/* What is to be copied next. Leaves every copy whose last child that was. */
static const struct dcfg_node *following(struct dcfg_yaml *yaml,
					 const struct dcfg_node *top,
					 const struct dcfg_node *from)
{
	const struct dcfg_node *next = dcfg_first(from);

	while (!next && from != top) {
		next = dcfg_next(from);
		from = from->parent;
		if (!next)
			dcfg_yaml_leave(yaml);
	}
	return next;
}

/* What stands for a value that could not be made. */
static void put_nothing(struct dcfg_yaml *yaml, struct dcfg_origin at)
{
	struct dcfg_node *node = dcfg_node_unread(yaml->context, at);

	if (node)
		dcfg_yaml_put(yaml, node);
	else
		dcfg_yaml_stop(yaml);
}

struct dcfg_node *dcfg_yaml_copy(struct dcfg_yaml *yaml,
				 const struct dcfg_yaml_event *event)
{
	struct dcfg_origin at = dcfg_yaml_at(yaml, event);
	const struct dcfg_node *top = dcfg_yaml_find(yaml, event), *from = top;
	struct dcfg_node *copy;

	if (!top) {
		put_nothing(yaml, at);
		return NULL;
	}
	copy = copy_one(yaml, top, top, at);
	for (struct dcfg_node *last = copy; last;) {
		from = following(yaml, top, from);
		if (!from)
			return copy;
		last = copy_one(yaml, from, top, at);
	}
	dcfg_yaml_stop(yaml);
	return NULL;
}
