/* SPDX-License-Identifier: ISC */
/* Who gives variables, which are ours, and the layers that they make, weakest first. Knows no
 * keys and no values. */
#include "source/reach.h"
#include "source/variables.h"

/* What each giver has, weakest first. */
enum step {
	STEP_MAPPED,
	STEP_JSON,
	STEP_PREFIXED,
	STEP_COUNT
};

struct dcfg_variable_layers {
	struct dcfg_context *context;
	struct dcfg_variable_names names;
	struct dcfg_variable_list *givers; /* files, then the environment */
	size_t count;
	size_t next;                   /* step of all givers */
	struct dcfg_variable_list own; /* as dcfg_mapped_own() has them */
	bool mapped_well;
	bool complete; /* nothing that may hold keys was lost */
};

/* The variable of an entry of the environment; false where it is no NAME=value. */
static bool split(struct dcfg_view entry, struct dcfg_variable *variable)
{
	const char *equals = entry.len ? memchr(entry.ptr, '=', entry.len) : NULL;

	if (!equals)
		return false;
	*variable = (struct dcfg_variable){.origin = dcfg_origin(UINT32_MAX, 0, 0)};
	variable->name = dcfg_view(entry.ptr, (size_t)(equals - entry.ptr));
	variable->value = dcfg_view_skip(entry, variable->name.len + 1);
	return true;
}

static enum dcfg_variable_kind kind_of(const struct dcfg_variable_names *names,
				       struct dcfg_view name)
{
	enum dcfg_variable_kind kind = dcfg_variable_kind(names, name);

	return kind == DCFG_VARIABLE_FOREIGN &&
			       dcfg_view_equal(name, DCFG_VIEW("CREDENTIALS_DIRECTORY"))
		       ? DCFG_VARIABLE_CREDENTIALS
		       : kind;
}

/* False where a variable that would count stands there twice. */
static bool read_environment(struct dcfg_context *context,
			     const struct dcfg_variable_names *names,
			     struct dcfg_variable_list *found)
{
	const struct dcfg_environ *environment = &names->variables->environment;

	found->list = dcfg_arena_alloc(&context->arena,
				       environment->count * sizeof(*found->list));
	for (size_t i = 0; found->list && i < environment->count; i++) {
		struct dcfg_variable *variable = &found->list[found->count];

		if (!split(environment->list[i], variable))
			continue;
		variable->kind = kind_of(names, variable->name);
		found->count += variable->kind != DCFG_VARIABLE_FOREIGN;
	}
	return names->variables->ignored_because || dcfg_variables_sort(context, found);
}

static void read_files(struct dcfg_variable_layers *layers)
{
	const struct dcfg_variables *variables = layers->names.variables;

	for (size_t i = 0; i < variables->env_file_count; i++)
		layers->complete &=
			dcfg_env_file_read(layers->context, &layers->names,
					   variables->env_files[i], &layers->givers[i]);
}

/* Those of two kinds, which follow each other. */
static struct dcfg_variable_list only(const struct dcfg_variable_list *giver,
				      enum dcfg_variable_kind from,
				      enum dcfg_variable_kind to)
{
	struct dcfg_variable_list part = {giver->list, 0};

	while (part.list < giver->list + giver->count && part.list->kind < from)
		part.list++;
	while (part.list + part.count < giver->list + giver->count &&
	       part.list[part.count].kind <= to)
		part.count++;
	return part;
}

/* What the next step reads. */
static struct dcfg_variable_list part_of(const struct dcfg_variable_layers *layers)
{
	static const enum dcfg_variable_kind kinds[STEP_COUNT][2] = {
		[STEP_MAPPED] = {DCFG_VARIABLE_MAPPED, DCFG_VARIABLE_MAPPED},
		[STEP_JSON] = {DCFG_VARIABLE_JSON, DCFG_VARIABLE_JSON},
		[STEP_PREFIXED] = {DCFG_VARIABLE_KEY, DCFG_VARIABLE_NEAR},
	};
	enum step step = layers->next % STEP_COUNT;

	return only(&layers->givers[layers->next / STEP_COUNT], kinds[step][0],
		    kinds[step][1]);
}

static bool is_at_end(const struct dcfg_variable_layers *layers)
{
	return layers->names.variables->ignored_because ||
	       layers->next == layers->count * STEP_COUNT;
}

/* The first step judges bindings, too, as soon as there are keys. */
static bool judges_own(const struct dcfg_variable_layers *layers)
{
	return layers->next == STEP_MAPPED && layers->own.count;
}

/* To the next step that there is something for. */
static void go_on(struct dcfg_variable_layers *layers)
{
	while (!is_at_end(layers) && !judges_own(layers) && !part_of(layers).count)
		layers->next++;
}

struct dcfg_variable_layers *dcfg_variables_open(struct dcfg_context *context,
						 const struct dcfg_variables *variables)
{
	struct dcfg_variable_layers *layers =
		dcfg_arena_zalloc(&context->arena, sizeof(*layers));
	size_t files = variables->env_file_count;

	if (!layers || (files && !dcfg_within(context, DEPLOYCFG_LIMIT_SOURCES,
					      context->files + files,
					      dcfg_origin(UINT32_MAX, 0, 0), NULL)))
		return NULL;
	layers->context = context;
	layers->names.variables = variables;
	layers->names.mapped = dcfg_mapped_index(context, variables);
	layers->mapped_well = dcfg_mapped_check(context, &layers->names);
	layers->own = dcfg_mapped_own(context, &layers->names);
	layers->complete = true;
	layers->count = files + 1;
	layers->givers = dcfg_arena_zalloc(&context->arena,
					   layers->count * sizeof(*layers->givers));
	if (!layers->givers)
		return NULL;
	read_files(layers);
	layers->complete &=
		read_environment(context, &layers->names, &layers->givers[files]);
	dcfg_variables_disown(context, layers->givers, layers->count);
	go_on(layers);
	return layers;
}

void dcfg_variables_conceal(const struct dcfg_variable_layers *layers,
			    const struct dcfg_node *declared)
{
	if (layers && !layers->names.variables->ignored_because)
		dcfg_variables_conceal_files(layers->context, layers->names.variables,
					     layers->givers, layers->count, declared);
}

static bool read_step(struct dcfg_variable_layers *layers,
		      struct dcfg_variable_list *part, const struct dcfg_node *names,
		      struct dcfg_layer *layer)
{
	struct dcfg_context *context = layers->context;

	switch ((enum step)(layers->next % STEP_COUNT)) {
	case STEP_MAPPED:
		if (judges_own(layers))
			layers->mapped_well &= dcfg_mapped_check_own(
				context, &layers->names, &layers->own, names);
		return layers->mapped_well &&
		       dcfg_mapped_read(context, &layers->names.mapped, part, layer);
	case STEP_JSON:
		return dcfg_json_read(context, part->list, layer);
	default:
		return dcfg_prefixed_read(context, layers->names.variables, part,
					  layers->complete && !context->lacks_keys, names,
					  layer);
	}
}

bool dcfg_variables_next(struct dcfg_variable_layers *layers,
			 const struct dcfg_node *names, struct dcfg_layer *layer)
{
	struct dcfg_variable_list part;

	if (!layers)
		return false;
	if (layers->names.variables->ignored_because)
		dcfg_variables_ignore(layers->context, layers->names.variables,
				      layers->givers, layers->count);
	if (is_at_end(layers) || layers->context->arena.failed)
		return false;
	part = part_of(layers);
	*layer = (struct dcfg_layer){0};
	layers->complete &= read_step(layers, &part, names, layer);
	if (!layer->root && !dcfg_layer_begin(layers->context, layer))
		return false;
	layers->next++;
	go_on(layers);
	return true;
}

bool dcfg_variables_need_names(const struct dcfg_variable_layers *layers)
{
	return layers && !is_at_end(layers) &&
	       (layers->next % STEP_COUNT == STEP_PREFIXED || judges_own(layers));
}

bool dcfg_variables_complete(const struct dcfg_variable_layers *layers)
{
	return layers && (layers->complete || layers->names.variables->ignored_because);
}
