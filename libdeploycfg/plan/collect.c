/* SPDX-License-Identifier: ISC */
/* From the caller's directories, files and texts to sources. Knows names; opens no file. */
#include "plan/collect.h"

#include "base/file.h"
#include "base/mem.h"

void dcfg_add_item(struct dcfg_planning *planning, const struct dcfg_item *item)
{
	struct dcfg_item *items = dcfg_grow(planning->items, planning->count,
					    &planning->capacity, sizeof(*items));

	if (!items) {
		planning->context->arena.failed = true;
		return;
	}
	planning->items = items;
	items[planning->count] = *item;
	items[planning->count].order = planning->count;
	planning->count++;
}

/* Texts stand among the files of the selected environment itself, and of the last overlay. */
static uint32_t slot_of(const struct dcfg_planning *planning, int layer)
{
	size_t overlays = planning->asked->overlays.count;

	if (layer == DEPLOYCFG_LAYER_ENVIRONMENT)
		return (uint32_t)dcfg_environment_depth(planning->selected);
	return layer == DEPLOYCFG_LAYER_OVERLAY && overlays ? (uint32_t)overlays - 1 : 0;
}

static struct dcfg_view label_of(struct dcfg_planning *planning, int layer)
{
	if (layer == DEPLOYCFG_LAYER_ENVIRONMENT)
		return planning->selected ? planning->selected->name
					  : DCFG_VIEW("environment");
	return dcfg_layer_label(planning->context, layer);
}

/* What is no file at all is told as what it is, or as missing. */
static void report_suffix(struct dcfg_planning *planning, struct dcfg_view name,
			  bool required)
{
	bool missing;
	const char *kind = dcfg_file_kind(name.ptr, &missing);
	struct deploycfg_error *error;

	if (kind) {
		error = dcfg_fail_at(planning->context, DEPLOYCFG_ERR_NOT_REGULAR,
				     DCFG_WHOLE(name), NULL,
				     "it is %s, not a regular file", kind);
		dcfg_error_hint(
			error,
			"name a file; a directory is named as one (the command's --dir)");
	} else if (missing && required) {
		error = dcfg_fail_at(planning->context, DEPLOYCFG_ERR_NOT_FOUND,
				     DCFG_WHOLE(name), NULL, "does not exist");
		dcfg_error_hint(
			error,
			"check the path; files of keys end in .ini, .yaml or .yml");
	} else {
		error = dcfg_fail_at(planning->context, DEPLOYCFG_ERR_ARGUMENT,
				     DCFG_WHOLE(name), NULL,
				     "the name does not say how the file is written");
		dcfg_error_hint(error,
				"rename it so that it ends in .ini, .yaml or .yml");
	}
}

static struct dcfg_item item_of(struct dcfg_planning *planning,
				const struct dcfg_input *input, int layer)
{
	return (struct dcfg_item){
		.source = {.name = input->name,
			   .label = label_of(planning, layer),
			   .kind = input->kind,
			   .layer = layer,
			   .syntax = input->syntax,
			   .text = input->text,
			   .named = true},
		.reads = true,
		.slot = slot_of(planning, layer),
		.position = planning->position,
	};
}

static void add_file(struct dcfg_planning *planning, const struct dcfg_input *input,
		     bool required)
{
	struct dcfg_item item = item_of(planning, input, DEPLOYCFG_LAYER_FILE);
	struct dcfg_view stem;

	item.source.named = required;
	if (dcfg_syntax_of(input->name, &item.source.syntax, &stem))
		dcfg_add_item(planning, &item);
	else
		report_suffix(planning, input->name, required);
}

static void add_text(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	struct dcfg_item item = item_of(planning, input, input->layer);

	dcfg_add_item(planning, &item);
}

static bool has_name(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	if (!input->name.len)
		dcfg_error_hint(dcfg_fail_at(planning->context, DEPLOYCFG_ERR_ARGUMENT,
					     DCFG_WHOLE(DCFG_VIEW("''")), NULL,
					     "the name of a file or directory is empty"),
				"name one; an unset shell variable may be the cause");
	return input->name.len > 0;
}

void dcfg_collect(struct dcfg_planning *planning, const struct dcfg_input *input)
{
	struct dcfg_input named = *input;
	bool required;

	planning->position++;
	planning->input = input;
	if (input->kind == DEPLOYCFG_SOURCE_TEXT) {
		add_text(planning, input);
		return;
	}
	required = !dcfg_take_optional(&named.name);
	if (!has_name(planning, &named))
		return;
	if (input->kind == DEPLOYCFG_SOURCE_DIRECTORY)
		dcfg_add_directory(planning, named.name, required);
	else
		add_file(planning, &named, required);
}
