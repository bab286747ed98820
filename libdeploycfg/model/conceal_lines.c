/* SPDX-License-Identifier: ISC */
/*
 * Which lines of a text may hold a part of a secret. A text that is being refused cannot be asked
 * what its lines mean, so they are judged by their looks: from the name of a secret key on, until
 * quotes and brackets are closed and a line begins something that is no deeper. Knows words, not
 * which keys they belong to.
 */
#include "model/conceal_scan.h"

/* Where a text is between two bytes. */
struct nesting {
	char quote; /* that is open, 0 for none */
	uint32_t brackets;
};

/* The lines since a secret key was named. */
struct mention {
	bool is_open;
	bool is_section; /* [name]: up to the next section */
	bool goes_on;    /* the last line ends in a backslash */
	size_t column;   /* of the key that is first in its line */
	struct nesting nesting;
};

/* Whether a line begins with a key, a section or the end of a document. */
static bool begins_key(const struct dcfg_line *line)
{
	size_t at = line->key;
	char quote = dcfg_byte_at(line->text, at);

	if (quote == '[')
		return line->key == line->indent;
	if (quote == '"' || quote == '\'') {
		for (at++; at < line->text.len && line->text.ptr[at] != quote;)
			at++;
		at++;
	} else {
		while (dcfg_is_word_byte(dcfg_byte_at(line->text, at)) ||
		       dcfg_byte_at(line->text, at) == '.')
			at++;
	}
	at = dcfg_skip_blanks(line->text, at);
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
static bool is_over(const struct mention *mention, const struct dcfg_line *line)
{
	bool is_item = line->key > line->indent;

	if (mention->is_section)
		return dcfg_byte_at(line->text, line->indent) == '[';
	if (mention->goes_on || mention->nesting.quote || mention->nesting.brackets)
		return false;
	if (is_item)
		return line->indent < mention->column;
	return begins_key(line) && line->key <= mention->column;
}

/* Whether the next line may hold a part of a secret. */
static bool takes(const struct dcfg_scan *scan, struct mention *mention,
		  struct dcfg_view text)
{
	struct dcfg_line line = dcfg_line_of(text);
	bool is_over_now = !mention->is_open || is_over(mention, &line);

	if (is_over_now && dcfg_line_mentions(scan, text))
		*mention = (struct mention){
			.is_open = true,
			.is_section = dcfg_byte_at(text, line.indent) == '[',
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
static void find_ranges(const struct dcfg_scan *scan, struct dcfg_secret_lines *lines)
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

static struct dcfg_secret_lines *find_lines(struct dcfg_context *context, uint32_t source)
{
	const struct dcfg_source *of = &context->sources.list[source];
	const struct dcfg_scan scan = {context, of->text, of->is_document,
				       of->is_document &&
					       dcfg_speaks_of_secrets(of->text)};
	struct dcfg_secret_lines *lines =
		dcfg_arena_zalloc(&context->arena, sizeof(*lines));

	if (!lines)
		return NULL;
	find_ranges(&scan, lines);
	lines->list =
		dcfg_arena_alloc(&context->arena, lines->count * sizeof(*lines->list));
	if (!lines->list)
		return NULL;
	find_ranges(&scan, lines);
	lines->source = source;
	return lines;
}

/* Those of a source, looked for once, or again where there are new words. */
static struct dcfg_secret_lines *lines_of(struct dcfg_context *context, uint32_t source)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	struct dcfg_secret_lines *lines = notes ? notes->lines : NULL;

	while (lines && lines->source != source)
		lines = lines->next;
	if (!notes || (lines && lines->words == notes->words->node.length))
		return lines;
	lines = find_lines(context, source);
	if (!lines)
		return NULL;
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

bool dcfg_holds_secrets(struct dcfg_context *context, uint32_t source)
{
	const struct dcfg_secret_lines *lines;

	if (source >= context->sources.count)
		return false;
	lines = lines_of(context, source);
	return !lines || lines->count;
}

bool dcfg_line_is_doubtful(struct dcfg_context *context, enum deploycfg_status status,
			   struct dcfg_origin origin)
{
	switch (status) {
	case DEPLOYCFG_ERR_KEY: /* it may be the name of a secret that is misspelt */
	case DEPLOYCFG_ERR_ENCODING:
		return (context->concealed && context->concealed->words->node.length) ||
		       dcfg_holds_secrets(context, origin.source);
	case DEPLOYCFG_ERR_SYNTAX:
	case DEPLOYCFG_ERR_DUPLICATE:
	case DEPLOYCFG_ERR_OPERATOR:
		return dcfg_holds_secrets(context, origin.source);
	default:
		return false;
	}
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
