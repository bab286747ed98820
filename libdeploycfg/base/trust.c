/* SPDX-License-Identifier: ISC */
/* Judges owners and modes. The way to a file is walked from the root, one name and one link after
 * the other: whoever could exchange what comes next owns it or the directory that it is in, or may
 * write to that, and is met. What such a way ends at is what it is judged for, so that it must be
 * what was opened. Knows no messages. */
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

/* A path on its way from the root: what is behind is physical and open, what is ahead as written. */
struct route {
	int directory;
	char behind[PATH_SIZE], ahead[PATH_SIZE];
	unsigned links;
};

/* The nearest verdict counts: it is the most at hand. */
struct way {
	const struct dcfg_trust *trust;
	struct route route;
	struct stat end; /* of the last that it led through */
	struct dcfg_suspect suspect;
	char suspect_path[PATH_SIZE];
};

static void blame_behind(struct way *way)
{
	memcpy(way->suspect_path, way->route.behind, strlen(way->route.behind) + 1);
}

/* Goes on from another directory, whose path is behind; false where it is none any more. */
static bool arrive(struct way *way, int directory)
{
	if (way->route.directory >= 0)
		(void)close(way->route.directory);
	way->route.directory = directory;
	if (directory < 0 || fstat(directory, &way->end) != 0)
		return false;
	if (!passes(way->trust, directory, &way->suspect))
		blame_behind(way);
	return true;
}

static bool arrive_at_root(struct way *way)
{
	memcpy(way->route.behind, "/", 2);
	return arrive(way, dcfg_open_at(AT_FDCWD, "/", DCFG_OPEN_PASS));
}

/* Puts a text before what is ahead; false where it does not fit. */
static bool put_before(struct route *route, const char *text, size_t len)
{
	size_t rest = strlen(route->ahead);

	if (len + 1 + rest + 1 > sizeof(route->ahead))
		return false;
	memmove(route->ahead + len + 1, route->ahead, rest + 1);
	memcpy(route->ahead, text, len);
	route->ahead[len] = '/';
	return true;
}

/* Begins with the path as it was named; false where it does not fit. */
static bool set_out(struct way *way, const char *path)
{
	char here[PATH_SIZE];

	if (!put_before(&way->route, path, strlen(path)))
		return false;
	if (*path == '/')
		return arrive_at_root(way);
	return getcwd(here, sizeof(here)) && *here == '/' &&
	       put_before(&way->route, here, strlen(here)) && arrive_at_root(way);
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

/* Adds a name to what is behind, or takes one off; false where it does not fit. */
static bool advance(struct route *route, const char *name)
{
	size_t at = strlen(route->behind), len = strlen(name);

	if (strcmp(name, "..") == 0) {
		while (at > 1 && route->behind[at - 1] != '/')
			at--;
		route->behind[at > 1 ? at - 1 : 1] = '\0';
		return true;
	}
	if (at + len + 2 > sizeof(route->behind))
		return false;
	at -= at == 1;
	route->behind[at] = '/';
	memcpy(route->behind + at + 1, name, len + 1);
	return true;
}

/* Who owns a link says what is read. */
static void judge_link(struct way *way, const struct stat *status)
{
	if (status->st_uid == 0 || status->st_uid == way->trust->self ||
	    holds(&way->trust->users, status->st_uid))
		return;
	way->suspect = (struct dcfg_suspect){.distrust = DCFG_DISTRUST_LINK_OWNER,
					     .owner = status->st_uid,
					     .group = status->st_gid};
	blame_behind(way);
}

/* What a link says is ahead then. It was added to what is behind, and is taken off again. */
static bool follow(struct way *way, const char *name)
{
	char target[PATH_SIZE];
	ssize_t len = readlinkat(way->route.directory, name, target, sizeof(target));

	if (len <= 0 || ++way->route.links > LINKS_MAX ||
	    !put_before(&way->route, target, (size_t)len))
		return false;
	return *target == '/' ? arrive_at_root(way) : advance(&way->route, "..");
}

/* One step along a name; *at_file: it leads no further. */
static bool step(struct way *way, const char *name, bool *at_file)
{
	struct stat status;

	if (strcmp(name, ".") == 0)
		return true;
	if (!advance(&way->route, name) ||
	    fstatat(way->route.directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (S_ISLNK(status.st_mode)) {
		judge_link(way, &status);
		return follow(way, name);
	}
	*at_file = !S_ISDIR(status.st_mode);
	if (*at_file)
		way->end = status;
	return *at_file || arrive(way, dcfg_open_at(way->route.directory, name,
						    DCFG_OPEN_PASS | O_NOFOLLOW));
}

/* Judges all directories and links that a path leads through. False where it could not be
 * followed to its end. */
static bool walk(struct way *way, const char *path)
{
	char name[NAME_MAX + 1];
	bool at_file = false;

	if (!set_out(way, path))
		return false;
	while (!at_file && next_name(&way->route, name))
		if (!step(way, name, &at_file))
			return false;
	return !way->route.ahead[strspn(way->route.ahead, "/")];
}

/* Whether the path leads to what is open, and not only did when it was opened. */
static bool leads_to(struct way *way, const char *path, const struct stat *opened)
{
	bool ends = walk(way, path);

	if (way->route.directory >= 0)
		(void)close(way->route.directory);
	return ends && way->end.st_dev == opened->st_dev &&
	       way->end.st_ino == opened->st_ino;
}

struct dcfg_suspect dcfg_trust_check(const struct dcfg_trust *trust,
				     struct dcfg_arena *arena, int descriptor,
				     const char *path)
{
	struct way way = {.trust = trust, .route.directory = -1};
	const char *shown = way.suspect_path;
	struct stat status = {0};
	bool leads;

	if (!trust->checks)
		return way.suspect;
	leads = fstat(descriptor, &status) == 0 && leads_to(&way, path, &status);
	if (!S_ISDIR(status.st_mode) && !passes(trust, descriptor, &way.suspect)) {
		shown = leads ? way.route.behind : path;
	} else if (!leads && way.suspect.distrust == DCFG_TRUSTED) {
		way.suspect.distrust = DCFG_DISTRUST_UNKNOWN;
		shown = path;
	}
	if (way.suspect.distrust)
		way.suspect.path = dcfg_arena_copy(arena, dcfg_view_text(shown)).ptr;
	return way.suspect;
}
