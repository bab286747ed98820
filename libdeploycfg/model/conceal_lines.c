/* SPDX-License-Identifier: ISC */
/*
 * Which lines of a text may hold a part of a secret. A text that is being refused cannot be asked
 * what its lines mean, so they are judged by their looks: from the name of a secret key on, until
 * quotes and brackets are closed and a line begins something that is no deeper. Knows words, not
 * which keys they belong to.
 */
#include "model/conceal_notes.h"

/* Where a text is between two bytes. */
struct nesting {
	char quote; /* that is open, 0 for none */
	uint32_t brackets;
};

/* A text, and what its lines are searched for. */
struct scan {
	const struct dcfg_context *context;
	struct dcfg_view text;
	bool is_document, speaks_of_secrets;
};

struct line {
	struct dcfg_view text;
	size_t indent; /* bytes before the first that is no blank */
	size_t key;    /* and before the first behind `- ` */
};

/* The lines since a secret key was named. */
struct mention {
	bool is_open;
	bool is_section; /* [name]: up to the next section */
	bool goes_on;    /* the last line ends in a backslash */
	size_t column;   /* of the key that is first in its line */
	struct nesting nesting;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool is_name_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' ||
	       (unsigned char)byte >= 0x80;
}

static char byte_at(struct dcfg_view text, size_t at)
{
	return at < text.len ? text.ptr[at] : '\0';
}

static size_t skip_blanks(struct dcfg_view text, size_t at)
{
	while (is_blank(byte_at(text, at)))
		at++;
	return at;
}

struct dcfg_view dcfg_note_simple(struct dcfg_view name, char *buffer, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < name.len; i++) {
		char byte = name.ptr[i];

		if (byte == '-' || byte == '_')
			continue;
		if (len == size)
			return DCFG_VIEW("");
		buffer[len++] =
			byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
	}
	return dcfg_view(buffer, len);
}

void dcfg_note_word(struct dcfg_context *context, struct dcfg_view word)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view simple = dcfg_note_simple(word, buffer, sizeof(buffer));

	if (notes && simple.len)
		dcfg_note_make(context, notes->words, simple);
}

/* Fields of a schema's entry that may hold the value of a key. */
static bool shows_value(struct dcfg_view field)
{
	return dcfg_view_equal(field, DCFG_VIEW("default")) ||
	       dcfg_view_equal(field, DCFG_VIEW("example")) ||
	       dcfg_view_equal(field, DCFG_VIEW("choices"));
}

static bool is_secret_word(const struct scan *scan, struct dcfg_view name)
{
	const struct dcfg_context *context = scan->context;
	char buffer[256];
	struct dcfg_view simple = dcfg_note_simple(name, buffer, sizeof(buffer));

	if (scan->is_document)
		return scan->speaks_of_secrets && shows_value(name);

	return dcfg_looks_secret(name) ||
	       (simple.len && dcfg_note_find(context, context->concealed->words, simple));
}

/* Whether a name that ends there can be that of a key: of an INI key, a section, a YAML key, a
 * part of one of them, or of one behind a `?`. */
static bool ends_key(struct dcfg_view line, size_t at)
{
	if (byte_at(line, at) == '"' || byte_at(line, at) == '\'')
		at++;
	at = skip_blanks(line, at);
	if (at >= line.len)
		return memchr(line.ptr, '?', line.len) != NULL;
	return strchr(":=+-.]", line.ptr[at]) != NULL;
}

/* The end of the name that begins there; two underscores part names of variables. */
static size_t end_of_name(struct dcfg_view line, size_t at)
{
	size_t end = at;

	while (is_name_byte(byte_at(line, end)) &&
	       !(end > at && line.ptr[end] == '_' && byte_at(line, end + 1) == '_'))
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

/* Whether a secret key is named in a line. */
static bool mentions(const struct scan *scan, struct dcfg_view line)
{
	size_t at = 0;

	while (at < line.len) {
		size_t end = end_of_name(line, at);
		struct dcfg_view name = dcfg_view(line.ptr + at, end - at);

		if (name.len && ends_key(line, end) && is_secret_word(scan, name))
			return true;
		if (line.ptr[at] == '"' && is_escaped_key(line, at))
			return true;
		at = end > at ? end : at + 1;
		while (byte_at(line, at) == '_')
			at++;
	}
	return false;
}

/* Whether a line begins with a key, a section or the end of a document. */
static bool begins_key(const struct line *line)
{
	size_t at = line->key;
	char quote = byte_at(line->text, at);

	if (quote == '[')
		return line->key == line->indent;
	if (quote == '"' || quote == '\'') {
		for (at++; at < line->text.len && line->text.ptr[at] != quote;)
			at++;
		at++;
	} else {
		while (is_name_byte(byte_at(line->text, at)) ||
		       byte_at(line->text, at) == '.')
			at++;
	}
	at = skip_blanks(line->text, at);
	return at > line->key && at < line->text.len &&
	       strchr(":=+-", line->text.ptr[at]);
}

static void follow(struct nesting *nesting, struct dcfg_view line)
{
	for (size_t i = 0; i < line.len; i++) {
		char byte = line.ptr[i];

		if (nesting->quote == '"' && byte == '\\')
			i++;
		else if (nesting->quote)
			nesting->quote = byte == nesting->quote ? '\0' : nesting->quote;
		else if (byte == '"' || byte == '\'')
			nesting->quote = byte;
		else if (byte == '{' || byte == '[')
			nesting->brackets++;
		else if ((byte == '}' || byte == ']') && nesting->brackets)
			nesting->brackets--;
	}
}

/* Whether a line is none of the mention's any more. An item at the key's column is in the key's
 * list. */
static bool is_over(const struct mention *mention, const struct line *line)
{
	bool is_item = line->key > line->indent;

	if (mention->is_section)
		return byte_at(line->text, line->indent) == '[';
	if (mention->goes_on || mention->nesting.quote || mention->nesting.brackets)
		return false;
	if (is_item)
		return line->indent < mention->column;
	return begins_key(line) && line->key <= mention->column;
}

static struct line line_of(struct dcfg_view text)
{
	struct line line = {.text = text, .indent = skip_blanks(text, 0)};

	while (text.len && text.ptr[text.len - 1] == '\r')
		text.len--;
	line.key = line.indent;
	while (byte_at(text, line.key) == '-' && is_blank(byte_at(text, line.key + 1)))
		line.key = skip_blanks(text, line.key + 1);
	return line;
}

/* Whether the next line may hold a part of a secret. */
static bool takes(const struct scan *scan, struct mention *mention, struct dcfg_view text)
{
	struct line line = line_of(text);
	bool is_over_now = !mention->is_open || is_over(mention, &line);

	if (is_over_now && mentions(scan, text))
		*mention = (struct mention){
			.is_open = true,
			.is_section = byte_at(text, line.indent) == '[',
			.column = line.key,
		};
	else if (is_over_now)
		mention->is_open = false;
	if (!mention->is_open)
		return false;
	follow(&mention->nesting, text);
	mention->goes_on = text.len && text.ptr[text.len - 1] == '\\';
	return true;
}

/* Finds the ranges of a text, and counts them where there is no list yet. */
static void find_ranges(const struct scan *scan, struct dcfg_secret_lines *lines)
{
	struct dcfg_view text = scan->text;
	struct mention mention = {0};
	bool before = false;

	lines->count = 0;
	for (uint32_t number = 1; text.len; number++) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t length = end ? (size_t)(end - text.ptr) : text.len;
		bool now = takes(scan, &mention, dcfg_view(text.ptr, length));

		if (now && !before && lines->list)
			lines->list[lines->count].first = number;
		lines->count += now && !before;
		if (now && lines->list)
			lines->list[lines->count - 1].last = number;
		before = now;
		text = dcfg_view_skip(text, end ? length + 1 : length);
	}
}

/* Whether a word of a text looks secret, and be it the field `secret`. */
static bool speaks_of_secrets(struct dcfg_view text)
{
	for (size_t at = 0; at < text.len;) {
		size_t end = end_of_name(text, at);

		if (dcfg_looks_secret(dcfg_view(text.ptr + at, end - at)))
			return true;
		at = end > at ? end : at + 1;
	}
	return false;
}

/* Those of a source, looked for once, or again where there are new words. */
static struct dcfg_secret_lines *lines_of(struct dcfg_context *context, uint32_t source)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	const struct dcfg_source *of = &context->sources.list[source];
	const struct scan scan = {context, of->text, of->is_document,
				  of->is_document && speaks_of_secrets(of->text)};
	struct dcfg_secret_lines *lines = notes ? notes->lines : NULL;

	while (lines && lines->source != source)
		lines = lines->next;
	if (!notes || (lines && lines->words == notes->words->node.length))
		return lines;
	lines = dcfg_arena_zalloc(&context->arena, sizeof(*lines));
	if (!lines)
		return NULL;
	find_ranges(&scan, lines);
	lines->list =
		dcfg_arena_alloc(&context->arena, lines->count * sizeof(*lines->list));
	if (!lines->list)
		return NULL;
	find_ranges(&scan, lines);
	lines->source = source;
	lines->words = notes->words->node.length;
	lines->next = notes->lines;
	return notes->lines = lines;
}

static bool hides_all(const struct dcfg_context *context, uint32_t source)
{
	return context->concealed && context->concealed->hides_all &&
	       !context->sources.list[source].is_document;
}

bool dcfg_line_is_concealed(struct dcfg_context *context, uint32_t source, uint32_t line)
{
	const struct dcfg_secret_lines *lines;
	size_t low = 0, high;

	if (hides_all(context, source))
		return true;
	lines = lines_of(context, source);
	high = lines ? lines->count : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lines->list[middle].last < line)
			low = middle + 1;
		else
			high = middle;
	}
	return !lines || (low < lines->count && lines->list[low].first <= line);
}

struct dcfg_view dcfg_shown_at(struct dcfg_context *context, struct dcfg_origin origin,
			       struct dcfg_view text)
{
	bool is_hidden =
		origin.source < context->sources.count &&
		(origin.line ? dcfg_line_is_concealed(context, origin.source, origin.line)
			     : hides_all(context, origin.source));

	return is_hidden ? DCFG_VIEW(DCFG_MASK) : text;
}
