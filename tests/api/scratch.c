/* SPDX-License-Identifier: ISC */
/*
 * A directory for files that tests write. It belongs to the process that runs the suite and
 * not to the one that runs a test, so that a test that fails leaves nothing behind.
 */
#include "api.h"

#include <ftw.h>
#include <stdlib.h>

static char directory[256];

static int remove_one(const char *path, const struct stat *status, int kind,
		      struct FTW *where)
{
	(void)status;
	(void)kind;
	return where->level ? remove(path) : 0;
}

static void empty(void)
{
	ck_assert_int_eq(nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void make(void)
{
	const char *parent = getenv("TMPDIR");

	snprintf(directory, sizeof(directory), "%s/deploycfg-XXXXXX",
		 parent && *parent ? parent : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void destroy(void)
{
	empty();
	ck_assert_int_eq(remove(directory), 0);
}

void scratch_add(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, make, destroy);
	tcase_add_checked_fixture(tcase, empty, NULL);
}

const char *scratch(const char *name)
{
	static char paths[4][512];
	static unsigned next;
	char *path = paths[next++ % COUNT(paths)];

	snprintf(path, sizeof(*paths), "%s%s%s", directory, name ? "/" : "",
		 name ? name : "");
	return path;
}

void scratch_write(const char *name, const char *text)
{
	FILE *file = fopen(scratch(name), "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}
