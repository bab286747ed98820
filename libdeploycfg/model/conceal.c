/* SPDX-License-Identifier: ISC */
/* Which keys are secret, by path and by name, and how far that spreads. Knows no texts. */
#include "model/conceal.h"

#include "model/conceal_notes.h"
#include "model/key.h"

/* Whether a name ends in a word of small letters, whatever stands between these. */
static bool ends_in(struct dcfg_view name, struct dcfg_view word)
{
	while (word.len && name.len) {
		char byte = dcfg_small(name.ptr[--name.len]);

		if (byte == '-' || byte == '_')
			continue;
		if (byte != word.ptr[--word.len])
			return false;
	}
	return word.len == 0;
}

bool dcfg_ends_as_secret(struct dcfg_view name)
{
	static const struct dcfg_view words[] = {
		{"password", 8}, {"passwd", 6},      {"secret", 6},       {"token", 5},
		{"apikey", 6},   {"privatekey", 10}, {"credentials", 11},
	};

	for (size_t i = 0; i < DCFG_COUNT(words); i++)
		if (ends_in(name, words[i]))
			return true;
	return false;
}

bool dcfg_names_secret(struct dcfg_view text)
{
	for (size_t at = 0; at < text.len; at++) {
		size_t end = at;

		if (text.ptr[at] != ':' && text.ptr[at] != '=')
			continue;
		while (end && memchr(" \t\"'", text.ptr[end - 1], 4))
			end--;
		if (dcfg_looks_secret(dcfg_view(text.ptr, end)))
			return true;
	}
	return false;
}

struct dcfg_note *dcfg_note_find(const struct dcfg_context *context,
				 const struct dcfg_note *above, struct dcfg_view text)
{
	const struct dcfg_name *name = dcfg_intern_find(&context->names, text);

	return name ? (void *)dcfg_map_find(context, &above->node, name) : NULL;
}

/* A note without anything below it; NULL without memory. */
struct dcfg_note *dcfg_note_new(struct dcfg_context *context)
{
	struct dcfg_note *note = dcfg_arena_zalloc(&context->arena, sizeof(*note));

	if (note)
		dcfg_node_init(context, &note->node, DEPLOYCFG_MAP,
			       dcfg_origin(UINT32_MAX, 0, 0));
	return note;
}

struct dcfg_note *dcfg_note_make(struct dcfg_context *context, struct dcfg_note *above,
				 struct dcfg_view text)
{
	const struct dcfg_name *name = dcfg_intern(&context->names, text);
	struct dcfg_note *note = name ? dcfg_note_find(context, above, text) : NULL;

	if (note || !name)
		return note;
	note = dcfg_note_new(context);
	if (note) {
		note->node.name = name;
		dcfg_map_put(context, &above->node, &note->node);
	}
	return note;
}

struct dcfg_concealed *dcfg_notes(struct dcfg_context *context)
{
	struct dcfg_concealed *notes = context->concealed;

	if (notes)
		return notes;
	notes = dcfg_arena_zalloc(&context->arena, sizeof(*notes));
	if (!notes)
		return NULL;
	notes->keys = dcfg_note_new(context);
	notes->words = dcfg_note_new(context);
	return context->concealed = notes->keys && notes->words ? notes : NULL;
}

/* The last of them that is a name, for who looks at lines. */
static void note_word(struct dcfg_context *context, const struct dcfg_view *segments,
		      size_t count)
{
	while (count && (!segments[count - 1].ptr || *segments[count - 1].ptr == '['))
		count--;
	if (count)
		dcfg_note_word(context, segments[count - 1], true);
}

void dcfg_conceal(struct dcfg_context *context, const struct dcfg_view *segments,
		  size_t count, bool is_secret)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	struct dcfg_note *note = notes ? notes->keys : NULL;

	for (size_t i = 0; note && i < count; i++) {
		note->has_secrets |= is_secret && i + 1 == count;
		note->leads_to_secrets |= is_secret;
		if (segments[i].ptr)
			note = dcfg_note_make(context, note, segments[i]);
		else
			note = note->any ? note->any
					 : (note->any = dcfg_note_new(context));
	}
	if (!note)
		return;
	note->is_secret |= is_secret;
	note->is_exempt |= !is_secret;
	context->has_secrets |= is_secret;
	if (is_secret)
		note_word(context, segments, count);
}

struct dcfg_way dcfg_way_begin(const struct dcfg_context *context)
{
	const struct dcfg_concealed *notes = context->concealed;

	return notes ? (struct dcfg_way){.note = notes->keys,
					 .spelt = notes->spelt,
					 .is_secret = notes->hides_all}
		     : (struct dcfg_way){0};
}

void dcfg_way_step(const struct dcfg_context *context, struct dcfg_way *way,
		   struct dcfg_view name, bool is_item)
{
	const struct dcfg_note *above = way->note, *note = NULL;

	if (above)
		note = dcfg_note_find(context, above, is_item ? DCFG_ANY_ITEM : name);
	if (above && !note && !is_item)
		note = above->any;
	way->note = note;
	way->is_secret |= note && note->is_secret;
	way->is_exempt = note && note->is_exempt;
	way->looks |= !is_item && dcfg_looks_secret(name);
	way->looks &= !way->is_exempt;
	if (way->spelt && !is_item)
		way->spelt = dcfg_note_spelt(context, way->spelt, name);
}

static struct dcfg_way walk_path(const struct dcfg_context *context,
				 struct dcfg_view path)
{
	struct dcfg_way way = dcfg_way_begin(context);
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	char buffer[DCFG_PATH_MAX];

	while (path.len <= sizeof(buffer) && dcfg_key_next(&key, &segment))
		dcfg_way_step(context, &way, dcfg_segment_text(&segment, buffer),
			      segment.is_index);
	return way;
}

bool dcfg_is_beside_secret(const struct dcfg_context *context, struct dcfg_view path)
{
	struct dcfg_way way = dcfg_way_begin(context);
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	char buffer[DCFG_PATH_MAX];

	while (path.len <= sizeof(buffer) && dcfg_key_next(&key, &segment)) {
		if (!key.rest.len)
			return way.note && way.note->has_secrets;
		dcfg_way_step(context, &way, dcfg_segment_text(&segment, buffer),
			      segment.is_index);
	}
	return false;
}

bool dcfg_path_leads_to_secret(const struct dcfg_context *context, struct dcfg_view path)
{
	struct dcfg_way way = walk_path(context, path);

	return way.note && way.note->leads_to_secrets;
}

bool dcfg_is_exempt(const struct dcfg_context *context, struct dcfg_view path)
{
	return context->concealed && walk_path(context, path).is_exempt;
}

bool dcfg_path_looks_secret(const struct dcfg_context *context, struct dcfg_view path)
{
	return walk_path(context, path).looks;
}

bool dcfg_path_is_secret(const struct dcfg_context *context, struct dcfg_view path)
{
	return walk_path(context, path).is_secret;
}

bool dcfg_path_is_concealed(const struct dcfg_context *context, struct dcfg_view path)
{
	struct dcfg_way way = walk_path(context, path);

	return dcfg_way_is_concealed(&way);
}

/* From the root down; recursion is as deep as trees are. */
struct dcfg_way dcfg_way_to(const struct dcfg_context *context,
			    const struct dcfg_node *node)
{
	struct dcfg_way way;

	if (!node->parent)
		return dcfg_way_begin(context);
	way = dcfg_way_to(context, node->parent);
	dcfg_way_step(context, &way, node->name ? node->name->text : DCFG_VIEW(""),
		      !node->name);
	way.is_secret |= node->flags & DCFG_IS_SECRET;
	return way;
}

bool dcfg_is_concealed(const struct dcfg_context *context, const struct dcfg_node *node)
{
	struct dcfg_way way = dcfg_way_to(context, node);

	return dcfg_way_is_concealed(&way) ||
	       node->flags & (DCFG_IS_SECRET | DCFG_IS_MASKED);
}

bool dcfg_story_is_secret(const struct dcfg_related *story)
{
	for (; story; story = story->next)
		if (story->node->flags & DCFG_IS_SECRET)
			return true;
	return false;
}

/* A map or list that removed a key by taking the place of what it was in is no value of it. */
static void mark_story(struct dcfg_related *story)
{
	for (; story; story = story->next)
		if (story->relation != DEPLOYCFG_UNSET || !dcfg_has_children(story->node))
			story->node->flags |= DCFG_IS_SECRET;
}

/* What stands at one key; true where it is secret. */
static bool mark(struct dcfg_node *node)
{
	bool is_secret = node->flags & DCFG_IS_SECRET ||
			 (node->parent && node->parent->flags & DCFG_IS_SECRET) ||
			 dcfg_story_is_secret(node->related);

	if (is_secret) {
		node->flags |= DCFG_IS_SECRET;
		mark_story(node->related);
	}
	return is_secret;
}

/* Whether a path is below another, or it. */
static bool is_below(struct dcfg_view path, struct dcfg_view above)
{
	return above.len && dcfg_view_starts(path, above) &&
	       (path.len == above.len || path.ptr[above.len] == '.' ||
		path.ptr[above.len] == '[');
}

/* Whether what a path is in has a value that is secret. */
static bool is_in_secret(const struct dcfg_context *context,
			 const struct dcfg_node *effective, struct dcfg_view path,
			 struct dcfg_trail *trail)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	const struct dcfg_node *node = NULL;

	while (dcfg_key_next(&key, &segment)) {
		struct dcfg_view above = dcfg_view(path.ptr, path.len - key.rest.len);

		node = dcfg_node_at(context, effective, above, trail);
		if (!node || node->flags & DCFG_IS_SECRET)
			break;
	}
	return node && node->flags & DCFG_IS_SECRET;
}

/* Keys of the past stand in path order: behind what they are in. */
static void mark_history(struct dcfg_context *context, struct dcfg_node *effective,
			 const struct dcfg_history *history)
{
	struct dcfg_view above = DCFG_VIEW("");
	struct dcfg_trail trail = {0};

	for (size_t i = 0; i < history->count; i++) {
		const struct dcfg_past *past = &history->list[i];

		if (!is_below(past->path, above) && !dcfg_story_is_secret(past->related) &&
		    !walk_path(context, past->path).is_secret &&
		    !is_in_secret(context, effective, past->path, &trail))
			continue;
		mark_story(past->related);
		if (!is_below(past->path, above))
			above = past->path;
	}
}

void dcfg_conceal_all(struct dcfg_context *context, struct dcfg_node *effective,
		      const struct dcfg_history *history)
{
	if (!context->has_secrets)
		return;
	for (struct dcfg_node *node = effective; node; node = dcfg_walk(effective, node))
		mark(node);
	mark_history(context, effective, history);
}
