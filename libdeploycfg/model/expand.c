/* SPDX-License-Identifier: ISC */
/* A node becomes what its references yield, and remembers what it was made of. Knows resolved
 * references alone; not how they were found, nor what the value overrides. */
#include "model/conceal.h"
#include "model/expansion.h"
#include "model/reference.h"

/* Counts what an expansion adds against the limits, so that no doubling eats memory. */
static bool charge(struct dcfg_interpolation *work, const struct dcfg_node *node,
		   uint64_t length)
{
	struct dcfg_context *context = work->context;
	uint64_t most = context->limits.of[DEPLOYCFG_LIMIT_TOTAL];
	struct deploycfg_error *error;

	if (!dcfg_within(context, DEPLOYCFG_LIMIT_VALUE, length, node->origin,
			 dcfg_path(context, node)))
		return false;
	context->bytes += length;
	if (context->bytes <= most)
		return true;
	work->stopped = true;
	error = dcfg_fail(
		context, DEPLOYCFG_ERR_LIMIT, node->origin, dcfg_path(context, node),
		"files and what references in them yield are together more than "
		"the limit of %llu bytes",
		(unsigned long long)most);
	dcfg_error_hint(error,
			"if that is meant, raise `limits: {%s: ...}` in the manifest",
			dcfg_limit_field(DEPLOYCFG_LIMIT_TOTAL));
	return false;
}

static struct dcfg_view text_of(struct dcfg_interpolation *work,
				const struct dcfg_reference *reference)
{
	if (reference->part.kind == DCFG_LITERAL)
		return reference->part.text;
	if (reference->target)
		return dcfg_written(work->context, reference->target);
	if (reference->variable)
		return reference->variable->value;
	return dcfg_unescape_references(&work->context->arena, reference->part.fallback);
}

/* By its name, or by what it is made of. A default stands in for what it is the default of. */
static bool looks_secret(const struct dcfg_context *context,
			 const struct dcfg_reference *reference)
{
	const struct dcfg_template_part *part = &reference->part;

	if (reference->target)
		return dcfg_is_concealed(context, reference->target);
	return part->kind == DCFG_KEY_REFERENCE
		       ? dcfg_path_is_concealed(context, part->text)
		       : part->kind == DCFG_VARIABLE_REFERENCE &&
				 dcfg_looks_secret(part->text);
}

static uint16_t secrecy_of(const struct dcfg_context *context,
			   const struct dcfg_reference *reference)
{
	if (reference->target && dcfg_key_is_secret(reference->target))
		return DCFG_IS_SECRET;
	return looks_secret(context, reference) ? DCFG_IS_MASKED : 0;
}

/* What is made of a secret is one, and what is made of what looks so is masked, too. */
static void taint(struct dcfg_context *context, const struct dcfg_expansion *expansion,
		  struct dcfg_node *node)
{
	for (const struct dcfg_reference *at = expansion->first; at; at = at->next)
		node->flags |= at->secrecy;
	context->has_secrets |= node->flags & DCFG_IS_SECRET;
}

/* Takes what one node holds, without what is below it. */
static bool take_value(struct dcfg_interpolation *work, struct dcfg_node *node,
		       const struct dcfg_node *from)
{
	node->type = from->type;
	if (dcfg_node_is_refused(from))
		node->flags |= DCFG_TOLD;
	if (dcfg_has_children(from)) {
		node->flags |= from->flags & DCFG_LACKS;
		node->last = NULL;
		node->table = NULL;
		node->length = 0;
		node->born = dcfg_now(work->context);
		return true;
	}
	node->scalar = from->scalar;
	node->text = from->text;
	node->length = from->length;
	return charge(work, node, node->length);
}

/* A copy tells no more than what it was made from. */
static void take_secrecy(struct dcfg_node *copy, const struct dcfg_node *from)
{
	copy->flags |= from->flags & DCFG_IS_MASKED;
	if (dcfg_has_secret(from))
		copy->flags |= DCFG_IS_SECRET;
}

/* `at`: the node for which it is made, where the limit of keys is told. */
static struct dcfg_node *copy_node(struct dcfg_interpolation *work,
				   const struct dcfg_node *at,
				   const struct dcfg_node *from, uint16_t flags)
{
	struct dcfg_context *context = work->context;
	uint64_t keys = context->keys - context->free + 1;
	struct dcfg_node *copy;

	if (!dcfg_within(context, DEPLOYCFG_LIMIT_KEYS, keys, at->origin,
			 dcfg_path(context, at)))
		return NULL;
	copy = dcfg_node_new(context, (enum deploycfg_type)from->type, from->origin);
	if (!copy)
		return NULL;
	copy->name = from->name;
	copy->key_line = from->key_line;
	copy->key_column = from->key_column;
	copy->flags = flags;
	take_secrecy(copy, from);
	return take_value(work, copy, from) ? copy : NULL;
}

static struct dcfg_node *put_copy(struct dcfg_interpolation *work,
				  const struct dcfg_node *at, struct dcfg_node *parent,
				  const struct dcfg_node *from, size_t depth)
{
	struct dcfg_context *context = work->context;
	struct dcfg_node *copy;

	if (!dcfg_within(context, DEPLOYCFG_LIMIT_DEPTH, depth, at->origin,
			 dcfg_path(context, at)))
		return NULL;
	copy = copy_node(work, at, from, at->flags & DCFG_IS_SECRET);
	if (!copy)
		return NULL;
	if (copy->name)
		dcfg_map_put(context, parent, copy);
	else
		dcfg_list_put(parent, copy);
	return copy;
}

/* Copies all that is below a node, removed keys aside. */
static bool copy_below(struct dcfg_interpolation *work, struct dcfg_node *into,
		       const struct dcfg_node *from)
{
	const struct dcfg_node *at = dcfg_first(from);
	struct dcfg_node *parent = into, *copy;
	size_t depth = at ? dcfg_depth(into) + 1 : 0;

	while (at) {
		const struct dcfg_node *next = NULL;

		if (at->type != DEPLOYCFG_NONE) {
			copy = put_copy(work, into, parent, at, depth);
			if (!copy)
				return false;
			next = dcfg_first(at);
			if (next) {
				parent = copy;
				depth++;
			}
		}
		while (!next && at != from) {
			next = dcfg_next(at);
			if (next)
				break;
			at = at->parent;
			parent = parent->parent;
			depth--;
		}
		at = next;
	}
	return true;
}

static bool take_all(struct dcfg_interpolation *work, struct dcfg_node *node,
		     const struct dcfg_node *from)
{
	const struct dcfg_references *given = work->given;
	bool good = take_value(work, node, from) && copy_below(work, node, from);

	work->stopped |= !good;
	if (good && given->complete && dcfg_has_children(node)) {
		given->complete(work->context, given->schema, node);
		dcfg_expansion_add_below(work, node);
	}
	return good;
}

static bool take_text(struct dcfg_interpolation *work, struct dcfg_node *node,
		      struct dcfg_view text)
{
	node->type = DEPLOYCFG_STRING;
	node->scalar.integer = 0;
	node->text = text.len ? text.ptr : "";
	node->length = (uint32_t)text.len;
	return text.ptr && charge(work, node, text.len);
}

/* Takes a node out of its list, which has more than a reader would want to pass twice. */
static void unlink_item(struct dcfg_node *item)
{
	struct dcfg_node *list = item->parent, *before = list->last;

	while (before->next != item)
		before = before->next;
	before->next = item->next;
	if (--list->length == 0)
		list->last = NULL;
	else if (list->last == item)
		list->last = before;
}

/* The first item takes the reference's place, and the others follow it. */
static bool spread(struct dcfg_interpolation *work, struct dcfg_node *item,
		   const struct dcfg_node *from)
{
	struct dcfg_node *list = item->parent, *at = item;
	uint16_t flags = item->flags & (DCFG_IS_SECRET | DCFG_IS_MASKED);

	if (!dcfg_first(from)) {
		unlink_item(item);
		return true;
	}
	dcfg_each (other, from) {
		struct dcfg_node *copy = item;

		if (at == item && other == dcfg_first(from)) {
			item->origin = other->origin;
			take_secrecy(item, other);
			if (!take_all(work, item, other))
				return false;
			continue;
		}
		copy = copy_node(work, item, other, flags);
		if (!copy) {
			work->stopped = true;
			return false;
		}
		copy->parent = list;
		copy->next = at->next;
		at->next = copy;
		if (list->last == at)
			list->last = copy;
		list->length++;
		at = copy;
		if (!copy_below(work, copy, other)) {
			work->stopped = true;
			return false;
		}
	}
	return true;
}

/* A list that others were added to: what it is made of stands behind these. */
static bool expand_spread(struct dcfg_interpolation *work,
			  const struct dcfg_expansion *expansion)
{
	struct dcfg_node *node = expansion->node;
	const struct dcfg_node *from = expansion->first->target;
	struct dcfg_related **end = &node->parent->related;

	if (!from || (from->type != DEPLOYCFG_LIST && from->type != DEPLOYCFG_NULL)) {
		dcfg_reference_no_list(work->context, node, expansion->first);
		return false;
	}
	while (*end && (*end)->relation == DEPLOYCFG_APPENDED)
		end = &(*end)->next;
	dcfg_remember_made(work->context, expansion, end);
	taint(work->context, expansion, node->parent);
	node->flags = node->parent->flags & DCFG_IS_SECRET;
	node->parent->flags |= dcfg_node_lacks(from) ? DCFG_LACKS : 0;
	return spread(work, node, from);
}

static uint64_t measure(struct dcfg_interpolation *work,
			const struct dcfg_expansion *expansion)
{
	uint64_t length = 0;

	for (const struct dcfg_reference *at = expansion->first; at; at = at->next)
		length += text_of(work, at).len;
	return length;
}

static void write_text(struct dcfg_interpolation *work,
		       const struct dcfg_expansion *expansion, char *to)
{
	for (const struct dcfg_reference *at = expansion->first; at; at = at->next) {
		struct dcfg_view text = text_of(work, at);

		if (text.len)
			memcpy(to, text.ptr, text.len);
		to += text.len;
	}
	*to = '\0';
}

/* Text around references, or several of them. */
static bool expand_text(struct dcfg_interpolation *work,
			const struct dcfg_expansion *expansion)
{
	struct dcfg_context *context = work->context;
	struct dcfg_node *node = expansion->node;
	uint64_t length = measure(work, expansion);
	char *text;

	if (!charge(work, node, length))
		return false;
	text = dcfg_arena_alloc(node->flags & DCFG_IS_SECRET ? &context->vault
							     : &context->arena,
				(size_t)length + 1);
	if (!text)
		return false;
	write_text(work, expansion, text);
	node->text = text;
	node->length = (uint32_t)length;
	node->scalar.integer = 0;
	return true;
}

bool dcfg_expand(struct dcfg_interpolation *work, struct dcfg_expansion *expansion)
{
	struct dcfg_node *node = expansion->node;
	const struct dcfg_reference *first = expansion->first;
	bool is_spread = node->flags & DCFG_SPREAD;

	for (struct dcfg_reference *at = expansion->first; at; at = at->next)
		at->secrecy = secrecy_of(work->context, at);

	if (!(node->flags & DCFG_TEMPLATE)) {
		node->scalar.integer = 0;
		return true;
	}
	if (is_spread)
		return expand_spread(work, expansion);
	if (expansion->has_reference)
		dcfg_remember_made(work->context, expansion, &node->related);
	taint(work->context, expansion, node);
	node->flags &= (uint16_t) ~(DCFG_TEMPLATE | DCFG_PLAIN);
	if (!expansion->is_whole)
		return expand_text(work, expansion);
	node->flags &= (uint16_t)~DCFG_TEXT;
	return first->target ? take_all(work, node, first->target)
			     : take_text(work, node, text_of(work, first));
}
