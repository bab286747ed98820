/* SPDX-License-Identifier: ISC */
/* Opens once, asks the descriptor what it is, reads it whole or not at all. Knows nothing
 * of what is in a file nor who wanted it. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define READ_MAX ((size_t)1 << 30) /* bytes at once: some systems refuse INT_MAX */
#define SPARE_MIN ((size_t)4096)

static const char *kind_of(mode_t mode)
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
	if (number == EACCES || number == EPERM)
		return DCFG_FILE_PERMISSION;
	return DCFG_FILE_FAILED;
}

const char *dcfg_file_kind(const char *path, bool *missing)
{
	struct stat status;
	bool found = stat(path, &status) == 0;

	*missing = !found && state_of(errno) == DCFG_FILE_MISSING;
	return found && !S_ISREG(status.st_mode) ? kind_of(status.st_mode) : NULL;
}

static int open_read(const char *path, int flags)
{
	int descriptor;

	do
		descriptor =
			open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | flags);
	while (descriptor < 0 && errno == EINTR);
	return descriptor;
}

/* What every failure comes down to; lack of memory in the system is lack of memory. */
static enum dcfg_file_state fail(struct dcfg_arena *arena, int number,
				 const char **reason)
{
	arena->failed |= number == ENOMEM;
	*reason = reason_of(number);
	return state_of(number);
}

/* A socket, or a device that is not there, does not open: its inode says what it is. */
static void fail_open(struct dcfg_arena *arena, struct dcfg_file *file, const char *path)
{
	int number = errno;
	struct stat status;

	file->state = fail(arena, number, &file->reason);
	if (number != ENXIO && number != ENODEV && number != EOPNOTSUPP)
		return;
	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
		file->state = DCFG_FILE_NOT_REGULAR;
		file->kind = kind_of(status.st_mode);
	}
}

/* Whether the descriptor may be read, and how large it says it is. */
static bool examine(struct dcfg_arena *arena, struct dcfg_file *file, int descriptor,
		    uint64_t limit)
{
	struct stat status;

	if (fstat(descriptor, &status) < 0) {
		file->state = fail(arena, errno, &file->reason);
		return false;
	}
	if (!S_ISREG(status.st_mode)) {
		file->state = DCFG_FILE_NOT_REGULAR;
		file->kind = kind_of(status.st_mode);
		return false;
	}
	file->size = (uint64_t)status.st_size;
	if (file->size > limit)
		file->state = DCFG_FILE_TOO_BIG;
	return file->state == DCFG_FILE_OK;
}

struct buffer {
	char *text;
	size_t len, room; /* room for a NUL not counted */
};

/* Fills the buffer up to the end of the file; false with errno. */
static bool fill(struct buffer *buffer, int descriptor)
{
	while (buffer->len < buffer->room) {
		size_t wanted = buffer->room - buffer->len;
		ssize_t got = read(descriptor, buffer->text + buffer->len,
				   wanted < READ_MAX ? wanted : READ_MAX);

		if (got == 0)
			break;
		if (got > 0)
			buffer->len += (size_t)got;
		else if (errno != EINTR)
			return false;
	}
	return true;
}

static bool enlarge(struct buffer *buffer, struct dcfg_arena *arena, size_t room)
{
	char *larger = dcfg_arena_alloc(arena, room + 1);

	if (!larger)
		return false;
	if (buffer->len)
		memcpy(larger, buffer->text, buffer->len);
	buffer->text = larger;
	buffer->room = room;
	return true;
}

/*
 * Room is made for one byte more than there should be, so that a file that grew meanwhile
 * shows. Those under /proc say that they are empty, and need more than they said.
 */
static bool fill_all(struct buffer *buffer, struct dcfg_arena *arena, int descriptor,
		     uint64_t size, uint64_t limit)
{
	size_t room = (size_t)size + 1;

	while (buffer->len == buffer->room && buffer->len <= limit) {
		if (!enlarge(buffer, arena, room)) {
			errno = ENOMEM;
			return false;
		}
		if (!fill(buffer, descriptor))
			return false;
		room = room < SPARE_MIN ? SPARE_MIN : room * 2;
		if (room > limit)
			room = (size_t)limit + 1;
	}
	return true;
}

/* A file whose size is another than before was caught half-written. */
static bool changed(const struct dcfg_file *file, size_t len, int descriptor)
{
	struct stat status;

	return len != file->size && fstat(descriptor, &status) == 0 &&
	       (uint64_t)status.st_size != file->size;
}

static void read_content(struct dcfg_arena *arena, struct dcfg_file *file, int descriptor,
			 uint64_t limit)
{
	struct buffer buffer = {NULL, 0, 0};

	if (!fill_all(&buffer, arena, descriptor, file->size, limit)) {
		file->state = fail(arena, errno, &file->reason);
	} else if (buffer.len > limit) {
		file->size = buffer.len;
		file->state = DCFG_FILE_TOO_BIG;
	} else if (changed(file, buffer.len, descriptor)) {
		file->reason = "the file changed while it was being read";
		file->state = DCFG_FILE_FAILED;
	} else {
		buffer.text[buffer.len] = '\0';
		file->text = dcfg_view(buffer.text, buffer.len);
	}
}

struct dcfg_file dcfg_file_read(struct dcfg_arena *arena, const char *path,
				uint64_t limit)
{
	struct dcfg_file file = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};
	int descriptor = open_read(path, 0);

	if (descriptor < 0) {
		fail_open(arena, &file, path);
		return file;
	}
	if (limit > SIZE_MAX / 4)
		limit = SIZE_MAX / 4;
	if (examine(arena, &file, descriptor, limit))
		read_content(arena, &file, descriptor, limit);
	(void)close(descriptor);
	return file;
}

/* Names of a directory, outside of the arena as long as their number is not known. */
struct names {
	struct dcfg_view *list;
	size_t count, capacity;
};

static bool add_name(struct names *names, struct dcfg_arena *arena, const char *name)
{
	struct dcfg_view *moved;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return true;
	moved = dcfg_grow(names->list, names->count, &names->capacity, sizeof(*moved));
	if (!moved)
		return false;
	names->list = moved;
	names->list[names->count] = dcfg_arena_copy(arena, dcfg_view_text(name));
	return names->list[names->count++].ptr != NULL;
}

/* All names in the order of the file system; false with errno. */
static bool list_names(struct names *names, struct dcfg_arena *arena, DIR *stream)
{
	for (;;) {
		struct dirent *entry;

		errno = 0;
		entry = readdir(stream);
		if (!entry)
			return errno == 0;
		if (!add_name(names, arena, entry->d_name)) {
			errno = ENOMEM;
			return false;
		}
	}
}

static int compare_names(const void *a, const void *b)
{
	return dcfg_view_compare(*(const struct dcfg_view *)a,
				 *(const struct dcfg_view *)b);
}

/* Reads a stream of which it is known that it is a directory's. */
static void read_names(struct dcfg_arena *arena, struct dcfg_dir *directory, DIR *stream)
{
	struct names names = {NULL, 0, 0};
	bool listed = list_names(&names, arena, stream);

	if (!listed)
		directory->state = fail(arena, errno, &directory->reason);
	else
		directory->names =
			dcfg_arena_alloc(arena, names.count * sizeof(*directory->names));
	if (listed && !directory->names)
		directory->state = DCFG_FILE_FAILED;
	if (directory->names && names.count) {
		qsort(names.list, names.count, sizeof(*names.list), compare_names);
		memcpy(directory->names, names.list, names.count * sizeof(*names.list));
		directory->count = names.count;
	}
	dcfg_free(names.list);
}

/* "Not a directory" is said of the path and of its parents alike. */
static void fail_dir(struct dcfg_arena *arena, struct dcfg_dir *directory,
		     const char *path)
{
	int number = errno;
	struct stat status;

	directory->state = fail(arena, number, &directory->reason);
	if (number == ENOTDIR && stat(path, &status) == 0) {
		directory->state = DCFG_FILE_NOT_REGULAR;
		directory->kind = kind_of(status.st_mode);
	}
}

struct dcfg_dir dcfg_dir_read(struct dcfg_arena *arena, const char *path)
{
	struct dcfg_dir directory = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};
	int descriptor = open_read(path, O_DIRECTORY);
	DIR *stream = descriptor >= 0 ? fdopendir(descriptor) : NULL;

	if (!stream) {
		fail_dir(arena, &directory, path);
		if (descriptor >= 0)
			(void)close(descriptor);
		return directory;
	}
	read_names(arena, &directory, stream);
	(void)closedir(stream);
	return directory;
}

struct dcfg_view dcfg_join(struct dcfg_arena *arena, struct dcfg_view directory,
			   struct dcfg_view name)
{
	bool slash = directory.len && directory.ptr[directory.len - 1] == '/';

	return dcfg_arena_printf(arena, "%.*s%s%.*s", DCFG_ARG(directory),
				 slash ? "" : "/", DCFG_ARG(name));
}
