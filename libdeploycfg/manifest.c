/* SPDX-License-Identifier: ISC */
/* The fields of a manifest, bound by libcyaml, and what they may say. Knows not who asks, nor
 * what becomes of it. */
#include "manifest.h"

#include "base/number.h"
#include "bind.h"
#include "manifest_fields.h"
#include "plan/hierarchy.h"
#include "source/source.h"

#define LIMITS DCFG_COUNT(dcfg_default_limits.of)

/* As libcyaml fills them in: NULL where a field is not given. */
struct fields {
	uint32_t deploycfg;
	char *project, *prefix, *default_environment, *trust;
	char **directories, **schemas, **secrets, **foreign_variables, **not_layers;
	uint32_t directories_count, schemas_count, secrets_count, foreign_variables_count,
		not_layers_count;
	char *limits[LIMITS];
};

const cyaml_schema_value_t dcfg_manifest_word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED),
};

#define LIMIT(name, id)                                                                  \
	CYAML_FIELD_STRING_PTR(name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,           \
			       struct fields, limits[id], 1, CYAML_UNLIMITED)

static const cyaml_schema_field_t root_fields[] = {
	CYAML_FIELD_UINT("deploycfg", CYAML_FLAG_DEFAULT, struct fields, deploycfg),
	DCFG_TEXT_FIELD(struct fields, project),
	DCFG_TEXT_FIELD(struct fields, prefix),
	DCFG_TEXT_FIELD(struct fields, default_environment),
	DCFG_TEXT_FIELD(struct fields, trust),
	CYAML_FIELD_IGNORE("environments", CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_IGNORE("limits", CYAML_FLAG_OPTIONAL),
	DCFG_WORDS_FIELD(struct fields, directories),
	DCFG_WORDS_FIELD(struct fields, schemas),
	DCFG_WORDS_FIELD(struct fields, secrets),
	DCFG_WORDS_FIELD(struct fields, foreign_variables),
	DCFG_WORDS_FIELD(struct fields, not_layers),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t root_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct fields, root_fields),
};

static const cyaml_schema_field_t limit_fields[] = {
	LIMIT("file", DEPLOYCFG_LIMIT_FILE),
	LIMIT("total", DEPLOYCFG_LIMIT_TOTAL),
	LIMIT("value", DEPLOYCFG_LIMIT_VALUE),
	LIMIT("path", DEPLOYCFG_LIMIT_PATH),
	LIMIT("depth", DEPLOYCFG_LIMIT_DEPTH),
	LIMIT("keys", DEPLOYCFG_LIMIT_KEYS),
	LIMIT("sources", DEPLOYCFG_LIMIT_SOURCES),
	LIMIT("anchors", DEPLOYCFG_LIMIT_ANCHORS),
	LIMIT("directives", DEPLOYCFG_LIMIT_DIRECTIVES),
	LIMIT("diagnostics", DEPLOYCFG_LIMIT_DIAGNOSTICS),
	LIMIT("overlays", DEPLOYCFG_LIMIT_OVERLAYS),
	LIMIT("secret_file", DEPLOYCFG_LIMIT_SECRET_FILE),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t limits_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct fields, limit_fields),
};

static struct dcfg_origin origin_of(struct dcfg_manifest_reading *reading,
				    const char *field)
{
	const struct dcfg_node *node =
		dcfg_map_get(reading->context, reading->document.root, field);

	return node ? node->origin : reading->document.root->origin;
}

struct dcfg_view dcfg_manifest_copy(struct dcfg_manifest_reading *reading,
				    const char *text)
{
	return text ? dcfg_arena_copy(&reading->context->arena, dcfg_view_text(text))
		    : dcfg_view(NULL, 0);
}

struct dcfg_views dcfg_manifest_words(struct dcfg_manifest_reading *reading,
				      char *const *list, size_t count)
{
	struct dcfg_view *words;

	if (!list)
		return (struct dcfg_views){NULL, 0};
	words = dcfg_arena_alloc(&reading->context->arena, (count + 1) * sizeof(*words));
	for (size_t i = 0; words && i < count; i++)
		words[i] = dcfg_manifest_copy(reading, list[i]);
	return (struct dcfg_views){words, words ? count : 0};
}

static struct dcfg_views paths(struct dcfg_manifest_reading *reading, char *const *list,
			       size_t count)
{
	struct dcfg_view *words =
		dcfg_arena_alloc(&reading->context->arena, count * sizeof(*words));

	for (size_t i = 0; words && i < count; i++)
		words[i] =
			dcfg_document_path(reading->context, reading->manifest->directory,
					   dcfg_view_text(list[i]));
	return (struct dcfg_views){words, words ? count : 0};
}

/* Where the items of a list are. */
static const struct dcfg_origin *places(struct dcfg_manifest_reading *reading,
					const char *field, size_t count)
{
	const struct dcfg_node *list =
		dcfg_map_get(reading->context, reading->document.root, field);
	struct dcfg_origin *origins =
		dcfg_arena_alloc(&reading->context->arena, count * sizeof(*origins));
	size_t at = 0;

	if (origins && count)
		dcfg_each (item, list)
			origins[at++] = item->origin;
	return origins;
}

static void take_names(struct dcfg_manifest_reading *reading, const struct fields *fields)
{
	struct dcfg_manifest *manifest = reading->manifest;

	manifest->project = dcfg_manifest_copy(reading, fields->project);
	manifest->prefix = dcfg_manifest_copy(reading, fields->prefix);
	manifest->default_environment =
		dcfg_manifest_copy(reading, fields->default_environment);
	manifest->default_place = dcfg_place_of(
		reading->context, origin_of(reading, "default_environment"));
	if (fields->project && !dcfg_is_layer_name(manifest->project))
		dcfg_error_hint(dcfg_manifest_fail(
					reading, origin_of(reading, "project"), "project",
					"'%s' is no name of a project", fields->project),
				"it is letters, digits, '-', '_' and '.', a letter or "
				"digit first");
	if (fields->prefix && !dcfg_is_prefix(manifest->prefix))
		dcfg_error_hint(
			dcfg_manifest_fail(reading, origin_of(reading, "prefix"),
					   "prefix", "'%s' is no prefix of variables",
					   fields->prefix),
			"it is capital letters and digits, words joined by single "
			"underscores, such as SHOP or WEB_SHOP");
}

static void take_trust(struct dcfg_manifest_reading *reading, const struct fields *fields)
{
	reading->manifest->trusts_owner =
		fields->trust && !strcmp(fields->trust, "owner");
	if (fields->trust && !reading->manifest->trusts_owner)
		dcfg_error_hint(
			dcfg_manifest_fail(reading, origin_of(reading, "trust"), "trust",
					   "'%s' says not whose files are to be read",
					   fields->trust),
			"write `owner`, or remove the field");
}

/* Files that begin with a dot are passed over anyway. */
static void check_stems(struct dcfg_manifest_reading *reading,
			const struct dcfg_views *stems)
{
	const struct dcfg_origin *at = places(reading, "not_layers", stems->count);

	for (size_t i = 0; at && i < stems->count && stems->list[i].ptr; i++)
		if (*stems->list[i].ptr == '.' || strchr(stems->list[i].ptr, '/'))
			dcfg_error_hint(dcfg_manifest_fail(reading, at[i], "not_layers",
							   "no layer could be called "
							   "'%.*s'",
							   DCFG_ARG(stems->list[i])),
					"write the name of a file without its suffix and "
					"its directory, such as locale");
}

static void take_lists(struct dcfg_manifest_reading *reading, const struct fields *fields)
{
	struct dcfg_manifest *manifest = reading->manifest;

	manifest->directories =
		paths(reading, fields->directories, fields->directories_count);
	manifest->directories_at =
		places(reading, "directories", fields->directories_count);
	manifest->schemas = paths(reading, fields->schemas, fields->schemas_count);
	manifest->secrets = paths(reading, fields->secrets, fields->secrets_count);
	manifest->secrets_at = places(reading, "secrets", fields->secrets_count);
	manifest->foreign_variables = dcfg_manifest_words(
		reading, fields->foreign_variables, fields->foreign_variables_count);
	manifest->not_layers = dcfg_manifest_words(reading, fields->not_layers,
						   fields->not_layers_count);
	check_stems(reading, &manifest->not_layers);
}

/* Bytes may be written as sizes. */
static void take_limit(struct dcfg_manifest_reading *reading, size_t id, const char *text)
{
	const char *name = dcfg_limit_field((enum deploycfg_limit)id);
	const struct dcfg_node *node = dcfg_map_get(
		reading->context,
		dcfg_map_get(reading->context, reading->document.root, "limits"), name);
	bool is_bytes = id <= DEPLOYCFG_LIMIT_PATH || id == DEPLOYCFG_LIMIT_SECRET_FILE;
	int64_t value = 0;
	enum dcfg_parse parsed = is_bytes ? dcfg_parse_size(dcfg_view_text(text), &value)
					  : dcfg_parse_int(dcfg_view_text(text), &value);
	uint64_t max = dcfg_limit_max((enum deploycfg_limit)id);
	uint64_t most = max < INT64_MAX ? max : INT64_MAX; /* which is what can be read */
	const char *key = dcfg_path_join(reading->context, "limits", name);

	if (parsed == DCFG_MALFORMED)
		dcfg_error_hint(dcfg_manifest_fail(reading, node->origin, key,
						   "'%s' is no limit: expected a %s",
						   text,
						   is_bytes ? "size" : "whole number"),
				"%s",
				is_bytes ? "write bytes or a size such as 16MiB"
					 : "write a whole number from 1 on");
	else if (parsed != DCFG_PARSED || value < 1 || (uint64_t)value > most)
		dcfg_error_hint(dcfg_manifest_fail(reading, node->origin, key,
						   "the limit cannot be %s", text),
				"write a number from 1 to %llu",
				(unsigned long long)most);
	else
		reading->manifest->limits.of[id] = (uint64_t)value;
}

static void take_limits(struct dcfg_manifest_reading *reading)
{
	struct fields *fields =
		dcfg_document_bind(reading->context, &reading->document, "limits",
				   &limits_schema, &reading->good);

	for (size_t i = 0; fields && i < LIMITS; i++)
		if (fields->limits[i])
			take_limit(reading, i, fields->limits[i]);
	dcfg_bind_free(&limits_schema, fields);
}

static void take_all(struct dcfg_manifest_reading *reading)
{
	struct fields *fields = dcfg_document_bind(reading->context, &reading->document,
						   "", &root_schema, &reading->good);

	if (fields) {
		take_names(reading, fields);
		take_trust(reading, fields);
		take_lists(reading, fields);
	}
	dcfg_bind_free(&root_schema, fields);
	take_limits(reading);
	dcfg_manifest_environments(reading);
}

bool dcfg_manifest_read(struct dcfg_context *context,
			const struct dcfg_document_places *places,
			struct dcfg_manifest *manifest)
{
	static const struct dcfg_source model = {.label = {"manifest", 8}};
	struct dcfg_manifest_reading reading = {.context = context, .manifest = manifest};
	uint32_t source =
		dcfg_document_find(context, places, DCFG_VIEW("deploycfg.yaml"), &model);

	if (source == UINT32_MAX)
		return !context->arena.failed;
	manifest->source = source;
	manifest->path = context->sources.list[source].name;
	manifest->directory = dcfg_directory_of(context, manifest->path);
	reading.good =
		dcfg_document_read(context, source, "deploycfg", &reading.document);
	if (reading.document.root)
		take_all(&reading);
	dcfg_document_fini(&reading.document);
	return reading.good && !context->arena.failed;
}
