/* SPDX-License-Identifier: ISC */
/* The file reader and the directory reader, against everything that can bear a name. */
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"

#define LIMIT (1 << 20)

static struct dcfg_arena arena;
static char scratch[64];

static void set_up(void)
{
	dcfg_arena_init(&arena);
	(void)snprintf(scratch, sizeof(scratch), "/tmp/dcfg-unit-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(scratch));
	ck_assert_int_eq(chdir(scratch), 0);
}

static void tear_down(void)
{
	DIR *directory = opendir(scratch);
	struct dirent *entry;

	while ((entry = readdir(directory)))
		(void)unlinkat(dirfd(directory), entry->d_name,
			       entry->d_type == DT_DIR && *entry->d_name != '.'
				       ? AT_REMOVEDIR
				       : 0);
	(void)closedir(directory);
	ck_assert_int_eq(chdir("/"), 0);
	(void)rmdir(scratch);
	dcfg_arena_fini(&arena);
}

static void write_file(const char *name, const char *text, size_t len)
{
	int descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, text, len), (ssize_t)len);
	ck_assert_int_eq(close(descriptor), 0);
}

START_TEST(a_file_is_read_whole)
{
	struct dcfg_file file;

	write_file("some", "a\0b\n", 4);
	file = dcfg_file_read(&arena, "some", LIMIT, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_OK);
	ck_assert_uint_eq(file.size, 4);
	ck_assert_uint_eq(file.text.len, 4);
	ck_assert_int_eq(memcmp(file.text.ptr, "a\0b\n", 5), 0);
}
END_TEST

START_TEST(an_empty_file_is_empty)
{
	struct dcfg_file file;

	write_file("empty", "", 0);
	file = dcfg_file_read(&arena, "empty", 0, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_OK);
	ck_assert_uint_eq(file.text.len, 0);
	ck_assert_str_eq(file.text.ptr, "");
}
END_TEST

START_TEST(a_link_is_followed)
{
	struct dcfg_file file;

	write_file("some", "text", 4);
	ck_assert_int_eq(symlink("some", "link"), 0);
	file = dcfg_file_read(&arena, "link", LIMIT, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_OK);
	ck_assert_str_eq(file.text.ptr, "text");
}
END_TEST

START_TEST(the_limit_is_the_last_size_that_is_read)
{
	struct dcfg_file file;

	write_file("some", "12345", 5);
	ck_assert_int_eq(dcfg_file_read(&arena, "some", 6, NULL).state, DCFG_FILE_OK);
	ck_assert_int_eq(dcfg_file_read(&arena, "some", 5, NULL).state, DCFG_FILE_OK);
	file = dcfg_file_read(&arena, "some", 4, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_TOO_BIG);
	ck_assert_uint_eq(file.size, 5);
	ck_assert_int_eq(dcfg_file_read(&arena, "some", UINT64_MAX, NULL).state,
			 DCFG_FILE_OK);
}
END_TEST

START_TEST(a_huge_sparse_file_is_not_read)
{
	uint64_t size = UINT64_C(1) << 40;
	struct dcfg_file file;

	write_file("huge", "", 0);
	if (truncate("huge", (off_t)size) != 0)
		return; /* not on this file system */
	file = dcfg_file_read(&arena, "huge", LIMIT, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_TOO_BIG);
	ck_assert_uint_eq(file.size, size);
	ck_assert(!arena.failed);
}
END_TEST

START_TEST(files_that_do_not_know_their_size_are_read_whole)
{
	struct dcfg_file file = dcfg_file_read(&arena, "/proc/self/status", LIMIT, NULL);

	if (file.state == DCFG_FILE_MISSING)
		return;
	ck_assert_int_eq(file.state, DCFG_FILE_OK);
	ck_assert_uint_gt(file.text.len, 100);
	ck_assert_uint_eq(strlen(file.text.ptr), file.text.len);
	ck_assert_int_eq(dcfg_file_read(&arena, "/proc/self/status", 100, NULL).state,
			 DCFG_FILE_TOO_BIG);
}
END_TEST

START_TEST(what_is_not_there_is_missing)
{
	write_file("some", "", 0);
	ck_assert_int_eq(symlink("nowhere", "dangling"), 0);
	ck_assert_int_eq(dcfg_file_read(&arena, "none", LIMIT, NULL).state,
			 DCFG_FILE_MISSING);
	ck_assert_int_eq(dcfg_file_read(&arena, "dangling", LIMIT, NULL).state,
			 DCFG_FILE_MISSING);
	ck_assert_int_eq(dcfg_file_read(&arena, "some/below", LIMIT, NULL).state,
			 DCFG_FILE_MISSING);
	ck_assert_int_eq(dcfg_file_read(&arena, "", LIMIT, NULL).state,
			 DCFG_FILE_MISSING);
}
END_TEST

static void is_no_file(const char *path, const char *kind)
{
	struct dcfg_file file = dcfg_file_read(&arena, path, LIMIT, NULL);

	ck_assert_int_eq(file.state, DCFG_FILE_NOT_REGULAR);
	ck_assert_str_eq(file.kind, kind);
}

START_TEST(what_is_no_file_is_named_as_what_it_is)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
	int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);

	ck_assert_int_eq(
		bind(descriptor, (const struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(mkfifo("fifo", 0600), 0);
	is_no_file(".", "a directory");
	is_no_file("fifo", "a FIFO");
	is_no_file("socket", "a socket");
	is_no_file("/dev/null", "a character device");
	is_no_file("/dev/zero", "a character device");
	(void)close(descriptor);
}
END_TEST

START_TEST(a_forbidden_file_is_named_so)
{
	struct dcfg_file file;
	bool root = geteuid() == 0; /* who may read everything */

	write_file("mine", "text", 4);
	ck_assert_int_eq(chmod("mine", 0), 0);
	if (root)
		ck_assert_int_eq(chmod(".", 0755) | seteuid(65534), 0);
	file = dcfg_file_read(&arena, "mine", LIMIT, NULL);
	if (root)
		ck_assert_int_eq(seteuid(0), 0);
	ck_assert_int_eq(file.state, DCFG_FILE_PERMISSION);
}
END_TEST

START_TEST(other_failures_have_a_reason)
{
	struct dcfg_file file;
	char name[5000];

	ck_assert_int_eq(symlink("loop", "loop"), 0);
	file = dcfg_file_read(&arena, "loop", LIMIT, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_FAILED);
	ck_assert_str_eq(file.reason, "too many levels of symbolic links");
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	file = dcfg_file_read(&arena, name, LIMIT, NULL);
	ck_assert_int_eq(file.state, DCFG_FILE_FAILED);
	ck_assert_str_eq(file.reason, "file name too long");
	ck_assert(!arena.failed);
}
END_TEST

START_TEST(running_out_of_descriptors_is_a_failure_with_reason)
{
	struct rlimit before, none;
	struct dcfg_file file;
	struct dcfg_dir directory;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	file = dcfg_file_read(&arena, "/", LIMIT, NULL);
	directory = dcfg_dir_read(&arena, "/", NULL);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	ck_assert_int_eq(file.state, DCFG_FILE_FAILED);
	ck_assert_str_eq(file.reason, "too many open files in this process");
	ck_assert_int_eq(directory.state, DCFG_FILE_FAILED);
	ck_assert_str_eq(directory.reason, "too many open files in this process");
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
	int before = open("/", O_RDONLY), after;

	(void)close(before);
	write_file("some", "text", 4);
	(void)dcfg_file_read(&arena, "some", LIMIT, NULL);
	(void)dcfg_file_read(&arena, "some", 1, NULL);
	(void)dcfg_file_read(&arena, ".", LIMIT, NULL);
	(void)dcfg_dir_read(&arena, ".", NULL);
	(void)dcfg_dir_read(&arena, "some", NULL);
	after = open("/", O_RDONLY);
	(void)close(after);
	ck_assert_int_eq(after, before);
}
END_TEST

START_TEST(a_directory_is_listed_bytewise)
{
	static const char *const names[] = {"B", "a", "a.d", "a0", "\xc3\xa4"};
	static const size_t order[] = {4, 2, 0, 3, 1};
	struct dcfg_dir directory;

	for (size_t i = 0; i < DCFG_COUNT(order); i++)
		write_file(names[order[i]], "", 0);
	directory = dcfg_dir_read(&arena, ".", NULL);
	ck_assert_int_eq(directory.state, DCFG_FILE_OK);
	ck_assert_uint_eq(directory.count, DCFG_COUNT(names));
	for (size_t i = 0; i < DCFG_COUNT(names); i++)
		ck_assert_str_eq(directory.names[i].ptr, names[i]);
}
END_TEST

START_TEST(an_empty_directory_is_no_lack_of_memory)
{
	struct dcfg_dir directory;

	directory = dcfg_dir_read(&arena, scratch, NULL);
	ck_assert_int_eq(directory.state, DCFG_FILE_OK);
	ck_assert_uint_eq(directory.count, 0);
	ck_assert(!arena.failed);
}
END_TEST

START_TEST(what_is_no_directory_is_told_from_what_is_missing)
{
	struct dcfg_dir directory;

	write_file("some", "", 0);
	ck_assert_int_eq(mkfifo("fifo", 0600), 0);
	directory = dcfg_dir_read(&arena, "some", NULL);
	ck_assert_int_eq(directory.state, DCFG_FILE_NOT_REGULAR);
	ck_assert_str_eq(directory.kind, "a regular file");
	directory = dcfg_dir_read(&arena, "fifo", NULL);
	ck_assert_int_eq(directory.state, DCFG_FILE_NOT_REGULAR);
	ck_assert_str_eq(directory.kind, "a FIFO");
	ck_assert_int_eq(dcfg_dir_read(&arena, "some/below", NULL).state,
			 DCFG_FILE_MISSING);
	ck_assert_int_eq(dcfg_dir_read(&arena, "none", NULL).state, DCFG_FILE_MISSING);
}
END_TEST

Suite *base_file_suite(void)
{
	Suite *suite = suite_create("base_file");
	TCase *tests = tcase_create("file");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_file_is_read_whole);
	tcase_add_test(tests, an_empty_file_is_empty);
	tcase_add_test(tests, a_link_is_followed);
	tcase_add_test(tests, the_limit_is_the_last_size_that_is_read);
	tcase_add_test(tests, a_huge_sparse_file_is_not_read);
	tcase_add_test(tests, files_that_do_not_know_their_size_are_read_whole);
	tcase_add_test(tests, what_is_not_there_is_missing);
	tcase_add_test(tests, what_is_no_file_is_named_as_what_it_is);
	tcase_add_test(tests, a_forbidden_file_is_named_so);
	tcase_add_test(tests, other_failures_have_a_reason);
	tcase_add_test(tests, running_out_of_descriptors_is_a_failure_with_reason);
	tcase_add_test(tests, no_descriptor_is_left_open);
	tcase_add_test(tests, a_directory_is_listed_bytewise);
	tcase_add_test(tests, an_empty_directory_is_no_lack_of_memory);
	tcase_add_test(tests, what_is_no_directory_is_told_from_what_is_missing);
	suite_add_tcase(suite, tests);
	return suite;
}
