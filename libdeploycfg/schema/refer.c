/* SPDX-License-Identifier: ISC */
/* Keys that entries name: requires, conflicts, replaced_by. Knows rules, and no values. */
#include "schema/rule.h"

static size_t depth_of(const struct dcfg_rule *rule)
{
	size_t depth = 0;

	for (; rule->parent; rule = rule->parent)
		depth++;
	return depth;
}

const struct dcfg_rule *dcfg_rule_meet(const struct dcfg_rule *a,
				       const struct dcfg_rule *b)
{
	size_t depth_a = depth_of(a), depth_b = depth_of(b);

	for (; depth_a > depth_b; depth_a--)
		a = a->parent;
	for (; depth_b > depth_a; depth_b--)
		b = b->parent;
	while (a != b) {
		a = a->parent;
		b = b->parent;
	}
	return a;
}

/* Whether one value of the rule means one of the target. */
static bool is_single(const struct dcfg_rule *rule, const struct dcfg_rule *target)
{
	const struct dcfg_rule *meet = dcfg_rule_meet(rule, target);

	for (; target != meet; target = target->parent)
		if (!target->name)
			return false;
	return true;
}

struct naming {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	const struct dcfg_rule *rule;
	const char *field;
};

static struct deploycfg_error *fail(const struct naming *naming, size_t index,
				    const char *key, const char *problem)
{
	return dcfg_schema_fail(
		naming->context, naming->schema,
		dcfg_field_origin(naming->context, naming->rule, naming->field, index),
		naming->rule->path.ptr, "%s names %s, %s", naming->field, key, problem);
}

static void check_one(const struct naming *naming, size_t index, const char *key)
{
	struct dcfg_view path = dcfg_view_text(key), nearest;
	const struct dcfg_rule *target =
		dcfg_rule_find(naming->context, naming->schema, path);
	struct deploycfg_error *error;

	if (!target && naming->schema->lacks_keys)
		return; /* it may be one of those */
	if (!target) {
		error = fail(naming, index, key, "which no schema declares");
		nearest = dcfg_nearest_rule(naming->schema, path, true);
		if (nearest.len)
			dcfg_error_hint(error, "did you mean %.*s?", DCFG_ARG(nearest));
	} else if (target == naming->rule) {
		fail(naming, index, key, "which is the key itself");
	} else if (index != SIZE_MAX && !is_single(naming->rule, target)) {
		error = fail(naming, index, key, "of which there may be many");
		dcfg_error_hint(error, "name a key that is in the same element, or "
				       "outside of lists and of free names");
	}
}

static void check_all(struct naming *naming, const char *field, char *const *keys,
		      uint32_t count)
{
	naming->field = field;
	for (uint32_t i = 0; i < count; i++)
		check_one(naming, i, keys[i]);
}

void dcfg_check_references(struct dcfg_context *context, struct dcfg_schema *schema,
			   struct dcfg_rule *rule)
{
	const struct dcfg_schema_entry *entry = rule->entry;
	struct naming naming = {context, schema, rule, "replaced_by"};

	if (entry->replaced_by)
		check_one(&naming, SIZE_MAX, entry->replaced_by);
	check_all(&naming, "requires", entry->requires, entry->requires_count);
	check_all(&naming, "conflicts", entry->conflicts, entry->conflicts_count);
}
