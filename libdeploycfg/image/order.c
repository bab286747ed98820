/* SPDX-License-Identifier: ISC */
/*
 * Sorts by the eight bytes behind the prefix that all names share; only where these
 * are equal the names themselves are looked at. Knows names, nothing else of nodes.
 */
#include "image/order.h"

#define RUN 24 /* sorted by counting */

static struct dcfg_view name_of(const struct dcfg_child *child)
{
	return child->node->name->text;
}

/* Zeros stand for what is not there. */
static uint64_t prefix_at(struct dcfg_view name, size_t offset)
{
	char bytes[8] = {0};
	size_t rest = name.len - offset;

	if (rest >= sizeof(bytes))
		return dcfg_eight(name.ptr + offset);
	memcpy(bytes, name.ptr + offset, rest);
	return dcfg_eight(bytes);
}

/* Names are padded with zeros, and hold none. */
static bool name_before(struct dcfg_view a, struct dcfg_view b)
{
	for (size_t at = 0; at < dcfg_padded_size(a); at += 8) {
		uint64_t x = dcfg_eight(a.ptr + at), y = dcfg_eight(b.ptr + at);

		if (x != y)
			return x < y;
	}
	return false;
}

static inline bool before(const struct dcfg_child *a, const struct dcfg_child *b)
{
	if (dcfg_likely(a->prefix != b->prefix))
		return a->prefix < b->prefix;
	return name_before(name_of(a), name_of(b));
}

static size_t shared_prefix(const struct dcfg_child *children, size_t count)
{
	struct dcfg_view first = name_of(children);
	size_t shared = first.len;

	for (size_t i = 1; i < count && shared; i++) {
		struct dcfg_view name = name_of(&children[i]);
		size_t at = 0;

		while (at < shared && at < name.len && name.ptr[at] == first.ptr[at])
			at++;
		shared = at;
	}
	return shared;
}

/* Each goes where as many are before it: there is no branch to be predicted wrongly. */
static void rank_all(const struct dcfg_child *from, size_t count, struct dcfg_child *into)
{
	uint8_t ranks[RUN] = {0};

	for (size_t i = 1; i < count; i++) {
		size_t behind = 0;

		for (size_t k = 0; k < i; k++) {
			bool before_k = from[i].prefix < from[k].prefix;

			ranks[k] = (uint8_t)(ranks[k] + before_k);
			behind += !before_k;
		}
		ranks[i] = (uint8_t)behind;
	}
	for (size_t i = 0; i < count; i++)
		into[ranks[i]] = from[i];
}

/* Sorts what is in order but for names whose prefixes are equal. */
static void insert_all(struct dcfg_child *children, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct dcfg_child child = children[i];
		size_t at = i;

		for (; at > 0 && before(&child, &children[at - 1]); at--)
			children[at] = children[at - 1];
		children[at] = child;
	}
}

/* Merges two sorted neighbours. */
static void merge(const struct dcfg_child *from, size_t half, size_t count,
		  struct dcfg_child *into)
{
	const struct dcfg_child *left = from, *middle = from + half, *right = middle,
				*end = from + count;

	while (left < middle && right < end) {
		bool take_right = before(right, left);

		*into++ = *(take_right ? right : left);
		right += take_right;
		left += !take_right;
	}
	memcpy(into, left, (size_t)(middle - left) * sizeof(*into));
	into += middle - left;
	memcpy(into, right, (size_t)(end - right) * sizeof(*into));
}

static void merge_all(const struct dcfg_child *from, size_t count, size_t width,
		      struct dcfg_child *into)
{
	for (size_t at = 0; at < count; at += 2 * width) {
		size_t rest = count - at;

		merge(from + at, width < rest ? width : rest,
		      2 * width < rest ? 2 * width : rest, into + at);
	}
}

static void exchange(struct dcfg_child **a, struct dcfg_child **b)
{
	struct dcfg_child *old = *a;

	*a = *b;
	*b = old;
}

/* Returns where they are in order: there or in `space`. */
static struct dcfg_child *sort(struct dcfg_child *children, size_t count,
			       struct dcfg_child *space)
{
	size_t shared = shared_prefix(children, count);

	for (size_t i = 0; shared && i < count; i++)
		children[i].prefix = prefix_at(name_of(&children[i]), shared);
	for (size_t at = 0; at < count; at += RUN) {
		size_t run = count - at < RUN ? count - at : RUN;

		rank_all(children + at, run, space + at);
		insert_all(space + at, run);
	}
	for (size_t width = RUN; width < count; width *= 2) {
		exchange(&children, &space);
		merge_all(children, count, width, space);
	}
	return space;
}

/* Makes them the ring of the parent's children. */
static void link_all(struct dcfg_node *parent, const struct dcfg_child *children,
		     size_t count)
{
	for (size_t i = 0; i < count; i++)
		children[i].node->next = children[i + 1 < count ? i + 1 : 0].node;
	parent->last = count ? children[count - 1].node : NULL;
	parent->length = (uint32_t)count;
}

bool dcfg_order_begin(struct dcfg_orderer *orderer, struct dcfg_arena *arena,
		      const struct dcfg_node *parent)
{
	size_t wanted = 2 * (size_t)parent->length; /* half of it is for sorting */

	orderer->count = 0;
	orderer->sorted = true;
	if (dcfg_likely(wanted <= orderer->room))
		return true;
	orderer->room = wanted > 2 * orderer->room ? wanted : 2 * orderer->room;
	orderer->children =
		dcfg_arena_alloc(arena, orderer->room * sizeof(*orderer->children));
	return orderer->children;
}

void dcfg_order_end(struct dcfg_orderer *orderer, struct dcfg_node *parent)
{
	struct dcfg_child *children = orderer->children;
	size_t count = orderer->count;

	if (!orderer->sorted)
		children = sort(children, count, children + count);
	if (!orderer->sorted || count < parent->length)
		link_all(parent, children, count);
}
