/* SPDX-License-Identifier: ISC */
/* Makes diagnostics and what belongs to each. Knows nothing of how they look, which is
 * diag_text.c, nor of those beside it, which is diag_list.c. */
#include "base/error.h"

#include "base/mem.h"
#include "base/utf8.h"

#define MESSAGE_MAX 2048

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
	dcfg_free(error->expected);
	dcfg_free(error->hint);
	dcfg_free(error->text.ptr);
	dcfg_free(error);
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
	error->head_end = error->text.len;
	if (place && error->severity != DEPLOYCFG_NOTE)
		dcfg_write_excerpt(&error->text, place);
	error->excerpt_end = error->text_end = error->text.len;
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
	struct deploycfg_errors *list = errors ? dcfg_errors_list(errors) : NULL;
	struct deploycfg_error *error;
	char buffer[MESSAGE_MAX];

	if (!list)
		return NULL;
	if (dcfg_errors_full(list)) {
		dcfg_errors_drop(list, severity);
		return NULL;
	}
	list->failed |= severity == DEPLOYCFG_ERROR;
	error = error_new(place, key, format_message(buffer, format, arguments));
	if (error) {
		error->severity = severity;
		error->status = status;
	}
	return dcfg_errors_append(list, finish(error, place));
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
		dcfg_errors_remember(error->list);
}

static void write_note(struct deploycfg_error *error, const struct deploycfg_error *note)
{
	dcfg_buffer_printf(&error->text, "  %s", note->text.ptr);
	error->text_end = error->text.len;
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
		dcfg_errors_remember(error->list);
		return;
	}
	dcfg_buffer_cut(&error->text, error->text_end);
	write_note(error, note);
	write_hint(error);
}

void dcfg_error_rewrite(struct deploycfg_error *error)
{
	dcfg_buffer_cut(&error->text, error->excerpt_end);
	for (size_t i = 0; i < error->related_count; i++)
		write_note(error, error->related[i]);
	write_hint(error);
}

void dcfg_error_hide_line(struct deploycfg_error *error)
{
	const struct dcfg_place place = {.line = error ? error->line : 0,
					 .line_text = DCFG_VIEW("-"),
					 .is_secret = true};

	if (!error || error->excerpt_end == error->head_end)
		return;
	dcfg_buffer_cut(&error->text, error->head_end);
	dcfg_write_excerpt(&error->text, &place);
	error->excerpt_end = error->text_end = error->text.len;
	dcfg_error_rewrite(error);
}

void dcfg_error_related(struct deploycfg_error *error, const struct dcfg_place *place,
			const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	dcfg_verror_related(error, place, format, arguments);
	va_end(arguments);
}

/* Replaces a text of the diagnostic, or leaves it where memory is out. */
static void set_text(struct deploycfg_error *error, char **text, const char *format,
		     va_list arguments)
{
	char buffer[MESSAGE_MAX];
	struct dcfg_view view = format_message(buffer, format, arguments);
	char *copy = dcfg_alloc(escaped_size(view));

	if (!copy) {
		dcfg_errors_remember(error->list);
		return;
	}
	dcfg_utf8_escape(copy, escaped_size(view), view);
	dcfg_free(*text);
	*text = copy;
}

void dcfg_error_expected(struct deploycfg_error *error, const char *format, ...)
{
	va_list arguments;

	if (!error)
		return;
	va_start(arguments, format);
	set_text(error, &error->expected, format, arguments);
	va_end(arguments);
}

void dcfg_error_hint(struct deploycfg_error *error, const char *format, ...)
{
	va_list arguments;

	if (!error)
		return;
	va_start(arguments, format);
	set_text(error, &error->hint, format, arguments);
	va_end(arguments);
	dcfg_buffer_cut(&error->text, error->text_end);
	write_hint(error);
}
