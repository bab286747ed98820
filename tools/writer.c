/* SPDX-License-Identifier: ISC */
/* Writing and escaping. Must not know what is written. */
#include "writer.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(struct text *text, size_t length)
{
	size_t wanted = 2 * text->capacity + length;
	char *moved;

	if (length <= text->capacity - text->length)
		return true;
	moved = text->failed ? NULL : realloc(text->bytes, wanted);
	text->failed = !moved;
	if (!moved)
		return false;
	text->bytes = moved;
	text->capacity = wanted;
	return true;
}

static void append(struct text *text, const char *bytes, size_t length)
{
	if (!length || !reserve(text, length))
		return;
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
}

void tool_bytes(struct writer *out, const char *bytes, size_t length)
{
	if (out->file)
		fwrite(bytes, 1, length, out->file);
	if (out->text)
		append(out->text, bytes, length);
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '\n')
			out->column = 0;
		else
			out->column += ((unsigned char)bytes[i] & 0xc0) != 0x80;
	}
}

void tool_text(struct writer *out, const char *text)
{
	tool_bytes(out, text, strlen(text));
}

void tool_texts(struct writer *out, const char *const *texts)
{
	for (; *texts; texts++)
		tool_text(out, *texts);
}

void tool_number(struct writer *out, size_t number)
{
	char buffer[24];
	int length = snprintf(buffer, sizeof(buffer), "%zu", number);

	tool_bytes(out, buffer, (size_t)length);
}

void tool_pad(struct writer *out, size_t column)
{
	static const char blanks[] = "                                ";

	while (out->column < column) {
		size_t missing = column - out->column;

		tool_bytes(out, blanks, missing < 32 ? missing : 32);
	}
}

size_t tool_end_column(struct writer *out, size_t begin, size_t *width)
{
	tool_widen(width, out->column - begin);
	tool_pad(out, begin + *width);
	tool_text(out, "  ");
	return out->column;
}

static void hexadecimal(struct writer *out, const char *format, uint32_t code)
{
	char buffer[16];
	int length = snprintf(buffer, sizeof(buffer), format, (unsigned)code);

	tool_bytes(out, buffer, (size_t)length);
}

static void code_yaml(struct writer *out, uint32_t code)
{
	if (code & TOOL_NOT_UTF8)
		code = 0xfffd;
	hexadecimal(out,
		    code < 0x100     ? "\\x%02X"
		    : code < 0x10000 ? "\\u%04X"
				     : "\\U%08X",
		    code);
}

/* INI has no escape beyond U+FFFF: who writes it asks before. */
static void code_ini(struct writer *out, uint32_t code)
{
	hexadecimal(out, code < 0x100 ? "\\x%02X" : "\\u%04X", code);
}

static void code_json(struct writer *out, uint32_t code)
{
	if (code & TOOL_NOT_UTF8)
		code = 0xfffd;
	if (code >= 0x10000) {
		hexadecimal(out, "\\u%04x", 0xd800 + ((code - 0x10000) >> 10));
		code = 0xdc00 + (code & 0x3ff);
	}
	hexadecimal(out, "\\u%04x", code);
}

static bool contains(const char *set, uint32_t code)
{
	return code && code < 0x80 && strchr(set, (int)code);
}

static void code_python(struct writer *out, uint32_t code)
{
	if (code & TOOL_NOT_UTF8)
		code &= 0xff;
	hexadecimal(out,
		    code < 0x100     ? "\\x%02x"
		    : code < 0x10000 ? "\\u%04x"
				     : "\\U%08x",
		    code);
}

/* As the library writes them in diagnostics. */
static void code_show(struct writer *out, uint32_t code)
{
	if (code & TOOL_NOT_UTF8)
		code &= 0xff;
	hexadecimal(out, code < 0x100 ? "\\x%02X" : "\\u{%X}", code);
}

/* The backslash of what is shown takes another one. */
static void code_json_show(struct writer *out, uint32_t code)
{
	static const char from[] = "\n\t\r", letters[] = "ntr";

	tool_text(out, "\\");
	if (!contains(from, code)) {
		code_show(out, code);
		return;
	}
	tool_text(out, "\\");
	tool_bytes(out, &letters[strchr(from, (int)code) - from], 1);
}

const struct escapes tool_escapes_yaml = {"\"\\", "\n\t\r", "ntr", code_yaml};
const struct escapes tool_escapes_json = {"\"\\", "\n\t\r\b\f", "ntrbf", code_json};
const struct escapes tool_escapes_ini = {"\"\\", "\n\t\r", "ntr", code_ini};
const struct escapes tool_escapes_single = {"'\\", "\n\t\r", "ntr", code_python};
const struct escapes tool_escapes_double = {"\"\\", "\n\t\r", "ntr", code_python};
const struct escapes tool_escapes_show = {"", "\n\t\r", "ntr", code_show};
const struct escapes tool_escapes_json_show = {"\"\\", "", "", code_json_show};
const struct escapes tool_escapes_terminal = {"", "", "", code_show};

static bool goes_as_it_is(const struct escapes *escapes, uint32_t code)
{
	if (escapes == &tool_escapes_terminal && contains("\n\t", code))
		return true;
	return tool_printable(code) && !contains(escapes->special, code);
}

static void escape(struct writer *out, const struct escapes *escapes, uint32_t code)
{
	char pair[2] = {'\\', (char)code};

	if (contains(escapes->from, code))
		pair[1] = escapes->letters[strchr(escapes->from, (int)code) -
					   escapes->from];
	else if (!contains(escapes->special, code)) {
		escapes->code(out, code);
		return;
	}
	tool_bytes(out, pair, 2);
}

void tool_escaped(struct writer *out, const struct escapes *escapes, const char *bytes,
		  size_t length)
{
	size_t done = 0, at = 0;

	while (at < length) {
		uint32_t code;
		size_t width = tool_decode(bytes + at, length - at, &code);

		if (!goes_as_it_is(escapes, code)) {
			tool_bytes(out, bytes + done, at - done);
			escape(out, escapes, code);
			done = at + width;
		}
		at += width;
	}
	tool_bytes(out, bytes + done, at - done);
}

void tool_quoted(struct writer *out, const struct escapes *escapes, const char *bytes,
		 size_t length)
{
	tool_text(out, "\"");
	tool_escaped(out, escapes, bytes, length);
	tool_text(out, "\"");
}

void tool_show(struct writer *out, const char *text)
{
	tool_escaped(out, &tool_escapes_show, text, strlen(text));
}

static bool is_shell_word(const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-./:=,@%+";

	return *text && strspn(text, plain) == strlen(text);
}

void tool_shell_word(struct writer *out, const char *text)
{
	const char *quote = is_shell_word(text) ? "" : "'";

	tool_text(out, quote);
	for (const char *end; (end = strchr(text, '\'')); text = end + 1) {
		tool_escaped(out, &tool_escapes_show, text, (size_t)(end - text));
		tool_text(out, "'\\''");
	}
	tool_show(out, text);
	tool_text(out, quote);
}
