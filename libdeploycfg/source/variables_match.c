/* SPDX-License-Identifier: ISC */
/* Names of variables against the keys of a tree. Knows no values. */
#include "model/key.h"
#include "source/variables.h"

static int compare(const void *left, const void *right)
{
	const struct dcfg_variable *a = left, *b = right;

	for (size_t i = 0; i < a->count && i < b->count; i++) {
		int order = dcfg_view_compare(a->parts[i].text, b->parts[i].text);

		if (order)
			return order;
	}
	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

/* Orders a segment of a name and a key's segment as its name would have it. */
static int compare_to_key(struct dcfg_view part, struct dcfg_view key)
{
	for (size_t i = 0; i < part.len && i < key.len; i++) {
		unsigned char a = (unsigned char)part.ptr[i];
		unsigned char b = (unsigned char)dcfg_variable_byte(key.ptr[i]);

		if (a != b)
			return a < b ? -1 : 1;
	}
	return (part.len > key.len) - (part.len < key.len);
}

/* The names that are matched. */
struct matching {
	struct dcfg_variable_list *variables;
	const struct dcfg_variables *given; /* NULL: the tree is no schema's */
};

/* Variables [from, to) have the same first `depth` segments, and more. */
struct range {
	size_t from, to, depth;
};

/* The first variable of a range whose next segment is not before the key's, or, `behind`, is
 * after it. */
static size_t bound(const struct dcfg_variable_list *variables, const struct range *range,
		    struct dcfg_view key, bool behind)
{
	size_t from = range->from, to = range->to;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = compare_to_key(
			variables->list[middle].parts[range->depth].text, key);

		if (order < 0 || (behind && order == 0))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* What is declared is meant before what is only there, and that before what was removed. */
static int rank_of(const struct dcfg_node *key)
{
	if (key->flags & DCFG_DECLARED)
		return 2;
	return key->type != DEPLOYCFG_NONE;
}

/* Of two keys with one name the one of higher rank counts. */
static void record(struct dcfg_part *part, const struct dcfg_node *key)
{
	int order = part->first ? rank_of(key) - rank_of(part->first) : 1;

	if (order > 0) {
		part->first = key;
		part->second = NULL;
	} else if (order == 0 && rank_of(key) && !part->second) {
		part->second = key;
	}
}

/* The lengths of a small range's next segments as bits: most keys can be passed over by it. */
static uint64_t lengths_of(const struct dcfg_variable_list *variables,
			   const struct range *range)
{
	uint64_t lengths = 0;

	if (range->to - range->from > 64)
		return UINT64_MAX;
	for (size_t i = range->from; i < range->to; i++)
		lengths |= UINT64_C(1)
			   << (variables->list[i].parts[range->depth].text.len & 63);
	return lengths;
}

/* A child's key as names have it; an item's is its number. */
static struct dcfg_view key_of(const struct dcfg_node *child, size_t index,
			       char buffer[DCFG_NUMBER_SIZE])
{
	return child->name ? child->name->text
			   : dcfg_view(buffer, dcfg_print_int(buffer, (int64_t)index));
}

/* A declared `*`: all keys of a map that it has not. As a key it has no variable. */
static bool is_pattern(const struct dcfg_node *node)
{
	return node->name && dcfg_view_equal(node->name->text, DCFG_VIEW("*"));
}

static void match_children(const struct matching *matching, struct range range,
			   const struct dcfg_node *parent);

/* All of a range have the same next segment, which may mean a child. */
static void match_child(const struct matching *matching, struct range range,
			const struct dcfg_node *child)
{
	const struct dcfg_variable *list = matching->variables->list;

	record(&list[range.from].parts[range.depth], child);
	range.depth++;
	while (range.from < range.to && list[range.from].count == range.depth)
		range.from++;
	match_children(matching, range, child);
}

/* Gives a pattern those of a range that no child has taken. */
static void match_pattern(const struct matching *matching, struct range range,
			  const struct dcfg_node *pattern)
{
	const struct dcfg_variable *list = matching->variables->list;

	while (range.from < range.to) {
		const struct dcfg_part *part = &list[range.from].parts[range.depth];
		struct range alike = {range.from, range.from, range.depth};

		while (alike.to < range.to &&
		       dcfg_view_equal(list[alike.to].parts[range.depth].text,
				       part->text))
			alike.to++;
		if (!part->first)
			match_child(matching, alike, pattern);
		range.from = alike.to;
	}
}

/* Finds the children of a map or list that a range of variables may mean. Each is looked at once
 * at most; recursion is as deep as trees are. */
static void match_children(const struct matching *matching, struct range range,
			   const struct dcfg_node *parent)
{
	const struct dcfg_variable_list *variables = matching->variables;
	uint64_t lengths = lengths_of(variables, &range);
	const struct dcfg_node *pattern = NULL;
	char buffer[DCFG_NUMBER_SIZE];
	size_t index = 0;

	if (range.from == range.to)
		return;
	if (matching->given && matching->given->names_below)
		matching->given->names_below(parent);
	dcfg_each (child, parent) {
		struct dcfg_view key = key_of(child, index++, buffer);
		struct range below = {0, 0, range.depth};

		if (matching->given && matching->given->by_schema && is_pattern(child))
			pattern = child;
		if (!(lengths >> (key.len & 63) & 1))
			continue;
		below.from = bound(variables, &range, key, false);
		below.to = bound(variables, &range, key, true);
		if (below.from < below.to)
			match_child(matching, below, child);
	}
	if (pattern)
		match_pattern(matching, range, pattern);
}

static size_t count_shared(const struct dcfg_variable *a, const struct dcfg_variable *b)
{
	size_t shared = 0;

	while (shared < a->count && shared < b->count &&
	       dcfg_view_equal(a->parts[shared].text, b->parts[shared].text))
		shared++;
	return shared;
}

/* Gives each variable the match of its longest known beginning. `known[i]` is where the matches
 * of the first i + 1 segments were recorded: at the first variable that begins so. */
static void collect_matches(struct dcfg_variable_list *variables)
{
	const struct dcfg_part *known[DCFG_DEPTH_MAX];

	for (size_t i = 0; i < variables->count; i++) {
		struct dcfg_variable *variable = &variables->list[i];
		size_t shared = i ? count_shared(variable - 1, variable) : 0;

		for (size_t at = shared; at < variable->count; at++)
			known[at] = &variable->parts[at];
		while (variable->known < variable->count && known[variable->known]->first)
			variable->match = known[variable->known++];
	}
}

/* Notes which ways to read names lead to keys: whole names first. */
static void note_ways(struct dcfg_variable_list *list, bool files)
{
	for (size_t i = 0; i < list->count; i++) {
		struct dcfg_variable *variable = &list->list[i];
		struct dcfg_doubt *doubt = variable->doubt;

		if (!doubt || !(files ? dcfg_variable_is_file(variable)
				      : dcfg_variable_is_whole(variable)))
			continue;
		if (files && doubt->first && dcfg_variable_is_whole(doubt->first))
			continue;
		if (!doubt->first)
			doubt->first = variable;
		else
			doubt->second = variable;
	}
}

void dcfg_variables_match(struct dcfg_variable_list *variables,
			  const struct dcfg_node *tree,
			  const struct dcfg_variables *given)
{
	const struct matching matching = {variables, given};

	if (!variables->count)
		return;
	qsort(variables->list, variables->count, sizeof(*variables->list), compare);
	match_children(&matching, (struct range){0, variables->count, 0}, tree);
	collect_matches(variables);
	note_ways(variables, false);
	note_ways(variables, true);
}

bool dcfg_variable_is_pattern(const struct dcfg_variable *variable)
{
	const struct dcfg_node *node = variable->match ? variable->match->first : NULL;

	while (node && !is_pattern(node))
		node = node->parent;
	return node;
}

/* A segment of a key that nothing weaker has. */
static const struct dcfg_name *new_name(struct dcfg_context *context,
					struct dcfg_view part)
{
	struct dcfg_view lower = dcfg_arena_copy(&context->arena, part);
	char *text = (char *)lower.ptr;

	if (!text)
		return NULL;
	for (size_t i = 0; i < lower.len; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] - 'A' + 'a');
	return dcfg_intern(&context->names, lower);
}

static struct dcfg_spelt known_segment(struct dcfg_context *context,
				       const struct dcfg_node *node,
				       struct dcfg_view part)
{
	if (!node->name)
		return (struct dcfg_spelt){dcfg_intern(&context->names, part), true};
	if (is_pattern(node))
		return (struct dcfg_spelt){new_name(context, part), false};
	return (struct dcfg_spelt){node->name, false};
}

bool dcfg_variable_spell(struct dcfg_context *context,
			 const struct dcfg_variable *variable,
			 struct dcfg_spelt segments[DCFG_DEPTH_MAX])
{
	const struct dcfg_node *node = variable->match ? variable->match->first : NULL;
	bool in_list = node && node->type == DEPLOYCFG_LIST;

	for (size_t i = variable->known; i < variable->count; i++) {
		struct dcfg_view part = variable->parts[i].text;

		segments[i] = (struct dcfg_spelt){new_name(context, part),
						  i == variable->known && in_list &&
							  dcfg_variable_is_number(part)};
	}
	for (size_t i = variable->known; i-- > 0; node = node->parent)
		segments[i] = known_segment(context, node, variable->parts[i].text);
	for (size_t i = 0; i < variable->count; i++)
		if (!segments[i].name)
			return false;
	return true;
}

bool dcfg_variable_is_taken(struct dcfg_context *context, struct dcfg_variable *variable,
			    size_t count, const struct dcfg_node *at)
{
	struct dcfg_spelt segments[DCFG_DEPTH_MAX];

	if (!dcfg_variable_spell(context, variable, segments))
		return true;
	for (size_t i = 0; i < count && at->type == DEPLOYCFG_MAP; i++) {
		if (i && segments[i].is_index != ((at->flags & DCFG_ITEMS) != 0))
			return true;
		at = dcfg_map_find(context, at, segments[i].name);
		if (!at)
			return false;
	}
	return true;
}

/* Numbers too big for a path's index are beyond the end of any list. */
#define INDEX_DIGITS_MAX 9

struct dcfg_view dcfg_variable_path(struct dcfg_context *context,
				    struct dcfg_variable *variable, size_t count)
{
	struct dcfg_spelt segments[DCFG_DEPTH_MAX];
	char buffer[DCFG_PATH_MAX];
	size_t length = 0;

	if (!dcfg_variable_spell(context, variable, segments))
		return dcfg_view(NULL, 0);
	for (size_t i = 0; i < count; i++) {
		struct dcfg_view text = segments[i].name->text;
		uint64_t index = 0;

		if (segments[i].is_index && text.len <= INDEX_DIGITS_MAX &&
		    dcfg_parse_uint(text, &index) == DCFG_PARSED)
			length = dcfg_key_append_index(buffer, sizeof(buffer), length,
						       (size_t)index);
		else
			length = dcfg_key_append(buffer, sizeof(buffer), length, text);
	}
	if (!dcfg_within(context, DEPLOYCFG_LIMIT_PATH, length,
			 dcfg_variable_read_origin(context, variable), NULL))
		return dcfg_view(NULL, 0);
	return dcfg_arena_copy(&context->arena, dcfg_view(buffer, length));
}
