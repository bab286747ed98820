/* SPDX-License-Identifier: ISC */
/* Names that lead to a file: who may exchange them is judged as who may write to it is. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"

static char base[64], file[96], folder[96], link_there[128];

static void make(const char *path)
{
	int made = open(path, O_WRONLY | O_CREAT, 0644);

	ck_assert_int_ge(made, 0);
	ck_assert_int_eq(close(made), 0);
}

/* Below the root, where nobody else may write; empty where that cannot be. */
static void setup(void)
{
	(void)snprintf(base, sizeof(base), "/var/lib/dcfg-links-XXXXXX");
	if (geteuid() != 0 || !mkdtemp(base)) {
		*base = '\0';
		return;
	}
	(void)snprintf(file, sizeof(file), "%s/file", base);
	(void)snprintf(folder, sizeof(folder), "%s/links", base);
	(void)snprintf(link_there, sizeof(link_there), "%s/l", folder);
	ck_assert_int_eq(chmod(base, 0755), 0);
	make(file);
	ck_assert_int_eq(mkdir(folder, 0755), 0);
	ck_assert_int_eq(symlink("../file", link_there), 0);
}

static void teardown(void)
{
	if (!*base)
		return;
	(void)unlink(link_there);
	(void)unlink(file);
	(void)rmdir(folder);
	(void)rmdir(base);
}

/* What is found, and where. */
static enum dcfg_distrust judge(const char *path, bool privileged, const char *at)
{
	const struct dcfg_trust trust = {.checks = true, .privileged = privileged};
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	struct dcfg_suspect suspect;
	struct dcfg_arena arena;

	ck_assert_int_ge(descriptor, 0);
	dcfg_arena_init(&arena);
	suspect = dcfg_trust_check(&trust, &arena, descriptor, path);
	if (at)
		ck_assert_str_eq(suspect.path, at);
	dcfg_arena_fini(&arena);
	ck_assert_int_eq(close(descriptor), 0);
	return suspect.distrust;
}

static enum dcfg_distrust judge_open(int descriptor, const char *path)
{
	const struct dcfg_trust trust = {.checks = true};
	struct dcfg_suspect suspect;
	struct dcfg_arena arena;

	dcfg_arena_init(&arena);
	suspect = dcfg_trust_check(&trust, &arena, descriptor, path);
	dcfg_arena_fini(&arena);
	return suspect.distrust;
}

/* Who removed it may have been who linked it there. */
START_TEST(a_file_that_was_removed_since_is_not_what_its_name_leads_to)
{
	int descriptor;

	if (!*base)
		return;
	descriptor = open(file, O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(unlink(file), 0);
	ck_assert_int_eq(judge_open(descriptor, file), DCFG_DISTRUST_UNKNOWN);
	ck_assert_int_eq(chmod(base, 0757), 0);
	ck_assert_int_eq(judge_open(descriptor, file), DCFG_DISTRUST_PARENT_WORLD);
	ck_assert_int_eq(close(descriptor), 0);
}
END_TEST

START_TEST(what_was_exchanged_for_what_is_trusted_is_not_trusted)
{
	int descriptor;

	if (!*base)
		return;
	descriptor = open(link_there, O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(judge_open(descriptor, link_there), DCFG_TRUSTED);
	ck_assert_int_eq(unlink(link_there), 0);
	make(link_there);
	ck_assert_int_eq(judge_open(descriptor, link_there), DCFG_DISTRUST_UNKNOWN);
	ck_assert_int_eq(judge_open(descriptor, file), DCFG_TRUSTED);
	ck_assert_int_eq(close(descriptor), 0);
	descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_eq(judge_open(descriptor, folder), DCFG_TRUSTED);
	ck_assert_int_eq(judge_open(descriptor, base), DCFG_DISTRUST_UNKNOWN);
	ck_assert_int_eq(close(descriptor), 0);
}
END_TEST

#define LOADS 2000

/* A stranger exchanges his link to a file of ours and a file of his, in a directory as /tmp is:
 * neither is read, and never the one for the other. */
START_TEST(a_link_that_is_exchanged_for_a_file_is_never_trusted)
{
	const struct dcfg_trust trust = {.checks = true};
	struct dcfg_arena arena;
	char other[128], third[128];
	pid_t stranger, self = getpid();
	int status;

	if (!*base)
		return;
	(void)snprintf(other, sizeof(other), "%s/other", folder);
	(void)snprintf(third, sizeof(third), "%s/third", folder);
	ck_assert_int_eq(chmod(folder, 01777), 0);
	ck_assert_int_eq(lchown(link_there, 65534, 65534), 0);
	make(other);
	ck_assert_int_eq(chown(other, 65534, 65534), 0);
	stranger = fork();
	if (!stranger) {
		while (setuid(65534) == 0 && getppid() == self &&
		       rename(link_there, third) == 0 && rename(other, link_there) == 0 &&
		       rename(third, other) == 0)
			;
		_exit(1);
	}
	dcfg_arena_init(&arena);
	for (unsigned i = 0; i < LOADS; i++)
		ck_assert_int_ne(dcfg_file_read(&arena, link_there, 64, &trust).state,
				 DCFG_FILE_OK);
	dcfg_arena_fini(&arena);
	ck_assert_int_eq(kill(stranger, SIGKILL), 0);
	ck_assert_int_eq(waitpid(stranger, &status, 0), stranger);
	ck_assert(WIFSIGNALED(status));
	(void)unlink(other);
	(void)unlink(third);
}
END_TEST

/* As whoever deploys does it: the old or the new is read, whatever comes between. */
START_TEST(a_file_that_is_replaced_is_read_all_the_same)
{
	const struct dcfg_trust trust = {.checks = true};
	struct dcfg_arena arena;
	char next[128];
	pid_t writer, self = getpid();
	int status;

	if (!*base)
		return;
	(void)snprintf(next, sizeof(next), "%s/next", base);
	writer = fork();
	if (!writer) {
		while (getppid() == self) {
			make(next);
			if (rename(next, file) != 0)
				_exit(1);
			(void)usleep(200);
		}
		_exit(1);
	}
	dcfg_arena_init(&arena);
	for (unsigned i = 0; i < LOADS; i++)
		ck_assert_int_eq(dcfg_file_read(&arena, file, 64, &trust).state,
				 DCFG_FILE_OK);
	dcfg_arena_fini(&arena);
	ck_assert_int_eq(kill(writer, SIGKILL), 0);
	ck_assert_int_eq(waitpid(writer, &status, 0), writer);
	(void)unlink(next);
}
END_TEST

START_TEST(a_directory_that_the_name_leaves_again_is_judged)
{
	char path[128];

	if (!*base)
		return;
	(void)snprintf(path, sizeof(path), "%s/../file", folder);
	ck_assert_int_eq(judge(path, false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(chmod(folder, 0777), 0);
	ck_assert_int_eq(judge(path, false, folder), DCFG_DISTRUST_PARENT_WORLD);
	ck_assert_int_eq(chdir(folder), 0);
	ck_assert_int_eq(judge("../file", false, folder), DCFG_DISTRUST_PARENT_WORLD);
	ck_assert_int_eq(chmod(folder, 0775), 0);
	ck_assert_int_eq(chown(folder, 0, 65534), 0);
	ck_assert_int_eq(judge("../file", false, folder), DCFG_DISTRUST_PARENT_GROUP);
	ck_assert_int_eq(chown(folder, 65534, 65534), 0);
	ck_assert_int_eq(judge("../file", false, folder), DCFG_DISTRUST_PARENT_OWNER);
	ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(a_link_is_judged_by_what_it_is_in)
{
	if (!*base)
		return;
	ck_assert_int_eq(judge(link_there, false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(chmod(folder, 0777), 0);
	ck_assert_int_eq(judge(link_there, false, folder), DCFG_DISTRUST_PARENT_WORLD);
	ck_assert_int_eq(judge(file, false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(chmod(folder, 01777), 0);
	ck_assert_int_eq(judge(link_there, false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(judge(link_there, true, folder), DCFG_DISTRUST_PARENT_WORLD);
}
END_TEST

START_TEST(a_link_is_judged_by_its_owner)
{
	if (!*base)
		return;
	ck_assert_int_eq(chmod(folder, 01777), 0);
	ck_assert_int_eq(lchown(link_there, 65534, 65534), 0);
	ck_assert_int_eq(judge(link_there, false, link_there), DCFG_DISTRUST_LINK_OWNER);
}
END_TEST

START_TEST(relative_paths_and_links_through_links_are_followed)
{
	char second[128];

	if (!*base)
		return;
	(void)snprintf(second, sizeof(second), "%s/second", base);
	ck_assert_int_eq(symlink("links/../links/./l", second), 0);
	ck_assert_int_eq(chdir(base), 0);
	ck_assert_int_eq(judge("second", false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(judge("./links/../second", false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(chmod(folder, 0777), 0);
	ck_assert_int_eq(judge("second", false, folder), DCFG_DISTRUST_PARENT_WORLD);
	ck_assert_int_eq(unlink(second), 0);
	ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(a_privileged_process_reads_no_file_of_several_names)
{
	char other[128];

	if (!*base)
		return;
	(void)snprintf(other, sizeof(other), "%s/other", base);
	ck_assert_int_eq(link(file, other), 0);
	ck_assert_int_eq(judge(file, false, NULL), DCFG_TRUSTED);
	ck_assert_int_eq(judge(file, true, file), DCFG_DISTRUST_NAMES);
	ck_assert_int_eq(unlink(other), 0);
	ck_assert_int_eq(judge(file, true, NULL), DCFG_TRUSTED);
}
END_TEST

Suite *trust_links_suite(void)
{
	Suite *suite = suite_create("trust_links");
	TCase *cases = tcase_create("trust_links");

	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases,
		       a_file_that_was_removed_since_is_not_what_its_name_leads_to);
	tcase_add_test(cases, what_was_exchanged_for_what_is_trusted_is_not_trusted);
	tcase_add_test(cases, a_link_that_is_exchanged_for_a_file_is_never_trusted);
	tcase_add_test(cases, a_file_that_is_replaced_is_read_all_the_same);
	tcase_add_test(cases, a_directory_that_the_name_leaves_again_is_judged);
	tcase_add_test(cases, a_link_is_judged_by_what_it_is_in);
	tcase_add_test(cases, a_link_is_judged_by_its_owner);
	tcase_add_test(cases, relative_paths_and_links_through_links_are_followed);
	tcase_add_test(cases, a_privileged_process_reads_no_file_of_several_names);
	suite_add_tcase(suite, cases);
	return suite;
}
