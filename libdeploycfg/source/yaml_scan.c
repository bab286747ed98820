/* SPDX-License-Identifier: ISC */
/* Raw YAML text. Must not know what it means: only which bytes no line of it may have. */
#include "source/yaml_scan.h"

#include "base/utf8.h"

/* A byte with which something begins that may be forbidden, and the judge of one such. */
struct suspect {
	unsigned char byte;
	bool (*forbidden)(const unsigned char *at, size_t rest);
	const char *what, *hint;
};

static bool is_cr_alone(const unsigned char *at, size_t rest)
{
	return rest < 2 || at[1] != '\n';
}

/* Those of two bytes, U+0080 to U+009F, but for U+0085. */
static bool is_control(const unsigned char *at, size_t rest)
{
	return rest > 1 && at[1] < 0xa0 && at[1] != 0x85;
}

/* U+FFFE and U+FFFF. */
static bool is_no_character(const unsigned char *at, size_t rest)
{
	return rest > 2 && at[1] == 0xbf && at[2] >= 0xbe;
}

static bool is_nel(const unsigned char *at, size_t rest)
{
	return rest > 1 && at[1] == 0x85;
}

static bool is_separator(const unsigned char *at, size_t rest)
{
	return rest > 2 && at[1] == 0x80 && (at[2] == 0xa8 || at[2] == 0xa9);
}

static bool is_mark(const unsigned char *at, size_t rest)
{
	return rest > 2 && at[1] == 0xbb && at[2] == 0xbf;
}

#define CONTROL                                                                          \
	"a control character stands here",                                               \
		"remove it, or write an escape such as \"\\x1b\" between double quotes"

static const struct suspect suspects[] = {
	{'\r', is_cr_alone, "a carriage return without a line feed is not allowed",
	 "end every line with LF, or with CR LF"},
	{0xc2, is_control, CONTROL},
	{0xef, is_no_character, CONTROL},
	{0xc2, is_nel,
	 "a next-line character (U+0085), which editors do not show, is not allowed",
	 "remove it, or write \"\\N\" between double quotes"},
	{0xe2, is_separator,
	 "a line or paragraph separator (U+2028, U+2029), which editors do not show, is "
	 "not allowed",
	 "remove it, or write \"\\L\" or \"\\P\" between double quotes"},
	{0xef, is_mark,
	 "a byte order mark (U+FEFF) that is not at the start of the file is not allowed",
	 "remove it; it may come from joining two files"},
};

/* What was found, and where. */
struct fault {
	const char *what, *hint;
	size_t offset; /* the text's length for nothing */
};

static void look_for(struct dcfg_view text, const struct suspect *suspect,
		     struct fault *fault)
{
	const unsigned char *start = (const unsigned char *)text.ptr, *at = start;
	const unsigned char *end = start + fault->offset;

	while (at < end && (at = memchr(at, suspect->byte, (size_t)(end - at))) != NULL) {
		size_t offset = (size_t)(at - start);

		if (suspect->forbidden(at, text.len - offset)) {
			*fault = (struct fault){suspect->what, suspect->hint, offset};
			return;
		}
		at++;
	}
}

/* Not zero where one of eight bytes is an ASCII control character other than tab, LF
 * and CR. */
static uint64_t controls(uint64_t word)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t low = word & each * 0x7f;
	/* The highest bit of a byte says: from the blank on; none of the three; DEL. */
	uint64_t printable = low + each * 0x60;
	uint64_t other = ((low ^ each * '\t') + each * 0x7f) &
			 ((low ^ each * '\n') + each * 0x7f) &
			 ((low ^ each * '\r') + each * 0x7f);
	uint64_t last = low + each;

	return ((~printable & other) | last) & ~word & each * 0x80;
}

static void look_for_controls(struct dcfg_view text, size_t from, struct fault *fault)
{
	size_t at = from;
	uint64_t word;

	for (; at < fault->offset; at += sizeof(word)) {
		size_t rest = fault->offset - at;

		word = UINT64_C(0x2020202020202020);
		memcpy(&word, text.ptr + at, rest < sizeof(word) ? rest : sizeof(word));
		if (dcfg_unlikely(controls(word)))
			break;
	}
	if (at >= fault->offset)
		return;
	while (!controls((unsigned char)text.ptr[at] | UINT64_C(0x2020202020202000)))
		at++;
	*fault = (struct fault){CONTROL, at};
}

/* Whether all is printable ASCII, tabs and line ends: written so that compilers make
 * vectors of it. */
static bool is_plain(struct dcfg_view text)
{
	const unsigned char *bytes = (const unsigned char *)text.ptr;
	size_t at = 0;
	unsigned char odd = 0;

	for (; text.len - at >= 64 && !odd; at += 64)
		for (size_t i = 0; i < 64; i++) {
			unsigned char byte = bytes[at + i];

			odd |= ((unsigned char)(byte - ' ') > '~' - ' ') &
			       (byte != '\t') & (byte != '\n') & (byte != '\r');
		}
	return !odd && at == text.len;
}

static struct fault find_fault(struct dcfg_view text, bool *is_ascii)
{
	struct fault fault = {"this is not UTF-8", "save the file as UTF-8", text.len};
	size_t plain = text.len / 64 * 64;

	*is_ascii = is_plain(dcfg_view(text.ptr, plain)) &&
		    dcfg_utf8_is_ascii(dcfg_view_skip(text, plain));
	if (!*is_ascii)
		fault.offset = dcfg_utf8_check(text);
	for (size_t i = 0; i < (*is_ascii ? 1 : DCFG_COUNT(suspects)); i++)
		look_for(text, &suspects[i], &fault);
	look_for_controls(text, *is_ascii ? plain : 0, &fault);
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
		fault = find_fault(text, &raw.is_ascii);
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
