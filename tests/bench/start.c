/* SPDX-License-Identifier: ISC */
/*
 * Whole processes, from exec to exit.
 *
 * usage: start DIRECTORY: the time until a program has one value of that configuration
 *	  start SMALLER LARGER COMMAND: how the time to dump grows between two of them
 *
 * The programs that are started are this one again: `start --empty`, `--bare DIRECTORY` and
 * `--first DIRECTORY`, so that all have the same shared libraries.
 */
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare.h"
#include "bench.h"

extern char **environ;

/* Of all that have ended. */
static double children_cpu(void)
{
	struct rusage usage;

	getrusage(RUSAGE_CHILDREN, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

struct command {
	char **arguments;
	posix_spawn_file_actions_t *actions;
};

static void run(void *context)
{
	const struct command *command = context;
	int status = 0;
	pid_t child;

	if (posix_spawn(&child, command->arguments[0], command->actions, NULL,
			command->arguments, environ) != 0 ||
	    waitpid(child, &status, 0) != child || status != 0)
		bench_die("cannot be run, or failed", command->arguments[0]);
}

static int first_value(const char *directory)
{
	struct bench_data data = {.directory = directory};
	struct deploycfg_snapshot *cfg;

	snprintf(data.layer_directory, sizeof(data.layer_directory), "%s/yaml",
		 directory);
	cfg = bench_load(&data);
	return deploycfg_entry_count(deploycfg_root(cfg)) == 0;
}

static int bare_files(const char *directory)
{
	static const char *const names[] = {"base", "development", "local"};
	static char bytes[1 << 16];
	char path[4096];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		int file;
		ssize_t length;

		snprintf(path, sizeof(path), "%s/yaml/%s.yaml", directory, names[i]);
		file = open(path, O_RDONLY | O_CLOEXEC);
		length = read(file, bytes, sizeof(bytes));
		if (length <= 0 || length == sizeof(bytes))
			bench_die("cannot be read, or not at once", path);
		close(file);
		bare_yaml(bytes, (size_t)length);
	}
	return 0;
}

static void start_rows(char *self, char *directory)
{
	char *empty[] = {self, "--empty", NULL};
	char *bare[] = {self, "--bare", directory, NULL};
	char *first[] = {self, "--first", directory, NULL};
	struct command commands[] = {{empty, NULL}, {bare, NULL}, {first, NULL}};
	struct bench_result result =
		bench_compare(children_cpu, run, &commands[1], run, &commands[0]);

	bench_row("start", "50 keys", "empty program", result.reference * 1e6, "us", 0,
		  "");
	bench_row("start", "50 keys", "empty program and bare libyaml",
		  result.seconds * 1e6, "us", 0, "");
	result = bench_compare(children_cpu, run, &commands[2], run, &commands[1]);
	bench_row("start", "50 keys", "exec to first value, against that",
		  result.seconds * 1e6, "us", result.ratio, "ratio<=1.15");
}

/* Prints and returns the time for a key. */
static double dump_row(struct bench_data *data, char *tool)
{
	char *arguments[] = {tool,          "dump",  "--env",
			     "development", "--dir", data->layer_directory,
			     NULL};
	posix_spawn_file_actions_t actions;
	struct command command = {arguments, &actions};
	double each;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	each = bench_alone(children_cpu, run, &command) / (double)data->size;
	posix_spawn_file_actions_destroy(&actions);
	bench_row("command", bench_workload(data), "dump, whole process, per key",
		  each * 1e9, "ns", 0, "");
	return each;
}

static void dump_rows(const char *smaller, const char *larger, char *tool)
{
	struct bench_data small, large;
	double first, second;

	bench_open(&small, smaller, "yaml");
	bench_open(&large, larger, "yaml");
	first = dump_row(&small, tool);
	second = dump_row(&large, tool);
	if (large.size > small.size)
		bench_row("command", bench_workload(&large), "dump, growth, exponent",
			  1 + log(second / first) /
					  log((double)large.size / (double)small.size),
			  "", 0, "value<=1.15");
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--empty") == 0)
		return 0;
	if (argc == 3 && strcmp(argv[1], "--bare") == 0)
		return bare_files(argv[2]);
	if (argc == 3 && strcmp(argv[1], "--first") == 0)
		return first_value(argv[2]);
	if (argc == 2)
		start_rows(argv[0], argv[1]);
	else if (argc == 4)
		dump_rows(argv[1], argv[2], argv[3]);
	return argc < 2;
}
