/* SPDX-License-Identifier: ISC */
/* The text of an INI file as physical lines, refused where it is no clean UTF-8. Knows
 * nothing of what a line says. */
#include "source/ini.h"

#include "base/utf8.h"

#define BOM "\xef\xbb\xbf"

static const char *find_bom(const char *at, const char *stop)
{
	while ((at = memchr(at, BOM[0], (size_t)(stop - at)))) {
		if (stop - at >= 3 && memcmp(at, BOM, 3) == 0)
			return at;
		at++;
	}
	return NULL;
}

/* The highest bit says that a byte is odd; without comparisons compilers make vectors of it. */
static unsigned char odd_bit(char c)
{
	unsigned byte = (unsigned char)c;
	unsigned control = (byte - ' ') & ((byte ^ '\t') + 0x7f) & ((byte ^ '\n') + 0x7f);

	return (unsigned char)(byte | control | ((byte ^ '#') - 1) | ((byte ^ ';') - 1) |
			       ((byte ^ '\\') - 1) | ((byte ^ '$') - 1));
}

#define CHUNK 32

static const char *find_odd(const char *at, const char *end)
{
	unsigned char odd[CHUNK];

	for (; end - at >= CHUNK; at += CHUNK) {
		unsigned char any = 0;

		for (size_t i = 0; i < CHUNK; i++)
			any |= odd[i] = odd_bit(at[i]) & 0x80;
		if (any)
			return at + ((unsigned char *)memchr(odd, 0x80, CHUNK) - odd);
	}
	while (at < end && !(odd_bit(*at) & 0x80))
		at++;
	return at;
}

void dcfg_ini_begin(struct dcfg_ini *ini, struct dcfg_view text)
{
	if (dcfg_view_starts(text, DCFG_VIEW(BOM)))
		text = dcfg_view_skip(text, 3);
	ini->next = ini->start = ini->stop = text.ptr;
	ini->end = text.len ? text.ptr + text.len : text.ptr;
	ini->odd = find_odd(ini->next, ini->end);
}

bool dcfg_ini_advance(struct dcfg_ini *ini)
{
	const char *newline;

	if (ini->next == ini->end)
		return false;
	ini->start = ini->next;
	newline = memchr(ini->start, '\n', (size_t)(ini->end - ini->start));
	ini->stop = newline ? newline : ini->end;
	ini->next = newline ? newline + 1 : ini->end;
	ini->number++;
	if (ini->odd < ini->start)
		ini->odd = find_odd(ini->start, ini->end);
	if (newline && ini->stop > ini->start && ini->stop[-1] == '\r')
		ini->stop--;
	return true;
}

struct dcfg_origin dcfg_ini_origin(const struct dcfg_ini *ini, const char *at)
{
	size_t before = (size_t)(at - ini->start);

	if (ini->odd < at)
		before = dcfg_utf8_count(dcfg_view(ini->start, before));
	return dcfg_origin(ini->source, ini->number, (uint32_t)before + 1);
}

/* Of the first character of the current value's text; line 0 where the text is another one. */
struct dcfg_origin dcfg_ini_text_origin(const struct dcfg_ini *ini)
{
	if (ini->line.decoded)
		return dcfg_origin(ini->source, 0, 0);
	return dcfg_ini_origin(ini, ini->line.value.ptr);
}

/* The path of the current line's key; NULL where the line has none yet. */
const char *dcfg_ini_key(struct dcfg_ini *ini)
{
	struct dcfg_view name = ini->line.name;
	struct dcfg_view path;

	if (!name.len || ini->line.is_header || name.len > DCFG_INI_NAME_MAX)
		return NULL;
	if (!ini->section || !ini->section->parent)
		path = dcfg_arena_copy(&ini->context->arena, name);
	else
		path = dcfg_arena_printf(&ini->context->arena, "%s.%.*s",
					 dcfg_path(ini->context, ini->section),
					 DCFG_ARG(name));
	return path.ptr;
}

static bool refuse(struct dcfg_ini *ini, const char *at, const char *problem,
		   const char *hint)
{
	ini->line.name.len = 0;
	dcfg_error_hint(dcfg_ini_fail(ini, DEPLOYCFG_ERR_ENCODING, at, "%s", problem),
			"%s", hint);
	return false;
}

/* Whether the current line is UTF-8 without NUL, bare CR and BOM; reports the first of
 * these. */
bool dcfg_ini_line_is_clean(struct dcfg_ini *ini)
{
	struct dcfg_view line = dcfg_view(ini->start, (size_t)(ini->stop - ini->start));
	const char *found;
	size_t valid;

	if (dcfg_likely(dcfg_ini_line_is_plain(ini)))
		return true;
	valid = dcfg_utf8_check(line);
	if (valid < line.len)
		return refuse(ini, line.ptr + valid, "this byte is not valid UTF-8",
			      "save the file as UTF-8");
	found = memchr(line.ptr, '\0', line.len);
	if (found)
		return refuse(ini, found,
			      "a NUL byte cannot stand in a configuration file",
			      "remove it, or save the file as UTF-8");
	found = memchr(line.ptr, '\r', line.len);
	if (found)
		return refuse(ini, found, "a carriage return stands without a line feed",
			      "end lines with LF or CRLF");
	found = find_bom(line.ptr, line.ptr + line.len);
	if (found)
		return refuse(ini, found,
			      "a byte order mark may stand only at the very start",
			      "remove it, or write it as \"\\uFEFF\"");
	return true;
}
