/* SPDX-License-Identifier: ISC */
/* One snapshot in many hands: threads, references, a forked child, a signal handler. */
#include "api.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define READERS 8
#define HOLDERS 4
#define ROUNDS 300
#define KEYS 64

static struct deploycfg_snapshot *cfg;

/* k0: 0 to k63: 63, and some more. */
static void setup(void)
{
	char text[2048];
	int length = 0;

	for (int i = 0; i < KEYS; i++)
		length += snprintf(text + length, sizeof(text) - (size_t)length,
				   "k%d: %d\n", i, i);
	snprintf(text + length, sizeof(text) - (size_t)length,
		 "text: '7'\nfloat: 2.5\nyes: true\nlist: [a, {b: c}]\n");
	cfg = api_of_yaml(text);
}

static void teardown(void)
{
	cfg = deploycfg_snapshot_unref(cfg);
}

/* Reads every key in every way. Returns how many answers were wrong. */
static unsigned read_all(const struct deploycfg_snapshot *snapshot)
{
	unsigned wrong = 0, entries = 0;
	char path[16];

	for (int i = 0; i < KEYS; i++) {
		snprintf(path, sizeof(path), "k%d", i);
		wrong += deploycfg_get_int(snapshot, path, NULL) != i;
	}
	wrong += deploycfg_get_uint(snapshot, "text", NULL) != 7;
	wrong += deploycfg_get_double(snapshot, "float", NULL) != 2.5;
	wrong += !deploycfg_get_bool(snapshot, "yes", NULL);
	wrong += strcmp(deploycfg_get_string(snapshot, "list[1].b", NULL), "c") != 0;
	deploycfg_each_entry (snapshot, entry, deploycfg_root(snapshot)) {
		wrong += deploycfg_find(snapshot, deploycfg_entry_path(entry),
					SIZE_MAX) != entry;
		entries++;
	}
	return wrong + (entries != KEYS + 8);
}

/* Two failing reads, into a list of one's own. */
static unsigned fail_twice(const struct deploycfg_snapshot *snapshot)
{
	struct deploycfg_errors *errors = NULL;
	unsigned wrong;

	deploycfg_get_int(snapshot, "list", &errors);
	deploycfg_get_int(snapshot, "nowhere", &errors);
	wrong = deploycfg_errors_count(errors) != 2;
	deploycfg_errors_free(errors);
	return wrong;
}

struct work {
	pthread_t thread;
	pthread_barrier_t *start;
	struct deploycfg_snapshot *held; /* one reference, given back by the thread */
	unsigned wrong;
};

static void *reader(void *argument)
{
	struct work *work = argument;

	pthread_barrier_wait(work->start);
	for (int i = 0; i < ROUNDS; i++)
		work->wrong += read_all(work->held) + fail_twice(work->held);
	work->wrong += deploycfg_snapshot_unref(work->held) != NULL;
	return NULL;
}

static void *holder(void *argument)
{
	struct work *work = argument;

	pthread_barrier_wait(work->start);
	for (int i = 0; i < ROUNDS * 20; i++) {
		struct deploycfg_snapshot *again = deploycfg_snapshot_ref(work->held);

		work->wrong += again != work->held;
		work->wrong += deploycfg_get_int(again, "k63", NULL) != 63;
		work->wrong += deploycfg_snapshot_unref(again) != NULL;
	}
	work->wrong += deploycfg_snapshot_unref(work->held) != NULL;
	return NULL;
}

static void *loading(void *argument)
{
	struct work *work = argument;

	pthread_barrier_wait(work->start);
	for (int i = 0; i < ROUNDS / 10; i++) {
		struct deploycfg_loader *loader = deploycfg_loader_new();
		struct deploycfg_snapshot *own;

		deploycfg_loader_set_environment(loader, "none");
		deploycfg_loader_set_prefix(loader, "SHOP");
		deploycfg_loader_add_text(loader, 200, "t", DEPLOYCFG_YAML, "f: 1.5\n",
					  7);
		own = deploycfg_loader_load(loader, NULL);
		work->wrong += deploycfg_get_double(own, "f", NULL) != 1.5;
		deploycfg_snapshot_unref(own);
		deploycfg_loader_free(loader);
	}
	return NULL;
}

/* Runs threads that begin together; each of the first `holding` gets a reference. */
static void run(struct work *works, unsigned count, unsigned holding,
		void *(*const body[])(void *))
{
	pthread_barrier_t start;

	ck_assert_int_eq(pthread_barrier_init(&start, NULL, count), 0);
	for (unsigned i = 0; i < count; i++) {
		works[i].start = &start;
		works[i].wrong = 0;
		works[i].held = i < holding ? deploycfg_snapshot_ref(cfg) : NULL;
		ck_assert_int_eq(
			pthread_create(&works[i].thread, NULL, body[i], &works[i]), 0);
	}
	if (holding)
		cfg = deploycfg_snapshot_unref(cfg);
	for (unsigned i = 0; i < count; i++)
		ck_assert_int_eq(pthread_join(works[i].thread, NULL), 0);
	for (unsigned i = 0; i < count; i++)
		ck_assert_msg(!works[i].wrong, "thread %u was wrong %u times", i,
			      works[i].wrong);
	pthread_barrier_destroy(&start);
}

START_TEST(threads_read_one_snapshot_while_others_take_and_give_references)
{
	struct work works[READERS + HOLDERS];
	void *(*body[READERS + HOLDERS])(void *);

	for (int i = 0; i < READERS + HOLDERS; i++)
		body[i] = i < READERS ? reader : holder;
	run(works, READERS + HOLDERS, READERS + HOLDERS, body);
}
END_TEST

START_TEST(threads_load_beside_each_other)
{
	struct work works[4];
	void *(*const body[4])(void *) = {loading, loading, loading, loading};

	run(works, 4, 0, body);
}
END_TEST

START_TEST(the_last_reference_ends_a_snapshot_and_not_the_one_before)
{
	struct deploycfg_snapshot *one = api_of_yaml("a: 1\n");

	ck_assert_ptr_eq(deploycfg_snapshot_ref(one), one);
	ck_assert_ptr_null(deploycfg_snapshot_unref(one));
	ck_assert_int_eq(deploycfg_get_int(one, "a", NULL), 1);
	ck_assert_ptr_null(deploycfg_snapshot_unref(one));
	ck_assert_ptr_null(deploycfg_snapshot_ref(NULL));
	ck_assert_ptr_null(deploycfg_snapshot_unref(NULL));
}
END_TEST

START_TEST(a_forked_child_reads_all_keys)
{
	int status;
	pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child == 0)
		_exit(read_all(cfg) || fail_twice(cfg) ? 1 : 42);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 42);
	ck_assert_uint_eq(read_all(cfg), 0);
}
END_TEST

static volatile sig_atomic_t seen;

static void on_signal(int number)
{
	(void)number;
	seen = (sig_atomic_t)deploycfg_get_int(cfg, "k63", NULL);
}

START_TEST(a_signal_handler_reads)
{
	struct sigaction action = {.sa_handler = on_signal}, before;

	seen = 0;
	ck_assert_int_eq(sigaction(SIGUSR1, &action, &before), 0);
	ck_assert_int_eq(raise(SIGUSR1), 0);
	ck_assert_int_eq(sigaction(SIGUSR1, &before, NULL), 0);
	ck_assert_int_eq(seen, 63);
}
END_TEST

Suite *sharing_suite(void)
{
	Suite *suite = suite_create("sharing");
	TCase *cases = tcase_create("sharing");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases,
		       threads_read_one_snapshot_while_others_take_and_give_references);
	tcase_add_test(cases, threads_load_beside_each_other);
	tcase_add_test(cases, the_last_reference_ends_a_snapshot_and_not_the_one_before);
	tcase_add_test(cases, a_forked_child_reads_all_keys);
	tcase_add_test(cases, a_signal_handler_reads);
	suite_add_tcase(suite, cases);
	return suite;
}
