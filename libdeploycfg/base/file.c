/* SPDX-License-Identifier: ISC */
/* Opens once, asks the descriptor what it is, reads it whole or not at all. Knows nothing
 * of what is in a file nor who wanted it. */
#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_parts.h"
#include "base/open.h"

#define READ_MAX ((size_t)1 << 30) /* bytes at once: some systems refuse INT_MAX */
#define SPARE_MIN ((size_t)4096)

/* Where a path begins: beneath a directory, or anywhere. */
struct start {
	const struct dcfg_open_dir *beneath; /* NULL: anywhere */
	const char *path;
	const struct dcfg_trust *trust;
};

static int open_start(const struct start *start)
{
	return start->beneath
		       ? dcfg_open_beneath(start->beneath->descriptor, start->path, 0)
		       : dcfg_open_at(AT_FDCWD, start->path, 0);
}

/* A socket, or a device that is not there, does not open: its inode says what it is. */
static void fail_open(struct dcfg_arena *arena, struct dcfg_file *file,
		      const struct start *start)
{
	int number = errno, directory = AT_FDCWD;
	struct stat status;

	if (start->beneath)
		directory = start->beneath->descriptor;
	file->state = dcfg_file_fail(arena, number, &file->reason);
	if (number != ENXIO && number != ENODEV && number != EOPNOTSUPP)
		return;
	if (fstatat(directory, start->path, &status, 0) == 0 &&
	    !S_ISREG(status.st_mode)) {
		file->state = DCFG_FILE_NOT_REGULAR;
		file->kind = dcfg_kind_of(status.st_mode);
	}
}

/* The path in full, along which is looked at who may write. */
static const char *whole_path(struct dcfg_arena *arena, const struct start *start)
{
	struct dcfg_view path;

	if (!start->beneath || !start->trust || !start->trust->checks)
		return start->path;
	path = dcfg_join(arena, start->beneath->path, dcfg_view_text(start->path));
	return path.ptr ? path.ptr : start->path;
}

/* Whether the descriptor may be read, and how large it says it is. */
static bool examine(struct dcfg_arena *arena, struct dcfg_file *file, int descriptor,
		    const struct start *start, uint64_t limit)
{
	struct stat status;

	if (fstat(descriptor, &status) < 0) {
		file->state = dcfg_file_fail(arena, errno, &file->reason);
		return false;
	}
	if (!S_ISREG(status.st_mode)) {
		file->state = DCFG_FILE_NOT_REGULAR;
		file->kind = dcfg_kind_of(status.st_mode);
		return false;
	}
	file->size = (uint64_t)status.st_size;
	file->state =
		dcfg_file_judge(arena, start->trust, descriptor, whole_path(arena, start),
				&file->suspect, &file->reason);
	if (file->state == DCFG_FILE_OK && file->size > limit)
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
		file->state = dcfg_file_fail(arena, errno, &file->reason);
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

static struct dcfg_file read_once(struct dcfg_arena *arena, const struct start *start,
				  uint64_t limit)
{
	struct dcfg_file file = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};
	int descriptor = open_start(start);

	if (descriptor < 0) {
		fail_open(arena, &file, start);
		return file;
	}
	if (limit > SIZE_MAX / 4)
		limit = SIZE_MAX / 4;
	if (examine(arena, &file, descriptor, start, limit))
		read_content(arena, &file, descriptor, limit);
	(void)close(descriptor);
	return file;
}

/* One that was replaced since it was opened is read as it is by now. */
static struct dcfg_file read_from(struct dcfg_arena *arena, const struct start *start,
				  uint64_t limit)
{
	struct dcfg_file file = read_once(arena, start, limit);

	for (int tries = 1; tries < DCFG_OPEN_TRIES && !arena->failed &&
			    file.suspect.distrust == DCFG_DISTRUST_UNKNOWN;
	     tries++)
		file = read_once(arena, start, limit);
	return file;
}

struct dcfg_file dcfg_file_read(struct dcfg_arena *arena, const char *path,
				uint64_t limit, const struct dcfg_trust *trust)
{
	return read_from(arena, &(struct start){NULL, path, trust}, limit);
}

struct dcfg_file
dcfg_file_read_beneath(struct dcfg_arena *arena, const struct dcfg_open_dir *directory,
		       const char *name, uint64_t limit, const struct dcfg_trust *trust)
{
	return read_from(arena, &(struct start){directory, name, trust}, limit);
}

struct dcfg_view dcfg_join(struct dcfg_arena *arena, struct dcfg_view directory,
			   struct dcfg_view name)
{
	bool slash = directory.len && directory.ptr[directory.len - 1] == '/';

	return dcfg_arena_printf(arena, "%.*s%s%.*s", DCFG_ARG(directory),
				 slash ? "" : "/", DCFG_ARG(name));
}
