/* SPDX-License-Identifier: ISC */
/* Raw YAML text. Must not know what it means: only which bytes no line of it may have. */
#include "source/yaml_scan.h"

#include "base/utf8.h"

#define CONTROL                                                                          \
	"a control character stands here",                                               \
		"remove it, or write an escape such as \"\\x1b\" between double quotes"

/* Characters that the dialect forbids, in the order in which they are looked for. */
static const struct suspect {
	uint32_t first, last;
	const char *what, *hint;
} suspects[] = {
	{'\r', '\r', "a carriage return without a line feed is not allowed",
	 "end every line with LF, or with CR LF"},
	{0x85, 0x85,
	 "a next-line character (U+0085), which editors do not show, is not allowed",
	 "remove it, or write \"\\N\" between double quotes"},
	{0x2028, 0x2029,
	 "a line or paragraph separator (U+2028, U+2029), which editors do not show, is "
	 "not allowed",
	 "remove it, or write \"\\L\" or \"\\P\" between double quotes"},
	{0xfeff, 0xfeff,
	 "a byte order mark (U+FEFF) that is not at the start of the file is not allowed",
	 "remove it; it may come from joining two files"},
	{0x00, 0x1f, CONTROL},
	{0x7f, 0x9f, CONTROL},
	{0xfffe, 0xffff, CONTROL},
};

/* What was found, and where. */
struct fault {
	const char *what, *hint;
	size_t offset; /* the text's length for nothing */
};

/* Not printable ASCII, tab or LF. */
static bool is_odd(unsigned char byte)
{
	return ((unsigned char)(byte - ' ') > '~' - ' ') & (byte != '\t') &
	       (byte != '\n');
}

#define CHUNK ((size_t)32)

/* The offset of the next odd byte: compilers make vectors of the inner loop. */
static size_t next_odd(struct dcfg_view text, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;

	for (; text.len - at >= CHUNK; at += CHUNK) {
		unsigned char odd = 0;

		for (size_t i = 0; i < CHUNK; i++)
			odd |= is_odd(bytes[at + i]);
		if (odd)
			break;
	}
	while (at < text.len && !is_odd(bytes[at]))
		at++;
	return at;
}

/* Judges the character at an offset, all before it being good. Returns its length, 0 where it
 * is a fault. */
static size_t judge(struct dcfg_view text, struct fault *fault)
{
	struct dcfg_view rest = dcfg_view_skip(text, fault->offset);
	uint32_t code;
	size_t length = dcfg_utf8_decode(rest, &code);

	if (code == '\r' && rest.len > 1 && rest.ptr[1] == '\n')
		return 1;
	if (code >= 0x80 && length == 1) {
		fault->what = "this is not UTF-8";
		fault->hint = "save the file as UTF-8";
		return 0;
	}
	for (size_t i = 0; i < DCFG_COUNT(suspects); i++) {
		if (code < suspects[i].first || code > suspects[i].last)
			continue;
		fault->what = suspects[i].what;
		fault->hint = suspects[i].hint;
		return 0;
	}
	return length;
}

static struct fault find_fault(struct dcfg_view text)
{
	struct fault fault = {NULL, NULL, next_odd(text, 0)};

	while (fault.offset < text.len) {
		size_t length = judge(text, &fault);

		if (!length)
			break;
		fault.offset = next_odd(text, fault.offset + length);
	}
	return fault;
}

/* Counts lines that begin with % up to the fault, which one too many becomes. */
static size_t count_directives(struct dcfg_view text, uint64_t most, struct fault *fault)
{
	const char *at = text.ptr, *end = text.ptr + fault->offset;
	size_t count = 0;

	for (; at < end && (at = memchr(at, '%', (size_t)(end - at))) != NULL; at++) {
		if (at > text.ptr && at[-1] != '\n')
			continue;
		if (++count > most) {
			*fault = (struct fault){.offset = (size_t)(at - text.ptr)};
			break;
		}
	}
	return count;
}

static bool is_utf16(struct dcfg_view text)
{
	return dcfg_view_starts(text, DCFG_VIEW("\xff\xfe")) ||
	       dcfg_view_starts(text, DCFG_VIEW("\xfe\xff"));
}

/* The offset of the line that a byte is in, and its place, from 1, in characters. */
static size_t find_line(struct dcfg_view text, size_t offset, struct dcfg_yaml_raw *raw)
{
	size_t begin = 0;
	const char *end;

	raw->line = 1;
	while (begin < offset &&
	       (end = memchr(text.ptr + begin, '\n', offset - begin)) != NULL) {
		begin = (size_t)(end - text.ptr) + 1;
		raw->line++;
	}
	raw->column =
		(uint32_t)dcfg_utf8_count(dcfg_view(text.ptr + begin, offset - begin)) +
		1;
	return begin;
}

struct dcfg_yaml_raw dcfg_yaml_prescan(struct dcfg_view text, uint64_t directives_max)
{
	struct dcfg_yaml_raw raw = {.readable = text.len};
	struct fault fault = {"UTF-16 is not allowed", "save the file as UTF-8", 0};

	if (text.len == 0)
		return raw;
	if (!is_utf16(text))
		fault = find_fault(text);
	raw.directives = count_directives(text, directives_max, &fault);
	if (fault.offset == text.len)
		return raw;
	raw.what = fault.what;
	raw.hint = fault.hint;
	raw.readable = find_line(text, fault.offset, &raw);
	if (raw.directives > directives_max)
		raw.readable = 0; /* they may take a parser very long */
	return raw;
}

static bool ends_word(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool dcfg_yaml_is_void(struct dcfg_view text)
{
	for (size_t at = 0; at < text.len; at++) {
		char byte = text.ptr[at];

		if (ends_word(byte))
			continue;
		if (byte != '#' && byte != '&' && byte != '!')
			return false;
		while (at < text.len &&
		       (byte == '#' ? text.ptr[at] != '\n' : !ends_word(text.ptr[at])))
			at++;
	}
	return true;
}

/* Bytes of the scalar that a line begins with. */
static size_t scalar_length(struct dcfg_view line)
{
	char quote = line.len ? *line.ptr : '\0';
	size_t at = 1;

	if (quote == '"' || quote == '\'') {
		while (at < line.len && line.ptr[at] != quote)
			at += line.ptr[at] == '\\' && quote == '"' ? 2 : 1;
		return at < line.len ? at + 1 : line.len;
	}
	for (at = 0; at < line.len; at++)
		if (line.ptr[at] == ':' &&
		    (at + 1 == line.len || ends_word(line.ptr[at + 1])))
			break;
	return at;
}

bool dcfg_yaml_is_long_key(struct dcfg_view line)
{
	size_t at = scalar_length(line);

	while (at < line.len && ends_word(line.ptr[at]))
		at++;
	return at < line.len && line.ptr[at] == ':' &&
	       dcfg_utf8_count(dcfg_view(line.ptr, at)) > DCFG_YAML_KEY_MAX;
}

struct dcfg_view dcfg_yaml_rest(struct dcfg_view text, uint32_t line, uint32_t column)
{
	const char *end;

	for (; line > 1 && text.len; line--) {
		end = memchr(text.ptr, '\n', text.len);
		text = dcfg_view_skip(text,
				      end ? (size_t)(end - text.ptr) + 1 : text.len);
	}
	if (text.len == 0)
		return text;
	end = memchr(text.ptr, '\n', text.len);
	if (end)
		text.len = (size_t)(end - text.ptr);
	if (text.len && text.ptr[text.len - 1] == '\r')
		text.len--;
	return dcfg_view_skip(text, dcfg_utf8_bytes(text, column - 1));
}
