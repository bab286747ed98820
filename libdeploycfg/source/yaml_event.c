/* SPDX-License-Identifier: ISC */
/* libyaml's event stream. The only file that knows libyaml. */
#include "source/yaml_event.h"

#include <yaml.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "source/yaml_standin.h"

struct dcfg_yaml_events {
	yaml_parser_t parser;
	yaml_event_t event;
	struct dcfg_view text;
	struct dcfg_view seen;    /* by the parser: the text, or its stand-in */
	struct dcfg_arena *vault; /* the stand-in is of a secret; else NULL */
	struct dcfg_arena
		*arena;       /* where texts go that the parser did not see; else NULL */
	size_t given;         /* bytes that the parser has */
	bool unended;         /* the text's last line lacks its end, and is given one */
	size_t index, offset; /* the character that was looked for, and its byte */
	size_t more, wide;    /* how much more that is; the next one of several bytes */
	size_t flow;          /* lists and maps between brackets that are open */
	bool questions;       /* a question mark is somewhere in the text */
	bool wipes;           /* what libyaml copied of it, as far as it is in reach */
	const char *lost;     /* why an event is not to be trusted, or NULL */
};

static int give(void *data, unsigned char *buffer, size_t size, size_t *given)
{
	struct dcfg_yaml_events *events = data;
	size_t rest = events->seen.len - events->given;
	size_t len = rest < size ? rest : size;

	if (len)
		memcpy(buffer, events->seen.ptr + events->given, len);
	events->given += len;
	if (len < size && events->unended) {
		buffer[len++] = '\n';
		events->unended = false;
	}
	*given = len;
	return 1;
}

struct dcfg_yaml_events *dcfg_yaml_open(struct dcfg_arena *arena, struct dcfg_view text,
					bool wipes, struct dcfg_arena *vault)
{
	struct dcfg_yaml_events *events = dcfg_alloc(sizeof(*events));
	struct dcfg_view standin =
		vault ? dcfg_standin(arena, text) : dcfg_standin_pairs(arena, text);

	if (events)
		*events = (struct dcfg_yaml_events){
			.text = text,
			.seen = standin.ptr ? standin : text,
			.vault = vault,
			.arena = vault         ? vault
				 : standin.ptr ? arena
					       : NULL,
			.wipes = wipes,
			.wide = dcfg_utf8_ascii(text),
			.unended = text.len && text.ptr[text.len - 1] != '\n',
			.questions = text.len && memchr(text.ptr, '?', text.len),
		};
	if (!events || arena->failed || !yaml_parser_initialize(&events->parser)) {
		dcfg_free(events);
		arena->failed = true;
		return NULL;
	}
	yaml_parser_set_input(&events->parser, give, events);
	yaml_parser_set_encoding(&events->parser, YAML_UTF8_ENCODING);
	return events;
}

static void drop_event(struct dcfg_yaml_events *events)
{
	yaml_event_t *event = &events->event;

	if (events->wipes && event->type == YAML_SCALAR_EVENT)
		dcfg_wipe(event->data.scalar.value, event->data.scalar.length);
	yaml_event_delete(event);
}

/* Its input as it was read and as characters, and scalars that no event was made of yet. */
static void wipe_parser(yaml_parser_t *parser)
{
	dcfg_wipe(parser->raw_buffer.start,
		  (size_t)(parser->raw_buffer.end - parser->raw_buffer.start));
	dcfg_wipe(parser->buffer.start,
		  (size_t)(parser->buffer.end - parser->buffer.start));
	for (yaml_token_t *token = parser->tokens.head; token != parser->tokens.tail;
	     token++)
		if (token->type == YAML_SCALAR_TOKEN)
			dcfg_wipe(token->data.scalar.value, token->data.scalar.length);
}

void dcfg_yaml_close(struct dcfg_yaml_events *events)
{
	if (!events)
		return;
	drop_event(events);
	if (events->wipes)
		wipe_parser(&events->parser);
	yaml_parser_delete(&events->parser);
	dcfg_free(events);
}

static void pass_wide(struct dcfg_yaml_events *events)
{
	struct dcfg_view rest = dcfg_view_skip(events->text, events->wide);
	size_t length = dcfg_utf8_bytes(rest, 1);

	events->more += length - 1;
	events->wide += length + dcfg_utf8_ascii(dcfg_view_skip(rest, length));
}

/* The text from a character on. Characters are asked for in rising order. */
static struct dcfg_view text_from(struct dcfg_yaml_events *events, size_t index)
{
	if (dcfg_unlikely(index < events->index)) {
		events->more = 0;
		events->wide = dcfg_utf8_ascii(events->text);
	}
	while (events->wide < index + events->more && events->wide < events->text.len)
		pass_wide(events);
	events->index = index;
	events->offset = index + events->more;
	if (dcfg_unlikely(events->offset > events->text.len))
		events->offset = events->text.len;
	return dcfg_view_skip(events->text, events->offset);
}

struct dcfg_view dcfg_yaml_here(struct dcfg_yaml_events *events)
{
	return text_from(events, events->event.start_mark.index);
}

struct dcfg_view dcfg_yaml_standing(struct dcfg_yaml_events *events,
				    const struct dcfg_yaml_event *event)
{
	struct dcfg_view text = dcfg_yaml_here(events);

	if (!event->plain && text.len) /* behind its quote */
		text = dcfg_view_skip(text, 1);
	return dcfg_view_starts(text, event->text) ? dcfg_view(text.ptr, event->text.len)
						   : dcfg_view(NULL, 0);
}

static size_t blank(struct dcfg_view text)
{
	size_t at = 0;

	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t' ||
				 text.ptr[at] == '\r' || text.ptr[at] == '\n'))
		at++;
	return at;
}

/* From an anchor or tag to the other one behind it, which is known to be there. */
static struct dcfg_view skip_property(struct dcfg_view text)
{
	while (text.len && blank(text) == 0)
		text = dcfg_view_skip(text, 1);
	text = dcfg_view_skip(text, blank(text));
	while (text.len && *text.ptr == '#') {
		while (text.len && *text.ptr != '\n')
			text = dcfg_view_skip(text, 1);
		text = dcfg_view_skip(text, blank(text));
	}
	return text;
}

/* libyaml ends the name of an anchor or alias early, and takes the rest of it for
 * something else. text: from its sign on. */
static bool is_cut(struct dcfg_view text, struct dcfg_view name)
{
	char next = text.len > name.len + 1 ? text.ptr[name.len + 1] : '\n';

	return !memchr(" \t\r\n,]}", next, 7);
}

static bool is_anchor_cut(struct dcfg_yaml_events *events, struct dcfg_view anchor)
{
	struct dcfg_view text = dcfg_yaml_here(events);

	return is_cut(text.len && *text.ptr == '!' ? skip_property(text) : text, anchor);
}

/* libyaml drops a question mark that begins a word between brackets. */
static bool is_question_lost(struct dcfg_yaml_events *events)
{
	if (events->event.start_mark.index == events->event.end_mark.index)
		return false;
	dcfg_yaml_here(events);
	return events->offset && events->text.ptr[events->offset - 1] == '?';
}

/* libyaml tells !<tag:yaml.org,2002:str> from !!str by nothing but the text. */
static struct dcfg_view find_tag(struct dcfg_yaml_events *events)
{
	struct dcfg_view text = dcfg_yaml_here(events);

	return text.len && *text.ptr == '&' ? skip_property(text) : text;
}

static struct dcfg_view view_of(const yaml_char_t *text)
{
	return text ? dcfg_view_text((const char *)text) : dcfg_view(NULL, 0);
}

static void set_properties(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event,
			   const yaml_char_t *anchor, const yaml_char_t *tag)
{
	event->anchor.ptr = event->tag.ptr = NULL;
	if (dcfg_likely(!anchor && !tag))
		return;
	if (events->vault)
		events->lost = DCFG_YAML_PROPERTY;
	event->anchor = view_of(anchor);
	event->tag = view_of(tag);
	if (tag)
		event->written = find_tag(events);
	if (anchor && is_anchor_cut(events, event->anchor))
		events->lost = DCFG_YAML_ANCHOR_CUT;
}

static void check_question(struct dcfg_yaml_events *events)
{
	if (dcfg_unlikely(events->flow && events->questions) && is_question_lost(events))
		events->lost = DCFG_YAML_QUESTION_LOST;
}

/* The text that the parser was not shown. */
static void read_hidden(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	size_t length = events->event.end_mark.index - events->event.start_mark.index;
	struct dcfg_view here = dcfg_yaml_here(events), written = here;

	if (events->event.data.scalar.anchor)
		written = skip_property(written);
	if (events->event.data.scalar.tag)
		written = skip_property(written);
	length -= dcfg_utf8_count(dcfg_view(here.ptr, here.len - written.len));
	written.len = dcfg_utf8_bytes(written, length);
	events->lost = dcfg_standin_read(events->arena, written, &event->text);
	if (!event->text.ptr)
		event->text.len = 0;
}

static void set_scalar(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	const yaml_event_t *from = &events->event;
	yaml_scalar_style_t style = from->data.scalar.style;

	event->kind = DCFG_YAML_SCALAR;
	event->text = dcfg_view((const char *)from->data.scalar.value,
				from->data.scalar.length);
	if (events->arena && event->text.len)
		read_hidden(events, event);
	event->plain = style == YAML_PLAIN_SCALAR_STYLE;
	event->escapes = style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	event->block =
		style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
	set_properties(events, event, from->data.scalar.anchor, from->data.scalar.tag);
	check_question(events);
}

static void set_alias(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	event->kind = DCFG_YAML_ALIAS;
	event->block = false;
	event->text = view_of(events->event.data.alias.anchor);
	check_question(events);
	if (events->vault)
		events->lost = DCFG_YAML_PROPERTY;
	else if (is_cut(dcfg_yaml_here(events), event->text))
		events->lost = DCFG_YAML_ALIAS_CUT;
}

static void set_document(const yaml_event_t *from, struct dcfg_yaml_event *event)
{
	event->kind = DCFG_YAML_DOCUMENT;
	event->block = !from->data.document_start.implicit;
	event->directives = from->data.document_start.tag_directives.start !=
			    from->data.document_start.tag_directives.end;
}

static void set_list(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	const yaml_event_t *from = &events->event;

	event->kind = DCFG_YAML_LIST;
	event->block = from->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE;
	events->flow += events->flow || !event->block;
	set_properties(events, event, from->data.sequence_start.anchor,
		       from->data.sequence_start.tag);
	check_question(events);
}

static void set_map(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	const yaml_event_t *from = &events->event;

	event->kind = DCFG_YAML_MAP;
	event->block = from->data.mapping_start.style == YAML_BLOCK_MAPPING_STYLE;
	events->flow += events->flow || !event->block;
	set_properties(events, event, from->data.mapping_start.anchor,
		       from->data.mapping_start.tag);
	check_question(events);
}

static void set_end(struct dcfg_yaml_event *event, enum dcfg_yaml_kind kind)
{
	event->kind = kind;
	event->block = false;
}

/* Translates the parser's event; false for one that says nothing to us. */
static bool translate(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	const yaml_event_t *from = &events->event;

	event->line = (uint32_t)from->start_mark.line + 1;
	event->column = (uint32_t)from->start_mark.column + 1;
	switch (from->type) {
	case YAML_SCALAR_EVENT:
		set_scalar(events, event);
		return true;
	case YAML_SEQUENCE_START_EVENT:
		set_list(events, event);
		return true;
	case YAML_MAPPING_START_EVENT:
		set_map(events, event);
		return true;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		events->flow -= events->flow != 0;
		set_end(event, DCFG_YAML_CLOSE);
		return true;
	case YAML_ALIAS_EVENT:
		set_alias(events, event);
		return true;
	case YAML_DOCUMENT_START_EVENT:
		set_document(from, event);
		return true;
	case YAML_STREAM_END_EVENT:
		set_end(event, DCFG_YAML_END);
		return true;
	default:
		return false;
	}
}

bool dcfg_yaml_next(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event)
{
	do {
		drop_event(events);
		if (!yaml_parser_parse(&events->parser, &events->event))
			return false;
	} while (!translate(events, event));
	return !events->lost;
}

struct dcfg_yaml_problem dcfg_yaml_why(const struct dcfg_yaml_events *events)
{
	const yaml_parser_t *parser = &events->parser;
	struct dcfg_yaml_problem problem = {
		.what = parser->problem,
		.context = parser->context,
		.line = (uint32_t)parser->problem_mark.line + 1,
		.column = (uint32_t)parser->problem_mark.column + 1,
	};

	if (events->lost) {
		const yaml_mark_t *mark = &events->event.start_mark;

		return (struct dcfg_yaml_problem){.what = events->lost,
						  .line = (uint32_t)mark->line + 1,
						  .column = (uint32_t)mark->column + 1};
	}
	/* One failed allocation of its scanner leaves no error behind. */
	if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR)
		return (struct dcfg_yaml_problem){.memory = true};
	if (parser->context) {
		problem.since_line = (uint32_t)parser->context_mark.line + 1;
		problem.since_column = (uint32_t)parser->context_mark.column + 1;
	}
	if (parser->simple_keys.top > parser->simple_keys.start) {
		const yaml_mark_t *mark = &parser->simple_keys.top[-1].mark;

		problem.key_line = (uint32_t)mark->line + 1;
		problem.key_column = (uint32_t)mark->column + 1;
	}
	return problem;
}
