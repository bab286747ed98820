/* SPDX-License-Identifier: ISC */
/*
 * Judging by a schema against loading without one: usage: check DIRECTORY..., by size. What a
 * schema costs before any layer is what loading it with an empty layer takes.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"

struct kind {
	const char *name, *file;
};

static const struct kind kinds[] = {
	{"map rules", "free.yaml"},
	{"key rules", "singly.yaml"},
};

struct work {
	struct bench_data data;
	char schema[4096];
};

static struct deploycfg_loader *loader_of(void)
{
	static const char *const nothing[] = {NULL};
	struct deploycfg_loader *loader = deploycfg_loader_new();

	deploycfg_loader_set_environ(loader, nothing);
	return loader;
}

static void load(const struct work *work, struct deploycfg_loader *loader)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);

	if (!cfg) {
		deploycfg_errors_report(errors, stderr);
		bench_die("does not load", work->schema);
	}
	deploycfg_snapshot_unref(cfg);
	deploycfg_errors_free(errors);
	deploycfg_loader_free(loader);
}

static void load_judging(void *context)
{
	const struct work *work = context;
	struct deploycfg_loader *loader = loader_of();

	deploycfg_loader_set_environment(loader, "development");
	deploycfg_loader_add_dir(loader, work->data.layer_directory);
	deploycfg_loader_add_schema(loader, work->schema);
	load(work, loader);
}

static void load_alone(void *context)
{
	const struct work *work = context;

	deploycfg_snapshot_unref(bench_load(&work->data));
}

static void load_schema(void *context)
{
	const struct work *work = context;
	struct deploycfg_loader *loader = loader_of();

	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_add_schema(loader, work->schema);
	load(work, loader);
}

/* All that load_judging() does but judging. */
static void load_both(void *context)
{
	load_schema(context);
	load_alone(context);
}

static void row(const struct work *work, const char *subject, const char *what,
		const struct kind *kind, double seconds, double alone, const char *target)
{
	char metric[80];

	snprintf(metric, sizeof(metric), "%s, %s, per key", what, kind->name);
	bench_row(subject, bench_workload(&work->data), metric,
		  seconds * 1e9 / (double)work->data.size, "ns", seconds / alone, target);
}

static void kind_rows(struct work *work, const char *subject, const struct kind *kind)
{
	struct bench_result schema, all;

	snprintf(work->schema, sizeof(work->schema), "%s/%s", work->data.directory,
		 kind->file);
	schema = bench_compare(bench_cpu, load_schema, work, load_alone, work);
	all = bench_compare(bench_cpu, load_judging, work, load_both, work);
	row(work, subject, "schema", kind, schema.seconds, schema.reference, "");
	row(work, subject, "judging", kind, all.seconds - all.reference, schema.reference,
	    work->data.size == 10000 ? "ratio<=0.30" : "");
	row(work, subject, "load", kind, all.seconds, schema.reference, "");
}

static void rows(const char *subject, const char *directory, const char *syntax)
{
	struct work work;

	bench_open(&work.data, directory, syntax);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		kind_rows(&work, subject, &kinds[i]);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		rows("YAML check", argv[i], "yaml");
		rows("INI check", argv[i], "ini");
	}
	return 0;
}
