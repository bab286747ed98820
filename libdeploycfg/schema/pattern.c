/* SPDX-License-Identifier: ISC */
/* Patterns of the schema: POSIX extended regular expressions over whole texts. They mean
 * the same in every locale of the program. Knows no rules of anything else. */
#include <errno.h>

#include "schema/pattern.h"

/* Steps of all patterns together. */
#define TOTAL_MAX 1000000

static void fail_pattern(struct dcfg_context *context, struct dcfg_schema *schema,
			 const struct dcfg_rule *rule, const char *problem)
{
	dcfg_error_hint(
		dcfg_schema_fail(context, schema,
				 dcfg_field_origin(context, rule, "pattern", SIZE_MAX),
				 rule->path.ptr, "the pattern cannot be used: %s",
				 problem),
		"write a POSIX extended regular expression such as [a-z][a-z0-9-]*; it "
		"is matched with the whole text");
}

/* Once, for the pattern that is too much. */
static bool is_within(struct dcfg_context *context, struct dcfg_schema *schema,
		      const struct dcfg_rule *rule, size_t weight)
{
	bool was = schema->pattern_steps <= TOTAL_MAX;

	schema->pattern_steps += weight;
	if (schema->pattern_steps <= TOTAL_MAX)
		return true;
	schema->wrong++;
	if (was)
		dcfg_error_hint(
			dcfg_fail(context, DEPLOYCFG_ERR_LIMIT,
				  dcfg_field_origin(context, rule, "pattern", SIZE_MAX),
				  rule->path.ptr,
				  "with this pattern, all patterns together have more "
				  "steps than the limit of %d",
				  TOTAL_MAX),
			"repetitions such as {1,100} are written out: use fewer or "
			"shorter ones");
	return false;
}

/* Classes of characters are those of UTF-8, where the system has such a locale. */
static bool take_locale(struct dcfg_context *context, struct dcfg_schema *schema)
{
	if (schema->locale)
		return true;
	schema->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (!schema->locale && errno != ENOMEM)
		schema->locale = newlocale(LC_CTYPE_MASK, "C", (locale_t)0);
	if (!schema->locale)
		context->arena.failed = true;
	return schema->locale;
}

static bool take_room(struct dcfg_context *context, struct dcfg_schema *schema)
{
	if (!schema->pattern_room)
		schema->pattern_room = dcfg_arena_alloc(
			&context->arena,
			DCFG_PATTERN_STEPS_MAX * sizeof(*schema->pattern_room));
	if (!schema->pattern_run)
		schema->pattern_run = dcfg_pattern_run_new(&context->arena);
	return schema->pattern_room && schema->pattern_run &&
	       take_locale(context, schema);
}

const struct dcfg_pattern *dcfg_pattern_compile(struct dcfg_context *context,
						struct dcfg_schema *schema,
						const struct dcfg_rule *rule)
{
	struct dcfg_pattern_reader reader = {
		.arena = &context->arena,
		.text = dcfg_view_text(rule->entry->pattern),
	};
	struct dcfg_pattern *pattern;
	size_t size;

	if (!take_room(context, schema))
		return NULL;
	reader.steps = schema->pattern_room;
	reader.locale = schema->locale;
	if (!dcfg_pattern_parse(&reader)) {
		if (reader.problem && !context->arena.failed)
			fail_pattern(context, schema, rule, reader.problem);
		return NULL;
	}
	if (!is_within(context, schema, rule, reader.weight))
		return NULL;
	size = reader.count * sizeof(*reader.steps);
	pattern = dcfg_arena_alloc(&context->arena, sizeof(*pattern) + size);
	if (!pattern)
		return NULL;
	pattern->count = reader.count;
	memcpy(pattern->steps, reader.steps, size);
	return pattern;
}
