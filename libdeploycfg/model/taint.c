/* SPDX-License-Identifier: ISC */
/*
 * Which keys are secret since a value of theirs, of whatever layer, refers to a secret: found
 * before anything is expanded, as what lost never is. Keys that references lead to, and those that
 * have them, make a graph; secrecy goes along it. Knows no texts but templates.
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
	struct use *uses;
	struct key *next; /* of those that were found to be secret */
	bool is_secret;
	bool is_copied; /* what is below it is, too, by one use at least */
};

/* A text that refers to a key. */
struct use {
	struct use *next;
	struct key *by;
	struct dcfg_node *text;
	bool is_lost;  /* else it counts, and will be expanded */
	bool is_whole; /* it copies what is below the key, too */
};

struct taint {
	struct dcfg_context *context;
	struct dcfg_node *effective;
	struct key root, *found;
	char path[DCFG_PATH_MAX]; /* of the node that is visited */
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
	key->next = taint->found;
	taint->found = key;
}

static void add_use(struct taint *taint, struct key *by, struct dcfg_node *text,
		    const struct dcfg_template_part *part, bool is_lost)
{
	struct dcfg_context *context = taint->context;
	struct dcfg_view path = dcfg_path_copy(context, part->text);
	struct key *key = path.ptr ? key_at(taint, path, true) : NULL;
	struct use *use = dcfg_arena_alloc(&context->arena, sizeof(*use));

	if (!key || !use)
		return;
	*use = (struct use){.next = key->uses,
			    .by = by,
			    .text = text,
			    .is_lost = is_lost,
			    .is_whole = dcfg_is_whole_reference(dcfg_text(text))};
	key->uses = use;
	key->is_copied |= use->is_whole;
	if (dcfg_path_is_secret(context, path))
		find(taint, key);
}

static void take_text(struct taint *taint, struct dcfg_node *text, bool is_lost)
{
	struct dcfg_template template = dcfg_template(dcfg_text(text));
	struct dcfg_template_part part;
	struct key *by = NULL;

	while (dcfg_template_next(&template, &part) && !part.problem) {
		if (part.kind != DCFG_KEY_REFERENCE)
			continue;
		if (!by)
			by = key_at(taint,
				    dcfg_arena_copy(&taint->context->arena,
						    dcfg_view(taint->path, taint->len)),
				    true);
		if (by)
			add_use(taint, by, text, &part, is_lost);
	}
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
		visit(taint, at->node, true);
	dcfg_each (child, node) {
		if (descend(taint, child, index++))
			visit(taint, child, is_lost);
		taint->len = len;
	}
}

/* What is secret below a key that is copied. */
static void find_below(struct taint *taint, const struct dcfg_node *top)
{
	struct dcfg_context *context = taint->context;

	for (const struct dcfg_node *node = dcfg_walk(top, top); node;
	     node = dcfg_walk(top, node))
		if (dcfg_has_secret(node))
			find(taint,
			     key_at(taint, dcfg_view_text(dcfg_path(context, node)),
				    true));
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

/* Gives keys what stands there, and finds those that are secret. Recursion is as deep as trees
 * are. */
static void look(struct taint *taint, struct key *key, struct dcfg_node *node)
{
	size_t index = 0;

	key->now = node;
	if (dcfg_has_secret(node))
		find(taint, key);
	else if (key->is_copied)
		find_below(taint, node);
	if (!key->node.length)
		return;
	dcfg_each (child, node) {
		struct key *below = key_below(taint, key, child, index++);

		if (below)
			look(taint, below, child);
	}
}

/* What a key of secrets makes secret by one use. A text that counts becomes it as it is expanded:
 * of a list perhaps one item alone. */
static void follow(struct taint *taint, const struct use *use, struct key *by)
{
	if (use->is_lost)
		taint->context->has_secrets = true;
	if (use->is_lost && by->now)
		by->now->flags |= DCFG_IS_SECRET;
	find(taint, by);
}

/* The key of what a copy has in the place of what is below the copied, or whatever took the
 * copy's place; NULL where there is nothing. */
static struct key *key_alike(struct taint *taint, const struct key *copy,
			     struct dcfg_view rest)
{
	struct dcfg_context *context = taint->context;
	struct dcfg_view path = dcfg_arena_printf(&context->arena, "%.*s%.*s",
						  DCFG_ARG(copy->path), DCFG_ARG(rest));
	struct dcfg_trail trail = {0};
	struct key *key = path.ptr ? key_at(taint, path, false) : NULL;
	struct dcfg_node *now;

	if (key || !path.ptr)
		return key;
	now = dcfg_node_at(context, taint->effective, path, &trail);
	key = now ? key_at(taint, path, true) : NULL;
	if (key)
		key->now = now;
	return key;
}

static void follow_copies(struct taint *taint, const struct key *above,
			  const struct key *key)
{
	for (const struct use *use = above->uses; use; use = use->next) {
		struct key *by =
			use->is_whole
				? key_alike(taint, use->by,
					    dcfg_view_skip(key->path, above->path.len))
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
		else if (!use->is_whole) /* should its expansion fail */
			dcfg_conceal_text(taint->context, dcfg_text(use->text));
		follow(taint, use, use->by);
	}
	for (const struct key *above = key->above; above; above = above->above)
		follow_copies(taint, above, key);
}

void dcfg_conceal_made(struct dcfg_context *context, struct dcfg_node *effective)
{
	struct taint taint = {.context = context, .effective = effective};

	if (!context->has_templates || (!context->concealed && !context->has_secrets))
		return;
	dcfg_node_init(context, &taint.root.node, DEPLOYCFG_MAP,
		       dcfg_origin(UINT32_MAX, 0, 0));
	visit(&taint, effective, false);
	look(&taint, &taint.root, effective);
	while (taint.found && !context->arena.failed) {
		struct key *key = taint.found;

		taint.found = key->next;
		spread(&taint, key);
	}
}
