/* SPDX-License-Identifier: ISC */
/* Directories of secrets as layers: opened, listed, and read for the keys that there are. Knows
 * no schema, and not which directory is stronger than what. */
#include "source/secrets.h"

#include "base/look.h"
#include "base/mem.h"
#include "model/conceal.h"
#include "model/distrust.h"
#include "source/reach.h"
#include "source/secrets_parts.h"
#include "source/source.h"

struct dcfg_secrets {
	struct dcfg_context *context;
	struct dcfg_secret_source *list;
	size_t count, next;
	bool incomplete;
};

static struct dcfg_source source_of(struct dcfg_context *context, struct dcfg_view name,
				    enum deploycfg_source_kind kind)
{
	return (struct dcfg_source){
		.name = name,
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_SECRETS),
		.layer = DEPLOYCFG_LAYER_SECRETS,
		.kind = kind,
	};
}

/* ------------------------------------------------------------------ directories */

static struct deploycfg_error *fail_dir(struct dcfg_context *context,
					const struct dcfg_place *place,
					const struct dcfg_dir *dir)
{
	struct deploycfg_error *error;

	switch (dir->state) {
	case DCFG_FILE_MISSING:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_NOT_FOUND, place, NULL,
				     "there is no such directory of secrets");
		dcfg_error_hint(error, "make it, or write optional: before its path");
		return error;
	case DCFG_FILE_NOT_REGULAR:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_NOT_REGULAR, place, NULL,
				     "it is %s, not a directory", dir->kind);
		dcfg_error_hint(error, "name the directory that holds a file for each "
				       "secret");
		return error;
	case DCFG_FILE_PERMISSION:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_PERMISSION, place, NULL,
				     "the directory may not be read by this user");
		dcfg_error_hint(error,
				"give the user read and search permission on it, and "
				"search permission on what it is in");
		return error;
	case DCFG_FILE_UNTRUSTED:
		return dcfg_report_distrust(context, place, NULL, &dir->suspect);
	case DCFG_FILE_ESCAPES:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_ESCAPE, place, NULL,
				     "is a link that leads out of its directory of "
				     "secrets");
		dcfg_error_hint(error, "put the directory itself there");
		return error;
	default:
		return dcfg_fail_at(context, DEPLOYCFG_ERR_IO, place, NULL,
				    "the directory cannot be read: %s", dir->reason);
	}
}

static void report_dir(struct dcfg_secrets *secrets,
		       const struct dcfg_secret_source *from, const struct dcfg_dir *dir)
{
	struct dcfg_context *context = secrets->context;
	const struct dcfg_place place = {.name = from->path.ptr};
	struct deploycfg_error *error;

	secrets->incomplete = true;
	dcfg_conceal_everything(context); /* nobody knows what it is the secrets of */
	if (context->arena.failed)
		return;
	error = fail_dir(context, &place, dir);
	if (from->asked->named_at.source != UINT32_MAX)
		dcfg_relate(context, error, from->asked->named_at, "named here");
}

static bool has_name(struct dcfg_secrets *secrets, const struct dcfg_secret_source *from)
{
	static const struct dcfg_place nowhere = {.name = "''"};

	if (from->path.len)
		return true;
	secrets->incomplete = true;
	dcfg_error_hint(dcfg_fail_at(secrets->context, DEPLOYCFG_ERR_ARGUMENT, &nowhere,
				     NULL, "the name of a directory of secrets is empty"),
			"name one; an unset shell variable may be the cause");
	return false;
}

/* Opens one directory and lists it; nothing more is to be done where it need not be there. */
static void open_one(struct dcfg_secrets *secrets, struct dcfg_secret_source *from)
{
	struct dcfg_context *context = secrets->context;
	struct dcfg_source source;
	bool is_optional = dcfg_take_optional(&from->path);
	struct dcfg_dir dir;

	if (!has_name(secrets, from))
		return;
	source = source_of(context, from->path, DEPLOYCFG_SOURCE_DIRECTORY);
	source.named = !is_optional;
	dir = dcfg_dir_open(&context->arena, from->path, &context->trust, &from->outer);
	if (dir.state == DCFG_FILE_MISSING && is_optional)
		dcfg_source_miss(context, &source,
				 dcfg_look(from->path.ptr) == DCFG_LOOK_DANGLING);
	else if (dir.state == DCFG_FILE_MISSING)
		source.state = DEPLOYCFG_SOURCE_MISSING;
	dcfg_source_add(context, &source);
	if (dir.state == DCFG_FILE_OK)
		(void)dcfg_secrets_list(context, from, &dir);
	if (dir.state != DCFG_FILE_OK && (dir.state != DCFG_FILE_MISSING || !is_optional))
		report_dir(secrets, from, &dir);
	if (dir.state != DCFG_FILE_OK)
		dcfg_dir_close(&from->open);
}

struct dcfg_secrets *dcfg_secrets_open(struct dcfg_context *context,
				       const struct dcfg_secret_dir *list, size_t count)
{
	struct dcfg_secrets *secrets =
		dcfg_arena_zalloc(&context->arena, sizeof(*secrets));

	if (!secrets)
		return NULL;
	secrets->context = context;
	secrets->list =
		dcfg_arena_zalloc(&context->arena, count * sizeof(*secrets->list));
	if (!secrets->list)
		return NULL;
	secrets->count = count;
	for (size_t i = 0; i < count; i++) {
		secrets->list[i].asked = &list[i];
		secrets->list[i].path = list[i].path;
		secrets->list[i].outer.descriptor = -1;
		secrets->list[i].open.descriptor = -1;
	}
	for (size_t i = 0; i < count && !context->arena.failed; i++)
		open_one(secrets, &secrets->list[i]);
	return secrets;
}

void dcfg_secrets_close(struct dcfg_secrets *secrets)
{
	for (size_t i = 0; secrets && i < secrets->count; i++) {
		dcfg_dir_close(&secrets->list[i].open);
		dcfg_dir_close(&secrets->list[i].outer);
		secrets->list[i].files.list = dcfg_free(secrets->list[i].files.list);
		secrets->list[i].files.count = 0;
	}
}

/* ---------------------------------------------------------------------- reading */

/* Whether a file was there when names were listed and is not any more. */
static bool read_one(struct dcfg_context *context, struct dcfg_secret *secret)
{
	const struct dcfg_trust trust = dcfg_secret_trust(context);

	secret->file =
		dcfg_file_read_beneath(&context->vault, secret->in, secret->name.ptr,
				       dcfg_secret_room(context), &trust);
	context->bytes += secret->file.text.len;
	return secret->file.state == DCFG_FILE_MISSING ||
	       secret->file.state == DCFG_FILE_FAILED;
}

static bool read_all(struct dcfg_context *context, struct dcfg_secret_source *from,
		     const struct dcfg_secret_keys *keys)
{
	bool lost = false, mixed = false;
	size_t count = from->files.count;

	from->files.count = 0;
	for (size_t i = 0; i < count; i++) {
		struct dcfg_secret *secret = &from->files.list[from->files.count];

		*secret = from->files.list[i];
		secret->key = dcfg_secrets_find(context, keys, secret->path);
		if (dcfg_secrets_pass_over(keys, secret))
			continue;
		from->files.count++;
		if (!secret->key || secret->unlisted.state != DCFG_FILE_OK)
			continue;
		lost |= read_one(context, secret);
		mixed |= secret->is_beside;
	}
	return !lost && !(mixed && dcfg_secrets_moved(from)); /* links may lead there */
}

/* All of one generation: where it was taken away meanwhile, all of the next. */
static void read_generation(struct dcfg_secrets *secrets, struct dcfg_secret_source *from,
			    const struct dcfg_secret_keys *keys)
{
	struct dcfg_context *context = secrets->context;
	uint64_t bytes = context->bytes;
	struct dcfg_dir dir = {.state = DCFG_FILE_OK};
	bool whole = read_all(context, from, keys);

	for (size_t i = 0; !whole && i < DCFG_SECRET_TRIES; i++) {
		if (context->arena.failed || context->vault.failed ||
		    !dcfg_secrets_moved(from))
			break;
		context->bytes = bytes;
		whole = dcfg_secrets_list(context, from, &dir) &&
			read_all(context, from, keys);
	}
	if (dir.state != DCFG_FILE_OK)
		report_dir(secrets, from, &dir);
}

/* ------------------------------------------------------------------------ layer */

/* The name of a source tells that the file is behind `..data` where there is one beside it. */
static struct dcfg_view
name_of(struct dcfg_context *context, const struct dcfg_secret_source *from,
	const struct dcfg_secret *secret, const struct dcfg_secret *before)
{
	struct dcfg_view name = secret->name;

	if (before && dcfg_view_equal(before->name, name))
		name = dcfg_join(&context->arena, DCFG_VIEW(DCFG_GENERATION), name);
	return name.ptr ? dcfg_join(&context->arena, from->path, name) : name;
}

/* The source of a file, with what became of it as far as the name tells. */
static void add_source(struct dcfg_context *context,
		       const struct dcfg_secret_source *from, struct dcfg_secret *secret,
		       const struct dcfg_secret *before)
{
	struct dcfg_view name = name_of(context, from, secret, before);
	struct dcfg_source source = source_of(context, name, DEPLOYCFG_SOURCE_FILE);

	if (!name.ptr)
		return;
	if (secret->is_directory || secret->unlisted.state != DCFG_FILE_OK)
		source.kind = DEPLOYCFG_SOURCE_DIRECTORY;
	if (!secret->key) {
		source.state = DEPLOYCFG_SOURCE_IGNORED;
		source.reason = secret->path.ptr
					? DCFG_VIEW("there is no key of its name")
					: DCFG_VIEW("its name is no key");
	} else if (secret->file.state == DCFG_FILE_MISSING) {
		dcfg_source_miss(context, &source, true);
	}
	secret->source = dcfg_source_add(context, &source);
}

/* A file and a file below a directory may be named alike. */
static bool is_twice(struct dcfg_context *context, const struct dcfg_secret *secret,
		     const struct dcfg_secret *before)
{
	struct deploycfg_error *error;

	if (!before || !before->key || !dcfg_view_equal(before->path, secret->path))
		return false;
	error = dcfg_fail(context, DEPLOYCFG_ERR_DUPLICATE,
			  dcfg_origin(secret->source, 0, 0), secret->path.ptr,
			  "two files are named for this key");
	dcfg_relate(context, error, dcfg_origin(before->source, 0, 0), "the other one");
	dcfg_error_hint(error, dcfg_view_equal(before->name, secret->name)
				       ? "one is behind ..data: remove the other one, or "
					 "make it a link to that"
				       : "keep one of them");
	return true;
}

static bool put(struct dcfg_context *context, struct dcfg_layer *layer,
		struct dcfg_secret *secret)
{
	const struct dcfg_secret_use use = {secret->path.ptr, secret->source,
					    secret->key->type == DEPLOYCFG_LIST};
	const struct dcfg_place place =
		dcfg_place_of(context, dcfg_origin(secret->source, 0, 0));
	struct dcfg_node *node;

	if (secret->is_directory)
		dcfg_secrets_conceal(context, secret->path);
	if (secret->unlisted.state != DCFG_FILE_OK) {
		fail_dir(context, &place, &secret->unlisted);
		return false;
	}
	if (secret->file.state == DCFG_FILE_MISSING)
		return true;
	if (!dcfg_source_count(context, secret->source))
		return false;
	node = dcfg_secret_node(context, &secret->file, &use);
	return node && dcfg_path_put(context, layer->root, secret->path, node);
}

static bool make_layer(struct dcfg_context *context, struct dcfg_secret_source *from,
		       struct dcfg_layer *layer)
{
	const struct dcfg_secret *before = NULL;
	bool good = true;

	for (size_t i = 0; i < from->files.count; i++) {
		struct dcfg_secret *secret = &from->files.list[i];

		add_source(context, from, secret, before);
		if (context->arena.failed)
			return false;
		if (secret->key && !is_twice(context, secret, before))
			good &= put(context, layer, secret);
		before = secret;
	}
	return good;
}

bool dcfg_secrets_more(const struct dcfg_secrets *secrets)
{
	return secrets && secrets->next < secrets->count &&
	       !secrets->context->arena.failed;
}

bool dcfg_secrets_next(struct dcfg_secrets *secrets, const struct dcfg_secret_keys *keys,
		       struct dcfg_layer *layer)
{
	struct dcfg_secret_source *from;

	if (!dcfg_secrets_more(secrets) || !keys->tree ||
	    !dcfg_layer_begin(secrets->context, layer))
		return false;
	from = &secrets->list[secrets->next++];
	if (from->open.descriptor < 0)
		return true;
	read_generation(secrets, from, keys);
	secrets->incomplete |= !make_layer(secrets->context, from, layer);
	if (!secrets->context->lacks_keys)
		dcfg_secrets_warn_near(secrets->context, &from->files, keys);
	dcfg_dir_close(&from->open);
	dcfg_dir_close(&from->outer);
	return true;
}

bool dcfg_secrets_complete(const struct dcfg_secrets *secrets)
{
	return secrets && !secrets->incomplete;
}
