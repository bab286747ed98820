/* SPDX-License-Identifier: ISC */
/* What only the whole can tell of a key that has a value: too many or too few items, that it is
 * deprecated, that another key is missing or should be. Changes no tree. */
#include "schema/rule.h"

static bool is_of_schema(const struct dcfg_context *context, struct dcfg_origin origin)
{
	return origin.source >= context->sources.count ||
	       context->sources.list[origin.source].layer == DEPLOYCFG_LAYER_DEFAULTS;
}

/* Where somebody has set it, NULL where nobody has: a default is nobody's wish. A list or
 * map that only defaults made is set by what was set in it. Recursion is as deep as trees are. */
static const struct dcfg_node *where_set(const struct dcfg_context *context,
					 const struct dcfg_node *node)
{
	bool is_list = node->type == DEPLOYCFG_LIST;
	bool is_made = is_of_schema(context, node->origin);
	const struct dcfg_node *found;

	if (!is_list && node->flags & DCFG_IS_DEFAULT)
		return NULL;
	if (node->type <= DEPLOYCFG_NULL)
		return dcfg_node_is_refused(node) ? node : NULL;
	if (is_list ? !is_made : node->type != DEPLOYCFG_MAP || !node->length)
		return node;
	dcfg_each (child, node) {
		found = where_set(context, child);
		if (found)
			return is_made ? found : node;
	}
	return NULL;
}

const char *dcfg_miscount(struct dcfg_context *context,
			  const struct dcfg_schema_entry *entry,
			  const struct dcfg_node *list, struct dcfg_miscount *miscount)
{
	bool few = entry->min_items && list->length < *entry->min_items;
	bool many = entry->max_items && list->length > *entry->max_items;
	const char *message;

	if (list->type != DEPLOYCFG_LIST || (!few && !many))
		return NULL;
	*miscount = (struct dcfg_miscount){
		.field = few ? "min_items" : "max_items",
		.bound = few ? *entry->min_items : *entry->max_items,
		.few = few,
	};
	message = dcfg_arena_printf(&context->arena, "%u item%s %s than its %s, %u",
				    (unsigned)list->length,
				    list->length == 1 ? " is" : "s are",
				    few ? "fewer" : "more", miscount->field,
				    (unsigned)miscount->bound)
			  .ptr;
	return message ? message : "";
}

static void hint_count(struct deploycfg_error *error,
		       const struct dcfg_miscount *miscount, uint32_t length)
{
	uint32_t off =
		miscount->few ? miscount->bound - length : length - miscount->bound;

	dcfg_error_expected(error, "at %s %u item%s", miscount->few ? "least" : "most",
			    (unsigned)miscount->bound, miscount->bound == 1 ? "" : "s");
	dcfg_error_hint(error, "%s at least %u item%s", miscount->few ? "add" : "remove",
			(unsigned)off, off == 1 ? "" : "s");
}

static void judge_count(const struct dcfg_completion *completion,
			const struct dcfg_rule *rule, const struct dcfg_node *list)
{
	struct dcfg_context *context = completion->context;
	struct dcfg_miscount miscount;
	const char *problem = dcfg_miscount(context, rule->entry, list, &miscount);
	struct deploycfg_error *error;

	if (!problem || (miscount.few && (context->lacks_keys || dcfg_node_lacks(list))))
		return;
	error = dcfg_fail(context, DEPLOYCFG_ERR_RANGE, list->origin,
			  dcfg_path(context, list), "%s", problem);
	hint_count(error, &miscount, list->length);
	for (const struct dcfg_related *part = list->related; error && part;
	     part = part->next)
		if (part->relation == DEPLOYCFG_APPENDED)
			dcfg_relate(context, error, part->node->origin,
				    "more items come from here");
	dcfg_relate(context, error,
		    dcfg_field_origin(context, rule, miscount.field, SIZE_MAX), "its %s",
		    miscount.field);
}

/* Where somebody has set it, and not to its default: a dump, which writes these too, is judged
 * as what it was made of. */
static const struct dcfg_node *where_wanted(const struct dcfg_completion *completion,
					    const struct dcfg_rule *rule,
					    const struct dcfg_node *node)
{
	const struct dcfg_context *context = completion->context;
	const struct dcfg_node *set = where_set(context, node);

	if (!set || !rule)
		return set;
	if (rule->preset)
		return dcfg_node_equal(context, rule->preset, node) ? NULL : set;
	if (!rule->presets || node->type != DEPLOYCFG_MAP)
		return set;
	dcfg_each (child, node)
		if (where_wanted(
			    completion,
			    dcfg_rule_of(completion->schema, rule, NULL, child->name),
			    child))
			return set;
	return NULL;
}

/* A key that is set, and what its entry says of others. */
struct bond {
	const struct dcfg_completion *completion;
	const struct dcfg_rule *rule;
	const struct dcfg_node *node;
	struct dcfg_origin origin; /* of the key */
};

/* The node of another key: up to where the two part, and down. *refused: it is in a value that
 * was refused, or lies over one, so that nobody knows. */
static const struct dcfg_node *other_of(const struct bond *bond,
					const struct dcfg_rule *other, bool *refused)
{
	const struct dcfg_rule *meet = dcfg_rule_meet(bond->rule, other);
	const struct dcfg_node *node = bond->node;
	const struct dcfg_name *way[DCFG_DEPTH_MAX];
	bool lacks = false;
	size_t depth = 0;

	for (const struct dcfg_rule *rule = bond->rule; rule != meet; rule = rule->parent)
		node = node->parent;
	for (; other != meet && depth < DCFG_DEPTH_MAX; other = other->parent)
		way[depth++] = other->name;
	while (node && depth && !dcfg_node_is_refused(node)) {
		lacks = dcfg_node_lacks(node);
		node = node->type == DEPLOYCFG_MAP
			       ? dcfg_map_find(bond->completion->context, node,
					       way[--depth])
			       : NULL;
	}
	*refused = node ? dcfg_node_is_refused(node) : lacks;
	return node && !depth && node->type > DEPLOYCFG_NONE ? node : NULL;
}

/* The path of another key that goes with this one: from where the two part. */
static const char *path_of(const struct bond *bond, const struct dcfg_rule *other)
{
	const struct dcfg_rule *meet = dcfg_rule_meet(bond->rule, other);
	struct dcfg_context *context = bond->completion->context;
	const struct dcfg_node *node = bond->node;
	const char *rest = other->path.ptr + meet->path.len;

	for (const struct dcfg_rule *rule = bond->rule; rule != meet; rule = rule->parent)
		node = node->parent;
	return dcfg_path_join(context, dcfg_path(context, node),
			      *rest == '.' ? rest + 1 : rest);
}

static struct dcfg_rule *rule_of(const struct bond *bond, const char *key)
{
	return dcfg_rule_find(bond->completion->context, bond->completion->schema,
			      dcfg_view_text(key));
}

/* Where somebody has set it, also to null. */
static const struct dcfg_node *where_mentioned(const struct dcfg_context *context,
					       const struct dcfg_node *node)
{
	return node->type == DEPLOYCFG_NULL && !(node->flags & DCFG_IS_DEFAULT)
		       ? node
		       : where_set(context, node);
}

static void warn_deprecated(const struct dcfg_completion *completion,
			    const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	const struct dcfg_schema_entry *entry = rule->entry;
	const struct dcfg_node *set = where_mentioned(completion->context, node);
	const struct bond bond = {completion, rule, node, {0}};
	const struct dcfg_rule *heir =
		entry->replaced_by ? rule_of(&bond, entry->replaced_by) : NULL;
	struct deploycfg_error *warning;

	if (!set)
		return;
	warning = dcfg_warn(completion->context, DEPLOYCFG_ERR_DEPRECATED,
			    dcfg_key_origin(set), dcfg_path(completion->context, node),
			    "this key is deprecated");
	for (const struct dcfg_related *older = set->related; older; older = older->next)
		if (older->relation == DEPLOYCFG_SHADOWED &&
		    !(older->node->flags & DCFG_IS_DEFAULT))
			dcfg_relate(completion->context, warning, older->node->origin,
				    "it is set here too");
	dcfg_relate(completion->context, warning, rule->origin, "declared here");
	if (heir)
		dcfg_error_hint(warning, "set %s in its place", path_of(&bond, heir));
	else if (entry->doc)
		dcfg_error_hint(warning, "%s", entry->doc);
	else
		dcfg_error_hint(warning, "leave it out");
}

static void judge_requires(const struct bond *bond, const char *key)
{
	struct dcfg_context *context = bond->completion->context;
	const struct dcfg_rule *other = rule_of(bond, key);
	bool refused = false;
	const struct dcfg_node *at = other ? other_of(bond, other, &refused) : NULL;
	struct deploycfg_error *error;
	const char *path;

	if (!other || other->told || refused ||
	    (at ? at->type != DEPLOYCFG_NULL : context->lacks_keys))
		return;
	path = path_of(bond, other);
	error = dcfg_fail(context, DEPLOYCFG_ERR_CONFLICT, bond->origin,
			  dcfg_path(context, bond->node),
			  at ? "it requires %s, which is null"
			     : "it requires %s, which no layer sets",
			  path);
	if (at)
		dcfg_relate(context, error, at->origin, "null here");
	dcfg_relate(context, error, other->origin, "%s is declared here",
		    other->path.ptr);
	dcfg_error_hint(error, "set %s too, or leave %s out", path,
			dcfg_path(context, bond->node));
}

static int compare(const void *left, const void *right)
{
	const uint32_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* The numbers of the rules that one excludes, in order: to be looked up, not searched. */
static void resolve(const struct bond *bond, struct dcfg_rule *rule)
{
	uint32_t count = rule->entry->conflicts_count;

	rule->excluded = dcfg_arena_alloc(&bond->completion->context->arena,
					  (count + 1) * sizeof(*rule->excluded));
	if (!rule->excluded)
		return;
	for (uint32_t i = 0; i < count; i++) {
		const struct dcfg_rule *other = rule_of(bond, rule->entry->conflicts[i]);

		rule->excluded[i] = other ? other->number : UINT32_MAX;
	}
	qsort(rule->excluded, count, sizeof(*rule->excluded), compare);
}

/* Whether the other key's entry excludes this one: then it was told of that one already. */
static bool is_told(const struct bond *bond, struct dcfg_rule *other)
{
	if (!other->entry || other->number > bond->rule->number)
		return false;
	if (!other->excluded)
		resolve(bond, other);
	return other->excluded &&
	       bsearch(&bond->rule->number, other->excluded,
		       other->entry->conflicts_count, sizeof(*other->excluded), compare);
}

static void judge_conflict(const struct bond *bond, const char *key)
{
	struct dcfg_context *context = bond->completion->context;
	struct dcfg_rule *other = rule_of(bond, key);
	bool refused;
	const struct dcfg_node *at = other ? other_of(bond, other, &refused) : NULL;
	struct deploycfg_error *error;
	const char *path;

	at = at ? where_wanted(bond->completion, other, at) : NULL;
	if (!at || is_told(bond, other))
		return;
	path = path_of(bond, other);
	error = dcfg_fail(context, DEPLOYCFG_ERR_CONFLICT, bond->origin,
			  dcfg_path(context, bond->node),
			  "it cannot be set together with %s", path);
	dcfg_relate(context, error, dcfg_key_origin(at), "%s is set here", path);
	dcfg_error_hint(error, "remove one of the two, or set it to null");
}

static void judge_bonds(const struct dcfg_completion *completion,
			const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	const struct dcfg_schema_entry *entry = rule->entry;
	const struct dcfg_node *set = where_wanted(completion, rule, node);
	struct bond bond = {completion, rule, node, {0}};

	if (!set)
		return;
	bond.origin = dcfg_key_origin(set);
	for (uint32_t i = 0; i < entry->requires_count; i++)
		judge_requires(&bond, entry->requires[i]);
	for (uint32_t i = 0; i < entry->conflicts_count; i++)
		judge_conflict(&bond, entry->conflicts[i]);
}

void dcfg_judge_whole(const struct dcfg_completion *completion,
		      const struct dcfg_rule *rule, const struct dcfg_node *node)
{
	const struct dcfg_schema_entry *entry = rule->entry;

	if (!entry || rule->is_items)
		return;
	if (entry->min_items || entry->max_items)
		judge_count(completion, rule, node);
	if (entry->deprecated)
		warn_deprecated(completion, rule, node);
	if (entry->requires_count || entry->conflicts_count)
		judge_bonds(completion, rule, node);
}
