/* SPDX-License-Identifier: ISC */
/* Errors of references. Changes nothing. */
#include "model/reference.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "model/conceal.h"
#include "model/key.h"

/* So many names are compared in one load: suggestions must not cost what loading does. */
#define COMPARISONS_MAX 200000

/* Bytes of a reference that a message quotes: a path is of use as a whole. */
#define WRITTEN_MAX 120

#define LITERAL_HINT "write `$${` if a literal `${` is meant"

/* The reference as it was written; of what may be a secret nothing. */
static const char *quote(struct dcfg_context *context, const struct dcfg_node *node,
			 struct dcfg_view written)
{
	struct dcfg_view shown = dcfg_utf8_cut(written, WRITTEN_MAX);
	const char *quoted;

	if (dcfg_is_concealed(context, node))
		return "a reference in it";
	quoted = dcfg_arena_printf(&context->arena, "`%.*s%s`", DCFG_ARG(shown),
				   shown.len < written.len ? "..." : "")
			 .ptr;
	return quoted ? quoted : "";
}

static const char *quote_of(struct dcfg_context *context, const struct dcfg_node *node,
			    const struct dcfg_reference *reference)
{
	return quote(context, node, reference->part.written);
}

static const char *a_type(const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_LIST ? "a list" : "a map";
}

#define fail(context, node, ...)                                                         \
	dcfg_fail(context, DEPLOYCFG_ERR_REFERENCE, (node)->origin,                      \
		  dcfg_path(context, node), __VA_ARGS__)

void dcfg_reference_malformed(struct dcfg_context *context, const struct dcfg_node *node,
			      const struct dcfg_template_part *part, const char *problem)
{
	dcfg_error_hint(fail(context, node, "%s is no reference: %s",
			     quote(context, node, part->written), problem),
			"references are ${key.path}, ${key.path:-default}, ${env:NAME} "
			"and ${env:NAME:-default}; " LITERAL_HINT);
}

void dcfg_reference_nested(struct dcfg_context *context, const struct dcfg_node *node,
			   const struct dcfg_template_part *part)
{
	struct deploycfg_error *warning = dcfg_warn(
		context, DEPLOYCFG_ERR_REFERENCE, node->origin, dcfg_path(context, node),
		"the default in %s is text, which ends at the first `}`: "
		"references do not nest",
		quote(context, node, part->written));

	dcfg_error_hint(warning, "write a text without `${`, or `$${` for a literal one; "
				 "a key of its own can hold the other reference");
}

/* How far a path leads. */
struct trail {
	const struct dcfg_node *last; /* that is there */
	struct dcfg_segment wrong;    /* the first segment that is not */
	struct dcfg_view rest;        /* of the path, behind that */
};

static const struct dcfg_node *item_at(const struct dcfg_node *list, uint32_t index)
{
	if (list->type == DEPLOYCFG_LIST)
		dcfg_each (item, list)
			if (!index--)
				return item;
	return NULL;
}

static struct trail follow(const struct dcfg_context *context,
			   const struct dcfg_node *root, struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct trail trail = {.last = root};
	const struct dcfg_node *next = root;
	char buffer[DCFG_PATH_MAX];

	while (next && next->type != DEPLOYCFG_NONE &&
	       dcfg_key_next(&key, &trail.wrong)) {
		const struct dcfg_name *name = NULL;

		trail.last = next;
		trail.rest = key.rest;
		if (!trail.wrong.is_index && trail.wrong.text.len <= sizeof(buffer))
			name = dcfg_intern_find(&context->names,
						dcfg_segment_text(&trail.wrong, buffer));
		if (trail.wrong.is_index)
			next = item_at(next, trail.wrong.index);
		else
			next = name && next->type == DEPLOYCFG_MAP
				       ? dcfg_map_find(context, next, name)
				       : NULL;
	}
	return trail;
}

/* The child whose name is nearest to the segment that is wrong. */
static const struct dcfg_node *nearest_child(struct dcfg_interpolation *work,
					     const struct trail *trail)
{
	struct dcfg_nearest nearest = {.word = trail->wrong.text};
	const struct dcfg_node *best = NULL;

	if (trail->last->type != DEPLOYCFG_MAP || trail->wrong.is_index ||
	    work->comparisons + trail->last->length > COMPARISONS_MAX)
		return NULL;
	work->comparisons += trail->last->length;
	dcfg_each (child, trail->last) {
		const char *before = nearest.best.ptr;

		if (child->type != DEPLOYCFG_NONE)
			dcfg_nearest_offer(&nearest, child->name->text);
		if (nearest.best.ptr != before)
			best = child;
	}
	return best;
}

/* A key that may have been meant; empty for none. */
static const char *meant(struct dcfg_interpolation *work, const struct trail *trail)
{
	const struct dcfg_node *near = nearest_child(work, trail);
	struct dcfg_view path, rest = trail->rest;

	if (!near)
		return "";
	path = dcfg_view_text(dcfg_path(work->context, near));
	if (!rest.len)
		return path.ptr;
	path = dcfg_arena_printf(&work->context->arena, "%s%.*s", path.ptr,
				 DCFG_ARG(rest));
	if (!path.ptr || !dcfg_node_at(work->context, work->root, path,
				       &(struct dcfg_trail){.at = {{NULL, NULL, 0}}}))
		return dcfg_path(work->context, near);
	return path.ptr;
}

/* What to do, but for a default. */
static const char *advice(struct dcfg_interpolation *work, const struct trail *trail)
{
	struct dcfg_arena *arena = &work->context->arena;
	const char *near = meant(work, trail), *said = NULL;

	if (*near)
		said = dcfg_arena_printf(arena, "write `${%s}` if that is meant", near)
			       .ptr;
	else if (trail->last->type == DEPLOYCFG_LIST && trail->wrong.is_index)
		return "count from 0";
	else if (trail->last->type != DEPLOYCFG_MAP)
		said = dcfg_arena_printf(arena, "write `${%s}` if that is meant",
					 dcfg_path(work->context, trail->last))
			       .ptr;
	return said ? said : "set the key";
}

static void hint_missing(struct dcfg_interpolation *work, struct deploycfg_error *error,
			 struct dcfg_view path, const struct trail *trail)
{
	dcfg_error_hint(error, "%s, or give a default: `${%.*s:-...}`; " LITERAL_HINT,
			advice(work, trail), DCFG_ARG(path));
}

void dcfg_reference_missing(struct dcfg_interpolation *work, const struct dcfg_node *node,
			    const struct dcfg_reference *reference)
{
	struct dcfg_context *context = work->context;
	struct dcfg_view path = reference->part.text;
	struct deploycfg_error *error =
		context->lacks_keys
			? NULL
			: fail(context, node, "%s leads to a key that is not set",
			       quote_of(context, node, reference));
	struct trail trail;

	if (!error)
		return;
	if (dcfg_is_concealed(context, node)) {
		dcfg_error_hint(error, LITERAL_HINT);
		return;
	}
	trail = follow(context, work->root, path);
	if (trail.last->type == DEPLOYCFG_LIST && trail.wrong.is_index)
		dcfg_relate(context, error, trail.last->origin, "this list has %u item%s",
			    (unsigned)trail.last->length,
			    trail.last->length == 1 ? "" : "s");
	else if (trail.last->type != DEPLOYCFG_MAP)
		dcfg_relate(context, error, trail.last->origin,
			    "%s is of type %s, and has no such key in it",
			    dcfg_path(context, trail.last),
			    deploycfg_type_name((enum deploycfg_type)trail.last->type));
	hint_missing(work, error, path, &trail);
}

/* How hints go on, but a privileged process's: nobody lets variables into one. */
static const char *or_let_in(const struct dcfg_context *context)
{
	return context->trust.privileged ? "" : ", or let variables in with --environ";
}

void dcfg_reference_unset(struct dcfg_interpolation *work, const struct dcfg_node *node,
			  const struct dcfg_reference *reference, bool is_set)
{
	struct dcfg_context *context = work->context;
	struct dcfg_view name = reference->part.text;
	const char *because = work->given->ignored_because;
	const char *quoted = quote_of(context, node, reference);
	struct deploycfg_error *error;

	if (because)
		error = fail(context, node, "%s reads as unset: %s", quoted, because);
	else
		error = fail(context, node, "%s leads to a variable that is %s", quoted,
			     is_set ? "empty" : "not set");
	if (dcfg_is_concealed(context, node))
		dcfg_error_hint(error, LITERAL_HINT);
	else if (because)
		dcfg_error_hint(error,
				"give a default: `${env:%.*s:-...}`%s; " LITERAL_HINT,
				DCFG_ARG(name), or_let_in(context));
	else
		dcfg_error_hint(
			error,
			"set %.*s, or give a default: `${env:%.*s:-...}`; " LITERAL_HINT,
			DCFG_ARG(name), DCFG_ARG(name));
}

void dcfg_reference_ignored(struct dcfg_interpolation *work, const struct dcfg_node *node,
			    struct dcfg_used_variable *variable)
{
	struct dcfg_context *context = work->context;
	struct dcfg_source source = {
		.name = dcfg_arena_printf(&context->arena, "env:%.*s",
					  DCFG_ARG(variable->name)),
		.label = DCFG_VIEW("variable"),
		.reason = dcfg_view_text(work->given->ignored_because),
		.kind = DEPLOYCFG_SOURCE_VARIABLE,
		.state = DEPLOYCFG_SOURCE_IGNORED,
	};

	if (variable->source != UINT32_MAX || !source.name.ptr)
		return;
	variable->source = dcfg_source_add(context, &source);
	dcfg_error_hint(dcfg_warn(context, DEPLOYCFG_ERR_VARIABLE, node->origin,
				  dcfg_path(context, node),
				  "the variable %.*s is ignored because %s",
				  DCFG_ARG(variable->name), work->given->ignored_because),
			"unset it%s", or_let_in(context));
}

void dcfg_reference_bad_variable(struct dcfg_context *context,
				 const struct dcfg_node *node,
				 const struct dcfg_used_variable *variable)
{
	bool twice = variable->twice;
	struct deploycfg_error *error = dcfg_fail(
		context, twice ? DEPLOYCFG_ERR_VARIABLE : DEPLOYCFG_ERR_ENCODING,
		node->origin, dcfg_path(context, node),
		twice ? "%.*s stands twice in the environment"
		      : "the value of %.*s is not valid UTF-8",
		DCFG_ARG(variable->name));

	dcfg_error_hint(error, twice ? "keep one of them"
				     : "set it as UTF-8 text, or encode it as base64");
}

void dcfg_reference_null(struct dcfg_context *context, const struct dcfg_node *node,
			 const struct dcfg_reference *reference,
			 const struct dcfg_node *found)
{
	struct deploycfg_error *error =
		fail(context, node, "%s is null, which no text can hold",
		     quote_of(context, node, reference));

	dcfg_relate(context, error, found->origin, "null here");
	if (!dcfg_is_concealed(context, node))
		dcfg_error_hint(error,
				"give it a value, or a default for null: `${%.*s:-...}`",
				DCFG_ARG(reference->part.text));
}

void dcfg_reference_no_text(struct dcfg_context *context, const struct dcfg_node *node,
			    const struct dcfg_reference *reference,
			    const struct dcfg_node *found)
{
	struct deploycfg_error *error =
		fail(context, node, "%s is %s, which no text can hold",
		     quote_of(context, node, reference), a_type(found));

	dcfg_relate(context, error, found->origin, "this %s",
		    deploycfg_type_name((enum deploycfg_type)found->type));
	dcfg_error_hint(error,
			"make the reference the whole value to copy it, or refer to a "
			"scalar in it");
}

/* What was added to a list first, of all that was. */
static const struct dcfg_node *first_added(const struct dcfg_node *list)
{
	const struct dcfg_related *at = list->related;

	while (at && at->next && at->next->relation == DEPLOYCFG_APPENDED)
		at = at->next;
	return at ? at->node : list; /* where memory lacked there is no story */
}

void dcfg_reference_no_list(struct dcfg_context *context, const struct dcfg_node *node,
			    const struct dcfg_reference *reference)
{
	const struct dcfg_node *found = reference->target;
	struct deploycfg_error *error = dcfg_fail(
		context, DEPLOYCFG_ERR_OPERATOR, first_added(node->parent)->origin,
		dcfg_path(context, node->parent),
		"cannot add to what %s yields: it is no list",
		quote_of(context, node, reference));

	dcfg_relate(context, error, node->origin, "this reference");
	if (found)
		dcfg_relate(context, error, found->origin, "this %s",
			    deploycfg_type_name((enum deploycfg_type)found->type));
	dcfg_error_expected(error, "list");
	dcfg_error_hint(error, "make the value below a list, or take its place with "
			       "!replace");
}

void dcfg_reference_ancestor(struct dcfg_context *context, const struct dcfg_node *node,
			     const struct dcfg_reference *reference,
			     const struct dcfg_node *found)
{
	struct deploycfg_error *error =
		fail(context, node, "%s is %s that this key itself is part of",
		     quote_of(context, node, reference), a_type(found));

	dcfg_relate(context, error, dcfg_key_origin(found), "it begins here");
	dcfg_error_hint(error, "refer to the keys in it that are meant");
}

/* Keys of a cycle that are named, and their places. */
#define NAMED_MAX 64

/* Chains are remembered from behind: who waits for whom. */
static size_t count_chain(const struct dcfg_expansion *last,
			  const struct dcfg_expansion *first)
{
	size_t count = 1;

	for (; last != first; last = last->caller)
		count++;
	return count;
}

/* The chain's end is what it begins with, and what it names last. */
void dcfg_reference_cycle(struct dcfg_context *context, const struct dcfg_expansion *last,
			  const struct dcfg_expansion *first)
{
	const struct dcfg_expansion *named[NAMED_MAX], *at = last;
	size_t count = count_chain(last, first);
	size_t shown = count < NAMED_MAX ? count : NAMED_MAX;
	struct dcfg_view chain;
	struct deploycfg_error *error;

	if (dcfg_only_counts(context, DEPLOYCFG_ERROR))
		return;
	for (size_t i = count; i--; at = at->caller)
		if (i < shown)
			named[i] = at;
	chain = dcfg_view_text(dcfg_path(context, first->node));
	for (size_t i = 1; i < shown && chain.ptr; i++)
		chain = dcfg_arena_printf(&context->arena, "%s -> %s", chain.ptr,
					  dcfg_path(context, named[i]->node));
	if (!chain.ptr)
		return;
	if (shown < count)
		chain = dcfg_arena_printf(&context->arena, "%s -> (%zu more)", chain.ptr,
					  count - shown);
	error = dcfg_report(context, DEPLOYCFG_ERROR, DEPLOYCFG_ERR_REFERENCE,
			    first->node->origin, dcfg_path(context, first->node),
			    "its value refers to itself: %s -> %s", chain.ptr,
			    dcfg_path(context, first->node));
	for (size_t i = 1; i < shown; i++)
		dcfg_relate(context, error, named[i]->node->origin, "%s is set here",
			    dcfg_path(context, named[i]->node));
	dcfg_error_hint(error, "give one of these keys a value without a reference to "
			       "the others");
}
