/* SPDX-License-Identifier: ISC */
/* Variables that make keys which nothing weaker has: a warning, and what may have been meant.
 * Knows no values. */
#include "base/nearest.h"
#include "source/variables.h"

/* So many get a suggestion: each is compared to every key. */
#define SUGGESTIONS_MAX 16
/* Longer names are not compared. */
#define COMPARED_MAX 64

struct suggestion {
	const struct dcfg_variable *variable;
	struct dcfg_nearest nearest;
	char best[COMPARED_MAX]; /* what nearest.best points to */
	const struct dcfg_node *key;
};

struct search {
	struct suggestion list[SUGGESTIONS_MAX];
	size_t count;
	char name
		[COMPARED_MAX]; /* of the key under way, as a variable without prefix has it */
};

/* Appends a key's segment to the name; gives its length then, 0 where it has none. */
static size_t extend(struct search *search, size_t length, struct dcfg_view segment)
{
	length = dcfg_variable_append(search->name, COMPARED_MAX, length, segment);
	return length <= COMPARED_MAX ? length : 0;
}

static void offer(struct suggestion *suggestion, struct dcfg_view name,
		  const struct dcfg_node *key)
{
	dcfg_nearest_offer_parts(&suggestion->nearest, DCFG_VIEW("__"), name);
	if (suggestion->nearest.best.ptr != name.ptr)
		return;
	memcpy(suggestion->best, name.ptr, name.len);
	suggestion->nearest.best.ptr = suggestion->best;
	suggestion->key = key;
}

/* Offers every value below a map; recursion is as deep as trees are. */
static void offer_below(struct search *search, const struct dcfg_node *map, size_t length)
{
	dcfg_each (child, map) {
		size_t end = extend(search, length, child->name->text);

		if (!end || child->type == DEPLOYCFG_NONE)
			continue;
		if (child->type == DEPLOYCFG_MAP) {
			offer_below(search, child, end);
			continue;
		}
		for (size_t i = 0; i < search->count; i++)
			offer(&search->list[i], dcfg_view(search->name, end), child);
	}
}

/* A name without its prefix. */
static struct dcfg_view own_name(const struct dcfg_variable *variable)
{
	return dcfg_view_skip(variable->name,
			      (size_t)(variable->parts[0].text.ptr - variable->name.ptr));
}

/* Below a value that was refused nobody knows which keys there are. */
static bool is_told(const struct dcfg_variable *variable)
{
	return dcfg_variable_is_new(variable) && variable->value.len &&
	       !(variable->match && (dcfg_node_is_refused(variable->match->first) ||
				     dcfg_node_lacks(variable->match->first)));
}

static void collect(struct search *search, const struct dcfg_variable_list *variables)
{
	for (size_t i = 0; i < variables->count && search->count < SUGGESTIONS_MAX; i++) {
		const struct dcfg_variable *variable = &variables->list[i];

		if (!is_told(variable))
			continue;
		search->list[search->count++] = (struct suggestion){
			.variable = variable, .nearest = {.word = own_name(variable)}};
	}
}

/* Whether the suggested name means one key: others may have the same. */
static bool is_clear(struct dcfg_context *context, const struct suggestion *suggestion,
		     const struct dcfg_node *tree)
{
	struct dcfg_variable variable = {.name = suggestion->nearest.best};
	struct dcfg_variable_list alone = {&variable, 1};
	const char *problem;

	if (!suggestion->key || !dcfg_variable_split(context, &variable, 0, &problem))
		return false;
	dcfg_variables_match(&alone, tree, NULL);
	return variable.known == variable.count && !variable.match->second;
}

/* As __FILE does, but for a key that is not there. */
static bool names_file(const struct dcfg_variable *variable)
{
	return variable->count > 1 && *variable->value.ptr == '/' &&
	       dcfg_view_equal(variable->parts[variable->count - 1].text,
			       DCFG_VIEW("FILE"));
}

static void warn(struct dcfg_context *context, struct dcfg_variable *variable,
		 struct dcfg_view prefix, const struct suggestion *suggestion)
{
	struct dcfg_origin origin = dcfg_variable_key_origin(context, variable);
	struct deploycfg_error *warning =
		dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, origin,
			  dcfg_variable_path(context, variable, variable->count).ptr,
			  "%.*s names no key of any weaker layer: it makes this new one",
			  DCFG_ARG(variable->name));

	if (names_file(variable))
		dcfg_error_hint(
			warning,
			"to read a value from that file, let a base file give the "
			"key %s a value (null will do), or declare it",
			dcfg_variable_path(context, variable, variable->count - 1).ptr);
	else if (suggestion)
		dcfg_error_hint(warning, "did you mean %.*s__%.*s, for %s?",
				DCFG_ARG(prefix), DCFG_ARG(suggestion->nearest.best),
				dcfg_path(context, suggestion->key));
	else
		dcfg_error_hint(
			warning,
			"give the key a value in a base file, or unset the variable");
}

void dcfg_variables_warn_new(struct dcfg_context *context,
			     struct dcfg_variable_list *variables,
			     struct dcfg_view prefix, const struct dcfg_node *tree)
{
	struct search search = {.count = 0};
	size_t next = 0;

	collect(&search, variables);
	if (search.count)
		offer_below(&search, tree, 0);
	for (size_t i = 0; i < variables->count; i++) {
		struct dcfg_variable *variable = &variables->list[i];
		const struct suggestion *suggestion = &search.list[next];

		if (!is_told(variable))
			continue;
		if (next < search.count && is_clear(context, suggestion, tree))
			warn(context, variable, prefix, suggestion);
		else
			warn(context, variable, prefix, NULL);
		next += next < search.count;
	}
}
