/* SPDX-License-Identifier: ISC */
/* One directory of layers: every name in it finds its layer, or the reason why it is in none.
 * Opens no file. */
#include "base/file.h"
#include "model/distrust.h"
#include "plan/collect.h"

static struct dcfg_view print(struct dcfg_planning *planning, const char *format,
			      struct dcfg_view name)
{
	return dcfg_arena_printf(&planning->context->arena, format, DCFG_ARG(name));
}

/* Puts a file into its layer; where it does not count there, the reason says why. */
static void count(struct dcfg_item *item, bool counts, struct dcfg_view reason)
{
	item->reads = counts;
	if (counts)
		return;
	item->slot = UINT32_MAX;
	item->source.state = DEPLOYCFG_SOURCE_IGNORED;
	item->source.reason = reason;
}

static void place_environment(struct dcfg_planning *planning, struct dcfg_item *item,
			      const struct dcfg_environment *environment)
{
	const struct dcfg_environment *selected = planning->selected;

	item->source.layer = DEPLOYCFG_LAYER_ENVIRONMENT;
	item->source.label = environment->name;
	item->slot = (uint32_t)dcfg_environment_depth(environment);
	count(item, dcfg_environment_covers(environment, selected),
	      selected ? print(planning, "the environment is %.*s", selected->name)
		       : DCFG_VIEW("no environment is selected"));
}

static void place_platform(struct dcfg_planning *planning, struct dcfg_item *item,
			   struct dcfg_view name)
{
	item->source.layer = DEPLOYCFG_LAYER_PLATFORM;
	item->source.label = print(planning, "platform-%.*s", name);
	count(item, dcfg_view_equal(name, planning->platform),
	      print(planning, "the platform is %.*s", planning->platform));
}

static void place_program(struct dcfg_planning *planning, struct dcfg_item *item,
			  struct dcfg_view name)
{
	struct dcfg_view program = planning->asked->program;

	item->source.layer = DEPLOYCFG_LAYER_PROGRAM;
	item->source.label = print(planning, "program-%.*s", name);
	count(item, dcfg_view_equal(name, program),
	      program.len ? print(planning, "the program is %.*s", program)
			  : DCFG_VIEW("no program is named"));
}

static void place_overlay(struct dcfg_planning *planning, struct dcfg_item *item,
			  struct dcfg_view name)
{
	size_t at = 0;

	while (at < planning->asked->overlays.count &&
	       !dcfg_view_equal(planning->asked->overlays.list[at], name))
		at++;
	item->source.layer = DEPLOYCFG_LAYER_OVERLAY;
	item->source.label = print(planning, "overlay-%.*s", name);
	item->slot = (uint32_t)at;
	count(item, at < planning->asked->overlays.count,
	      DCFG_VIEW("the overlay is not chosen"));
}

static void place(struct dcfg_planning *planning, struct dcfg_item *item,
		  const struct dcfg_file_name *file)
{
	const char *no_local = planning->asked->local_ignored_because;

	switch (file->role) {
	case DCFG_ROLE_PLATFORM:
		place_platform(planning, item, file->which);
		break;
	case DCFG_ROLE_ENVIRONMENT:
		place_environment(planning, item, file->environment);
		break;
	case DCFG_ROLE_PROGRAM:
		place_program(planning, item, file->which);
		break;
	case DCFG_ROLE_OVERLAY:
		place_overlay(planning, item, file->which);
		break;
	case DCFG_ROLE_LOCAL:
		item->source.layer = DEPLOYCFG_LAYER_LOCAL;
		item->source.label = DCFG_VIEW("local");
		count(item, !no_local, dcfg_view_text(no_local ? no_local : ""));
		break;
	default:
		item->source.layer = DEPLOYCFG_LAYER_BASE;
		item->source.label = DCFG_VIEW("base");
		count(item, true, DCFG_VIEW(""));
	}
}

static struct dcfg_item item_of(struct dcfg_planning *planning,
				struct dcfg_view directory, struct dcfg_view name)
{
	return (struct dcfg_item){
		.source = {.name = dcfg_join(&planning->context->arena, directory, name),
			   .label = DCFG_VIEW(""),
			   .kind = DEPLOYCFG_SOURCE_FILE},
		.name = name,
		.position = planning->position,
		.directory = planning->directory,
		.installed = planning->installed,
	};
}

static void look(struct dcfg_planning *planning, struct dcfg_item *item)
{
	if (!item->source.name.ptr || !item->reads)
		return;
	item->look = dcfg_look(item->source.name.ptr);
	item->source.empty = item->look == DCFG_LOOK_DEV_NULL;
	item->reads = item->look != DCFG_LOOK_DANGLING;
	if (!item->reads)
		dcfg_source_miss(planning->context, &item->source, true);
	else if (item->source.empty)
		item->source.reason = DCFG_VIEW("it leads to /dev/null");
}

struct deploycfg_error *dcfg_report_directory(struct dcfg_context *context,
					      struct dcfg_view name,
					      const struct dcfg_dir *dir)
{
	struct deploycfg_error *error;

	switch (dir->state) {
	case DCFG_FILE_MISSING:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_NOT_FOUND, DCFG_WHOLE(name),
				     NULL, "there is no such directory");
		dcfg_error_hint(error, "make it, or name another one");
		return error;
	case DCFG_FILE_NOT_REGULAR:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_NOT_REGULAR, DCFG_WHOLE(name),
				     NULL, "it is %s, not a directory", dir->kind);
		dcfg_error_hint(error, "make it a directory, or name it as a file (the "
				       "command's --file)");
		return error;
	case DCFG_FILE_PERMISSION:
		error = dcfg_fail_at(context, DEPLOYCFG_ERR_PERMISSION, DCFG_WHOLE(name),
				     NULL, "the directory may not be read by this user");
		dcfg_error_hint(error,
				"give the user read and search permission on it, and "
				"search permission on what it is in");
		return error;
	case DCFG_FILE_UNTRUSTED:
		return dcfg_report_distrust(context, DCFG_WHOLE(name), NULL,
					    &dir->suspect);
	default:
		return dcfg_fail_at(context, DEPLOYCFG_ERR_IO, DCFG_WHOLE(name), NULL,
				    "the directory cannot be read: %s", dir->reason);
	}
}

static void report_directory(struct dcfg_planning *planning, struct dcfg_view name,
			     const struct dcfg_dir *dir)
{
	const struct dcfg_input *input = planning->input;
	struct deploycfg_error *error =
		dcfg_report_directory(planning->context, name, dir);

	planning->blind = true;
	if (input && input->by_manifest)
		dcfg_relate(planning->context, error, input->named_at,
			    "the manifest names it");
}

static void add_drop_in(struct dcfg_planning *planning, const struct dcfg_item *directory,
			struct dcfg_view name)
{
	struct dcfg_item item = item_of(planning, directory->source.name, name);
	struct dcfg_view stem;

	item.source.layer = directory->source.layer;
	item.source.label = directory->source.label;
	item.slot = directory->slot;
	item.position = directory->position;
	item.drop_in = true;
	item.reads = dcfg_syntax_of(name, &item.source.syntax, &stem);
	if (item.reads) {
		look(planning, &item);
	} else {
		item.source.state = DEPLOYCFG_SOURCE_NOT_A_LAYER;
		dcfg_judge_drop_in(planning->context, &item.source, name,
				   "drop-ins end in .ini, .yaml or .yml");
	}
	dcfg_add_item(planning, &item);
}

/* Names that begin with a dot are nobody's business. */
static bool is_hidden(struct dcfg_view name)
{
	return name.len && *name.ptr == '.';
}

static void add_drop_ins(struct dcfg_planning *planning, struct dcfg_item *item)
{
	struct dcfg_dir dir = {.count = 0};

	item->source.kind = DEPLOYCFG_SOURCE_DIRECTORY;
	item->drop_in = true;
	item->position = planning->drop_in_position;
	look(planning, item);
	if (item->reads && !item->source.empty)
		dir = dcfg_dir_read(&planning->context->arena, item->source.name.ptr,
				    &planning->context->trust);
	if (dir.state != DCFG_FILE_OK) {
		report_directory(planning, item->source.name, &dir);
		return;
	}
	for (size_t i = 0; i < dir.count; i++)
		if (!is_hidden(dir.names[i]))
			add_drop_in(planning, item, dir.names[i]);
	item->name = DCFG_VIEW("");
	item->reads = false;
	dcfg_add_item(planning, item);
}

/* Whether it is a schema that was read before. */
static bool is_document(const struct dcfg_planning *planning, struct dcfg_view name)
{
	const struct dcfg_sources *sources = &planning->context->sources;

	for (size_t i = 0; i < sources->count; i++)
		if (dcfg_view_equal(sources->list[i].name, name))
			return true;
	return false;
}

static void add_name(struct dcfg_planning *planning, struct dcfg_view directory,
		     struct dcfg_view name)
{
	struct dcfg_file_name file = dcfg_file_name(planning->environments, name);
	struct dcfg_item item = item_of(planning, directory, name);

	item.source.syntax = file.syntax;
	if (file.role == DCFG_ROLE_DOCUMENT ||
	    (file.role == DCFG_ROLE_OTHER && is_document(planning, item.source.name)))
		return;
	if (file.role == DCFG_ROLE_OTHER) {
		item.source.state = DEPLOYCFG_SOURCE_NOT_A_LAYER;
		dcfg_judge_stranger(planning, &item.source, name);
		dcfg_add_item(planning, &item);
	} else {
		place(planning, &item, &file);
		if (file.is_drop_ins) {
			add_drop_ins(planning, &item);
		} else {
			look(planning, &item);
			dcfg_add_item(planning, &item);
		}
	}
}

bool dcfg_add_directory(struct dcfg_planning *planning, struct dcfg_view path,
			bool required)
{
	struct dcfg_dir dir = dcfg_dir_read(&planning->context->arena, path.ptr,
					    &planning->context->trust);
	struct dcfg_item item = {.source = {.name = path,
					    .label = DCFG_VIEW(""),
					    .kind = DEPLOYCFG_SOURCE_DIRECTORY,
					    .named = required},
				 .position = planning->position,
				 .directory = ++planning->directory};
	bool missing = dir.state == DCFG_FILE_MISSING;

	if (planning->context->arena.failed)
		return false;
	if (dir.state != DCFG_FILE_OK && (!missing || required)) {
		report_directory(planning, path, &dir);
		return !missing;
	}
	if (missing)
		dcfg_source_miss(planning->context, &item.source,
				 dcfg_look(path.ptr) == DCFG_LOOK_DANGLING);
	dcfg_add_item(planning, &item);
	for (size_t i = 0; i < dir.count; i++)
		if (!is_hidden(dir.names[i]))
			add_name(planning, path, dir.names[i]);
	return !missing;
}
