/* SPDX-License-Identifier: ISC */
/*
 * Memory: usage: size DIRECTORY... for the image and the heap after loading, or size --peak
 * DIRECTORY for the most that loading held, which needs a process of its own.
 */
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"

/* Bytes of the heap in use. */
static double heap(void)
{
	struct mallinfo2 info = mallinfo2();

	return (double)info.uordblks + (double)info.hblkhd;
}

/* A slot and a half free one, the path, and the value as text. */
static double ideal_image(const struct bench_data *data,
			  const struct deploycfg_snapshot *cfg)
{
	size_t bytes = 0, length;

	for (size_t i = 0; i < data->size; i++) {
		const struct deploycfg_entry *entry =
			deploycfg_find(cfg, data->keys[i], SIZE_MAX);

		deploycfg_entry_text(entry, &length);
		bytes += 24 + strlen(data->keys[i]) + 1 + length + 1;
	}
	return (double)bytes;
}

static void size_rows(const char *directory)
{
	struct deploycfg_snapshot *cfg;
	struct bench_data data;
	double before, after, ideal, keys;
	size_t image;

	bench_open(&data, directory, "yaml");
	keys = (double)data.size;
	deploycfg_snapshot_unref(bench_load(&data));
	before = heap();
	cfg = bench_load(&data);
	after = heap();
	deploycfg_snapshot_image(cfg, &image);
	ideal = ideal_image(&data, cfg);
	bench_row("size", bench_workload(&data), "ideal image, per key", ideal / keys,
		  "B", 0, "");
	bench_row("size", bench_workload(&data), "image, per key", (double)image / keys,
		  "B", (double)image / ideal, data.size >= 1000 ? "value<=110" : "");
	bench_row("size", bench_workload(&data), "heap after load, against image",
		  after - before, "B", (after - before) / (double)image,
		  data.size >= 1000 ? "ratio<=1.05" : "");
	deploycfg_snapshot_unref(cfg);
}

static double most_memory(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss * 1024;
}

/* Needs to know the size of the input without holding it. */
static void peak_row(const char *directory, const char *syntax)
{
	struct bench_data data;
	double before, after;

	bench_open(&data, directory, syntax);
	before = most_memory();
	deploycfg_snapshot_unref(bench_load(&data));
	after = most_memory();
	bench_row("size", bench_workload(&data),
		  strcmp(syntax, "ini") == 0 ? "peak while loading INI, against input"
					     : "peak while loading YAML, against input",
		  (after - before) / 1024, "KiB", (after - before) / (double)data.bytes,
		  data.size >= 100000 ? "ratio<=8" : "");
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "--peak") == 0) {
		peak_row(argv[2], argv[3]);
		return 0;
	}
	for (int i = 1; i < argc; i++)
		size_rows(argv[i]);
	return 0;
}
