/* SPDX-License-Identifier: ISC */
/* Secrets while they are exchanged, as Kubernetes does it: one directory is always of one moment.
 * And single files. */
#include "secrets_load.h"
#include "unit.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tree.h"

/* ----------------------------------------------------------------- generations */

/* As the kubelet does it: a new directory, a new link renamed over the old, the old removed. */
static void swap(unsigned generation, bool removes)
{
	char name[32], path[64], text[32];

	(void)snprintf(name, sizeof(name), "..gen_%u", generation);
	(void)snprintf(path, sizeof(path), "s/%s", name);
	(void)snprintf(text, sizeof(text), "%u", generation);
	if (mkdir(path, 0700))
		_exit(2);
	for (const char *file = "abcd"; *file; file++) {
		(void)snprintf(path, sizeof(path), "s/%s/%c", name, *file);
		secrets_put(path, text);
	}
	if (symlink(name, "s/..data_tmp") || rename("s/..data_tmp", "s/..data"))
		_exit(2);
	for (const char *file = "abcd"; removes && *file; file++) {
		(void)snprintf(path, sizeof(path), "s/..gen_%u/%c", generation - 1,
			       *file);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof(path), "s/..gen_%u", generation - 1);
	if (removes)
		(void)rmdir(path);
}

static void make_volume(void)
{
	static const char *const links[][2] = {{"..data/a", "s/a"},
					       {"..data/b", "s/b"},
					       {"..data/c", "s/c"},
					       {"..data/d", "s/d"},
					       {"..data/d", "s/e"}};

	swap(1, false);
	for (size_t i = 0; i < DCFG_COUNT(links); i++)
		ck_assert_int_eq(symlink(links[i][0], links[i][1]), 0);
}

START_TEST(files_of_a_volume_are_those_of_its_generation)
{
	make_volume();
	secrets_expect("a: x\nb: x", "a=1 b=1 ");
	swap(2, true);
	secrets_expect("a: x\nd: x", "a=2 d=2 ");
}
END_TEST

/* One read; whether not all values are of one generation. `e` is beside it, and a link to it. */
static unsigned read_volume(void)
{
	struct secrets_load load;
	unsigned values[4], count = 0;

	secrets_begin(&load, "a: x\nb: x\nc: x\ne: x");
	(void)secrets_read(&load, "s");
	dcfg_each (node, load.layer.root) {
		ck_assert_int_eq(sscanf(node->text, "%u", &values[count]), 1);
		count++;
	}
	ck_assert_msg(load.complete && count == 4, "%u values", count);
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), "");
	return values[0] != values[1] || values[0] != values[2] || values[0] != values[3];
}

#define SWAPS 10000

START_TEST(generations_never_mix)
{
	unsigned reads = 0, mixed = 0;
	int status = 0;
	pid_t writer;

	make_volume();
	writer = fork();
	if (!writer) {
		for (unsigned i = 2; i <= SWAPS + 1; i++)
			swap(i, true);
		_exit(0);
	}
	for (; !waitpid(writer, &status, WNOHANG); reads++)
		mixed += read_volume();
	ck_assert_int_eq(status, 0);
	printf("# %d swaps, %u reads, %u mixed\n", SWAPS, reads, mixed);
	ck_assert_uint_eq(mixed, 0);
	secrets_expect("a: x", "a=10001 ");
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
	int before = dup(0), after;

	ck_assert_int_eq(close(before), 0);
	make_volume();
	secrets_expect("a: x", "a=1 ");
	ck_assert_int_eq(unlink("s/..data"), 0);
	ck_assert_int_eq(unlink("s/a"), 0);
	ck_assert_int_eq(symlink("../x", "s/a"), 0);
	secrets_expect_error("a: x", "link-escapes ", "");
	after = dup(0);
	ck_assert_int_eq(close(after), 0);
	ck_assert_int_eq(after, before);
}
END_TEST

/* ----------------------------------------------------------------- single files */

static void check_file(const char *path, const char *text, const char *codes)
{
	const struct dcfg_source variable = {.name = DCFG_VIEW("env:APP__A__FILE")};
	struct dcfg_node *node;
	struct secrets_load load;

	secrets_begin(&load, "a: x");
	ck_assert_uint_eq(dcfg_source_add(&load.context, &variable), 1);
	node = dcfg_secret_file(&load.context, dcfg_view_text(path), "a",
				dcfg_origin(1, 0, 0));
	ck_assert_int_eq(dcfg_node_is_refused(node), text == NULL);
	if (text) {
		ck_assert_str_eq(node->text, text);
		ck_assert_uint_eq(node->flags, DCFG_TEXT | DCFG_IS_SECRET);
		ck_assert_uint_eq(node->origin.source, 2);
	}
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), codes);
}

START_TEST(a_single_file_is_read_by_its_whole_path)
{
	char path[128];

	secrets_put("v", "hunter2\n");
	(void)snprintf(path, sizeof(path), "%s/v", secrets_scratch);
	check_file(path, "hunter2", "");
	check_file("v", NULL, "bad-variable ");
	check_file("", NULL, "bad-variable ");
	(void)snprintf(path, sizeof(path), "%s/none", secrets_scratch);
	check_file(path, NULL, "not-found ");
	check_file(secrets_scratch, NULL, "not-a-regular-file ");
}
END_TEST

Suite *secrets_moving_suite(void)
{
	Suite *suite = suite_create("secrets_moving");
	TCase *tests = tcase_create("secrets_moving");

	tcase_set_timeout(tests, 600);
	tcase_add_checked_fixture(tests, secrets_enter, secrets_leave);
	tcase_add_test(tests, files_of_a_volume_are_those_of_its_generation);
	tcase_add_test(tests, generations_never_mix);
	tcase_add_test(tests, no_descriptor_is_left_open);
	tcase_add_test(tests, a_single_file_is_read_by_its_whole_path);
	suite_add_tcase(suite, tests);
	return suite;
}
