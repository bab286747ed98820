/* SPDX-License-Identifier: ISC */
/* One YAML value inside something else: a flow value in an override, a list as text. The
 * same reader as for files; must not know what the value stands in. */
#include "source/yaml.h"

#include "model/conceal.h"

/* Only between brackets a value may have lines; else it is refused before the parser sees it. */
static bool check_line(struct dcfg_yaml *yaml)
{
	struct dcfg_view text = yaml->text;
	struct deploycfg_error *error;

	while (text.len && memchr(" \t\r\n", *text.ptr, 4))
		text = dcfg_view_skip(text, 1);
	if (!text.len || *text.ptr == '[' || *text.ptr == '{' ||
	    !memchr(text.ptr, '\n', text.len))
		return true;
	error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, yaml->base, NULL,
			       "expected a value in one line, and this one has several");
	dcfg_error_hint(error,
			"write lists and maps between brackets: [a, b] or {key: value}");
	return false;
}

static struct dcfg_node *read_value(struct dcfg_yaml *yaml)
{
	struct dcfg_context *context = yaml->context;
	struct deploycfg_error *error;

	if (!check_line(yaml))
		return NULL;
	dcfg_yaml_run(yaml);
	if (dcfg_yaml_loss(yaml) || context->arena.failed)
		return NULL;
	if (!yaml->root) {
		error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, yaml->base, NULL,
				       "expected a value, found nothing");
		dcfg_error_hint(
			error,
			"write null, or put quotes around text that begins with '#'");
	}
	return yaml->root;
}

/* Reads a value with its errors apart: whose they are is not known here. */
static struct dcfg_node *read_apart(struct dcfg_yaml *yaml,
				    struct deploycfg_errors **problems)
{
	struct dcfg_context *context = yaml->context;
	struct deploycfg_errors *others = context->errors;
	struct dcfg_node *node;

	context->errors = NULL;
	node = read_value(yaml);
	*problems = context->errors;
	context->errors = others;
	if (*problems && (*problems)->out_of_memory)
		context->arena.failed = true;
	return node;
}

static struct dcfg_origin place_of(const struct deploycfg_error *error,
				   struct dcfg_origin origin)
{
	if (!deploycfg_error_line(error))
		return origin;
	return dcfg_origin(origin.source, deploycfg_error_line(error),
			   deploycfg_error_column(error));
}

/* Tells an error of a value as one of the key that the value is for. Keys in a secret are part of
 * it. */
static void retell(const struct dcfg_yaml *yaml, const struct deploycfg_error *error,
		   struct dcfg_origin whole, const char *key)
{
	struct dcfg_context *context = yaml->context;
	struct dcfg_origin origin = place_of(error, whole);
	const char *within = yaml->conceals ? "" : deploycfg_error_key(error);
	const struct deploycfg_error *related;
	struct deploycfg_error *told;

	told = dcfg_fail(context, deploycfg_error_status(error), origin,
			 dcfg_path_join(context, key, within), "%s",
			 deploycfg_error_message(error));
	for (size_t i = 0; (related = deploycfg_error_related(error, i)); i++) {
		dcfg_relate(context, told, place_of(related, whole), "%s",
			    deploycfg_error_message(related));
	}
	if (*deploycfg_error_hint(error))
		dcfg_error_hint(told, "%s", deploycfg_error_hint(error));
}

/* Nothing in it has a place of its own. */
static void place_all(struct dcfg_node *top, struct dcfg_origin origin)
{
	for (struct dcfg_node *node = top; node; node = dcfg_walk(top, node)) {
		node->origin = origin;
		node->key_line = node->key_column = 0;
	}
}

struct dcfg_node *dcfg_yaml_value(struct dcfg_context *context, struct dcfg_origin origin,
				  struct dcfg_origin first, const char *key,
				  struct dcfg_view text)
{
	struct dcfg_yaml yaml = {
		.context = context,
		.text = text,
		.base = first,
		.is_all = !*key,
		.conceals = dcfg_path_is_concealed(context, dcfg_view_text(key)) ||
			    dcfg_text_is_concealed(context, text),
	};
	struct deploycfg_errors *problems;
	struct dcfg_node *node = read_apart(&yaml, &problems);

	for (size_t i = 0; problems && i < problems->count; i++)
		retell(&yaml, deploycfg_errors_at(problems, i), origin, key);
	for (size_t i = 0; problems && i < problems->dropped; i++)
		dcfg_only_counts(context, DEPLOYCFG_ERROR);
	deploycfg_errors_free(problems);
	if (!first.line)
		place_all(node, origin);
	return node;
}

static const char *keep(struct dcfg_context *context, const char *text)
{
	return dcfg_arena_copy(&context->arena, dcfg_view_text(text)).ptr;
}

static void keep_problem(struct dcfg_context *context, struct dcfg_flow *flow,
			 const struct deploycfg_error *problem)
{
	flow->status = deploycfg_error_status(problem);
	flow->origin = place_of(problem, flow->origin);
	flow->key = keep(context, deploycfg_error_key(problem));
	flow->problem = keep(context, deploycfg_error_message(problem));
	flow->hint = keep(context, deploycfg_error_hint(problem));
}

void dcfg_yaml_flow(struct dcfg_context *context, struct dcfg_node *text,
		    struct dcfg_origin first)
{
	bool is_secret = text->flags & DCFG_IS_SECRET;
	struct dcfg_yaml yaml = {.context = context,
				 .text = dcfg_text(text),
				 .base = first,
				 .vault = is_secret ? &context->vault : NULL,
				 .conceals = is_secret,
				 .expands = (text->flags & DCFG_TEMPLATE) != 0};
	uint64_t keys = context->keys;
	struct deploycfg_errors *problems;
	struct dcfg_flow *flow;

	if (!text->length || *text->text != '[')
		return;
	flow = dcfg_arena_zalloc(&context->arena, sizeof(*flow));
	if (!flow)
		return;
	flow->origin = text->origin;
	flow->conceals = yaml.conceals;
	flow->list = read_apart(&yaml, &problems);
	if (yaml.failed)
		flow->list = NULL;
	if (!flow->list)
		context->keys = keys; /* nothing remains of them */
	if (!first.line)
		place_all(flow->list, text->origin);
	if (deploycfg_errors_count(problems))
		keep_problem(context, flow, deploycfg_errors_at(problems, 0));
	deploycfg_errors_free(problems);
	if (context->arena.failed)
		return;
	text->flow = flow;
	text->flags |= DCFG_FLOW;
}
