/* SPDX-License-Identifier: ISC */
/* Where nodes go while a YAML text is read: into the open list or map, in place of a
 * block's root, or apart where their key was wrong. Must not know events. */
#include "source/yaml.h"

#include "model/conceal.h"
#include "model/key.h"
#include "model/merge.h"

/* Bytes of "[index]". */
static size_t index_size(size_t index)
{
	size_t size = sizeof("[0]") - 1;

	for (; index > 9; index /= 10)
		size++;
	return size;
}

static uint32_t path_through(const struct dcfg_yaml *yaml, const struct dcfg_node *node)
{
	size_t around = yaml->path[yaml->level];

	if (!node->parent)
		return 0;
	return (uint32_t)(node->name ? dcfg_key_append(NULL, 0, around, node->name->text)
				     : around + index_size(node->parent->length - 1));
}

/* Counts exactly only where a segment that is quoted throughout could be too long. */
static void check_path(struct dcfg_yaml *yaml, const struct dcfg_node *node)
{
	uint64_t most = yaml->context->limits.of[DEPLOYCFG_LIMIT_PATH];
	uint64_t bound = yaml->path[yaml->level] + 32 +
			 (node->name ? 2 * node->name->text.len : 0);

	if (dcfg_likely(bound <= most))
		return;
	if (!dcfg_within(yaml->context, DEPLOYCFG_LIMIT_PATH, path_through(yaml, node),
			 dcfg_key_origin(node), NULL))
		dcfg_yaml_stop(yaml);
}

static void report_twice(struct dcfg_yaml *yaml, const struct dcfg_node *node,
			 const struct dcfg_node *first)
{
	struct deploycfg_error *error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_DUPLICATE, dcfg_key_origin(node),
		dcfg_yaml_path(yaml, node), "the key '%s' is set twice in one %s",
		node->name->text.ptr, yaml->layer ? "file" : "map");

	dcfg_yaml_relate(yaml, error, dcfg_key_origin(first), "first set here");
	dcfg_error_hint(error, "remove one of them");
	dcfg_conceal_refused(yaml->context, node);
}

/* A block's name is remembered by a node of its own, in a map that nobody else sees.
 * Where it is there already that is reported. */
static void remember_block(struct dcfg_yaml *yaml, const struct dcfg_name *name,
			   struct dcfg_origin origin)
{
	struct dcfg_context *context = yaml->context;
	struct dcfg_node *node = dcfg_node_uncounted(context, DEPLOYCFG_NULL, origin),
			 *first;

	if (!yaml->block_names)
		yaml->block_names = dcfg_node_uncounted(context, DEPLOYCFG_MAP, origin);
	if (!node || !yaml->block_names) {
		dcfg_yaml_stop(yaml);
		return;
	}
	node->name = name;
	first = dcfg_map_put(context, yaml->block_names, node);
	if (!first)
		return;
	node->parent = yaml->block_names;
	report_twice(yaml, node, first);
}

static void put_block(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	static const struct dcfg_view sign = {"when@", 5};
	struct dcfg_block *block =
		dcfg_arena_zalloc(&yaml->context->arena, sizeof(*block));
	const struct dcfg_name *name = yaml->key.name;

	if (!block) {
		dcfg_yaml_stop(yaml);
		return;
	}
	remember_block(yaml, name, yaml->key.origin);
	block->environment = dcfg_view_skip(name->text, sign.len);
	block->origin = yaml->key.origin;
	block->root = node;
	*yaml->last_block = block;
	yaml->last_block = &block->next;
}

/* The value of a key that was reported as wrong: that the key is there is all that is known. */
static void put_apart(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	if (yaml->key.nameless)
		yaml->open->flags |= DCFG_YAML_LACKS;
	else
		(void)dcfg_map_put(yaml->context, yaml->open, node);
	node->parent = yaml->open;
	node->flags |= DCFG_TOLD;
}

static void put_in_map(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	struct dcfg_node *first;

	node->name = yaml->key.name;
	node->key_line = yaml->key.origin.line;
	node->key_column = yaml->key.origin.column;
	if (dcfg_unlikely(yaml->key.apart)) {
		put_apart(yaml, node);
		return;
	}
	first = dcfg_map_put(yaml->context, yaml->open, node);
	if (dcfg_unlikely(first)) {
		node->parent = yaml->open;
		report_twice(yaml, node, first);
		if (node->type == DEPLOYCFG_MAP)
			node->flags |= DCFG_YAML_TWICE;
	}
}

void dcfg_yaml_put(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	if (!yaml->open) {
		yaml->root = node;
		return;
	}
	if (yaml->open->type == DEPLOYCFG_LIST)
		dcfg_list_put(yaml->open, node);
	else if (dcfg_unlikely(yaml->key.block))
		put_block(yaml, node);
	else
		put_in_map(yaml, node);
	yaml->key.name = NULL;
	check_path(yaml, node);
}

bool dcfg_yaml_enter(struct dcfg_yaml *yaml, struct dcfg_node *node,
		     struct dcfg_origin at)
{
	uint32_t path = path_through(yaml, node);
	size_t level = yaml->level + 1;

	if (!dcfg_within(yaml->context, DEPLOYCFG_LIMIT_DEPTH, level, at, NULL) ||
	    level > DCFG_DEPTH_MAX) {
		dcfg_yaml_stop(yaml);
		return false;
	}
	node->flags |= DCFG_YAML_OPEN;
	yaml->level = level;
	yaml->path[level] = path;
	yaml->lists += node->type == DEPLOYCFG_LIST;
	yaml->in_keys += (node->flags & DCFG_YAML_IN_KEY) != 0;
	yaml->open = node;
	return true;
}

/* What was read as a key is none: what comes next is its value all the same. */
static void leave_key(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	yaml->in_keys--;
	yaml->key = (struct dcfg_yaml_key){.name = node->name,
					   .origin = dcfg_key_origin(node),
					   .apart = true,
					   .nameless = true};
}

/* A map of a key that was there already: no key of it is missing, unless it is refused. */
static void leave_twice(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	struct dcfg_node *first = dcfg_map_find(yaml->context, node->parent, node->name);

	if (first && first->type == DEPLOYCFG_MAP && node->flags & DCFG_TOLD)
		dcfg_node_refuse(yaml->context, first);
	else if (first && first->type == DEPLOYCFG_MAP)
		dcfg_join_maps(yaml->context, first, node);
	node->flags |= DCFG_TOLD;
}

/* Where nothing of a map is known it is as good as not read. */
static void leave_lacking(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	if (node->parent && !node->length && !(node->flags & DCFG_YAML_TWICE))
		node->flags |= DCFG_TOLD;
	else
		yaml->lacks = true;
}

void dcfg_yaml_leave(struct dcfg_yaml *yaml)
{
	struct dcfg_node *node = yaml->open;

	yaml->level--;
	yaml->lists -= node->type == DEPLOYCFG_LIST;
	yaml->open = node->parent || node == yaml->root ? node->parent : yaml->root;
	if (dcfg_unlikely(node->flags & DCFG_YAML_IN_KEY))
		leave_key(yaml, node);
	if (dcfg_unlikely(node->flags & DCFG_YAML_LACKS))
		leave_lacking(yaml, node);
	if (dcfg_unlikely(node->flags & DCFG_YAML_TWICE))
		leave_twice(yaml, node);
	node->flags &= (uint16_t) ~(DCFG_YAML_OPEN | DCFG_YAML_IN_KEY | DCFG_YAML_LACKS |
				    DCFG_YAML_TWICE);
	dcfg_yaml_settle(yaml, node);
}

void dcfg_yaml_empty_root(struct dcfg_node *node)
{
	node->type = DEPLOYCFG_MAP;
	node->op = DCFG_SET;
	node->flags = 0;
	node->last = NULL;
	node->table = NULL;
	node->length = 0;
	node->born = 0;
}

void dcfg_yaml_check_root(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	const char *where =
		node == yaml->root ? "at the top of a file" : "in a when@ block";
	const char *type = deploycfg_type_name((enum deploycfg_type)node->type);
	struct deploycfg_error *error;

	if (!yaml->layer || node->type == DEPLOYCFG_MAP)
		return;
	if (node->flags & DCFG_EMPTY) {
		dcfg_yaml_empty_root(node);
		return;
	}
	if (node->type == DEPLOYCFG_STRING &&
	    dcfg_is_conflict_mark(dcfg_view(node->text, node->length))) {
		dcfg_error_hint(dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, node->origin,
					       NULL, DCFG_CONFLICT_MESSAGE),
				DCFG_CONFLICT_HINT);
		yaml->stopped = true;
		return;
	}
	if (dcfg_yaml_is_long_key(
		    dcfg_yaml_rest(yaml->text, node->origin.line, node->origin.column))) {
		dcfg_yaml_report_long_key(yaml, node->origin);
		return;
	}
	error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, node->origin, NULL,
			       "expected a map of keys %s, found %s %s", where,
			       node->type == DEPLOYCFG_INT ? "an" : "a", type);
	if (node->type == DEPLOYCFG_STRING && memchr(node->text, ':', node->length))
		dcfg_error_hint(
			error,
			"write a blank between the ':' and the value: 'key: value'");
	else
		dcfg_error_hint(error, "write keys with values: 'key: value'");
	if (!dcfg_has_children(node) &&
	    node == yaml->root) /* what follows is no surprise */
		yaml->stopped = true;
}
