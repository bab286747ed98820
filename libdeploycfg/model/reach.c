/* SPDX-License-Identifier: ISC */
/* From a key path to the place of its node, parents made on the way. Knows no values. */
#include "base/utf8.h"
#include "model/conceal.h"
#include "model/key.h"
#include "model/layer.h"

static struct dcfg_node *report_segment(struct dcfg_context *context,
					struct dcfg_view key, size_t offset,
					struct dcfg_origin origin, const char *problem)
{
	struct dcfg_view shown = key;
	struct deploycfg_error *error;

	/* It may be a secret that goes on in a line which then looks like a key. */
	if (!dcfg_text_is_concealed(context, key))
		shown = dcfg_shown_at(context, origin, key);
	if (origin.line)
		origin.column += (uint32_t)dcfg_utf8_count(dcfg_view(key.ptr, offset));
	error = dcfg_fail(context, DEPLOYCFG_ERR_KEY, origin, NULL,
			  "in the key '%.*s' %s", DCFG_ARG(shown), problem);
	dcfg_error_hint(
		error,
		"write segments of letters, digits, '-' and '_', joined by dots, and "
		"put any other segment between double quotes: a.\"b.c\"");
	return NULL;
}

/* Nobody knows which of the two is meant. */
static struct dcfg_node *refuse_both(struct dcfg_context *context, struct dcfg_node *old,
				     bool items, struct dcfg_origin origin)
{
	bool is_map = old->type == DEPLOYCFG_MAP;
	struct deploycfg_error *error;

	if (dcfg_node_is_refused(old))
		return NULL;
	error = dcfg_fail(
		context, DEPLOYCFG_ERR_CLASH, origin, dcfg_path(context, old),
		is_map  ? "a key cannot have both elements and keys below it"
		: items ? "a list cannot be set both as a whole and by its elements"
			: "a key cannot have both a value and keys below it");

	dcfg_relate(context, error, dcfg_key_origin(old),
		    is_map ? "has the others here" : "has its value here");
	dcfg_error_hint(error, "%s",
			items && !is_map ? "keep the whole list, or its elements"
					 : "keep one of them");
	dcfg_node_refuse(context, old);
	return NULL;
}

struct dcfg_node *dcfg_map_enter(struct dcfg_context *context, struct dcfg_node *map,
				 const struct dcfg_name *name, bool items,
				 struct dcfg_origin origin)
{
	struct dcfg_node *child = dcfg_map_find(context, map, name);
	uint16_t flags = items ? DCFG_ITEMS : 0;

	if (child &&
	    (child->type != DEPLOYCFG_MAP || (child->flags & DCFG_ITEMS) != flags))
		return refuse_both(context, child, items, origin);
	if (child)
		return child;
	child = dcfg_node_new(context, DEPLOYCFG_MAP, origin);
	if (!child)
		return NULL;
	child->name = name;
	child->flags = flags;
	context->has_operators |= items;
	dcfg_map_put(context, map, child);
	return child;
}

static const struct dcfg_name *intern_segment(struct dcfg_context *context,
					      const struct dcfg_segment *segment)
{
	char *buffer = NULL;

	if (segment->escaped) {
		buffer = dcfg_arena_alloc(&context->arena, segment->text.len);
		if (!buffer)
			return NULL;
	}
	return dcfg_intern(&context->names, dcfg_segment_text(segment, buffer));
}

struct dcfg_node *dcfg_map_reach(struct dcfg_context *context, struct dcfg_node *map,
				 struct dcfg_view key, bool indices,
				 struct dcfg_origin origin, const struct dcfg_name **last)
{
	struct dcfg_key reader = dcfg_key(key);
	const struct dcfg_name *name = NULL;
	struct dcfg_node *above = map;
	struct dcfg_segment segment;
	size_t depth = dcfg_depth(map);

	*last = NULL;
	while (dcfg_key_next(&reader, &segment)) {
		if (segment.is_index && !indices)
			return report_segment(context, key, segment.offset, origin,
					      "an element of a list cannot be set here");
		depth++;
		if (!dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, depth, origin, NULL))
			return NULL;
		if (name)
			map = dcfg_map_enter(context, above, name, segment.is_index,
					     origin);
		if (!map) {
			*last = dcfg_map_refuses(context, above, name) ? name : NULL;
			return NULL;
		}
		above = map;
		name = intern_segment(context, &segment);
		if (!name)
			return NULL;
	}
	if (reader.problem)
		return report_segment(context, key, reader.problem_offset, origin,
				      reader.problem);
	*last = name;
	return map;
}
