/* SPDX-License-Identifier: ISC */
/* Slips of those who write schemas: an entry is called by its key, not by its number, and what is
 * called otherwise elsewhere gets its name of here. Judges nothing. */
#include "model/key.h"
#include "schemas.h"

struct word {
	const char *written, *meant;
};

static const struct word types[] = {
	{"array", "list"},         {"boolean", "bool"}, {"bytes", "size"},
	{"dict", "map"},           {"double", "float"}, {"file", "path"},
	{"integer", "int"},        {"long", "int"},     {"mapping", "map"},
	{"number", "float"},       {"object", "map"},   {"sequence", "list"},
	{"str", "string"},         {"text", "string"},  {"time", "duration"},
	{"timedelta", "duration"},
};

static const struct word fields[] = {
	{"description", "doc"},    {"desc", "doc"},           {"enum", "choices"},
	{"examples", "example"},   {"maxItems", "max_items"}, {"maximum", "max"},
	{"minItems", "min_items"}, {"minimum", "min"},        {"name", "key"},
	{"regex", "pattern"},      {"values", "choices"},
};

static const char *find(const struct word *words, size_t count, struct dcfg_view written)
{
	for (size_t i = 0; i < count; i++)
		if (dcfg_view_equal(dcfg_view_text(words[i].written), written))
			return words[i].meant;
	return NULL;
}

/* The entry that a path begins with, and the rest of the path; NULL for none. */
static const struct dcfg_node *entry_of(struct dcfg_context *context,
					const struct dcfg_document *document,
					const char *path, const char **rest)
{
	struct dcfg_key reader = dcfg_key(dcfg_view_text(path));
	struct dcfg_trail trail = {0};
	struct dcfg_segment segment;
	const struct dcfg_node *entry;

	if (!dcfg_key_next(&reader, &segment) || !dcfg_key_next(&reader, &segment) ||
	    !segment.is_index || !reader.rest.len || *reader.rest.ptr != '.')
		return NULL;
	entry = dcfg_node_at(context, document->root,
			     dcfg_view(path, (size_t)(reader.rest.ptr - path)), &trail);
	*rest = reader.rest.ptr + 1;
	return entry && entry->type == DEPLOYCFG_MAP ? entry : NULL;
}

/* The hint that replaces another one, if somebody writes so elsewhere; NULL for none. */
static const char *guess(struct dcfg_context *context, const struct dcfg_node *entry,
			 const char *field, enum deploycfg_status status)
{
	const struct dcfg_node *node = dcfg_map_get(context, entry, field);
	const char *meant = NULL;

	if (status == DEPLOYCFG_ERR_UNKNOWN)
		meant = find(fields, DCFG_COUNT(fields), dcfg_view_text(field));
	else if (status == DEPLOYCFG_ERR_CHOICE && node && dcfg_has_text(node) &&
		 (strcmp(field, "type") == 0 || strcmp(field, "items") == 0))
		meant = find(types, DCFG_COUNT(types), dcfg_text(node));
	return meant ? dcfg_arena_printf(&context->arena, "write '%s' if that is meant",
					 meant)
			       .ptr
		     : NULL;
}

void dcfg_schema_retell(struct dcfg_context *context,
			const struct dcfg_document *document,
			enum deploycfg_status status, struct dcfg_telling *telling)
{
	const char *field, *hint;
	const struct dcfg_node *entry = entry_of(context, document, telling->key, &field);
	const struct dcfg_node *key = entry ? dcfg_map_get(context, entry, "key") : NULL;
	struct dcfg_view name;

	if (!entry)
		return;
	hint = guess(context, entry, field, status);
	if (hint)
		telling->hint = hint;
	if (key && dcfg_has_text(key)) {
		name = dcfg_arena_copy(&context->arena, dcfg_text(key));
		telling->key = name.ptr ? name.ptr : telling->key;
		telling->field = name.ptr ? field : "";
	} else if (!key && !hint && status == DEPLOYCFG_ERR_UNKNOWN) {
		name = dcfg_arena_printf(&context->arena,
					 "if it is the key that is declared, write `- "
					 "key: %s`, and its fields below that",
					 field);
		telling->hint = name.ptr ? name.ptr : telling->hint;
	}
}
