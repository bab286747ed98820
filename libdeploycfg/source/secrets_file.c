/* SPDX-License-Identifier: ISC */
/* The content of one secret file as a text node. Knows no directories and no keys. Messages never
 * hold a byte of it. */
#include "base/utf8.h"
#include "model/distrust.h"
#include "source/secrets_parts.h"
#include "source/source.h"

static struct dcfg_origin whole(uint32_t source)
{
	return dcfg_origin(source, 0, 0);
}

uint64_t dcfg_secret_room(const struct dcfg_context *context)
{
	uint64_t one = context->limits.of[DEPLOYCFG_LIMIT_SECRET_FILE];
	uint64_t all = context->limits.of[DEPLOYCFG_LIMIT_TOTAL];
	uint64_t rest = all > context->bytes ? all - context->bytes : 0;

	return one < rest ? one : rest;
}

#define fail(status, ...)                                                                \
	dcfg_fail(context, DEPLOYCFG_ERR_##status, whole(use->source), use->key,         \
		  __VA_ARGS__)

static void report_size(struct dcfg_context *context, const struct dcfg_secret_use *use,
			uint64_t size)
{
	uint64_t one = context->limits.of[DEPLOYCFG_LIMIT_SECRET_FILE];
	struct deploycfg_error *error;

	if (size > one) {
		error = fail(TOO_BIG,
			     "has %llu bytes, more than the limit of %llu for one secret "
			     "file",
			     (unsigned long long)size, (unsigned long long)one);
		dcfg_error_hint(error, "check that it is the right file; if it is, raise "
				       "`limits: {secret_file: ...}` in the manifest");
		return;
	}
	error = fail(TOO_BIG,
		     "has %llu bytes, and with the %llu read before that is more than "
		     "the limit of %llu for all files",
		     (unsigned long long)size, (unsigned long long)context->bytes,
		     (unsigned long long)context->limits.of[DEPLOYCFG_LIMIT_TOTAL]);
	dcfg_error_hint(error, "check that it is the right file; if it is, raise "
			       "`limits: {total: ...}` in the manifest");
}

static void report_missing(struct dcfg_context *context,
			   const struct dcfg_secret_use *use)
{
	struct deploycfg_error *error = fail(NOT_FOUND, "does not exist");

	context->sources.list[use->source].state = DEPLOYCFG_SOURCE_MISSING;
	dcfg_error_hint(error, "check the path, or unset the variable that names it");
}

static void report_kind(struct dcfg_context *context, const struct dcfg_secret_use *use,
			const char *kind)
{
	struct deploycfg_error *error =
		fail(NOT_REGULAR, "is %s, not a regular file", kind);

	dcfg_error_hint(error, "put a file there that holds the value and nothing else");
}

static void report_permission(struct dcfg_context *context,
			      const struct dcfg_secret_use *use)
{
	struct deploycfg_error *error = fail(PERMISSION, "may not be read by this user");

	dcfg_error_hint(error,
			"check the owner and mode of the file and its directories");
}

static void report_escape(struct dcfg_context *context, const struct dcfg_secret_use *use)
{
	struct deploycfg_error *error =
		fail(ESCAPE, "is a link that leads out of its directory of secrets");

	dcfg_error_hint(error, "put the file itself there; a link to another file in the "
			       "directory must be relative");
}

/* What did not read. */
static void report(struct dcfg_context *context, const struct dcfg_secret_use *use,
		   const struct dcfg_file *file)
{
	const struct dcfg_place place = dcfg_place_of(context, whole(use->source));

	switch (file->state) {
	case DCFG_FILE_MISSING:
		report_missing(context, use);
		return;
	case DCFG_FILE_NOT_REGULAR:
		report_kind(context, use, file->kind);
		return;
	case DCFG_FILE_PERMISSION:
		report_permission(context, use);
		return;
	case DCFG_FILE_TOO_BIG:
		report_size(context, use, file->size);
		return;
	case DCFG_FILE_UNTRUSTED:
		dcfg_relate_namer(
			context,
			dcfg_report_distrust(context, &place, use->key, &file->suspect),
			whole(use->source));
		return;
	case DCFG_FILE_ESCAPES:
		report_escape(context, use);
		return;
	case DCFG_FILE_OK:
	case DCFG_FILE_FAILED:
		break;
	}
	if (!context->arena.failed && !context->vault.failed)
		fail(IO, "could not be read: %s", file->reason);
}

/* Whoever writes a secret with an editor or `echo` ends it with a line end, which is not meant. */
static struct dcfg_view strip(struct dcfg_view text)
{
	text.len -= text.len && text.ptr[text.len - 1] == '\n';
	((char *)text.ptr)[text.len] = '\0'; /* it is ours, and as long as it was read */
	return text;
}

/* Where it is wrong is told, and not what stands there. */
static void report_bytes(struct dcfg_context *context, const struct dcfg_secret_use *use,
			 struct dcfg_view text)
{
	const char *nul = memchr(text.ptr, '\0', text.len);
	size_t valid = dcfg_utf8_check(text);
	struct deploycfg_error *error;

	if (nul && (size_t)(nul - text.ptr) < valid)
		error = fail(ENCODING, "holds a NUL, at byte %zu",
			     (size_t)(nul - text.ptr) + 1);
	else
		error = fail(ENCODING, "is not valid UTF-8, from byte %zu on", valid + 1);
	dcfg_error_hint(error, "a value is text: write binary ones as base64");
}

static bool is_text(struct dcfg_view text)
{
	return !memchr(text.ptr, '\0', text.len) && dcfg_utf8_check(text) == text.len;
}

/* Only where the key holds a list brackets are YAML. */
static struct dcfg_node *make_node(struct dcfg_context *context,
				   const struct dcfg_secret_use *use,
				   struct dcfg_view text)
{
	struct dcfg_node *node = dcfg_text_new(context, text, false, whole(use->source));

	if (!node)
		return NULL;
	node->flags |= DCFG_IS_SECRET;
	if (use->takes_list)
		dcfg_yaml_flow(context, node, whole(use->source));
	return node;
}

static void warn_empty(struct dcfg_context *context, const struct dcfg_secret_use *use)
{
	dcfg_error_hint(dcfg_warn(context, DEPLOYCFG_ERR_VALUE, whole(use->source),
				  use->key, "is empty, and gives an empty text"),
			"write the secret into it, or remove it");
}

static void warn_return(struct dcfg_context *context, const struct dcfg_secret_use *use)
{
	dcfg_error_hint(
		dcfg_warn(context, DEPLOYCFG_ERR_VALUE, whole(use->source), use->key,
			  "ends in a carriage return, which is part of the value"),
		"end the file with a line feed alone");
}

struct dcfg_node *dcfg_secret_node(struct dcfg_context *context,
				   const struct dcfg_file *file,
				   const struct dcfg_secret_use *use)
{
	struct dcfg_view text = file->text;
	bool good = file->state == DCFG_FILE_OK;

	if (!good) {
		report(context, use, file);
	} else {
		context->has_secrets = true;
		text = strip(text);
		good = is_text(text);
		if (!good)
			report_bytes(context, use, text);
		else if (!text.len)
			warn_empty(context, use);
		else if (text.ptr[text.len - 1] == '\r')
			warn_return(context, use);
	}
	return good ? make_node(context, use, text)
		    : dcfg_node_unread(context, whole(use->source));
}

/* For those who have only the image. */
static struct dcfg_view reason_for(struct dcfg_context *context,
				   struct dcfg_origin named_at)
{
	const char *name = context->sources.list[named_at.source].name.ptr;

	if (!named_at.line)
		return dcfg_arena_printf(&context->arena, "%s names it", name);
	return dcfg_arena_printf(&context->arena, "%s:%u:%u names it", name,
				 named_at.line, named_at.column);
}

static uint32_t add_source(struct dcfg_context *context, struct dcfg_view path,
			   struct dcfg_origin named_at)
{
	struct dcfg_origin *place = dcfg_arena_alloc(&context->arena, sizeof(*place));
	struct dcfg_source source = {
		.name = dcfg_arena_copy(&context->arena, path),
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_VARIABLES),
		.reason = reason_for(context, named_at),
		.layer = DEPLOYCFG_LAYER_VARIABLES,
		.kind = DEPLOYCFG_SOURCE_FILE,
		.named = true,
		.named_at = place,
	};

	if (place)
		*place = named_at;
	return source.name.ptr ? dcfg_source_add(context, &source) : UINT32_MAX;
}

struct dcfg_node *dcfg_secret_file(struct dcfg_context *context, struct dcfg_view path,
				   const char *key, struct dcfg_origin named_at)
{
	struct dcfg_secret_use use = {key, UINT32_MAX, false};
	const struct dcfg_trust trust = dcfg_secret_trust(context);
	struct dcfg_file file;

	/* It is not quoted: whoever mistakes the variable gives it the secret itself. */
	if (!path.len || *path.ptr != '/') {
		dcfg_error_hint(dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE, named_at, key,
					  "it is no whole path of a file: it does not "
					  "begin with '/'"),
				"write the path from / on; the value itself belongs into "
				"the variable without __FILE");
		return dcfg_node_unread(context, named_at);
	}
	use.source = add_source(context, path, named_at);
	if (use.source == UINT32_MAX || !dcfg_source_count(context, use.source))
		return NULL;
	file = dcfg_file_read(&context->vault, context->sources.list[use.source].name.ptr,
			      dcfg_secret_room(context), &trust);
	context->bytes += file.text.len;
	return dcfg_secret_node(context, &file, &use);
}
