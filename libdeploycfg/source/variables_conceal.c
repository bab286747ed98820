/* SPDX-License-Identifier: ISC */
/* Tells which keys variables name files for to all who write messages, before any layer is read.
 * Knows no values. */
#include "model/conceal.h"
#include "source/variables.h"

#define SUFFIX DCFG_VIEW("__FILE")

static bool may_name_file(const struct dcfg_variable *variable)
{
	return variable->kind == DCFG_VARIABLE_KEY && variable->value.len &&
	       dcfg_view_ends(variable->name, SUFFIX);
}

static size_t count_files(const struct dcfg_variable_list *givers, size_t count,
			  size_t taken)
{
	size_t files = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < givers[i].count; j++)
			if (may_name_file(&givers[i].list[j]))
				files += dcfg_variable_ways(&givers[i].list[j], taken);
	return files;
}

/* Copies of one, split in all ways; what names no key is told when it is read. */
static void add_ways(struct dcfg_context *context, size_t taken,
		     const struct dcfg_variable *variable,
		     struct dcfg_variable_list *files)
{
	size_t ways = dcfg_variable_ways(variable, taken);

	for (size_t way = 0; way < ways; way++) {
		struct dcfg_variable *file = &files->list[files->count];

		*file = *variable;
		files->count += dcfg_variable_split_so(context, file, taken, way) &&
				file->count > 1 && file->count <= DCFG_DEPTH_MAX;
	}
}

static struct dcfg_variable_list collect(struct dcfg_context *context, size_t taken,
					 const struct dcfg_variable_list *givers,
					 size_t count)
{
	struct dcfg_variable_list files = {0};

	files.list = dcfg_arena_alloc(&context->arena, count_files(givers, count, taken) *
							       sizeof(*files.list));
	for (size_t i = 0; files.list && i < count; i++)
		for (size_t j = 0; j < givers[i].count; j++)
			if (may_name_file(&givers[i].list[j]))
				add_ways(context, taken, &givers[i].list[j], &files);
	return files;
}

/* What is declared by its whole name, or as a list or a map, has no file. */
static bool is_other(const struct dcfg_variable *variable)
{
	return variable->known == variable->count ||
	       (variable->known + 1 == variable->count &&
		!dcfg_variable_is_file(variable));
}

static void conceal(struct dcfg_context *context, const struct dcfg_variable *file)
{
	struct dcfg_view segments[DCFG_DEPTH_MAX];

	for (size_t i = 0; i + 1 < file->count; i++)
		segments[i] = file->parts[i].text;
	dcfg_conceal_spelt(context, segments, file->count - 1);
}

void dcfg_variables_conceal_files(struct dcfg_context *context,
				  const struct dcfg_variables *variables,
				  const struct dcfg_variable_list *givers, size_t count,
				  const struct dcfg_node *declared)
{
	struct dcfg_variable_list files =
		collect(context, variables->prefix.len + 2, givers, count);

	if (declared)
		dcfg_variables_match(&files, declared, variables);
	for (size_t i = 0; i < files.count; i++)
		if (!is_other(&files.list[i]))
			conceal(context, &files.list[i]);
}
