/* SPDX-License-Identifier: ISC */
/* Breaking lines between words. Must not know what language the comment is in. */
#include "schema/words.h"

#include <string.h>

#define COLUMN_LAST 80

/* As many words as a line has room for; blanks at its end go. */
static size_t take_line(const char *text, size_t length, size_t room)
{
	size_t end = 0, at = 0;

	while (at < length) {
		while (at < length && text[at] == ' ')
			at++;
		while (at < length && text[at] != ' ')
			at++;
		if (end && at > room)
			return end;
		end = at;
	}
	return end;
}

static size_t width_of(const char *indent)
{
	size_t width = 0;

	for (; *indent; indent++)
		width += *indent == '\t' ? 8 : 1;
	return width;
}

static void begin(struct writer *out, const char *indent, const char *mark, bool empty)
{
	size_t length = strlen(mark);

	while (empty && length && mark[length - 1] == ' ')
		length--;
	tool_text(out, indent);
	tool_bytes(out, mark, length);
}

static void paragraph(struct writer *out, const char *indent, const char *mark,
		      const char *text, size_t length)
{
	size_t margin = width_of(indent) + strlen(mark);

	do {
		size_t taken = take_line(text, length, COLUMN_LAST - margin);

		begin(out, indent, mark, taken == 0);
		tool_escaped(out, &tool_escapes_show, text, taken);
		while (taken < length && text[taken] == ' ')
			taken++;
		text += taken;
		length -= taken;
		tool_text(out, length ? "\n" : "");
	} while (length);
}

void tool_words(struct writer *out, const char *indent, const char *mark,
		const char *text, size_t length)
{
	while (length) {
		const char *end = memchr(text, '\n', length);
		size_t line = end ? (size_t)(end - text) : length;

		paragraph(out, indent, mark, text, line);
		tool_text(out, end ? "\n" : "");
		line += end != NULL;
		text += line;
		length -= line;
	}
}
