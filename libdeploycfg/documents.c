/* SPDX-License-Identifier: ISC */
/* Runs a manifest or schema through reader, freezer and binder, as a configuration of one file.
 * Knows no field of either. */
#include "documents.h"

#include "base/error.h"
#include "base/file.h"
#include "base/look.h"
#include "bind.h"
#include "image/freeze.h"
#include "source/source.h"

struct dcfg_view dcfg_directory_of(struct dcfg_context *context, struct dcfg_view path)
{
	size_t len = path.len;

	while (len && path.ptr[len - 1] != '/')
		len--;
	if (!len)
		return DCFG_VIEW(".");
	return dcfg_arena_copy(&context->arena,
			       dcfg_view(path.ptr, len > 1 ? len - 1 : len));
}

struct dcfg_view dcfg_document_path(struct dcfg_context *context,
				    struct dcfg_view directory, struct dcfg_view path)
{
	bool is_optional = dcfg_take_optional(&path);
	struct dcfg_view whole = path;

	if (path.len && *path.ptr != '/' && !dcfg_view_equal(directory, DCFG_VIEW(".")))
		whole = dcfg_join(&context->arena, directory, path);
	return dcfg_arena_printf(&context->arena, "%s%.*s",
				 is_optional ? "optional:" : "", DCFG_ARG(whole));
}

/* Those of weaker directories do not count. */
static void replace(struct dcfg_context *context, uint32_t weaker, uint32_t by)
{
	struct dcfg_source *sources = context->sources.list;
	struct dcfg_view reason;

	if (weaker == UINT32_MAX || by == UINT32_MAX)
		return;
	reason =
		dcfg_arena_printf(&context->arena, "by %.*s", DCFG_ARG(sources[by].name));
	sources[weaker].state = DEPLOYCFG_SOURCE_REPLACED;
	if (reason.ptr)
		sources[weaker].reason = reason;
}

static void warn_empty(struct dcfg_context *context, struct dcfg_source *source)
{
	struct dcfg_place place = {.name = source->name.ptr};

	source->empty = true;
	source->reason = DCFG_VIEW("it is empty, and says nothing");
	dcfg_error_hint(
		dcfg_warn_at(context, DEPLOYCFG_ERR_LAYER, &place, NULL,
			     "is empty, and so hides what weaker directories say"),
		"link it to /dev/null if that is meant; a crash can leave such "
		"files");
}

/* What is in one directory; UINT32_MAX for nothing. */
static uint32_t add(struct dcfg_context *context, const struct dcfg_source *model,
		    struct dcfg_view path, bool installed)
{
	struct dcfg_source source = *model;
	enum dcfg_look look = path.ptr ? dcfg_look(path.ptr) : DCFG_LOOK_MISSING;
	uint32_t at;

	source.name = path;
	source.kind = DEPLOYCFG_SOURCE_FILE;
	source.syntax = DEPLOYCFG_YAML;
	source.empty = look == DCFG_LOOK_DEV_NULL;
	if (look == DCFG_LOOK_MISSING)
		return UINT32_MAX;
	if (source.empty)
		source.reason = DCFG_VIEW("it leads to /dev/null");
	else if (look == DCFG_LOOK_EMPTY && installed)
		warn_empty(context, &source);
	else if (look == DCFG_LOOK_DANGLING)
		dcfg_source_miss(context, &source, true);
	at = dcfg_source_add(context, &source);
	return look == DCFG_LOOK_DANGLING ? UINT32_MAX : at;
}

uint32_t dcfg_document_find(struct dcfg_context *context,
			    const struct dcfg_document_places *places,
			    struct dcfg_view name, const struct dcfg_source *model)
{
	uint32_t found = UINT32_MAX;

	for (size_t i = 0; i < places->count; i++) {
		uint32_t at = add(context, model,
				  dcfg_join(&context->arena, places->list[i], name),
				  i < places->installed);

		replace(context, found, at);
		found = at == UINT32_MAX ? found : at;
	}
	return found;
}

static void report_block(struct dcfg_context *context, const struct dcfg_block *block)
{
	struct deploycfg_error *error =
		dcfg_fail(context, DEPLOYCFG_ERR_UNKNOWN, block->origin, NULL,
			  "when@%.*s has no meaning here", DCFG_ARG(block->environment));

	dcfg_error_hint(error, "blocks for environments stand in layers");
}

static void report_operator(struct dcfg_context *context, const struct dcfg_node *node)
{
	struct deploycfg_error *error = dcfg_fail(
		context, DEPLOYCFG_ERR_OPERATOR, node->origin, dcfg_path(context, node),
		"there is nothing that an operator could work on");

	dcfg_error_hint(error, "remove the tag: operators stand in layers");
}

/* What layers may hold and documents may not, and a document that says nothing at all. */
static bool check(struct dcfg_context *context, uint32_t source,
		  const struct dcfg_layer *layer)
{
	bool good = layer->root->length && !layer->blocks;

	for (const struct dcfg_block *block = layer->blocks; block; block = block->next)
		report_block(context, block);
	for (const struct dcfg_node *node = layer->root; node;
	     node = dcfg_walk(layer->root, node)) {
		if (node->op == DCFG_SET)
			continue;
		report_operator(context, node);
		good = false;
	}
	if (!layer->root->length && !layer->blocks)
		dcfg_error_hint(dcfg_fail(context, DEPLOYCFG_ERR_MISSING,
					  dcfg_origin(source, 0, 0), NULL,
					  "has no fields at all"),
				"write them, remove the file, or link it to /dev/null to "
				"hide what weaker directories say");
	return good;
}

/* Of another version every field may mean something else. */
static bool check_version(struct dcfg_context *context, const struct dcfg_node *root,
			  const char *field)
{
	const struct dcfg_node *node = dcfg_map_get(context, root, field);
	struct deploycfg_error *error;

	if (!node || node->type != DEPLOYCFG_INT || node->scalar.integer == 1)
		return true;
	error = dcfg_fail(context, DEPLOYCFG_ERR_UNSUPPORTED, node->origin, field,
			  "is of version %.*s, and this deploycfg knows version 1",
			  DCFG_ARG(dcfg_text(node)));
	dcfg_error_expected(error, "1");
	dcfg_error_hint(error, "write `%s: 1`, or use a newer deploycfg", field);
	return false;
}

/* What bounds the content of layers says nothing of documents. */
static struct dcfg_limits own_limits(const struct dcfg_limits *limits)
{
	struct dcfg_limits own = *limits;

	for (size_t i = DEPLOYCFG_LIMIT_VALUE; i <= DEPLOYCFG_LIMIT_DIRECTIVES; i++)
		if (i != DEPLOYCFG_LIMIT_SOURCES)
			own.of[i] = dcfg_default_limits.of[i];
	return own;
}

static bool read_document(struct dcfg_context *context, struct dcfg_document *document)
{
	uint32_t source = document->source;
	const char *version = document->version;
	struct dcfg_layer layer;

	if (!dcfg_source_read(context, source, &layer))
		return false;
	if (context->sources.list[source].state == DEPLOYCFG_SOURCE_MISSING)
		return true;
	if (!check(context, source, &layer) ||
	    !check_version(context, layer.root, version))
		return false;
	document->snapshot = dcfg_snapshot_plain(context, layer.root, dcfg_view(NULL, 0));
	if (document->snapshot)
		document->root = layer.root;
	return document->snapshot != NULL;
}

bool dcfg_document_read(struct dcfg_context *context, uint32_t source,
			const char *version, struct dcfg_document *document)
{
	const struct dcfg_limits limits = context->limits;
	bool good;

	*document = (struct dcfg_document){.source = source, .version = version};
	context->sources.list[source].is_document = true;
	if (context->sources.list[source].empty)
		return true;
	context->limits = own_limits(&limits);
	context->fixed_limits = true;
	good = read_document(context, document);
	context->fixed_limits = false;
	context->limits = limits;
	context->free = context->keys;
	return good;
}

/* Where some fields are wrong, the others are still there to be judged. */
static void *bind_rest(struct dcfg_context *context, const struct dcfg_document *document,
		       const struct deploycfg_entry *entry, const char *path,
		       const struct cyaml_schema_value *schema)
{
	const struct dcfg_bind_options options = {.free_names = true, .pass_wrong = true};
	struct deploycfg_errors *errors = NULL;
	void *block;

	if (dcfg_bind(document->snapshot, entry, path, schema, &options, &block,
		      &errors) == DEPLOYCFG_ERR_MEMORY)
		context->arena.failed = true;
	deploycfg_errors_free(errors);
	return block;
}

static void tell(struct dcfg_context *context, const struct dcfg_document *document,
		 const struct deploycfg_error *problem)
{
	struct dcfg_telling telling = {problem->key, "", problem->hint};
	struct deploycfg_error *error;
	struct dcfg_place place;

	if (dcfg_only_counts(context, DEPLOYCFG_ERROR))
		return;
	if (document->retell)
		document->retell(context, document, problem->status, &telling);
	place = dcfg_place_of(
		context, dcfg_origin(document->source, problem->line, problem->column));
	error = dcfg_report_at(context, DEPLOYCFG_ERROR, problem->status, &place,
			       telling.key, "%s%s%s", telling.field,
			       *telling.field ? ": " : "", problem->message);
	if (problem->expected)
		dcfg_error_expected(error, "%s", problem->expected);
	if (problem->status == DEPLOYCFG_ERR_MISSING &&
	    strcmp(problem->key, document->version) == 0)
		dcfg_error_hint(error, "write `%s: 1` at the top", document->version);
	else if (telling.hint)
		dcfg_error_hint(error, "%s", telling.hint);
}

/* What the binder found, in the words of the document. */
static void tell_all(struct dcfg_context *context, const struct dcfg_document *document,
		     struct deploycfg_errors *problems)
{
	for (size_t i = 0; problems && i < problems->count; i++)
		tell(context, document, problems->list[i]);
	for (size_t i = 0; problems && i < problems->dropped; i++)
		dcfg_only_counts(context, DEPLOYCFG_ERROR);
	deploycfg_errors_free(problems);
}

void *dcfg_document_bind(struct dcfg_context *context,
			 const struct dcfg_document *document, const char *path,
			 const struct cyaml_schema_value *schema, bool *good)
{
	const struct dcfg_bind_options options = {
		.context = context, .tree = document->root, .free_names = true};
	const struct deploycfg_entry *entry =
		dcfg_find(document->snapshot, dcfg_view_text(path));
	struct deploycfg_errors *problems = NULL;
	void *block;
	int status;

	if (!entry)
		return NULL;
	status = dcfg_bind(document->snapshot, entry, path, schema, &options, &block,
			   &problems);
	tell_all(context, document, problems);
	if (status == DEPLOYCFG_OK)
		return block;
	*good = false;
	context->arena.failed |= status == DEPLOYCFG_ERR_MEMORY;
	return context->arena.failed ? NULL
				     : bind_rest(context, document, entry, path, schema);
}

void dcfg_document_fini(struct dcfg_document *document)
{
	document->snapshot = deploycfg_snapshot_unref(document->snapshot);
}
