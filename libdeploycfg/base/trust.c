/* SPDX-License-Identifier: ISC */
/* Judges owners and modes. The way to a file is walked from the root down, without following
 * links: whoever could exchange a directory meanwhile owns or may write to one above it, and that
 * one is met before. Knows no messages. */
#include "base/trust.h"

#include <errno.h>
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

/* Links that a path may lead through, as systems have it. */
#define LINKS_MAX 40

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

/* Bits of the mode that are for others than those who are trusted. */
static mode_t open_bits(const struct dcfg_trust *trust, const struct stat *status)
{
	mode_t others =
		holds(&trust->groups, status->st_gid) ? S_IRWXO : S_IRWXG | S_IRWXO;

	return status->st_mode & others;
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
	if (is_file && trust->privileged && trust->secret && open_bits(trust, status))
		return DCFG_DISTRUST_READABLE;
	/* Another name may have been given to it to have it read as what it is not. */
	if (is_file && trust->privileged && status->st_nlink > 1)
		return DCFG_DISTRUST_NAMES;
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
	*suspect = (struct dcfg_suspect){.distrust = distrust,
					 .owner = status.st_uid,
					 .group = status.st_gid,
					 .mode = status.st_mode & 07777,
					 .names = (uint32_t)status.st_nlink};
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

/* A path on its way to what it leads to: what is behind is physical, what is ahead as written. */
struct route {
	char behind[PATH_SIZE], ahead[PATH_SIZE];
	unsigned links;
};

/* Begins with the path as it was named; false where it does not fit. */
static bool set_out(struct route *route, const char *path)
{
	size_t len = strlen(path);

	route->links = 0;
	memcpy(route->behind, "/", 2);
	if (len >= sizeof(route->ahead))
		return false;
	memcpy(route->ahead, path, len + 1);
	return *path == '/' || getcwd(route->behind, sizeof(route->behind));
}

/* Takes the next name off what is ahead; its length, 0 at the end. */
static size_t next_name(struct route *route, char name[NAME_MAX + 1])
{
	size_t from = strspn(route->ahead, "/");
	size_t len = strcspn(route->ahead + from, "/");

	if (len > NAME_MAX)
		return 0;
	memcpy(name, route->ahead + from, len);
	name[len] = '\0';
	memmove(route->ahead, route->ahead + from + len,
		strlen(route->ahead + from + len) + 1);
	return len;
}

/* Adds a name to what is behind; false where it does not fit. */
static bool advance(struct route *route, const char *name)
{
	size_t at = strlen(route->behind), len = strlen(name);

	if (strcmp(name, ".") == 0)
		return true;
	if (strcmp(name, "..") == 0) {
		route->behind[directories_of(route->behind, false)] = '\0';
		return true;
	}
	if (at + len + 2 > sizeof(route->behind))
		return false;
	at -= at == 1;
	route->behind[at] = '/';
	memcpy(route->behind + at + 1, name, len + 1);
	return true;
}

/* Puts what a link says before what is ahead. */
static bool follow(struct route *route)
{
	char target[PATH_SIZE];
	ssize_t len = readlink(route->behind, target, sizeof(target));
	size_t rest = strlen(route->ahead);

	if (len <= 0 || (size_t)len + rest >= sizeof(route->ahead) ||
	    ++route->links > LINKS_MAX)
		return false;
	memmove(route->ahead + len, route->ahead, rest + 1);
	memcpy(route->ahead, target, (size_t)len);
	if (*target == '/')
		memcpy(route->behind, "/", 2);
	else
		route->behind[directories_of(route->behind, false)] = '\0';
	return true;
}

/* Whoever may exchange a link says what is read: its owner may, and whoever may write to the
 * directories above it. */
static void judge_link(struct way *way, const char *path, const struct stat *status)
{
	if (status->st_uid != 0 && status->st_uid != way->trust->self &&
	    !holds(&way->trust->users, status->st_uid)) {
		way->suspect = (struct dcfg_suspect){.distrust = DCFG_DISTRUST_LINK_OWNER,
						     .owner = status->st_uid,
						     .group = status->st_gid};
		way->suspect_len = strlen(path);
	} else {
		walk_down(way, path, directories_of(path, false));
	}
}

/* What the path ends in may be gone by now, be it a link: what it was in is judged. False where
 * it is not that. */
static bool was_removed(struct way *way, const struct route *route)
{
	if (errno != ENOENT || *route->ahead)
		return false;
	walk_down(way, route->behind, directories_of(route->behind, false));
	return true;
}

/* Judges all links of a path, up to the first that is not trusted. False where it could not be
 * followed to its end. */
static bool judge_links(struct way *way, const char *path, struct route *route)
{
	char name[NAME_MAX + 1];
	struct stat status;

	if (!set_out(route, path))
		return false;
	while (next_name(route, name)) {
		if (!advance(route, name))
			return false;
		if (lstat(route->behind, &status) != 0)
			return was_removed(way, route);
		if (!S_ISLNK(status.st_mode))
			continue;
		judge_link(way, route->behind, &status);
		if (way->suspect.distrust != DCFG_TRUSTED)
			return true;
		if (!follow(route))
			return false;
	}
	return true;
}

struct dcfg_suspect dcfg_trust_check(const struct dcfg_trust *trust,
				     struct dcfg_arena *arena, int descriptor,
				     const char *path)
{
	struct way way = {.trust = trust};
	struct route route;
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
	if (way.suspect.distrust == DCFG_TRUSTED) {
		shown = route.behind;
		if (!judge_links(&way, path, &route))
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
