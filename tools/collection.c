/* SPDX-License-Identifier: ISC */
/* Joins what several loads reported. Must not know why there were several. */
#include "collection.h"

#include <stdlib.h>
#include <string.h>

#include "status.h"

struct reported {
	const struct deploycfg_error *error;
	size_t order; /* in which it was collected */
	size_t file;  /* the order of the first one that names the same file */
};

static int by_number(size_t left, size_t right)
{
	return (left > right) - (left < right);
}

static int by_line(const struct reported *left, const struct reported *right)
{
	int lines = by_number(deploycfg_error_line(left->error),
			      deploycfg_error_line(right->error));

	return lines ? lines
		     : by_number(deploycfg_error_column(left->error),
				 deploycfg_error_column(right->error));
}

static int by_words(const struct deploycfg_error *left,
		    const struct deploycfg_error *right)
{
	int order = strcmp(deploycfg_error_key(left), deploycfg_error_key(right));

	return order ? order
		     : strcmp(deploycfg_error_message(left),
			      deploycfg_error_message(right));
}

static int by_text(const struct deploycfg_error *left,
		   const struct deploycfg_error *right)
{
	return left && right
		       ? strcmp(deploycfg_error_text(left), deploycfg_error_text(right))
		       : (left != NULL) - (right != NULL);
}

/* Whether it says only what the value takes the place of: that may be more in one environment. */
static bool is_overridden(const struct deploycfg_error *place)
{
	static const char *const beginnings[] = {"it overrides", "which overrides"};
	const char *message = place ? deploycfg_error_message(place) : "";

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (strncmp(message, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

/* The next related place that tells one mistake from another; NULL for none. */
static const struct deploycfg_error *telling(const struct deploycfg_error *error,
					     size_t *at)
{
	const struct deploycfg_error *place;

	do
		place = deploycfg_error_related(error, (*at)++);
	while (is_overridden(place));
	return place;
}

/* What is wrong, where, and what else is involved: the hint may be another one in each load. */
static int by_mistake(const struct reported *left, const struct reported *right)
{
	int order = strcmp(deploycfg_error_file(left->error),
			   deploycfg_error_file(right->error));
	size_t left_at = 0, right_at = 0;
	bool more = true;

	if (!order)
		order = by_line(left, right);
	if (!order)
		order = by_words(left->error, right->error);
	if (!order)
		order = by_number(deploycfg_error_severity(left->error),
				  deploycfg_error_severity(right->error));
	while (!order && more) {
		const struct deploycfg_error *place = telling(left->error, &left_at);

		order = by_text(place, telling(right->error, &right_at));
		more = place;
	}
	return order;
}

/* Brings together what names one file, and in it what is the same. */
static int by_file_and_mistake(const void *a, const void *b)
{
	const struct reported *left = a, *right = b;
	int order = by_mistake(left, right);

	return order ? order : by_number(left->order, right->order);
}

static int by_place(const void *a, const void *b)
{
	const struct reported *left = a, *right = b;
	int order = by_number(left->file, right->file);

	if (!order)
		order = by_line(left, right);
	return order ? order : by_number(left->order, right->order);
}

static bool is_of_file(const struct reported *each, const struct reported *other)
{
	return strcmp(deploycfg_error_file(each->error),
		      deploycfg_error_file(other->error)) == 0;
}

/* Numbers the file of those from `first` on that name the same one. Returns their end. */
static struct reported *number_file(struct reported *first, const struct reported *end)
{
	size_t file = first->order;
	struct reported *each;

	for (each = first; each < end && is_of_file(each, first); each++)
		file = each->order < file ? each->order : file;
	for (struct reported *of_file = first; of_file < each; of_file++)
		of_file->file = file;
	return each;
}

/* Keeps the first of those that say the same; returns how many are left. */
static size_t drop_copies(struct reported *list, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept && by_mistake(&list[kept - 1], &list[i]) == 0)
			continue;
		list[kept++] = list[i];
	}
	return kept;
}

static size_t sort(struct reported *list, size_t count)
{
	struct reported *next = list;

	qsort(list, count, sizeof(*list), by_file_and_mistake);
	while (next < list + count)
		next = number_file(next, list + count);
	count = drop_copies(list, count);
	qsort(list, count, sizeof(*list), by_place);
	return count;
}

bool tool_collect(struct collection *collection, struct deploycfg_errors *errors)
{
	size_t capacity = 2 * collection->capacity + 8;
	struct deploycfg_errors **moved;

	if (collection->count == collection->capacity) {
		moved = realloc(collection->lists, capacity * sizeof(*moved));
		if (!moved) {
			deploycfg_errors_free(errors);
			return false;
		}
		collection->lists = moved;
		collection->capacity = capacity;
	}
	collection->lists[collection->count++] = errors;
	return true;
}

static size_t fill(struct reported *list, const struct collection *collection)
{
	size_t count = 0;

	for (size_t i = 0; i < collection->count; i++) {
		const struct deploycfg_errors *errors = collection->lists[i];

		for (size_t at = 0; at < deploycfg_errors_count(errors); at++, count++) {
			if (list)
				list[count] = (struct reported){
					deploycfg_errors_at(errors, at), count, 0};
		}
	}
	return count;
}

int tool_report_collection(const struct collection *collection,
			   struct diagnostics *diagnostics)
{
	size_t count = fill(NULL, collection);
	struct reported *list = malloc((count + 1) * sizeof(*list));

	if (!list)
		return tool_without_memory(diagnostics);
	count = sort(list, fill(list, collection));
	for (size_t i = 0; i < count; i++)
		tool_report_one(diagnostics, list[i].error);
	free(list);
	return TOOL_OK;
}

void tool_collection_fini(struct collection *collection)
{
	for (size_t i = 0; i < collection->count; i++)
		deploycfg_errors_free(collection->lists[i]);
	free(collection->lists);
	*collection = (struct collection){NULL, 0, 0};
}
