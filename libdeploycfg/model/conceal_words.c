/* SPDX-License-Identifier: ISC */
/* Whether a line names a secret key: which words are such names, and where in a line one may be
 * that of a key. Knows one line, and what follows it; not which lines are a value's. */
#include "base/nearest.h"
#include "model/conceal_scan.h"

/* Fields of a schema's entry that may hold the value of a key, also misspelt. */
static bool shows_value(struct dcfg_view field)
{
	struct dcfg_nearest nearest = {.word = field};

	dcfg_nearest_offer(&nearest, DCFG_VIEW("default"));
	dcfg_nearest_offer(&nearest, DCFG_VIEW("example"));
	dcfg_nearest_offer(&nearest, DCFG_VIEW("choices"));
	return nearest.best.ptr;
}

/* *is_whole: whether all that is below it is secret, too. */
static bool is_secret_word(const struct dcfg_scan *scan, struct dcfg_view name,
			   bool *is_whole)
{
	const struct dcfg_context *context = scan->context;
	char buffer[256];
	struct dcfg_view simple = dcfg_note_simple(name, buffer, sizeof(buffer));
	const struct dcfg_note *note = NULL;

	*is_whole = true;
	if (scan->is_document)
		return scan->speaks_of_secrets && shows_value(name);
	if (dcfg_looks_secret(name))
		return true;
	if (simple.len)
		note = dcfg_note_find(context, context->concealed->words, simple);
	*is_whole = note && note->is_secret;
	return note;
}

/* Whether a name that ends there can be that of a key: of an INI key, a section, a YAML key, a
 * part of one of them, or of one behind a `?`. */
static bool ends_key(struct dcfg_view line, size_t at)
{
	if (dcfg_byte_at(line, at) == '"' || dcfg_byte_at(line, at) == '\'')
		at++;
	at = dcfg_skip_blanks(line, at);
	if (at >= line.len)
		return memchr(line.ptr, '?', line.len) != NULL;
	return strchr(":=+-.]", line.ptr[at]) != NULL;
}

struct dcfg_line dcfg_line_of(struct dcfg_view text)
{
	struct dcfg_line line = {.text = text, .indent = dcfg_skip_blanks(text, 0)};

	while (text.len && text.ptr[text.len - 1] == '\r')
		text.len--;
	line.key = line.indent;
	while (dcfg_byte_at(text, line.key) == '-' &&
	       dcfg_is_blank(dcfg_byte_at(text, line.key + 1)))
		line.key = dcfg_skip_blanks(text, line.key + 1);
	return line;
}

static bool is_yaml_key(const struct dcfg_line *line)
{
	size_t at = line->key;

	while (dcfg_is_word_byte(dcfg_byte_at(line->text, at)))
		at++;
	return at > line->key && dcfg_byte_at(line->text, at) == ':' &&
	       strchr(" \t\r", dcfg_byte_at(line->text, at + 1));
}

/* Whether the first line behind one that says anything begins with a key. */
static bool goes_on_with_key(const struct dcfg_scan *scan, struct dcfg_view line)
{
	const char *end = scan->text.ptr + scan->text.len, *at = line.ptr + line.len;

	while (at < end) {
		const char *begin = at + 1;
		struct dcfg_line next;

		at = memchr(begin, '\n', (size_t)(end - begin));
		at = at ? at : end;
		next = dcfg_line_of(dcfg_view(begin, (size_t)(at - begin)));
		if (!strchr("#\r", dcfg_byte_at(next.text, next.key)))
			return is_yaml_key(&next);
	}
	return false;
}

/* Whether a key whose name ends there is seen to have other keys below it. */
static bool is_map(const struct dcfg_scan *scan, struct dcfg_view line, size_t at)
{
	if (dcfg_byte_at(line, at) == '"' || dcfg_byte_at(line, at) == '\'')
		at++;
	at = dcfg_skip_blanks(line, at);
	if (dcfg_byte_at(line, at) == '.' || dcfg_byte_at(line, at) == ']')
		return true;
	if (dcfg_byte_at(line, at) != ':' ||
	    !strchr("\r", dcfg_byte_at(line, dcfg_skip_blanks(line, at + 1))))
		return false;
	return goes_on_with_key(scan, line);
}

/* The end of the name that begins there; two underscores part names of variables. */
static size_t end_of_name(struct dcfg_view line, size_t at)
{
	size_t end = at;

	while (dcfg_is_word_byte(dcfg_byte_at(line, end)) &&
	       !(end > at && line.ptr[end] == '_' && dcfg_byte_at(line, end + 1) == '_'))
		end++;
	return end;
}

/* Whether a key between quotes is written with escapes: then nobody knows what it says. */
static bool is_escaped_key(struct dcfg_view line, size_t at)
{
	bool escaped = false;

	for (at++; at < line.len && line.ptr[at] != '"'; at++)
		if (line.ptr[at] == '\\') {
			escaped = true;
			at++;
		}
	return escaped && ends_key(line, at);
}

/* Where the first word ends that is not `export`. */
static size_t end_of_first_word(struct dcfg_view line)
{
	const struct dcfg_view export = DCFG_VIEW("export ");
	size_t at = dcfg_skip_blanks(line, 0);

	if (dcfg_view_starts(dcfg_view_skip(line, at), export))
		at = dcfg_skip_blanks(line, at + export.len);
	while (at < line.len && !dcfg_is_blank(line.ptr[at]) && line.ptr[at] != '\r')
		at++;
	return at;
}

/* Whether a key can begin there, be it a good one or not. */
static bool begins_at_key(struct dcfg_view line, size_t at)
{
	while (at && dcfg_is_blank(line.ptr[at - 1]))
		at--;
	return !at || strchr("{[,.?\"'-_", line.ptr[at - 1]);
}

/* The name, or what stands behind the last sign in it, without what is no ASCII. */
static bool is_secret_name(const struct dcfg_scan *scan, struct dcfg_view name,
			   bool *is_whole)
{
	size_t begin;

	if (is_secret_word(scan, name, is_whole))
		return true;
	while (name.len && (unsigned char)name.ptr[name.len - 1] >= 0x80)
		name.len--;
	begin = name.len;
	while (begin && name.ptr[begin - 1] != '-' && name.ptr[begin - 1] != '_')
		begin--;
	return name.len && is_secret_word(scan, dcfg_view_skip(name, begin), is_whole);
}

bool dcfg_line_mentions(const struct dcfg_scan *scan, struct dcfg_view line)
{
	size_t at = 0, first_end = end_of_first_word(line);
	bool in_reference = false;
	bool is_whole;

	while (at < line.len) {
		size_t end = end_of_name(line, at);
		struct dcfg_view name = dcfg_view(line.ptr + at, end - at);

		in_reference |= line.ptr[at] == '{' && at && line.ptr[at - 1] == '$';
		in_reference &= line.ptr[at] != '}';
		if (name.len &&
		    (end == first_end || ends_key(line, end) ||
		     (!in_reference && begins_at_key(line, at))) &&
		    is_secret_name(scan, name, &is_whole) &&
		    (is_whole || !is_map(scan, line, end)))
			return true;
		if (line.ptr[at] == '"' && is_escaped_key(line, at))
			return true;
		at = end > at ? end : at + 1;
		while (dcfg_byte_at(line, at) == '_')
			at++;
	}
	return false;
}

bool dcfg_text_is_concealed(struct dcfg_context *context, struct dcfg_view text)
{
	const struct dcfg_scan scan = {.context = context, .text = text};

	return !dcfg_notes(context) || dcfg_line_mentions(&scan, text);
}

bool dcfg_speaks_of_secrets(struct dcfg_view text)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = end_of_name(text, at);

		if (dcfg_looks_secret(dcfg_view(text.ptr + at, end - at)))
			return true;
		at = end > at ? end : at + 1;
	}
	return false;
}
