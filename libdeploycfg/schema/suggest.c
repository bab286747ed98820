/* SPDX-License-Identifier: ISC */
/* Keys that no schema declares, and what they may have been meant to be. Judges no values. */
#include "base/nearest.h"
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

struct dcfg_view dcfg_nearest_rule(struct dcfg_schema *schema, struct dcfg_view path)
{
	struct dcfg_nearest nearest = {.word = path};

	if (afford(schema, schema->declared_count))
		for (size_t i = 0; i < schema->declared_count; i++)
			dcfg_nearest_offer_parts(&nearest, DCFG_VIEW("."),
						 schema->declared[i]->path);
	return nearest.best.ptr ? nearest.best : DCFG_VIEW("");
}

/* A key of that very name elsewhere, if there is one alone. */
static struct dcfg_view same_name(struct dcfg_schema *schema,
				  const struct dcfg_name *name)
{
	struct dcfg_view found = DCFG_VIEW("");

	if (!afford(schema, schema->declared_count))
		return found;
	for (size_t i = 0; i < schema->declared_count; i++) {
		if (schema->declared[i]->name != name)
			continue;
		if (found.len)
			return DCFG_VIEW("");
		found = schema->declared[i]->path;
	}
	return found;
}

/* If the key that was meant is missing, this is why. Of many the unknown one is it from now on,
 * unless that one is there too. */
static void tell(struct dcfg_judging *judging, struct dcfg_rule *sibling,
		 struct dcfg_node *node)
{
	struct dcfg_context *context = judging->context;

	if (judging->schema->scope.unknown_is_warning)
		return;
	if (!dcfg_rule_is_many(sibling)) {
		sibling->told = true;
	} else if (!dcfg_map_find(context, node->parent, sibling->name)) {
		node->name = sibling->name;
		node->parent->table = NULL;
		dcfg_node_void(context, node);
	}
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
		tell(judging, sibling, node);
		*step = (struct dcfg_step){sibling->name, 0};
		path = dcfg_arena_copy(&judging->context->arena,
				       dcfg_judged_path(judging, buffer));
		*step = written;
		return path.ptr ? path : DCFG_VIEW("");
	}
	path = dcfg_nearest_rule(schema, dcfg_judged_path(judging, buffer));
	return path.len || !node->name ? path : same_name(schema, node->name);
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
	char buffer[DCFG_PATH_MAX];
	bool is_own;

	if (!prefix.len || !is_variable(judging, node))
		return DCFG_VIEW("");
	if (context->sources.list[node->origin.source].kind == DEPLOYCFG_SOURCE_FILE) {
		name = dcfg_variable_of(context, judging->schema,
					dcfg_judged_path(judging, buffer));
		return is_written(context, node, name) ? name : DCFG_VIEW("");
	}
	name = dcfg_view_skip(context->sources.list[node->origin.source].name,
			      sizeof("env:") - 1);
	is_own = dcfg_view_starts(name, prefix) &&
		 dcfg_view_starts(dcfg_view_skip(name, prefix.len), DCFG_VIEW("__"));
	return is_own ? name : DCFG_VIEW("");
}

static void hint(struct dcfg_judging *judging, struct deploycfg_error *error,
		 const struct dcfg_node *node, struct dcfg_view path)
{
	struct dcfg_view variable = prefixed(judging, node), name = DCFG_VIEW("");
	bool is_link = !node->origin.line && dcfg_is_service_link(variable);
	const char *more = is_link ? " " SERVICE_LINKS : "";

	if (dcfg_path_is_concealed(judging->context, path))
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

static bool is_plain_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

/* A key that begins as a secret's does, and goes on as none can, may have the secret in it: a
 * blank was forgotten. It is shown up to there. */
static const char *key_of(struct dcfg_judging *judging, const struct dcfg_node *node)
{
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view name = node->name ? node->name->text : DCFG_VIEW("");
	size_t word = 0, length;
	struct dcfg_view shown;

	while (word < name.len && is_plain_byte(name.ptr[word]))
		word++;
	if (!word || word == name.len || !judging->depth)
		return dcfg_judged_key(judging);
	judging->depth--;
	length = dcfg_judged_path(judging, buffer).len;
	judging->depth++;
	length = dcfg_key_append(buffer, sizeof(buffer), length,
				 dcfg_view(name.ptr, word));
	shown = dcfg_view(buffer, length);
	if (length > sizeof(buffer) || !dcfg_path_is_concealed(judging->context, shown))
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
	struct dcfg_place place;
	struct deploycfg_error *error;

	judging->schema->broken |= itself;
	if (dcfg_only_counts(context, severity))
		return;
	place = dcfg_place_of(context, dcfg_key_origin(node));
	place.is_secret |= parent && dcfg_rule_is_concealed(parent);
	error = dcfg_report_at(
		context, severity, itself ? DEPLOYCFG_ERR_SCHEMA : DEPLOYCFG_ERR_UNKNOWN,
		&place, key_of(judging, node), "%s%sno schema declares this key",
		itself ? judging->subject : "", itself ? ": " : "");
	dcfg_relate_copied(judging, error, node);
	if (!dcfg_hint_misplaced(judging, error, parent, node))
		hint(judging, error, node, meant(judging, parent, node));
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
		judging->way[judging->depth - 1] = (struct dcfg_step){child->name, 0};
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
	return judging->schema->scope.unknown_is_warning || node->flags & DCFG_TOLD;
}
