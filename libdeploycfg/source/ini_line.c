/* SPDX-License-Identifier: ISC */
/* One logical line of an INI file: is it a header or a key, what is its name, where is
 * its separator. Knows nothing of the tree that keys are put into. */
#include "source/ini.h"
#include "source/source.h"

#include "model/key.h"

static bool is_separator(const char *at, const char *stop)
{
	return *at == '=' || (*at == ':' && (at + 1 == stop || dcfg_ini_blank(at[1])));
}

/* The closing quote of a quoted segment that begins at `at`, or stop. */
static const char *closing_quote(const char *at, const char *stop)
{
	for (at++; at < stop && *at != '"'; at++)
		if (*at == '\\' && at + 1 < stop)
			at++;
	return at;
}

/*
 * The first byte from `at` on that ends a name, outside quoted segments: a separator, or
 * a bracket where `is_header`. stop for none; *open_quote is set where that is for a
 * missing quote.
 */
static const char *name_end(const char *at, const char *stop, bool is_header,
			    const char **open_quote)
{
	bool begins_segment = true;

	for (; at < stop; at++) {
		if (*at == '"' && begins_segment) {
			const char *quote = at;

			at = closing_quote(at, stop);
			if (at == stop) {
				*open_quote = quote;
				return stop;
			}
		} else if (is_header ? *at == ']' || *at == '['
				     : is_separator(at, stop)) {
			return at;
		}
		begins_segment = *at == '.';
	}
	return stop;
}

/* Sets the name between two pointers, without blanks around it. */
static bool set_name(struct dcfg_ini *ini, const char *from, const char *end,
		     const char *what)
{
	struct dcfg_ini_line *line = &ini->line;

	from = dcfg_ini_skip_blanks(from, end);
	end = dcfg_ini_trim_end(from, end);
	line->name = dcfg_view(from, (size_t)(end - from));
	line->key_origin = dcfg_ini_origin(ini, from);
	if (dcfg_likely(line->name.len && line->name.len <= DCFG_INI_NAME_MAX))
		return true;
	if (line->name.len)
		dcfg_ini_fail(ini, DEPLOYCFG_ERR_LIMIT, from,
			      "%s of %zu bytes is longer than the limit of %d bytes",
			      what, line->name.len, DCFG_INI_NAME_MAX);
	else
		dcfg_ini_fail(ini, DEPLOYCFG_ERR_KEY, from, "%s has no name", what);
	return false;
}

static void no_closing_quote(struct dcfg_ini *ini, const char *quote)
{
	dcfg_error_hint(dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, quote,
				      "a quoted segment has no closing '\"'"),
			"close it; a quote inside a quoted segment is written \\\"");
}

static bool header_has_no_end(struct dcfg_ini *ini, const char *at,
			      const char *open_quote)
{
	if (open_quote)
		no_closing_quote(ini, open_quote);
	else if (at < ini->stop)
		dcfg_error_hint(dcfg_ini_fail(ini, DEPLOYCFG_ERR_KEY, at,
					      "a layer file cannot index lists"),
				"give the whole list, such as `hosts = [a, b]`, or write "
				"it in YAML");
	else
		dcfg_error_hint(
			dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, at,
				      "this section header has no ']'"),
			"write it as [section]; to begin a key with '[', put the key "
			"between double quotes");
	return false;
}

/* Everything of a header but whether its name may be one. `at` is its bracket. */
static bool read_header(struct dcfg_ini *ini, const char *at)
{
	const char *open_quote = NULL, *begin, *end, *after;

	ini->line.is_header = true;
	begin = dcfg_ini_skip_blanks(at + 1, ini->stop);
	end = name_end(begin, ini->stop, true, &open_quote);
	if (end == ini->stop || *end == '[')
		return header_has_no_end(ini, end, open_quote);
	after = dcfg_ini_skip_blanks(end + 1, ini->stop);
	if (after < ini->stop) {
		dcfg_error_hint(
			dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, after,
				      "text stands after the ']' of a section header"),
			"move it, be it a comment or a key, to a line of its own");
		return false;
	}
	return set_name(ini, begin, end, "a section header");
}

static bool no_separator(struct dcfg_ini *ini, const char *at, const char *open_quote)
{
	if (open_quote) {
		no_closing_quote(ini, open_quote);
		return false;
	}
	if (dcfg_is_conflict_mark(dcfg_view(at, (size_t)(ini->stop - at)))) {
		dcfg_error_hint(dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, at,
					      DCFG_CONFLICT_MESSAGE),
				DCFG_CONFLICT_HINT);
		return false;
	}
	dcfg_error_hint(dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, at,
				      "expected `key = value`, found no '='"),
			"write `key = value`, `[section]`, or begin a comment with '#'");
	return false;
}

/* `+=` and `-=` are written together; all else is `=`. Gives the end of the name. */
static const char *read_operator(struct dcfg_ini *ini, const char *begin,
				 const char *separator)
{
	char before = separator > begin && *separator == '=' ? separator[-1] : '\0';

	ini->line.op = before == '+'   ? DCFG_APPEND
		       : before == '-' ? DCFG_UNSET
				       : DCFG_SET;
	return ini->line.op == DCFG_SET ? separator : separator - 1;
}

static bool read_key(struct dcfg_ini *ini, const char *at)
{
	const char *open_quote = NULL, *separator, *end = at;
	bool plain;

	ini->line.is_header = false;
	while (end < ini->stop && dcfg_ini_plain(*end))
		end++;
	separator = dcfg_ini_skip_blanks(end, ini->stop);
	if (ini->stop - separator > 1 && *separator == '+' && separator[1] == '=')
		separator++;
	plain = separator < ini->stop && *separator == '=';
	if (!plain)
		separator = name_end(at, ini->stop, false, &open_quote);
	if (separator == ini->stop)
		return no_separator(ini, at, open_quote);
	end = read_operator(ini, at, separator);
	if (!set_name(ini, at, end, "a key"))
		return false;
	ini->line.plain = plain || dcfg_segment_is_plain(ini->line.name);
	ini->line.refused = !dcfg_ini_read_value(ini, separator + 1);
	if (dcfg_unlikely(ini->line.refused))
		dcfg_ini_abandon_value(ini);
	return true;
}

/* Text before a separator, be it a good key or not: what a value that goes on in the
 * next line must not run into. */
bool dcfg_ini_looks_like_key(const char *at, const char *stop)
{
	const char *open_quote = NULL;
	const char *separator = name_end(at, stop, false, &open_quote);

	return separator > at && separator < stop;
}

static bool is_empty(const struct dcfg_ini *ini, const char *at)
{
	return at == ini->stop || *at == ';' || *at == '#';
}

/* A line that cannot be read: a header leaves unknown where the keys below it belong. */
static void pass_over(struct dcfg_ini *ini, const char *at)
{
	ini->lacks = true;
	if (at < ini->stop && *at == '[')
		ini->section = NULL;
	else
		dcfg_ini_abandon_value(ini);
}

/* Reads on to the next header or key without mistakes; false at the end. */
bool dcfg_ini_next_line(struct dcfg_ini *ini)
{
	while (dcfg_ini_advance(ini)) {
		const char *at = dcfg_ini_skip_blanks(ini->start, ini->stop);
		bool is_header = at < ini->stop && *at == '[';

		ini->line.name.len = 0;
		if (dcfg_unlikely(!dcfg_ini_line_is_clean(ini)))
			pass_over(ini, at);
		else if (is_empty(ini, at) || (!ini->section && !is_header))
			continue;
		else if (is_header ? read_header(ini, at) : read_key(ini, at))
			return true;
		else
			pass_over(ini, at);
	}
	return false;
}
