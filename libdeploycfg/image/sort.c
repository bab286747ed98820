/* SPDX-License-Identifier: ISC */
/*
 * Merge sort by the eight bytes behind the prefix that all names share; only where these
 * are equal the names themselves are looked at. Knows names, nothing else of nodes.
 */
#include "image/sort.h"

#define RUN 8 /* sorted by insertion */

static struct dcfg_view name_of(const struct dcfg_child *child)
{
	return child->node->name->text;
}

static size_t shared_prefix(const struct dcfg_child *children, size_t count)
{
	struct dcfg_view first = name_of(children);
	size_t shared = first.len;

	for (size_t i = 1; i < count; i++) {
		struct dcfg_view name = name_of(&children[i]);
		size_t at = 0;

		while (at < shared && at < name.len && name.ptr[at] == first.ptr[at])
			at++;
		shared = at;
	}
	return shared;
}

/* Eight bytes as a number that compares as they do; zeros stand for what is not there. */
static uint64_t prefix_at(struct dcfg_view name, size_t offset)
{
	unsigned char bytes[8] = {0};
	size_t rest = name.len - offset;

	if (rest >= sizeof(bytes))
		memcpy(bytes, name.ptr + offset, sizeof(bytes));
	else
		memcpy(bytes, name.ptr + offset, rest);
	return (uint64_t)bytes[0] << 56 | (uint64_t)bytes[1] << 48 |
	       (uint64_t)bytes[2] << 40 | (uint64_t)bytes[3] << 32 |
	       (uint64_t)bytes[4] << 24 | (uint64_t)bytes[5] << 16 |
	       (uint64_t)bytes[6] << 8 | bytes[7];
}

static bool before(const struct dcfg_child *a, const struct dcfg_child *b)
{
	if (a->prefix != b->prefix)
		return a->prefix < b->prefix;
	return dcfg_view_compare(name_of(a), name_of(b)) < 0;
}

/* Fills the prefixes; whether everything is in order already. */
static bool prepare(struct dcfg_child *children, size_t count)
{
	size_t shared = shared_prefix(children, count);
	bool sorted = true;

	for (size_t i = 0; i < count; i++) {
		children[i].prefix = prefix_at(name_of(&children[i]), shared);
		sorted = sorted && (i == 0 || before(&children[i - 1], &children[i]));
	}
	return sorted;
}

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
	size_t left = 0, right = half;

	for (size_t i = 0; i < count; i++) {
		bool take_left = right == count ||
				 (left < half && before(&from[left], &from[right]));

		into[i] = from[take_left ? left++ : right++];
	}
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

void dcfg_sort(struct dcfg_child *children, size_t count, struct dcfg_child *scratch)
{
	struct dcfg_child *from = children, *into = scratch;

	if (count < 2 || prepare(children, count))
		return;
	for (size_t at = 0; at < count; at += RUN)
		insert_all(children + at, count - at < RUN ? count - at : RUN);
	for (size_t width = RUN; width < count; width *= 2) {
		struct dcfg_child *other = from;

		merge_all(from, count, width, into);
		from = into;
		into = other;
	}
	if (from != children)
		memcpy(children, from, count * sizeof(*children));
}
