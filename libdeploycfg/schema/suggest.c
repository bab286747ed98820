/* SPDX-License-Identifier: ISC */
/* Keys that no schema declares, and what they may have been meant to be. Judges no values. */
#include "base/nearest.h"
#include "base/utf8.h"
#include "model/conceal.h"
#include "model/key.h"
#include "model/variable_slips.h"
#include "schema/rule.h"

/* So many names are compared in one load: suggestions must not cost what loading does. */
#define COMPARISONS_MAX 200000

/* Of variables that nobody wrote on purpose. */
#define SERVICE_LINKS                                                                    \
	"If Kubernetes set it for a service, add it to the manifest's foreign_variables"

/* Whether so many comparisons may be made; then they count. */
static bool afford(struct dcfg_schema *schema, size_t count)
{
	if (schema->comparisons + count > COMPARISONS_MAX)
		return false;
	schema->comparisons += count;
	return true;
}

static struct dcfg_rule *nearest_sibling(struct dcfg_schema *schema,
					 const struct dcfg_rule *parent,
					 struct dcfg_view word)
{
	struct dcfg_nearest nearest = {.word = word};
	struct dcfg_rule *best = NULL;

	if (!afford(schema, parent->children))
		return NULL;
	for (struct dcfg_rule *rule = parent->first; rule; rule = rule->next) {
		dcfg_nearest_offer(&nearest, rule->name->text);
		if (nearest.best.ptr == rule->name->text.ptr)
			best = rule;
	}
	return best;
}

struct dcfg_view dcfg_nearest_rule(struct dcfg_schema *schema, struct dcfg_view path,
				   bool with_many)
{
	struct dcfg_nearest nearest = {.word = path};

	if (afford(schema, schema->declared_count))
		for (size_t i = 0; i < schema->declared_count; i++)
			if (with_many || !dcfg_rule_is_many(schema->declared[i]))
				dcfg_nearest_offer_parts(&nearest, DCFG_VIEW("."),
							 schema->declared[i]->path);
	return nearest.best.ptr ? nearest.best : DCFG_VIEW("");
}

/* A key of that very name elsewhere, if there is one alone that a layer could write so. */
static struct dcfg_view same_name(struct dcfg_schema *schema,
				  const struct dcfg_name *name)
{
	struct dcfg_view found = DCFG_VIEW("");

	if (!afford(schema, schema->declared_count))
		return found;
	for (size_t i = 0; i < schema->declared_count; i++) {
		if (schema->declared[i]->name != name ||
		    dcfg_rule_is_many(schema->declared[i]))
			continue;
		if (found.len)
			return DCFG_VIEW("");
		found = schema->declared[i]->path;
	}
	return found;
}

/* Whether the key that is judged has a value in a weaker layer. */
static bool has_weaker(struct dcfg_judging *judging)
{
	const struct dcfg_node *weaker = dcfg_judged_weaker(judging);

	return weaker && weaker->type > DEPLOYCFG_NULL;
}

/* If the key that was meant, which is the one judged now, is missing, this is why, unless it is
 * there too. Of many the unknown one is it from now on. */
static void tell(struct dcfg_judging *judging, struct dcfg_rule *sibling,
		 struct dcfg_node *node)
{
	struct dcfg_context *context = judging->context;

	if (judging->schema->scope.unknown_is_warning ||
	    dcfg_map_find(context, node->parent, sibling->name))
		return;
	if (!dcfg_rule_is_many(sibling)) {
		dcfg_rule_tell(judging->schema, sibling);
	} else if (!has_weaker(judging)) {
		dcfg_map_rename(context, node, sibling->name);
		dcfg_node_void(context, node);
		node->flags |= DCFG_IS_DEFAULT; /* nobody has set that one */
	}
}

/* Whether it is a part of a list's: another key is none. */
static bool is_in_element(const struct dcfg_judging *judging)
{
	for (size_t i = 0; i < judging->depth; i++)
		if (!judging->way[i].name)
			return true;
	return false;
}

/* The path that may have been meant; empty for none. */
static struct dcfg_view meant(struct dcfg_judging *judging,
			      const struct dcfg_rule *parent, struct dcfg_node *node)
{
	struct dcfg_schema *schema = judging->schema;
	struct dcfg_step *step = &judging->way[judging->depth - 1], written = *step;
	struct dcfg_rule *sibling =
		parent && node->name ? nearest_sibling(schema, parent, node->name->text)
				     : NULL;
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view path;

	if (sibling) {
		*step = (struct dcfg_step){sibling->name, 0};
		tell(judging, sibling, node);
		path = dcfg_arena_copy(&judging->context->arena,
				       dcfg_judged_path(judging, buffer));
		*step = written;
		return path.ptr ? path : DCFG_VIEW("");
	}
	path = dcfg_nearest_rule(schema, dcfg_judged_path(judging, buffer), false);
	return path.len || !node->name || is_in_element(judging)
		       ? path
		       : same_name(schema, node->name);
}

/* Also in a file of variables. */
static bool is_variable(const struct dcfg_judging *judging, const struct dcfg_node *node)
{
	const struct dcfg_sources *sources = &judging->context->sources;
	uint32_t source = node->origin.source;

	return source < sources->count &&
	       sources->list[source].layer == DEPLOYCFG_LAYER_VARIABLES &&
	       sources->list[source].kind != DEPLOYCFG_SOURCE_TEXT;
}

/* Whether it is by that name that a file sets a key. */
static bool is_written(struct dcfg_context *context, const struct dcfg_node *node,
		       struct dcfg_view name)
{
	struct dcfg_place place = dcfg_place_of(context, dcfg_key_origin(node));
	size_t before = place.column ? place.column - 1 : 0;

	return before < place.line_text.len &&
	       dcfg_view_starts(dcfg_view_skip(place.line_text, before), name);
}

/* The variable whose own name is the key, empty where it is bound or a map of keys. */
static struct dcfg_view prefixed(const struct dcfg_judging *judging,
				 const struct dcfg_node *node)
{
	struct dcfg_context *context = judging->context;
	struct dcfg_view prefix = judging->schema->scope.prefix, name;
	const struct dcfg_source *source;
	char buffer[DCFG_PATH_MAX];
	bool is_own;

	if (!prefix.len || !is_variable(judging, node))
		return DCFG_VIEW("");
	source = &context->sources.list[node->origin.source];
	name = dcfg_variable_of(context, judging->schema,
				dcfg_judged_path(judging, buffer));
	is_own =
		source->kind == DEPLOYCFG_SOURCE_FILE
			? is_written(context, node, name)
			: dcfg_view_equal(
				  dcfg_view_skip(source->name, sizeof("env:") - 1), name);
	return is_own ? name : DCFG_VIEW("");
}

/* Whether it may be a secret by where it stands, as its name tells nothing. */
static bool may_be_secret(struct dcfg_context *context, const struct dcfg_node *node,
			  const struct deploycfg_error *error)
{
	struct dcfg_view key = dcfg_view_text(error ? deploycfg_error_key(error) : "");

	return node->origin.line && (dcfg_holds_secrets(context, node->origin.source) ||
				     dcfg_view_ends(key, DCFG_VIEW(DCFG_MASK)) ||
				     dcfg_is_beside_secret(context, key));
}

static void hint(struct dcfg_judging *judging, struct deploycfg_error *error,
		 const struct dcfg_node *node, struct dcfg_view path)
{
	struct dcfg_view variable = prefixed(judging, node), name = DCFG_VIEW("");
	bool is_link = !node->origin.line && dcfg_is_service_link(variable);
	const char *more = is_link ? " " SERVICE_LINKS : "";

	if (path.len ? dcfg_path_is_concealed(judging->context, path)
		     : may_be_secret(judging->context, node, error))
		dcfg_error_hide_line(error); /* of a secret whose name is misspelt */
	if (path.len && variable.len)
		name = dcfg_variable_of(judging->context, judging->schema, path);
	if (name.len)
		dcfg_error_hint(error, "did you mean %.*s, for %.*s?%s", DCFG_ARG(name),
				DCFG_ARG(path), more);
	else if (path.len)
		dcfg_error_hint(error, "did you mean %.*s?%s", DCFG_ARG(path), more);
	else if (variable.len && !node->origin.line)
		dcfg_error_hint(error, "unset it, or declare the key in a schema%s%s",
				*more ? "." : "", more);
	else
		dcfg_error_hint(error, "remove it, or declare it in a schema");
}

/* A key that begins as a secret's does, and goes on as none can, may have the secret in it: a
 * blank was forgotten. It is shown up to there. */
static const char *key_of(struct dcfg_judging *judging, const struct dcfg_node *node)
{
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view name = node->name ? node->name->text : DCFG_VIEW("");
	size_t word = 0, length;
	struct dcfg_view shown;

	while (word < name.len && dcfg_is_word_byte(name.ptr[word]) &&
	       (unsigned char)name.ptr[word] < 0x80)
		word++;
	if (!word || word == name.len || !judging->depth)
		return dcfg_judged_key(judging);
	judging->depth--;
	length = dcfg_judged_path(judging, buffer).len;
	judging->depth++;
	length = dcfg_key_append(buffer, sizeof(buffer), length,
				 dcfg_view(name.ptr, word));
	shown = dcfg_view(buffer, length);
	if (length > sizeof(buffer) ||
	    (!dcfg_path_is_concealed(judging->context, shown) &&
	     (!memchr(" \t:='\"", name.ptr[word], 6) ||
	      !dcfg_is_beside_secret(judging->context, shown))))
		return dcfg_judged_key(judging);
	shown = dcfg_arena_printf(&judging->context->arena, "%.*s" DCFG_MASK,
				  DCFG_ARG(shown));
	return shown.ptr ? shown.ptr : "";
}

static void report(struct dcfg_judging *judging, const struct dcfg_rule *parent,
		   struct dcfg_node *node)
{
	struct dcfg_context *context = judging->context;
	bool itself = judging->subject != NULL;
	bool warns = judging->schema->scope.unknown_is_warning && !itself;
	enum deploycfg_severity severity = warns ? DEPLOYCFG_WARNING : DEPLOYCFG_ERROR;
	struct dcfg_told told;
	struct deploycfg_error *error;
	struct dcfg_view message;

	judging->schema->wrong += itself;
	if (dcfg_only_counts(context, severity))
		return;
	message = dcfg_arena_printf(&context->arena, "%s%sno schema declares this key",
				    itself ? judging->subject : "", itself ? ": " : "");
	told = (struct dcfg_told){
		.node = node,
		.severity = severity,
		.status = itself ? DEPLOYCFG_ERR_SCHEMA : DEPLOYCFG_ERR_UNKNOWN,
		.place = dcfg_place_of(context, dcfg_key_origin(node)),
		.key = key_of(judging, node),
		.part = "",
		.message = message.ptr ? message.ptr : "",
	};
	told.place.is_secret |= parent && dcfg_rule_is_concealed(parent);
	error = dcfg_report_once(context, judging->schema, &told);
	dcfg_relate_copied(judging, error, node);
	if (!dcfg_hint_misplaced(judging, error, parent, node))
		hint(judging, error, node, meant(judging, parent, node));
}

/* Below what nobody declares a number in a variable is that of an element. */
static struct dcfg_step step_of(const struct dcfg_name *name)
{
	uint64_t index;

	if (name && (*name->text.ptr != '0' || name->text.len == 1) &&
	    dcfg_parse_uint(name->text, &index) == DCFG_PARSED && index < SIZE_MAX)
		return (struct dcfg_step){NULL, (size_t)index};
	return (struct dcfg_step){name, 0};
}

/* Variables below one unknown key are told one by one: each has a place of its own. */
static void report_each(struct dcfg_judging *judging, const struct dcfg_rule *parent,
			struct dcfg_node *node)
{
	if (!dcfg_first(node) || judging->depth >= DCFG_DEPTH_MAX) {
		report(judging, parent, node);
		return;
	}
	judging->depth++;
	dcfg_each (child, node) {
		judging->way[judging->depth - 1] = step_of(child->name);
		report_each(judging, NULL, child);
	}
	judging->depth--;
}

/* Whether several variables have values below a key. */
static bool is_of_many(const struct dcfg_node *top)
{
	for (const struct dcfg_node *node = top; node; node = dcfg_walk(top, node))
		if (node->origin.source != top->origin.source ||
		    node->origin.line != top->origin.line)
			return true;
	return false;
}

/* Whether a path of names without a choice led to a value. */
static bool is_chain(const struct dcfg_node *node)
{
	while (dcfg_first(node)) {
		if (node->length > 1 || node->type == DEPLOYCFG_LIST)
			return false;
		node = dcfg_first(node);
	}
	return true;
}

bool dcfg_judge_unknown(struct dcfg_judging *judging, const struct dcfg_rule *parent,
			struct dcfg_node *node)
{
	if (node->type == DEPLOYCFG_MAP && is_variable(judging, node) &&
	    (is_chain(node) || is_of_many(node)))
		report_each(judging, parent, node);
	else
		report(judging, parent, node);
	return judging->schema->scope.unknown_is_warning || dcfg_node_is_refused(node);
}
