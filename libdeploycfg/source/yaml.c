/* SPDX-License-Identifier: ISC */
/* YAML events to one layer's tree. Must not know libyaml, nor which layer is stronger. */
#include "source/yaml.h"

#include "model/conceal.h"
#include "model/template.h"

static bool is_template(const struct dcfg_yaml *yaml, struct dcfg_view text)
{
	return yaml->expands && !yaml->is_literal && text.len &&
	       dcfg_find_brace(text, 0) < text.len;
}

struct dcfg_view dcfg_yaml_shown(const struct dcfg_yaml *yaml,
				 const struct dcfg_node *node, struct dcfg_origin at,
				 struct dcfg_view text)
{
	const struct dcfg_node next = {.parent = yaml->open, .name = yaml->key.name};

	if (yaml->conceals || dcfg_is_concealed(yaml->context, node ? node : &next))
		return DCFG_VIEW(DCFG_MASK);
	return dcfg_shown_at(yaml->context, at, text);
}

/* What the key takes is not known here. */
static const char *range_hint(const struct dcfg_node *node)
{
	if (node->type != DEPLOYCFG_INT)
		return *node->text == '-' ? "write a number that fits, or -.inf; between "
					    "quotes it is text"
					  : "write a number that fits, or .inf; between "
					    "quotes it is text";
	if (memchr(node->text, 'x', node->length) ||
	    memchr(node->text, 'o', node->length))
		return "write a number that fits; between quotes it is text";
	return "write a number that fits; between quotes it is text, and with a point a "
	       "float";
}

static void report_range(struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	bool is_int = node->type == DEPLOYCFG_INT;
	struct dcfg_view shown =
		node->length > 60 || dcfg_yaml_hides(yaml, node, node->origin)
			? DCFG_VIEW("this number")
			: dcfg_text(node);
	struct deploycfg_error *error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_RANGE, node->origin, dcfg_yaml_path(yaml, node),
		"%.*s does not fit %s", DCFG_ARG(shown),
		is_int ? "an int, which has 64 bits"
		       : "a float, which ends at about 1.8e308");

	dcfg_error_expected(error, "%s", is_int ? "int" : "float");
	dcfg_error_hint(error, "%s", range_hint(node));
	node->flags |= DCFG_TOLD;
}

static void check_text(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event,
		       struct dcfg_node *node)
{
	struct dcfg_context *context = yaml->context;
	uint64_t most = context->limits.of[DEPLOYCFG_LIMIT_VALUE];

	if (dcfg_unlikely(event->text.len > most)) {
		dcfg_within(context, DEPLOYCFG_LIMIT_VALUE, event->text.len, node->origin,
			    dcfg_yaml_path(yaml, node));
		yaml->failed = true;
		node->flags |= DCFG_TOLD;
	}
	if (!event->escapes || !event->text.ptr ||
	    !memchr(event->text.ptr, '\0', event->text.len))
		return;
	dcfg_error_hint(dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_ENCODING, node->origin,
				       dcfg_yaml_path(yaml, node),
				       "a value cannot hold a NUL character"),
			"remove the escape \\0 or \\x00");
	node->flags |= DCFG_TOLD;
}

struct dcfg_node *dcfg_yaml_scalar(struct dcfg_yaml *yaml,
				   const struct dcfg_yaml_event *event)
{
	struct dcfg_arena *arena = &yaml->context->arena;
	struct dcfg_node *node =
		dcfg_node_new(yaml->context, DEPLOYCFG_STRING, dcfg_yaml_at(yaml, event));
	struct dcfg_view text;

	if (dcfg_unlikely(!node)) {
		dcfg_yaml_stop(yaml);
		return NULL;
	}
	if (event->text.len == 0)
		return node;
	text = dcfg_yaml_standing(yaml->events, event);
	if (!text.ptr)
		text = dcfg_arena_copy(arena, event->text);
	if (dcfg_unlikely(!text.ptr)) {
		dcfg_yaml_stop(yaml);
		return NULL;
	}
	node->text = text.ptr;
	node->length = (uint32_t)text.len;
	return node;
}

/* What plain text is without a tag. */
static enum dcfg_parse resolve(const struct dcfg_yaml *yaml, struct dcfg_node *node)
{
	enum deploycfg_type type = DEPLOYCFG_NULL;
	enum dcfg_parse parsed = DCFG_PARSED;

	if (node->length)
		parsed = dcfg_resolve(dcfg_text(node), &type, &node->scalar);
	else
		node->flags |= DCFG_EMPTY;
	if (dcfg_unlikely(yaml->lint))
		node->flags |= DCFG_PLAIN;
	node->type = (uint8_t)type;
	return parsed;
}

/* All that a new node's properties and its place ask for. */
static void finish(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event,
		   struct dcfg_node *node)
{
	bool good = true;

	if (dcfg_unlikely(event->anchor.ptr))
		dcfg_yaml_define(yaml, event, node);
	if (dcfg_unlikely(event->tag.ptr))
		good = dcfg_yaml_apply_tag(yaml, node, event);
	if (node->type == DEPLOYCFG_STRING && is_template(yaml, dcfg_text(node))) {
		node->flags |= DCFG_TEMPLATE;
		yaml->context->has_templates = true;
	}
	if (dcfg_unlikely(!node->parent) && good)
		dcfg_yaml_check_root(yaml, node);
}

static void take_scalar(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct dcfg_node *node = dcfg_yaml_scalar(yaml, event);
	enum dcfg_parse parsed = DCFG_PARSED;

	if (!node)
		return;
	if (event->plain && !event->tag.ptr)
		parsed = resolve(yaml, node);
	dcfg_yaml_put(yaml, node);
	check_text(yaml, event, node);
	if (dcfg_unlikely(parsed == DCFG_OUT_OF_RANGE))
		report_range(yaml, node);
	finish(yaml, event, node);
	dcfg_yaml_settle(yaml, node);
}

static void take_start(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	enum deploycfg_type type =
		event->kind == DCFG_YAML_LIST ? DEPLOYCFG_LIST : DEPLOYCFG_MAP;
	struct dcfg_origin at = dcfg_yaml_at(yaml, event);
	bool is_root = !yaml->open || yaml->key.block;
	struct dcfg_node *node = is_root ? dcfg_node_uncounted(yaml->context, type, at)
					 : dcfg_node_new(yaml->context, type, at);

	if (!node) {
		dcfg_yaml_stop(yaml);
		return;
	}
	dcfg_yaml_put(yaml, node);
	finish(yaml, event, node);
	dcfg_yaml_enter(yaml, node, at);
}

static void take_alias(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct dcfg_node *node = dcfg_yaml_copy(yaml, event);

	if (node && !node->parent)
		dcfg_yaml_check_root(yaml, node);
}

static void take_value(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	if (dcfg_likely(event->kind == DCFG_YAML_SCALAR))
		take_scalar(yaml, event);
	else if (event->kind == DCFG_YAML_ALIAS)
		take_alias(yaml, event);
	else
		take_start(yaml, event);
}

static bool expects_key(const struct dcfg_yaml *yaml)
{
	return yaml->open && yaml->open->type == DEPLOYCFG_MAP && !yaml->key.name;
}

/* The line of the first %TAG from a line on. */
static uint32_t find_directive(const struct dcfg_yaml *yaml, uint32_t line)
{
	const struct dcfg_view tag = DCFG_VIEW("%TAG");
	struct dcfg_view rest = yaml->text;

	for (uint32_t at = 1; rest.len; at++) {
		const char *end = memchr(rest.ptr, '\n', rest.len);

		if (at >= line && dcfg_view_starts(rest, tag))
			return at;
		rest = dcfg_view_skip(rest,
				      end ? (size_t)(end - rest.ptr) + 1 : rest.len);
	}
	return line;
}

static void take_document(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error;

	if (yaml->root) {
		error = dcfg_yaml_fail(
			yaml, DEPLOYCFG_ERR_SYNTAX, dcfg_yaml_at(yaml, event), NULL,
			"a second document begins here, and a file is one");
		dcfg_error_hint(error, "remove the line '---', or make two files");
		yaml->stopped = yaml->is_whole = yaml->lacks = true;
	} else if (event->directives) {
		uint32_t line = find_directive(yaml, event->line);

		error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX,
				       dcfg_yaml_origin(yaml, line, 1), NULL,
				       "%%TAG directives are not allowed");
		dcfg_error_hint(
			error,
			"remove the line: tags are written in full, such as !append");
	}
}

/* A value inside something else has no lines, and so none of what is made by them. */
static bool check_style(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error;

	if (dcfg_likely(yaml->layer || !event->block))
		return true;
	error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, dcfg_yaml_at(yaml, event),
			       NULL, "expected a value as it stands between brackets");
	dcfg_error_hint(
		error,
		"write lists and maps as [a, b] and {key: value}, and quote text that "
		"holds ': ' or begins with '- ', '|' or '>'");
	yaml->stopped = true;
	return false;
}

static void take(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	if (dcfg_unlikely(!check_style(yaml, event)))
		return;
	switch (event->kind) {
	case DCFG_YAML_END:
		yaml->stopped = yaml->is_whole = true;
		break;
	case DCFG_YAML_DOCUMENT:
		take_document(yaml, event);
		break;
	case DCFG_YAML_CLOSE:
		dcfg_yaml_leave(yaml);
		break;
	default:
		if (expects_key(yaml))
			dcfg_yaml_take_key(yaml, event);
		else
			take_value(yaml, event);
	}
}

/* Whether an event is there because the readable text ends before the text does. */
static bool is_artefact(const struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	return event->kind == DCFG_YAML_SCALAR && event->plain && !event->text.len &&
	       dcfg_yaml_is_void(dcfg_yaml_here(yaml->events));
}

/* Reads up to a line that has a fault, or to the end. */
static void loop(struct dcfg_yaml *yaml, uint32_t fault_line)
{
	struct dcfg_yaml_event event;

	while (!yaml->stopped && !yaml->context->arena.failed) {
		if (!dcfg_yaml_next(yaml->events, &event)) {
			struct dcfg_yaml_problem problem = dcfg_yaml_why(yaml->events);

			if (!fault_line || problem.memory || problem.line < fault_line)
				dcfg_yaml_report_problem(yaml, &problem);
			break;
		}
		if (dcfg_unlikely(fault_line) && is_artefact(yaml, &event))
			break;
		take(yaml, &event);
	}
}

void dcfg_yaml_run(struct dcfg_yaml *yaml)
{
	struct dcfg_context *context = yaml->context;
	struct dcfg_yaml_raw raw;

	if (dcfg_view_starts(yaml->text, DCFG_VIEW("\xef\xbb\xbf")))
		yaml->text = dcfg_view_skip(yaml->text, 3);
	yaml->keys_before = yaml->context->keys;
	yaml->is_literal =
		!yaml->text.len || (!memchr(yaml->text.ptr, '$', yaml->text.len) &&
				    !memchr(yaml->text.ptr, '\\', yaml->text.len));
	raw = dcfg_yaml_prescan(yaml->text,
				context->limits.of[DEPLOYCFG_LIMIT_DIRECTIVES]);
	yaml->events =
		dcfg_yaml_open(&context->arena, dcfg_view(yaml->text.ptr, raw.readable),
			       context->has_secrets, yaml->vault);
	if (!yaml->events)
		return;
	loop(yaml, raw.line);
	while (yaml->open) /* what breaks off may be refused all the same */
		dcfg_yaml_leave(yaml);
	dcfg_yaml_close(yaml->events);
	if (raw.line)
		dcfg_yaml_report_raw(yaml, &raw);
	yaml->is_whole &= !raw.line;
}

/* What was reported as no map of keys. */
static void check_blocks(struct dcfg_layer *layer)
{
	for (struct dcfg_block *block = layer->blocks; block; block = block->next) {
		if (block->root->type == DEPLOYCFG_MAP)
			continue;
		if (!layer->loss)
			layer->loss = DCFG_LOST_KEYS;
		dcfg_yaml_empty_root(block->root);
	}
}

bool dcfg_yaml_read(struct dcfg_context *context, uint32_t source, struct dcfg_view text,
		    struct dcfg_layer *layer)
{
	struct dcfg_yaml yaml = {
		.context = context,
		.text = text,
		.base = dcfg_origin(source, 1, 1),
		.layer = layer,
		.last_block = &layer->blocks,
		.expands = context->sources.list[source].layer <= DCFG_LAYER_EXPANDED_MAX,
		.lint = context->lint,
	};

	*layer = (struct dcfg_layer){0};
	dcfg_yaml_run(&yaml);
	layer->root = yaml.root;
	layer->loss = dcfg_yaml_loss(&yaml);
	if (layer->root && layer->root->type != DEPLOYCFG_MAP)
		layer->loss = DCFG_LOST_TEXT;
	check_blocks(layer);
	if (!layer->root || layer->root->type != DEPLOYCFG_MAP)
		layer->root = dcfg_node_uncounted(context, DEPLOYCFG_MAP,
						  dcfg_origin(source, 0, 0));
	return layer->root && !yaml.failed && !context->arena.failed;
}
