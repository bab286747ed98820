/* SPDX-License-Identifier: ISC */
#include "unit.h"

#include "base/vault.h"
#include "image_tree.h"

static void add_source(struct tree *tree, const char *name, const char *label, int layer,
		       enum deploycfg_source_kind kind, enum deploycfg_source_state state,
		       const char *reason)
{
	struct dcfg_source source = {.name = dcfg_view_text(name),
				     .label = dcfg_view_text(label),
				     .reason = dcfg_view_text(reason),
				     .layer = layer,
				     .kind = kind,
				     .state = state};

	ck_assert_uint_ne(dcfg_source_add(&tree->context, &source), UINT32_MAX);
}

void tree_init(struct tree *tree)
{
	memset(tree, 0, sizeof(*tree));
	dcfg_context_init(&tree->context, &dcfg_default_limits);
	tree->history.list = tree->pasts;
	tree->history.capacity = DCFG_COUNT(tree->pasts);
	tree->environment = "production";
	tree->overlays = "eu,blue";
	tree->prefix = "SHOP";
	tree->has_schema = true;
	add_source(tree, "config/base.yaml", "base", 200, DEPLOYCFG_SOURCE_FILE,
		   DEPLOYCFG_SOURCE_READ, "");
	add_source(tree, "config/local.yaml", "local", 700, DEPLOYCFG_SOURCE_FILE,
		   DEPLOYCFG_SOURCE_IGNORED, "not in development");
	add_source(tree, "env:SHOP__PORT", "variable", 900, DEPLOYCFG_SOURCE_VARIABLE,
		   DEPLOYCFG_SOURCE_SKIPPED, "empty");
	tree->root = dcfg_node_new(&tree->context, DEPLOYCFG_MAP, dcfg_origin(0, 1, 1));
}

void tree_fini(struct tree *tree)
{
	deploycfg_errors_free(dcfg_context_fini(&tree->context));
}

struct dcfg_node *tree_scalar(struct tree *tree, enum deploycfg_type type,
			      const char *text, uint32_t source, uint32_t line)
{
	struct dcfg_node *node = dcfg_node_new(&tree->context, type,
					       dcfg_origin(source, line, line ? 7 : 0));
	struct dcfg_view view =
		dcfg_arena_copy(&tree->context.arena, dcfg_view_text(text));

	node->text = view.ptr;
	node->length = (uint32_t)view.len;
	if (type == DEPLOYCFG_BOOL)
		dcfg_parse_bool(view, &node->scalar.boolean);
	else if (type == DEPLOYCFG_INT)
		dcfg_parse_int(view, &node->scalar.integer);
	else if (type == DEPLOYCFG_FLOAT)
		dcfg_parse_double(view, &node->scalar.real);
	else if (type == DEPLOYCFG_DURATION)
		dcfg_parse_duration(view, &node->scalar.integer);
	else if (type == DEPLOYCFG_SIZE)
		dcfg_parse_size(view, &node->scalar.integer);
	return node;
}

struct dcfg_node *tree_list(struct tree *tree)
{
	return dcfg_node_new(&tree->context, DEPLOYCFG_LIST, dcfg_origin(0, 9, 3));
}

struct dcfg_node *tree_map(struct tree *tree)
{
	return dcfg_node_new(&tree->context, DEPLOYCFG_MAP, dcfg_origin(0, 9, 3));
}

struct dcfg_node *tree_put(struct tree *tree, const char *path, struct dcfg_node *node)
{
	const struct dcfg_name *name;
	struct dcfg_node *map =
		dcfg_map_reach(&tree->context, tree->root, dcfg_view_text(path), false,
			       dcfg_origin(0, 1, 1), &name);

	ck_assert_ptr_nonnull(map);
	node->name = name;
	ck_assert_ptr_null(dcfg_map_put(&tree->context, map, node));
	return node;
}

void tree_relate(struct tree *tree, struct dcfg_related **chain, struct dcfg_node *node,
		 enum deploycfg_relation relation)
{
	struct dcfg_related *related =
		dcfg_arena_zalloc(&tree->context.arena, sizeof(*related));

	related->node = node;
	related->relation = relation;
	while (*chain)
		chain = &(*chain)->next;
	*chain = related;
}

void tree_input(struct tree *tree, struct dcfg_related **chain, struct dcfg_node *node,
		const char *path)
{
	tree_relate(tree, chain, node, DEPLOYCFG_INPUT);
	while ((*chain)->next)
		chain = &(*chain)->next;
	(*chain)->path = path;
}

void tree_past(struct tree *tree, const char *path, struct dcfg_node *node,
	       enum deploycfg_relation relation)
{
	struct dcfg_past *past = &tree->pasts[tree->history.count++];

	ck_assert_uint_le(tree->history.count, DCFG_COUNT(tree->pasts));
	past->path = dcfg_arena_copy(&tree->context.arena, dcfg_view_text(path));
	tree_relate(tree, &past->related, node, relation);
}

static void put_hosts(struct tree *tree)
{
	struct dcfg_node *hosts = tree_put(tree, "hosts", tree_list(tree));
	struct dcfg_node *item = tree_map(tree), *lost = tree_list(tree);
	struct dcfg_node *port = tree_scalar(tree, DEPLOYCFG_INT, "0x10", 0, 12);

	dcfg_list_put(hosts, tree_scalar(tree, DEPLOYCFG_STRING, "a.example", 0, 10));
	dcfg_list_put(hosts, item);
	port->name = dcfg_intern(&tree->context.names, DCFG_VIEW("port"));
	dcfg_map_put(&tree->context, item, port);
	dcfg_list_put(lost, tree_scalar(tree, DEPLOYCFG_STRING, "z", 0, 19));
	tree_relate(tree, &hosts->related, lost, DEPLOYCFG_SHADOWED);
}

static void put_server(struct tree *tree)
{
	struct dcfg_node *port = tree_scalar(tree, DEPLOYCFG_INT, "8080", 0, 2);

	tree_put(tree, "server.port", port);
	tree_relate(tree, &port->related, tree_scalar(tree, DEPLOYCFG_STRING, "", 2, 0),
		    DEPLOYCFG_SKIPPED);
	tree_relate(tree, &port->related, tree_scalar(tree, DEPLOYCFG_INT, "80", 0, 3),
		    DEPLOYCFG_SHADOWED);
	tree_put(tree, "server.host",
		 tree_scalar(tree, DEPLOYCFG_STRING, "localhost", 0, 4));
	tree_put(tree, "server.tls", tree_scalar(tree, DEPLOYCFG_BOOL, "true", 0, 5));
}

/* What a schema declares. */
static void put_declared(struct tree *tree)
{
	struct dcfg_node *timeout = tree_scalar(tree, DEPLOYCFG_DURATION, "1m30s", 0, 21);
	struct dcfg_node *lost = tree_scalar(tree, DEPLOYCFG_DURATION, "30s", 0, 22);
	struct dcfg_node *size = tree_scalar(tree, DEPLOYCFG_SIZE, "64MiB", 0, 23);
	struct dcfg_node *level = tree_scalar(tree, DEPLOYCFG_ENUM, "debug", 0, 24);
	struct dcfg_node *path = tree_scalar(tree, DEPLOYCFG_PATH, "/etc/shop", 0, 25);

	timeout->flags |= DCFG_IS_RESTART;
	lost->flags |= DCFG_IS_DEFAULT;
	size->flags |= DCFG_IS_DEFAULT | DCFG_IS_DEPRECATED;
	level->flags |= DCFG_IS_REPLACES;
	path->flags |= DCFG_IS_SECRET;
	tree_put(tree, "typed.timeout", timeout);
	tree_relate(tree, &timeout->related, lost, DEPLOYCFG_SHADOWED);
	tree_put(tree, "typed.size", size);
	tree_put(tree, "typed.level", level);
	tree_put(tree, "typed.path", path);
}

/* What was made of others. */
static void put_made(struct tree *tree)
{
	struct dcfg_node *url = tree_scalar(tree, DEPLOYCFG_STRING, "a-5", 0, 26);
	struct dcfg_related **made = &url->related;
	struct dcfg_node *inner = tree_list(tree);

	tree_put(tree, "url", url);
	tree_relate(tree, made, tree_scalar(tree, DEPLOYCFG_STRING, "${x}", 0, 26),
		    DEPLOYCFG_TEMPLATE);
	tree_input(tree, made, tree_scalar(tree, DEPLOYCFG_STRING, "a", 0, 10),
		   "hosts[0]");
	tree_input(tree, made, tree_scalar(tree, DEPLOYCFG_INT, "-5", 0, 7),
		   "limits.\"api.v1\"");
	tree_input(tree, made, tree_scalar(tree, DEPLOYCFG_STRING, "", 2, 0), "env:X_1");
	inner->length = 3;
	tree_input(tree, made, inner, "in");
	tree_relate(tree, made, tree_scalar(tree, DEPLOYCFG_NULL, "", 0, 27),
		    DEPLOYCFG_SHADOWED);
}

void tree_sample(struct tree *tree)
{
	put_made(tree);
	put_server(tree);
	put_declared(tree);
	put_hosts(tree);
	tree_put(tree, "ratio", tree_scalar(tree, DEPLOYCFG_FLOAT, "0.5", 0, 6));
	tree_put(tree, "limits.\"api.v1\"", tree_scalar(tree, DEPLOYCFG_INT, "-5", 0, 7));
	tree_put(tree, "limits.\"a\\\"b\\\\c\".deep",
		 tree_scalar(tree, DEPLOYCFG_STRING, "5", 0, 8));
	tree_put(tree, "nothing", tree_scalar(tree, DEPLOYCFG_NULL, "~", 0, 13));
	tree_put(tree, "empty.map", tree_map(tree));
	tree_put(tree, "empty.list", tree_list(tree));
	tree_put(tree, "empty.text", tree_scalar(tree, DEPLOYCFG_STRING, "", 0, 14));
	tree_put(tree, "gone", tree_scalar(tree, DEPLOYCFG_NONE, "", 0, 15));
	tree_put(tree,
		 "stra\xc3\x9f"
		 "e",
		 tree_scalar(tree, DEPLOYCFG_STRING, "\xe2\x82\xac", 0, 16));
	tree_past(tree, "gone", tree_scalar(tree, DEPLOYCFG_NONE, "", 0, 15),
		  DEPLOYCFG_UNSET);
	tree_past(tree, "hosts[2]", tree_scalar(tree, DEPLOYCFG_STRING, "z", 0, 19),
		  DEPLOYCFG_SHADOWED);
	tree_past(tree, "hosts[10].\"x y\"",
		  tree_scalar(tree, DEPLOYCFG_STRING, "zz", 0, 20), DEPLOYCFG_SHADOWED);
}

static bool tree_freeze_all(struct tree *tree, struct dcfg_frozen *frozen)
{
	struct dcfg_effective effective = {
		.root = tree->root,
		.history = &tree->history,
		.environment = dcfg_view_text(tree->environment),
		.selected_by = DCFG_VIEW("SHOP_ENV"),
		.overlays = dcfg_view_text(tree->overlays),
		.overlays_by = DCFG_VIEW("argument"),
		.prefix = dcfg_view_text(tree->prefix),
		.has_schema = tree->has_schema,
	};
	return dcfg_freeze(&tree->context, &effective, frozen);
}

void *tree_freeze(struct tree *tree, size_t *length)
{
	struct dcfg_frozen frozen;

	if (!tree_freeze_all(tree, &frozen))
		return NULL;
	dcfg_vault_unmap(frozen.secrets.bytes, frozen.secrets.size);
	*length = frozen.length;
	return frozen.bytes;
}

struct deploycfg_snapshot *tree_snapshot(struct tree *tree)
{
	struct dcfg_frozen frozen;

	ck_assert(tree_freeze_all(tree, &frozen));
	return dcfg_snapshot_new(&frozen);
}
