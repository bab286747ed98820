/* SPDX-License-Identifier: ISC */
/*
 * Another library beside ours: usage: PROGRAM DIRECTORY... It reads all keys from one file,
 * merged already; ours reads and merges three layers, in INI where the other does. The ratio
 * is how much longer the other takes.
 */
#include "peer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum {
	QUERIES = 4096
};

struct work {
	struct bench_data data;
	char file[4096];
	struct deploycfg_snapshot *cfg;
	void *loaded;
	struct peer_query queries[QUERIES];
};

static void load_theirs(void *context)
{
	const struct work *work = context;
	void *loaded = peer_load(work->file);

	if (!loaded)
		bench_die("does not load", work->file);
	peer_free(loaded);
}

static void load_ours(void *context)
{
	const struct work *work = context;

	deploycfg_snapshot_unref(bench_load(&work->data));
}

static void find_theirs(void *context)
{
	const struct work *work = context;

	for (size_t i = 0; i < QUERIES; i++) {
		if (!peer_find(work->loaded, &work->queries[i]))
			bench_die("is not found", work->queries[i].path);
	}
}

static void find_ours(void *context)
{
	const struct work *work = context;

	for (size_t i = 0; i < QUERIES; i++) {
		if (!deploycfg_find(work->cfg, work->queries[i].path, SIZE_MAX))
			bench_die("is not found", work->queries[i].path);
	}
}

static char *copied(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		bench_die("no memory", text);
	return copy;
}

static struct peer_query make_query(const char *path)
{
	char *group = copied(path), *joint = copied(path);
	size_t dot = (size_t)(strrchr(path, '.') - path);

	group[dot] = '\0';
	joint[dot] = ':';
	return (struct peer_query){copied(path), group, path + dot + 1, joint};
}

/* Scalars alone: not every library has lists. */
static void make_queries(struct work *work)
{
	uint64_t state = 1;

	for (size_t i = 0; i < QUERIES;) {
		const char *path;

		state = state * 6364136223846793005u + 1442695040888963407u;
		path = work->data.keys[(state >> 33) % work->data.size];
		if (!strchr(path, '['))
			work->queries[i++] = make_query(path);
	}
}

static void measure(struct work *work)
{
	const char *workload = bench_workload(&work->data);
	struct bench_result result =
		bench_compare(bench_cpu, load_theirs, work, load_ours, work);

	bench_row(peer_name, workload, "load, per key",
		  result.seconds * 1e9 / (double)work->data.size, "ns", result.ratio, "");
	result = bench_compare(bench_cpu, find_theirs, work, find_ours, work);
	bench_row(peer_name, workload, "find", result.seconds * 1e9 / QUERIES, "ns",
		  result.ratio, "");
}

int main(int argc, char **argv)
{
	static struct work work;

	for (int i = 1; i < argc; i++) {
		bench_open(&work.data, argv[i],
			   strstr(peer_file, ".ini") ? "ini" : "yaml");
		snprintf(work.file, sizeof(work.file), "%s/%s", argv[i], peer_file);
		work.cfg = bench_load(&work.data);
		work.loaded = peer_load(work.file);
		if (!work.loaded)
			bench_die("does not load", work.file);
		make_queries(&work);
		measure(&work);
		peer_free(work.loaded);
		deploycfg_snapshot_unref(work.cfg);
	}
	return 0;
}
