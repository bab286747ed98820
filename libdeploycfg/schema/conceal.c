/* SPDX-License-Identifier: ISC */
/* Tells what the schema says of secrets to all who write messages. Knows no values. */
#include "model/conceal.h"

#include "base/utf8.h"
#include "schema/rule.h"

static struct dcfg_view segment_of(const struct dcfg_rule *rule)
{
	if (rule->name)
		return rule->name->text;
	return rule == rule->parent->items ? DCFG_ANY_ITEM : DCFG_ANY_NAME;
}

static void conceal(struct dcfg_context *context, const struct dcfg_rule *rule)
{
	struct dcfg_view segments[DCFG_DEPTH_MAX];
	size_t first = DCFG_COUNT(segments);

	for (const struct dcfg_rule *at = rule; at->parent && first; at = at->parent)
		segments[--first] = segment_of(at);
	dcfg_conceal(context, segments + first, DCFG_COUNT(segments) - first,
		     *rule->entry->secret);
}

bool dcfg_rule_is_concealed(const struct dcfg_rule *rule)
{
	if (rule->flags & DCFG_IS_SECRET)
		return true;
	for (; rule; rule = rule->parent) {
		if (rule->entry && rule->entry->secret)
			return *rule->entry->secret;
		if (rule->name && dcfg_looks_secret(rule->name->text))
			return true;
	}
	return false;
}

struct dcfg_view dcfg_rule_shown(const struct dcfg_rule *rule, struct dcfg_view text)
{
	return dcfg_rule_is_concealed(rule) ? DCFG_VIEW(DCFG_MASK)
					    : dcfg_utf8_shown(text);
}

void dcfg_schema_conceal(struct dcfg_context *context, const struct dcfg_schema *schema)
{
	for (size_t i = 0; schema && i < schema->declared_count; i++)
		if (schema->declared[i]->entry->secret)
			conceal(context, schema->declared[i]);
}
