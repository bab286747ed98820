/* SPDX-License-Identifier: ISC */
/*
 * Runs the command with each of its allocations failing, once and from then on. Each run must
 * give the usual result or say that memory is out, and leave nothing allocated. All runs are in
 * this process, so that a crash ends it and says where it was.
 *
 *	sweep [--show] MOST NAME=VALUE... -- ARGUMENT...
 *
 * --show: print what every run printed, for those who look for what must not be in it.
 * MOST: of more allocations than that, every so manieth is failed; of ten times more, a tenth as
 * many, since such runs are long.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory.h"
#include "tool.h"

struct scenario {
	char **words; /* the command's arguments, its name first */
	int count;
	char **variables;
};

struct outcome {
	int status;
	char *out, *err;
	size_t out_len, err_len;
	size_t allocations;
	long leaked;
};

static char where[128] = "nowhere\n";
static unsigned long injected;
static bool shows;

static void crashed(int number)
{
	static const char text[] = "crashed with ";

	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
	(void)!write(STDERR_FILENO, where, strlen(where));
	signal(number, SIG_DFL);
	raise(number);
}

static void must(bool condition, const char *what)
{
	if (condition)
		return;
	perror(what);
	exit(99);
}

static void run_once(const struct scenario *scenario, size_t nth, bool onwards,
		     struct outcome *outcome)
{
	FILE *out = open_memstream(&outcome->out, &outcome->out_len);
	FILE *err = open_memstream(&outcome->err, &outcome->err_len);
	long alive;

	must(out && err && fseek(stdin, 0, SEEK_SET) == 0, "streams");
	alive = memory_alive();
	memory_fail(nth, onwards);
	outcome->status = deploycfg_tool(scenario->count, scenario->words,
					 scenario->variables, stdin, out, err);
	outcome->allocations = memory_count();
	memory_fail(0, false);
	outcome->leaked = memory_alive() - alive;
	fclose(out);
	fclose(err);
}

static void release(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
}

static bool same(const struct outcome *a, const struct outcome *b)
{
	return a->status == b->status && a->out_len == b->out_len &&
	       a->err_len == b->err_len && !memcmp(a->out, b->out, a->out_len) &&
	       !memcmp(a->err, b->err, a->err_len);
}

/* With a stronger failure besides, the status stays that one's. */
static bool says_memory(const struct outcome *outcome, const struct outcome *normal)
{
	return (outcome->status == TOOL_INVALID ||
		(outcome->status != TOOL_OK && outcome->status == normal->status)) &&
	       strstr(outcome->err, "out of memory") != NULL;
}

static bool judge(const struct scenario *scenario, const struct outcome *normal,
		  size_t nth, bool onwards)
{
	struct outcome outcome = {0};
	bool good;

	snprintf(where, sizeof(where), "allocation %zu %s failing\n", nth,
		 onwards ? "and all after it" : "alone");
	run_once(scenario, nth, onwards, &outcome);
	injected++;
	if (shows)
		printf("%s%s", outcome.out, outcome.err);
	good = !outcome.leaked &&
	       (same(&outcome, normal) || says_memory(&outcome, normal));
	if (!good)
		printf("%sstatus %d, %ld blocks leaked\nstdout: %s\nstderr: %s\n", where,
		       outcome.status, outcome.leaked, outcome.out, outcome.err);
	release(&outcome);
	return good;
}

static bool sweep(const struct scenario *scenario, const struct outcome *normal,
		  size_t most, bool onwards)
{
	size_t tries = normal->allocations > 10 * most ? most / 10 : most;
	size_t stride = normal->allocations / (tries ? tries : 1) + 1;

	for (size_t nth = 1; nth <= normal->allocations; nth += stride)
		if (!judge(scenario, normal, nth, onwards))
			return false;
	return true;
}

/* The first of the words after "--", which becomes the command's name. */
static int find_words(int argc, char **argv)
{
	for (int i = 2; i < argc; i++)
		if (!strcmp(argv[i], "--"))
			return i;
	fprintf(stderr, "usage: sweep [--show] MOST NAME=VALUE... -- ARGUMENT...\n");
	exit(2);
}

int main(int argc, char **argv)
{
	bool show = argc > 1 && !strcmp(argv[1], "--show");
	int words = find_words(argc -= show, argv += show);
	struct scenario scenario = {argv + words, argc - words, argv + 2};
	struct outcome normal = {0};
	char name[] = "deploycfg";
	size_t most = strtoul(argv[1], NULL, 10);
	bool good;

	shows = show;
	argv[words] = NULL; /* ends the variables */
	scenario.words = malloc(sizeof(char *) * (size_t)(scenario.count + 1));
	must(scenario.words != NULL, "words");
	memcpy(scenario.words, argv + words,
	       sizeof(char *) * (size_t)(scenario.count + 1));
	scenario.words[0] = name;
	signal(SIGSEGV, crashed);
	signal(SIGABRT, crashed);
	signal(SIGBUS, crashed);
	run_once(&scenario, 0, false, &normal);
	good = !normal.leaked && sweep(&scenario, &normal, most, false) &&
	       sweep(&scenario, &normal, most, true);
	if (normal.leaked)
		printf("%ld blocks leaked without a failure\n", normal.leaked);
	printf("%zu allocations, %lu failures injected\n", normal.allocations, injected);
	release(&normal);
	free(scenario.words);
	return !good;
}
