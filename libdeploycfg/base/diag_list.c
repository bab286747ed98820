/* SPDX-License-Identifier: ISC */
/* Lists of diagnostics: making, limiting, ordering, joining and freeing them. Knows nothing
 * of what a diagnostic says, but for the one that stands for those it did not keep. */
#include "base/error.h"

#include "base/mem.h"

const struct deploycfg_errors dcfg_errors_without_memory = {
	.failed = true,
	.out_of_memory = true,
};

struct deploycfg_errors *dcfg_errors_list(struct deploycfg_errors **errors)
{
	bool without_memory = *errors == &dcfg_errors_without_memory;
	struct deploycfg_errors *list = *errors;

	if (list && !without_memory)
		return list;
	list = dcfg_alloc(sizeof(*list));
	if (list)
		*list = without_memory ? dcfg_errors_without_memory
				       : (struct deploycfg_errors){.failed = false};
	*errors = list ? list : (struct deploycfg_errors *)&dcfg_errors_without_memory;
	return list;
}

void dcfg_errors_remember(struct deploycfg_errors *list)
{
	if (list && list != &dcfg_errors_without_memory) /* which says so for good */
		list->out_of_memory = list->failed = true;
}

void dcfg_error_memory(struct deploycfg_errors **errors)
{
	if (errors)
		dcfg_errors_remember(dcfg_errors_list(errors));
}

static size_t limit_of(const struct deploycfg_errors *list)
{
	return list->limit ? list->limit : DCFG_DIAGNOSTICS_MAX;
}

bool dcfg_errors_full(const struct deploycfg_errors *list)
{
	return list->count >= limit_of(list);
}

static struct dcfg_rest *rest_new(size_t limit)
{
	struct dcfg_rest *rest = dcfg_alloc(sizeof(*rest));

	if (rest)
		*rest = (struct dcfg_rest){
			.error = {.status = DEPLOYCFG_ERR_LIMIT,
				  .severity = DEPLOYCFG_WARNING,
				  .file = "",
				  .key = "",
				  .message = rest->message,
				  .text = {.ptr = rest->text}},
			.limit = limit,
		};
	return rest;
}

void dcfg_errors_drop(struct deploycfg_errors *list, enum deploycfg_severity severity)
{
	list->dropped++;
	if (!list->rest)
		list->rest = rest_new(limit_of(list));
	if (!list->rest)
		dcfg_errors_remember(list);
	if (severity != DEPLOYCFG_ERROR)
		return;
	list->failed = true;
	if (list->rest)
		list->rest->error.severity = DEPLOYCFG_ERROR;
}

const struct deploycfg_error *dcfg_errors_rest(const struct deploycfg_errors *list)
{
	struct dcfg_rest *rest = list->rest;

	(void)snprintf(rest->message, sizeof(rest->message),
		       "%zu more problem%s not shown, %zu is the limit", list->dropped,
		       list->dropped == 1 ? " is" : "s are", rest->limit);
	(void)snprintf(rest->text, sizeof(rest->text), "%s[%s]: %s\n",
		       rest->error.severity == DEPLOYCFG_ERROR ? "error" : "warning",
		       dcfg_status_code(rest->error.status), rest->message);
	return &rest->error;
}

struct deploycfg_error *dcfg_errors_append(struct deploycfg_errors *list,
					   struct deploycfg_error *error)
{
	struct deploycfg_error **moved =
		error ? dcfg_grow(list->list, list->count, &list->capacity,
				  sizeof(*moved))
		      : NULL;

	if (!moved) {
		dcfg_error_free(error);
		dcfg_errors_remember(list);
		return NULL;
	}
	list->list = moved;
	list->list[list->count++] = error;
	error->list = list;
	return error;
}

void dcfg_errors_free(struct deploycfg_errors *list)
{
	if (!list || list == &dcfg_errors_without_memory)
		return;
	for (size_t i = 0; i < list->count; i++)
		dcfg_error_free(list->list[i]);
	dcfg_free(list->list);
	dcfg_free(list->rest);
	dcfg_free(list);
}

/* Ranks are above all numbers of diagnostics. */
#define DCFG_DIAGNOSTICS_RANKED (SIZE_MAX / 2)

/* A diagnostic and where it belongs. */
struct sorted {
	struct deploycfg_error *error;
	size_t file, order;
};

static int by_place(const void *a, const void *b)
{
	const struct sorted *left = a, *right = b;

	if (left->file != right->file)
		return left->file < right->file ? -1 : 1;
	if (left->error->line != right->error->line)
		return left->error->line < right->error->line ? -1 : 1;
	if (left->error->column != right->error->column)
		return left->error->column < right->error->column ? -1 : 1;
	return (left->order > right->order) - (left->order < right->order);
}

/* The number of the first diagnostic that names the same file. */
static size_t first_of_file(const struct sorted *sorted, size_t count, const char *file)
{
	for (size_t i = count; i-- > 0;)
		if (!strcmp(sorted[i].error->file, file))
			return sorted[i].file;
	return count;
}

static int by_name(const void *name, const void *file)
{
	return strcmp(name, ((const struct dcfg_file_rank *)file)->name);
}

/* Files that are not ranked come before those that are, as they were first named. */
static size_t rank_of(const struct dcfg_file_rank *files, size_t count,
		      const struct sorted *sorted, size_t before, const char *file)
{
	const struct dcfg_file_rank *rank =
		count ? bsearch(file, files, count, sizeof(*files), by_name) : NULL;

	return rank ? DCFG_DIAGNOSTICS_RANKED + rank->rank
		    : first_of_file(sorted, before, file);
}

bool dcfg_errors_sort(struct deploycfg_errors *list, const struct dcfg_file_rank *files,
		      size_t count)
{
	struct sorted *sorted;

	if (!list || list->count < 2)
		return true;
	sorted = dcfg_alloc(list->count * sizeof(*sorted));
	if (!sorted)
		return false;
	for (size_t i = 0; i < list->count; i++)
		sorted[i] = (struct sorted){
			list->list[i],
			rank_of(files, count, sorted, i, list->list[i]->file), i};
	qsort(sorted, list->count, sizeof(*sorted), by_place);
	for (size_t i = 0; i < list->count; i++)
		list->list[i] = sorted[i].error;
	dcfg_free(sorted);
	return true;
}

/* What was dropped before was so by a limit of its own, which goes along. */
static void move_rest(struct deploycfg_errors *into, struct deploycfg_errors *from)
{
	struct dcfg_rest *rest = from->rest;
	enum deploycfg_severity severity = rest ? rest->error.severity : DEPLOYCFG_ERROR;

	if (!into->rest) {
		into->rest = rest;
		from->rest = NULL;
	}
	dcfg_errors_drop(into, severity);
	into->dropped += from->dropped - 1;
}

/* Moves as many diagnostics as the limit allows; the others are counted. */
static void move_all(struct deploycfg_errors *into, struct deploycfg_errors *from)
{
	if (limit_of(from) > limit_of(into))
		into->limit = from->limit;
	for (size_t i = 0; i < from->count; i++) {
		if (!dcfg_errors_full(into)) {
			dcfg_errors_append(into, from->list[i]);
		} else {
			dcfg_errors_drop(into, from->list[i]->severity);
			dcfg_error_free(from->list[i]);
		}
	}
	from->count = 0;
	if (from->dropped)
		move_rest(into, from);
	into->failed |= from->failed;
	into->out_of_memory |= from->out_of_memory;
}

void dcfg_errors_move(struct deploycfg_errors **into, struct deploycfg_errors *from)
{
	if (!from)
		return;
	if (from == &dcfg_errors_without_memory) {
		dcfg_error_memory(into);
	} else if (!into) {
		dcfg_errors_free(from);
	} else if (*into && *into != &dcfg_errors_without_memory) {
		move_all(*into, from);
		dcfg_errors_free(from);
	} else {
		if (*into)
			dcfg_errors_remember(from);
		*into = from;
	}
}
