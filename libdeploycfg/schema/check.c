/* SPDX-License-Identifier: ISC */
/* What one entry says, judged by its type: fields that it cannot have, and what follows for the
 * items of a list. Knows nothing of other entries. */
#include "schema/rule.h"

struct checking {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	struct dcfg_rule *rule;
};

static struct deploycfg_error *fail(const struct checking *checking, const char *field,
				    const char *problem, const char *phrase)
{
	return dcfg_schema_fail(
		checking->context, checking->schema,
		dcfg_field_origin(checking->context, checking->rule, field, SIZE_MAX),
		checking->rule->path.ptr, "%s%s", problem, phrase);
}

/* Fields that only lists have. */
static void check_list_fields(const struct checking *checking)
{
	static const char *const fields[] = {"items", "min_items", "max_items", "merge"};
	const struct dcfg_rule *rule = checking->rule;
	const struct dcfg_schema_entry *entry = rule->entry;
	bool given[] = {entry->items != DEPLOYCFG_NONE, entry->min_items != NULL,
			entry->max_items != NULL, entry->merge != DCFG_LIST_REPLACE};
	struct deploycfg_error *error;

	for (size_t i = 0; i < DCFG_COUNT(fields); i++) {
		if (!given[i] || rule->type == DEPLOYCFG_LIST)
			continue;
		error = fail(checking, fields[i], fields[i],
			     " is only for lists, and this key is none");
		dcfg_error_hint(error, "write `type: list`, or remove it");
	}
}

/* Lists that say nothing: not that there is no choice, nor that no layer may set it. */
static void check_empty(const struct checking *checking)
{
	static const char *const fields[] = {"choices",  "sources",   "env",
					     "requires", "conflicts", "required"};
	const struct dcfg_rule *rule = checking->rule;
	bool is_enum =
		rule->type == DEPLOYCFG_ENUM || rule->entry->items == DEPLOYCFG_ENUM;

	/* an enum without choices is told of elsewhere */
	for (size_t i = is_enum ? 1 : 0; i < DCFG_COUNT(fields); i++) {
		const struct dcfg_node *field =
			dcfg_field(checking->context, rule, fields[i]);

		if (field && field->type == DEPLOYCFG_LIST && !field->length)
			dcfg_error_hint(fail(checking, fields[i], fields[i],
					     " is empty, and so says nothing"),
					"leave the field out, or fill the list");
	}
}

static void check_counts(const struct checking *checking)
{
	const struct dcfg_schema_entry *entry = checking->rule->entry;
	struct deploycfg_error *error;

	if (!entry->min_items || !entry->max_items ||
	    *entry->min_items <= *entry->max_items)
		return;
	error = fail(checking, "min_items", "its min_items is more than its max_items",
		     "");
	dcfg_relate(checking->context, error,
		    dcfg_field_origin(checking->context, checking->rule, "max_items",
				      SIZE_MAX),
		    "the max_items");
}

/* Items are told of by the list's entry and by entries of their own. */
static void check_items_agree(const struct checking *checking)
{
	const struct dcfg_rule *rule = checking->rule, *items = rule->items;
	const struct dcfg_schema_entry *entry = rule->entry;
	struct deploycfg_error *error;

	if (entry->items != DEPLOYCFG_NONE && entry->items != items->type) {
		error = fail(checking, "items", "its items are elsewhere declared as ",
			     dcfg_type_phrase(items->type));
		dcfg_relate(checking->context, error, items->origin, "declared here");
	} else if (dcfg_bounds_given(entry)) {
		error = fail(checking, "key",
			     "its items have entries of their own: what they may be "
			     "belongs there",
			     "");
		dcfg_relate(checking->context, error, items->origin, "declared here");
	}
}

/* The rule of a list's items, where the list's entry says something of them. */
static void make_items(const struct checking *checking)
{
	struct dcfg_rule *rule = checking->rule, *items;
	const struct dcfg_schema_entry *entry = rule->entry;

	if (rule->items) {
		check_items_agree(checking);
		return;
	}
	if (entry->items == DEPLOYCFG_NONE && !dcfg_bounds_given(entry))
		return;
	items = dcfg_rule_make(checking->context, checking->schema, rule, DCFG_PART_ITEMS,
			       NULL, rule->origin);
	if (!items)
		return;
	items->entry = entry;
	items->fields = rule->fields;
	items->type = entry->items;
	items->open = items->type == DEPLOYCFG_MAP;
	items->is_items = true;
}

/* What is no list of choices was told of. */
static bool lacks_choices(const struct checking *checking)
{
	const struct dcfg_node *choices =
		dcfg_field(checking->context, checking->rule, "choices");

	return !checking->rule->entry->choices_count &&
	       (!choices || choices->type <= DEPLOYCFG_NULL ||
		(choices->type == DEPLOYCFG_LIST && !choices->length));
}

static void check_bounds(const struct checking *checking)
{
	struct dcfg_rule *rule = checking->rule, *judged = rule;

	if (rule->type == DEPLOYCFG_LIST && rule->items && rule->items->is_items)
		judged = rule->items;
	if (judged->type == DEPLOYCFG_ENUM && lacks_choices(checking))
		dcfg_error_hint(fail(checking, judged == rule ? "type" : "items",
				     "an enum needs choices", ""),
				"add `choices: [...]`");
	if (dcfg_bounds_given(rule->entry) &&
	    (judged != rule || rule->type != DEPLOYCFG_LIST))
		dcfg_bounds_compile(checking->context, checking->schema, rule, judged);
}

/* What is no bool was told of. */
static bool is_current(const struct checking *checking)
{
	const struct dcfg_node *deprecated =
		dcfg_field(checking->context, checking->rule, "deprecated");
	bool value = false;

	return !deprecated || deprecated->type <= DEPLOYCFG_NULL ||
	       (dcfg_has_text(deprecated) &&
		dcfg_parse_bool(dcfg_text(deprecated), &value) == DCFG_PARSED && !value);
}

static void check_env(const struct checking *checking)
{
	const struct dcfg_rule *rule = checking->rule;

	if (!rule->entry->env_count)
		return;
	if (dcfg_rule_is_many(rule))
		fail(checking, "env", "a variable has one value, and there may be many ",
		     "of this key");
	else if (rule->type == DEPLOYCFG_MAP)
		fail(checking, "env", "a variable cannot set a map", "");
}

void dcfg_check_entry(struct dcfg_context *context, struct dcfg_schema *schema,
		      struct dcfg_rule *rule)
{
	const struct checking checking = {context, schema, rule};

	check_list_fields(&checking);
	check_empty(&checking);
	check_counts(&checking);
	if (rule->type == DEPLOYCFG_LIST)
		make_items(&checking);
	check_bounds(&checking);
	check_env(&checking);
	if (rule->entry->replaced_by && is_current(&checking))
		dcfg_error_hint(fail(&checking, "replaced_by",
				     "replaced_by is for keys that are deprecated", ""),
				"add `deprecated: true`");
}
