/* SPDX-License-Identifier: ISC */
/* Keys of YAML maps: which scalars may be one, and the two that mean something else. Must
 * not know values. */
#include "source/yaml.h"

#include "base/utf8.h"
#include "model/conceal.h"
#include "model/lookalike.h"

/* Bytes behind `<<` that are looked at for what it merges. */
#define MERGE_SEEN 80

#define BLOCK DCFG_VIEW("when@")

/* A key that was reported as wrong, and of which nobody knows which one it is. */
static void lose_name(struct dcfg_yaml *yaml)
{
	yaml->key.apart = yaml->key.nameless = true;
}

/* Sets the key whose value comes next. */
static void set_key(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event,
		    struct dcfg_view text, bool apart)
{
	yaml->key = (struct dcfg_yaml_key){
		.name = dcfg_intern(&yaml->context->names, text),
		.origin = dcfg_yaml_at(yaml, event),
		.apart = apart,
	};
	if (dcfg_unlikely(!yaml->key.name))
		dcfg_yaml_stop(yaml);
}

/* The path of a key of the open map before it has a node. */
static const char *path_of(struct dcfg_yaml *yaml, struct dcfg_view text)
{
	struct dcfg_name name = {.text = text};
	struct dcfg_node node = {.parent = yaml->open, .name = &name};

	return dcfg_yaml_path(yaml, text.len ? &node : yaml->open);
}

static struct deploycfg_error *
fail_key(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event,
	 struct dcfg_view text, const char *message, const char *more)
{
	return dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_KEY, dcfg_yaml_at(yaml, event),
			      path_of(yaml, text), "%s%s", message, more);
}

static void lint(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	const char *there = dcfg_lookalike(event->text, DEPLOYCFG_STRING);
	struct deploycfg_error *error;

	if (!there)
		return;
	error = dcfg_warn(yaml->context, DEPLOYCFG_ERR_LINT, dcfg_yaml_at(yaml, event),
			  path_of(yaml, event->text),
			  "this plain key is a string here, and %s to readers of %s",
			  there, dcfg_lookalike_readers(event->text));
	dcfg_error_hint(error, "quote it: \"%.*s\":", DCFG_ARG(event->text));
}

static bool check_type(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	enum deploycfg_type type;
	union dcfg_scalar value;
	struct deploycfg_error *error;

	dcfg_resolve(event->text, &type, &value);
	if (dcfg_likely(type == DEPLOYCFG_STRING)) {
		if (dcfg_unlikely(yaml->lint))
			lint(yaml, event);
		return true;
	}
	error = fail_key(yaml, event, event->text,
			 "keys are strings, and YAML reads this one as ",
			 type == DEPLOYCFG_NULL   ? "null"
			 : type == DEPLOYCFG_BOOL ? "a bool"
			 : type == DEPLOYCFG_INT  ? "an int"
						  : "a float");
	dcfg_error_hint(error, "quote it: \"%.*s\":", DCFG_ARG(event->text));
	return false;
}

/* The first alias behind `<<` in its line, if near. */
static struct dcfg_view merged_name(struct dcfg_view text)
{
	size_t at = 0, len = 0;

	text = dcfg_utf8_cut(text, MERGE_SEEN);
	while (at < text.len && text.ptr[at] != '*' && text.ptr[at] != '\n')
		at++;
	if (at == text.len || text.ptr[at] == '\n')
		return DCFG_VIEW("*name");
	text = dcfg_view_skip(text, at);
	while (len < text.len && !memchr(" \t\r\n,]}#", text.ptr[len], 8))
		len++;
	return dcfg_view(text.ptr, len);
}

static void report_merge(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error =
		fail_key(yaml, event, dcfg_view(NULL, 0),
			 "'<<' does not merge maps here: only layers are merged", "");
	struct dcfg_view name =
		dcfg_yaml_shown(yaml, NULL, dcfg_yaml_at(yaml, event),
				merged_name(dcfg_yaml_here(yaml->events)));

	dcfg_error_hint(
		error,
		"instead of '<<: %.*s' write its keys here again, or give them a key "
		"of their own: 'shared: %.*s'",
		DCFG_ARG(name), DCFG_ARG(name));
}

static bool check_empty(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error;

	if (dcfg_likely(event->text.len))
		return true;
	error = fail_key(yaml, event, event->text, "a key cannot be empty", "");
	dcfg_error_hint(error, "write a name before the ':'");
	return false;
}

static bool check_merge(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	if (dcfg_likely(!event->plain || event->tag.ptr ||
			!dcfg_view_equal(event->text, DCFG_VIEW("<<"))))
		return true;
	report_merge(yaml, event);
	return false;
}

static bool check_escapes(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	if (!event->escapes || !event->text.ptr ||
	    !memchr(event->text.ptr, '\0', event->text.len))
		return true;
	dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_ENCODING, dcfg_yaml_at(yaml, event),
		       dcfg_yaml_path(yaml, yaml->open),
		       "a key cannot hold a NUL character");
	return false;
}

/* `!pin: SECRET` */
static bool is_tagged_secret(const struct dcfg_yaml *yaml,
			     const struct dcfg_yaml_event *event)
{
	return event->tag.ptr && dcfg_holds_secrets(yaml->context, yaml->base.source);
}

/* A key that carries a tag or an anchor needs a node for them. */
static bool check_properties(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct dcfg_node *node = dcfg_yaml_scalar(yaml, event);
	struct dcfg_view shown = event->text;
	struct deploycfg_error *error;

	if (!node)
		return false;
	node->parent = yaml->open;
	node->name = dcfg_intern(&yaml->context->names, event->text);
	if (!node->name)
		return false;
	if (event->anchor.ptr)
		dcfg_yaml_define(yaml, event, node);
	if (!event->tag.ptr)
		return true;
	if (*event->tag.ptr == '!' && event->tag.len > 1) {
		if (is_tagged_secret(yaml, event))
			shown = DCFG_VIEW(DCFG_MASK);
		error = fail_key(yaml, event, shown, "a key cannot carry ",
				 event->tag.ptr);
		dcfg_error_hint(
			error,
			"write it behind the colon, before the value: '%.*s: %s ...'",
			DCFG_ARG(shown), event->tag.ptr);
		return false;
	}
	if (!dcfg_yaml_apply_tag(yaml, node, event))
		return false;
	if (node->type == DEPLOYCFG_STRING)
		return true;
	fail_key(yaml, event, event->text,
		 "keys are strings, and a tag makes this one another ", "type");
	return false;
}

static bool names_block(const struct dcfg_yaml *yaml, struct dcfg_view text)
{
	return yaml->open == yaml->root && (yaml->layer || yaml->is_all) &&
	       dcfg_view_starts(text, BLOCK);
}

static void forbid_block(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error;

	lose_name(yaml);
	error = fail_key(yaml, event, event->text,
			 "only files have blocks for environments", "");
	dcfg_error_hint(error,
			"write its keys themselves, or quote the name if it is a key");
}

static void mark_block(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error;

	if (!yaml->layer) {
		forbid_block(yaml, event);
		return;
	}
	yaml->key.block = event->text.len > BLOCK.len;
	if (yaml->key.block)
		return;
	lose_name(yaml);
	error = fail_key(yaml, event, event->text, "'when@' names no environment", "");
	dcfg_error_hint(error, "write one behind it, such as 'when@production:'");
}

static void lint_block(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error =
		dcfg_warn(yaml->context, DEPLOYCFG_ERR_LINT, dcfg_yaml_at(yaml, event),
			  path_of(yaml, event->text),
			  "this is a key as others, and no block for an environment: "
			  "blocks stand at the top of a file");

	dcfg_error_hint(error, "move it to the top of the file; quote it to keep it");
}

static void take_scalar(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	bool is_named = check_empty(yaml, event) && check_escapes(yaml, event) &&
			check_merge(yaml, event),
	     good = is_named;

	if (good && event->plain && !event->tag.ptr)
		good = check_type(yaml, event);
	if (good && dcfg_unlikely(event->tag.ptr || event->anchor.ptr))
		good = check_properties(yaml, event);
	set_key(yaml, event, event->text, !good);
	if (dcfg_unlikely(!is_named || (!good && is_tagged_secret(yaml, event))))
		lose_name(yaml);
	if (dcfg_likely(!good || !event->plain || !dcfg_view_starts(event->text, BLOCK)))
		return;
	if (names_block(yaml, event->text))
		mark_block(yaml, event);
	else if (yaml->lint)
		lint_block(yaml, event);
}

/* It cannot be told whether the alias names plain text. */
static void refuse_block(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error =
		fail_key(yaml, event, dcfg_view(NULL, 0),
			 "an alias cannot name a when@ block", "");

	dcfg_error_hint(error, "write the name out, between quotes if it is no block");
}

static void take_alias(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	const struct dcfg_node *node = dcfg_yaml_find(yaml, event);
	bool good = node && node->type == DEPLOYCFG_STRING && node->length;

	if (node && !good)
		fail_key(yaml, event, dcfg_view(NULL, 0),
			 "keys are strings, and this alias names something else", "");
	if (good && names_block(yaml, dcfg_text(node))) {
		refuse_block(yaml, event);
		good = false;
	}
	set_key(yaml, event, good ? dcfg_text(node) : event->text, !good);
	if (!good)
		lose_name(yaml);
}

/* It is read to its end, apart, for the sake of the errors in it. */
static void take_collection(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	enum deploycfg_type type =
		event->kind == DCFG_YAML_LIST ? DEPLOYCFG_LIST : DEPLOYCFG_MAP;
	struct dcfg_origin at = dcfg_yaml_at(yaml, event);
	struct dcfg_node *node = dcfg_node_new(yaml->context, type, at);
	struct deploycfg_error *error;

	if (!yaml->in_keys) {
		error = fail_key(yaml, event, dcfg_view(NULL, 0), "a key cannot be a ",
				 type == DEPLOYCFG_LIST ? "list" : "map");
		dcfg_error_hint(
			error,
			"quote it, if it is meant as text: a value that begins with "
			"'[' or '{' needs quotes");
	}
	set_key(yaml, event, DCFG_VIEW("?"), true);
	lose_name(yaml);
	if (!node || !yaml->key.name) {
		dcfg_yaml_stop(yaml);
		return;
	}
	node->flags = DCFG_YAML_IN_KEY;
	dcfg_yaml_put(yaml, node);
	if (event->anchor.ptr)
		dcfg_yaml_define(yaml, event, node);
	dcfg_yaml_enter(yaml, node, at);
}

void dcfg_yaml_take_key(struct dcfg_yaml *yaml, const struct dcfg_yaml_event *event)
{
	if (dcfg_likely(event->kind == DCFG_YAML_SCALAR))
		take_scalar(yaml, event);
	else if (event->kind == DCFG_YAML_ALIAS)
		take_alias(yaml, event);
	else
		take_collection(yaml, event);
}
