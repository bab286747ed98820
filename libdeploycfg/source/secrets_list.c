/* SPDX-License-Identifier: ISC */
/* Which keys the files of a directory are named for. Opens directories, and no file. */
#include "base/mem.h"
#include "model/conceal.h"
#include "model/key.h"
#include "source/reach.h"
#include "source/secrets_parts.h"

/* Directories in one another, as deep as keys are. */
struct listing {
	struct dcfg_context *context;
	struct dcfg_secret_source *from;
	const struct dcfg_open_dir *in; /* that of the two that is listed */
	struct dcfg_dir_id above[DCFG_DEPTH_MAX];
	size_t depth;
	size_t directories; /* seen so far: links could multiply them */
};

#define DIRECTORIES_MAX 1024

/* Whether there is such a link; what else has the name begins with a dot as any other. */
static bool has_generation(const struct dcfg_secret_source *from)
{
	char target[DCFG_PATH_MAX];

	return dcfg_dir_link(&from->outer, DCFG_GENERATION, target, sizeof(target)).len;
}

/* Opens what `..data` leads to now, else the directory itself again. */
static struct dcfg_dir enter(struct dcfg_context *context,
			     struct dcfg_secret_source *from)
{
	static const struct dcfg_dir_id none;
	struct dcfg_dir dir = {.state = DCFG_FILE_MISSING};

	dcfg_dir_close(&from->open);
	from->generation = none;
	if (has_generation(from))
		dir = dcfg_dir_open_beneath(&context->arena, &from->outer,
					    DCFG_GENERATION, &from->open);
	if (dir.state != DCFG_FILE_OK)
		return dcfg_dir_open_beneath(&context->arena, &from->outer, ".",
					     &from->open);
	if (!dcfg_dir_look(&from->open, ".", &from->generation))
		from->generation = none;
	if (from->generation.inode)
		from->open.path = dcfg_join(&context->arena, from->outer.path,
					    DCFG_VIEW(DCFG_GENERATION));
	return dir;
}

bool dcfg_secrets_moved(const struct dcfg_secret_source *from)
{
	struct dcfg_dir_id now = {0, 0};

	if (has_generation(from))
		(void)dcfg_dir_look(&from->outer, DCFG_GENERATION, &now);
	return now.device != from->generation.device ||
	       now.inode != from->generation.inode;
}

/* The key that a name in a directory stands for. */
static struct dcfg_view path_of(struct dcfg_context *context, struct dcfg_view name)
{
	struct dcfg_view path = dcfg_arena_copy(&context->arena, name);
	char *text = (char *)path.ptr;

	for (size_t i = 0; text && i < path.len; i++)
		if (text[i] == '/')
			text[i] = '.';
	return text && dcfg_path_fits(context, path) ? dcfg_path_copy(context, path)
						     : dcfg_view(NULL, 0);
}

void dcfg_secrets_conceal(struct dcfg_context *context, struct dcfg_view path)
{
	struct dcfg_view segments[DCFG_DEPTH_MAX];
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	size_t count = 0;

	while (count < DCFG_DEPTH_MAX && dcfg_key_next(&key, &segment)) {
		char *buffer = dcfg_arena_alloc(&context->arena, segment.text.len);

		if (!buffer)
			return;
		segments[count++] = segment.is_index
					    ? DCFG_ANY_ITEM
					    : dcfg_segment_text(&segment, buffer);
	}
	dcfg_conceal(context, segments, count, true);
}

/* A file, or a directory, which may have been meant as one. */
static bool add(struct listing *listing, struct dcfg_view name,
		const struct dcfg_dir *directory)
{
	struct dcfg_secret_list *files = &listing->from->files;
	struct dcfg_secret *list =
		dcfg_grow(files->list, files->count, &files->capacity, sizeof(*list));
	struct dcfg_secret *secret;

	if (!list) {
		listing->context->arena.failed = true;
		return false;
	}
	files->list = list;
	secret = &list[files->count++];
	*secret = (struct dcfg_secret){
		.in = listing->in, .name = name, .source = UINT32_MAX};
	secret->is_beside =
		listing->from->generation.inode && listing->in == &listing->from->outer;
	secret->path = path_of(listing->context, name);
	secret->is_directory = directory && directory->state == DCFG_FILE_OK;
	secret->is_empty = secret->is_directory && !directory->count;
	if (directory && !secret->is_directory)
		secret->unlisted = *directory;
	if (secret->path.ptr && !secret->is_directory)
		dcfg_secrets_conceal(listing->context, secret->path);
	return !listing->context->arena.failed;
}

/* A link may lead to where it is in. */
static bool is_above(const struct listing *listing, const struct dcfg_dir_id *id)
{
	for (size_t i = 0; i < listing->depth; i++)
		if (listing->above[i].device == id->device &&
		    listing->above[i].inode == id->inode)
			return true;
	return false;
}

static bool list_names(struct listing *listing, struct dcfg_view below,
		       const struct dcfg_dir *dir);

/* Goes into a directory, no deeper than keys are; recursion is as deep as that. */
static bool list_below(struct listing *listing, struct dcfg_view name,
		       const struct dcfg_dir_id *id)
{
	struct dcfg_context *context = listing->context;
	struct dcfg_dir dir = {.state = DCFG_FILE_OK};
	bool listed;

	if (!path_of(context, name).ptr) /* no key is there */
		return true;
	if (is_above(listing, id) ||
	    listing->depth >= context->limits.of[DEPLOYCFG_LIMIT_DEPTH])
		return add(listing, name, &dir);
	if (listing->directories == DIRECTORIES_MAX) {
		listing->from->too_many = true;
		return true;
	}
	listing->directories++;
	dir = dcfg_dir_read_beneath(&context->arena, listing->in, name.ptr,
				    &context->trust);
	if (!add(listing, name, &dir))
		return false;
	if (dir.state != DCFG_FILE_OK)
		return true;
	listing->above[listing->depth++] = *id;
	listed = list_names(listing, name, &dir);
	listing->depth--;
	return listed;
}

static bool leads_into(struct dcfg_view target, struct dcfg_view directory,
		       struct dcfg_view name)
{
	struct dcfg_view rest;

	if (!directory.len || !dcfg_view_starts(target, directory))
		return false;
	rest = dcfg_view_skip(target, directory.len);
	return rest.len && *rest.ptr == '/' &&
	       dcfg_view_equal(dcfg_view_skip(rest, 1), name);
}

/* Whether a name beside `..data` is a link, through it or to where it leads, to what has this name
 * there, and is listed there. */
static bool is_of_generation(const struct listing *listing, struct dcfg_view name)
{
	char buffer[DCFG_PATH_MAX], through[DCFG_PATH_MAX];
	struct dcfg_view target;

	if (listing->in == &listing->from->open)
		return false;
	target = dcfg_dir_link(listing->in, name.ptr, buffer, sizeof(buffer));
	return leads_into(target, DCFG_VIEW(DCFG_GENERATION), name) ||
	       leads_into(target,
			  dcfg_dir_link(listing->in, DCFG_GENERATION, through,
					sizeof(through)),
			  name);
}

static bool list_names(struct listing *listing, struct dcfg_view below,
		       const struct dcfg_dir *dir)
{
	struct dcfg_context *context = listing->context;

	for (size_t i = 0; i < dir->count; i++) {
		struct dcfg_view name = dir->names[i];
		struct dcfg_dir_id id;

		if (*name.ptr == '.' || (!below.len && is_of_generation(listing, name)))
			continue;
		if (below.len)
			name = dcfg_join(&context->arena, below, name);
		if (!name.ptr)
			return false;
		if (dcfg_dir_look(listing->in, name.ptr, &id)
			    ? !list_below(listing, name, &id)
			    : !add(listing, name, NULL))
			return false;
	}
	return true;
}

static int by_path(const void *left, const void *right)
{
	const struct dcfg_secret *a = left, *b = right;
	int order = (a->path.ptr != NULL) - (b->path.ptr != NULL);

	if (!order && a->path.ptr)
		order = dcfg_path_compare(a->path, b->path);
	if (!order)
		order = dcfg_view_compare(a->name, b->name);
	return order ? order : b->is_beside - a->is_beside;
}

static bool list_all(struct listing *listing, const struct dcfg_open_dir *in,
		     struct dcfg_dir *dir)
{
	*dir = dcfg_dir_read_beneath(&listing->context->arena, in, ".",
				     &listing->context->trust);
	if (dir->state != DCFG_FILE_OK || !dcfg_dir_look(in, ".", &listing->above[0]))
		return false;
	listing->in = in;
	listing->depth = 1;
	return list_names(listing, DCFG_VIEW(""), dir);
}

static bool list_once(struct dcfg_context *context, struct dcfg_secret_source *from,
		      struct dcfg_dir *dir)
{
	struct listing listing = {.context = context, .from = from};

	from->files.count = 0;
	from->too_many = false;
	*dir = enter(context, from);
	return dir->state == DCFG_FILE_OK && list_all(&listing, &from->open, dir) &&
	       (!from->generation.inode || list_all(&listing, &from->outer, dir));
}

static void report_too_many(struct dcfg_context *context,
			    const struct dcfg_secret_source *from)
{
	const struct dcfg_place place = {.name = from->path.ptr};

	dcfg_error_hint(dcfg_fail_at(context, DEPLOYCFG_ERR_LIMIT, &place, NULL,
				     "has more than %d directories in it, which is the "
				     "limit for secrets",
				     DIRECTORIES_MAX),
			"name the directory that holds this program's secrets alone");
}

bool dcfg_secrets_list(struct dcfg_context *context, struct dcfg_secret_source *from,
		       struct dcfg_dir *dir)
{
	struct dcfg_secret_list *files = &from->files;
	size_t tries = 0;
	bool listed;

	do
		listed = list_once(context, from, dir);
	while (!context->arena.failed && ++tries < DCFG_SECRET_TRIES &&
	       dcfg_secrets_moved(from));
	if (files->count)
		qsort(files->list, files->count, sizeof(*files->list), by_path);
	if (from->too_many)
		report_too_many(context, from);
	return listed;
}
