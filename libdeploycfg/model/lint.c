/* SPDX-License-Identifier: ISC */
/* What is valid and likely not meant. Knows trees and what lost in them; no syntax but what plain
 * text looks like. Recursion is as deep as trees are: DCFG_DEPTH_MAX at most. */
#include "model/lint.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "model/conceal.h"
#include "model/key.h"
#include "model/lookalike.h"

/* How to write a number so that everybody reads it as one. */
static void advise_number(struct dcfg_context *context, struct deploycfg_error *error,
			  const struct dcfg_node *node)
{
	struct dcfg_view text = dcfg_canonical(
		&context->arena, (enum deploycfg_type)node->type, &node->scalar);

	if (text.ptr)
		dcfg_error_hint(error, "write %s", text.ptr);
}

static void advise_text(struct deploycfg_error *error, const struct dcfg_node *node,
			const char *there, bool is_hidden)
{
	struct dcfg_view text = dcfg_utf8_shown(dcfg_text(node));
	const char *instead = node->type != DEPLOYCFG_STRING ? ""
			      : there == dcfg_type_words(DEPLOYCFG_BOOL)
				      ? ", or write true or false"
			      : there == dcfg_type_words(DEPLOYCFG_INT) ||
					      there == dcfg_type_words(DEPLOYCFG_FLOAT)
				      ? ", or write the number in plain decimal digits"
				      : "";

	if (is_hidden)
		dcfg_error_hint(error, "quote it%s", instead);
	else
		dcfg_error_hint(error, "quote it: \"%.*s\"%s", DCFG_ARG(text), instead);
}

/* What others take a value for, NULL where that is what it is. */
static const char *taken_for(const struct dcfg_node *node)
{
	return node->flags & DCFG_PLAIN && dcfg_has_text(node)
		       ? dcfg_lookalike(dcfg_text(node), (enum deploycfg_type)node->type)
		       : NULL;
}

static void report_text(struct dcfg_context *context, const struct dcfg_node *node,
			const char *path, const char *there)
{
	enum deploycfg_type type = (enum deploycfg_type)node->type;
	bool is_hidden = node->flags & DCFG_IS_SECRET ||
			 dcfg_path_is_concealed(context, dcfg_view_text(path));
	struct deploycfg_error *error = dcfg_warn(
		context, DEPLOYCFG_ERR_LINT, node->origin, path,
		"this plain text is %s here, and %s to readers of %s",
		dcfg_type_words(type), there, dcfg_lookalike_readers(dcfg_text(node)));

	if (type != DEPLOYCFG_INT && type != DEPLOYCFG_FLOAT)
		advise_text(error, node, there, is_hidden);
	else if (!is_hidden)
		advise_number(context, error, node);
	else
		dcfg_error_hint(error, "write the number in plain decimal digits");
}

void dcfg_lint_value(struct dcfg_context *context, struct dcfg_node *node,
		     const char *path)
{
	const char *there = taken_for(node);

	if (there)
		report_text(context, node, path, there);
	node->flags &= (uint16_t)~DCFG_PLAIN;
}

/* key: the node that stands at its key now. */
static void lint_text(struct dcfg_context *context, const struct dcfg_node *node,
		      const struct dcfg_node *key)
{
	const char *there = taken_for(node);

	if (there && !dcfg_only_counts(context, DEPLOYCFG_WARNING))
		report_text(context, node, dcfg_path(context, key), there);
}

/* null is null, and a duration or a size of a schema its number, however it was written. */
static bool is_same_scalar(const struct dcfg_node *a, const struct dcfg_node *b)
{
	if (a->type == DEPLOYCFG_DURATION || a->type == DEPLOYCFG_SIZE)
		return a->scalar.integer == b->scalar.integer;
	return a->type == DEPLOYCFG_NULL || dcfg_view_equal(dcfg_text(a), dcfg_text(b));
}

/* All children, in their order. */
static bool is_same(const struct dcfg_node *a, const struct dcfg_node *b)
{
	const struct dcfg_node *left, *right;

	if (a->type != b->type)
		return false;
	if (!dcfg_has_children(a))
		return is_same_scalar(a, b);
	left = dcfg_first(a);
	right = dcfg_first(b);
	while (left && right && left->name == right->name && is_same(left, right)) {
		left = dcfg_next(left);
		right = dcfg_next(right);
	}
	return !left && !right;
}

static void report_same(struct dcfg_context *context, const struct dcfg_node *key,
			const struct dcfg_node *over, const struct dcfg_node *below)
{
	struct deploycfg_error *error = dcfg_warn(
		context, DEPLOYCFG_ERR_LINT, over->origin, dcfg_path(context, key),
		"this is the value that it overrides: it changes nothing");

	dcfg_relate(context, error, below->origin, "the same value");
	dcfg_error_hint(error,
			"remove it, unless it is to stay when the other one changes");
}

/* Each value of a key against the one that it took the place of. */
static void lint_story(struct dcfg_context *context, const struct dcfg_node *key)
{
	const struct dcfg_node *over = key;

	for (const struct dcfg_related *related = key->related; related;
	     related = related->next) {
		bool is_overridden = related->relation == DEPLOYCFG_SHADOWED;

		if (over && is_overridden && !dcfg_node_is_refused(over) &&
		    is_same(over, related->node))
			report_same(context, key, over, related->node);
		over = is_overridden ? related->node : NULL;
	}
}

static int compare_ignoring_case(struct dcfg_view a, struct dcfg_view b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		unsigned char x = (unsigned char)dcfg_small(a.ptr[i]),
			      y = (unsigned char)dcfg_small(b.ptr[i]);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a.len > b.len) - (a.len < b.len);
}

/* Those that differ by case only stand together, as they were written. */
static int by_folded_name(const void *a, const void *b)
{
	const struct dcfg_node *left = *(struct dcfg_node *const *)a,
			       *right = *(struct dcfg_node *const *)b;
	struct dcfg_origin x = dcfg_key_origin(left), y = dcfg_key_origin(right);
	int order = compare_ignoring_case(left->name->text, right->name->text);

	if (order)
		return order;
	if (x.source != y.source)
		return x.source < y.source ? -1 : 1;
	if (x.line != y.line)
		return x.line < y.line ? -1 : 1;
	return (x.column > y.column) - (x.column < y.column);
}

static void report_case(struct dcfg_context *context, const struct dcfg_node *node,
			const struct dcfg_node *before)
{
	struct deploycfg_error *error =
		dcfg_warn(context, DEPLOYCFG_ERR_LINT, dcfg_key_origin(node),
			  dcfg_path(context, node),
			  "another key differs from this one in upper and lower case "
			  "alone: %.*s",
			  DCFG_ARG(dcfg_utf8_shown(before->name->text)));

	dcfg_relate(context, error, dcfg_key_origin(before), "the other one");
	dcfg_error_hint(error, "spell both alike if they are meant to be one key");
}

/* The node that a key would be if its dots parted segments; NULL for none. */
static const struct dcfg_node *unfold(const struct dcfg_context *context,
				      const struct dcfg_node *key)
{
	struct dcfg_key reader = dcfg_key(key->name->text);
	const struct dcfg_node *node = key->parent;
	struct dcfg_segment segment;

	while (node && dcfg_key_next(&reader, &segment)) {
		const struct dcfg_name *name =
			dcfg_intern_find(&context->names, segment.text);

		node = name && node->type == DEPLOYCFG_MAP
			       ? dcfg_map_find(context, node, name)
			       : NULL;
	}
	return reader.problem || !node || node->type == DEPLOYCFG_NONE ? NULL : node;
}

/* In INI and in paths a dot parts segments, in YAML it does not. */
static void lint_dots(struct dcfg_context *context, const struct dcfg_node *key)
{
	char nested[DCFG_NESTED_SIZE];
	const struct dcfg_node *meant;
	struct deploycfg_error *error;

	if (!memchr(key->name->text.ptr, '.', key->name->text.len) ||
	    !dcfg_key_nested(nested, key->name->text))
		return;
	meant = unfold(context, key);
	if (!meant)
		return;
	error = dcfg_warn(context, DEPLOYCFG_ERR_LINT, dcfg_key_origin(key),
			  dcfg_path(context, key),
			  "its dots belong to its name: it is another key than %s",
			  dcfg_path(context, meant));
	dcfg_relate(context, error, dcfg_key_origin(meant), "the other one");
	dcfg_error_hint(error, "write `%s` if they are meant to be one key", nested);
}

/* Keys that were removed are none. */
static void lint_names(struct dcfg_context *context, const struct dcfg_node *map)
{
	size_t count = 0;
	struct dcfg_node **list =
		dcfg_arena_alloc(&context->arena, map->length * sizeof(*list));

	if (!list)
		return;
	dcfg_each (child, map)
		if (child->type != DEPLOYCFG_NONE)
			list[count++] = child;
	if (count > 1)
		qsort(list, count, sizeof(*list), by_folded_name);
	for (size_t i = 1; i < count; i++)
		if (!compare_ignoring_case(list[i - 1]->name->text, list[i]->name->text))
			report_case(context, list[i], list[i - 1]);
	for (size_t i = 0; i < count; i++)
		lint_dots(context, list[i]);
}

/* What is below a list or map: each value with all that it overrode, whose own `related` is the
 * rest of the same story. */
static void lint_below(struct dcfg_context *context, const struct dcfg_node *parent)
{
	dcfg_each (node, parent) {
		lint_text(context, node, node);
		lint_story(context, node);
		for (const struct dcfg_related *related = node->related; related;
		     related = related->next) {
			if (related->relation == DEPLOYCFG_INPUT)
				continue; /* of another key */
			lint_text(context, related->node, node);
			lint_below(context, related->node);
		}
		lint_below(context, node);
	}
}

void dcfg_lint(struct dcfg_context *context, const struct dcfg_node *effective)
{
	if (!context->lint)
		return;
	lint_below(context, effective);
	for (const struct dcfg_node *node = effective; node;
	     node = dcfg_walk(effective, node))
		if (node->type == DEPLOYCFG_MAP)
			lint_names(context, node);
}
