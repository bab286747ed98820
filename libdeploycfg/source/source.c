/* SPDX-License-Identifier: ISC */
/* One source: its bytes, read once, and the reader of its syntax, of which it must know
 * nothing. */
#include "source/source.h"

#include "base/file.h"
#include "base/look.h"
#include "model/distrust.h"

/* Room that a text's tree takes, by experience, in bytes of arena per byte of text. */
#define ROOM_PER_BYTE 12

static struct dcfg_origin whole(uint32_t source)
{
	return dcfg_origin(source, 0, 0);
}

/* Bytes that one more file may have. */
static uint64_t room_for(const struct dcfg_context *context)
{
	uint64_t one = context->limits.of[DEPLOYCFG_LIMIT_FILE];
	uint64_t all = context->limits.of[DEPLOYCFG_LIMIT_TOTAL];
	uint64_t rest = all > context->bytes ? all - context->bytes : 0;

	return one < rest ? one : rest;
}

/* Which limit is too near is told apart; else it is the memory of this machine. */
static void report_size(struct dcfg_context *context, uint32_t source, uint64_t size)
{
	uint64_t one = context->limits.of[DEPLOYCFG_LIMIT_FILE];
	uint64_t all = context->limits.of[DEPLOYCFG_LIMIT_TOTAL];
	enum deploycfg_limit limit =
		size > one ? DEPLOYCFG_LIMIT_FILE : DEPLOYCFG_LIMIT_TOTAL;
	struct deploycfg_error *error;

	if (size <= one && all >= context->bytes && size <= all - context->bytes) {
		error = dcfg_fail(context, DEPLOYCFG_ERR_TOO_BIG, whole(source), NULL,
				  "has %llu bytes, more than memory can hold",
				  (unsigned long long)size);
		dcfg_error_hint(error, "check that it is a configuration file");
		return;
	}
	if (size > one)
		error = dcfg_fail(
			context, DEPLOYCFG_ERR_TOO_BIG, whole(source), NULL,
			"has %llu bytes, more than the limit of %llu for one file",
			(unsigned long long)size, (unsigned long long)one);
	else
		error = dcfg_fail(
			context, DEPLOYCFG_ERR_TOO_BIG, whole(source), NULL,
			"has %llu bytes, and with the %llu read before that is more than "
			"the limit of %llu for all files",
			(unsigned long long)size, (unsigned long long)context->bytes,
			(unsigned long long)all);
	dcfg_error_hint(error,
			"check that it is a configuration file; if it is, raise "
			"`limits: {%s: ...}` in the manifest",
			dcfg_limit_field(limit));
}

/* Takes bytes from what may be read in all. */
static bool check_size(struct dcfg_context *context, uint32_t source, uint64_t size)
{
	if (size > room_for(context)) {
		report_size(context, source, size);
		return false;
	}
	context->bytes += size;
	return true;
}

/* Missing where nobody insists on it is no error. */
static bool report_missing(struct dcfg_context *context, uint32_t source)
{
	struct dcfg_source *entry = &context->sources.list[source];
	struct deploycfg_error *error;

	if (!entry->named) {
		dcfg_source_miss(context, entry,
				 dcfg_look(entry->name.ptr) == DCFG_LOOK_DANGLING);
		return true;
	}
	entry->state = DEPLOYCFG_SOURCE_MISSING;
	error = dcfg_fail(context, DEPLOYCFG_ERR_NOT_FOUND, whole(source), NULL,
			  "does not exist");
	dcfg_error_hint(error, "check the path, and the directory it starts from");
	return false;
}

static bool report_state(struct dcfg_context *context, uint32_t source,
			 const struct dcfg_file *file)
{
	struct deploycfg_error *error;
	struct dcfg_place place;

	switch (file->state) {
	case DCFG_FILE_OK:
		return true;
	case DCFG_FILE_MISSING:
		return report_missing(context, source);
	case DCFG_FILE_NOT_REGULAR:
		dcfg_fail(context, DEPLOYCFG_ERR_NOT_REGULAR, whole(source), NULL,
			  "is %s, not a regular file", file->kind);
		return false;
	case DCFG_FILE_PERMISSION:
		error = dcfg_fail(context, DEPLOYCFG_ERR_PERMISSION, whole(source), NULL,
				  "may not be read by this user");
		dcfg_error_hint(
			error,
			"check the owner and mode of the file and its directories");
		return false;
	case DCFG_FILE_UNTRUSTED:
		place = dcfg_place_of(context, whole(source));
		dcfg_report_distrust(context, &place, NULL, &file->suspect);
		return false;
	case DCFG_FILE_TOO_BIG:
		report_size(context, source, file->size);
		return false;
	case DCFG_FILE_ESCAPES:
	case DCFG_FILE_FAILED:
		if (!context->arena.failed)
			dcfg_fail(context, DEPLOYCFG_ERR_IO, whole(source), NULL,
				  "could not be read: %s", file->reason);
		return false;
	}
	return false;
}

/* The source's text; true without one where it is missing and need not be there. */
static bool read_file(struct dcfg_context *context, uint32_t source)
{
	struct dcfg_file file =
		dcfg_file_read(&context->arena, context->sources.list[source].name.ptr,
			       room_for(context), &context->trust);

	if (!report_state(context, source, &file))
		return false;
	context->sources.list[source].text = file.text;
	return true;
}

bool dcfg_source_trust(struct dcfg_context *context, uint32_t source)
{
	struct dcfg_view before = context->sources.list[source].text;
	struct dcfg_file file =
		dcfg_file_read(&context->arena, context->sources.list[source].name.ptr,
			       room_for(context), &context->trust);

	if (!report_state(context, source, &file))
		return false;
	if (!dcfg_view_equal(before, file.text))
		dcfg_fail(context, DEPLOYCFG_ERR_IO, whole(source), NULL,
			  "changed while it was being read");
	return dcfg_view_equal(before, file.text);
}

static struct dcfg_layer empty_layer(struct dcfg_context *context, uint32_t source)
{
	return (struct dcfg_layer){
		.root = dcfg_node_uncounted(context, DEPLOYCFG_MAP, whole(source))};
}

bool dcfg_source_count(struct dcfg_context *context, uint32_t source)
{
	uint64_t limit = context->limits.of[DEPLOYCFG_LIMIT_SOURCES];

	if (context->files++ == limit)
		dcfg_exceeds(context, DEPLOYCFG_LIMIT_SOURCES, context->files,
			     whole(source), NULL);
	return context->files <= limit;
}

bool dcfg_source_load(struct dcfg_context *context, uint32_t source)
{
	if (!dcfg_source_count(context, source))
		return false;
	if (context->sources.list[source].kind == DEPLOYCFG_SOURCE_FILE &&
	    !context->sources.list[source].empty && !read_file(context, source))
		return false;
	return check_size(context, source, context->sources.list[source].text.len);
}

bool dcfg_is_conflict_mark(struct dcfg_view line)
{
	static const char *const marks[] = {"<<<<<<< ", "||||||| ", ">>>>>>> "};

	for (size_t i = 0; i < DCFG_COUNT(marks); i++)
		if (dcfg_view_starts(line, dcfg_view_text(marks[i])))
			return true;
	return false;
}

bool dcfg_source_read(struct dcfg_context *context, uint32_t source,
		      struct dcfg_layer *layer)
{
	struct dcfg_source entry;

	*layer = (struct dcfg_layer){.loss = DCFG_LOST_KEYS};
	if (!dcfg_source_load(context, source))
		return false;
	*layer = (struct dcfg_layer){0};
	entry = context->sources.list[source];
	if (entry.empty || entry.state == DEPLOYCFG_SOURCE_MISSING) {
		*layer = empty_layer(context, source);
		return layer->root != NULL;
	}
	if (entry.text.len < SIZE_MAX / ROOM_PER_BYTE)
		dcfg_arena_reserve(&context->arena, entry.text.len * ROOM_PER_BYTE);
	return entry.syntax == DEPLOYCFG_INI
		       ? dcfg_ini_read(context, source, entry.text, layer)
		       : dcfg_yaml_read(context, source, entry.text, layer);
}
