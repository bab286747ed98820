/* SPDX-License-Identifier: ISC */
/* <PREFIX>__A__B as a layer. Knows how names are meant; which keys they may mean is found by
 * variables_match.c. */
#include "model/clash.h"
#include "source/reach.h"
#include "source/variables.h"

struct reading {
	struct dcfg_context *context;
	const struct dcfg_variables *variables;
	struct dcfg_variable_list list;
	struct dcfg_layer *layer;
	bool complete; /* as dcfg_prefixed_read() has it */
	bool failed;
	bool has_clash; /* two variables of one key: no advice on new ones */
};

/* Reports an error with a variable's name. */
#define fail(reading, variable, status, ...)                                             \
	((reading)->failed = true,                                                       \
	 dcfg_fail((reading)->context, status,                                           \
		   dcfg_variable_key_origin((reading)->context, variable), NULL,         \
		   __VA_ARGS__))

static void fail_name(struct reading *reading, struct dcfg_variable *variable,
		      const char *problem)
{
	if (problem)
		dcfg_error_hint(fail(reading, variable, DEPLOYCFG_ERR_VARIABLE,
				     "the variable %.*s names no key: %s",
				     DCFG_ARG(variable->name), problem),
				"write %.*s__ and the segments of a key in capital "
				"letters, '-' as "
				"'_', joined by two underscores",
				DCFG_ARG(reading->variables->prefix));
}

/* Whether a name is no longer and no deeper than keys may be. */
static bool fits(struct reading *reading, struct dcfg_variable *variable, size_t length)
{
	struct dcfg_context *context = reading->context;
	const uint64_t *limits = context->limits.of;
	struct dcfg_origin origin;

	if (length <= limits[DEPLOYCFG_LIMIT_PATH] &&
	    variable->count <= limits[DEPLOYCFG_LIMIT_DEPTH])
		return true;
	reading->failed = true;
	origin = dcfg_variable_key_origin(context, variable);
	if (dcfg_within(context, DEPLOYCFG_LIMIT_PATH, length, origin, NULL))
		dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, variable->count, origin,
			    NULL);
	return false;
}

/* Where the name of a key begins in that of its variable. */
static size_t key_at(const struct reading *reading)
{
	return reading->variables->prefix.len + 2;
}

static void add(struct reading *reading, struct dcfg_variable *variable)
{
	if (fits(reading, variable,
		 variable->name.len - key_at(reading) - (variable->count - 1)))
		reading->list.count++;
}

/* All ways to read a name that may be read in several. */
static void take_ways(struct reading *reading, const struct dcfg_variable *from,
		      size_t ways)
{
	struct dcfg_doubt *doubt =
		dcfg_arena_zalloc(&reading->context->arena, sizeof(*doubt));

	for (size_t way = 0; doubt && way < ways; way++) {
		struct dcfg_variable *variable = reading->list.list + reading->list.count;

		*variable = *from;
		variable->doubt = doubt;
		if (dcfg_variable_split_so(reading->context, variable, key_at(reading),
					   way))
			add(reading, variable);
	}
}

static void take_key(struct reading *reading, const struct dcfg_variable *from)
{
	struct dcfg_variable *variable = reading->list.list + reading->list.count;
	size_t before = reading->list.count;
	const char *problem;

	*variable = *from;
	if (dcfg_variable_split(reading->context, variable, key_at(reading), &problem)) {
		add(reading, variable);
		return;
	}
	take_ways(reading, from, dcfg_variable_ways(from, key_at(reading)));
	if (before == reading->list.count)
		fail_name(reading, variable, problem);
}

/* What is no key's name in this way either was meant for others. */
static void take_near(struct reading *reading, const struct dcfg_variable *from)
{
	struct dcfg_variable *variable = reading->list.list + reading->list.count;
	const char *problem;

	*variable = *from;
	reading->list.count += variable->value.len &&
			       dcfg_variable_split(reading->context, variable,
						   key_at(reading) - 1, &problem) &&
			       variable->count <= DCFG_DEPTH_MAX;
}

static bool collect(struct reading *reading, const struct dcfg_variable_list *from)
{
	size_t most = 0;

	for (size_t i = 0; i < from->count; i++)
		most += 1 + (from->list[i].kind == DCFG_VARIABLE_KEY
				     ? dcfg_variable_ways(&from->list[i], key_at(reading))
				     : 0);
	reading->list.list = dcfg_arena_alloc(&reading->context->arena,
					      most * sizeof(*reading->list.list));
	for (size_t i = 0; reading->list.list && i < from->count; i++)
		if (from->list[i].kind == DCFG_VARIABLE_KEY)
			take_key(reading, &from->list[i]);
		else
			take_near(reading, &from->list[i]);
	return reading->list.list != NULL;
}

struct candidate {
	const char *path;
	struct dcfg_origin origin;
};

static void fail_ambiguous(struct reading *reading, struct dcfg_variable *variable,
			   const struct candidate *first, const struct candidate *second)
{
	struct dcfg_context *context = reading->context;
	struct deploycfg_error *error =
		fail(reading, variable, DEPLOYCFG_ERR_VARIABLE, "%.*s may mean %s or %s",
		     DCFG_ARG(variable->name), first->path, second->path);

	dcfg_relate(context, error, first->origin, "%s", first->path);
	dcfg_relate(context, error, second->origin, "%s", second->path);
	dcfg_error_hint(error, "set it in a file or by a variable that is mapped to it, "
			       "or rename one key");
}

/* A map that both candidates stand in may be another one: their whole paths are shown. */
static struct candidate candidate(struct reading *reading, const struct dcfg_node *key)
{
	return (struct candidate){dcfg_path(reading->context, key), dcfg_key_origin(key)};
}

static struct candidate candidate_of(struct reading *reading,
				     struct dcfg_variable *variable)
{
	struct dcfg_view path =
		dcfg_variable_path(reading->context, variable, variable->count);

	return (struct candidate){path.ptr ? path.ptr : "",
				  dcfg_key_origin(variable->match->first)};
}

/* Whether it is the one way to read its name that leads to a key; reports that there is none, or
 * another. */
static bool is_meant(struct reading *reading, struct dcfg_variable *variable)
{
	struct dcfg_doubt *doubt = variable->doubt;
	struct candidate first, second;

	if (!doubt || (doubt->first == variable && !doubt->second))
		return true;
	if (doubt->told || (doubt->first && !doubt->second))
		return false;
	doubt->told = true;
	if (!doubt->first) {
		fail_name(reading, variable,
			  dcfg_variable_problem(variable, key_at(reading)));
		return false;
	}
	first = candidate_of(reading, doubt->first);
	second = candidate_of(reading, doubt->second);
	fail_ambiguous(reading, variable, &first, &second);
	return false;
}

/* Of the ways to read a name one is left, or none. */
static void choose_ways(struct reading *reading)
{
	struct dcfg_variable_list *list = &reading->list;

	for (size_t i = 0; i < list->count; i++)
		if (!is_meant(reading, &list->list[i]))
			list->list[i].kind = DCFG_VARIABLE_FOREIGN;
}

/* Reports 00 where an index belongs. */
static bool is_zero_led(struct reading *reading, struct dcfg_variable *variable)
{
	const struct dcfg_node *list = variable->match ? variable->match->first : NULL;
	struct deploycfg_error *error;
	struct dcfg_view part;

	if (!list || list->type != DEPLOYCFG_LIST || variable->known == variable->count)
		return false;
	part = variable->parts[variable->known].text;
	if (part.len < 2 || *part.ptr != '0' || !dcfg_variable_is_number(part))
		return false;
	error = fail(reading, variable, DEPLOYCFG_ERR_VARIABLE,
		     "'%.*s' in %.*s is no index of %s: an index has no leading zeros",
		     DCFG_ARG(part), DCFG_ARG(variable->name),
		     dcfg_path(reading->context, list));
	dcfg_relate(reading->context, error, list->origin, "this list");
	dcfg_error_hint(error, "write a number without leading zeros; the first is 0");
	return true;
}

/* Reports a name that ends in FILE where an index belongs: it is meant as that of a file. */
static bool is_file_of_list(struct reading *reading, struct dcfg_variable *variable)
{
	const struct dcfg_node *list = variable->match ? variable->match->first : NULL;
	struct dcfg_context *context = reading->context;
	struct deploycfg_error *error;
	struct dcfg_view key;

	if (!list || list->type != DEPLOYCFG_LIST || !variable->value.len ||
	    variable->known + 1 != variable->count ||
	    !dcfg_variable_ends_in_file(variable))
		return false;
	reading->failed = true;
	key = dcfg_variable_path(context, variable, variable->known);
	error = dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE,
			  dcfg_variable_key_origin(context, variable), key.ptr,
			  "a variable names the file of a single value, and this is a "
			  "list");
	dcfg_relate(context, error, list->origin, "this list");
	if (key.ptr)
		dcfg_error_hint(error,
				"name a directory of secrets in which the file is called "
				"%s, or name a file for each item",
				key.ptr);
	return true;
}

/* An element beyond a list's end. */
static bool is_beyond(const struct dcfg_variable *variable)
{
	return variable->match && variable->known < variable->count &&
	       variable->match->first->type == DEPLOYCFG_LIST;
}

/* Reports a key in an element beyond a list's end: how it is spelt nobody can tell. */
static bool is_in_beyond(struct reading *reading, struct dcfg_variable *variable)
{
	const struct dcfg_node *list = variable->match ? variable->match->first : NULL;
	struct dcfg_node over = {.flags = DCFG_TEXT};

	if (!reading->variables->by_schema || !variable->value.len ||
	    !is_beyond(variable) || !list->length ||
	    variable->known + 1 == variable->count ||
	    !dcfg_variable_is_number(variable->parts[variable->known].text))
		return false;
	over.name = dcfg_intern(&reading->context->names,
				variable->parts[variable->known].text);
	over.origin = dcfg_variable_key_origin(reading->context, variable);
	if (over.name &&
	    reading->complete) /* else the list may be the one that was lost */
		dcfg_clash_beyond(reading->context, list, &over);
	return true;
}

/* Whether it is clear what a variable means, and known how to do that. */
static bool is_usable(struct reading *reading, struct dcfg_variable *variable)
{
	if (is_zero_led(reading, variable) || is_file_of_list(reading, variable) ||
	    is_in_beyond(reading, variable))
		return false;
	if (variable->match && variable->match->second) {
		const struct candidate first = candidate(reading, variable->match->first);
		const struct candidate second =
			candidate(reading, variable->match->second);

		fail_ambiguous(reading, variable, &first, &second);
		return false;
	}
	return true;
}

/* count: segments of the key. */
static bool put(struct reading *reading, struct dcfg_variable *variable, size_t count,
		struct dcfg_node *map)
{
	struct dcfg_context *context = reading->context;
	struct dcfg_spelt segments[DCFG_DEPTH_MAX];
	struct dcfg_node *node;

	if (count == variable->count)
		node = dcfg_variable_node(context, variable);
	else if (dcfg_variable_has_both(context, &reading->list, variable))
		return true; /* the other one counts */
	else
		node = dcfg_variable_file_node(context, variable);
	if (!node || !dcfg_variable_spell(context, variable, segments))
		return false;
	for (size_t i = 0; i + 1 < count; i++) {
		struct dcfg_node *above = map;

		map = dcfg_map_enter(context, above, segments[i].name,
				     segments[i + 1].is_index, node->origin);
		if (!map) {
			reading->has_clash = true;
			return dcfg_map_refuses(context, above, segments[i].name);
		}
	}
	dcfg_node_put(context, map, segments[count - 1].name, node);
	reading->has_clash |= dcfg_map_refuses(context, map, segments[count - 1].name);
	return true;
}

/* An empty variable sets nothing, but one of no key is as wrong as a full one. None clashes with
 * another one: neither has a value. */
static void skip(struct reading *reading, struct dcfg_variable *variable, size_t count)
{
	struct dcfg_layer *layer = reading->layer;

	dcfg_variable_skip(reading->context, variable,
			   dcfg_variable_path(reading->context, variable, count));
	if (!reading->variables->by_schema || dcfg_variable_is_whole(variable) ||
	    count < variable->count || is_beyond(variable))
		return;
	if (!layer->empty)
		layer->empty = dcfg_node_uncounted(reading->context, DEPLOYCFG_MAP,
						   layer->root->origin);
	if (!layer->empty ||
	    (!dcfg_variable_is_taken(reading->context, variable, count, layer->empty) &&
	     !put(reading, variable, count, layer->empty)))
		reading->failed = true;
}

static void read_one(struct reading *reading, struct dcfg_variable *variable)
{
	size_t count = variable->count - dcfg_variable_is_file(variable);

	variable->takes_empty = dcfg_variable_is_whole(variable) &&
				variable->match->first->flags & DCFG_ALLOW_EMPTY;
	if (!is_usable(reading, variable))
		return;
	if (!variable->value.len && !variable->takes_empty)
		skip(reading, variable, count);
	else if (!reading->complete && is_beyond(variable))
		return; /* the list may be the one that was lost */
	else if (!put(reading, variable, count, reading->layer->root))
		reading->failed = true;
}

static void read_all(struct reading *reading)
{
	for (size_t i = 0; i < reading->list.count; i++) {
		struct dcfg_variable *variable = &reading->list.list[i];

		if (variable->kind == DCFG_VARIABLE_KEY)
			read_one(reading, variable);
		else if (variable->kind == DCFG_VARIABLE_NEAR)
			dcfg_variable_warn_near(reading->context, reading->variables,
						variable);
	}
}

bool dcfg_prefixed_read(struct dcfg_context *context,
			const struct dcfg_variables *variables,
			const struct dcfg_variable_list *prefixed, bool complete,
			const struct dcfg_node *names, struct dcfg_layer *layer)
{
	struct reading reading = {.context = context,
				  .variables = variables,
				  .layer = layer,
				  .complete = complete};

	if (!dcfg_layer_begin(context, layer) || !collect(&reading, prefixed))
		return false;
	dcfg_variables_match(&reading.list, names, variables);
	if (variables->by_schema)
		dcfg_variables_find_near(context, &reading.list, names, variables);
	choose_ways(&reading);
	read_all(&reading);
	if (complete && !reading.failed && !reading.has_clash && !variables->by_schema)
		dcfg_variables_warn_new(context, &reading.list, variables->prefix, names);
	return !reading.failed && !context->arena.failed;
}
