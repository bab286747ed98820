/* SPDX-License-Identifier: ISC */
/*
 * Judging by a schema against loading without one: usage: check DIRECTORY..., by size. What a
 * schema costs before any layer is what loading it alone takes; judging is what is left of loading
 * both where another schema of that size, which declares none of the keys, is taken off. That is
 * little beside the schema, so there are more layers of all keys than one.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"

struct kind {
	const char *name, *file, *elsewhere;
};

static const struct kind kinds[] = {
	{"map rules", "free.yaml", "free-elsewhere.yaml"},
	{"key rules", "singly.yaml", "singly-elsewhere.yaml"},
};

enum {
	LAYERS = 10
};

struct work {
	struct bench_data data;
	struct bench_text all; /* of the keys, as one layer */
	enum deploycfg_syntax syntax;
	char schema[4096], elsewhere[4096];
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

static void load_with(const struct work *work, const char *schema, int more)
{
	struct deploycfg_loader *loader = loader_of();

	deploycfg_loader_set_environment(loader, "development");
	deploycfg_loader_add_dir(loader, work->data.layer_directory);
	for (int i = 0; i < more; i++)
		deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_BASE + 1 + i, "again",
					  work->syntax, work->all.bytes,
					  work->all.length);
	deploycfg_loader_add_schema(loader, schema);
	load(work, loader);
}

static void load_judging(void *context)
{
	const struct work *work = context;

	load_with(work, work->schema, 0);
}

static void judge_layers(void *context)
{
	const struct work *work = context;

	load_with(work, work->schema, LAYERS - 1);
}

/* All that judge_layers() does but judging. */
static void load_layers(void *context)
{
	const struct work *work = context;

	load_with(work, work->elsewhere, LAYERS - 1);
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
	double judging;

	snprintf(work->schema, sizeof(work->schema), "%s/%s", work->data.directory,
		 kind->file);
	snprintf(work->elsewhere, sizeof(work->elsewhere), "%s/%s", work->data.directory,
		 kind->elsewhere);
	schema = bench_compare(bench_cpu, load_schema, work, load_alone, work);
	judging = bench_difference(bench_cpu, judge_layers, work, load_layers, work) /
		  LAYERS;
	all = bench_compare(bench_cpu, load_judging, work, load_alone, work);
	row(work, subject, "schema", kind, schema.seconds, schema.reference, "");
	row(work, subject, "judging", kind, judging, all.reference,
	    /* less than nothing is noise, and meets no target */
	    judging > 0 && work->data.size == 10000 ? "ratio<=0.30" : "");
	row(work, subject, "load", kind, all.seconds, all.reference, "");
}

static void rows(const char *subject, const char *directory, const char *syntax)
{
	struct work work = {.syntax = DEPLOYCFG_YAML};

	bench_open(&work.data, directory, syntax);
	work.all = work.data.layers[0];
	if (strcmp(syntax, "ini") == 0) {
		work.syntax = DEPLOYCFG_INI;
		work.all = bench_read(directory, "peer.ini"); /* replaces lists */
	}
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
