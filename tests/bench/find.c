/* SPDX-License-Identifier: ISC */
/* Reading a loaded configuration: usage: find DIRECTORY..., by size. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "ideal.h"

enum {
	QUERIES = 1 << 16,
	ENTRIES = 64,
	AGAIN = 1 << 10,
	THREAD_ROUNDS = 2
};

/* Paths in the order they are asked for, one behind the other, so that fetching the
 * question costs as good as nothing. */
struct queries {
	const char *texts[QUERIES];
	size_t count;
	char *pool;
};

struct work {
	struct bench_data data;
	struct deploycfg_snapshot *cfg;
	struct ideal_table ideal;
	struct queries hits, misses, ints;
	const struct deploycfg_entry *entries[ENTRIES];
	const int64_t *numbers[ENTRIES];
};

static volatile uint64_t sink;

static uint64_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

/* type: of the keys to ask for, '\0' for all. */
static void make_queries(struct queries *queries, const struct bench_data *data,
			 char type)
{
	size_t room = 1 << 20, used = 0, chosen[QUERIES];
	uint64_t state = 1;

	while (queries->count < QUERIES) {
		size_t i = next(&state) % data->size;

		if (!type || data->types[i] == type)
			chosen[queries->count++] = i;
	}
	for (size_t i = 0; i < queries->count; i++)
		room += strlen(data->keys[chosen[i]]) + 1;
	queries->pool = malloc(room);
	if (!queries->pool)
		bench_die("no memory", data->directory);
	for (size_t i = 0; i < queries->count; i++) {
		char *copy = strcpy(queries->pool + used, data->keys[chosen[i]]);

		queries->texts[i] = copy;
		used += strlen(copy) + 1;
	}
}

/* Another last letter than any key has, so that all but that is right. */
static void make_missing(struct work *work)
{
	make_queries(&work->misses, &work->data, '\0');
	for (size_t i = 0; i < work->misses.count; i++) {
		char *text = (char *)(uintptr_t)work->misses.texts[i];
		size_t length = strlen(text);

		text[length - 1 - (text[length - 1] == ']')] = 'Z';
		if (text[length - 1] == ']')
			*strchr(text, '[') = 'Z', text[length - 1] = 'Z';
		if (ideal_find(&work->ideal, text))
			bench_die("is not missing", text);
	}
}

static void find_all(const struct work *work, const struct queries *queries, bool there)
{
	uint64_t found = 0;

	for (size_t i = 0; i < queries->count; i++)
		found += deploycfg_find(work->cfg, queries->texts[i], SIZE_MAX) != NULL;
	if (found != (there ? queries->count : 0))
		bench_die("finds what is not there, or not what is",
			  work->data.directory);
}

static void find_hits(void *context)
{
	const struct work *work = context;

	find_all(work, &work->hits, true);
}

static void find_misses(void *context)
{
	const struct work *work = context;

	find_all(work, &work->misses, false);
}

static void find_ints(void *context)
{
	const struct work *work = context;

	find_all(work, &work->ints, true);
}

static void find_ideal(void *context)
{
	const struct work *work = context;
	uint64_t found = 0;

	for (size_t i = 0; i < work->hits.count; i++)
		found += ideal_find(&work->ideal, work->hits.texts[i]) != NULL;
	if (found != work->hits.count)
		bench_die("the ideal table is wrong", work->data.directory);
}

static void get_ints(void *context)
{
	const struct work *work = context;
	uint64_t sum = 0;

	for (size_t i = 0; i < work->ints.count; i++)
		sum += (uint64_t)deploycfg_get_int(work->cfg, work->ints.texts[i], NULL);
	sink = sum;
}

static void entries_again(void *context)
{
	const struct work *work = context;
	uint64_t sum = 0;

	for (size_t round = 0; round < AGAIN; round++) {
		for (size_t i = 0; i < ENTRIES; i++)
			sum += (uint64_t)deploycfg_entry_int(work->entries[i], NULL);
	}
	sink = sum;
}

static void pointers_again(void *context)
{
	const struct work *work = context;
	uint64_t sum = 0;

	for (size_t round = 0; round < AGAIN; round++) {
		for (size_t i = 0; i < ENTRIES; i++)
			sum += (uint64_t) * (const volatile int64_t *)work->numbers[i];
	}
	sink = sum;
}

static void *thread_main(void *context)
{
	for (size_t round = 0; round < THREAD_ROUNDS; round++)
		find_hits(context);
	return NULL;
}

static void threads(void *context, size_t count)
{
	pthread_t running[2];

	for (size_t i = 0; i < count; i++) {
		if (pthread_create(&running[i], NULL, thread_main, context) != 0)
			bench_die("no thread", "find");
	}
	for (size_t i = 0; i < count; i++)
		pthread_join(running[i], NULL);
}

static void one_thread(void *context)
{
	threads(context, 1);
}

static void two_threads(void *context)
{
	threads(context, 2);
}

static void resolve(struct work *work)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		int64_t *number = malloc(sizeof(*number));

		work->entries[i] =
			deploycfg_find(work->cfg, work->ints.texts[i], SIZE_MAX);
		if (!number)
			bench_die("no memory", work->data.directory);
		*number = deploycfg_entry_int(work->entries[i], NULL);
		work->numbers[i] = number;
	}
}

static void prepare(struct work *work, const char *directory)
{
	bench_open(&work->data, directory, "yaml");
	work->cfg = bench_load(&work->data);
	if (!ideal_make(&work->ideal, work->data.keys, work->data.size))
		bench_die("no memory", directory);
	make_queries(&work->hits, &work->data, '\0');
	make_queries(&work->ints, &work->data, 'i');
	make_missing(work);
	resolve(work);
}

/* Rows of one comparison, each over so many reads. */
static void rows(struct work *work, const char *metric, const char *reference,
		 struct bench_result result, double reads, const char *target)
{
	const char *workload = bench_workload(&work->data);

	if (reference)
		bench_row("read", workload, reference, result.reference * 1e9 / reads,
			  "ns", 0, "");
	bench_row("read", workload, metric, result.seconds * 1e9 / reads, "ns",
		  result.ratio, target);
}

static void measure(struct work *work)
{
	struct bench_result result;

	rows(work, "find", "ideal table",
	     bench_compare(bench_cpu, find_hits, work, find_ideal, work), QUERIES,
	     "ratio<=1.5");
	rows(work, "find a missing key, against a hit", NULL,
	     bench_compare(bench_cpu, find_misses, work, find_hits, work), QUERIES,
	     "ratio<=1.2");
	rows(work, "get int, against find", NULL,
	     bench_compare(bench_cpu, get_ints, work, find_ints, work), QUERIES,
	     "ratio<=1.15");
	rows(work, "resolved entry again", "pointer again",
	     bench_compare(bench_cpu, entries_again, work, pointers_again, work),
	     AGAIN * ENTRIES, "value<=2");
	/* Both have to have a processor of their own, which the quickest round had. */
	result = bench_compare(bench_wall, two_threads, work, one_thread, work);
	bench_row("read", bench_workload(&work->data), "two threads, reads against one",
		  result.seconds * 1e9 / (2.0 * THREAD_ROUNDS * QUERIES), "ns",
		  2 / result.best, "ratio>=1.9");
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct work *work = calloc(1, sizeof(*work));

		if (!work)
			bench_die("no memory", argv[i]);
		prepare(work, argv[i]);
		measure(work);
		deploycfg_snapshot_unref(work->cfg);
	}
	return 0;
}
