/* SPDX-License-Identifier: ISC */
/* Schemas for tests. */
#include "schema_load.h"

#include "bind.h"
#include "model/merge.h"
#include "source/source.h"
#include "tree.h"
#include "unit.h"

static struct dcfg_view arena_text(struct judged *judged, const char *head,
				   const char *text)
{
	struct dcfg_view whole =
		dcfg_arena_printf(&judged->context.arena, "%s%s", head, text);

	ck_assert_ptr_nonnull(whole.ptr);
	return whole;
}

static uint32_t add_source(struct judged *judged, int layer, struct dcfg_view text)
{
	struct dcfg_source source = {
		.name = layer == DEPLOYCFG_LAYER_VARIABLES ? DCFG_VIEW("env:SHOP__X")
							   : DCFG_VIEW("x.yaml"),
		.label = DCFG_VIEW("some"),
		.text = text,
		.layer = layer,
		.kind = layer == DEPLOYCFG_LAYER_VARIABLES ? DEPLOYCFG_SOURCE_VARIABLE
							   : DEPLOYCFG_SOURCE_TEXT,
		.syntax = DEPLOYCFG_YAML,
	};
	uint32_t at = dcfg_source_add(&judged->context, &source);

	ck_assert_uint_ne(at, UINT32_MAX);
	return at;
}

void schema_begin(struct judged *judged)
{
	*judged = (struct judged){.count = 0};
	dcfg_context_init(&judged->context, &dcfg_default_limits);
}

void schema_add(struct judged *judged, const char *entries)
{
	struct dcfg_view text = arena_text(judged, "schema: 1\nkeys:\n", entries);
	uint32_t source = add_source(judged, DEPLOYCFG_LAYER_DEFAULTS, text);
	struct dcfg_document document;
	bool good = true;
	void *bound;

	ck_assert(dcfg_document_read(&judged->context, source, "schema", &document));
	bound = dcfg_document_bind(&judged->context, &document, "", &dcfg_schema_table,
				   &good);
	ck_assert_msg(good, "%s", error_text(judged->context.errors, 0));
	judged->bound[judged->count] = bound;
	judged->bound[judged->count]->list =
		dcfg_map_get(&judged->context, document.root, "keys");
	judged->documents[judged->count] = *judged->bound[judged->count];
	judged->count++;
	dcfg_document_fini(&document);
}

void schema_compile(struct judged *judged)
{
	static const struct dcfg_view environments[] = {{"development", 11},
							{"production", 10},
							{"prod", 4},
							{"base-environment", 16}};
	struct dcfg_schema_scope scope = {
		.environments = environments,
		.environment_count = DCFG_COUNT(environments),
		.selected = environments + 1,
		.selected_count = 3,
		.environment = DCFG_VIEW("production"),
		.prefix = DCFG_VIEW("SHOP"),
		.unknown_is_warning = judged->warns,
	};

	judged->schema = dcfg_schema_compile(&judged->context, judged->documents,
					     judged->count, &scope);
	if (!judged->schema)
		return;
	judged->tree = dcfg_schema_defaults(&judged->context, judged->schema);
	ck_assert_ptr_nonnull(judged->tree);
}

void schema_open(struct judged *judged, const char *entries)
{
	schema_begin(judged);
	schema_add(judged, entries);
	schema_compile(judged);
}

static void lay(struct judged *judged, int layer, const char *text, bool untyped)
{
	struct dcfg_view copy = arena_text(judged, "", text);
	uint32_t source = add_source(judged, layer, copy);
	struct dcfg_layer read = {0};

	ck_assert(dcfg_yaml_read(&judged->context, source, copy, &read));
	ck_assert_ptr_nonnull(judged->schema);
	for (struct dcfg_node *node = untyped ? read.root : NULL; node;
	     node = dcfg_walk(read.root, node))
		if (node->type == DEPLOYCFG_STRING) {
			node->flags |= DCFG_TEXT;
			dcfg_yaml_flow(&judged->context, node, node->origin);
		}
	dcfg_schema_judge(&judged->context, judged->schema, judged->tree, read.root);
	dcfg_merge(&judged->context, judged->tree, read.root);
}

void schema_lay(struct judged *judged, int layer, const char *text)
{
	lay(judged, layer, text, false);
}

void schema_lay_text(struct judged *judged, int layer, const char *text)
{
	lay(judged, layer, text, true);
}

void schema_complete(struct judged *judged)
{
	dcfg_schema_complete(&judged->context, judged->schema, judged->tree);
}

static const struct {
	uint16_t flag;
	const char *name;
} flags[] = {
	{DCFG_IS_DEFAULT, "!default"},
	{DCFG_IS_SECRET, "!secret"},
	{DCFG_IS_DEPRECATED, "!deprecated"},
	{DCFG_IS_RESTART, "!restart"},
};

const char *schema_values(struct judged *judged)
{
	static char all[16 * 1024];
	size_t length = 0;

	*all = '\0';
	for (const struct dcfg_node *node = dcfg_walk(judged->tree, judged->tree); node;
	     node = dcfg_walk(judged->tree, node)) {
		bool parent = dcfg_has_children(node);

		if (node->type == DEPLOYCFG_NONE || (parent && node->length))
			continue;
		length += (size_t)snprintf(
			all + length, sizeof(all) - length, "%s=%.*s:%s",
			dcfg_path(&judged->context, node), parent ? 0 : (int)node->length,
			parent ? "" : node->text,
			deploycfg_type_name((enum deploycfg_type)node->type));
		for (size_t i = 0; i < DCFG_COUNT(flags); i++)
			if (node->flags & flags[i].flag)
				length += (size_t)snprintf(all + length,
							   sizeof(all) - length, "%s",
							   flags[i].name);
		length += (size_t)snprintf(all + length, sizeof(all) - length, " ");
		ck_assert_uint_lt(length, sizeof(all));
	}
	return all;
}

const char *schema_close(struct judged *judged)
{
	dcfg_schema_fini(judged->schema);
	for (size_t i = 0; i < judged->count; i++)
		dcfg_bind_free(&dcfg_schema_table, judged->bound[i]);
	ck_assert(!judged->context.arena.failed);
	return errors_text(dcfg_context_fini(&judged->context));
}

const char *schema_said(const struct judged *judged, size_t index)
{
	return error_text(judged->context.errors, index);
}
