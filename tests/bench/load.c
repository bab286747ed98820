/* SPDX-License-Identifier: ISC */
/*
 * Loading against the bare parsers: usage: load DIRECTORY..., by size. Growth is taken from
 * the first size from 1 000 keys to the last.
 */
#include <math.h>
#include <string.h>

#include "bare.h"
#include "bench.h"

struct dialect {
	const char *name, *suffix;
	void (*bare)(const char *bytes, size_t length);
	double small, large; /* targets up to 10 000 keys and beyond */
};

static const struct dialect dialects[] = {
	{"YAML load", "yaml", bare_yaml, 1.4, 1.6},
	{"INI load", "ini", bare_ini, 1.5, 1.8},
};

struct work {
	struct bench_data data;
	const struct dialect *dialect;
};

static void load_all(void *context)
{
	const struct work *work = context;

	deploycfg_snapshot_unref(bench_load(&work->data));
}

static void bare_all(void *context)
{
	const struct work *work = context;

	for (size_t i = 0; i < BENCH_LAYERS; i++)
		work->dialect->bare(work->data.layers[i].bytes,
				    work->data.layers[i].length);
}

static void load_base(void *context)
{
	const struct work *work = context;
	struct deploycfg_loader *loader = deploycfg_loader_new();
	char path[5000];

	snprintf(path, sizeof(path), "%s/base.%s", work->data.layer_directory,
		 work->dialect->suffix);
	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_NEVER);
	deploycfg_loader_add_file(loader, path);
	deploycfg_snapshot_unref(deploycfg_loader_load(loader, NULL));
	deploycfg_loader_free(loader);
}

static double per_key(double seconds, const struct work *work)
{
	return seconds * 1e9 / (double)work->data.size;
}

static double load_row(struct work *work)
{
	const struct dialect *dialect = work->dialect;
	struct bench_result result =
		bench_compare(bench_cpu, load_all, work, bare_all, work);
	char target[32] = "";

	if (work->data.size >= 1000 && work->data.size <= 100000)
		snprintf(target, sizeof(target), "ratio<=%.2f",
			 work->data.size > 10000 ? dialect->large : dialect->small);
	bench_row(dialect->name, bench_workload(&work->data), "bare parser, per key",
		  per_key(result.reference, work), "ns", 0, "");
	bench_row(dialect->name, bench_workload(&work->data), "load, per key",
		  per_key(result.seconds, work), "ns", result.ratio, target);
	return result.seconds;
}

static void merge_row(struct work *work)
{
	struct bench_result result =
		bench_compare(bench_cpu, load_all, work, load_base, work);
	double bytes = (double)work->data.bytes;
	double base = (double)work->data.layers[0].length;

	bench_row(work->dialect->name, bench_workload(&work->data),
		  "3 layers, per byte, against base", result.seconds * 1e9 / bytes, "ns",
		  result.ratio * base / bytes,
		  work->data.size >= 1000 ? "ratio<=1.2" : "");
}

/* The exponent e of time ~ keys^e between two sizes. */
static void growth_row(const struct dialect *dialect, double from, double from_seconds,
		       double to, double to_seconds)
{
	char workload[64];

	snprintf(workload, sizeof(workload), "%.0fk to %.0fk keys", from / 1000,
		 to / 1000);
	bench_row(dialect->name, workload, "growth, exponent",
		  log(to_seconds / from_seconds) / log(to / from), "", 0, "value<=1.15");
}

static void dialect_rows(const struct dialect *dialect, int count, char **directories)
{
	double from = 0, from_seconds = 0, to = 0, to_seconds = 0;

	for (int i = 0; i < count; i++) {
		struct work work = {.dialect = dialect};

		bench_open(&work.data, directories[i], dialect->suffix);
		to = (double)work.data.size;
		to_seconds = load_row(&work);
		merge_row(&work);
		if (!(from > 0) && to >= 1000) {
			from = to;
			from_seconds = to_seconds;
		}
	}
	if (from > 0 && to > from)
		growth_row(dialect, from, from_seconds, to, to_seconds);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(dialects) / sizeof(*dialects); i++)
		dialect_rows(&dialects[i], argc - 1, argv + 1);
	return 0;
}
