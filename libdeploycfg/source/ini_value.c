/* SPDX-License-Identifier: ISC */
/* The value of an INI key: bare, in quotes, or going on in the next lines. Knows
 * nothing of keys but for what such a line must not look like. */
#include "source/ini.h"

static bool begins_comment(char byte)
{
	return byte == ';' || byte == '#';
}

static void not_in_value(struct dcfg_ini *ini, const char *at)
{
	struct dcfg_origin there = dcfg_ini_origin(ini, at);
	struct dcfg_view line = {0};

	if (there.line != ini->line.value_origin.line)
		line = dcfg_arena_printf(&ini->context->arena, "line %u, ",
					 (unsigned)there.line);
	dcfg_error_hint(
		dcfg_ini_fail_value(ini, DEPLOYCFG_ERR_SYNTAX,
				    "this value without quotes holds a '%c' that may "
				    "begin a comment (%.*scolumn %u)",
				    *at, DCFG_ARG(line), (unsigned)there.column),
		"quote it, or move the comment to a line of its own");
}

/* Where a comment may begin in a part of a bare value: its end for nowhere. */
static const char *comment_in(const char *from, const char *end, char sign)
{
	for (const char *at = from; at < end; at++) {
		at = memchr(at, sign, (size_t)(end - at));
		if (!at)
			break;
		if (at == from || dcfg_ini_blank(at[-1]))
			return at;
	}
	return end;
}

/* Whether a part of a bare value has nothing in it that may be meant as a comment. */
static bool is_without_comment(struct dcfg_ini *ini, const char *from, const char *end)
{
	const char *found = comment_in(from, comment_in(from, end, '#'), ';');

	if (found == end)
		return true;
	not_in_value(ini, found);
	return false;
}

static bool goes_on(const char *from, const char *end)
{
	return end > from && end[-1] == '\\';
}

static bool line_goes_on(const struct dcfg_ini *ini)
{
	return goes_on(ini->start, dcfg_ini_trim_end(ini->start, ini->stop));
}

/* What the next line has that a value cannot go on with, NULL for nothing. */
static const char *obstacle(const struct dcfg_ini *next, const char *at)
{
	if (at == next->stop)
		return "is empty";
	if (*at == '[')
		return "begins with '['";
	if (begins_comment(*at))
		return "is a comment";
	return dcfg_ini_looks_like_key(at, next->stop) ? "sets a key" : NULL;
}

static const char *next_obstacle(struct dcfg_ini *next)
{
	if (!dcfg_ini_advance(next))
		return "is missing";
	return obstacle(next, dcfg_ini_skip_blanks(next->start, next->stop));
}

/* After an error: passes over the lines that the value would have gone on in. */
void dcfg_ini_abandon_value(struct dcfg_ini *ini)
{
	while (line_goes_on(ini)) {
		struct dcfg_ini next = *ini;

		if (next_obstacle(&next))
			return;
		dcfg_ini_advance(ini);
	}
}

/* Goes to the next line of a value that ended in a backslash. */
static bool advance_value(struct dcfg_ini *ini)
{
	struct dcfg_ini next = *ini;
	const char *problem = next_obstacle(&next);
	struct deploycfg_error *error;

	if (!problem) {
		dcfg_ini_advance(ini);
		return dcfg_ini_line_is_clean(ini);
	}
	error = dcfg_ini_fail_value(
		ini, DEPLOYCFG_ERR_SYNTAX,
		"a backslash at the end continues the value in the next line, which %s",
		problem);
	if (next.number > ini->number)
		dcfg_relate(ini->context, error, dcfg_ini_origin(&next, next.start),
			    "this line");
	dcfg_error_hint(error, "quote the value to keep the backslash: 'C:\\data\\'");
	return false;
}

/* Bytes that all lines of a value have together, as far as it can go on. */
static size_t whole_length(const struct dcfg_ini *ini)
{
	struct dcfg_ini last = *ini, next = *ini;

	while (line_goes_on(&last) && !next_obstacle(&next))
		last = next;
	return (size_t)(last.stop - ini->start);
}

static bool quote_after_nothing(struct dcfg_ini *ini, size_t length, const char *at)
{
	if (length || (*at != '"' && *at != '\''))
		return false;
	dcfg_error_hint(
		dcfg_ini_fail_value(ini, DEPLOYCFG_ERR_SYNTAX,
				    "a quoted value must begin in its key's line"),
		"write the value behind the '=', without the backslash");
	return true;
}

/* Joins a bare value whose part in this line, from `at` to `end`, ends in a backslash. */
static bool read_continued(struct dcfg_ini *ini, const char *at, const char *end)
{
	char *joined = dcfg_arena_alloc(&ini->context->arena, whole_length(ini));
	size_t length = 0;

	if (!joined)
		return false;
	for (;;) {
		bool more = goes_on(at, end);
		size_t part = (size_t)(end - at) - more;

		memcpy(joined + length, at, part);
		length += part;
		if (!more)
			break;
		if (!advance_value(ini))
			return false;
		at = dcfg_ini_skip_blanks(ini->start, ini->stop);
		end = dcfg_ini_trim_end(at, ini->stop);
		if (quote_after_nothing(ini, length, at) ||
		    !is_without_comment(ini, at, end))
			return false;
	}
	ini->line.value = dcfg_view(joined, length);
	ini->line.decoded = true;
	return true;
}

static bool read_bare(struct dcfg_ini *ini, const char *at)
{
	const char *end = dcfg_ini_trim_end(at, ini->stop);

	if (!dcfg_ini_line_is_plain(ini)) {
		if (!is_without_comment(ini, at, end))
			return false;
		if (goes_on(at, end))
			return read_continued(ini, at, end);
	}
	ini->line.value = dcfg_view(at, (size_t)(end - at));
	return true;
}

/* What may follow a closing quote is a comment. */
static bool nothing_after(struct dcfg_ini *ini, const char *at, const char *hint)
{
	at = dcfg_ini_skip_blanks(at, ini->stop);
	if (at == ini->stop || begins_comment(*at))
		return true;
	dcfg_error_hint(
		dcfg_ini_fail_value(ini, DEPLOYCFG_ERR_SYNTAX,
				    "text stands after the closing quote (column %u)",
				    (unsigned)dcfg_ini_origin(ini, at).column),
		"%s", hint);
	return false;
}

static bool no_closing_quote(struct dcfg_ini *ini, const char *at)
{
	dcfg_error_hint(dcfg_ini_fail_value(ini, DEPLOYCFG_ERR_SYNTAX,
					    "this value has no closing %c", *at),
			"close it in the same line; a line break is written \"\\n\"");
	return false;
}

static bool read_literal(struct dcfg_ini *ini, const char *at)
{
	const char *end = memchr(at + 1, '\'', (size_t)(ini->stop - at) - 1);

	if (!end)
		return no_closing_quote(ini, at);
	ini->line.literal = true;
	ini->line.value = dcfg_view(at + 1, (size_t)(end - at) - 1);
	return nothing_after(ini, end + 1,
			     "write a value that holds a ' between double quotes");
}

static bool read_quoted(struct dcfg_ini *ini, const char *at)
{
	bool escaped = false;
	const char *end = at + 1;

	for (; end < ini->stop && *end != '"'; end++) {
		if (*end == '\\' && end + 1 < ini->stop) {
			escaped = true;
			end++;
		}
	}
	if (end == ini->stop)
		return no_closing_quote(ini, at);
	ini->line.value = dcfg_view(at + 1, (size_t)(end - at) - 1);
	if (!nothing_after(ini, end + 1, "write a quote inside quotes as \\\""))
		return false;
	return !escaped || dcfg_ini_unescape(ini);
}

/* Reads the value that begins behind blanks at `at`. */
bool dcfg_ini_read_value(struct dcfg_ini *ini, const char *at)
{
	const char *begin = dcfg_ini_skip_blanks(at, ini->stop);

	ini->line.literal = ini->line.decoded = false;
	ini->line.value = dcfg_view(at, 0);
	if (begin == ini->stop) {
		ini->line.value_origin = dcfg_ini_origin(ini, at);
		return true;
	}
	ini->line.value_origin = dcfg_ini_origin(ini, begin);
	if (ini->line.op == DCFG_UNSET) {
		dcfg_error_hint(
			dcfg_ini_fail(ini, DEPLOYCFG_ERR_OPERATOR, begin,
				      "'-=' removes its key and takes no value"),
			"write nothing behind it; a list is changed by setting it anew");
		return false;
	}
	if (*begin == '"')
		return read_quoted(ini, begin);
	return *begin == '\'' ? read_literal(ini, begin) : read_bare(ini, begin);
}
