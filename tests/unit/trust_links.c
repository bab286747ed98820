/* SPDX-License-Identifier: ISC */
/* Names that lead to a file: who may exchange them is judged as who may write to it is. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "base/trust.h"

static char base[64], file[96], folder[96], link_there[128];

/* Below the root, where nobody else may write; empty where that cannot be. */
static void setup(void)
{
	int made;

	(void)snprintf(base, sizeof(base), "/var/lib/dcfg-links-XXXXXX");
	if (geteuid() != 0 || !mkdtemp(base)) {
		*base = '\0';
		return;
	}
	(void)snprintf(file, sizeof(file), "%s/file", base);
	(void)snprintf(folder, sizeof(folder), "%s/links", base);
	(void)snprintf(link_there, sizeof(link_there), "%s/l", folder);
	ck_assert_int_eq(chmod(base, 0755), 0);
	made = open(file, O_WRONLY | O_CREAT, 0644);
	ck_assert_int_ge(made, 0);
	ck_assert_int_eq(close(made), 0);
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

/* As somebody replaces it who renames a new one over it. */
START_TEST(a_file_that_was_removed_since_is_judged_all_the_same)
{
	const struct dcfg_trust trust = {.checks = true};
	struct dcfg_arena arena;
	int descriptor;

	if (!*base)
		return;
	dcfg_arena_init(&arena);
	descriptor = open(file, O_RDONLY | O_CLOEXEC);
	ck_assert_int_eq(unlink(file), 0);
	ck_assert_int_eq(dcfg_trust_check(&trust, &arena, descriptor, file).distrust,
			 DCFG_TRUSTED);
	ck_assert_int_eq(chmod(base, 0757), 0);
	ck_assert_int_eq(dcfg_trust_check(&trust, &arena, descriptor, file).distrust,
			 DCFG_DISTRUST_PARENT_WORLD);
	ck_assert_int_eq(close(descriptor), 0);
	dcfg_arena_fini(&arena);
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

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_file_that_was_removed_since_is_judged_all_the_same);
	tcase_add_test(cases, a_link_is_judged_by_what_it_is_in);
	tcase_add_test(cases, a_link_is_judged_by_its_owner);
	tcase_add_test(cases, relative_paths_and_links_through_links_are_followed);
	tcase_add_test(cases, a_privileged_process_reads_no_file_of_several_names);
	suite_add_tcase(suite, cases);
	return suite;
}
