/* SPDX-License-Identifier: ISC */
#include "bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	ROUNDS_LEAST = 3,
	ROUNDS_MOST = 1001,
	PATIENCE = 20 /* times as long for a difference */
};

static double seconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bench_cpu(void)
{
	return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

double bench_wall(void)
{
	return seconds(CLOCK_MONOTONIC);
}

void bench_die(const char *message, const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, message);
	exit(1);
}

static double budget(void)
{
	const char *text = getenv("BENCH_MS");

	return (text ? atof(text) : 400) * 1e-3;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts them. */
static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), ascending);
	return values[count / 2];
}

static double timed(bench_clock *clock, bench_run *run, void *context)
{
	double begin = clock();

	run(context);
	return clock() - begin;
}

struct bench_result bench_compare(bench_clock *clock, bench_run *subject, void *context,
				  bench_run *reference, void *reference_context)
{
	double ours[ROUNDS_MOST], theirs[ROUNDS_MOST], ratios[ROUNDS_MOST];
	struct bench_result result;
	double end;
	size_t n;

	subject(context);
	reference(reference_context);
	end = bench_wall() + budget();
	for (n = 0; n < ROUNDS_MOST && (n < ROUNDS_LEAST || bench_wall() < end); n++) {
		theirs[n] = timed(clock, reference, reference_context);
		ours[n] = timed(clock, subject, context);
		ratios[n] = ours[n] / theirs[n];
	}
	result.seconds = median(ours, n);
	result.reference = median(theirs, n);
	result.ratio = median(ratios, n);
	result.best = ours[0] / theirs[0];
	return result;
}

double bench_difference(bench_clock *clock, bench_run *subject, void *context,
			bench_run *reference, void *reference_context)
{
	double differences[ROUNDS_MOST], end, first;
	size_t n;

	subject(context);
	reference(reference_context);
	end = bench_wall() + budget() * PATIENCE;
	for (n = 0; n < ROUNDS_MOST && (n < ROUNDS_LEAST || bench_wall() < end); n++) {
		if (n % 2) {
			first = timed(clock, subject, context);
			differences[n] =
				first - timed(clock, reference, reference_context);
		} else {
			first = timed(clock, reference, reference_context);
			differences[n] = timed(clock, subject, context) - first;
		}
	}
	return median(differences, n);
}

double bench_alone(bench_clock *clock, bench_run *subject, void *context)
{
	double times[ROUNDS_LEAST];

	for (size_t i = 0; i < ROUNDS_LEAST; i++)
		times[i] = timed(clock, subject, context);
	return median(times, ROUNDS_LEAST);
}

void bench_row(const char *subject, const char *workload, const char *metric,
	       double value, const char *unit, double ratio, const char *target)
{
	printf("%s\t%s\t%s\t%.2f\t%s\t", subject, workload, metric, value, unit);
	if (ratio > 0)
		printf("%.2f", ratio);
	printf("\t%s\n", target);
	fflush(stdout);
}

struct bench_text bench_read(const char *directory, const char *name)
{
	struct bench_text text = {malloc(1), 0};
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "re");
	if (!file || fseek(file, 0, SEEK_END) != 0)
		bench_die("cannot be read", path);
	text.length = (size_t)ftell(file);
	rewind(file);
	text.bytes = realloc(text.bytes, text.length + 1);
	if (!text.bytes || fread(text.bytes, 1, text.length, file) != text.length)
		bench_die("cannot be read", path);
	text.bytes[text.length] = '\0';
	fclose(file);
	return text;
}

static void read_keys(struct bench_data *data)
{
	char *rest = NULL;
	size_t lines = 0;

	data->keys_text = bench_read(data->directory, "keys");
	for (const char *at = data->keys_text.bytes; *at; at++)
		lines += *at == '\n';
	data->keys = calloc(lines, sizeof(*data->keys));
	data->types = calloc(lines, 1);
	if (!data->keys || !data->types)
		bench_die("no memory", data->directory);
	for (char *line = strtok_r(data->keys_text.bytes, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		data->types[data->size] = line[0];
		data->keys[data->size++] = line + 2;
	}
}

void bench_open(struct bench_data *data, const char *directory, const char *syntax)
{
	static const char *const names[BENCH_LAYERS] = {"base", "development", "local"};
	char name[64];

	*data = (struct bench_data){.directory = directory};
	snprintf(data->layer_directory, sizeof(data->layer_directory), "%s/%s", directory,
		 syntax);
	for (size_t i = 0; i < BENCH_LAYERS; i++) {
		snprintf(name, sizeof(name), "%s.%s", names[i], syntax);
		data->layers[i] = bench_read(data->layer_directory, name);
		data->bytes += data->layers[i].length;
	}
	read_keys(data);
}

const char *bench_workload(const struct bench_data *data)
{
	static char text[64];

	if (data->size < 1000)
		snprintf(text, sizeof(text), "%zu keys", data->size);
	else
		snprintf(text, sizeof(text), "%zuk keys", data->size / 1000);
	return text;
}

struct deploycfg_snapshot *bench_load(const struct bench_data *data)
{
	static const char *const nothing[] = {NULL};
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_set_environment(loader, "development");
	deploycfg_loader_set_environ(loader, nothing);
	deploycfg_loader_add_dir(loader, data->layer_directory);
	cfg = deploycfg_loader_load(loader, &errors);
	if (!cfg) {
		deploycfg_errors_report(errors, stderr);
		bench_die("does not load", data->layer_directory);
	}
	deploycfg_errors_free(errors);
	deploycfg_loader_free(loader);
	return cfg;
}
