/* SPDX-License-Identifier: ISC */
/*
 * How a diagnostic looks: the one formatter. Knows nothing of lists, nor of what went
 * wrong.
 *
 *	production.yaml:3:9: error[wrong-type]: server.port: expected an int, found 'x'
 *	    3 |   port: x
 *	      |         ^
 */
#include "base/error.h"

#include "base/mem.h"
#include "base/utf8.h"

#define EXCERPT_COLUMNS 100 /* of a line are shown, */
#define EXCERPT_BEFORE 60   /* of these at most so many before the caret */

/* Room for len more bytes and a NUL. */
static bool buffer_reserve(struct dcfg_text_buffer *buffer, size_t len)
{
	size_t wanted = buffer->capacity ? buffer->capacity : 256;
	char *moved;

	if (buffer->failed || len < buffer->capacity - buffer->len)
		return !buffer->failed;
	while (wanted - buffer->len <= len)
		wanted *= 2;
	moved = dcfg_resize(buffer->ptr, wanted);
	if (!moved) {
		buffer->failed = true;
		return false;
	}
	buffer->ptr = moved;
	buffer->capacity = wanted;
	return true;
}

void dcfg_buffer_add(struct dcfg_text_buffer *buffer, struct dcfg_view text)
{
	if (!buffer_reserve(buffer, text.len))
		return;
	if (text.len)
		memcpy(buffer->ptr + buffer->len, text.ptr, text.len);
	buffer->len += text.len;
	buffer->ptr[buffer->len] = '\0';
}

void dcfg_buffer_printf(struct dcfg_text_buffer *buffer, const char *format, ...)
{
	va_list arguments;
	int len;

	va_start(arguments, format);
	len = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (len < 0 || !buffer_reserve(buffer, (size_t)len))
		return;
	va_start(arguments, format);
	(void)vsnprintf(buffer->ptr + buffer->len, (size_t)len + 1, format, arguments);
	va_end(arguments);
	buffer->len += (size_t)len;
}

void dcfg_buffer_cut(struct dcfg_text_buffer *buffer, size_t len)
{
	if (!buffer->ptr)
		return;
	buffer->len = len;
	buffer->ptr[len] = '\0';
}

const char *dcfg_status_code(enum deploycfg_status status)
{
	switch (status) {
#define STATUS_CASE(number, name, code)                                                  \
	case DEPLOYCFG_##name:                                                           \
		return code;
		DEPLOYCFG_STATUS_MAP(STATUS_CASE)
#undef STATUS_CASE
	case DEPLOYCFG_STATUS_MAX_:
		break;
	}
	return "";
}

static void write_place(struct dcfg_text_buffer *text,
			const struct deploycfg_error *error)
{
	if (!*error->file)
		return;
	dcfg_buffer_add(text, dcfg_view_text(error->file));
	if (error->line)
		dcfg_buffer_printf(text, ":%u", (unsigned)error->line);
	if (error->line && error->column)
		dcfg_buffer_printf(text, ":%u", (unsigned)error->column);
	dcfg_buffer_add(text, DCFG_VIEW(": "));
}

void dcfg_write_head(struct dcfg_text_buffer *text, const struct deploycfg_error *error)
{
	static const char *const severities[] = {"error", "warning", "note"};

	write_place(text, error);
	dcfg_buffer_add(text, dcfg_view_text(severities[error->severity]));
	if (error->status != DEPLOYCFG_OK)
		dcfg_buffer_printf(text, "[%s]", dcfg_status_code(error->status));
	dcfg_buffer_printf(text, ": %s%s%s\n", error->key, *error->key ? ": " : "",
			   error->message);
}

static bool begins_character(char byte)
{
	return ((unsigned char)byte & 0xc0) != 0x80;
}

/* The character that begins at an offset, as it is shown: a tab is one blank. */
static size_t show(char shown[16], struct dcfg_view line, size_t at, size_t *length)
{
	uint32_t code;

	*length = dcfg_utf8_decode(dcfg_view_skip(line, at), &code);
	if (code == '\t') {
		memcpy(shown, " ", 2);
		return 1;
	}
	return dcfg_utf8_escape(shown, 16, dcfg_view(line.ptr + at, *length));
}

/* East Asian characters and pictures take two columns, combining marks none. */
static size_t width_of(uint32_t code)
{
	static const struct {
		uint32_t first, last, width;
	} ranges[] = {
		{0x0300, 0x036f, 0},   {0x1100, 0x115f, 2},   {0x20d0, 0x20f0, 0},
		{0x2e80, 0x303e, 2},   {0x3041, 0xa4cf, 2},   {0xac00, 0xd7a3, 2},
		{0xf900, 0xfaff, 2},   {0xfe20, 0xfe2f, 0},   {0xfe30, 0xfe6f, 2},
		{0xff01, 0xff60, 2},   {0xffe0, 0xffe6, 2},   {0x1f300, 0x1f64f, 2},
		{0x1f680, 0x1f6ff, 2}, {0x1f900, 0x1f9ff, 2}, {0x20000, 0x3fffd, 2},
	};

	for (size_t i = 0; code >= 0x300 && i < DCFG_COUNT(ranges); i++) {
		if (code <= ranges[i].last)
			return code < ranges[i].first ? 1 : ranges[i].width;
	}
	return 1;
}

/* How many columns of a terminal a shown character takes. */
static size_t width(const char *shown, size_t length)
{
	uint32_t code;

	if (dcfg_utf8_decode(dcfg_view(shown, length), &code) == length)
		return width_of(code);
	return length; /* an escape */
}

/* Where the part to be shown begins: in a short line at its start, else some columns
 * before `at`. */
static size_t window_begin(struct dcfg_view line, size_t at)
{
	size_t columns = 0;

	if (line.len <= EXCERPT_COLUMNS)
		return 0;
	while (at > 0) {
		size_t before = at - 1, length;
		char shown[16];

		while (before > 0 && at - before < 4 &&
		       !begins_character(line.ptr[before]))
			before--;
		columns += width(shown, show(shown, line, before, &length));
		if (columns > EXCERPT_BEFORE)
			break;
		at = before;
	}
	return at;
}

/* Writes the part of a line that is shown; returns the column of the offset `mark` in
 * it. */
static size_t write_window(struct dcfg_text_buffer *text, struct dcfg_view line,
			   size_t mark)
{
	size_t at = window_begin(line, mark), columns = 0, caret = 0, length;

	if (at > 0) {
		dcfg_buffer_add(text, DCFG_VIEW("..."));
		columns = 3;
	}
	for (; at < line.len && columns < EXCERPT_COLUMNS; at += length) {
		char shown[16];
		size_t shown_length = show(shown, line, at, &length);

		if (at <= mark)
			caret = columns;
		columns += width(shown, shown_length);
		dcfg_buffer_add(text, dcfg_view(shown, shown_length));
	}
	if (at <= mark)
		caret = columns;
	if (at < line.len)
		dcfg_buffer_add(text, DCFG_VIEW("..."));
	return caret;
}

static struct dcfg_view without_line_end(struct dcfg_view line)
{
	while (line.len &&
	       (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
		line.len--;
	return line;
}

void dcfg_write_excerpt(struct dcfg_text_buffer *text, const struct dcfg_place *place)
{
	struct dcfg_view line = without_line_end(place->line_text);
	size_t mark, caret, gutter;

	if (!line.len || !place->line)
		return;
	if (place->is_secret) {
		dcfg_buffer_printf(text, DCFG_HIDDEN_LINE, (unsigned)place->line);
		return;
	}
	mark = place->column ? dcfg_utf8_bytes(line, place->column - 1) : 0;
	gutter = text->len;
	dcfg_buffer_printf(text, "%5u ", (unsigned)place->line);
	gutter = text->len - gutter;
	dcfg_buffer_add(text, DCFG_VIEW("| "));
	caret = write_window(text, line, mark);
	dcfg_buffer_add(text, DCFG_VIEW("\n"));
	if (place->column)
		dcfg_buffer_printf(text, "%*s| %*s^\n", (int)gutter, "", (int)caret, "");
}
