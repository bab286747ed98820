/* SPDX-License-Identifier: ISC */
/* Looks at inodes; opens nothing. */
#include "base/look.h"

#include <errno.h>
#include <sys/stat.h>

/* Followed to its end, so that a link to such a link is one too. */
static bool is_dev_null(const char *path, const struct stat *status)
{
	struct stat link, null;

	return S_ISCHR(status->st_mode) && lstat(path, &link) == 0 &&
	       S_ISLNK(link.st_mode) && stat("/dev/null", &null) == 0 &&
	       S_ISCHR(null.st_mode) && status->st_rdev == null.st_rdev;
}

/* What cannot be followed to its end. */
static enum dcfg_look look_missing(const char *path, int reason)
{
	struct stat link;

	if (reason != ENOENT && reason != ENOTDIR)
		return DCFG_LOOK_OTHER;
	return lstat(path, &link) == 0 ? DCFG_LOOK_DANGLING : DCFG_LOOK_MISSING;
}

enum dcfg_look dcfg_look(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return look_missing(path, errno);
	if (S_ISREG(status.st_mode))
		return status.st_size ? DCFG_LOOK_REGULAR : DCFG_LOOK_EMPTY;
	if (S_ISDIR(status.st_mode))
		return DCFG_LOOK_DIRECTORY;
	return is_dev_null(path, &status) ? DCFG_LOOK_DEV_NULL : DCFG_LOOK_OTHER;
}

bool dcfg_identify(const char *path, struct dcfg_identity *identity)
{
	struct stat status;

	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	*identity = (struct dcfg_identity){status.st_dev, status.st_ino};
	return true;
}
