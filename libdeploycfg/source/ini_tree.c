/* SPDX-License-Identifier: ISC */
/* Where the keys of an INI file go: sections, blocks, and what may not stand twice. Knows
 * nothing of how a line is written. */
#include "source/ini.h"

#include "model/conceal.h"
#include "model/key.h"
#include "source/source.h"

#define BLOCK "when@"

/* A block as the index of blocks by name holds it. */
struct named_block {
	struct dcfg_node node; /* first: found by name, converted back */
	struct dcfg_block block;
};

/* Nobody knows which of the two is meant. */
static void own_value(struct dcfg_ini *ini, struct dcfg_node *node,
		      struct dcfg_origin header)
{
	struct deploycfg_error *error;

	ini->failed = true;
	if (dcfg_node_is_refused(node))
		return;
	error = dcfg_fail(ini->context, DEPLOYCFG_ERR_CLASH, header,
			  dcfg_path(ini->context, node),
			  "a key cannot have both a value and keys below it");
	dcfg_relate(ini->context, error, dcfg_key_origin(node), "has its value here");
	dcfg_node_refuse(ini->context, node);
}

/* What is below a refused key is read for its own mistakes, and into no tree. */
static struct dcfg_node *aside(struct dcfg_ini *ini, struct dcfg_view path,
			       struct dcfg_origin origin)
{
	struct dcfg_node *root = dcfg_node_uncounted(ini->context, DEPLOYCFG_MAP, origin);
	const struct dcfg_name *name;
	struct dcfg_node *parent =
		root ? dcfg_map_reach(ini->context, root, path, false, origin, &name)
		     : NULL;

	return parent ? dcfg_map_enter(ini->context, parent, name, false, origin) : NULL;
}

/* Where there may be no more keys, each further one would be the same error. */
static void fail_key(struct dcfg_ini *ini)
{
	ini->failed = ini->lacks = true;
	if (ini->context->keys - ini->context->free >=
	    ini->context->limits.of[DEPLOYCFG_LIMIT_KEYS])
		ini->next = ini->end;
}

/* Makes the map that a header's path names the current section. */
static bool enter(struct dcfg_ini *ini, struct dcfg_node *root, struct dcfg_view path,
		  struct dcfg_origin origin)
{
	const struct dcfg_name *name;
	struct dcfg_node *parent =
		dcfg_map_reach(ini->context, root, path, false, origin, &name);
	struct dcfg_node *map = parent ? dcfg_map_find(ini->context, parent, name) : NULL;

	if (dcfg_unlikely(map && map->type != DEPLOYCFG_MAP))
		own_value(ini, map, origin);
	if (dcfg_unlikely(parent ? map && map->type != DEPLOYCFG_MAP : name != NULL)) {
		ini->failed = true;
		map = aside(ini, path, origin);
	} else if (parent && !map) {
		map = dcfg_node_new(ini->context, DEPLOYCFG_MAP, origin);
		if (map) {
			map->name = name;
			dcfg_map_put(ini->context, parent, map);
		}
	}
	ini->section = map;
	ini->failed |= !map;
	if (dcfg_unlikely(!map && (parent || !name)))
		fail_key(ini);
	return map != NULL;
}

static struct named_block *block_new(struct dcfg_ini *ini, const struct dcfg_name *name)
{
	struct dcfg_origin origin = ini->line.key_origin;
	struct named_block *found =
		dcfg_arena_zalloc(&ini->context->arena, sizeof(*found));
	struct dcfg_node *root = dcfg_node_new(ini->context, DEPLOYCFG_MAP, origin);

	if (!found || !root)
		return NULL;
	found->node.name = name;
	found->block.environment = name->text;
	found->block.origin = origin;
	found->block.root = root;
	dcfg_map_put(ini->context, ini->block_index, &found->node);
	*ini->last_block = &found->block;
	ini->last_block = &found->block.next;
	return found;
}

/* The root of the block for an environment, made at its first header; NULL after an
 * error. */
static struct dcfg_node *block_root(struct dcfg_ini *ini, struct dcfg_view environment)
{
	const struct dcfg_name *name = dcfg_intern(&ini->context->names, environment);
	struct dcfg_node *node;
	struct named_block *found;

	if (!name)
		return NULL;
	node = dcfg_map_find(ini->context, ini->block_index, name);
	found = node ? (struct named_block *)node : block_new(ini, name);
	ini->failed |= !found;
	ini->lacks |= !found;
	return found ? found->block.root : NULL;
}

static bool no_environment(struct dcfg_ini *ini, size_t offset)
{
	ini->lacks = true;
	dcfg_error_hint(
		dcfg_ini_fail(ini, DEPLOYCFG_ERR_KEY, ini->line.name.ptr + offset,
			      "expected the name of an environment after 'when@'"),
		"write [when@production], or [\"when@...\"] for a key of that name");
	return false;
}

/* [when@ENVIRONMENT] and [when@ENVIRONMENT.path]. */
static bool enter_block(struct dcfg_ini *ini)
{
	struct dcfg_view name = dcfg_view_skip(ini->line.name, sizeof(BLOCK) - 1);
	const char *dot = memchr(name.ptr, '.', name.len);
	struct dcfg_view environment =
		dcfg_view(name.ptr, dot ? (size_t)(dot - name.ptr) : name.len);
	struct dcfg_origin origin;
	struct dcfg_node *root;

	if (!dcfg_segment_is_plain(environment))
		return no_environment(ini, sizeof(BLOCK) - 1);
	root = block_root(ini, environment);
	if (!root || !dot) {
		ini->section = root;
		return root != NULL;
	}
	name = dcfg_view_skip(name, environment.len + 1);
	origin = dcfg_ini_origin(ini, name.ptr);
	return enter(ini, root, name, origin);
}

/* Makes what the current line, a header, names the section of the lines below it. */
bool dcfg_ini_open_section(struct dcfg_ini *ini)
{
	struct dcfg_view name = ini->line.name;
	bool opened;

	ini->section = NULL;
	if (dcfg_view_starts(name, DCFG_VIEW(BLOCK)))
		opened = enter_block(ini);
	else
		opened = enter(ini, ini->layer->root, name, ini->line.key_origin);
	if (!opened)
		return false;
	ini->section_depth = dcfg_depth(ini->section);
	ini->section_length = name.len + 1;
	return true;
}

static const char *operator_of(enum dcfg_op op)
{
	return op == DCFG_APPEND ? "+=" : op == DCFG_UNSET ? "-=" : "=";
}

/* A key that has keys below it from another line on. */
static void above_others(struct dcfg_ini *ini, struct dcfg_node *map,
			 const struct dcfg_node *node)
{
	struct dcfg_context *context = ini->context;
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_CLASH, dcfg_key_origin(node),
			  dcfg_path(context, map),
			  "a key cannot have both a value and keys below it");

	dcfg_relate(context, error, dcfg_key_origin(map),
		    "has keys below it from here on");
	dcfg_node_refuse(context, map);
}

/* The first counts. */
static void duplicate(struct dcfg_ini *ini, const struct dcfg_node *old,
		      const struct dcfg_node *node)
{
	enum dcfg_op before = (enum dcfg_op)old->op, now = ini->line.op;
	bool is_same = before == now || dcfg_node_is_refused(old);
	struct dcfg_context *context = ini->context;
	const char *path = dcfg_path(context, old);
	struct deploycfg_error *error =
		is_same ? dcfg_fail(context, DEPLOYCFG_ERR_DUPLICATE,
				    dcfg_key_origin(node), path,
				    "this key is set twice in one file")
			: dcfg_fail(context, DEPLOYCFG_ERR_DUPLICATE,
				    dcfg_key_origin(node), path,
				    "one file cannot use both '%s' and '%s' on a key",
				    operator_of(before), operator_of(now));

	dcfg_relate(context, error, dcfg_key_origin(old), "first set here");
	dcfg_error_hint(error, is_same ? "keep one of them"
				       : "only '+=' may be repeated; change the key in "
					 "one way");
	dcfg_conceal_refused(context, node);
}

/* As dcfg_within(), naming the key. */
static bool is_within(struct dcfg_ini *ini, enum deploycfg_limit limit, size_t amount,
		      struct dcfg_origin origin)
{
	if (dcfg_likely(amount <= ini->context->limits.of[limit]))
		return true;
	return dcfg_within(ini->context, limit, amount, origin, dcfg_ini_key(ini));
}

/* A text node of the current line's value. */
static struct dcfg_node *value_node(struct dcfg_ini *ini)
{
	const struct dcfg_ini_line *line = &ini->line;
	bool expands = ini->expands && !line->literal &&
		       (line->decoded || !dcfg_ini_line_is_plain(ini));

	if (dcfg_unlikely(line->refused ||
			  !is_within(ini, DEPLOYCFG_LIMIT_VALUE, line->value.len,
				     line->value_origin))) {
		ini->failed = true;
		return dcfg_node_unread(ini->context, line->value_origin);
	}
	return dcfg_text_new(ini->context, line->value, expands, line->value_origin);
}

/* A list that begins with the current line's value. */
static struct dcfg_node *list_node(struct dcfg_ini *ini)
{
	struct dcfg_node *list =
		dcfg_node_new(ini->context, DEPLOYCFG_LIST, ini->line.value_origin);
	struct dcfg_node *item = list ? value_node(ini) : NULL;

	if (!item)
		return NULL;
	dcfg_set_op(ini->context, list, DCFG_APPEND);
	dcfg_list_put(list, item);
	return list;
}

static struct dcfg_node *make_node(struct dcfg_ini *ini)
{
	struct dcfg_node *node;

	if (ini->line.op == DCFG_SET || (ini->line.op == DCFG_UNSET && ini->line.refused))
		return value_node(ini);
	if (ini->line.op == DCFG_APPEND)
		return list_node(ini);
	node = dcfg_node_new(ini->context, DEPLOYCFG_NONE, ini->line.key_origin);
	if (node)
		dcfg_set_op(ini->context, node, DCFG_UNSET);
	return node;
}

static void put(struct dcfg_ini *ini, struct dcfg_node *parent,
		const struct dcfg_name *name)
{
	struct dcfg_node *node = make_node(ini), *old;

	if (!node) {
		fail_key(ini);
		return;
	}
	node->name = name;
	node->key_line = ini->line.key_origin.line;
	node->key_column = ini->line.key_origin.column;
	old = dcfg_map_put(ini->context, parent, node);
	if (dcfg_unlikely(old != NULL)) {
		ini->failed = true;
		node->parent = parent;
		if (old->type == DEPLOYCFG_MAP)
			above_others(ini, old, node);
		else if (!dcfg_node_is_refused(old) ||
			 old->scalar.integer != DEPLOYCFG_MAP) /* else above_others() */
			duplicate(ini, old, node);
	} else if (ini->line.op == DCFG_SET && node->length && *node->text == '[') {
		dcfg_yaml_flow(ini->context, node, dcfg_ini_text_origin(ini));
	}
}

/* A repeated `+=` adds to the list that the first one made. */
static bool append_again(struct dcfg_ini *ini, const struct dcfg_node *parent,
			 const struct dcfg_name *name)
{
	struct dcfg_node *old, *item;

	if (dcfg_likely(ini->line.op != DCFG_APPEND))
		return false;
	old = dcfg_map_find(ini->context, parent, name);
	if (old && dcfg_node_is_refused(old))
		return true; /* nobody knows of what kind */
	if (!old || old->op != DCFG_APPEND)
		return false;
	item = value_node(ini);
	if (item)
		dcfg_list_put(old, item);
	else
		fail_key(ini);
	return true;
}

static struct dcfg_node *block_as_key(struct dcfg_ini *ini)
{
	dcfg_error_hint(
		dcfg_fail(ini->context, DEPLOYCFG_ERR_KEY, ini->line.key_origin,
			  dcfg_ini_key(ini),
			  "a block for an environment is a section, not a key"),
		"write [when@production] above its keys, or put a key of that name "
		"between double quotes");
	return NULL;
}

/* The map that the current line's key is put into, and its last segment. */
static struct dcfg_node *reach(struct dcfg_ini *ini, const struct dcfg_name **name)
{
	const struct dcfg_ini_line *line = &ini->line;

	*name = NULL;
	if (!is_within(ini, DEPLOYCFG_LIMIT_PATH, ini->section_length + line->name.len,
		       line->key_origin))
		return NULL;
	if (dcfg_unlikely(!line->plain && dcfg_view_starts(line->name, DCFG_VIEW(BLOCK))))
		return block_as_key(ini);
	if (!line->plain)
		return dcfg_map_reach(ini->context, ini->section, line->name, false,
				      line->key_origin, name);
	if (!is_within(ini, DEPLOYCFG_LIMIT_DEPTH, ini->section_depth + 1,
		       line->key_origin))
		return NULL;
	*name = dcfg_intern(&ini->context->names, line->name);
	return *name ? ini->section : NULL;
}

/* Puts the current line, a key, into the layer. */
void dcfg_ini_take_key(struct dcfg_ini *ini)
{
	const struct dcfg_name *name;
	struct dcfg_node *parent = reach(ini, &name);

	if (!parent && name)
		ini->failed = true; /* there is a value above it */
	else if (!parent)
		fail_key(ini);
	else if (!append_again(ini, parent, name))
		put(ini, parent, name);
}
