/* SPDX-License-Identifier: ISC */
/*
 * Whose files are read: a table of a file, its directory and the one above, and one that its name
 * alone leads through, of owners and modes, for a process with and without privileges, and the
 * status of each. What needs root is left out where it is not there, and said so.
 */
#include "unit.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "source/secrets.h"
#include "source/source.h"

enum {
	ROOT = 0,
	SELF = 63001,
	STRANGER = 63002,
	FRIEND = 63003 /* as a user and as a group */
};

enum level {
	OF_FILE,
	OF_PARENT,
	OF_GRANDPARENT,
	OF_LEFT, /* the name goes through it, and leaves it by `..` */
	LEVELS
};

struct cell {
	enum level at;
	unsigned owner, group, mode;
	bool privileged;
	enum deploycfg_status status;
};

/* Where a directory for the test is that a privileged process would trust: not below /tmp. */
static char base[256];
static char paths[LEVELS][320], named[320];
static unsigned tried, skipped;

static bool is_trusted(const char *path)
{
	const struct dcfg_trust strict = {
		.checks = true, .privileged = true, .self = (uint32_t)geteuid()};
	struct dcfg_arena arena;
	struct dcfg_dir dir;

	dcfg_arena_init(&arena);
	dir = dcfg_dir_read(&arena, path, &strict);
	dcfg_arena_fini(&arena);
	return dir.state == DCFG_FILE_OK;
}

static bool find_base(void)
{
	static const char *const candidates[] = {".", "/run", "/var/lib", "/root", "/"};

	for (size_t i = 0; i < DCFG_COUNT(candidates); i++) {
		char *resolved = realpath(candidates[i], NULL);
		int len = resolved ? snprintf(base, sizeof(base), "%s/dcfg-trust-XXXXXX",
					      resolved[1] ? resolved : "")
				   : -1;

		if (resolved && len > 0 && (size_t)len < sizeof(base) &&
		    is_trusted(resolved) && mkdtemp(base)) {
			free(resolved);
			return chmod(base, 0755) == 0;
		}
		free(resolved);
	}
	*base = '\0';
	return false;
}

static void set_up(void)
{
	int file;

	if (!find_base())
		return;
	(void)snprintf(paths[OF_GRANDPARENT], sizeof(*paths), "%s/a", base);
	(void)snprintf(paths[OF_PARENT], sizeof(*paths), "%s/a/b", base);
	(void)snprintf(paths[OF_FILE], sizeof(*paths), "%s/a/b/base.yaml", base);
	(void)snprintf(paths[OF_LEFT], sizeof(*paths), "%s/a/left", base);
	(void)snprintf(named, sizeof(named), "%s/a/left/../b/base.yaml", base);
	ck_assert(mkdir(paths[OF_GRANDPARENT], 0755) == 0 &&
		  mkdir(paths[OF_LEFT], 0755) == 0 && mkdir(paths[OF_PARENT], 0755) == 0);
	file = open(paths[OF_FILE], O_WRONLY | O_CREAT, 0644);
	ck_assert_int_eq(write(file, "a: 1\n", 5), 5);
	ck_assert_int_eq(close(file), 0);
}

static void tear_down(void)
{
	if (!*base)
		return;
	ck_assert_int_eq(unlink(paths[OF_FILE]), 0);
	ck_assert(rmdir(paths[OF_PARENT]) == 0 && rmdir(paths[OF_LEFT]) == 0);
	ck_assert_int_eq(rmdir(paths[OF_GRANDPARENT]), 0);
	ck_assert_int_eq(rmdir(base), 0);
}

static bool reads_secret;

/* What a process of SELF that trusts FRIEND says of the file. */
static enum deploycfg_status status_of(bool privileged)
{
	uint32_t friend = FRIEND;
	const struct dcfg_source source = {
		.name = dcfg_view_text(named),
		.layer = DEPLOYCFG_LAYER_BASE,
		.kind = DEPLOYCFG_SOURCE_FILE,
		.syntax = DEPLOYCFG_YAML,
		.named = true,
	};
	enum deploycfg_status status = DEPLOYCFG_OK;
	struct deploycfg_errors *errors;
	struct dcfg_context context;

	dcfg_context_init(&context, &dcfg_default_limits);
	context.trust = (struct dcfg_trust){.checks = true,
					    .privileged = privileged,
					    .self = (uint32_t)geteuid(),
					    .users = {&friend, 1},
					    .groups = {&friend, 1}};
	ck_assert_uint_eq(dcfg_source_add(&context, &source), 0);
	if (reads_secret)
		(void)dcfg_secret_file(&context, source.name, "a", dcfg_origin(0, 0, 0));
	else
		(void)dcfg_source_load(&context, 0);
	errors = dcfg_context_fini(&context);
	if (deploycfg_errors_count(errors))
		status = deploycfg_error_status(deploycfg_errors_at(errors, 0));
	deploycfg_errors_free(errors);
	return status;
}

/* In a child that is SELF, where we may become that. */
static enum deploycfg_status ask(bool privileged)
{
	pid_t child;
	int status;

	if (geteuid() != 0)
		return status_of(privileged);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (!child) {
		if (setgroups(0, NULL) || setresgid(SELF, SELF, SELF) ||
		    setresuid(SELF, SELF, SELF))
			_exit(255);
		_exit(-(int)status_of(privileged));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return (enum deploycfg_status) - WEXITSTATUS(status);
}

static bool prepare(enum level at, unsigned owner, unsigned group, unsigned mode)
{
	if (geteuid() != 0 && (owner != SELF || group != SELF))
		return false;
	if (geteuid() == 0)
		ck_assert_int_eq(chown(paths[at], owner, group), 0);
	ck_assert_int_eq(chmod(paths[at], mode), 0);
	return true;
}

static void reset(void)
{
	for (int at = OF_FILE; at < LEVELS; at++) {
		if (geteuid() == 0)
			ck_assert_int_eq(chown(paths[at], ROOT, ROOT), 0);
		ck_assert_int_eq(chmod(paths[at], at == OF_FILE ? 0644 : 0755), 0);
	}
}

static void check(const struct cell *cell)
{
	enum deploycfg_status status;

	reset();
	if (!prepare(cell->at, cell->owner, cell->group, cell->mode)) {
		skipped++;
		return;
	}
	tried++;
	status = ask(cell->privileged);
	ck_assert_msg(status == cell->status,
		      "%s, level %d, owner %u, group %u, mode %04o, %s: %d, not %d",
		      reads_secret ? "secret" : "layer", (int)cell->at, cell->owner,
		      cell->group, cell->mode, cell->privileged ? "privileged" : "plain",
		      (int)status, (int)cell->status);
}

/* Not worked out, which would be the code once more. */
struct row {
	unsigned mode, group;
	enum deploycfg_status plain, privileged;
};

static const struct row of_files[] = {
	{0644, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0664, STRANGER, DEPLOYCFG_ERR_GROUP_WRITABLE, DEPLOYCFG_ERR_GROUP_WRITABLE},
	{0664, FRIEND, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0646, FRIEND, DEPLOYCFG_ERR_WORLD_WRITABLE, DEPLOYCFG_ERR_WORLD_WRITABLE},
	{0666, STRANGER, DEPLOYCFG_ERR_WORLD_WRITABLE, DEPLOYCFG_ERR_WORLD_WRITABLE},
};

#define PARENT(what)                                                                     \
	DEPLOYCFG_ERR_PARENT_##what##_WRITABLE, DEPLOYCFG_ERR_PARENT_##what##_WRITABLE

static const struct row of_secrets[] = {
	{0600, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0640, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_ERR_READABLE},
	{0640, FRIEND, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0604, FRIEND, DEPLOYCFG_OK, DEPLOYCFG_ERR_READABLE},
	{0644, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_ERR_READABLE},
	{0610, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_ERR_READABLE},
	{0601, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_ERR_READABLE},
	{0660, STRANGER, DEPLOYCFG_ERR_GROUP_WRITABLE, DEPLOYCFG_ERR_GROUP_WRITABLE},
	{0660, FRIEND, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0602, STRANGER, DEPLOYCFG_ERR_WORLD_WRITABLE, DEPLOYCFG_ERR_WORLD_WRITABLE},
};

static const struct row of_directories[] = {
	{0711, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0755, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0775, STRANGER, PARENT(GROUP)},
	{0775, FRIEND, DEPLOYCFG_OK, DEPLOYCFG_OK},
	{0757, FRIEND, PARENT(WORLD)},
	{0777, STRANGER, PARENT(WORLD)},
	{01777, STRANGER, DEPLOYCFG_OK, DEPLOYCFG_ERR_PARENT_WORLD_WRITABLE},
	{01775, STRANGER, PARENT(GROUP)},
};

static void check_rows(enum level at, unsigned owner, const struct row *rows,
		       size_t count, enum deploycfg_status by_owner)
{
	reads_secret = rows == of_secrets;
	for (size_t i = 0; i < count; i++) {
		struct cell cell = {
			at,           owner, rows[i].group,
			rows[i].mode, false, by_owner ? by_owner : rows[i].plain};

		check(&cell);
		cell.privileged = true;
		if (!by_owner)
			cell.status = rows[i].privileged;
		check(&cell);
	}
	reads_secret = false;
}

START_TEST(the_table_holds)
{
	static const unsigned trusted[] = {ROOT, SELF, FRIEND};

	if (!*base) {
		printf("# SKIP the table of trust: no directory is trusted here\n");
		return;
	}
	for (size_t i = 0; i < DCFG_COUNT(trusted); i++) {
		check_rows(OF_FILE, trusted[i], of_files, DCFG_COUNT(of_files),
			   DEPLOYCFG_OK);
		check_rows(OF_PARENT, trusted[i], of_directories,
			   DCFG_COUNT(of_directories), DEPLOYCFG_OK);
		check_rows(OF_GRANDPARENT, trusted[i], of_directories,
			   DCFG_COUNT(of_directories), DEPLOYCFG_OK);
		check_rows(OF_LEFT, trusted[i], of_directories,
			   DCFG_COUNT(of_directories), DEPLOYCFG_OK);
	}
	check_rows(OF_FILE, STRANGER, of_files, DCFG_COUNT(of_files),
		   DEPLOYCFG_ERR_OWNER);
	check_rows(OF_PARENT, STRANGER, of_directories, DCFG_COUNT(of_directories),
		   DEPLOYCFG_ERR_PARENT_OWNER);
	check_rows(OF_GRANDPARENT, STRANGER, of_directories, DCFG_COUNT(of_directories),
		   DEPLOYCFG_ERR_PARENT_OWNER);
	check_rows(OF_LEFT, STRANGER, of_directories, DCFG_COUNT(of_directories),
		   DEPLOYCFG_ERR_PARENT_OWNER);
	check_rows(OF_FILE, SELF, of_secrets, DCFG_COUNT(of_secrets), DEPLOYCFG_OK);
	printf("# table of trust: %u cells, %u more need root\n", tried, skipped);
	ck_assert(geteuid() != 0 || tried >= 250);
}
END_TEST

/* Without root SELF is whoever runs it: the modes of what is one's own. */
START_TEST(modes_of_my_own_files_count)
{
	static const struct cell cells[] = {
		{OF_FILE, 0, 0, 0644, false, DEPLOYCFG_OK},
		{OF_FILE, 0, 0, 0664, false, DEPLOYCFG_ERR_GROUP_WRITABLE},
		{OF_FILE, 0, 0, 0646, false, DEPLOYCFG_ERR_WORLD_WRITABLE},
		{OF_PARENT, 0, 0, 0775, false, DEPLOYCFG_ERR_PARENT_GROUP_WRITABLE},
		{OF_PARENT, 0, 0, 0757, false, DEPLOYCFG_ERR_PARENT_WORLD_WRITABLE},
		{OF_PARENT, 0, 0, 01757, false, DEPLOYCFG_OK},
		{OF_PARENT, 0, 0, 01757, true, DEPLOYCFG_ERR_PARENT_WORLD_WRITABLE},
		{OF_GRANDPARENT, 0, 0, 0775, false, DEPLOYCFG_ERR_PARENT_GROUP_WRITABLE},
		{OF_GRANDPARENT, 0, 0, 0757, true, DEPLOYCFG_ERR_PARENT_WORLD_WRITABLE},
		{OF_LEFT, 0, 0, 0775, false, DEPLOYCFG_ERR_PARENT_GROUP_WRITABLE},
		{OF_LEFT, 0, 0, 0757, true, DEPLOYCFG_ERR_PARENT_WORLD_WRITABLE},
	};

	for (size_t i = 0; *base && i < DCFG_COUNT(cells); i++) {
		reset();
		ck_assert_int_eq(chmod(paths[cells[i].at], cells[i].mode), 0);
		ck_assert_int_eq(status_of(cells[i].privileged), cells[i].status);
	}
}
END_TEST

static void expect_suspect(const char *path, enum dcfg_distrust distrust,
			   const char *at_fault)
{
	const struct dcfg_trust trust = {.checks = true, .self = (uint32_t)geteuid()};
	struct dcfg_suspect suspect;
	struct dcfg_arena arena;
	int file = open(path, O_RDONLY);

	dcfg_arena_init(&arena);
	suspect = dcfg_trust_check(&trust, &arena, file, path);
	ck_assert_int_eq(suspect.distrust, distrust);
	ck_assert_str_eq(suspect.path, at_fault);
	dcfg_arena_fini(&arena);
	ck_assert_int_eq(close(file), 0);
}

START_TEST(what_is_at_fault_is_named_with_links_resolved)
{
	char link[320];

	if (!*base)
		return;
	reset();
	(void)snprintf(link, sizeof(link), "%s/a/link", base);
	ck_assert_int_eq(symlink("b/base.yaml", link), 0);
	ck_assert_int_eq(chmod(paths[OF_FILE], 0646), 0);
	expect_suspect(link, DCFG_DISTRUST_WORLD, paths[OF_FILE]);
	ck_assert_int_eq(chmod(paths[OF_FILE], 0644), 0);
	ck_assert_int_eq(chmod(paths[OF_PARENT], 0775), 0);
	ck_assert_int_eq(chmod(paths[OF_GRANDPARENT], 0757), 0);
	expect_suspect(link, DCFG_DISTRUST_PARENT_GROUP, paths[OF_PARENT]);
	ck_assert_int_eq(chmod(paths[OF_PARENT], 0755), 0);
	expect_suspect(link, DCFG_DISTRUST_PARENT_WORLD, paths[OF_GRANDPARENT]);
	ck_assert_int_eq(unlink(link), 0);
}
END_TEST

/* A mount of our own, in a namespace of our own: a bind mount that is read-only. */
static bool mount_read_only(const char *path)
{
	return unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount(path, path, NULL, MS_BIND, NULL) == 0 &&
	       mount(NULL, path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) == 0;
}

/* As volumes of Kubernetes are, whose directories all may write to by their modes. */
START_TEST(what_lies_on_a_read_only_mount_is_trusted)
{
	int status;
	pid_t child;

	if (!*base)
		return;
	reset();
	ck_assert_int_eq(chmod(paths[OF_FILE], 0666), 0);
	ck_assert_int_eq(chmod(paths[OF_PARENT], 0777), 0);
	child = fork();
	if (!child)
		_exit(mount_read_only(paths[OF_PARENT]) ? status_of(true) != DEPLOYCFG_OK
							: 2);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) != 1);
	if (WEXITSTATUS(status) == 2)
		printf("# SKIP read-only mounts: nothing may be mounted here\n");
}
END_TEST

Suite *trust_suite(void)
{
	Suite *suite = suite_create("trust");
	TCase *tests = tcase_create("trust");

	tcase_set_timeout(tests, 60);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, the_table_holds);
	tcase_add_test(tests, modes_of_my_own_files_count);
	tcase_add_test(tests, what_is_at_fault_is_named_with_links_resolved);
	tcase_add_test(tests, what_lies_on_a_read_only_mount_is_trusted);
	suite_add_tcase(suite, tests);
	return suite;
}
