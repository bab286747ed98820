/* SPDX-License-Identifier: ISC */
/* Makes diagnostics and keeps them in lists. Knows nothing of how they look; that is
 * diag_text.c. */
#include "base/error.h"

#include "base/mem.h"
#include "base/utf8.h"

#define MESSAGE_MAX 2048

const struct deploycfg_errors dcfg_errors_without_memory = {
	.failed = true,
	.out_of_memory = true,
};

const struct deploycfg_error dcfg_memory_error = {
	.status = DEPLOYCFG_ERR_MEMORY,
	.severity = DEPLOYCFG_ERROR,
	.file = "",
	.key = "",
	.message = "out of memory",
};

void dcfg_error_free(struct deploycfg_error *error)
{
	if (!error)
		return;
	for (size_t i = 0; i < error->related_count; i++)
		dcfg_error_free(error->related[i]);
	dcfg_free(error->related);
	dcfg_free(error->hint);
	dcfg_free(error->text.ptr);
	dcfg_free(error);
}

/* The list behind errors, which may be written to: made where there is none yet. */
static struct deploycfg_errors *list_of(struct deploycfg_errors **errors)
{
	bool without_memory = *errors == &dcfg_errors_without_memory;
	struct deploycfg_errors *list = *errors;

	if (list && !without_memory)
		return list;
	list = dcfg_alloc(sizeof(*list));
	if (list)
		*list = without_memory ? dcfg_errors_without_memory
				       : (struct deploycfg_errors){.failed = false};
	*errors = list ? list : (struct deploycfg_errors *)&dcfg_errors_without_memory;
	return list;
}

static void remember_memory(struct deploycfg_errors *list)
{
	if (list)
		list->out_of_memory = list->failed = true;
}

void dcfg_error_memory(struct deploycfg_errors **errors)
{
	if (errors)
		remember_memory(list_of(errors));
}

static size_t limit_of(const struct deploycfg_errors *list)
{
	return list->limit ? list->limit : DCFG_DIAGNOSTICS_MAX;
}

/* Takes a diagnostic over, or frees it where memory is out. */
static struct deploycfg_error *append(struct deploycfg_errors *list,
				      struct deploycfg_error *error)
{
	struct deploycfg_error **moved =
		error ? dcfg_grow(list->list, list->count, &list->capacity,
				  sizeof(*moved))
		      : NULL;

	if (!moved) {
		dcfg_error_free(error);
		remember_memory(list);
		return NULL;
	}
	list->list = moved;
	list->list[list->count++] = error;
	error->list = list;
	return error;
}

/* Formatted text. What is too long for a message is cut between two characters. */
static struct dcfg_view format_message(char buffer[MESSAGE_MAX], const char *format,
				       va_list arguments)
{
	int wanted = vsnprintf(buffer, MESSAGE_MAX, format, arguments);
	size_t len = wanted < 0 ? 0 : (size_t)wanted;

	if (len < MESSAGE_MAX)
		return dcfg_view(buffer, len);
	len = dcfg_utf8_cut(dcfg_view(buffer, len), MESSAGE_MAX - sizeof("...")).len;
	memcpy(buffer + len, "...", 3);
	return dcfg_view(buffer, len + 3);
}

static struct dcfg_view text_or_empty(const char *text)
{
	return dcfg_view_text(text ? text : "");
}

static size_t escaped_size(struct dcfg_view text)
{
	return dcfg_utf8_escape(NULL, 0, text) + 1;
}

/* Writes escaped text and moves on behind it. */
static const char *put_escaped(char **at, struct dcfg_view text)
{
	const char *begin = *at;

	*at += dcfg_utf8_escape(*at, escaped_size(text), text) + 1;
	return begin;
}

static struct deploycfg_error *error_new(const struct dcfg_place *place, const char *key,
					 struct dcfg_view message)
{
	struct dcfg_view file = text_or_empty(place ? place->name : NULL);
	struct dcfg_view path = text_or_empty(key);
	size_t size = escaped_size(file) + escaped_size(path) + escaped_size(message);
	struct deploycfg_error *error = dcfg_alloc(sizeof(*error) + size);
	char *at;

	if (!error)
		return NULL;
	at = (char *)(error + 1);
	*error = (struct deploycfg_error){.line = place ? place->line : 0,
					  .column = place ? place->column : 0};
	error->file = put_escaped(&at, file);
	error->key = put_escaped(&at, path);
	error->message = put_escaped(&at, message);
	return error;
}

/* Writes the text of a new diagnostic; without memory for that there is none. */
static struct deploycfg_error *finish(struct deploycfg_error *error,
				      const struct dcfg_place *place)
{
	if (!error)
		return NULL;
	dcfg_write_head(&error->text, error);
	if (place && error->severity != DEPLOYCFG_NOTE)
		dcfg_write_excerpt(&error->text, place);
	error->text_end = error->text.len;
	if (!error->text.failed)
		return error;
	dcfg_error_free(error);
	return NULL;
}

struct deploycfg_error *
dcfg_vdiag(struct deploycfg_errors **errors, enum deploycfg_severity severity,
	   enum deploycfg_status status, const struct dcfg_place *place, const char *key,
	   const char *format, va_list arguments)
{
	struct deploycfg_errors *list = errors ? list_of(errors) : NULL;
	struct deploycfg_error *error;
	char buffer[MESSAGE_MAX];

	if (!list)
		return NULL;
	list->failed |= severity == DEPLOYCFG_ERROR;
	if (list->count >= limit_of(list)) {
		list->dropped++;
		return NULL;
	}
	error = error_new(place, key, format_message(buffer, format, arguments));
	if (error) {
		error->severity = severity;
		error->status = status;
	}
	return append(list, finish(error, place));
}

struct deploycfg_error *
dcfg_diag(struct deploycfg_errors **errors, enum deploycfg_severity severity,
	  enum deploycfg_status status, const struct dcfg_place *place, const char *key,
	  const char *format, ...)
{
	struct deploycfg_error *error;
	va_list arguments;

	va_start(arguments, format);
	error = dcfg_vdiag(errors, severity, status, place, key, format, arguments);
	va_end(arguments);
	return error;
}

/* The hint, which stays last of the text; the list hears of lack of memory. */
static void write_hint(struct deploycfg_error *error)
{
	if (error->hint)
		dcfg_buffer_printf(&error->text, "  hint: %s\n", error->hint);
	if (error->text.failed)
		remember_memory(error->list);
}

static struct deploycfg_error *note_new(const struct dcfg_place *place,
					struct dcfg_view message)
{
	struct deploycfg_error *note = error_new(place, NULL, message);

	if (note)
		note->severity = DEPLOYCFG_NOTE;
	return finish(note, NULL);
}

/* Takes a note over, or frees it and returns false where memory is out. */
static bool append_note(struct deploycfg_error *error, struct deploycfg_error *note)
{
	struct deploycfg_error **moved =
		note ? dcfg_grow(error->related, error->related_count,
				 &error->related_capacity, sizeof(*moved))
		     : NULL;

	if (!moved) {
		dcfg_error_free(note);
		return false;
	}
	error->related = moved;
	error->related[error->related_count++] = note;
	return true;
}

void dcfg_verror_related(struct deploycfg_error *error, const struct dcfg_place *place,
			 const char *format, va_list arguments)
{
	struct deploycfg_error *note;
	char buffer[MESSAGE_MAX];

	if (!error)
		return;
	note = note_new(place, format_message(buffer, format, arguments));
	if (!append_note(error, note)) {
		remember_memory(error->list);
		return;
	}
	dcfg_buffer_cut(&error->text, error->text_end);
	dcfg_buffer_printf(&error->text, "  %s", note->text.ptr);
	error->text_end = error->text.len;
	write_hint(error);
}

void dcfg_error_related(struct deploycfg_error *error, const struct dcfg_place *place,
			const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	dcfg_verror_related(error, place, format, arguments);
	va_end(arguments);
}

void dcfg_error_hint(struct deploycfg_error *error, const char *format, ...)
{
	char buffer[MESSAGE_MAX];
	struct dcfg_view text;
	va_list arguments;
	char *hint;

	if (!error)
		return;
	va_start(arguments, format);
	text = format_message(buffer, format, arguments);
	va_end(arguments);
	hint = dcfg_alloc(escaped_size(text));
	if (!hint) {
		remember_memory(error->list);
		return;
	}
	dcfg_utf8_escape(hint, escaped_size(text), text);
	dcfg_free(error->hint);
	error->hint = hint;
	dcfg_buffer_cut(&error->text, error->text_end);
	write_hint(error);
}

void dcfg_errors_free(struct deploycfg_errors *list)
{
	if (!list || list == &dcfg_errors_without_memory)
		return;
	for (size_t i = 0; i < list->count; i++)
		dcfg_error_free(list->list[i]);
	dcfg_free(list->list);
	dcfg_free(list);
}

/* A diagnostic and where it belongs. */
struct sorted {
	struct deploycfg_error *error;
	size_t file, order;
};

static int by_place(const void *a, const void *b)
{
	const struct sorted *left = a, *right = b;

	if (left->file != right->file)
		return left->file < right->file ? -1 : 1;
	if (left->error->line != right->error->line)
		return left->error->line < right->error->line ? -1 : 1;
	if (left->error->column != right->error->column)
		return left->error->column < right->error->column ? -1 : 1;
	return (left->order > right->order) - (left->order < right->order);
}

/* The number of the first diagnostic that names the same file. */
static size_t first_of_file(const struct sorted *sorted, size_t count, const char *file)
{
	for (size_t i = count; i-- > 0;)
		if (!strcmp(sorted[i].error->file, file))
			return sorted[i].file;
	return count;
}

bool dcfg_errors_sort(struct deploycfg_errors *list)
{
	struct sorted *sorted;

	if (!list || list->count < 2)
		return true;
	sorted = dcfg_alloc(list->count * sizeof(*sorted));
	if (!sorted)
		return false;
	for (size_t i = 0; i < list->count; i++)
		sorted[i] = (struct sorted){
			list->list[i], first_of_file(sorted, i, list->list[i]->file), i};
	qsort(sorted, list->count, sizeof(*sorted), by_place);
	for (size_t i = 0; i < list->count; i++)
		list->list[i] = sorted[i].error;
	dcfg_free(sorted);
	return true;
}

/* Moves as many diagnostics as the limit allows; the others are counted. */
static void move_all(struct deploycfg_errors *into, struct deploycfg_errors *from)
{
	if (limit_of(from) > limit_of(into))
		into->limit = from->limit;
	into->dropped += from->dropped;
	for (size_t i = 0; i < from->count; i++) {
		if (into->count < limit_of(into)) {
			append(into, from->list[i]);
		} else {
			dcfg_error_free(from->list[i]);
			into->dropped++;
		}
	}
	from->count = 0;
	into->failed |= from->failed;
	into->out_of_memory |= from->out_of_memory;
}

void dcfg_errors_move(struct deploycfg_errors **into, struct deploycfg_errors *from)
{
	if (!from)
		return;
	if (from == &dcfg_errors_without_memory) {
		dcfg_error_memory(into);
	} else if (!into) {
		dcfg_errors_free(from);
	} else if (*into && *into != &dcfg_errors_without_memory) {
		move_all(*into, from);
		dcfg_errors_free(from);
	} else {
		if (*into)
			remember_memory(from);
		*into = from;
	}
}
