/* SPDX-License-Identifier: ISC */
/* The environments that a manifest declares. Knows not what they mean. */
#include "bind.h"
#include "manifest_fields.h"

/* Of one environment. */
struct environment {
	char **aliases;
	uint32_t aliases_count;
	char *inherits;
	bool *hermetic, *local;
	int *layer, *unknown;
};

/* Of a field that has two words: this one, or the other. */
#define ON 1
#define OFF 0

static const cyaml_strval_t layer_words[] = {{"required", OFF}, {"optional", ON}};
static const cyaml_strval_t unknown_words[] = {{"error", OFF}, {"warn", ON}};

#define SWITCH(name, words)                                                              \
	CYAML_FIELD_ENUM_PTR(                                                            \
		#name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT,     \
		struct environment, name, words, DCFG_COUNT(words))

static const cyaml_schema_field_t environment_fields[] = {
	DCFG_WORDS_FIELD(struct environment, aliases),
	DCFG_TEXT_FIELD(struct environment, inherits),
	SWITCH(layer, layer_words),
	SWITCH(unknown, unknown_words),
	CYAML_FIELD_BOOL_PTR("hermetic", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			     struct environment, hermetic),
	CYAML_FIELD_BOOL_PTR("local", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			     struct environment, local),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t environment_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct environment, environment_fields),
};

static unsigned property(bool given, bool on, enum deploycfg_property yes,
			 enum deploycfg_property no)
{
	return given ? (unsigned)(on ? yes : no) : 0;
}

static unsigned properties_of(const struct environment *of)
{
	return property(of->hermetic, of->hermetic && *of->hermetic, DEPLOYCFG_HERMETIC,
			DEPLOYCFG_NOT_HERMETIC) |
	       property(of->local, of->local && *of->local, DEPLOYCFG_LOCAL,
			DEPLOYCFG_NOT_LOCAL) |
	       property(of->layer, of->layer && *of->layer == ON,
			DEPLOYCFG_LAYER_OPTIONAL, DEPLOYCFG_LAYER_REQUIRED) |
	       property(of->unknown, of->unknown && *of->unknown == ON, DEPLOYCFG_LENIENT,
			DEPLOYCFG_NOT_LENIENT);
}

/* Where the aliases of an environment stand; NULL for none. */
static const struct dcfg_origin *alias_places(struct dcfg_manifest_reading *reading,
					      const struct dcfg_node *node)
{
	const struct dcfg_node *list = dcfg_map_get(reading->context, node, "aliases");
	struct dcfg_origin *places;
	size_t at = 0;

	if (!list || list->type != DEPLOYCFG_LIST)
		return NULL;
	places = dcfg_arena_alloc(&reading->context->arena,
				  list->length * sizeof(*places));
	if (places)
		dcfg_each (item, list)
			places[at++] = item->origin;
	return places;
}

static struct dcfg_origin parent_place(struct dcfg_manifest_reading *reading,
				       const struct dcfg_node *node)
{
	const struct dcfg_node *parent = dcfg_map_get(reading->context, node, "inherits");

	return parent ? parent->origin : dcfg_origin(UINT32_MAX, 0, 0);
}

static void take_environment(struct dcfg_manifest_reading *reading,
			     const struct dcfg_node *node)
{
	struct dcfg_manifest *manifest = reading->manifest;
	struct environment *of = dcfg_document_bind(reading->context, &reading->document,
						    dcfg_path(reading->context, node),
						    &environment_schema, &reading->good);

	if (of)
		manifest->declarations[manifest->declaration_count++] =
			(struct dcfg_declaration){
				.name = node->name->text,
				.aliases = dcfg_manifest_words(reading, of->aliases,
							       of->aliases_count),
				.inherits = dcfg_manifest_copy(reading, of->inherits),
				.properties = properties_of(of),
				.origin = dcfg_key_origin(node),
				.aliases_at = alias_places(reading, node),
				.inherits_at = parent_place(reading, node),
			};
	dcfg_bind_free(&environment_schema, of);
}

static int by_place(const void *left, const void *right)
{
	const struct dcfg_declaration *a = left, *b = right;

	if (a->origin.line != b->origin.line)
		return a->origin.line < b->origin.line ? -1 : 1;
	return (a->origin.column > b->origin.column) -
	       (a->origin.column < b->origin.column);
}

void dcfg_manifest_environments(struct dcfg_manifest_reading *reading)
{
	struct dcfg_manifest *manifest = reading->manifest;
	const struct dcfg_node *node =
		dcfg_map_get(reading->context, reading->document.root, "environments");

	if (!node)
		return;
	manifest->declares = true;
	manifest->environments = node->origin;
	if (node->type == DEPLOYCFG_LIST && !node->length)
		return;
	if (node->type != DEPLOYCFG_MAP || !node->length) {
		dcfg_error_hint(
			dcfg_manifest_fail(
				reading, node->origin, "environments",
				"expected a map of environments that is not empty"),
			"write `production: {}` and the like below it, or `[]` "
			"for a program without environments");
		return;
	}
	manifest->declarations = dcfg_arena_alloc(
		&reading->context->arena, node->length * sizeof(*manifest->declarations));
	if (!manifest->declarations)
		return;
	dcfg_each (child, node)
		take_environment(reading, child);
	if (manifest->declaration_count)
		qsort(manifest->declarations, manifest->declaration_count,
		      sizeof(*manifest->declarations), by_place);
}
