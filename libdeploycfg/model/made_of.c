/* SPDX-License-Identifier: ISC */
/* What a value is made of: its template and what was used, as part of its story. Knows resolved
 * references, and no text that they yield. */
#include "model/conceal.h"
#include "model/expansion.h"
#include "model/key.h"

/* So many references of one template are looked through for one that is recorded already. */
#define SAME_MAX 16

bool dcfg_has_secret(const struct dcfg_node *node)
{
	return node->flags & DCFG_IS_SECRET || dcfg_story_is_secret(node->related);
}

bool dcfg_key_is_secret(const struct dcfg_node *node)
{
	while (node && !dcfg_has_secret(node))
		node = node->parent;
	return node != NULL;
}

/* Where variables stand among the sources, once one is used. */
static uint32_t source_of(struct dcfg_context *context,
			  struct dcfg_used_variable *variable)
{
	struct dcfg_source source = {
		.label = DCFG_VIEW("variable"),
		.reason = DCFG_VIEW("used by references"),
		.kind = DEPLOYCFG_SOURCE_VARIABLE,
		.state = DEPLOYCFG_SOURCE_READ,
	};

	if (variable->source != UINT32_MAX)
		return variable->source;
	source.name =
		dcfg_arena_printf(&context->arena, "env:%.*s", DCFG_ARG(variable->name));
	if (source.name.ptr)
		variable->source = dcfg_source_add(context, &source);
	return variable->source;
}

/* A record of what a key held when it was used. */
static struct dcfg_node *record_key(struct dcfg_context *context,
				    const struct dcfg_reference *reference)
{
	const struct dcfg_node *target = reference->target;
	struct dcfg_node *record = dcfg_node_uncounted(
		context, (enum deploycfg_type)target->type, target->origin);

	if (!record)
		return NULL;
	record->flags = target->flags & (DCFG_IS_ALL | DCFG_IS_MASKED);
	record->flags |= reference->secrecy;
	record->length = target->length;
	if (dcfg_has_children(target))
		return record;
	record->scalar = target->scalar;
	record->text = target->text;
	return record;
}

static struct dcfg_node *record_variable(struct dcfg_context *context,
					 const struct dcfg_reference *reference)
{
	struct dcfg_used_variable *variable = reference->variable;
	uint32_t source = source_of(context, variable);
	struct dcfg_node *record =
		source == UINT32_MAX ? NULL
				     : dcfg_node_uncounted(context, DEPLOYCFG_STRING,
							   dcfg_origin(source, 0, 0));

	if (!record)
		return NULL;
	record->flags = reference->secrecy;
	record->text = variable->value.ptr;
	record->length = (uint32_t)variable->value.len;
	return record;
}

/* As dcfg_path() would write it. */
static const char *path_of(struct dcfg_context *context,
			   const struct dcfg_reference *reference)
{
	struct dcfg_view path = reference->part.text;

	if (reference->variable)
		return context->sources.list[reference->variable->source].name.ptr;
	return memchr(path.ptr, '"', path.len)
		       ? dcfg_path_copy(context, path).ptr
		       : dcfg_arena_copy(&context->arena, path).ptr;
}

static bool is_recorded(const struct dcfg_expansion *expansion,
			const struct dcfg_reference *reference)
{
	const struct dcfg_reference *at = expansion->first;

	for (size_t i = 0; i < SAME_MAX && at != reference; i++, at = at->next)
		if (at->target == reference->target &&
		    at->variable == reference->variable)
			return true;
	return false;
}

static struct dcfg_related **
add_record(struct dcfg_context *context, struct dcfg_related **end,
	   struct dcfg_node *node, enum deploycfg_relation relation, const char *path)
{
	struct dcfg_related *related =
		dcfg_arena_alloc(&context->arena, sizeof(*related));

	if (!related || !node)
		return end;
	*related = (struct dcfg_related){*end, node, relation, path};
	*end = related;
	return &related->next;
}

void dcfg_remember_made(struct dcfg_context *context,
			const struct dcfg_expansion *expansion, struct dcfg_related **end)
{
	const struct dcfg_node *node = expansion->node;
	struct dcfg_node *template =
		dcfg_node_uncounted(context, DEPLOYCFG_STRING, node->origin);

	if (!template)
		return;
	template->flags = node->flags &DCFG_IS_ALL;
	template->text = node->text;
	template->length = node->length;
	end = add_record(context, end, template, DEPLOYCFG_TEMPLATE, NULL);
	for (struct dcfg_reference *at = expansion->first; at; at = at->next) {
		struct dcfg_node *record;

		if ((!at->target && !at->variable) || is_recorded(expansion, at))
			continue;
		record = at->target ? record_key(context, at)
				    : record_variable(context, at);
		if (record)
			end = add_record(context, end, record, DEPLOYCFG_INPUT,
					 path_of(context, at));
	}
}
