/* SPDX-License-Identifier: ISC */
/*
 * Which keys are secret since a value of theirs, of whatever layer, refers to a secret: what lost is
 * never expanded, and makes secret what others were made of. Keys that references lead to, and those
 * that have them, make a graph; secrecy goes along it. Knows no texts but templates.
 */
#include "model/conceal.h"
#include "model/expansion.h"
#include "model/key.h"
#include "model/template.h"

/* A key, and who refers to it. */
struct key {
	struct dcfg_node
		node; /* a MAP of keys; is first, so that its children are keys */
	struct dcfg_view path; /* "" for the root */
	struct key *above;     /* NULL for the root */
	struct dcfg_node *now; /* what stands there; NULL for nothing */
	struct use *uses, **uses_end;
	struct key *next; /* of those that were found to be secret */
	bool is_secret;
	bool is_copied; /* what is below it is, too, by one use at least */
};

/* A text that refers to a key. */
struct use {
	struct use *next;
	struct key *by;
	struct dcfg_node *text;
	bool is_lost;  /* or it was expanded; else it counts, and could not be */
	bool is_whole; /* it copies what is below the key, too */
};

struct taint {
	struct dcfg_context *context;
	struct dcfg_node *effective;
	struct key root;
	struct key *found, **found_end; /* in the order of the tree where it can be had */
	struct dcfg_trail trail;        /* in the effective tree */
	uint64_t copies;                /* keys made for what is copied */
	char path[DCFG_PATH_MAX];       /* of the node that is visited */
	size_t len;
};

static struct key *find_child(const struct taint *taint, const struct key *above,
			      const struct dcfg_name *name)
{
	return name ? (void *)dcfg_map_find(taint->context, &above->node, name) : NULL;
}

static struct key *make_child(struct taint *taint, struct key *above,
			      const struct dcfg_name *name, struct dcfg_view path)
{
	struct dcfg_context *context = taint->context;
	struct key *key = find_child(taint, above, name);

	if (key || !name)
		return key;
	key = dcfg_arena_zalloc(&context->arena, sizeof(*key));
	if (!key)
		return NULL;
	dcfg_node_init(context, &key->node, DEPLOYCFG_MAP, dcfg_origin(UINT32_MAX, 0, 0));
	key->node.name = name;
	key->path = path;
	key->above = above;
	key->uses_end = &key->uses;
	dcfg_map_put(context, &above->node, &key->node);
	return key;
}

/* The key of a path; where it is not known it is made, if asked for. NULL for none. path: as
 * dcfg_path() writes it, and stays. */
static struct key *key_at(struct taint *taint, struct dcfg_view path, bool makes)
{
	struct dcfg_intern *names = &taint->context->names;
	struct dcfg_key reader = dcfg_key(path);
	struct key *key = &taint->root;
	struct dcfg_segment segment;
	char buffer[DCFG_PATH_MAX];

	while (key && path.len <= sizeof(buffer) && dcfg_key_next(&reader, &segment)) {
		size_t end = path.len - reader.rest.len;
		struct dcfg_view text = segment.is_index
						? dcfg_view(path.ptr + segment.offset,
							    end - segment.offset)
						: dcfg_segment_text(&segment, buffer);

		if (makes)
			key = make_child(taint, key, dcfg_intern(names, text),
					 dcfg_view(path.ptr, end));
		else
			key = find_child(taint, key, dcfg_intern_find(names, text));
	}
	return key == &taint->root || reader.problem ? NULL : key;
}

static void find(struct taint *taint, struct key *key)
{
	if (!key || key->is_secret)
		return;
	key->is_secret = true;
	*taint->found_end = key;
	taint->found_end = &key->next;
}

static void add_use(struct taint *taint, struct dcfg_view path, struct use use)
{
	struct dcfg_context *context = taint->context;
	struct key *key;
	struct use *added;

	path = dcfg_path_copy(context, path);
	key = path.ptr ? key_at(taint, path, true) : NULL;
	added = dcfg_arena_alloc(&context->arena, sizeof(*added));
	if (!key || !added || !use.by)
		return;
	*added = use;
	*key->uses_end = added;
	key->uses_end = &added->next;
	key->is_copied |= use.is_whole;
	if (dcfg_path_is_secret(context, path))
		find(taint, key);
}

/* The key of the node that is visited; NULL without memory. */
static struct key *key_here(struct taint *taint)
{
	struct dcfg_view path = dcfg_view(taint->path, taint->len);

	path = dcfg_arena_copy(&taint->context->arena, path);
	return path.ptr ? key_at(taint, path, true) : NULL;
}

static void take_text(struct taint *taint, struct dcfg_node *text, bool is_lost)
{
	struct dcfg_template template = dcfg_template(dcfg_text(text));
	struct use use = {.text = text,
			  .is_lost = is_lost,
			  .is_whole = dcfg_is_whole_reference(dcfg_text(text))};
	struct dcfg_template_part part;

	while (dcfg_template_next(&template, &part) && !part.problem) {
		if (part.kind != DCFG_KEY_REFERENCE)
			continue;
		if (!use.by)
			use.by = key_here(taint);
		add_use(taint, part.text, use);
	}
}

/* What an expanded value was made of. */
static void take_input(struct taint *taint, const struct dcfg_related *input)
{
	struct dcfg_view path = dcfg_view_text(input->path);

	if (!dcfg_view_starts(path, DCFG_VIEW("env:")))
		add_use(taint, path,
			(struct use){.by = key_here(taint),
				     .text = input->node,
				     .is_lost = true,
				     .is_whole = true});
}

/* false where the path is too long to be one. */
static bool descend(struct taint *taint, const struct dcfg_node *child, size_t index)
{
	size_t size = sizeof(taint->path);

	taint->len =
		child->name ? dcfg_key_append(taint->path, size, taint->len,
					      child->name->text)
			    : dcfg_key_append_index(taint->path, size, taint->len, index);
	return taint->len < size;
}

/* What stands at a key, what lost there, and all below both. Recursion is as deep as trees are. */
static void visit(struct taint *taint, struct dcfg_node *node, bool is_lost)
{
	size_t len = taint->len, index = 0;

	if (node->type == DEPLOYCFG_STRING && node->flags & DCFG_TEMPLATE)
		take_text(taint, node, is_lost);
	for (struct dcfg_related *at = node->related; at; at = at->next)
		if (at->relation == DEPLOYCFG_INPUT)
			take_input(taint, at);
		else
			visit(taint, at->node, true);
	dcfg_each (child, node) {
		if (descend(taint, child, index++))
			visit(taint, child, is_lost);
		taint->len = len;
	}
}

/* The key of what is below another, in the effective tree. */
static struct key *key_below(const struct taint *taint, const struct key *above,
			     const struct dcfg_node *node, size_t index)
{
	char buffer[sizeof("[4294967295]")];
	size_t len;

	if (node->name)
		return find_child(taint, above, node->name);
	len = dcfg_key_append_index(buffer, sizeof(buffer), 0, index);
	return find_child(
		taint, above,
		dcfg_intern_find(&taint->context->names, dcfg_view(buffer, len)));
}

/* What is secret below a key that is copied. Recursion is as deep as trees are. */
static void find_below(struct taint *taint, const struct dcfg_node *top)
{
	size_t len = taint->len, index = 0;

	dcfg_each (child, top) {
		bool is_here = descend(taint, child, index++);

		if (is_here && dcfg_has_secret(child))
			find(taint, key_here(taint));
		else if (is_here)
			find_below(taint, child);
		taint->len = len;
	}
}

/* Gives keys what stands there, and finds those that are secret. Recursion is as deep as trees
 * are. */
static void look(struct taint *taint, struct key *key, struct dcfg_node *node)
{
	size_t len = taint->len, index = 0;

	key->now = node;
	if (dcfg_has_secret(node))
		find(taint, key);
	else if (key->is_copied)
		find_below(taint, node);
	if (!key->node.length)
		return;
	dcfg_each (child, node) {
		struct key *below = key_below(taint, key, child, index);

		if (below && descend(taint, child, index))
			look(taint, below, child);
		taint->len = len;
		index++;
	}
}

/* What a key of secrets makes secret by one use. */
static void follow(struct taint *taint, const struct use *use, struct key *by)
{
	if (use->is_lost)
		taint->context->has_secrets = true;
	if (use->is_lost && by->now)
		by->now->flags |= DCFG_IS_SECRET;
	find(taint, by);
}

/* The key of what a copy has in the place of what is below the copied, or whatever took the
 * copy's place; NULL where nobody asks for it. Copies have no more keys than a load may have. */
static struct key *key_alike(struct taint *taint, const struct key *copy,
			     struct dcfg_view rest)
{
	struct dcfg_context *context = taint->context;
	struct dcfg_view path = dcfg_arena_printf(&context->arena, "%.*s%.*s",
						  DCFG_ARG(copy->path), DCFG_ARG(rest));
	struct key *key = path.ptr ? key_at(taint, path, false) : NULL;
	struct dcfg_node *now;

	if (key || !path.ptr || taint->copies == context->limits.of[DEPLOYCFG_LIMIT_KEYS])
		return key;
	now = dcfg_node_at(context, taint->effective, path, &taint->trail);
	key = now || copy->is_copied ? key_at(taint, path, true) : NULL;
	if (key)
		key->now = now;
	taint->copies += key != NULL;
	return key;
}

/* Whether anybody may ask for what is below a key. */
static bool has_below(const struct key *key)
{
	return key->is_copied || key->node.length || (key->now && dcfg_first(key->now));
}

static void follow_copies(struct taint *taint, const struct key *above,
			  const struct key *key)
{
	struct dcfg_view rest = dcfg_view_skip(key->path, above->path.len);

	for (const struct use *use = above->uses; use; use = use->next) {
		struct key *by = use->is_whole && has_below(use->by)
					 ? key_alike(taint, use->by, rest)
					 : NULL;

		if (by)
			follow(taint, use, by);
	}
}

static void spread(struct taint *taint, const struct key *key)
{
	dcfg_each (child, &key->node)
		find(taint, (void *)child);
	for (const struct use *use = key->uses; use; use = use->next) {
		if (use->is_lost)
			use->text->flags |= DCFG_IS_SECRET;
		else if (!use->is_whole) /* an error may show it */
			dcfg_conceal_text(taint->context, dcfg_text(use->text));
		follow(taint, use, use->by);
	}
	for (const struct key *above = key->above; above; above = above->above)
		follow_copies(taint, above, key);
}

void dcfg_conceal_made(struct dcfg_context *context, struct dcfg_node *effective)
{
	struct taint taint = {.context = context, .effective = effective};

	if (!context->has_templates || context->arena.failed ||
	    (!context->concealed && !context->has_secrets))
		return;
	dcfg_node_init(context, &taint.root.node, DEPLOYCFG_MAP,
		       dcfg_origin(UINT32_MAX, 0, 0));
	taint.found_end = &taint.found;
	visit(&taint, effective, false);
	look(&taint, &taint.root, effective);
	for (struct key *key = taint.found; key && !context->arena.failed;
	     key = key->next)
		spread(&taint, key);
}
