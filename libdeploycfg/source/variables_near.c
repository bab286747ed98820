/* SPDX-License-Identifier: ISC */
/* Variables that would be those of keys if they had more underscores: people forget one, and
 * Kubernetes makes such names. Knows no values. */
#include "model/variable_slips.h"
#include "source/variables.h"

/* Keys on the way through a tree: the name that is looked for, and the right one. */
struct search {
	struct dcfg_context *context;
	struct dcfg_variable_list *variables;
	const struct dcfg_variables *given;
	char single[DCFG_PATH_MAX], whole[DCFG_PATH_MAX];
};

/* What a name of one segment could be but is not. */
static bool is_wanted(const struct dcfg_variable *variable)
{
	return variable->kind == DCFG_VARIABLE_NEAR && variable->count == 1 &&
	       !variable->known && !variable->near;
}

static bool is_any_wanted(const struct dcfg_variable_list *variables)
{
	for (size_t i = 0; i < variables->count; i++)
		if (is_wanted(&variables->list[i]))
			return true;
	return false;
}

/* Of the variables that begin with a segment those that have no other come first. */
static size_t find(const struct dcfg_variable_list *variables, struct dcfg_view segment)
{
	size_t from = 0, to = variables->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (dcfg_view_compare(variables->list[middle].parts[0].text, segment) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void offer(struct search *search, const struct dcfg_node *key, size_t single,
		  size_t whole)
{
	struct dcfg_view name = dcfg_view(search->single, single);
	struct dcfg_variable *list = search->variables->list;
	size_t i = find(search->variables, name);

	for (; i < search->variables->count && list[i].count == 1 &&
	       dcfg_view_equal(list[i].parts[0].text, name);
	     i++) {
		if (!is_wanted(&list[i]))
			continue;
		list[i].near = key;
		list[i].near_name = dcfg_arena_copy(&search->context->arena,
						    dcfg_view(search->whole, whole));
	}
}

/* Appends a segment to the name with single underscores; 0 where it has none. */
static size_t append_single(struct search *search, size_t at, struct dcfg_view segment)
{
	size_t begin = at ? at + 1 : 0, length;

	if (begin >= DCFG_PATH_MAX)
		return 0;
	length = dcfg_variable_append(search->single + begin, DCFG_PATH_MAX - begin, 0,
				      segment);
	if (at)
		search->single[at] = '_';
	return length && begin + length <= DCFG_PATH_MAX ? begin + length : 0;
}

/* Whether the name of a variable goes on behind that of a map. */
static bool leads_on(struct search *search, size_t single)
{
	const struct dcfg_variable_list *variables = search->variables;
	struct dcfg_view begun = dcfg_view(search->single, single + 1);
	size_t i;

	if (single >= DCFG_PATH_MAX)
		return false;
	search->single[single] = '_';
	i = find(variables, begun);
	return i < variables->count &&
	       dcfg_view_starts(variables->list[i].parts[0].text, begun);
}

/* Offers the keys below a map that a variable may mean; recursion is as deep as trees are. */
static void offer_below(struct search *search, const struct dcfg_node *map, size_t single,
			size_t whole)
{
	if (search->given->names_below)
		search->given->names_below(map);
	dcfg_each (child, map) {
		struct dcfg_view segment = child->name->text;
		size_t end = append_single(search, single, segment);
		size_t whole_end = dcfg_variable_append(search->whole, DCFG_PATH_MAX,
							whole, segment);

		if (!end || whole_end > DCFG_PATH_MAX || child->type == DEPLOYCFG_NONE)
			continue;
		if (child->type != DEPLOYCFG_MAP)
			offer(search, child, end, whole_end);
		else if (leads_on(search, end))
			offer_below(search, child, end, whole_end);
	}
}

void dcfg_variables_find_near(struct dcfg_context *context,
			      struct dcfg_variable_list *variables,
			      const struct dcfg_node *tree,
			      const struct dcfg_variables *given)
{
	struct search search = {
		.context = context, .variables = variables, .given = given};

	if (is_any_wanted(variables))
		offer_below(&search, tree, 0, 0);
}

/* Whether one more underscore makes it a key's. A `*` alone is none: it would take any name. */
static bool lacks_one(const struct dcfg_variable *variable)
{
	const struct dcfg_node *top = variable->match ? variable->match->first : NULL;

	if (variable->known < variable->count)
		return false;
	if (!dcfg_variable_is_pattern(variable))
		return top->type != DEPLOYCFG_NONE;
	while (top->parent->parent)
		top = top->parent;
	return !dcfg_view_equal(top->name->text, DCFG_VIEW("*"));
}

/* One that may have been meant to choose what is loaded, or to be <PREFIX>_JSON. */
static void warn_own(struct dcfg_context *context, const struct dcfg_variables *variables,
		     struct dcfg_variable *variable)
{
	struct dcfg_view prefix = variables->prefix;
	struct dcfg_view meant = dcfg_variable_meant(prefix, variable->name);
	bool selects = dcfg_view_equal(meant, DCFG_VIEW("ENV"));

	if (!meant.len || (selects && !variables->by_default))
		return;
	dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_IGNORED,
			     "it is no key's, and none that is read besides");
	dcfg_error_hint(dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, variable->key_origin,
				  NULL,
				  "%.*s is not read: the variable that %s is %.*s_%.*s",
				  DCFG_ARG(variable->name),
				  selects             ? "selects the environment"
				  : *meant.ptr == 'O' ? "chooses overlays"
						      : "holds a map of keys",
				  DCFG_ARG(prefix), DCFG_ARG(meant)),
			"rename it if that is meant, else list it in the manifest's "
			"foreign_variables");
}

void dcfg_variable_warn_near(struct dcfg_context *context,
			     const struct dcfg_variables *variables,
			     struct dcfg_variable *variable)
{
	struct dcfg_view prefix = variables->prefix, name = variable->near_name;
	const char *key = variable->near ? dcfg_path(context, variable->near) : NULL;
	struct deploycfg_error *warning;

	if (lacks_one(variable)) {
		key = dcfg_variable_path(context, variable, variable->count).ptr;
		name = dcfg_view_skip(variable->name, prefix.len + 1);
	}
	if (!key) {
		warn_own(context, variables, variable);
		return;
	}
	dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_IGNORED,
			     "one underscore follows the prefix where keys have two");
	warning = dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, variable->key_origin, key,
			    "%.*s is not read: the variable of this key is %.*s__%.*s",
			    DCFG_ARG(variable->name), DCFG_ARG(prefix), DCFG_ARG(name));
	dcfg_error_hint(
		warning, "write two underscores after %.*s%s if this key is meant%s",
		DCFG_ARG(prefix), variable->near ? " and between its segments" : "",
		variable->key_origin.line
			? ""
			: "; Kubernetes sets such variables for services "
			  "unless enableServiceLinks is false");
}
