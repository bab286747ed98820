/* SPDX-License-Identifier: ISC */
/* Text takes a type. Knows values and what they override; not where the text was written. */
#include "model/text.h"

#include "base/utf8.h"
#include "model/conceal.h"
#include "model/interpolate.h"

bool dcfg_text_is_inexact(struct dcfg_view text, enum deploycfg_type type,
			  enum dcfg_parse parsed)
{
	enum deploycfg_type plain = DEPLOYCFG_NONE;
	union dcfg_scalar value;

	if (parsed != DCFG_OUT_OF_RANGE || type != DEPLOYCFG_FLOAT)
		return false;
	dcfg_resolve(text, &plain, &value);
	return plain != DEPLOYCFG_FLOAT;
}

static const char *hint_for(const struct dcfg_node *below, bool inexact)
{
	if (inexact)
		return "write it with a point, such as 9007199254740993.0, to take the "
		       "float nearest to it";
	switch (below->type) {
	case DEPLOYCFG_BOOL:
		return "write true or false";
	case DEPLOYCFG_INT:
		return "write a whole number from -9223372036854775808 to "
		       "9223372036854775807, without leading zeros or a unit";
	default:
		return "write a number such as 2.5 or 1e3";
	}
}

/* What the message says of the text; of a secret nothing. */
static const char *quote(struct dcfg_context *context, const struct dcfg_node *text,
			 const struct dcfg_node *key)
{
	struct dcfg_view shown = dcfg_utf8_shown(dcfg_text(text));
	const char *quoted;

	if (dcfg_is_concealed(context, key) || dcfg_names_secret(dcfg_text(text)))
		return "the text";
	quoted = dcfg_arena_printf(&context->arena, "the text '%.*s'%s", DCFG_ARG(shown),
				   shown.len < text->length ? "..." : "")
			 .ptr;
	return quoted ? quoted : "";
}

/* An item takes the type that all of a list have, and overrides none. */
static const char *problem_of(const struct dcfg_node *text, bool is_item, bool in_range)
{
	bool is_alone =
		text->name || !text->parent || text->parent->type != DEPLOYCFG_LIST;

	if (is_item || !is_alone)
		return in_range ? "does not read as the type that the list's items have"
				: "is out of the range of the type that the list's items "
				  "have";
	return in_range ? "does not read as the type that it overrides"
			: "is out of the range of the type that it overrides";
}

/* key: the text, or what it is an item of. */
static void report_text(struct dcfg_context *context, const struct dcfg_node *text,
			const struct dcfg_node *key, const char *path,
			const struct dcfg_node *below, enum dcfg_parse parsed)
{
	bool in_range = parsed != DCFG_OUT_OF_RANGE;
	bool inexact = dcfg_text_is_inexact(dcfg_text(text),
					    (enum deploycfg_type)below->type, parsed);
	struct deploycfg_error *error = dcfg_fail(
		context, in_range ? DEPLOYCFG_ERR_VALUE : DEPLOYCFG_ERR_RANGE,
		text->origin, path, "%s %s", quote(context, text, key),
		inexact ? "is a whole number too big for a float to hold it exactly"
			: problem_of(text, key != text, in_range));

	dcfg_relate(context, error, below->origin, "this %s",
		    deploycfg_type_name((enum deploycfg_type)below->type));
	dcfg_error_expected(error, "%s",
			    deploycfg_type_name((enum deploycfg_type)below->type));
	dcfg_error_hint(error, "%s", hint_for(below, inexact));
	if (dcfg_is_concealed(context, key))
		dcfg_conceal_text(context, dcfg_text(text));
}

static bool is_typed(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_BOOL || node->type == DEPLOYCFG_INT ||
	       node->type == DEPLOYCFG_FLOAT;
}

/* A text with a reference has its type only after expansion, which reports it. */
static bool expand_escapes(struct dcfg_context *context, struct dcfg_node *text)
{
	struct dcfg_view plain;

	if (!(text->flags & DCFG_TEMPLATE))
		return true;
	if (dcfg_has_reference(dcfg_text(text)))
		return false;
	plain = dcfg_unescape_references(&context->arena, dcfg_text(text));
	if (!plain.ptr)
		return false;
	text->text = plain.ptr;
	text->length = (uint32_t)plain.len;
	text->flags &= (uint16_t)~DCFG_TEMPLATE;
	return true;
}

static enum dcfg_parse convert(struct dcfg_context *context, struct dcfg_node *text,
			       const struct dcfg_node *below)
{
	struct dcfg_arena *arena =
		text->flags & DCFG_IS_SECRET ? &context->vault : &context->arena;
	struct dcfg_view canonical;
	union dcfg_scalar value;
	enum dcfg_parse parsed;

	if (!expand_escapes(context, text)) {
		text->flags |= DCFG_OPEN;
		return DCFG_PARSED;
	}
	parsed = dcfg_convert(arena, dcfg_text(text), (enum deploycfg_type)below->type,
			      &value, &canonical);
	if (parsed != DCFG_PARSED || !canonical.ptr)
		return parsed;
	text->type = below->type;
	text->flags &= (uint16_t) ~(DCFG_TEXT | DCFG_FLOW);
	text->scalar = value;
	text->text = canonical.ptr;
	text->length = (uint32_t)canonical.len;
	return DCFG_PARSED;
}

bool dcfg_text_take_type(struct dcfg_context *context, struct dcfg_node *text,
			 const struct dcfg_node *below)
{
	enum dcfg_parse parsed = DCFG_PARSED;

	if (below->type == DEPLOYCFG_LIST)
		return dcfg_text_split(context, text, below);
	if (is_typed(below))
		parsed = convert(context, text, below);
	if (parsed != DCFG_PARSED)
		report_text(context, text, text, dcfg_path(context, text), below, parsed);
	return parsed == DCFG_PARSED;
}

/* The first item of a list whose items all have one scalar type, but for refused ones, else
 * NULL. */
static const struct dcfg_node *common_item(const struct dcfg_node *list)
{
	const struct dcfg_node *first = NULL;

	if (!list)
		return NULL;
	dcfg_each (item, list) {
		if (dcfg_node_is_refused(item))
			continue;
		if (!is_typed(item) || (first && item->type != first->type))
			return NULL;
		first = first ? first : item;
	}
	return first;
}

static const char *item_path(struct dcfg_context *context, const char *list, size_t index)
{
	return dcfg_arena_printf(&context->arena, "%s[%zu]", list, index).ptr;
}

bool dcfg_text_items_take_type(struct dcfg_context *context, struct dcfg_node *list,
			       const struct dcfg_node *below, const struct dcfg_node *at)
{
	const struct dcfg_node *model = common_item(below);
	size_t index = list->op == DCFG_APPEND ? below->length : 0;
	const char *path = NULL;

	if (!model)
		return true;
	dcfg_each (item, list) {
		enum dcfg_parse parsed = item->flags & DCFG_TEXT
						 ? convert(context, item, model)
						 : DCFG_PARSED;

		if (item->flags & DCFG_OPEN && item->type == DEPLOYCFG_STRING)
			item->model = model;
		if (parsed != DCFG_PARSED) {
			path = path ? path : dcfg_path(context, at);
			report_text(context, item, at, item_path(context, path, index),
				    model, parsed);
		}
		index++;
	}
	return !path;
}

/* One item, from the text's start to the next comma that is not `\,`, nor, where these count,
 * part of a reference. */
static struct dcfg_view take_item(struct dcfg_view *rest, bool references, bool *escaped)
{
	size_t len = 0, step;
	struct dcfg_view item;

	*escaped = false;
	for (; len < rest->len && rest->ptr[len] != ','; len += step) {
		step = references ? dcfg_reference_length(dcfg_view_skip(*rest, len)) : 0;
		if (step)
			continue;
		step = 1;
		if (rest->ptr[len] == '\\' && len + 1 < rest->len &&
		    rest->ptr[len + 1] == ',') {
			*escaped = true;
			step++;
		}
	}
	item = dcfg_view(rest->ptr, len);
	*rest = dcfg_view_skip(*rest, len);
	return dcfg_view_trim(item);
}

static struct dcfg_view unescape_commas(struct dcfg_context *context,
					struct dcfg_view item)
{
	struct dcfg_view copy = dcfg_arena_copy(&context->arena, item);
	char *to = (char *)copy.ptr;

	if (!copy.ptr)
		return copy;
	for (size_t i = 0; i < item.len; i++) {
		if (item.ptr[i] == '\\' && i + 1 < item.len && item.ptr[i + 1] == ',')
			i++;
		*to++ = item.ptr[i];
	}
	*to = '\0';
	return dcfg_view(copy.ptr, (size_t)(to - copy.ptr));
}

static bool split_at_commas(struct dcfg_context *context, const struct dcfg_node *text,
			    struct dcfg_node *list)
{
	struct dcfg_view rest = dcfg_text(text);
	bool expands = text->flags & DCFG_TEMPLATE;

	if (dcfg_view_trim(rest).len == 0)
		return true;
	for (;;) {
		bool escaped;
		struct dcfg_view item = take_item(&rest, expands, &escaped);
		struct dcfg_node *node;

		if (escaped)
			item = unescape_commas(context, item);
		node = item.ptr ? dcfg_text_new(context, item, expands, text->origin)
				: NULL;
		if (!node)
			return false;
		dcfg_list_put(list, node);
		if (!rest.len)
			return true;
		rest = dcfg_view_skip(rest, 1);
	}
}

/* What is no flow list at all may not have been meant as one. */
static struct dcfg_node *flow_list(struct dcfg_context *context,
				   const struct dcfg_node *text,
				   const struct dcfg_node *below)
{
	const struct dcfg_flow *flow = text->flow;
	bool is_syntax = flow->status == DEPLOYCFG_ERR_SYNTAX;
	bool is_hidden = dcfg_is_concealed(context, text);
	bool is_told = is_syntax && flow->conceals;
	struct deploycfg_error *error;

	if (flow->list)
		return flow->list;
	error = dcfg_fail(context, flow->status, flow->origin,
			  dcfg_path_join(context, dcfg_path(context, text),
					 is_hidden ? "" : flow->key),
			  "%s%s%s",
			  is_syntax ? "text over a list that begins with '[' must be a "
				      "YAML flow list"
				    : "",
			  is_syntax && (!is_hidden || is_told) ? ": " : "",
			  !is_hidden || is_told ? flow->problem
			  : is_syntax           ? ""
				      : "the list that is written in it is not valid");
	if (below)
		dcfg_relate(context, error, below->origin, "this list");
	dcfg_error_expected(error, "list");
	if (is_syntax)
		dcfg_error_hint(error,
				"write items between '[' and ']', or without brackets, "
				"parted by commas");
	else if (*flow->hint && !is_hidden)
		dcfg_error_hint(error, "%s", flow->hint);
	return NULL;
}

bool dcfg_text_split(struct dcfg_context *context, struct dcfg_node *text,
		     const struct dcfg_node *below)
{
	struct dcfg_related *history = text->related;
	uint8_t op = text->op;
	struct dcfg_node *list;

	if (text->flags & DCFG_FLOW) {
		list = flow_list(context, text, below);
		if (!list)
			return false;
	} else {
		list = dcfg_node_new(context, DEPLOYCFG_LIST, text->origin);
		if (!list || !split_at_commas(context, text, list) ||
		    !dcfg_text_items_take_type(context, list, below, text))
			return false;
	}
	dcfg_swap(text, list);
	text->flags |= list->flags & DCFG_IS_ALL;
	text->related = history;
	text->op = op;
	return true;
}
