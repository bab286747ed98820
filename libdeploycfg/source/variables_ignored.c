/* SPDX-License-Identifier: ISC */
/* Variables that do not count in this load: each is recorded, and one warning names them. Knows
 * nothing of what they would have meant. */
#include "source/variables.h"

/* Room for their names in a message, and for one of them. */
#define NAMES_MAX 1800
#define NAME_SHOWN_MAX 200

static bool would_count(const struct dcfg_variables *variables,
			const struct dcfg_mapped_index *mapped,
			const struct dcfg_variable *variable)
{
	enum dcfg_variable_kind kind = dcfg_variable_kind(variables, variable->name);

	if (!variable->value.len)
		return false;
	if (kind == DCFG_VARIABLE_SELECTING && variables->selecting_ignored)
		return true;
	return kind == DCFG_VARIABLE_KEY || kind == DCFG_VARIABLE_RESERVED ||
	       dcfg_mapped_find(mapped, variable->name) < mapped->count;
}

static int compare(const void *left, const void *right)
{
	const struct dcfg_variable *a = left, *b = right;

	return dcfg_view_compare(a->name, b->name);
}

static struct dcfg_variable_list collect(struct dcfg_context *context,
					 const struct dcfg_variables *variables)
{
	struct dcfg_mapped_index mapped = dcfg_mapped_index(context, variables);
	size_t entries = variables->environment.count;
	struct dcfg_variable_list found = {0};

	found.list = dcfg_arena_alloc(&context->arena, entries * sizeof(*found.list));
	if (!found.list)
		return found;
	for (size_t i = 0; i < entries; i++) {
		struct dcfg_variable *variable = &found.list[found.count];

		if (dcfg_variable_at(variables, i, variable) &&
		    would_count(variables, &mapped, variable))
			found.count++;
	}
	if (found.count)
		qsort(found.list, found.count, sizeof(*found.list), compare);
	return found;
}

/* Writes "A, B", as many as fit, and returns how many that are. */
static size_t write_names(char buffer[NAMES_MAX], const struct dcfg_variable_list *found)
{
	size_t length = 0, i = 0;

	for (; i < found->count && length + NAME_SHOWN_MAX + sizeof(", ...") < NAMES_MAX;
	     i++) {
		struct dcfg_view name = found->list[i].name;
		bool cut = name.len > NAME_SHOWN_MAX;

		name.len = cut ? NAME_SHOWN_MAX : name.len;
		length +=
			(size_t)snprintf(buffer + length, NAMES_MAX - length, "%s%.*s%s",
					 i ? ", " : "", DCFG_ARG(name), cut ? "..." : "");
	}
	return i;
}

/* Names them all, or says how many more there are. */
static void warn(struct dcfg_context *context, const struct dcfg_variables *variables,
		 const struct dcfg_variable_list *found)
{
	struct dcfg_origin nowhere = dcfg_origin(UINT32_MAX, 0, 0);
	char names[NAMES_MAX], more[40] = "";
	size_t named = write_names(names, found);

	if (named < found->count)
		snprintf(more, sizeof(more), " and %zu more", found->count - named);
	dcfg_error_hint(dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, nowhere, NULL,
				  "variables are ignored because %s: %s%s",
				  variables->ignored_because, names, more),
			"let them in with --environ, or unset them");
}

void dcfg_variables_ignore(struct dcfg_context *context,
			   const struct dcfg_variables *variables)
{
	struct dcfg_variable_list found = collect(context, variables);

	for (size_t i = 0; i < found.count; i++)
		dcfg_variable_origin(context, &found.list[i], DEPLOYCFG_SOURCE_IGNORED,
				     variables->ignored_because);
	if (found.count)
		warn(context, variables, &found);
}
