/* SPDX-License-Identifier: ISC */
/* What stands at an anchor is in the tree once for each alias, too: a mistake in it is told once,
 * with the keys that have it from there. Judges nothing. */
#include "schema/rule.h"

/* Aliases of one mistake: so many are told. */
#define ALIASES_MAX 16

struct dcfg_mistake {
	struct deploycfg_error *error;
	struct dcfg_origin key;
	const struct dcfg_node *parent;
	size_t aliases;
};

/* The mistake that was made at this very place, or a new one; NULL where there can be no anchors,
 * and without memory. */
static struct dcfg_mistake *mistake_of(struct dcfg_context *context,
				       struct dcfg_schema *schema,
				       const struct dcfg_told *told)
{
	struct dcfg_intern *mistakes = &schema->mistakes;
	const struct dcfg_place *place = &told->place;
	struct dcfg_mistake *made;
	struct dcfg_name *name;
	char text[2048];
	int length = snprintf(text, sizeof(text), "%u:%u:%u:%d:%s:%s",
			      (unsigned)told->node->origin.source, (unsigned)place->line,
			      (unsigned)place->column, place->is_secret, told->part,
			      told->message);

	if (!place->line || !dcfg_is_yaml(context, told->node) ||
	    (size_t)length >= sizeof(text))
		return NULL;
	if (!mistakes->arena)
		dcfg_intern_init(mistakes, &context->arena);
	name = (struct dcfg_name *)dcfg_intern(mistakes, dcfg_view(text, (size_t)length));
	if (!name || name->first)
		return name ? name->first : NULL;
	made = dcfg_arena_zalloc(&context->arena, sizeof(*made));
	if (!made)
		return NULL;
	made->key = dcfg_key_origin(told->node);
	made->parent = told->node->parent;
	name->first = made;
	return made;
}

/* Where the way to a node leaves that to the one at the anchor: the key of the alias, or of the
 * list that it is in. */
static struct dcfg_origin alias_of(const struct dcfg_mistake *mistake,
				   const struct dcfg_node *node)
{
	const struct dcfg_node *first = mistake->parent;
	struct dcfg_origin other = mistake->key;

	while (first && node->parent && node->parent != first &&
	       dcfg_origin_is(dcfg_key_origin(node), other)) {
		other = dcfg_key_origin(first);
		first = first->parent;
		node = node->parent;
	}
	while (node->parent && !node->key_line)
		node = node->parent;
	return dcfg_key_origin(node);
}

struct deploycfg_error *dcfg_report_once(struct dcfg_context *context,
					 struct dcfg_schema *schema,
					 const struct dcfg_told *told)
{
	struct dcfg_mistake *mistake = mistake_of(context, schema, told);
	struct deploycfg_error *error;

	if (mistake && mistake->error) {
		if (mistake->aliases++ < ALIASES_MAX)
			dcfg_relate(context, mistake->error,
				    alias_of(mistake, told->node),
				    "the same of %s, by an alias", told->key);
		return NULL;
	}
	error = dcfg_report_at(context, told->severity, told->status, &told->place,
			       told->key, "%s", told->message);
	if (mistake)
		mistake->error = error;
	return error;
}
