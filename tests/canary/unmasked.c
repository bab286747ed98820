/* SPDX-License-Identifier: ISC */
/*
 * Stands before the library's own functions of these names: what makes a library that masks
 * nothing. With it the tests for leaks prove that they would find some.
 */
#include "model/conceal.h"

bool dcfg_ends_as_secret(struct dcfg_view name)
{
	(void)name;
	return false;
}

bool dcfg_names_secret(struct dcfg_view text)
{
	(void)text;
	return false;
}

bool dcfg_path_looks_secret(const struct dcfg_context *context, struct dcfg_view path)
{
	(void)context;
	(void)path;
	return false;
}

bool dcfg_path_is_concealed(const struct dcfg_context *context, struct dcfg_view path)
{
	(void)context;
	(void)path;
	return false;
}

bool dcfg_is_concealed(const struct dcfg_context *context, const struct dcfg_node *node)
{
	(void)context;
	(void)node;
	return false;
}

bool dcfg_line_is_concealed(struct dcfg_context *context, uint32_t source, uint32_t line)
{
	(void)context;
	(void)source;
	(void)line;
	return false;
}

bool dcfg_text_is_concealed(struct dcfg_context *context, struct dcfg_view text)
{
	(void)context;
	(void)text;
	return false;
}

struct dcfg_view dcfg_shown_at(struct dcfg_context *context, struct dcfg_origin origin,
			       struct dcfg_view text)
{
	(void)context;
	(void)origin;
	return text;
}

void dcfg_conceal_errors(struct dcfg_context *context, const struct dcfg_node *effective,
			 const struct dcfg_history *history)
{
	(void)context;
	(void)effective;
	(void)history;
}

static void reveal_story(struct dcfg_related *story)
{
	for (; story; story = story->next)
		story->node->flags &= (uint16_t)~DCFG_IS_SECRET;
}

/* Spreads no secrecy, and takes what there is. */
void dcfg_conceal_all(struct dcfg_context *context, struct dcfg_node *effective,
		      const struct dcfg_history *history)
{
	(void)context;
	for (struct dcfg_node *node = effective; node;
	     node = dcfg_walk(effective, node)) {
		node->flags &= (uint16_t)~DCFG_IS_SECRET;
		reveal_story(node->related);
	}
	for (size_t i = 0; i < history->count; i++)
		reveal_story(history->list[i].related);
}
