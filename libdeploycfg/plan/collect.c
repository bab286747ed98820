/* SPDX-License-Identifier: ISC */
/*
 * From the caller's directories, files and texts to sources: directories are listed, names
 * sorted into layers. Knows names; opens no file.
 */
#include "plan/collect.h"

#include "base/file.h"
#include "base/mem.h"
#include "plan/hierarchy.h"

static void add_item(struct dcfg_planning *planning, const struct dcfg_source *source,
		     size_t group)
{
	struct dcfg_item *items = dcfg_grow(planning->items, planning->count,
					    &planning->capacity, sizeof(*items));

	if (!items) {
		planning->context->arena.failed = true;
		return;
	}
	planning->items = items;
	items[planning->count] = (struct dcfg_item){*source, group, planning->count};
	planning->count++;
}

static struct deploycfg_error *fail_at(struct dcfg_planning *planning,
				       enum deploycfg_status status,
				       struct dcfg_view name, const char *message)
{
	struct dcfg_place place = {.name = name.ptr};

	return dcfg_fail_at(planning->context, status, &place, NULL, "%s", message);
}

static struct dcfg_view environment_label(const struct dcfg_planning *planning)
{
	return planning->environment ? planning->environment->name
				     : DCFG_VIEW("environment");
}

static struct dcfg_view label_of(struct dcfg_planning *planning, int layer)
{
	return layer == DEPLOYCFG_LAYER_ENVIRONMENT
		       ? environment_label(planning)
		       : dcfg_layer_label(planning->context, layer);
}

static struct dcfg_view join(struct dcfg_planning *planning, struct dcfg_view directory,
			     struct dcfg_view name)
{
	bool slash = directory.len && directory.ptr[directory.len - 1] == '/';

	return dcfg_arena_printf(&planning->context->arena, "%.*s%s%.*s",
				 DCFG_ARG(directory), slash ? "" : "/", DCFG_ARG(name));
}

/* The main files of one layer in one directory: at most one of each syntax. */
struct group {
	size_t number;
	struct dcfg_view names[2]; /* by syntax */
};

static bool is_dangling(struct dcfg_view name)
{
	bool missing;

	return !dcfg_file_kind(name.ptr, &missing) && missing;
}

static void report_pair(struct dcfg_planning *planning, struct dcfg_view name,
			struct dcfg_view other)
{
	struct dcfg_place place = {.name = other.ptr};
	struct deploycfg_error *error =
		fail_at(planning, DEPLOYCFG_ERR_DUPLICATE, name,
			"two files of one directory are the same layer");

	dcfg_error_related(error, &place, "the other one");
	dcfg_error_hint(error, "keep one of them");
}

/* Finds a second file of one layer and syntax. A dangling link is none. */
static bool is_alone(struct dcfg_planning *planning, struct group *group,
		     const struct dcfg_source *source)
{
	struct dcfg_view *taken = &group->names[source->syntax];

	if (taken->ptr && !is_dangling(source->name) && !is_dangling(*taken)) {
		report_pair(planning, source->name, *taken);
		return false;
	}
	if (!taken->ptr || is_dangling(*taken))
		*taken = source->name;
	return true;
}

/* A link and its twin are read as two units: the link will be told to be missing. */
static void add_layer_file(struct dcfg_planning *planning, struct group *group,
			   struct dcfg_source *source)
{
	bool first = !group->names[source->syntax].ptr;

	if (!is_alone(planning, group, source))
		return;
	if (!group->number)
		group->number = ++planning->groups;
	source->label = label_of(planning, source->layer);
	add_item(planning, source, first ? group->number : ++planning->groups);
}

static void ignore_environment(struct dcfg_planning *planning, struct group *group,
			       struct dcfg_source *source,
			       const struct dcfg_environment *environment)
{
	const struct dcfg_environment *selected = planning->environment;

	if (!is_alone(planning, group, source))
		return;
	source->state = DEPLOYCFG_SOURCE_IGNORED;
	source->label = environment->name;
	source->reason = selected ? dcfg_arena_printf(&planning->context->arena,
						      "the environment is %.*s",
						      DCFG_ARG(selected->name))
				  : DCFG_VIEW("no environment is selected");
	add_item(planning, source, 0);
}

static void report_unsupported(struct dcfg_planning *planning, struct dcfg_view name,
			       const char *what)
{
	struct dcfg_place place = {.name = name.ptr};
	struct deploycfg_error *error =
		dcfg_fail_at(planning->context, DEPLOYCFG_ERR_UNSUPPORTED, &place, NULL,
			     "%s is not supported yet", what);

	dcfg_error_hint(error, "remove it: what it says would be ignored");
}

/* The group of a file: those of the environments follow the base. */
static struct group *group_of(const struct dcfg_planning *planning, struct group *groups,
			      const struct dcfg_file_name *file)
{
	return file->environment
		       ? &groups[1 + (file->environment - planning->environments->list)]
		       : &groups[0];
}

static void add_name(struct dcfg_planning *planning, struct dcfg_view directory,
		     struct dcfg_view name, struct group *groups)
{
	struct dcfg_file_name file = dcfg_file_name(planning->environments, name);
	struct group *group = group_of(planning, groups, &file);
	struct dcfg_source source = {.name = join(planning, directory, name),
				     .kind = DEPLOYCFG_SOURCE_FILE,
				     .syntax = file.syntax};

	switch (file.role) {
	case DCFG_ROLE_BASE:
		source.layer = DEPLOYCFG_LAYER_BASE;
		add_layer_file(planning, group, &source);
		break;
	case DCFG_ROLE_ENVIRONMENT:
		source.layer = DEPLOYCFG_LAYER_ENVIRONMENT;
		if (file.environment == planning->environment)
			add_layer_file(planning, group, &source);
		else
			ignore_environment(planning, group, &source, file.environment);
		break;
	case DCFG_ROLE_UNSUPPORTED:
		report_unsupported(planning, source.name, file.what);
		break;
	case DCFG_ROLE_OTHER:
		source.state = DEPLOYCFG_SOURCE_NOT_A_LAYER;
		source.label = DCFG_VIEW("");
		add_item(planning, &source, 0);
		break;
	}
}

static void report_directory(struct dcfg_planning *planning, struct dcfg_view name,
			     const struct dcfg_dir *dir)
{
	struct dcfg_arena *arena = &planning->context->arena;
	struct deploycfg_error *error;

	switch (dir->state) {
	case DCFG_FILE_MISSING:
		error = fail_at(planning, DEPLOYCFG_ERR_NOT_FOUND, name,
				"there is no such directory");
		dcfg_error_hint(error, "make it, or name another one");
		break;
	case DCFG_FILE_NOT_REGULAR:
		error = fail_at(
			planning, DEPLOYCFG_ERR_NOT_REGULAR, name,
			dcfg_arena_printf(arena, "it is %s, not a directory", dir->kind)
				.ptr);
		dcfg_error_hint(error, "name a single file with --file");
		break;
	case DCFG_FILE_PERMISSION:
		error = fail_at(planning, DEPLOYCFG_ERR_PERMISSION, name,
				"the directory may not be read by this user");
		dcfg_error_hint(error, "give the user read and search permission on it");
		break;
	default:
		fail_at(planning, DEPLOYCFG_ERR_IO, name,
			dcfg_arena_printf(arena, "the directory cannot be read: %s",
					  dir->reason)
				.ptr);
	}
}

static void add_directory(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	struct dcfg_dir dir = dcfg_dir_read(&planning->context->arena, input->name.ptr);
	struct dcfg_source source = {.name = input->name,
				     .label = DCFG_VIEW(""),
				     .kind = DEPLOYCFG_SOURCE_DIRECTORY,
				     .named = true};
	struct group *groups =
		dcfg_arena_zalloc(&planning->context->arena,
				  (1 + planning->environments->count) * sizeof(*groups));

	if (!groups || planning->context->arena.failed)
		return;
	if (dir.state != DCFG_FILE_OK) {
		report_directory(planning, input->name, &dir);
		return;
	}
	add_item(planning, &source, 0);
	for (size_t i = 0; i < dir.count; i++)
		add_name(planning, input->name, dir.names[i], groups);
}

/* What is no file at all is told as what it is. */
static void report_suffix(struct dcfg_planning *planning, struct dcfg_view name)
{
	bool missing;
	const char *kind = dcfg_file_kind(name.ptr, &missing);
	struct deploycfg_error *error;

	if (kind) {
		error = fail_at(planning, DEPLOYCFG_ERR_NOT_REGULAR, name,
				dcfg_arena_printf(&planning->context->arena,
						  "it is %s, not a regular file", kind)
					.ptr);
		dcfg_error_hint(error, "name a file, or a directory with --dir");
	} else {
		error = fail_at(planning, DEPLOYCFG_ERR_ARGUMENT, name,
				"the name does not say how the file is written");
		dcfg_error_hint(error,
				"rename it so that it ends in .ini, .yaml or .yml");
	}
}

static void add_file(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	struct dcfg_source source = {.name = input->name,
				     .kind = DEPLOYCFG_SOURCE_FILE,
				     .layer = DEPLOYCFG_LAYER_FILE,
				     .named = true};
	struct dcfg_view stem;

	if (!dcfg_syntax_of(input->name, &source.syntax, &stem)) {
		report_suffix(planning, input->name);
		return;
	}
	source.label = label_of(planning, source.layer);
	add_item(planning, &source, ++planning->groups);
}

static void add_text(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	struct dcfg_source source = {.name = input->name,
				     .label = label_of(planning, input->layer),
				     .text = input->text,
				     .kind = DEPLOYCFG_SOURCE_TEXT,
				     .layer = input->layer,
				     .syntax = input->syntax,
				     .named = true};

	add_item(planning, &source, ++planning->groups);
}

/* Names that are none, or that mean more than this version knows. */
static bool is_name(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	if (input->kind == DEPLOYCFG_SOURCE_TEXT)
		return true;
	if (!input->name.len) {
		dcfg_error_hint(fail_at(planning, DEPLOYCFG_ERR_ARGUMENT, DCFG_VIEW("''"),
					"the name of a file or directory is empty"),
				"name one; an unset shell variable may be the cause");
		return false;
	}
	if (dcfg_view_starts(input->name, DCFG_VIEW("optional:"))) {
		report_unsupported(planning, input->name, "'optional:' before a name");
		return false;
	}
	return true;
}

void dcfg_collect(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	if (!is_name(planning, input))
		return;
	switch (input->kind) {
	case DEPLOYCFG_SOURCE_DIRECTORY:
		add_directory(planning, input);
		break;
	case DEPLOYCFG_SOURCE_FILE:
		add_file(planning, input);
		break;
	default:
		add_text(planning, input);
	}
}
