/* SPDX-License-Identifier: ISC */
/* The table of sources. Knows names and lines; reads nothing. */
#include "model/origin.h"

#include "base/mem.h"
#include "model/context.h"

uint32_t dcfg_source_add(struct dcfg_context *context, const struct dcfg_source *source)
{
	struct dcfg_sources *sources = &context->sources;
	struct dcfg_source *list = dcfg_grow(sources->list, sources->count,
					     &sources->capacity, sizeof(*list));

	if (!list || sources->count >= UINT32_MAX) {
		context->arena.failed = true;
		return UINT32_MAX;
	}
	sources->list = list;
	list[sources->count] = *source;
	return (uint32_t)sources->count++;
}

void dcfg_source_miss(struct dcfg_context *context, struct dcfg_source *source,
		      bool is_link)
{
	struct dcfg_place place = {.name = source->name.ptr};

	source->state = DEPLOYCFG_SOURCE_MISSING;
	if (!is_link)
		return;
	source->reason = DCFG_VIEW("the link leads nowhere");
	dcfg_error_hint(
		dcfg_warn_at(context, DEPLOYCFG_ERR_NOT_FOUND, &place, NULL,
			     "is a link that leads nowhere, and counts as missing"),
		"remove the link, or restore what it leads to");
}

struct dcfg_view dcfg_layer_label(struct dcfg_context *context, int layer)
{
	switch (layer) {
	case DEPLOYCFG_LAYER_DEFAULTS:
		return DCFG_VIEW("default");
	case DEPLOYCFG_LAYER_BASE:
		return DCFG_VIEW("base");
	case DEPLOYCFG_LAYER_FILE:
		return DCFG_VIEW("file");
	case DEPLOYCFG_LAYER_SECRETS:
		return DCFG_VIEW("secret");
	case DEPLOYCFG_LAYER_VARIABLES:
		return DCFG_VIEW("variable");
	case DEPLOYCFG_LAYER_OVERRIDES:
		return DCFG_VIEW("override");
	default:
		return dcfg_arena_printf(&context->arena, "layer %d", layer);
	}
}

/* The offset behind the end of the line that begins at one. */
static size_t next_line(struct dcfg_view text, size_t offset)
{
	const char *end = memchr(text.ptr + offset, '\n', text.len - offset);

	return end ? (size_t)(end - text.ptr) + 1 : text.len;
}

/* Lines from one mark to the next. */
#define MARK_LINES 64

/* Marks lines up to the one wanted; false where the text ends before it, or without memory. */
static bool mark_up_to(struct dcfg_context *context, struct dcfg_source *source,
		       size_t wanted)
{
	while (source->mark_count <= wanted) {
		size_t last = source->mark_count - 1, offset = 0;
		size_t *marks = dcfg_grow(source->marks, source->mark_count,
					  &source->mark_capacity, sizeof(*marks));

		if (!marks) {
			context->arena.failed = true;
			return false;
		}
		source->marks = marks;
		if (source->mark_count)
			offset = marks[last];
		for (size_t i = 0; source->mark_count && i < MARK_LINES; i++)
			offset = next_line(source->text, offset);
		if (source->mark_count && offset == source->text.len)
			return false;
		marks[source->mark_count++] = offset;
	}
	return true;
}

/* The line that begins at an offset. */
static struct dcfg_view line_at(struct dcfg_view text, size_t offset)
{
	struct dcfg_view line = dcfg_view_skip(text, offset);

	line.len = next_line(text, offset) - offset;
	if (line.len && line.ptr[line.len - 1] == '\n')
		line.len--;
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	if (!offset && dcfg_view_starts(line, DCFG_VIEW("\xef\xbb\xbf")))
		line = dcfg_view_skip(line, 3);
	return line;
}

struct dcfg_view dcfg_source_line(struct dcfg_context *context,
				  struct dcfg_source *source, uint32_t line)
{
	size_t mark = line ? (line - 1) / MARK_LINES : 0, offset;

	if (!line || !source->text.len || !mark_up_to(context, source, mark))
		return dcfg_view(NULL, 0);
	offset = source->marks[mark];
	for (size_t i = 0; i < (line - 1) % MARK_LINES && offset < source->text.len; i++)
		offset = next_line(source->text, offset);
	return line_at(source->text, offset);
}
