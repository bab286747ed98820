/* SPDX-License-Identifier: ISC */
/* Judges owners and modes. The way to a file is walked from the root down, without following
 * links: whoever could exchange a directory meanwhile owns or may write to one above it, and that
 * one is met before. Knows no messages. */
#include "base/trust.h"

#include <limits.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/open.h"

#if defined(PATH_MAX) && PATH_MAX > 4096
#define PATH_SIZE PATH_MAX
#else
#define PATH_SIZE 4096
#endif

static bool holds(const struct dcfg_ids *ids, uint32_t id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (ids->list[i] == id)
			return true;
	return false;
}

/* Nobody writes through a read-only mount, whatever modes say: volumes of secrets are such. */
static bool is_read_only(int descriptor)
{
	struct statvfs status;

	return fstatvfs(descriptor, &status) == 0 && status.f_flag & ST_RDONLY;
}

/* In a sticky directory others may make files, but not exchange those that are not theirs. */
static bool is_shared(const struct dcfg_trust *trust, const struct stat *status)
{
	return S_ISDIR(status->st_mode) && status->st_mode & S_ISVTX &&
	       status->st_mode & S_IWOTH && !trust->privileged;
}

static enum dcfg_distrust judge(const struct dcfg_trust *trust, const struct stat *status)
{
	bool is_file = !S_ISDIR(status->st_mode);

	if (status->st_uid != 0 && status->st_uid != trust->self &&
	    !holds(&trust->users, status->st_uid))
		return is_file ? DCFG_DISTRUST_OWNER : DCFG_DISTRUST_PARENT_OWNER;
	if (is_shared(trust, status))
		return DCFG_TRUSTED;
	if (status->st_mode & S_IWOTH)
		return is_file ? DCFG_DISTRUST_WORLD : DCFG_DISTRUST_PARENT_WORLD;
	if (status->st_mode & S_IWGRP && !holds(&trust->groups, status->st_gid))
		return is_file ? DCFG_DISTRUST_GROUP : DCFG_DISTRUST_PARENT_GROUP;
	return DCFG_TRUSTED;
}

/* Where it has a verdict of its own: then this is it, and gives false. */
static bool passes(const struct dcfg_trust *trust, int descriptor,
		   struct dcfg_suspect *suspect)
{
	struct stat status;
	enum dcfg_distrust distrust = DCFG_DISTRUST_UNKNOWN;

	if (fstat(descriptor, &status) == 0)
		distrust = judge(trust, &status);
	else
		status = (struct stat){0};
	if (distrust == DCFG_TRUSTED || is_read_only(descriptor))
		return true;
	*suspect = (struct dcfg_suspect){distrust, NULL, status.st_uid, status.st_gid,
					 status.st_mode & 07777};
	return false;
}

/* The absolute path of a descriptor, as the system knows it; false without /proc. */
static bool ask_system(int descriptor, char path[PATH_SIZE])
{
	char link[sizeof("/proc/self/fd/") + 3 * sizeof(int)];
	ssize_t len;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
	len = readlink(link, path, PATH_SIZE - 1);
	if (len <= 0 || len == PATH_SIZE - 1 || *path != '/')
		return false;
	path[len] = '\0';
	return true;
}

/* The same by its name, if that still leads to it. */
static bool ask_name(int descriptor, const char *name, char path[PATH_SIZE])
{
	struct stat here, there;

	return realpath(name, path) && fstat(descriptor, &here) == 0 &&
	       stat(path, &there) == 0 && here.st_dev == there.st_dev &&
	       here.st_ino == there.st_ino;
}

/* A way from the root down. The nearest verdict counts: it is the most at hand. */
struct way {
	const struct dcfg_trust *trust;
	struct dcfg_suspect suspect;
	size_t suspect_len; /* of the path that it is about */
};

static void look_at(struct way *way, int directory, size_t len)
{
	if (!passes(way->trust, directory, &way->suspect))
		way->suspect_len = len ? len : 1;
}

/* Goes one directory down; -1 where that is not possible any more. */
static int go_down(int directory, const char *name, size_t len)
{
	char text[NAME_MAX + 1];
	int next = -1;

	if (len <= NAME_MAX) {
		memcpy(text, name, len);
		text[len] = '\0';
		next = dcfg_open_at(directory, text, DCFG_OPEN_PASS | O_NOFOLLOW);
	}
	(void)close(directory);
	return next;
}

/* Looks at all directories of an absolute path, which are its first `len` bytes. */
static void walk_down(struct way *way, const char *path, size_t len)
{
	int directory = dcfg_open_at(AT_FDCWD, "/", DCFG_OPEN_PASS);
	size_t at = 1;

	if (directory >= 0)
		look_at(way, directory, 1);
	while (directory >= 0 && at < len) {
		const char *slash = memchr(path + at, '/', len - at);
		size_t end = slash ? (size_t)(slash - path) : len;

		directory = go_down(directory, path + at, end - at);
		if (directory >= 0)
			look_at(way, directory, end);
		at = end + 1;
	}
	if (directory >= 0)
		(void)close(directory);
	else if (way->suspect.distrust == DCFG_TRUSTED)
		way->suspect.distrust = DCFG_DISTRUST_UNKNOWN;
}

/* A file's own name is no part of the way; that of a removed one is not even its name. */
static size_t directories_of(const char *path, bool is_directory)
{
	size_t len = strlen(path);

	while (!is_directory && len > 1 && path[len - 1] != '/')
		len--;
	while (len > 1 && path[len - 1] == '/')
		len--;
	return len;
}

static bool is_directory(int descriptor)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_removed(int descriptor)
{
	struct stat status;

	return fstat(descriptor, &status) == 0 && !status.st_nlink;
}

struct dcfg_suspect dcfg_trust_check(const struct dcfg_trust *trust,
				     struct dcfg_arena *arena, int descriptor,
				     const char *path)
{
	struct way way = {.trust = trust};
	char resolved[PATH_SIZE];
	const char *shown = resolved;
	bool known;

	if (!trust->checks)
		return way.suspect;
	known = ask_system(descriptor, resolved) || ask_name(descriptor, path, resolved);
	if (!is_directory(descriptor) && !passes(trust, descriptor, &way.suspect)) {
		shown = known && !is_removed(descriptor) ? resolved : path;
		way.suspect_len = strlen(shown);
	} else if (known) {
		walk_down(&way, resolved,
			  directories_of(resolved, is_directory(descriptor)));
	} else {
		way.suspect.distrust = DCFG_DISTRUST_UNKNOWN;
	}
	if (way.suspect.distrust == DCFG_DISTRUST_UNKNOWN) {
		shown = path;
		way.suspect_len = strlen(path);
	}
	if (way.suspect.distrust)
		way.suspect.path =
			dcfg_arena_copy(arena, dcfg_view(shown, way.suspect_len)).ptr;
	return way.suspect;
}
