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

/* The binding may be told by a variable that is not even set. */
static bool check(struct dcfg_context *context, const struct dcfg_mapped *mapped)
{
	struct dcfg_variable variable = {.name = mapped->variable,
					 .origin = dcfg_origin(UINT32_MAX, 0, 0)};
	struct dcfg_view whose;

	if (dcfg_path_fits(context, mapped->path))
		return true;
	whose = dcfg_arena_printf(&context->arena, "the key that %.*s is mapped to",
				  DCFG_ARG(mapped->variable));
	if (whose.ptr)
		dcfg_path_check(context, mapped->path, whose.ptr,
				dcfg_variable_read_origin(context, &variable));
	return false;
}

bool dcfg_mapped_check(struct dcfg_context *context,
		       const struct dcfg_mapped_index *index)
{
	bool good = true;

	for (size_t i = 0; i < index->count; i++)
		good &= check(context, index->list[i]);
	return good;
}

static bool put(struct dcfg_context *context, struct dcfg_layer *layer,
		struct dcfg_variable *variable, struct dcfg_view path)
{
	struct dcfg_node *node;

	if (!variable->value.len) {
		dcfg_variable_skip(context, variable, dcfg_path_copy(context, path));
		return true;
	}
	node = dcfg_variable_node(context, variable);
	return node && dcfg_path_put(context, layer->root, path, node);
}

bool dcfg_mapped_read(struct dcfg_context *context, const struct dcfg_mapped_index *index,
		      struct dcfg_variable_list *mapped, struct dcfg_layer *layer)
{
	bool good = true;

	if (!dcfg_layer_begin(context, layer))
		return false;
	for (size_t i = 0; i < mapped->count; i++) {
		struct dcfg_variable *variable = &mapped->list[i];
		size_t at = dcfg_mapped_find(index, variable->name);

		for (; at < index->count &&
		       dcfg_view_equal(index->list[at]->variable, variable->name);
		     at++)
			good &= put(context, layer, variable, index->list[at]->path);
	}
	return good;
}
