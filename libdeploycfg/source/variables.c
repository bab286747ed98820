/* SPDX-License-Identifier: ISC */
/* One variable: what it is by its name, its places, its value. Knows nothing of keys. */
#include "source/variables.h"

#include "base/utf8.h"
#include "model/history.h"

static bool is_upper_or_digit(char byte)
{
	return (byte >= 'A' && byte <= 'Z') || dcfg_is_digit(byte);
}

bool dcfg_is_prefix(struct dcfg_view prefix)
{
	if (!prefix.len || *prefix.ptr < 'A' || *prefix.ptr > 'Z')
		return false;
	for (size_t i = 1; i < prefix.len; i++)
		if (!is_upper_or_digit(prefix.ptr[i]) &&
		    (prefix.ptr[i] != '_' || i + 1 == prefix.len ||
		     prefix.ptr[i - 1] == '_'))
			return false;
	return true;
}

enum dcfg_variable_kind dcfg_variable_own_kind(const struct dcfg_variables *variables,
					       struct dcfg_view name)
{
	struct dcfg_view prefix = variables->prefix, rest;

	if (dcfg_view_equal(name, DCFG_VIEW("DEPLOYCFG_ENV")))
		return DCFG_VARIABLE_SELECTING;
	if (!prefix.len || !dcfg_view_starts(name, prefix))
		return DCFG_VARIABLE_FOREIGN;
	rest = dcfg_view_skip(name, prefix.len);
	if (!dcfg_view_starts(rest, DCFG_VIEW("_")))
		return DCFG_VARIABLE_FOREIGN;
	if (dcfg_view_starts(rest, DCFG_VIEW("__")))
		return DCFG_VARIABLE_KEY;
	if (dcfg_view_equal(rest, DCFG_VIEW("_ENV")))
		return DCFG_VARIABLE_SELECTING;
	if (dcfg_view_equal(rest, DCFG_VIEW("_OVERLAYS")))
		return DCFG_VARIABLE_OVERLAYS;
	if (dcfg_view_equal(rest, DCFG_VIEW("_JSON")))
		return DCFG_VARIABLE_JSON;
	return DCFG_VARIABLE_NEAR;
}

/* Takes as little as it can for each `*`, and more for the last one where that fails. */
static bool fits_pattern(struct dcfg_view name, struct dcfg_view pattern)
{
	size_t at = 0, i = 0, star = SIZE_MAX, behind = 0;

	while (at < name.len) {
		if (i < pattern.len && pattern.ptr[i] == '*') {
			star = i++;
			behind = at;
		} else if (i < pattern.len && pattern.ptr[i] == name.ptr[at]) {
			i++;
			at++;
		} else if (star != SIZE_MAX) {
			i = star + 1;
			at = ++behind;
		} else {
			return false;
		}
	}
	while (i < pattern.len && pattern.ptr[i] == '*')
		i++;
	return i == pattern.len;
}

static bool is_disowned(const struct dcfg_variables *variables, struct dcfg_view name)
{
	for (size_t i = 0; i < variables->foreign_count; i++)
		if (fits_pattern(name, variables->foreign[i]))
			return true;
	return false;
}

enum dcfg_variable_kind dcfg_variable_kind(const struct dcfg_variable_names *names,
					   struct dcfg_view name)
{
	enum dcfg_variable_kind own = dcfg_variable_own_kind(names->variables, name);

	if (dcfg_mapped_find(&names->mapped, name) < names->mapped.count)
		return DCFG_VARIABLE_MAPPED;
	if (own < DCFG_VARIABLE_JSON || own > DCFG_VARIABLE_NEAR ||
	    !is_disowned(names->variables, name))
		return own;
	return own == DCFG_VARIABLE_NEAR ? DCFG_VARIABLE_FOREIGN : DCFG_VARIABLE_DISOWNED;
}

struct dcfg_origin
dcfg_variable_origin(struct dcfg_context *context, struct dcfg_variable *variable,
		     enum deploycfg_source_state state, const char *reason)
{
	struct dcfg_source source = {
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_VARIABLES),
		.reason = dcfg_view_text(reason),
		.layer = DEPLOYCFG_LAYER_VARIABLES,
		.kind = DEPLOYCFG_SOURCE_VARIABLE,
		.state = state,
	};

	if (variable->origin.source == UINT32_MAX) {
		source.name = dcfg_arena_printf(&context->arena, "env:%.*s",
						DCFG_ARG(variable->name));
		if (source.name.ptr)
			variable->origin.source = dcfg_source_add(context, &source);
		variable->key_origin = variable->first = variable->origin;
	}
	return variable->origin;
}

struct dcfg_origin dcfg_variable_read_origin(struct dcfg_context *context,
					     struct dcfg_variable *variable)
{
	if (variable->value.len || variable->takes_empty)
		return dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_READ, "");
	return dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_SKIPPED,
				    "it is empty");
}

struct dcfg_origin dcfg_variable_key_origin(struct dcfg_context *context,
					    struct dcfg_variable *variable)
{
	dcfg_variable_read_origin(context, variable);
	return variable->key_origin;
}

bool dcfg_variable_is_text(struct dcfg_context *context, struct dcfg_variable *variable)
{
	if (dcfg_utf8_check(variable->value) == variable->value.len)
		return true;
	dcfg_error_hint(dcfg_fail(context, DEPLOYCFG_ERR_ENCODING,
				  dcfg_variable_read_origin(context, variable), NULL,
				  "the value of %.*s is not valid UTF-8",
				  DCFG_ARG(variable->name)),
			"set it as UTF-8 text, or encode it as base64");
	return false;
}

struct dcfg_node *dcfg_variable_node(struct dcfg_context *context,
				     struct dcfg_variable *variable)
{
	struct dcfg_origin origin = dcfg_variable_read_origin(context, variable);
	struct dcfg_node *node;

	if (variable->is_refused || !dcfg_variable_is_text(context, variable))
		node = dcfg_node_unread(context, origin);
	else
		node = dcfg_text_new(context, variable->value, false, origin);
	if (!node)
		return NULL;
	node->key_line = variable->key_origin.line;
	node->key_column = variable->key_origin.column;
	dcfg_yaml_flow(context, node, variable->first);
	return node;
}

void dcfg_variable_skip(struct dcfg_context *context, struct dcfg_variable *variable,
			struct dcfg_view path)
{
	struct dcfg_origin origin = dcfg_variable_read_origin(context, variable);
	struct dcfg_node *node = dcfg_node_uncounted(context, DEPLOYCFG_STRING, origin);

	if (node && path.ptr)
		dcfg_note_skipped(context, path, node);
}

static int compare(const void *left, const void *right)
{
	const struct dcfg_variable *a = left, *b = right;
	int order = (int)a->kind - (int)b->kind;

	if (!order)
		order = dcfg_view_compare(a->name, b->name);
	if (!order)
		order = (a->key_origin.line > b->key_origin.line) -
			(a->key_origin.line < b->key_origin.line);
	return order;
}

static void report_twice(struct dcfg_context *context, struct dcfg_variable *first,
			 const struct dcfg_variable *second)
{
	struct dcfg_origin origin = dcfg_variable_key_origin(context, first);
	bool in_file = origin.line != 0;
	struct deploycfg_error *error = dcfg_fail(
		context, in_file ? DEPLOYCFG_ERR_DUPLICATE : DEPLOYCFG_ERR_VARIABLE,
		in_file ? second->key_origin : origin, NULL, "%.*s stands twice in %s",
		DCFG_ARG(first->name), in_file ? "this file" : "the environment");

	if (!in_file)
		return;
	dcfg_relate(context, error, origin, "first set here");
	dcfg_error_hint(error, "keep one of them");
}

void dcfg_variable_refuse(struct dcfg_variable *variable)
{
	variable->is_refused = true;
	variable->value = DCFG_VIEW(DCFG_MASK);
}

bool dcfg_variables_sort(struct dcfg_context *context, struct dcfg_variable_list *found)
{
	struct dcfg_variable *list = found->list;
	size_t kept = 0, end;
	bool good = true;

	if (found->count)
		qsort(list, found->count, sizeof(*list), compare);
	for (size_t i = 0; i < found->count; i = end) {
		bool sets = list[i].kind >= DCFG_VARIABLE_MAPPED &&
			    list[i].kind <= DCFG_VARIABLE_KEY;

		for (end = i + 1; end < found->count; end++)
			if (!dcfg_view_equal(list[end].name, list[i].name))
				break;
		if (end == i + 1 || (list[i].kind > DCFG_VARIABLE_KEY &&
				     list[i].kind != DCFG_VARIABLE_CREDENTIALS)) {
			list[kept++] = list[i];
			continue;
		}
		report_twice(context, &list[i], &list[i + 1]);
		if (sets) {
			dcfg_variable_refuse(&list[i]);
			list[kept++] = list[i];
		}
		good &= sets;
	}
	found->count = kept;
	return good;
}
