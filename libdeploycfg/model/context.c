/* SPDX-License-Identifier: ISC */
/* What every stage is handed. Knows limits by name; not what any stage does with them. */
#include "model/context.h"

#include "base/mem.h"
#include "base/vault.h"
#include "model/conceal.h"

#define KIB ((uint64_t)1024)
#define MIB (1024 * KIB)

const struct dcfg_limits dcfg_default_limits = {{
	[DEPLOYCFG_LIMIT_FILE] = 64 * MIB,
	[DEPLOYCFG_LIMIT_TOTAL] = 256 * MIB,
	[DEPLOYCFG_LIMIT_VALUE] = 16 * MIB,
	[DEPLOYCFG_LIMIT_PATH] = 4 * KIB,
	[DEPLOYCFG_LIMIT_DEPTH] = 64,
	[DEPLOYCFG_LIMIT_KEYS] = 2000000,
	[DEPLOYCFG_LIMIT_SOURCES] = 1024,
	[DEPLOYCFG_LIMIT_ANCHORS] = 65536,
	[DEPLOYCFG_LIMIT_DIRECTIVES] = 8,
	[DEPLOYCFG_LIMIT_DIAGNOSTICS] = DCFG_DIAGNOSTICS_MAX,
	[DEPLOYCFG_LIMIT_OVERLAYS] = 32,
	[DEPLOYCFG_LIMIT_SECRET_FILE] = MIB,
}};

/* The name of each in the manifest, and what it counts. */
static const struct {
	const char *field, *what;
} limit_words[] = {
	[DEPLOYCFG_LIMIT_FILE] = {"file", "bytes in one file"},
	[DEPLOYCFG_LIMIT_TOTAL] = {"total", "bytes in all files together"},
	[DEPLOYCFG_LIMIT_VALUE] = {"value", "bytes in one value"},
	[DEPLOYCFG_LIMIT_PATH] = {"path", "bytes in one key path"},
	[DEPLOYCFG_LIMIT_DEPTH] = {"depth", "levels of nesting"},
	[DEPLOYCFG_LIMIT_KEYS] = {"keys", "keys in all layers together"},
	[DEPLOYCFG_LIMIT_SOURCES] = {"sources",
				     "files and texts (manifest and schemas too)"},
	[DEPLOYCFG_LIMIT_ANCHORS] = {"anchors", "anchors in one file"},
	[DEPLOYCFG_LIMIT_DIRECTIVES] = {"directives",
					"lines that begin with '%' in one file"},
	[DEPLOYCFG_LIMIT_DIAGNOSTICS] = {"diagnostics", "diagnostics"},
	[DEPLOYCFG_LIMIT_OVERLAYS] = {"overlays", "overlays"},
	[DEPLOYCFG_LIMIT_SECRET_FILE] = {"secret_file", "bytes in one secret file"},
};

const char *dcfg_limit_field(enum deploycfg_limit limit)
{
	return limit_words[limit].field;
}

uint64_t dcfg_limit_max(enum deploycfg_limit limit)
{
	switch (limit) {
	case DEPLOYCFG_LIMIT_DEPTH:
		return DCFG_DEPTH_MAX;
	case DEPLOYCFG_LIMIT_PATH:
		return DCFG_PATH_MAX;
	case DEPLOYCFG_LIMIT_VALUE:
		return UINT32_MAX / 2;
	default:
		return UINT64_MAX;
	}
}

void dcfg_context_init(struct dcfg_context *context, const struct dcfg_limits *limits)
{
	*context = (struct dcfg_context){.limits = *limits};
	dcfg_arena_init(&context->arena);
	dcfg_vault_init(&context->vault);
	dcfg_intern_init(&context->names, &context->arena);
}

static int by_name(const void *left, const void *right)
{
	const struct dcfg_file_rank *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

/* Puts diagnostics in the order in which sources were read. */
static void sort_errors(struct dcfg_context *context)
{
	const struct dcfg_sources *sources = &context->sources;
	struct dcfg_file_rank *files;

	if (!context->errors || context->errors->count < 2 || context->arena.failed)
		return;
	files = dcfg_arena_alloc(&context->arena, sources->count * sizeof(*files));
	if (!files)
		return;
	for (size_t i = 0; i < sources->count; i++)
		files[i] = (struct dcfg_file_rank){sources->list[i].name.ptr, i};
	if (sources->count)
		qsort(files, sources->count, sizeof(*files), by_name);
	context->arena.failed |=
		!dcfg_errors_sort(context->errors, files, sources->count);
}

struct deploycfg_errors *dcfg_context_fini(struct dcfg_context *context)
{
	sort_errors(context);
	context->arena.failed |= context->vault.failed;
	if (context->arena.failed) { /* what else was reported may only follow from it */
		context->errors = deploycfg_errors_free(context->errors);
		dcfg_error_memory(&context->errors);
	}
	for (size_t i = 0; i < context->sources.count; i++)
		dcfg_free(context->sources.list[i].marks);
	dcfg_free(context->sources.list);
	dcfg_free(context->written);
	if (context->errors &&
	    context->errors->limit) /* it was this load's, not the list's */
		context->errors->limit = 0;
	dcfg_intern_fini(&context->names);
	if (context->has_secrets)
		dcfg_arena_wipe(&context->arena);
	dcfg_arena_fini(&context->arena);
	dcfg_arena_fini(&context->vault);
	return context->errors;
}

bool dcfg_failed(const struct dcfg_context *context)
{
	return context->arena.failed || context->vault.failed ||
	       deploycfg_errors_failed(context->errors);
}

/* A line so long is no help to anybody, and finding a column in it takes its time. */
#define EXCERPT_MAX ((size_t)64 * 1024)

struct dcfg_place dcfg_place_of(struct dcfg_context *context, struct dcfg_origin origin)
{
	struct dcfg_view line;
	struct dcfg_source *source;

	if (origin.source >= context->sources.count)
		return (struct dcfg_place){0};
	source = &context->sources.list[origin.source];
	line = dcfg_source_line(context, source, origin.line);
	if (line.len > EXCERPT_MAX)
		line.len = 0;
	return (struct dcfg_place){
		source->name.ptr, origin.line, origin.column, line,
		line.len &&
			(context->trust.privileged || /* they may be another user's */
			 dcfg_line_is_concealed(context, origin.source, origin.line))};
}

struct dcfg_place dcfg_place_for(struct dcfg_context *context,
				 enum deploycfg_status status, struct dcfg_origin origin)
{
	struct dcfg_place place = dcfg_place_of(context, origin);

	place.is_secret |=
		place.line_text.len && dcfg_line_is_doubtful(context, status, origin);
	return place;
}

bool dcfg_only_counts(struct dcfg_context *context, enum deploycfg_severity severity)
{
	struct deploycfg_errors *errors = context->errors;

	if (!errors || errors->out_of_memory ||
	    errors->count < context->limits.of[DEPLOYCFG_LIMIT_DIAGNOSTICS])
		return false;
	dcfg_errors_drop(errors, severity);
	return true;
}

static struct deploycfg_error *
report(struct dcfg_context *context, enum deploycfg_severity severity,
       enum deploycfg_status status, const struct dcfg_place *place, const char *key,
       const char *format, va_list arguments)
{
	struct deploycfg_error *error = dcfg_vdiag(&context->errors, severity, status,
						   place, key, format, arguments);

	if (error) /* and so the list is one that may be written to */
		context->errors->limit = context->limits.of[DEPLOYCFG_LIMIT_DIAGNOSTICS];
	return error;
}

struct deploycfg_error *
dcfg_report_at(struct dcfg_context *context, enum deploycfg_severity severity,
	       enum deploycfg_status status, const struct dcfg_place *place,
	       const char *key, const char *format, ...)
{
	struct deploycfg_error *error;
	va_list arguments;

	va_start(arguments, format);
	error = report(context, severity, status, place, key, format, arguments);
	va_end(arguments);
	return error;
}

struct deploycfg_error *
dcfg_report(struct dcfg_context *context, enum deploycfg_severity severity,
	    enum deploycfg_status status, struct dcfg_origin origin, const char *key,
	    const char *format, ...)
{
	struct dcfg_place place = dcfg_place_for(context, status, origin);
	struct deploycfg_error *error;
	va_list arguments;

	place.is_secret |= key && *key && place.line_text.len &&
			   dcfg_path_leads_to_secret(context, dcfg_view_text(key));
	va_start(arguments, format);
	error = report(context, severity, status, &place, key, format, arguments);
	va_end(arguments);
	dcfg_relate_namer(context, error, origin);
	return error;
}

void dcfg_relate_namer(struct dcfg_context *context, struct deploycfg_error *error,
		       struct dcfg_origin origin)
{
	const struct dcfg_origin *named_at =
		origin.source < context->sources.count
			? context->sources.list[origin.source].named_at
			: NULL;

	if (named_at)
		dcfg_relate(context, error, *named_at, "names it");
}

void dcfg_relate(struct dcfg_context *context, struct deploycfg_error *error,
		 struct dcfg_origin origin, const char *format, ...)
{
	struct dcfg_place place;
	va_list arguments;

	if (!error) /* and no line is looked for: many of these stay linear */
		return;
	place = dcfg_place_for(context, deploycfg_error_status(error), origin);
	va_start(arguments, format);
	dcfg_verror_related(error, &place, format, arguments);
	va_end(arguments);
}

bool dcfg_exceeds_at(struct dcfg_context *context, enum deploycfg_limit limit,
		     uint64_t amount, const struct dcfg_place *place, const char *key)
{
	uint64_t most = context->limits.of[limit];
	struct deploycfg_error *error = dcfg_fail_at(
		context, DEPLOYCFG_ERR_LIMIT, place, key,
		"%llu %s are more than the limit of %llu", (unsigned long long)amount,
		limit_words[limit].what, (unsigned long long)most);

	if (most < dcfg_limit_max(limit) &&
	    (!context->fixed_limits || limit == DEPLOYCFG_LIMIT_SOURCES))
		dcfg_error_hint(error,
				"if that is meant, raise `limits: {%s: ...}` in the "
				"manifest",
				limit_words[limit].field);
	return false;
}

bool dcfg_exceeds(struct dcfg_context *context, enum deploycfg_limit limit,
		  uint64_t amount, struct dcfg_origin origin, const char *key)
{
	struct dcfg_place place = dcfg_place_of(context, origin);

	return dcfg_exceeds_at(context, limit, amount, &place, key);
}
