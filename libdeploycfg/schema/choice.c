/* SPDX-License-Identifier: ISC */
/* Choices: values of which one is to be taken. Compared by what they mean, so that 60s is 1m;
 * looked up in a sorted list. */
#include "base/utf8.h"
#include "schema/rule.h"

/* What two equal values have in common; `buffer` holds it where it is not the text. */
static struct dcfg_view key_of(char buffer[DCFG_NUMBER_SIZE], enum deploycfg_type type,
			       const union dcfg_scalar *value, struct dcfg_view text)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		return value->boolean ? DCFG_VIEW("1") : DCFG_VIEW("0");
	case DEPLOYCFG_INT:
	case DEPLOYCFG_DURATION:
	case DEPLOYCFG_SIZE:
		return dcfg_view(buffer, dcfg_print_int(buffer, value->integer));
	case DEPLOYCFG_FLOAT:
		return dcfg_view(buffer, dcfg_print_double(buffer, value->real));
	default:
		return text;
	}
}

static int compare(const void *left, const void *right)
{
	return dcfg_view_compare(*(const struct dcfg_view *)left,
				 *(const struct dcfg_view *)right);
}

/* A choice on its way into the list. */
struct choice {
	struct dcfg_view key;
	uint32_t index;
};

static int compare_choices(const void *left, const void *right)
{
	const struct choice *a = left, *b = right;
	int order = dcfg_view_compare(a->key, b->key);

	return order ? order : (a->index > b->index) - (a->index < b->index);
}

struct taking {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	const struct dcfg_rule *rule;
	enum deploycfg_type type;
	struct choice *list;
	size_t count;
};

static struct deploycfg_error *fail(const struct taking *taking, uint32_t index,
				    const char *problem, const char *phrase)
{
	return dcfg_schema_fail(
		taking->context, taking->schema,
		dcfg_field_origin(taking->context, taking->rule, "choices", index),
		taking->rule->path.ptr, "the choice '%.*s' %s%s",
		DCFG_ARG(dcfg_rule_shown(
			taking->rule,
			dcfg_view_text(taking->rule->entry->choices[index]))),
		problem, phrase);
}

/* One choice, where it reads as the type. */
static void take(struct taking *taking, uint32_t index)
{
	struct dcfg_arena *arena = &taking->context->arena;
	struct dcfg_view text = dcfg_view_text(taking->rule->entry->choices[index]), key;
	union dcfg_scalar value = {.integer = 0};
	char buffer[DCFG_NUMBER_SIZE];

	if (taking->type != DEPLOYCFG_NONE &&
	    dcfg_convert(arena, text, taking->type, &value, &key) != DCFG_PARSED) {
		dcfg_error_expected(fail(taking, index, "does not read as ",
					 dcfg_type_phrase(taking->type)),
				    "%s", deploycfg_type_name(taking->type));
		return;
	}
	key = key_of(buffer, taking->type, &value, text);
	if (key.ptr == buffer)
		key = dcfg_arena_copy(arena, key);
	if (key.ptr)
		taking->list[taking->count++] = (struct choice){key, index};
}

static void check_twice(const struct taking *taking)
{
	for (size_t i = 1; i < taking->count; i++) {
		const struct choice *choice = &taking->list[i], *other = choice - 1;
		struct deploycfg_error *error;

		if (!dcfg_view_equal(choice->key, other->key))
			continue;
		error = fail(taking, choice->index, "is there already", "");
		if (error)
			dcfg_relate(taking->context, error,
				    dcfg_field_origin(taking->context, taking->rule,
						      "choices", other->index),
				    "the other one");
	}
}

void dcfg_choices_compile(struct dcfg_context *context, struct dcfg_schema *schema,
			  const struct dcfg_rule *rule, enum deploycfg_type type,
			  struct dcfg_bounds *bounds)
{
	uint32_t count = rule->entry->choices_count;
	struct taking taking = {context, schema, rule, type, NULL, 0};

	taking.list = dcfg_arena_alloc(&context->arena, count * sizeof(*taking.list));
	bounds->choices =
		dcfg_arena_alloc(&context->arena, count * sizeof(*bounds->choices));
	if (!taking.list || !bounds->choices)
		return;
	for (uint32_t i = 0; i < count; i++)
		take(&taking, i);
	qsort(taking.list, taking.count, sizeof(*taking.list), compare_choices);
	check_twice(&taking);
	bounds->choice_count = taking.count;
	for (size_t i = 0; i < taking.count; i++)
		bounds->choices[i] = taking.list[i].key;
}

bool dcfg_choices_have(const struct dcfg_bounds *bounds, enum deploycfg_type type,
		       const union dcfg_scalar *value, struct dcfg_view text)
{
	char buffer[DCFG_NUMBER_SIZE];
	struct dcfg_view key = key_of(buffer, type, value, text);

	return bsearch(&key, bounds->choices, bounds->choice_count, sizeof(key),
		       compare) != NULL;
}

struct dcfg_listing dcfg_choices_list(const struct dcfg_schema_entry *entry)
{
	struct dcfg_listing listing = {.length = 0};

	for (uint32_t i = 0; i < entry->choices_count && !listing.cut; i++)
		dcfg_listing_add(&listing, dcfg_view_text(entry->choices[i]));
	return listing;
}
