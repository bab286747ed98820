/* SPDX-License-Identifier: ISC */
/* What became of an attempt to read, by what the system says. Opens nothing. */
#include <errno.h>
#include <sys/stat.h>

#include "base/file_parts.h"

const char *dcfg_kind_of(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a directory";
	if (S_ISFIFO(mode))
		return "a FIFO";
	if (S_ISSOCK(mode))
		return "a socket";
	if (S_ISCHR(mode))
		return "a character device";
	if (S_ISBLK(mode))
		return "a block device";
	return S_ISREG(mode) ? "a regular file" : "no regular file";
}

/* strerror() obeys the locale and may share its buffer among threads. */
static const struct reason {
	int number;
	const char *text;
} reasons[] = {
	{EIO, "input/output error"},
	{ELOOP, "too many levels of symbolic links"},
	{ENAMETOOLONG, "file name too long"},
	{EMFILE, "too many open files in this process"},
	{ENFILE, "too many open files in the system"},
	{ENOMEM, "the system is out of memory"},
	{EOVERFLOW, "file too large for this system"},
	{EFBIG, "file too large for this system"},
	{ENODEV, "no such device"},
	{ENXIO, "no such device or address"},
	{ESTALE, "stale file handle"},
	{ETIMEDOUT, "connection timed out"},
	{EINVAL, "invalid argument"},
	{EISDIR, "is a directory"},
	{EAGAIN, "resource temporarily unavailable"},
	{EBUSY, "device or resource busy"},
	{ETXTBSY, "text file busy"},
	{EHOSTDOWN, "host is down"},
	{ENOTCONN, "the file system is not connected"},
};

static const char *reason_of(int number)
{
	for (size_t i = 0; i < DCFG_COUNT(reasons); i++) {
		if (reasons[i].number == number)
			return reasons[i].text;
	}
	return number ? "unexpected system error" : "";
}

static enum dcfg_file_state state_of(int number)
{
	if (number == ENOENT || number == ENOTDIR)
		return DCFG_FILE_MISSING;
	if (number == EXDEV)
		return DCFG_FILE_ESCAPES;
	if (number == EACCES || number == EPERM)
		return DCFG_FILE_PERMISSION;
	return DCFG_FILE_FAILED;
}

const char *dcfg_file_kind(const char *path, bool *missing)
{
	struct stat status;
	bool found = stat(path, &status) == 0;

	*missing = !found && state_of(errno) == DCFG_FILE_MISSING;
	return found && !S_ISREG(status.st_mode) ? dcfg_kind_of(status.st_mode) : NULL;
}

enum dcfg_file_state dcfg_file_fail(struct dcfg_arena *arena, int number,
				    const char **reason)
{
	arena->failed |= number == ENOMEM;
	*reason = reason_of(number);
	return state_of(number);
}

enum dcfg_file_state
dcfg_file_judge(struct dcfg_arena *arena, const struct dcfg_trust *trust, int descriptor,
		const char *path, struct dcfg_suspect *suspect, const char **reason)
{
	if (!trust || !trust->checks)
		return DCFG_FILE_OK;
	*suspect = dcfg_trust_check(trust, arena, descriptor, path);
	if (suspect->distrust == DCFG_DISTRUST_UNKNOWN) {
		*reason = "who may write to its directories cannot be told";
		return DCFG_FILE_FAILED;
	}
	return suspect->distrust ? DCFG_FILE_UNTRUSTED : DCFG_FILE_OK;
}
