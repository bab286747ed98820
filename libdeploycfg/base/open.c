/* SPDX-License-Identifier: ISC */
/* Opens files and directories. Knows the system's calls for it; reads nothing. */
#include "base/open.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif

#include "base/attr.h"

#define READING (O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)

/* Where standard streams are closed a file would get their numbers, and what is printed would go
 * into it. */
static int above_standard(int descriptor)
{
	int moved;

	if (descriptor < 0 || descriptor > STDERR_FILENO)
		return descriptor;
	moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	(void)close(descriptor);
	return moved;
}

int dcfg_open_at(int directory, const char *path, int flags)
{
	int descriptor;

	do
		descriptor = openat(directory, path, READING | flags);
	while (descriptor < 0 && errno == EINTR);
	return above_standard(descriptor);
}

/* Longest path, and most links, as systems have it. */
#define PATH_SIZE 4096
#define LINKS_MAX 40
#define STEPS_MAX 256

/* A path on its way down: directories that are open, and what is left to go. */
struct descent {
	int open[STEPS_MAX]; /* the first is the caller's */
	size_t depth;
	char rest[PATH_SIZE];
	unsigned links;
};

static int top(const struct descent *descent)
{
	return descent->open[descent->depth - 1];
}

static void leave(struct descent *descent)
{
	(void)close(descent->open[--descent->depth]);
}

/* Cuts the first name off the rest; false where it does not fit. */
static bool take_name(struct descent *descent, char name[NAME_MAX + 1])
{
	size_t len = strcspn(descent->rest, "/"), skipped = len;

	if (len > NAME_MAX)
		return false;
	memcpy(name, descent->rest, len);
	name[len] = '\0';
	skipped += strspn(descent->rest + len, "/");
	memmove(descent->rest, descent->rest + skipped,
		strlen(descent->rest + skipped) + 1);
	return true;
}

/* Puts what a link holds before the rest; false with errno. */
static bool follow(struct descent *descent, const char *target, size_t len)
{
	size_t rest = strlen(descent->rest);

	errno = ELOOP;
	if (++descent->links > LINKS_MAX)
		return false;
	errno = EXDEV;
	if (!len || *target == '/')
		return false;
	errno = ENAMETOOLONG;
	if (len + 1 + rest + 1 > sizeof(descent->rest))
		return false;
	memmove(descent->rest + len + 1, descent->rest, rest + 1);
	memcpy(descent->rest, target, len);
	descent->rest[len] = rest ? '/' : '\0';
	return true;
}

/* A directory on the way, kept open so that `..` needs no other. */
static bool enter(struct descent *descent, const char *name)
{
	int directory;

	errno = ENAMETOOLONG;
	if (descent->depth == STEPS_MAX)
		return false;
	directory = dcfg_open_at(top(descent), name, DCFG_OPEN_PASS | O_NOFOLLOW);
	if (directory < 0)
		return false;
	descent->open[descent->depth++] = directory;
	return true;
}

/* One step up or nowhere; false with errno where that is outside. */
static bool step_back(struct descent *descent, bool up)
{
	errno = EXDEV;
	if (up && descent->depth == 1)
		return false;
	if (up)
		leave(descent);
	return true;
}

/* One step along a name; *descriptor receives what stands at the end of the path. */
static bool step(struct descent *descent, const char *name, int flags, int *descriptor)
{
	char target[PATH_SIZE];
	ssize_t len;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return step_back(descent, name[1] == '.');
	len = readlinkat(top(descent), name, target, sizeof(target));
	if (len >= 0)
		return follow(descent, target, (size_t)len);
	if (errno != EINVAL)
		return false;
	if (*descent->rest)
		return enter(descent, name);
	*descriptor = dcfg_open_at(top(descent), name, flags | O_NOFOLLOW);
	return *descriptor >= 0;
}

/* A path that ends in `.` or `..` leads to a directory that is open already. */
static int descend(struct descent *descent, int flags)
{
	int descriptor = -1;

	while (*descent->rest && descriptor < 0) {
		char name[NAME_MAX + 1];

		errno = ENAMETOOLONG;
		if (!take_name(descent, name) || !step(descent, name, flags, &descriptor))
			return -1;
	}
	return descriptor >= 0 ? descriptor : dcfg_open_at(top(descent), ".", flags);
}

int dcfg_open_stepwise(int directory, const char *path, int flags)
{
	struct descent descent = {.open = {directory}, .depth = 1};
	size_t len = strlen(path);
	int descriptor, number;

	errno = len ? EXDEV : ENOENT;
	if (!len || *path == '/')
		return -1;
	errno = ENAMETOOLONG;
	if (len >= sizeof(descent.rest))
		return -1;
	memcpy(descent.rest, path, len + 1);
	descriptor = descend(&descent, flags);
	number = errno;
	while (descent.depth > 1)
		leave(&descent);
	errno = number;
	return descriptor;
}

#if defined(__linux__) && defined(SYS_openat2)

/* As the kernel has it: its own header may be older than the kernel. */
struct how {
	uint64_t flags, mode, resolve;
};

#define NO_MAGIC_LINKS 0x02
#define BENEATH 0x08

/* It gives EAGAIN where something on the way was renamed meanwhile. */
#define TRIES 64

static int open_at_once(int directory, const char *path, int flags)
{
	const struct how how = {
		.flags = (uint64_t)(READING | flags),
		.resolve = NO_MAGIC_LINKS | BENEATH,
	};
	int tries = 0;
	long descriptor;

	do
		descriptor = syscall(SYS_openat2, directory, path, &how, sizeof(how));
	while (descriptor < 0 && (errno == EINTR || errno == EAGAIN) && ++tries < TRIES);
	return above_standard((int)descriptor);
}

/* Kernels before it, and sandboxes that do not know it. */
static bool is_refused(int number)
{
	return number == ENOSYS || number == EPERM || number == EAGAIN ||
	       number == EINVAL;
}

int dcfg_open_beneath(int directory, const char *path, int flags)
{
	int descriptor = open_at_once(directory, path, flags);

	return descriptor < 0 && is_refused(errno)
		       ? dcfg_open_stepwise(directory, path, flags)
		       : descriptor;
}

#else

int dcfg_open_beneath(int directory, const char *path, int flags)
{
	return dcfg_open_stepwise(directory, path, flags);
}

#endif
