/* SPDX-License-Identifier: ISC */
/* What opens beneath a directory and what leads out of it, by the system's call for it and step
 * by step. */
#include "unit.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/open.h"

static char scratch[64];
static int inside;

static void touch(const char *name)
{
	int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, name, strlen(name)), (ssize_t)strlen(name));
	ck_assert_int_eq(close(file), 0);
}

static const char *const links[][2] = {
	{"in/link", "file"},
	{"in/down", "below/deep"},
	{"in/below/up", "../file"},
	{"in/below/around", "../../in/file"},
	{"in/out", "../file"},
	{"in/below/out", "../../file"},
	{"in/absolute", "/etc/passwd"},
	{"in/dir", "below"},
	{"in/dangling", "none"},
	{"in/loop", "loop"},
	{"in/outdir", ".."},
	{"in/..data", "..generation"},
};

static const char *const directories[] = {"in", "in/below", "in/..generation"};
static const char *const files[] = {"file", "in/file", "in/below/deep",
				    "in/..generation/file"};

static void set_up(void)
{
	(void)snprintf(scratch, sizeof(scratch), "/tmp/dcfg-open-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(scratch));
	ck_assert_int_eq(chdir(scratch), 0);
	for (size_t i = 0; i < DCFG_COUNT(directories); i++)
		ck_assert_int_eq(mkdir(directories[i], 0700), 0);
	for (size_t i = 0; i < DCFG_COUNT(files); i++)
		touch(files[i]);
	for (size_t i = 0; i < DCFG_COUNT(links); i++)
		ck_assert_int_eq(symlink(links[i][1], links[i][0]), 0);
	inside = open("in", O_RDONLY | O_DIRECTORY);
}

static void tear_down(void)
{
	ck_assert_int_eq(close(inside), 0);
	for (size_t i = 0; i < DCFG_COUNT(links); i++)
		ck_assert_int_eq(unlink(links[i][0]), 0);
	for (size_t i = 0; i < DCFG_COUNT(files); i++)
		ck_assert_int_eq(unlink(files[i]), 0);
	for (size_t i = DCFG_COUNT(directories); i-- > 0;)
		ck_assert_int_eq(rmdir(directories[i]), 0);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(scratch), 0);
}

/* content: of the file, by its name; NULL: does not open, for `reason`. */
static const struct {
	const char *path, *content;
	int reason;
} table[] = {
	{"file", "in/file", 0},
	{"./file", "in/file", 0},
	{"below/deep", "in/below/deep", 0},
	{"below//deep", "in/below/deep", 0},
	{"below/../file", "in/file", 0},
	{"link", "in/file", 0},
	{"down", "in/below/deep", 0},
	{"dir/deep", "in/below/deep", 0},
	{"below/up", "in/file", 0},
	{"dir/up", "in/file", 0},
	{"dir/../file", "in/file", 0},
	{"..data/file", "in/..generation/file", 0},
	{"none", NULL, ENOENT},
	{"none/file", NULL, ENOENT},
	{"dangling", NULL, ENOENT},
	{"file/below", NULL, ENOTDIR},
	{"", NULL, ENOENT},
	{"loop", NULL, ELOOP},
	{"out", NULL, EXDEV},
	{"below/out", NULL, EXDEV},
	{"below/around", NULL, EXDEV},
	{"dir/out", NULL, EXDEV},
	{"absolute", NULL, EXDEV},
	{"/etc/passwd", NULL, EXDEV},
	{"../file", NULL, EXDEV},
	{"..", NULL, EXDEV},
	{"below/../../file", NULL, EXDEV},
	{"outdir", NULL, EXDEV},
	{"outdir/file", NULL, EXDEV},
};

static void check(int (*open_beneath)(int, const char *, int), size_t i)
{
	char content[64] = "";
	int file = open_beneath(inside, table[i].path, 0), number = errno;

	if (!table[i].content) {
		ck_assert_msg(file == -1 && number == table[i].reason, "%s: %d (%s)",
			      table[i].path, file, strerror(number));
		return;
	}
	ck_assert_msg(file > STDERR_FILENO, "%s: %s", table[i].path, strerror(number));
	ck_assert_int_ge(read(file, content, sizeof(content) - 1), 0);
	ck_assert_str_eq(content, table[i].content);
	ck_assert_int_ne(fcntl(file, F_GETFD) & FD_CLOEXEC, 0);
	ck_assert_int_eq(close(file), 0);
}

START_TEST(links_inside_are_followed_and_those_out_are_not)
{
	check(dcfg_open_beneath, (size_t)_i);
}
END_TEST

START_TEST(step_by_step_is_the_same)
{
	check(dcfg_open_stepwise, (size_t)_i);
}
END_TEST

START_TEST(directories_open_as_such)
{
	static int (*const ways[])(int, const char *, int) = {dcfg_open_beneath,
							      dcfg_open_stepwise};

	for (size_t i = 0; i < DCFG_COUNT(ways); i++) {
		int directory = ways[i](inside, "..data", O_DIRECTORY);

		ck_assert_int_ge(directory, 0);
		ck_assert_int_eq(faccessat(directory, "file", F_OK, 0), 0);
		ck_assert_int_eq(close(directory), 0);
		directory = ways[i](inside, ".", O_DIRECTORY);
		ck_assert_int_eq(faccessat(directory, "below", F_OK, 0), 0);
		ck_assert_int_eq(close(directory), 0);
		ck_assert_int_eq(ways[i](inside, "file", O_DIRECTORY), -1);
		ck_assert_int_eq(errno, ENOTDIR);
	}
}
END_TEST

/* A program that was started with them closed. */
START_TEST(no_descriptor_is_a_standard_one)
{
	pid_t child = fork();
	int status;

	if (!child) {
		bool good = true;

		for (int i = 0; i <= STDERR_FILENO; i++)
			(void)close(i);
		for (int i = 0; i < 5; i++)
			good &= dcfg_open_at(AT_FDCWD, "file", 0) > STDERR_FILENO &&
				dcfg_open_beneath(inside, "file", 0) > STDERR_FILENO &&
				dcfg_open_stepwise(inside, "file", 0) > STDERR_FILENO;
		_exit(good && fcntl(0, F_GETFD) < 0 ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
	int before = dup(0), after;

	ck_assert_int_eq(close(before), 0);
	for (size_t i = 0; i < DCFG_COUNT(table); i++) {
		int file = dcfg_open_stepwise(inside, table[i].path, 0);

		if (file >= 0)
			ck_assert_int_eq(close(file), 0);
	}
	after = dup(0);
	ck_assert_int_eq(close(after), 0);
	ck_assert_int_eq(after, before);
}
END_TEST

Suite *base_open_suite(void)
{
	Suite *suite = suite_create("base_open");
	TCase *tests = tcase_create("open");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, links_inside_are_followed_and_those_out_are_not, 0,
			    DCFG_COUNT(table));
	tcase_add_loop_test(tests, step_by_step_is_the_same, 0, DCFG_COUNT(table));
	tcase_add_test(tests, directories_open_as_such);
	tcase_add_test(tests, no_descriptor_is_a_standard_one);
	tcase_add_test(tests, no_descriptor_is_left_open);
	suite_add_tcase(suite, tests);
	return suite;
}
