/* SPDX-License-Identifier: ISC */
/*
 * What the benchmarks share: a clock, medians of interleaved rounds, rows of the table, and
 * the generated configurations. Knows nothing of what is measured.
 */
#ifndef DCFG_BENCH_H
#define DCFG_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "deploycfg.h"

typedef void bench_run(void *context);
typedef double bench_clock(void); /* in seconds */

bench_clock bench_cpu;  /* of this process: other processes do not count */
bench_clock bench_wall; /* where more than one thread or process works */

struct bench_result {
	double seconds;   /* median of the subject */
	double reference; /* median of what it is compared with */
	double ratio;     /* median of the rounds' ratios */
	double best;      /* ratio of the quickest of each */
};

/* Runs both in turns, as long as BENCH_MS says. */
struct bench_result bench_compare(bench_clock *clock, bench_run *subject, void *context,
				  bench_run *reference, void *reference_context);

/* By how many seconds the subject is slower, where that is little beside either: the median of many
 * more rounds' differences, the first of which is now one, now the other. */
double bench_difference(bench_clock *clock, bench_run *subject, void *context,
			bench_run *reference, void *reference_context);

/* Median of a few rounds of one alone, for what takes long. */
double bench_alone(bench_clock *clock, bench_run *subject, void *context);

/*
 * A row of the table, its fields parted by tabs. ratio: 0 for none. target: such as
 * "ratio<=1.4" or "value<=110"; "" for none.
 */
void bench_row(const char *subject, const char *workload, const char *metric,
	       double value, const char *unit, double ratio, const char *target);

/* Ends the program with a message. */
void bench_die(const char *message, const char *what) __attribute__((noreturn));

struct bench_text {
	char *bytes; /* NUL-terminated */
	size_t length;
};

enum {
	BENCH_LAYERS = 3
};

/* A generated configuration. */
struct bench_data {
	const char *directory;
	size_t size; /* number of keys */
	char **keys; /* their paths */
	char *types; /* i b f s, one for each */
	struct bench_text keys_text;
	struct bench_text layers[BENCH_LAYERS]; /* base, development, local */
	char layer_directory[4096];
	size_t bytes; /* of all layers */
};

struct bench_text bench_read(const char *directory, const char *name);

/* syntax: "yaml" or "ini", which is also the suffix of the files. */
void bench_open(struct bench_data *data, const char *directory, const char *syntax);

/* Name of the workload, such as "10k keys". Static. */
const char *bench_workload(const struct bench_data *data);

/* Loads all three layers, from the disk as a program does; dies where that fails. */
struct deploycfg_snapshot *bench_load(const struct bench_data *data);

#endif
