/* SPDX-License-Identifier: ISC */
/* Lists directories. Knows nothing of what names mean. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_parts.h"
#include "base/mem.h"
#include "base/open.h"

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
		directory->state = dcfg_file_fail(arena, errno, &directory->reason);
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
static void fail_dir(struct dcfg_arena *arena, struct dcfg_dir *directory, int from,
		     const char *path)
{
	int number = errno;
	struct stat status;

	directory->state = dcfg_file_fail(arena, number, &directory->reason);
	if (number == ENOTDIR && fstatat(from, path, &status, 0) == 0) {
		directory->state = DCFG_FILE_NOT_REGULAR;
		directory->kind = dcfg_kind_of(status.st_mode);
	}
}

/* Takes the descriptor over. */
static void list(struct dcfg_arena *arena, struct dcfg_dir *directory, int descriptor)
{
	DIR *stream = fdopendir(descriptor);

	if (!stream) {
		directory->state = dcfg_file_fail(arena, errno, &directory->reason);
		(void)close(descriptor);
		return;
	}
	read_names(arena, directory, stream);
	(void)closedir(stream);
}

static struct dcfg_dir open_once(struct dcfg_arena *arena, struct dcfg_view path,
				 const struct dcfg_trust *trust,
				 struct dcfg_open_dir *open)
{
	struct dcfg_dir directory = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};

	*open = (struct dcfg_open_dir){dcfg_open_at(AT_FDCWD, path.ptr, O_DIRECTORY),
				       path};
	if (open->descriptor < 0) {
		fail_dir(arena, &directory, AT_FDCWD, path.ptr);
		return directory;
	}
	directory.state = dcfg_file_judge(arena, trust, open->descriptor, path.ptr,
					  &directory.suspect, &directory.reason);
	if (directory.state != DCFG_FILE_OK)
		dcfg_dir_close(open);
	return directory;
}

struct dcfg_dir dcfg_dir_open(struct dcfg_arena *arena, struct dcfg_view path,
			      const struct dcfg_trust *trust, struct dcfg_open_dir *open)
{
	struct dcfg_dir directory = open_once(arena, path, trust, open);

	for (int tries = 1; tries < DCFG_OPEN_TRIES && !arena->failed &&
			    directory.suspect.distrust == DCFG_DISTRUST_UNKNOWN;
	     tries++)
		directory = open_once(arena, path, trust, open);
	return directory;
}

void dcfg_dir_close(struct dcfg_open_dir *open)
{
	if (open->descriptor >= 0)
		(void)close(open->descriptor);
	open->descriptor = -1;
}

struct dcfg_dir dcfg_dir_open_beneath(struct dcfg_arena *arena,
				      const struct dcfg_open_dir *from, const char *name,
				      struct dcfg_open_dir *open)
{
	struct dcfg_dir directory = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};

	*open = (struct dcfg_open_dir){
		dcfg_open_beneath(from->descriptor, name, O_DIRECTORY), from->path};
	if (open->descriptor < 0)
		fail_dir(arena, &directory, from->descriptor, name);
	return directory;
}

bool dcfg_dir_look(const struct dcfg_open_dir *from, const char *name,
		   struct dcfg_dir_id *id)
{
	struct stat status;
	bool is_itself = strcmp(name, ".") == 0; /* without the permission to search */

	if ((is_itself ? fstat(from->descriptor, &status)
		       : fstatat(from->descriptor, name, &status, 0)) < 0 ||
	    !S_ISDIR(status.st_mode))
		return false;
	*id = (struct dcfg_dir_id){(uint64_t)status.st_dev, (uint64_t)status.st_ino};
	return true;
}

struct dcfg_view dcfg_dir_link(const struct dcfg_open_dir *from, const char *name,
			       char *buffer, size_t size)
{
	ssize_t length = readlinkat(from->descriptor, name, buffer, size);

	return dcfg_view(buffer,
			 length < 0 || (size_t)length == size ? 0 : (size_t)length);
}

struct dcfg_dir dcfg_dir_read(struct dcfg_arena *arena, const char *path,
			      const struct dcfg_trust *trust)
{
	struct dcfg_dir directory = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};
	struct dcfg_open_dir open;

	if (!path) /* there was no memory for it */
		return directory;
	directory = dcfg_dir_open(arena, dcfg_view_text(path), trust, &open);
	if (directory.state == DCFG_FILE_OK)
		list(arena, &directory, open.descriptor);
	return directory;
}

struct dcfg_dir dcfg_dir_read_beneath(struct dcfg_arena *arena,
				      const struct dcfg_open_dir *from, const char *name,
				      const struct dcfg_trust *trust)
{
	struct dcfg_dir directory = {.state = DCFG_FILE_OK, .kind = "", .reason = ""};
	struct dcfg_view path = dcfg_join(arena, from->path, dcfg_view_text(name));
	int descriptor = dcfg_open_beneath(from->descriptor, name, O_DIRECTORY);

	if (descriptor < 0) {
		fail_dir(arena, &directory, from->descriptor, name);
		return directory;
	}
	if (path.ptr)
		directory.state = dcfg_file_judge(arena, trust, descriptor, path.ptr,
						  &directory.suspect, &directory.reason);
	if (path.ptr && directory.state == DCFG_FILE_OK)
		list(arena, &directory, descriptor);
	else
		(void)close(descriptor);
	return directory;
}
