/* SPDX-License-Identifier: ISC */
/* min, max, choices and pattern: what a scalar may be beyond its type. Knows values one by one,
 * and not where they stand. */
#include "base/nearest.h"
#include "base/utf8.h"
#include "schema/rule.h"

bool dcfg_bounds_given(const struct dcfg_schema_entry *entry)
{
	return entry->min || entry->max || entry->pattern || entry->choices_count;
}

static bool is_ordered(enum deploycfg_type type)
{
	return type == DEPLOYCFG_INT || type == DEPLOYCFG_FLOAT ||
	       type == DEPLOYCFG_DURATION || type == DEPLOYCFG_SIZE;
}

static bool is_less(enum deploycfg_type type, const union dcfg_scalar *a,
		    const union dcfg_scalar *b)
{
	return type == DEPLOYCFG_FLOAT ? a->real < b->real : a->integer < b->integer;
}

static bool is_nan(enum deploycfg_type type, const union dcfg_scalar *value)
{
	return type == DEPLOYCFG_FLOAT && value->real != value->real;
}

/* Not a number is within no bounds. */
static bool is_within(const struct dcfg_bounds *bounds, enum deploycfg_type type,
		      const union dcfg_scalar *value)
{
	if (is_nan(type, value))
		return !bounds->has_min && !bounds->has_max;
	return (!bounds->has_min || !is_less(type, value, &bounds->min)) &&
	       (!bounds->has_max || !is_less(type, &bounds->max, value));
}

struct compiling {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	const struct dcfg_rule *rule;
	enum deploycfg_type type; /* of what is judged */
};

static struct deploycfg_error *fail_field(const struct compiling *compiling,
					  const char *field, struct dcfg_view problem)
{
	return dcfg_schema_fail(
		compiling->context, compiling->schema,
		dcfg_field_origin(compiling->context, compiling->rule, field, SIZE_MAX),
		compiling->rule->path.ptr, "%.*s", DCFG_ARG(problem));
}

/* A field that no value of the type can be judged by. */
static struct deploycfg_error *fail_misplaced(const struct compiling *compiling,
					      const char *field)
{
	return fail_field(compiling, field,
			  dcfg_arena_printf(&compiling->context->arena,
					    "it cannot have %s: it is %s", field,
					    dcfg_type_phrase(compiling->type)));
}

static struct dcfg_view bound(const char *text)
{
	return dcfg_utf8_shown(dcfg_view_text(text));
}

static bool read_bound(const struct compiling *compiling, const char *field,
		       const char *text, union dcfg_scalar *value)
{
	struct dcfg_view canonical;
	enum dcfg_parse parsed;

	if (!text)
		return false;
	parsed = dcfg_convert(&compiling->context->arena, dcfg_view_text(text),
			      compiling->type, value, &canonical);
	if (parsed == DCFG_PARSED && !is_nan(compiling->type, value))
		return true;
	dcfg_error_expected(
		fail_field(compiling, field,
			   dcfg_arena_printf(
				   &compiling->context->arena, "its %s, '%.*s', %s%s",
				   field, DCFG_ARG(bound(text)),
				   parsed == DCFG_PARSED ? "is no number to compare with"
							 : "does not read as ",
				   parsed == DCFG_PARSED
					   ? ""
					   : dcfg_type_phrase(compiling->type))),
		"%s", deploycfg_type_name(compiling->type));
	return false;
}

static void read_range(const struct compiling *compiling, struct dcfg_bounds *bounds)
{
	const struct dcfg_schema_entry *entry = compiling->rule->entry;
	struct deploycfg_error *error;

	if (!entry->min && !entry->max)
		return;
	if (!is_ordered(compiling->type)) {
		error = fail_misplaced(compiling, entry->min ? "min" : "max");
		dcfg_error_hint(error, "min and max are for int, float, duration and "
				       "size, and for lists of them (items)");
		return;
	}
	bounds->has_min = read_bound(compiling, "min", entry->min, &bounds->min);
	bounds->has_max = read_bound(compiling, "max", entry->max, &bounds->max);
	if (!bounds->has_min || !bounds->has_max ||
	    !is_less(compiling->type, &bounds->max, &bounds->min))
		return;
	error = fail_field(compiling, "min",
			   dcfg_arena_printf(&compiling->context->arena,
					     "its min, %.*s, is more than its max, %.*s",
					     DCFG_ARG(bound(entry->min)),
					     DCFG_ARG(bound(entry->max))));
	dcfg_relate(
		compiling->context, error,
		dcfg_field_origin(compiling->context, compiling->rule, "max", SIZE_MAX),
		"the max");
}

/* A choice that the other bounds exclude can never be taken. */
static void check_choice(const struct compiling *compiling,
			 const struct dcfg_bounds *bounds, uint32_t index)
{
	struct dcfg_view text = dcfg_view_text(compiling->rule->entry->choices[index]),
			 canonical;
	union dcfg_scalar value;
	const char *why = NULL;

	if (dcfg_convert(&compiling->context->arena, text, compiling->type, &value,
			 &canonical) != DCFG_PARSED)
		return;
	if (is_ordered(compiling->type) && !is_within(bounds, compiling->type, &value))
		why = "is not between its min and max";
	else if (bounds->pattern && dcfg_pattern_match(compiling->schema, bounds->pattern,
						       text) == DCFG_DIFFERS)
		why = "does not match its pattern";
	if (why)
		dcfg_schema_fail(compiling->context, compiling->schema,
				 dcfg_field_origin(compiling->context, compiling->rule,
						   "choices", index),
				 compiling->rule->path.ptr, "the choice '%.*s' %s",
				 DCFG_ARG(dcfg_rule_shown(compiling->rule, text)), why);
}

static void read_texts(const struct compiling *compiling, struct dcfg_bounds *bounds)
{
	const struct dcfg_schema_entry *entry = compiling->rule->entry;

	if (entry->pattern)
		bounds->pattern = dcfg_pattern_compile(
			compiling->context, compiling->schema, compiling->rule);
	if (entry->choices_count)
		dcfg_choices_compile(compiling->context, compiling->schema,
				     compiling->rule, compiling->type, bounds);
	for (uint32_t i = 0; i < entry->choices_count; i++)
		check_choice(compiling, bounds, i);
}

void dcfg_bounds_compile(struct dcfg_context *context, struct dcfg_schema *schema,
			 const struct dcfg_rule *rule, struct dcfg_rule *judged)
{
	const struct compiling compiling = {context, schema, rule, judged->type};
	const struct dcfg_schema_entry *entry = rule->entry;
	struct dcfg_bounds *bounds;

	bounds = dcfg_arena_zalloc(&context->arena, sizeof(*bounds));
	if (!bounds)
		return;
	read_range(&compiling, bounds);
	if (!dcfg_type_has_children(judged->type))
		read_texts(&compiling, bounds);
	else if (entry->pattern || entry->choices_count)
		dcfg_error_hint(fail_misplaced(&compiling,
					       entry->pattern ? "pattern" : "choices"),
				"choices and patterns are for scalars, and for lists of "
				"them (items)");
	judged->bounds = bounds;
}

#define RANGE_SIZE 160

/* "from 1 to 5", "of at least 1" */
static void write_range(char buffer[RANGE_SIZE], const struct dcfg_schema_entry *entry)
{
	if (entry->min && entry->max)
		(void)snprintf(buffer, RANGE_SIZE, "from %.*s to %.*s",
			       DCFG_ARG(bound(entry->min)), DCFG_ARG(bound(entry->max)));
	else
		(void)snprintf(buffer, RANGE_SIZE, "of at %s %.*s",
			       entry->min ? "least" : "most",
			       DCFG_ARG(bound(entry->min ? entry->min : entry->max)));
}

static bool fail_range(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       const struct dcfg_node *node)
{
	const struct dcfg_schema_entry *entry = rule->entry;
	bool above = rule->bounds->has_max &&
		     is_less(rule->type, &rule->bounds->max, &node->scalar);
	char quote[DCFG_QUOTE_SIZE], range[RANGE_SIZE];
	struct deploycfg_error *error;
	struct dcfg_view hint;

	write_range(range, entry);
	if (is_nan(rule->type, &node->scalar))
		error = dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_RANGE,
					"%s is no number %s",
					dcfg_quote(judging, quote, rule, node), range);
	else
		error = dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_RANGE,
					"%s is %s than the %s, %.*s",
					dcfg_quote(judging, quote, rule, node),
					above ? "more" : "less", above ? "max" : "min",
					DCFG_ARG(bound(above ? entry->max : entry->min)));
	if (!error)
		return false;
	dcfg_error_expected(error, "%s %s", deploycfg_type_name(rule->type), range);
	hint = dcfg_arena_printf(&judging->context->arena, "write %s %s",
				 dcfg_type_phrase(rule->type), range);
	dcfg_judge_hint(judging, error, node, hint.ptr);
	return false;
}

/* Whether only digits part two texts: 1.2 says nothing of 1.4. */
static bool differ_in_digits(struct dcfg_view a, struct dcfg_view b)
{
	size_t i = 0, j = 0;

	for (;; i++, j++) {
		while (i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9')
			i++;
		while (j < b.len && b.ptr[j] >= '0' && b.ptr[j] <= '9')
			j++;
		if (i == a.len || j == b.len || a.ptr[i] != b.ptr[j])
			return i == a.len && j == b.len;
	}
}

/* The one choice that is nearest to a text, in letters; empty for none. */
static struct dcfg_view guess_choice(const struct dcfg_schema_entry *entry,
				     struct dcfg_view text)
{
	struct dcfg_nearest nearest = {.word = text};
	uint32_t count = entry->choices_count < 1000 ? entry->choices_count : 1000;

	for (uint32_t i = 0; i < count; i++)
		dcfg_nearest_offer(&nearest, dcfg_view_text(entry->choices[i]));
	if (!nearest.best.ptr || differ_in_digits(text, nearest.best))
		return DCFG_VIEW("");
	for (uint32_t i = 0; i < count; i++) {
		struct dcfg_nearest other = {.word = text};

		dcfg_nearest_offer(&other, dcfg_view_text(entry->choices[i]));
		if (other.best.ptr && other.best.ptr != nearest.best.ptr &&
		    other.distance <= nearest.distance)
			return DCFG_VIEW("");
	}
	return nearest.best;
}

static bool fail_choice(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			const struct dcfg_node *node)
{
	bool is_hidden = dcfg_judged_is_concealed(judging, rule, node);
	struct dcfg_listing choices = dcfg_choices_list(rule->entry);
	const char *listed = is_hidden ? "its choices" : choices.text;
	char quote[DCFG_QUOTE_SIZE];
	struct deploycfg_error *error = dcfg_judge_fail(
		judging, rule, node, DEPLOYCFG_ERR_CHOICE, "expected one of %s, found %s",
		listed, dcfg_quote(judging, quote, rule, node));
	struct dcfg_view guess, hint = {0};

	if (!error)
		return false;
	dcfg_error_expected(error, "one of %s", listed);
	guess = is_hidden ? DCFG_VIEW("") : guess_choice(rule->entry, dcfg_text(node));
	if (guess.len)
		hint = dcfg_arena_printf(&judging->context->arena, "did you mean '%.*s'?",
					 DCFG_ARG(guess));
	dcfg_judge_hint(judging, error, node, hint.ptr);
	return false;
}

/* Once: what comes after it is not judged. */
static bool fail_work(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      const struct dcfg_node *node)
{
	struct deploycfg_error *error;

	if (judging->schema->work_is_told)
		return true;
	judging->schema->work_is_told = true;
	error = dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_LIMIT,
				"to judge all texts up to here by patterns took more "
				"steps than the limit of %d",
				DCFG_PATTERN_WORK_MAX);
	dcfg_error_hint(error, "simplify the patterns of the schema that judge many or "
			       "long texts");
	return true;
}

/* What the schema shows of such a text. */
static void hint_example(struct dcfg_judging *judging, struct deploycfg_error *error,
			 const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	struct dcfg_arena *arena = &judging->context->arena;
	const char *example = error && !judging->subject
				      ? dcfg_example_of(judging->context, rule)
				      : NULL;

	dcfg_judge_hint(
		judging, error, node,
		example ? dcfg_arena_printf(arena, "write something like %s", example).ptr
			: NULL);
}

static bool judge_pattern(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			  const struct dcfg_node *node)
{
	enum dcfg_match match = dcfg_pattern_match(judging->schema, rule->bounds->pattern,
						   dcfg_text(node));
	char quote[DCFG_QUOTE_SIZE];
	struct deploycfg_error *error;

	if (match == DCFG_MATCHES)
		return true;
	if (match == DCFG_TOO_MUCH)
		return fail_work(judging, rule, node);
	if (match == DCFG_TOO_LONG) {
		dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_LIMIT,
				"its %u bytes are more than the limit of %zu for a text "
				"with a pattern",
				(unsigned)node->length, DCFG_PATTERN_TEXT_MAX);
		return false;
	}
	error = dcfg_judge_fail(judging, rule, node, DEPLOYCFG_ERR_CHOICE,
				"%s does not match the pattern %.200s",
				dcfg_quote(judging, quote, rule, node),
				rule->entry->pattern);
	dcfg_error_expected(error, "text that matches %.200s", rule->entry->pattern);
	hint_example(judging, error, rule, node);
	return false;
}

bool dcfg_bounds_judge(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       const struct dcfg_node *node)
{
	const struct dcfg_bounds *bounds = rule->bounds;

	if (is_ordered(rule->type) && !is_within(bounds, rule->type, &node->scalar))
		return fail_range(judging, rule, node);
	if (bounds->choices &&
	    !dcfg_choices_have(bounds, rule->type, &node->scalar, dcfg_text(node)))
		return fail_choice(judging, rule, node);
	return !bounds->pattern || judge_pattern(judging, rule, node);
}
