/* SPDX-License-Identifier: ISC */
/* Unknown keys that are declared, only not as they were written: below a name that `*` does not
 * hold for, and in YAML with a dot. Judges nothing. */
#include "model/key.h"
#include "schema/rule.h"

/* The rule of a rule's key if it were not declared by name, `*` holding for it. by: the name
 * that is. NULL for none. Recursion is as deep as keys are. */
static const struct dcfg_rule *beside(const struct dcfg_schema *schema,
				      const struct dcfg_rule *rule,
				      const struct dcfg_rule **by)
{
	const struct dcfg_rule *above;

	if (!rule->parent)
		return NULL;
	if (rule->name && rule->parent->any) {
		*by = rule;
		return rule->parent->any;
	}
	above = beside(schema, rule->parent, by);
	if (!above)
		return NULL;
	if (rule->name)
		return dcfg_rule_of(schema, above, NULL, rule->name);
	return rule == rule->parent->any ? above->any : above->items;
}

static bool hint_hidden(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_rule *parent, const struct dcfg_node *node)
{
	const struct dcfg_rule *by = NULL, *free_names;

	free_names = beside(judging->schema, parent, &by);
	if (!free_names || !dcfg_rule_of(judging->schema, free_names, NULL, node->name))
		return false;
	dcfg_relate(judging->context, error, by->origin, "%s is declared by name here",
		    by->path.ptr);
	dcfg_error_hint(error,
			"%s does not hold for %s, which is declared by name: declare "
			"this key too, or remove it",
			by->parent->any->path.ptr, by->path.ptr);
	return true;
}

/* The rule that a path leads to from another; *begins: whether its first segment is declared. */
static struct dcfg_rule *rule_below(const struct dcfg_judging *judging,
				    const struct dcfg_rule *rule, struct dcfg_view path,
				    bool *begins)
{
	struct dcfg_key reader = dcfg_key(path);
	struct dcfg_segment segment;

	*begins = false;
	while (rule && dcfg_key_next(&reader, &segment)) {
		const struct dcfg_name *name =
			dcfg_intern_find(&judging->context->names, segment.text);

		rule = name ? dcfg_rule_of(judging->schema, rule, NULL, name) : rule->any;
		*begins |= rule != NULL;
	}
	return (struct dcfg_rule *)rule;
}

static bool hint_dotted(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_rule *parent, const struct dcfg_node *node)
{
	char nested[DCFG_NESTED_SIZE];
	struct dcfg_rule *meant;
	bool begins;

	if (!dcfg_is_yaml(judging->context, node) ||
	    !dcfg_key_nested(nested, node->name->text))
		return false;
	meant = rule_below(judging, parent, node->name->text, &begins);
	if (meant && !judging->schema->scope.unknown_is_warning &&
	    !dcfg_rule_is_many(meant))
		dcfg_rule_tell(judging->schema, meant);
	if (begins)
		dcfg_error_hint(error,
				"in YAML a dot belongs to the name of a key: write "
				"`%s`",
				nested);
	return begins;
}

bool dcfg_hint_misplaced(struct dcfg_judging *judging, struct deploycfg_error *error,
			 const struct dcfg_rule *parent, const struct dcfg_node *node)
{
	return parent && node->name &&
	       (hint_dotted(judging, error, parent, node) ||
		hint_hidden(judging, error, parent, node));
}
