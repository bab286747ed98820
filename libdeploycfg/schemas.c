/* SPDX-License-Identifier: ISC */
/* Schema files: which of them hold, and what they are compiled for. Knows no rule of any key. */
#include "schemas.h"

#include "base/file.h"
#include "base/look.h"
#include "base/mem.h"
#include "bind.h"
#include "image/freeze.h"
#include "model/conceal.h"
#include "plan/hierarchy.h"
#include "source/source.h"

/* Schemas on their way. */
struct reading {
	struct dcfg_context *context;
	const struct dcfg_request *request;
	struct dcfg_schemas *schemas;
	bool failed; /* something is wrong with one */
	bool blind;  /* and nobody knows all that it declares */
	struct known_file *files;
	size_t file_count, file_capacity;
};

/* A file that was read. */
struct known_file {
	struct dcfg_identity identity;
	uint32_t source;
};

static const struct dcfg_source model = {
	.label = {"default", sizeof("default") - 1},
	.layer = DEPLOYCFG_LAYER_DEFAULTS,
	.syntax = DEPLOYCFG_YAML,
};

/* Keeps a bound document. */
static void keep(struct reading *reading, struct dcfg_schema_document *document)
{
	struct dcfg_schemas *schemas = reading->schemas;
	void *grown = dcfg_grow(schemas->list, schemas->count, &schemas->capacity,
				sizeof(struct dcfg_schema_document *));

	if (!grown) {
		reading->context->arena.failed = true;
		dcfg_bind_free(&dcfg_schema_table, document);
		return;
	}
	schemas->list = grown;
	schemas->list[schemas->count++] = document;
}

/* Remembers a file; gives the source that it was read as before, UINT32_MAX for none. */
static uint32_t know(struct reading *reading, uint32_t source)
{
	const struct dcfg_source *read = &reading->context->sources.list[source];
	struct dcfg_identity identity;
	struct known_file *files;

	if (read->kind != DEPLOYCFG_SOURCE_FILE || read->empty ||
	    !dcfg_identify(read->name.ptr, &identity))
		return UINT32_MAX;
	for (size_t i = 0; i < reading->file_count; i++)
		if (reading->files[i].identity.device == identity.device &&
		    reading->files[i].identity.inode == identity.inode)
			return reading->files[i].source;
	files = dcfg_grow(reading->files, reading->file_count, &reading->file_capacity,
			  sizeof(*files));
	if (!files) {
		reading->context->arena.failed = true;
		return UINT32_MAX;
	}
	reading->files = files;
	files[reading->file_count++] = (struct known_file){identity, source};
	return UINT32_MAX;
}

/* Whether a file was read by another name, or through a link, already. */
static bool is_again(struct reading *reading, uint32_t source)
{
	struct dcfg_source *sources = reading->context->sources.list;
	uint32_t before = know(reading, source);
	struct dcfg_view reason;

	if (before == UINT32_MAX)
		return false;
	sources[source].state = DEPLOYCFG_SOURCE_IGNORED;
	reason =
		dcfg_arena_printf(&reading->context->arena, "it is the same file as %.*s",
				  DCFG_ARG(sources[before].name));
	if (reason.ptr)
		sources[source].reason = reason;
	return true;
}

static void read_one(struct reading *reading, uint32_t source)
{
	struct dcfg_document document;
	struct dcfg_schema_document *bound = NULL;
	bool good;

	if (is_again(reading, source))
		return;
	good = dcfg_document_read(reading->context, source, "schema", &document);
	reading->blind |= !good;
	document.retell = dcfg_schema_retell;
	if (document.root) {
		bound = dcfg_document_bind(reading->context, &document, "",
					   &dcfg_schema_table, &good);
		reading->blind |= !bound;
	}
	reading->failed |= !good;
	if (bound) {
		bound->list = dcfg_map_get(reading->context, document.root, "keys");
		bound->about = dcfg_map_get(reading->context, document.root, "doc");
		keep(reading, bound);
	}
	dcfg_document_fini(&document);
}

/* A file that is named twice, or besides its directory, is still one. */
static bool is_known(const struct reading *reading, const struct dcfg_source *source)
{
	const struct dcfg_sources *sources = &reading->context->sources;

	for (size_t i = 0; i < sources->count; i++)
		if (sources->list[i].layer == model.layer &&
		    sources->list[i].kind == DEPLOYCFG_SOURCE_FILE &&
		    sources->list[i].state == DEPLOYCFG_SOURCE_READ &&
		    source->kind == DEPLOYCFG_SOURCE_FILE &&
		    dcfg_view_equal(sources->list[i].name, source->name))
			return true;
	return false;
}

static void add(struct reading *reading, const struct dcfg_source *source)
{
	uint32_t at;

	if (is_known(reading, source))
		return;
	at = dcfg_source_add(reading->context, source);
	if (at != UINT32_MAX)
		read_one(reading, at);
}

/* A file that the manifest or the caller names. */
static void add_file(struct reading *reading, struct dcfg_view path)
{
	struct dcfg_source source = model;
	struct dcfg_view stem;

	source.kind = DEPLOYCFG_SOURCE_FILE;
	source.named = !dcfg_take_optional(&path);
	source.name = path;
	if (dcfg_syntax_of(path, &source.syntax, &stem) &&
	    source.syntax == DEPLOYCFG_YAML) {
		add(reading, &source);
		return;
	}
	reading->failed = reading->blind = true;
	dcfg_error_hint(dcfg_fail_at(reading->context, DEPLOYCFG_ERR_ARGUMENT,
				     (&(struct dcfg_place){.name = path.ptr}), NULL,
				     "a schema is a YAML file"),
			"name a file that ends in .yaml or .yml");
}

static void add_inputs(struct reading *reading)
{
	const struct deploycfg_loader *loader = reading->request->loader;
	const struct dcfg_views *files = &reading->request->manifest.schemas;

	for (size_t i = 0; i < files->count; i++)
		add_file(reading, files->list[i]);
	for (size_t i = 0; i < loader->schema_count; i++) {
		const struct dcfg_schema_input *input = &loader->schemas[i];
		struct dcfg_source source = model;

		source.kind = DEPLOYCFG_SOURCE_TEXT;
		source.name = input->name;
		source.text = input->text;
		if (input->text.ptr)
			add(reading, &source);
		else
			add_file(reading, input->name);
	}
}

static void add_main(struct reading *reading, const struct dcfg_document_places *places)
{
	uint32_t source = dcfg_document_find(reading->context, places,
					     DCFG_VIEW("schema.yaml"), &model);

	if (source != UINT32_MAX)
		read_one(reading, source);
}

/* Names of all schema.d, each once. */
struct names {
	struct dcfg_view *list;
	size_t count, capacity;
};

static int by_name(const void *left, const void *right)
{
	const struct dcfg_view *a = left, *b = right;

	return dcfg_view_compare(*a, *b);
}

static bool is_schema_name(struct dcfg_view name)
{
	enum deploycfg_syntax syntax;
	struct dcfg_view stem;

	return name.len && *name.ptr != '.' && dcfg_syntax_of(name, &syntax, &stem) &&
	       syntax == DEPLOYCFG_YAML;
}

static void pass_over(struct reading *reading, struct dcfg_view directory,
		      struct dcfg_view name)
{
	struct dcfg_source source = {
		.kind = DEPLOYCFG_SOURCE_FILE,
		.label = DCFG_VIEW(""),
		.name = dcfg_join(&reading->context->arena, directory, name),
		.state = DEPLOYCFG_SOURCE_NOT_A_LAYER,
	};

	if (!source.name.ptr || *name.ptr == '.')
		return;
	dcfg_judge_drop_in(reading->context, &source, name,
			   "schemas end in .yaml or .yml");
	dcfg_source_add(reading->context, &source);
}

/* Whether a schema.d is there; reports one that cannot be listed. */
static bool list(struct reading *reading, struct dcfg_view directory,
		 struct dcfg_dir *dir)
{
	*dir = dcfg_dir_read(&reading->context->arena, directory.ptr,
			     &reading->context->trust);
	if (dir->state == DCFG_FILE_OK || dir->state == DCFG_FILE_MISSING)
		return dir->state == DCFG_FILE_OK;
	reading->failed = reading->blind = true;
	if (!reading->context->arena.failed)
		dcfg_report_directory(reading->context, directory, dir);
	return false;
}

static void collect_names(struct reading *reading, struct dcfg_view directory,
			  struct names *names)
{
	struct dcfg_dir dir;

	if (!directory.ptr || !list(reading, directory, &dir))
		return;
	for (size_t i = 0; i < dir.count; i++) {
		struct dcfg_view *grown;

		if (!is_schema_name(dir.names[i])) {
			pass_over(reading, directory, dir.names[i]);
			continue;
		}
		grown = dcfg_grow(names->list, names->count, &names->capacity,
				  sizeof(*grown));
		if (!grown) {
			reading->context->arena.failed = true;
			return;
		}
		names->list = grown;
		names->list[names->count++] = dir.names[i];
	}
}

/* schema.d of all directories: of one name the strongest directory's counts. */
static void add_drop_ins(struct reading *reading,
			 const struct dcfg_document_places *places)
{
	struct dcfg_document_places inside = {.installed = places->installed};
	struct names names = {0};

	inside.list = dcfg_arena_alloc(&reading->context->arena,
				       places->count * sizeof(*inside.list));
	for (; inside.list && inside.count < places->count; inside.count++) {
		inside.list[inside.count] =
			dcfg_join(&reading->context->arena, places->list[inside.count],
				  DCFG_VIEW("schema.d"));
		collect_names(reading, inside.list[inside.count], &names);
	}
	if (names.count)
		qsort(names.list, names.count, sizeof(*names.list), by_name);
	for (size_t i = 0; i < names.count && !reading->context->arena.failed; i++) {
		uint32_t source;

		if (i && dcfg_view_equal(names.list[i], names.list[i - 1]))
			continue;
		source = dcfg_document_find(reading->context, &inside, names.list[i],
					    &model);
		if (source != UINT32_MAX)
			read_one(reading, source);
	}
	dcfg_free(names.list);
}

/* One behind the other. */
static struct dcfg_schema_document *copy(struct reading *reading)
{
	const struct dcfg_schemas *schemas = reading->schemas;
	struct dcfg_schema_document *documents = dcfg_arena_alloc(
		&reading->context->arena, schemas->count * sizeof(*documents));

	for (size_t i = 0; documents && i < schemas->count; i++)
		documents[i] = *schemas->list[i];
	return documents;
}

static void compile(struct reading *reading)
{
	struct dcfg_schemas *schemas = reading->schemas;
	const struct dcfg_schema_scope scope =
		dcfg_schemas_scope(reading->context, reading->request);
	const struct dcfg_schema_document *documents = copy(reading);

	if (!reading->context->arena.failed)
		schemas->compiled = dcfg_schema_compile(reading->context, documents,
							schemas->count, &scope);
}

void dcfg_schemas_read(struct dcfg_context *context, const struct dcfg_request *request,
		       bool is_whole, struct dcfg_schemas *schemas)
{
	struct reading reading = {
		.context = context, .request = request, .schemas = schemas};
	struct dcfg_document_places places = dcfg_request_places(context, request);

	add_main(&reading, &places);
	add_drop_ins(&reading, &places);
	add_inputs(&reading);
	if (is_whole && !reading.blind && !context->arena.failed && schemas->count)
		compile(&reading);
	schemas->complete = !schemas->count || schemas->compiled;
	schemas->complete &= !reading.failed;
	if (!schemas->complete) /* nobody told which keys are secret */
		dcfg_conceal_everything(context);
	dcfg_free(reading.files);
}

struct deploycfg_snapshot *dcfg_schemas_freeze(struct dcfg_context *context,
					       const struct dcfg_schemas *schemas,
					       const struct dcfg_request *request)
{
	struct dcfg_node *root = dcfg_schema_tree(context, schemas->compiled);

	if (!schemas->complete || !root || context->arena.failed)
		return NULL;
	return dcfg_snapshot_plain(context, root, request->prefix);
}

void dcfg_schemas_fini(struct dcfg_schemas *schemas)
{
	dcfg_schema_fini(schemas->compiled);
	for (size_t i = 0; i < schemas->count; i++)
		dcfg_bind_free(&dcfg_schema_table, schemas->list[i]);
	dcfg_free(schemas->list);
}
