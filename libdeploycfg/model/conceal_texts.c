/* SPDX-License-Identifier: ISC */
/* Gathers the texts of all secrets of a load, for the last net under its messages. Knows trees and
 * what is noted of keys; not who wrote which message. */
#include "base/redact.h"
#include "model/conceal_notes.h"

static void add_stray(struct dcfg_context *context, struct dcfg_view text,
		      const struct dcfg_node *of)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	struct dcfg_stray *stray = dcfg_arena_alloc(&context->arena, sizeof(*stray));

	if (!notes || !stray)
		return;
	*stray = (struct dcfg_stray){notes->strays, text, of};
	notes->strays = stray;
}

void dcfg_conceal_text(struct dcfg_context *context, struct dcfg_view text)
{
	add_stray(context, text, NULL);
}

void dcfg_conceal_everything(struct dcfg_context *context)
{
	struct dcfg_concealed *notes = dcfg_notes(context);

	if (notes)
		notes->hides_all = true;
}

/* Texts being gathered. */
struct gathering {
	struct dcfg_context *context;
	struct dcfg_needles *needles; /* NULL: they are noted, for later */
	const struct dcfg_node *of;   /* then: what was refused */
};

static void take(const struct gathering *gathering, const struct dcfg_node *node,
		 const struct dcfg_way *way)
{
	bool is_concealed = dcfg_way_is_concealed(way) ||
			    node->flags & (DCFG_IS_SECRET | DCFG_IS_MASKED);

	if (!dcfg_has_text(node))
		return;
	if (!gathering->needles)
		add_stray(gathering->context, dcfg_text(node),
			  is_concealed ? NULL : gathering->of);
	else if (is_concealed)
		dcfg_needles_add(gathering->needles, dcfg_text(node));
}

static void take_story(const struct gathering *gathering,
		       const struct dcfg_related *story, const struct dcfg_way *way)
{
	for (; story; story = story->next)
		take(gathering, story->node, way);
}

/* Recursion is as deep as trees are. */
static void take_below(const struct gathering *gathering, const struct dcfg_node *parent,
		       struct dcfg_way above)
{
	dcfg_each (node, parent) {
		struct dcfg_way way = above;

		dcfg_way_step(gathering->context, &way,
			      node->name ? node->name->text : DCFG_VIEW(""), !node->name);
		way.is_secret |= node->flags & DCFG_IS_SECRET;
		take(gathering, node, &way);
		take_story(gathering, node->related, &way);
		take_below(gathering, node, way);
	}
}

static void take_history(const struct gathering *gathering,
			 const struct dcfg_history *history)
{
	for (size_t i = 0; i < history->count; i++) {
		const struct dcfg_past *past = &history->list[i];
		const struct dcfg_way way = {.is_secret = dcfg_path_is_concealed(
						     gathering->context, past->path)};

		take_story(gathering, past->related, &way);
	}
}

static bool has_secret_below(const struct dcfg_node *top)
{
	const struct dcfg_node *node = top;

	while (node && !(node->flags & DCFG_IS_SECRET))
		node = dcfg_walk(top, node);
	return node != NULL;
}

/* Whether the key of a value that was refused is secret, perhaps by what another layer has; or an
 * item of its list: which one is not asked. */
static bool is_of_secret(struct dcfg_context *context, const struct dcfg_node *effective,
			 const struct dcfg_node *refused)
{
	struct dcfg_view path = dcfg_view_text(dcfg_path(context, refused));
	struct dcfg_trail trail = {0};
	const struct dcfg_node *now =
		effective ? dcfg_node_at(context, effective, path, &trail) : NULL;

	return dcfg_is_concealed(context, refused) ||
	       (now && (dcfg_is_concealed(context, now) || has_secret_below(now)));
}

static void take_strays(const struct gathering *gathering,
			const struct dcfg_node *effective)
{
	struct dcfg_context *context = gathering->context;
	const struct dcfg_concealed *notes = context->concealed;
	const struct dcfg_node *of = NULL;
	bool is_secret = true;

	for (const struct dcfg_stray *at = notes ? notes->strays : NULL; at;
	     at = at->next) {
		if (at->of != of)
			is_secret = !at->of || (context->has_secrets &&
						is_of_secret(context, effective, at->of));
		of = at->of;
		if (is_secret)
			dcfg_needles_add(gathering->needles, at->text);
	}
}

void dcfg_conceal_refused(struct dcfg_context *context, const struct dcfg_node *node)
{
	struct gathering gathering = {context, NULL, node};
	const struct dcfg_way way = dcfg_way_to(context, node);

	if (context->errors && context->errors->dropped)
		return; /* what was said of it is not shown */
	while (!gathering.of->name && gathering.of->parent)
		gathering.of = gathering.of->parent;
	take(&gathering, node, &way);
	take_below(&gathering, node, way);
}

void dcfg_conceal_errors(struct dcfg_context *context, const struct dcfg_node *effective,
			 const struct dcfg_history *history)
{
	struct dcfg_needles needles = {.arena = &context->vault,
				       .seed = context->names.seed};
	const struct gathering gathering = {context, &needles, NULL};

	if (!context->errors || !context->errors->count)
		return;
	if (effective)
		take_below(&gathering, effective, dcfg_way_begin(context));
	take_history(&gathering, history);
	take_strays(&gathering, effective);
	if (!dcfg_needles_redact(&needles, context->errors))
		context->arena.failed = true;
	dcfg_needles_fini(&needles);
}
