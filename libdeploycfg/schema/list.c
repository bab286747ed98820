/* SPDX-License-Identifier: ISC */
/* Lists that are declared: text becomes one, items take their types, and the operator is the one
 * that the schema asks for. Knows the rule of a list; that of an item is for others. */
#include "model/conceal.h"
#include "model/merge.h"
#include "model/text.h"
#include "schema/rule.h"

/* Items that no rule has a type for take that of the weaker list's. */
static bool split(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		  struct dcfg_node *node)
{
	const struct dcfg_node *weaker = rule->items ? NULL : dcfg_judged_weaker(judging);

	if (weaker && weaker->type != DEPLOYCFG_LIST)
		weaker = NULL;
	return dcfg_text_split(judging->context, node, weaker);
}

/* Whether its items join those of a weaker list. */
static bool is_added(const struct dcfg_rule *rule, const struct dcfg_node *list)
{
	return list->op == DCFG_APPEND || list->op == DCFG_PREPEND ||
	       (list->op == DCFG_SET && rule->entry &&
		rule->entry->merge != DCFG_LIST_REPLACE);
}

/* Where the first item of a list that is added will stand. */
static size_t first_index(struct dcfg_judging *judging, const struct dcfg_node *list)
{
	const struct dcfg_node *weaker =
		list->op == DCFG_PREPEND ? NULL : dcfg_judged_weaker(judging);

	return weaker && weaker->type == DEPLOYCFG_LIST ? weaker->length : 0;
}

static void judge_items(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			struct dcfg_node *list)
{
	struct dcfg_step *step = &judging->way[judging->depth];
	const struct dcfg_node *weaker = judging->weaker;
	bool added = weaker && is_added(rule, list);
	size_t index = added ? first_index(judging, list) : 0;

	if (!rule->items || judging->depth >= DCFG_DEPTH_MAX)
		return;
	judging->depth++;
	if (added)
		judging->weaker = NULL; /* its items override none */
	dcfg_each (item, list) {
		*step = (struct dcfg_step){NULL, index++};
		if (dcfg_judge_value(judging, rule->items, item))
			continue;
		dcfg_node_refuse(judging->context, item);
	}
	judging->weaker = weaker;
	judging->depth--;
}

/* Elements by index: DCFG_ITEMS. */
static void judge_elements(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			   struct dcfg_node *map)
{
	struct dcfg_step *step = &judging->way[judging->depth];
	struct dcfg_node *before = map->last, *child = dcfg_first(map), *next;

	if (!rule->items || judging->depth >= DCFG_DEPTH_MAX)
		return;
	judging->depth++;
	for (uint32_t left = map->length; left; left--) {
		uint64_t index = 0;

		next = child->next;
		(void)dcfg_parse_uint(child->name->text, &index);
		*step = (struct dcfg_step){NULL, (size_t)index};
		if (dcfg_judge_value(judging, rule->items, child)) {
			before = child;
		} else {
			dcfg_conceal_refused(judging->context, child);
			dcfg_node_remove(before, child);
		}
		child = next;
	}
	judging->depth--;
}

static enum dcfg_list_merge merge_of(const struct dcfg_rule *rule)
{
	return rule->entry ? rule->entry->merge : DCFG_LIST_REPLACE;
}

/* A list without an operator gets the one that its rule asks for. */
static void take_operator(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			  struct dcfg_node *list)
{
	enum dcfg_list_merge merge = merge_of(rule);

	if (merge == DCFG_LIST_REPLACE || list->op != DCFG_SET || judging->subject ||
	    judging->again)
		return;
	if (merge == DCFG_LIST_UNIQUE)
		dcfg_list_unite(judging, list);
	dcfg_set_op(judging->context, list, DCFG_APPEND);
}

/* What a reference yields joins a weaker list as items that are written do. */
static void judge_reference(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			    struct dcfg_node *node)
{
	if (merge_of(rule) == DCFG_LIST_REPLACE || node->op != DCFG_SET ||
	    judging->subject || judging->again)
		return;
	dcfg_reference_to_list(judging->context, node);
	dcfg_set_op(judging->context, node, DCFG_APPEND);
}

/* A set stays one when references in it are known. */
static void unite_again(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			struct dcfg_node *list)
{
	const struct dcfg_related *part = list->related;

	if (!judging->again || merge_of(rule) != DCFG_LIST_UNIQUE)
		return;
	while (part && part->relation == DEPLOYCFG_APPENDED)
		part = part->next;
	if (part && part->relation == DEPLOYCFG_TEMPLATE)
		dcfg_list_distinct(judging->context, list);
}

/* Moves all items of one list to the end of another. */
static void move_items(struct dcfg_node *from, struct dcfg_node *to)
{
	struct dcfg_node *item = dcfg_first(from), *next;

	for (uint32_t left = from->length; left; left--, item = next) {
		next = item->next;
		dcfg_list_put(to, item);
	}
	from->last = NULL;
	from->length = 0;
}

/* Whether it is a key below `*`. In an item nothing is added to anything: operators have no place
 * there, and what an item says of a list is all of it. */
static bool is_below_any(const struct dcfg_rule *rule)
{
	bool is_any = false;

	for (; rule->parent; rule = rule->parent) {
		if (rule == rule->parent->items)
			return false;
		is_any |= !rule->name;
	}
	return is_any;
}

/* Defaults of keys below `*` are in no layer, since nobody knows what there will be: what is added
 * to such a list where it has no value yet is added to its default. */
static void join_default(struct dcfg_judging *judging, const struct dcfg_rule *rule,
			 struct dcfg_node *list)
{
	bool is_added = list->op == DCFG_APPEND || list->op == DCFG_PREPEND;
	struct dcfg_node *preset;

	if (!is_added || judging->subject || judging->again || !rule->preset ||
	    rule->preset->type != DEPLOYCFG_LIST || !is_below_any(rule) ||
	    dcfg_judged_weaker(judging))
		return;
	preset = dcfg_node_copy(judging->context, rule->preset);
	if (!preset)
		return;
	if (list->op == DCFG_APPEND) {
		move_items(list, preset);
		move_items(preset, list);
	} else {
		move_items(preset, list);
	}
	if (merge_of(rule) == DCFG_LIST_UNIQUE)
		dcfg_list_distinct(judging->context, list);
}

bool dcfg_judge_list(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		     struct dcfg_node *node)
{
	if (node->type <= DEPLOYCFG_NULL)
		return true;
	if (node->flags & DCFG_ITEMS) {
		judge_elements(judging, rule, node);
		dcfg_list_forget(judging);
		if (!rule->items)
			dcfg_node_mark(node, rule->flags);
		return true;
	}
	if (dcfg_node_is_reference(node)) {
		judge_reference(judging, rule, node);
		return true;
	}
	if (node->flags & DCFG_TEXT && !split(judging, rule, node))
		return false;
	if (node->type != DEPLOYCFG_LIST) {
		dcfg_fail_kind(judging, rule, node);
		return false;
	}
	judge_items(judging, rule, node);
	if (!rule->items)
		dcfg_node_mark(node, rule->flags);
	take_operator(judging, rule, node);
	join_default(judging, rule, node);
	unite_again(judging, rule, node);
	return true;
}
