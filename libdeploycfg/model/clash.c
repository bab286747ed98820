/* SPDX-License-Identifier: ISC */
/* What layers cannot agree on, told with both places. Changes no tree. */
#include "model/clash.h"

#include "model/conceal.h"
#include "model/interpolate.h"

static const char *kind_name(const struct dcfg_node *node)
{
	if (dcfg_node_is_reference(node))
		return "reference";
	return node->flags & DCFG_TEXT
		       ? "text"
		       : deploycfg_type_name((enum deploycfg_type)node->type);
}

/* Elements of a list are set where there is none; `below` may be NULL. */
void dcfg_clash_no_list(struct dcfg_context *context, const struct dcfg_node *below,
			const struct dcfg_node *over)
{
	bool is_there = below && below->type != DEPLOYCFG_NONE;
	struct deploycfg_error *error;

	if (!is_there && context->lacks_keys)
		return;
	error = dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
			  dcfg_path(context, below ? below : over),
			  "an element cannot be set: %s",
			  is_there ? "it is no list" : "there is no list");
	if (is_there)
		dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	dcfg_error_hint(error, "set the whole list");
	dcfg_conceal_refused(context, over);
}

/* Where a file cannot say what an operator would. */
static bool has_operators(struct dcfg_context *context, const struct dcfg_node *node)
{
	uint32_t source = node->origin.source;

	return source < context->sources.count &&
	       context->sources.list[source].syntax == DEPLOYCFG_YAML &&
	       context->sources.list[source].kind <= DEPLOYCFG_SOURCE_TEXT;
}

static void hint_at_clash(struct dcfg_context *context, struct deploycfg_error *error,
			  const struct dcfg_node *below, const struct dcfg_node *over)
{
	if (has_operators(context, over))
		dcfg_error_hint(
			error, "write !replace before the %s if it is to take its place",
			dcfg_node_is_expanded(over) ? "reference" : kind_name(over));
	else if (dcfg_node_is_expanded(over) && below->type == DEPLOYCFG_LIST)
		dcfg_error_hint(error, "refer to a list, or part items by commas: text "
				       "that is one reference is not split");
	else if (over->type == DEPLOYCFG_MAP || below->type == DEPLOYCFG_MAP)
		dcfg_error_hint(error, "%s, or replace it in a YAML file with !replace",
				over->type == DEPLOYCFG_MAP ? "set the key itself"
							    : "name a key below it");
}

void dcfg_clash_kinds(struct dcfg_context *context, const struct dcfg_node *below,
		      const struct dcfg_node *over)
{
	bool descends = over->type == DEPLOYCFG_MAP && !has_operators(context, over);
	struct deploycfg_error *error =
		descends ? dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
				     dcfg_path(context, over),
				     "a key below it cannot be set: it is %s %s",
				     below->type == DEPLOYCFG_INT ? "an" : "a",
				     kind_name(below))
			 : dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
				     dcfg_path(context, over), "%s cannot override %s",
				     kind_name(over), kind_name(below));

	dcfg_error_expected(error, "%s", kind_name(below));
	dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	hint_at_clash(context, error, below, over);
	dcfg_conceal_refused(context, over);
}

void dcfg_clash_null(struct dcfg_context *context, const struct dcfg_node *below,
		     const struct dcfg_node *over)
{
	bool empty = over->flags & DCFG_EMPTY;
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_CLASH, over->origin,
			  dcfg_path(context, over), "%s would drop the %s below it",
			  empty ? "an empty value" : "null", kind_name(below));

	dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	if (!has_operators(context, over))
		dcfg_error_hint(error, "leave the key out, or !unset it in a YAML file");
	else if (below->type == DEPLOYCFG_MAP)
		dcfg_error_hint(error,
				"write `!unset` to remove it, or `!replace null` to set "
				"it to null%s",
				empty ? "; or remove the empty heading" : "");
	else
		dcfg_error_hint(error, "write `!unset`, `null` or `!replace null`, or "
				       "remove the empty heading");
}

void dcfg_clash_extend(struct dcfg_context *context, const struct dcfg_node *below,
		       const struct dcfg_node *over)
{
	struct deploycfg_error *error = dcfg_fail(
		context, DEPLOYCFG_ERR_OPERATOR, over->origin, dcfg_path(context, below),
		"cannot %s to %s: it is no list",
		over->op == DCFG_APPEND ? "append" : "prepend", kind_name(below));

	dcfg_relate(context, error, below->origin, "this %s", kind_name(below));
	dcfg_error_hint(error,
			"make the value below a list, or take its place with !replace");
	dcfg_conceal_refused(context, over);
}

void dcfg_clash_beyond(struct dcfg_context *context, const struct dcfg_node *list,
		       const struct dcfg_node *over)
{
	struct deploycfg_error *error;
	struct dcfg_view key;

	if (context->lacks_keys || dcfg_node_lacks(list))
		return; /* and items as well */
	key = dcfg_arena_printf(&context->arena, "%s[%s]", dcfg_path(context, list),
				over->name->text.ptr);
	error = dcfg_fail(context, DEPLOYCFG_ERR_RANGE, over->origin, key.ptr,
			  "the index is beyond the end of the list, which has %u item%s",
			  (unsigned)list->length, list->length == 1 ? "" : "s");
	dcfg_relate(context, error, list->origin, "this list");
	dcfg_error_hint(error,
			"indices count from 0; set the whole list to make it longer");
	dcfg_conceal_refused(context, over);
}
