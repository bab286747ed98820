/* SPDX-License-Identifier: ISC */
/* Variables that do not count: each is recorded, and where none does in this load one warning
 * names them. Knows nothing of what they would have meant. */
#include "source/variables.h"

/* Room for their names in a message, and for one of them. */
#define NAMES_MAX 1800
#define NAME_SHOWN_MAX 200

static bool would_count(const struct dcfg_variables *variables,
			const struct dcfg_variable *variable)
{
	if (!variable->value.len || variable->kind == DCFG_VARIABLE_NEAR ||
	    variable->kind == DCFG_VARIABLE_DISOWNED)
		return false;
	return variable->kind != DCFG_VARIABLE_SELECTING || variables->selecting_ignored;
}

/* By name, and then as they were given: files before the environment. */
static int compare(const void *left, const void *right)
{
	const struct dcfg_variable *a = left, *b = right;
	int order = dcfg_view_compare(a->name, b->name);

	return order ? order
		     : (a->origin.source > b->origin.source) -
			       (a->origin.source < b->origin.source);
}

static struct dcfg_variable_list
collect(struct dcfg_context *context, const struct dcfg_variables *variables,
	const struct dcfg_variable_list *givers, size_t count)
{
	struct dcfg_variable_list found = {0};
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		most += givers[i].count;
	found.list = dcfg_arena_alloc(&context->arena, most * sizeof(*found.list));
	for (size_t i = 0; found.list && i < count; i++)
		for (size_t j = 0; j < givers[i].count; j++)
			if (would_count(variables, &givers[i].list[j]))
				found.list[found.count++] = givers[i].list[j];
	if (found.count)
		qsort(found.list, found.count, sizeof(*found.list), compare);
	return found;
}

/* Whether it has the name of the one before it. */
static bool is_again(const struct dcfg_variable_list *found, size_t at)
{
	return at && dcfg_view_equal(found->list[at - 1].name, found->list[at].name);
}

static size_t count_names(const struct dcfg_variable_list *found)
{
	size_t count = 0;

	for (size_t i = 0; i < found->count; i++)
		count += !is_again(found, i);
	return count;
}

/* Writes "A, B", as many as fit, and returns how many that are. */
static size_t write_names(char buffer[NAMES_MAX], const struct dcfg_variable_list *found)
{
	size_t length = 0, named = 0;

	for (size_t i = 0; i < found->count; i++) {
		struct dcfg_view name = found->list[i].name;
		bool cut = name.len > NAME_SHOWN_MAX;

		if (is_again(found, i))
			continue;
		if (length + NAME_SHOWN_MAX + sizeof(", ...") >= NAMES_MAX)
			break;
		name.len = cut ? NAME_SHOWN_MAX : name.len;
		length += (size_t)snprintf(buffer + length, NAMES_MAX - length,
					   "%s%.*s%s", named ? ", " : "", DCFG_ARG(name),
					   cut ? "..." : "");
		named++;
	}
	return named;
}

/* Names them all, or says how many more there are. */
static void warn(struct dcfg_context *context, const struct dcfg_variables *variables,
		 const struct dcfg_variable_list *found)
{
	struct dcfg_origin nowhere = dcfg_origin(UINT32_MAX, 0, 0);
	char names[NAMES_MAX], more[40] = "";
	size_t named = write_names(names, found), all = count_names(found);

	if (named < all)
		snprintf(more, sizeof(more), " and %zu more", all - named);
	if (variables->selecting_ignored) { /* somebody asked for it */
		dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, nowhere, NULL,
			  "%s, and so these are not read: %s%s",
			  variables->ignored_because, names, more);
		return;
	}
	dcfg_error_hint(dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, nowhere, NULL,
				  "variables are ignored because %s: %s%s",
				  variables->ignored_because, names, more),
			"unset them, or let them in: `hermetic: false` of the "
			"environment in the manifest, or the command's --environ");
}

/* A variable of a file is listed by the file's name. */
static void record(struct dcfg_context *context, struct dcfg_variable *variable,
		   const char *why)
{
	struct dcfg_source source = {.kind = DEPLOYCFG_SOURCE_VARIABLE,
				     .layer = DEPLOYCFG_LAYER_VARIABLES,
				     .state = DEPLOYCFG_SOURCE_IGNORED,
				     .reason = dcfg_view_text(why)};

	if (variable->origin.source == UINT32_MAX) {
		dcfg_variable_origin(context, variable, DEPLOYCFG_SOURCE_IGNORED, why);
		return;
	}
	source.label = context->sources.list[variable->origin.source].label;
	source.name =
		dcfg_arena_printf(&context->arena, "%s:%.*s",
				  context->sources.list[variable->origin.source].name.ptr,
				  DCFG_ARG(variable->name));
	if (source.name.ptr)
		dcfg_source_add(context, &source);
}

void dcfg_variables_ignore(struct dcfg_context *context,
			   const struct dcfg_variables *variables,
			   const struct dcfg_variable_list *givers, size_t count)
{
	struct dcfg_variable_list found = collect(context, variables, givers, count);

	for (size_t i = 0; i < found.count; i++)
		record(context, &found.list[i], variables->ignored_because);
	if (found.count)
		warn(context, variables, &found);
}

void dcfg_variables_disown(struct dcfg_context *context,
			   const struct dcfg_variable_list *givers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < givers[i].count; j++) {
			struct dcfg_variable *variable = &givers[i].list[j];

			if (variable->kind == DCFG_VARIABLE_DISOWNED &&
			    variable->value.len)
				record(context, variable,
				       "the manifest lists it in foreign_variables");
		}
}
