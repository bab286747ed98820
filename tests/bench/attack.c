/* SPDX-License-Identifier: ISC */
/*
 * Inputs that mean harm: usage: attack [--smoke]. Each is loaded in a process of its own, so
 * that the memory it needs is known.
 */
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum {
	KIB = 1024,
	MIB = 1024 * KIB,
	ROUNDS = 3
};

/* head, then the unit until there are so many bytes, @ in it being its number, then tail. */
struct attack {
	const char *name, *head, *unit, *tail;
	size_t bytes;
	double milliseconds; /* target */
	bool fails;          /* must it be refused? */
	enum deploycfg_syntax syntax;
};

#define LAUGH(n, of)                                                                     \
#n ": &" #n " [*" #of ", *" #of ", *" #of ", *" #of ", *" #of ", *" #of          \
	   ", *" #of ", *" #of ", *" #of "]\n"

static const struct attack attacks[] = {
	{"100 KiB of {", "", "{", "", 100 * KIB, 5, true, DEPLOYCFG_YAML},
	{"100 KiB of [", "", "[", "", 100 * KIB, 5, true, DEPLOYCFG_YAML},
	{"100 KiB of [ in a map", "a: ", "[", "", 100 * KIB, 5, true, DEPLOYCFG_YAML},
	{"100 KiB of '- '", "a:\n  ", "- ", "", 100 * KIB, 5, true, DEPLOYCFG_YAML},
	{"100 KiB of '? '", "", "? ", "", 100 * KIB, 5, true, DEPLOYCFG_YAML},
	{"1 MB of %TAG lines", "", "%TAG !a@! tag:a,2000:\n", "--- {}\n", 1000000, 5,
	 true, DEPLOYCFG_YAML},
	{"100 000 anchors", "", "k@: &a@ x\n", "", 1777780, 50, true, DEPLOYCFG_YAML},
	{"billion laughs",
	 "a: &a [x,x,x,x,x,x,x,x,x]\n" LAUGH(b, a) LAUGH(c, b) LAUGH(d, c) LAUGH(e, d)
		 LAUGH(f, e) LAUGH(g, f) LAUGH(h, g),
	 "# \n", "", 2 * KIB, 50, true, DEPLOYCFG_YAML},
	{"10 000 aliases of 100 kB", NULL, "  - *a\n", "", 170020, 50, true,
	 DEPLOYCFG_YAML},
	{"99 kB of [evil] in an INI line", "[a]\nk = ", "[evil] ", " ; c\n", 99000, 50,
	 true, DEPLOYCFG_INI},
};

/* Anything up to 1 MiB takes less than a second, and twice as much at most 2.5 times. */
static const struct attack shapes[] = {
	{"YAML keys", "", "k@: v\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML flow maps", "", "k@: {a: [1, {b: c}]}\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML flow list", "k: [", "1,", "]\n", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML block list", "k:\n", "- a\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML long value", "k: ", "x", "\n", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML folded value", "k:\n", "  word\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML literal value", "k: |\n", "  a\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML escapes", "k: \"", "\\u00e9", "\"\n", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML comments", "k: v\n", "# c\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML empty lines", "k: v\n", "\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML blanks", "k: v", " ", "\n", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML anchors", "", "k@: &anchor@ value\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML aliases", "a: &a x\nk:\n", "- [*a]\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML tags", "", "k@: !!str 5\n", "", 0, 0, false, DEPLOYCFG_YAML},
	{"YAML long paths", NULL, "k@: 1, ", NULL, 0, 0, false, DEPLOYCFG_YAML},
	{"YAML one key again and again", "", "k: v\n", "", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML unknown tags", "", "k@: !no v\n", "", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML one long key", "", "x", ": 1\n", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML open quote", "k: \"", "x\n  ", "", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML documents", "", "---\n", "", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML tabs", "k: v\n", "\t", "k: v\n", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML colons", "", ": ", "", 0, 0, true, DEPLOYCFG_YAML},
	{"YAML exclamation marks", "k: ", "!", "", 0, 0, true, DEPLOYCFG_YAML},
	{"INI keys", "", "k@ = v\n", "", 0, 0, false, DEPLOYCFG_INI},
	{"INI sections", "", "[s@]\nk = v\n", "", 0, 0, false, DEPLOYCFG_INI},
	{"INI one section again", "", "[s]\nk@ = v\n", "", 0, 0, false, DEPLOYCFG_INI},
	{"INI appended items", "", "k += v\n", "", 0, 0, false, DEPLOYCFG_INI},
	{"INI long value", "k = ", "x", "\n", 0, 0, false, DEPLOYCFG_INI},
	{"INI continued value", "k = x", "\\\n  x", "\n", 0, 0, false, DEPLOYCFG_INI},
	{"INI comments", "k = v\n", "; c\n", "", 0, 0, false, DEPLOYCFG_INI},
	{"INI escapes", "k = \"", "\\u00e9", "\"\n", 0, 0, false, DEPLOYCFG_INI},
	{"INI one key again and again", "", "k = v\n", "", 0, 0, true, DEPLOYCFG_INI},
	{"INI no separator", "", "x", "\n", 0, 0, true, DEPLOYCFG_INI},
	{"INI open brackets", "", "[", "\n", 0, 0, true, DEPLOYCFG_INI},
};

/* What a child tells of its run. */
struct outcome {
	double seconds;
	bool failed;
	long kib; /* the most that was resident */
};

static size_t put_unit(char *at, const char *unit, size_t number)
{
	char *begin = at;

	for (; *unit; unit++) {
		if (*unit == '@')
			at += sprintf(at, "%zu", number);
		else
			*at++ = *unit;
	}
	return (size_t)(at - begin);
}

/* Heads and tails too long for the tables: an anchored text, sixty maps in one another. */
static const char *anchored(void)
{
	static char head[100 * KIB] = "a: &a ";
	char *at = head + strlen(head);

	memset(at, 'x', 100000);
	strcpy(at + 100000, "\nl:\n");
	return head;
}

static const char *opened(void)
{
	static char head[60 * 64];
	char *at = head;

	for (size_t i = 0; i < 60; i++)
		at += sprintf(at, "k%040zu: {", i);
	return head;
}

static const char *closed(void)
{
	static char tail[62];

	memset(tail, '}', 60);
	return strcpy(tail + 60, "\n") - 60;
}

static struct bench_text compose(const struct attack *attack, size_t bytes)
{
	const char *tail = attack->tail ? attack->tail : closed();
	const char *head = attack->head   ? attack->head
			   : attack->tail ? anchored()
					  : opened();
	struct bench_text text = {malloc(bytes + strlen(head) + 256), 0};

	if (!text.bytes)
		bench_die("no memory", attack->name);
	text.length = strlen(head);
	memcpy(text.bytes, head, text.length);
	for (size_t i = 0; text.length < bytes; i++)
		text.length += put_unit(text.bytes + text.length, attack->unit, i);
	strcpy(text.bytes + text.length, tail);
	text.length += strlen(tail);
	return text;
}

static struct outcome timed_load(struct deploycfg_loader *loader, bench_clock *clock)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	struct outcome outcome = {0, false, 0};
	double begin = clock();

	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_NEVER);
	cfg = deploycfg_loader_load(loader, &errors);
	outcome.seconds = clock() - begin;
	outcome.failed = !cfg;
	return outcome;
}

/* Loads a text, or a file where there is a path, in a child. */
static struct outcome load_apart(const struct bench_text *text,
				 enum deploycfg_syntax syntax, const char *path)
{
	struct deploycfg_loader *loader;
	struct outcome outcome = {0, false, 0};
	struct rusage usage;
	int pipes[2], status = 0;
	pid_t child;

	if (pipe(pipes) != 0 || (child = fork()) < 0)
		bench_die("no process", "attack");
	if (child == 0) {
		loader = deploycfg_loader_new();
		if (path)
			deploycfg_loader_add_file(loader, path);
		else
			deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_FILE, "attack",
						  syntax, text->bytes, text->length);
		outcome = timed_load(loader, path ? bench_wall : bench_cpu);
		_exit(write(pipes[1], &outcome, sizeof(outcome)) != sizeof(outcome));
	}
	close(pipes[1]);
	if (read(pipes[0], &outcome, sizeof(outcome)) != sizeof(outcome) ||
	    wait4(child, &status, 0, &usage) != child || status != 0)
		bench_die("crashed", path ? path : "attack");
	close(pipes[0]);
	outcome.kib = usage.ru_maxrss;
	return outcome;
}

/* The quickest of some runs. */
static struct outcome quickest(const struct bench_text *text,
			       enum deploycfg_syntax syntax, const char *path)
{
	struct outcome best = load_apart(text, syntax, path);

	for (size_t i = 1; i < ROUNDS; i++) {
		struct outcome other = load_apart(text, syntax, path);

		if (other.seconds < best.seconds)
			best = other;
	}
	return best;
}

static void judge(const char *name, bool fails, const struct outcome *outcome)
{
	if (outcome->failed != fails)
		bench_die(fails ? "loaded, which must not be" : "does not load", name);
}

static void attack_row(const struct attack *attack)
{
	struct bench_text text = compose(attack, attack->bytes);
	struct outcome outcome = quickest(&text, attack->syntax, NULL);
	char target[32];

	judge(attack->name, attack->fails, &outcome);
	snprintf(target, sizeof(target), "value<=%g", attack->milliseconds);
	bench_row("attack", attack->name, "refused after", outcome.seconds * 1e3, "ms", 0,
		  target);
	bench_row("attack", attack->name, "resident", (double)outcome.kib / 1024, "MiB",
		  0, "value<=32");
	free(text.bytes);
}

/* Returns what the longer one took. */
static struct outcome shape_row(const struct attack *shape, size_t bytes)
{
	struct bench_text half = compose(shape, bytes / 2), whole = compose(shape, bytes);
	struct outcome less = quickest(&half, shape->syntax, NULL);
	struct outcome more = quickest(&whole, shape->syntax, NULL);

	judge(shape->name, shape->fails, &more);
	bench_row("attack", shape->name, "1 MiB, against half of it", more.seconds * 1e3,
		  "ms", more.seconds / less.seconds,
		  more.seconds > 5e-3 ? "ratio<=2.5" : "");
	free(half.bytes);
	free(whole.bytes);
	return more;
}

static void special_row(const char *path, const char *name)
{
	struct outcome outcome = quickest(NULL, DEPLOYCFG_YAML, path);

	judge(name, true, &outcome);
	bench_row("attack", name, "refused after", outcome.seconds * 1e3, "ms", 0,
		  "value<=10");
	unlink(path);
}

static void special_files(void)
{
	char folder[] = "/tmp/deploycfg-bench.XXXXXX", path[64];
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int file;

	if (!mkdtemp(folder))
		bench_die("cannot be made", folder);
	snprintf(path, sizeof(path), "%s/a.yaml", folder);
	if (mkfifo(path, 0600) == 0)
		special_row(path, "FIFO");
	if (mkdir(path, 0700) == 0)
		special_row(path, "directory");
	rmdir(path);
	strcpy(address.sun_path, path);
	file = socket(AF_UNIX, SOCK_STREAM, 0);
	if (bind(file, (struct sockaddr *)&address, sizeof(address)) == 0)
		special_row(path, "socket");
	close(file);
	if (symlink("/dev/zero", path) == 0)
		special_row(path, "/dev/zero");
	file = open(path, O_CREAT | O_WRONLY, 0600);
	if (ftruncate(file, (off_t)1 << 40) == 0)
		special_row(path, "1 TiB, sparse");
	close(file);
	rmdir(folder);
}

static void shape_rows(size_t bytes)
{
	double slowest = 0, largest = 0;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct outcome outcome = shape_row(&shapes[i], bytes);

		slowest = fmax(slowest, outcome.seconds);
		largest = fmax(largest, (double)outcome.kib);
	}
	bench_row("attack", "the slowest of these", "", slowest * 1e3, "ms", 0,
		  "value<=1000");
	bench_row("attack", "the one that needs most memory", "resident", largest / 1024,
		  "MiB", 0, "");
}

int main(int argc, char **argv)
{
	bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;

	for (size_t i = 0; i < sizeof(attacks) / sizeof(*attacks); i++)
		attack_row(&attacks[i]);
	special_files();
	shape_rows(smoke ? 16 * KIB : MIB);
	return 0;
}
