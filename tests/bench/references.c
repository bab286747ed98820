/* SPDX-License-Identifier: ISC */
/*
 * References against the same load without them: usage: references COUNT... Each text has so many
 * keys with values, and as many that refer to these; in the other what they yield is written out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

/* How the two keys of a pair are written, each with its number; other: without the reference. */
struct kind {
	const char *name;
	enum deploycfg_syntax syntax;
	const char *value, *reference, *other;
};

static const struct kind kinds[] = {
	{"in text", DEPLOYCFG_YAML, "host%zu: db.example\n",
	 "url%1$zu: postgres://${host%1$zu}:5432/app\n",
	 "url%1$zu: postgres://db.example:5432/app\n"},
	{"whole", DEPLOYCFG_YAML, "port%zu: 8080\n", "copy%1$zu: ${port%1$zu}\n",
	 "copy%1$zu: 8080\n"},
	{"chain", DEPLOYCFG_YAML, "port%zu: 8080\n", "copy%1$zu: ${copy%2$zu:-8080}\n",
	 "copy%1$zu: 8080\n"},
	{"in text", DEPLOYCFG_INI, "host%zu = db.example\n",
	 "url%1$zu = postgres://${host%1$zu}:5432/app\n",
	 "url%1$zu = postgres://db.example:5432/app\n"},
	{"whole", DEPLOYCFG_INI, "port%zu = 8080\n", "copy%1$zu = ${port%1$zu}\n",
	 "copy%1$zu = 8080\n"},
};

struct work {
	const struct kind *kind;
	struct bench_text with, without;
};

static struct bench_text make(const char *value, const char *other, size_t count)
{
	size_t room = count * 160 + 1;
	struct bench_text text = {malloc(room), 0};

	if (!text.bytes)
		bench_die("no memory", "references");
	for (size_t i = 0; i < count; i++) {
		text.length += (size_t)snprintf(text.bytes + text.length,
						room - text.length, value, i);
		text.length += (size_t)snprintf(text.bytes + text.length,
						room - text.length, other, i, i + 1);
	}
	return text;
}

static void load(const struct kind *kind, const struct bench_text *text)
{
	static const char *const nothing[] = {NULL};
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_set_environ(loader, nothing);
	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_BASE, "bench", kind->syntax,
				  text->bytes, text->length);
	cfg = deploycfg_loader_load(loader, &errors);
	if (!cfg) {
		deploycfg_errors_report(errors, stderr);
		bench_die("does not load", kind->name);
	}
	deploycfg_snapshot_unref(cfg);
	deploycfg_errors_free(errors);
	deploycfg_loader_free(loader);
}

static void load_with(void *context)
{
	const struct work *work = context;

	load(work->kind, &work->with);
}

static void load_without(void *context)
{
	const struct work *work = context;

	load(work->kind, &work->without);
}

static void row(const struct kind *kind, size_t count)
{
	struct work work = {kind, make(kind->value, kind->reference, count),
			    make(kind->value, kind->other, count)};
	struct bench_result result =
		bench_compare(bench_cpu, load_with, &work, load_without, &work);
	char subject[40], workload[40], metric[60];

	snprintf(subject, sizeof(subject), "%s references",
		 kind->syntax == DEPLOYCFG_YAML ? "YAML" : "INI");
	snprintf(workload, sizeof(workload), "%zu references", count);
	snprintf(metric, sizeof(metric), "load, %s, per reference", kind->name);
	bench_row(subject, workload, metric, result.seconds * 1e9 / (double)count, "ns",
		  result.ratio, count == 100000 ? "ratio<=2" : "");
	free(work.with.bytes);
	free(work.without.bytes);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
			row(&kinds[k], strtoul(argv[i], NULL, 10));
	return 0;
}
