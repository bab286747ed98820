/* SPDX-License-Identifier: ISC */
/* How violations are told: where the value stands, what it overrides, where its key is declared,
 * and what to change. The text of a secret is never shown. Judges nothing. */
#include "base/utf8.h"
#include "model/conceal.h"
#include "model/key.h"
#include "schema/rule.h"

/* Places that a value overrides: so many are told. */
#define OVERRIDDEN_MAX 16

struct dcfg_view dcfg_judged_path(const struct dcfg_judging *judging,
				  char buffer[DCFG_PATH_MAX])
{
	size_t length = judging->base.len;

	memcpy(buffer, judging->base.ptr, length);
	for (size_t i = 0; i < judging->depth; i++) {
		const struct dcfg_step *step = &judging->way[i];

		length = step->name ? dcfg_key_append(buffer, DCFG_PATH_MAX, length,
						      step->name->text)
				    : dcfg_key_append_index(buffer, DCFG_PATH_MAX, length,
							    step->index);
	}
	return dcfg_view(buffer, length < DCFG_PATH_MAX ? length : DCFG_PATH_MAX);
}

const char *dcfg_judged_key(const struct dcfg_judging *judging)
{
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view key = dcfg_arena_copy(&judging->context->arena,
					       dcfg_judged_path(judging, buffer));

	return key.ptr ? key.ptr : "";
}

struct dcfg_node *dcfg_judged_weaker(struct dcfg_judging *judging)
{
	char buffer[DCFG_PATH_MAX];

	if (!judging->weaker)
		return NULL;
	return dcfg_node_at(judging->context, judging->weaker,
			    dcfg_judged_path(judging, buffer), &judging->trail);
}

static bool is_secret(const struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      const struct dcfg_node *node)
{
	char buffer[DCFG_PATH_MAX];

	return node->flags & (DCFG_IS_SECRET | DCFG_IS_MASKED) ||
	       dcfg_rule_is_concealed(rule) ||
	       dcfg_path_is_concealed(judging->context,
				      dcfg_judged_path(judging, buffer));
}

/* Whether a value that is no map stands where a key below it would be secret. */
static bool is_above_secret(const struct dcfg_judging *judging,
			    const struct dcfg_node *node)
{
	char buffer[DCFG_PATH_MAX];

	return node->type != DEPLOYCFG_MAP &&
	       dcfg_path_leads_to_secret(judging->context,
					 dcfg_judged_path(judging, buffer));
}

bool dcfg_judged_is_concealed(const struct dcfg_judging *judging,
			      const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	return (judging->subject && judging->schema->hides_values) ||
	       is_secret(judging, rule, node) || is_above_secret(judging, node);
}

const char *dcfg_quote(const struct dcfg_judging *judging, char buffer[DCFG_QUOTE_SIZE],
		       const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	struct dcfg_view shown = dcfg_utf8_shown(dcfg_text(node));
	bool whole = shown.len == node->length;

	if (dcfg_judged_is_concealed(judging, rule, node) ||
	    dcfg_names_secret(dcfg_text(node)))
		return "the secret value";
	if (node->type == DEPLOYCFG_STRING || node->type >= DEPLOYCFG_ENUM)
		(void)snprintf(buffer, DCFG_QUOTE_SIZE, "the text '%.*s'%s",
			       DCFG_ARG(shown), whole ? "" : "...");
	else
		(void)snprintf(buffer, DCFG_QUOTE_SIZE, "%.*s%s", DCFG_ARG(shown),
			       whole ? "" : "...");
	return buffer;
}

static const char *kind_of(const struct dcfg_node *node)
{
	enum deploycfg_type type = (enum deploycfg_type)(
		dcfg_node_is_refused(node) ? node->scalar.integer : node->type);

	return type <= DEPLOYCFG_NULL ? "value" : deploycfg_type_name(type);
}

/* The entry that a rule is from: its own, or that of the list it tells of. */
static const struct dcfg_rule *declared(const struct dcfg_rule *rule)
{
	return rule->is_items ? rule->parent : rule;
}

/* From the strongest on. */
static void relate_overridden(struct dcfg_judging *judging, struct deploycfg_error *error,
			      const struct dcfg_rule *rule)
{
	const struct dcfg_node *weaker = dcfg_judged_weaker(judging);
	const struct dcfg_related *older = weaker ? weaker->related : NULL;
	size_t told = 0;

	/* no map that defaults alone make */
	if (weaker && weaker->type != DEPLOYCFG_NONE &&
	    !dcfg_origin_is(weaker->origin, declared(rule)->origin)) {
		dcfg_relate(judging->context, error, weaker->origin,
			    "it overrides this %s", kind_of(weaker));
		told++;
	}
	for (; older && told < OVERRIDDEN_MAX; older = older->next) {
		if (older->relation != DEPLOYCFG_SHADOWED)
			continue;
		dcfg_relate(judging->context, error, older->node->origin, "%s this %s",
			    told ? "which overrides" : "it overrides",
			    kind_of(older->node));
		told++;
	}
}

const char *dcfg_wanted(const struct dcfg_rule *rule)
{
	if (rule->type != DEPLOYCFG_NONE || !rule->bounds)
		return dcfg_type_phrase(rule->type);
	return rule->bounds->choices ? "one of its choices" : "text";
}

static void relate_rule(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_rule *rule)
{
	if (judging->subject || !rule->parent)
		return;
	dcfg_relate(judging->context, error, declared(rule)->origin, "declared as %s%s",
		    rule->is_items ? "a list; each item is " : "", dcfg_wanted(rule));
}

static struct dcfg_place place_of(struct dcfg_judging *judging,
				  const struct dcfg_rule *rule,
				  const struct dcfg_node *node)
{
	struct dcfg_place place = dcfg_place_of(judging->context, node->origin);

	place.is_secret |= dcfg_judged_is_concealed(judging, rule, node);
	return place;
}

void dcfg_relate_copied(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_node *node)
{
	if (judging->copied && judging->copied != node)
		dcfg_relate(judging->context, error, judging->copied->origin,
			    "copied by this reference");
}

/* What references made a value of, and what it overrides. */
static void relate_made(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_node *node)
{
	const struct dcfg_related *made = judging->copied == node ? node->related : NULL;
	size_t told = 0;

	dcfg_relate_copied(judging, error, node);
	for (; made && told < OVERRIDDEN_MAX; made = made->next) {
		if (made->relation != DEPLOYCFG_INPUT &&
		    made->relation != DEPLOYCFG_SHADOWED)
			continue;
		dcfg_relate(judging->context, error, made->node->origin, "%s this %s",
			    made->relation == DEPLOYCFG_INPUT ? "made of"
							      : "it overrides",
			    kind_of(made->node));
		told++;
	}
}

/* What references copied has a place of its own: theirs. */
static struct deploycfg_error *report(struct dcfg_judging *judging,
				      const struct dcfg_told *told)
{
	return judging->again
		       ? dcfg_report_at(judging->context, told->severity, told->status,
					&told->place, told->key, "%s", told->message)
		       : dcfg_report_once(judging->context, judging->schema, told);
}

struct deploycfg_error *
dcfg_judge_fail(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		const struct dcfg_node *node, enum deploycfg_status status,
		const char *format, ...)
{
	bool itself = judging->subject != NULL;
	struct deploycfg_error *error;
	struct dcfg_told told;
	char message[1024];
	va_list arguments;
	int head = snprintf(message, sizeof(message), "%s%s",
			    itself ? judging->subject : "", itself ? ": " : "");

	judging->schema->wrong += itself;
	if (dcfg_only_counts(judging->context, DEPLOYCFG_ERROR))
		return NULL;
	va_start(arguments, format);
	(void)vsnprintf(message + head, sizeof(message) - (size_t)head, format,
			arguments);
	va_end(arguments);
	told = (struct dcfg_told){
		.node = node,
		.status = itself ? DEPLOYCFG_ERR_SCHEMA : status,
		.place = place_of(judging, rule, node),
		.key = dcfg_judged_key(judging),
		.part = "",
		.message = message,
	};
	error = report(judging, &told);
	dcfg_relate_namer(judging->context, error, node->origin);
	relate_overridden(judging, error, rule);
	if (judging->again)
		relate_made(judging, error, node);
	if (status != DEPLOYCFG_ERR_FORBIDDEN)
		relate_rule(judging, error, rule);
	return error;
}

/* An override is a path of keys, and what it gives at its end. */
static struct dcfg_view option_of(struct dcfg_judging *judging,
				  const struct dcfg_node *node)
{
	while (node->parent)
		node = node->parent;
	while (node->type == DEPLOYCFG_MAP && node->op == DCFG_SET && dcfg_first(node))
		node = dcfg_first(node);
	return dcfg_arena_printf(&judging->context->arena, "--set %s%s=...",
				 dcfg_path(judging->context, node),
				 node->op == DCFG_ASSIGN ? ":" : "");
}

/* The variable or option that a value comes from; "" for a file. */
static const char *giver_of(struct dcfg_judging *judging, const struct dcfg_node *node)
{
	const struct dcfg_sources *sources = &judging->context->sources;
	const struct dcfg_source *source;
	struct dcfg_view name, told = {0};

	if (node->origin.source >= sources->count)
		return "";
	source = &sources->list[node->origin.source];
	name = source->name;
	if (source->kind == DEPLOYCFG_SOURCE_VARIABLE &&
	    dcfg_view_starts(name, DCFG_VIEW("env:")))
		told = dcfg_arena_printf(&judging->context->arena, "%.*s",
					 DCFG_ARG(dcfg_view_skip(name, 4)));
	else if (source->kind == DEPLOYCFG_SOURCE_OVERRIDE)
		told = option_of(judging, node);
	return told.ptr ? told.ptr : "";
}

void dcfg_judge_hint(struct dcfg_judging *judging, struct deploycfg_error *error,
		     const struct dcfg_node *node, const char *hint)
{
	const char *giver;

	if (!error)
		return;
	giver = giver_of(judging, node);
	if (*giver && hint)
		dcfg_error_hint(error, "%s; change %s, or leave it out", hint, giver);
	else if (*giver)
		dcfg_error_hint(error, "change %s, or leave it out", giver);
	else if (hint)
		dcfg_error_hint(error, "%s", hint);
}

static const char *hint_for(const struct dcfg_rule *rule)
{
	switch (rule->type) {
	case DEPLOYCFG_LIST:
		return "write a list, [a, b] or one `- item` a line";
	case DEPLOYCFG_MAP:
		return "set the keys below it";
	case DEPLOYCFG_NONE:
		return "write a single value";
	default:
		return NULL;
	}
}

/* Whether a path made the map: in YAML somebody wrote it. */
static bool is_path(const struct dcfg_context *context, const struct dcfg_node *node)
{
	if (node->type != DEPLOYCFG_MAP || node->origin.source >= context->sources.count)
		return false;
	for (const struct dcfg_node *above = node; above; above = above->parent)
		if (above->type == DEPLOYCFG_LIST || above->op == DCFG_ASSIGN)
			return false; /* a part of a value that was written as YAML */
	return !dcfg_is_yaml(context, node);
}

static const char *found_kind(const struct dcfg_context *context,
			      const struct dcfg_node *node)
{
	if (node->flags & DCFG_ITEMS)
		return "an element of a list";
	if (is_path(context, node))
		return "a key below it";
	return node->flags & DCFG_TEXT
		       ? "text"
		       : dcfg_type_phrase((enum deploycfg_type)node->type);
}

static bool is_concealed_below(const struct dcfg_judging *judging, struct dcfg_view name)
{
	char buffer[DCFG_PATH_MAX];
	size_t length = dcfg_judged_path(judging, buffer).len;

	length = dcfg_key_append(buffer, DCFG_PATH_MAX, length, name);
	return length > DCFG_PATH_MAX ||
	       dcfg_path_is_concealed(judging->context, dcfg_view(buffer, length));
}

/* The commonest slip of YAML, host:localhost: a hint; ptr is NULL where it is another. */
static struct dcfg_view blank_missing(struct dcfg_judging *judging,
				      const struct dcfg_rule *rule,
				      const struct dcfg_node *node)
{
	struct dcfg_view text, key, value;
	const char *colon;
	bool is_concealed;

	if (rule->type != DEPLOYCFG_MAP || node->type != DEPLOYCFG_STRING ||
	    is_secret(judging, rule, node) || !dcfg_is_yaml(judging->context, node))
		return dcfg_view(NULL, 0);
	text = dcfg_text(node);
	colon = memchr(text.ptr, ':', text.len);
	if (!colon)
		return dcfg_view(NULL, 0);
	key = dcfg_view(text.ptr, (size_t)(colon - text.ptr));
	value = dcfg_utf8_shown(dcfg_view_skip(text, key.len + 1));
	if (!dcfg_utf8_is_word(key) || !value.len || strchr(": /", *value.ptr))
		return dcfg_view(NULL, 0);
	is_concealed = is_concealed_below(judging, key);
	if (!is_concealed && is_above_secret(judging, node))
		return dcfg_view(NULL, 0); /* the ':' may be its own */
	if (memchr(value.ptr, ' ', value.len) || is_concealed)
		value = DCFG_VIEW("...");
	return dcfg_arena_printf(&judging->context->arena,
				 "write `%.*s: %.*s`, with a blank behind the ':'",
				 DCFG_ARG(key), DCFG_ARG(value));
}

void dcfg_fail_kind(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		    const struct dcfg_node *node)
{
	struct deploycfg_error *error = dcfg_judge_fail(
		judging, rule, node, DEPLOYCFG_ERR_TYPE, "expected %s, found %s",
		dcfg_wanted(rule), found_kind(judging->context, node));
	struct dcfg_view slip = blank_missing(judging, rule, node);

	dcfg_error_expected(error, "%s",
			    rule->type == DEPLOYCFG_NONE
				    ? dcfg_wanted(rule)
				    : deploycfg_type_name(rule->type));
	dcfg_judge_hint(judging, error, node, slip.ptr ? slip.ptr : hint_for(rule));
}
