/* SPDX-License-Identifier: ISC */
/* Variables of any name that the caller has bound to keys. Knows no prefix. */
#include "source/reach.h"
#include "source/variables.h"

static int compare(const void *left, const void *right)
{
	const struct dcfg_mapped *const *a = left, *const *b = right;
	int order = dcfg_view_compare((*a)->variable, (*b)->variable);

	return order ? order : (*a > *b) - (*a < *b); /* then as they were given */
}

struct dcfg_mapped_index dcfg_mapped_index(struct dcfg_context *context,
					   const struct dcfg_variables *variables)
{
	struct dcfg_mapped_index index = {NULL, 0};

	index.list = dcfg_arena_alloc(&context->arena,
				      variables->mapped_count * sizeof(*index.list));
	if (!index.list)
		return index;
	for (; index.count < variables->mapped_count; index.count++)
		index.list[index.count] = &variables->mapped[index.count];
	if (index.count)
		qsort(index.list, index.count, sizeof(*index.list), compare);
	return index;
}

size_t dcfg_mapped_find(const struct dcfg_mapped_index *index, struct dcfg_view variable)
{
	size_t from = 0, to = index->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (dcfg_view_compare(index->list[middle]->variable, variable) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from < index->count &&
			       dcfg_view_equal(index->list[from]->variable, variable)
		       ? from
		       : index->count;
}

struct reading {
	struct dcfg_context *context;
	struct dcfg_mapped_index index;
	struct dcfg_variable
		*values; /* of the index's entries; only the first of a name has it */
	struct dcfg_layer *layer;
	bool failed;
};

static void report_twice(struct reading *reading, struct dcfg_variable *variable)
{
	dcfg_fail(reading->context, DEPLOYCFG_ERR_VARIABLE,
		  dcfg_variable_read_origin(reading->context, variable), NULL,
		  "%.*s stands twice in the environment", DCFG_ARG(variable->name));
	variable->twice = reading->failed = true;
}

/* Finds the values of what is bound, in one pass over the environment. */
static void collect(struct reading *reading, const struct dcfg_variables *variables)
{
	for (size_t i = 0; i < variables->environment.count; i++) {
		struct dcfg_variable variable, *value;
		size_t at;

		if (!dcfg_variable_at(variables, i, &variable))
			continue;
		at = dcfg_mapped_find(&reading->index, variable.name);
		if (at == reading->index.count)
			continue;
		value = &reading->values[at];
		if (!value->name.ptr)
			*value = variable;
		else if (!value->twice)
			report_twice(reading, value);
	}
}

static bool put(struct reading *reading, struct dcfg_variable *variable,
		struct dcfg_view path)
{
	struct dcfg_context *context = reading->context;
	struct dcfg_node *node;

	if (!variable->value.len) {
		dcfg_variable_skip(context, variable, dcfg_path_copy(context, path));
		return true;
	}
	node = dcfg_variable_node(context, variable);
	return node && dcfg_path_put(context, reading->layer->root, path, node);
}

static bool is_good(struct reading *reading, const struct dcfg_mapped *mapped)
{
	struct dcfg_view whose = dcfg_arena_printf(&reading->context->arena,
						   "the key that %.*s is mapped to",
						   DCFG_ARG(mapped->variable));

	return whose.ptr && dcfg_path_check(reading->context, mapped->path, whose.ptr,
					    dcfg_origin(UINT32_MAX, 0, 0));
}

static void check_all(struct reading *reading)
{
	for (size_t i = 0; i < reading->index.count; i++)
		reading->failed |= !is_good(reading, reading->index.list[i]);
}

static void read_all(struct reading *reading)
{
	const struct dcfg_mapped_index *index = &reading->index;
	struct dcfg_variable *variable = NULL;

	for (size_t i = 0; i < index->count; i++) {
		const struct dcfg_mapped *mapped = index->list[i];

		if (!i ||
		    !dcfg_view_equal(mapped->variable, index->list[i - 1]->variable))
			variable = &reading->values[i];
		if (variable->name.ptr && !put(reading, variable, mapped->path))
			reading->failed = true;
	}
}

bool dcfg_mapped_read(struct dcfg_context *context,
		      const struct dcfg_variables *variables, struct dcfg_layer *layer)
{
	struct reading reading = {.context = context, .layer = layer};

	if (!dcfg_layer_begin(context, layer))
		return false;
	reading.index = dcfg_mapped_index(context, variables);
	reading.values = dcfg_arena_zalloc(&context->arena,
					   reading.index.count * sizeof(*reading.values));
	if (!reading.values)
		return false;
	check_all(&reading);
	if (!variables->ignored_because) {
		collect(&reading, variables);
		if (!reading.failed)
			read_all(&reading);
	}
	return !reading.failed && !context->arena.failed;
}
