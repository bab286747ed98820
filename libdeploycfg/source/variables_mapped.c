/* SPDX-License-Identifier: ISC */
/* Variables of any name that are bound to keys. Knows no prefix, and not who bound them. */
#include "base/utf8.h"
#include "source/reach.h"
#include "source/variables.h"

static int compare(const void *left, const void *right)
{
	const struct dcfg_mapped *const *a = left, *const *b = right;
	int order = dcfg_view_compare((*a)->variable, (*b)->variable);

	return order ? order : dcfg_view_compare((*a)->path, (*b)->path);
}

/* What the schema and the caller both say counts once. */
static void drop_repeated(struct dcfg_mapped_index *index)
{
	size_t kept = 0;

	for (size_t i = 0; i < index->count; i++)
		if (!kept || compare(&index->list[kept - 1], &index->list[i]) != 0)
			index->list[kept++] = index->list[i];
	index->count = kept;
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
	drop_repeated(&index);
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

/* The binding may be of a variable that is not even set. */
static struct dcfg_origin origin_of(struct dcfg_context *context,
				    const struct dcfg_mapped *mapped)
{
	struct dcfg_source source = {
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_VARIABLES),
		.layer = DEPLOYCFG_LAYER_VARIABLES,
		.kind = DEPLOYCFG_SOURCE_VARIABLE,
	};
	struct dcfg_view shown = dcfg_utf8_shown(mapped->path);

	if (mapped->origin.source != UINT32_MAX)
		return mapped->origin;
	source.name = dcfg_arena_printf(&context->arena, "--map-env %.*s=%.*s%s",
					DCFG_ARG(mapped->variable), DCFG_ARG(shown),
					shown.len < mapped->path.len ? "..." : "");
	return dcfg_origin(
		source.name.ptr ? dcfg_source_add(context, &source) : UINT32_MAX, 0, 0);
}

static bool check_path(struct dcfg_context *context, const struct dcfg_mapped *mapped)
{
	return dcfg_path_fits(context, mapped->path) ||
	       dcfg_path_check(context, mapped->path, "the key",
			       origin_of(context, mapped));
}

/* What the library reads a variable of its own for, unless that is foreign; NULL where it reads none
 * of that name. */
static const char *own_use(const struct dcfg_variables *variables, struct dcfg_view name)
{
	const struct dcfg_variable_names unbound = {.variables = variables};

	switch (dcfg_variable_kind(&unbound, name)) {
	case DCFG_VARIABLE_SELECTING:
		return "selects the environment";
	case DCFG_VARIABLE_OVERLAYS:
		return "selects overlays";
	case DCFG_VARIABLE_JSON:
		return "holds a map of keys";
	default:
		return NULL;
	}
}

/* What is the library's own would be read as two things at once. */
static bool check_name(struct dcfg_context *context,
		       const struct dcfg_variables *variables,
		       const struct dcfg_mapped *mapped)
{
	const char *use = own_use(variables, mapped->variable);

	if (!use)
		return true;
	dcfg_error_hint(dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE,
				  origin_of(context, mapped), mapped->path.ptr,
				  "%.*s %s, and cannot set a key",
				  DCFG_ARG(mapped->variable), use),
			"bind the key to a variable of another name");
	return false;
}

static bool is_declared(const struct dcfg_mapped *mapped)
{
	return mapped->origin.source != UINT32_MAX;
}

/* What the schema binds the variable of an entry to, which is the first one of its variable;
 * NULL for nothing. */
static const struct dcfg_mapped *declared_of(const struct dcfg_mapped_index *index,
					     size_t at)
{
	struct dcfg_view variable = index->list[at]->variable;

	for (; at < index->count && dcfg_view_equal(index->list[at]->variable, variable);
	     at++)
		if (is_declared(index->list[at]))
			return index->list[at];
	return NULL;
}

/* Who binds a variable of the schema to another key would set both. */
static bool check_bound(struct dcfg_context *context, const struct dcfg_mapped *mapped,
			const struct dcfg_mapped *declared)
{
	struct deploycfg_error *error;

	if (!declared || is_declared(mapped))
		return true;
	error = dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE, origin_of(context, mapped),
			  mapped->path.ptr, "the schema binds %.*s to another key, %.*s",
			  DCFG_ARG(mapped->variable), DCFG_ARG(declared->path));
	dcfg_relate(context, error, declared->origin, "bound here");
	dcfg_error_hint(error, "bind the key to a variable of another name");
	return false;
}

bool dcfg_mapped_check(struct dcfg_context *context,
		       const struct dcfg_variable_names *names)
{
	const struct dcfg_mapped_index *index = &names->mapped;
	const struct dcfg_mapped *declared = NULL;
	bool good = true;

	for (size_t i = 0; i < index->count; i++) {
		const struct dcfg_mapped *mapped = index->list[i];

		if (!i ||
		    !dcfg_view_equal(index->list[i - 1]->variable, mapped->variable))
			declared = declared_of(index, i);
		good &= check_path(context, mapped) &&
			check_name(context, names->variables, mapped) &&
			check_bound(context, mapped, declared);
	}
	return good;
}

struct dcfg_variable_list dcfg_mapped_own(struct dcfg_context *context,
					  const struct dcfg_variable_names *names)
{
	const struct dcfg_mapped_index *index = &names->mapped;
	struct dcfg_variable_list own = {0};
	const char *problem;

	own.list = dcfg_arena_zalloc(&context->arena, index->count * sizeof(*own.list));
	for (size_t i = 0; own.list && i < index->count; i++) {
		struct dcfg_variable *variable = &own.list[own.count];
		struct dcfg_view name = index->list[i]->variable;

		if (dcfg_variable_own_kind(names->variables, name) != DCFG_VARIABLE_KEY ||
		    (own.count && dcfg_view_equal(variable[-1].name, name)))
			continue;
		*variable =
			(struct dcfg_variable){.name = name, .kind = DCFG_VARIABLE_KEY};
		own.count +=
			dcfg_variable_split(context, variable,
					    names->variables->prefix.len + 2, &problem) &&
			variable->count <= DCFG_DEPTH_MAX;
	}
	return own;
}

/* The key that it would set if it were not bound would be lost in silence. */
static bool check_own(struct dcfg_context *context, struct dcfg_variable *variable,
		      const struct dcfg_mapped *mapped)
{
	const struct dcfg_node *key = variable->match->first;
	struct dcfg_view path = dcfg_variable_path(context, variable, variable->count);
	struct deploycfg_error *error;

	if (!path.ptr || is_declared(mapped) || dcfg_view_equal(path, mapped->path))
		return true;
	error = dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE, origin_of(context, mapped),
			  mapped->path.ptr, "%.*s is the variable of another key, %.*s",
			  DCFG_ARG(variable->name), DCFG_ARG(path));
	dcfg_relate(context, error, dcfg_key_origin(key), "%s here",
		    key->flags & DCFG_DECLARED ? "declared" : "set");
	dcfg_error_hint(error, "bind the key to a variable of another name");
	return false;
}

bool dcfg_mapped_check_own(struct dcfg_context *context,
			   const struct dcfg_variable_names *names,
			   struct dcfg_variable_list *own, const struct dcfg_node *tree)
{
	const struct dcfg_mapped_index *index = &names->mapped;
	bool good = true;

	dcfg_variables_match(own, tree, names->variables);
	for (size_t i = 0; i < own->count; i++) {
		struct dcfg_variable *variable = &own->list[i];
		size_t at = dcfg_mapped_find(index, variable->name);

		if (variable->known < variable->count ||
		    dcfg_has_children(variable->match->first))
			continue;
		for (; at < index->count &&
		       dcfg_view_equal(index->list[at]->variable, variable->name);
		     at++)
			good &= check_own(context, variable, index->list[at]);
	}
	return good;
}

static bool put(struct dcfg_context *context, struct dcfg_layer *layer,
		struct dcfg_variable *variable, const struct dcfg_mapped *mapped)
{
	struct dcfg_node *node;

	if (!variable->value.len && !mapped->allow_empty) {
		dcfg_variable_skip(context, variable,
				   dcfg_path_copy(context, mapped->path));
		return true;
	}
	node = dcfg_variable_node(context, variable);
	return node && dcfg_path_put(context, layer->root, mapped->path, node);
}

/* To all keys that a variable is bound to: its entries begin at `list`. */
static bool put_all(struct dcfg_context *context, struct dcfg_layer *layer,
		    struct dcfg_variable *variable, const struct dcfg_mapped *const *list,
		    const struct dcfg_mapped *const *end)
{
	const struct dcfg_mapped *const *stop = list;
	bool good = true;

	for (; stop < end && dcfg_view_equal((*stop)->variable, variable->name); stop++)
		variable->takes_empty |= (*stop)->allow_empty;
	for (; list < stop; list++)
		good &= put(context, layer, variable, *list);
	return good;
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

		good &= put_all(context, layer, variable, index->list + at,
				index->list + index->count);
	}
	return good;
}
