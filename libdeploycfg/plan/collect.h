/* SPDX-License-Identifier: ISC */
/* Sources on their way into a plan. Private to the files of plan/. */
#ifndef DCFG_PLAN_COLLECT_H
#define DCFG_PLAN_COLLECT_H

#include "base/look.h"
#include "plan/hierarchy.h"
#include "plan/plan.h"

/*
 * A source on its way to its place. Strength goes by layer; slot (ancestors before their
 * heirs, overlays in order); position (the project, then directories, files and texts as they
 * were named, all drop-ins with the last of the directories); main files before drop-ins;
 * drop-ins by name; directory.
 */
struct dcfg_item {
	struct dcfg_source source;
	struct dcfg_view name; /* of a file in its directory */
	enum dcfg_look look;   /* of such a file */
	bool reads;            /* counts; else it is only told of */
	bool drop_in;
	bool installed; /* of the project */
	uint32_t slot, position, directory;
	size_t order; /* of collection */
};

struct dcfg_planning {
	struct dcfg_context *context;
	const struct dcfg_environments *environments;
	const struct dcfg_environment *selected; /* NULL for none */
	const struct dcfg_asked *asked;
	struct dcfg_view platform; /* the effective one */
	struct dcfg_item *items;   /* from dcfg_grow() */
	size_t count, capacity;
	uint32_t position, directory;         /* of what is being collected */
	uint32_t drop_in_position;            /* of the last of all directories */
	struct deploycfg_error *mask_warning; /* the one; NULL for none */
	bool installed;                       /* it is the project's */
	const struct dcfg_input *input;       /* whose it is; NULL for the project's */
	bool blind; /* a directory could not be read: nobody knows what is in it */
};

/* A place that is a whole file, for dcfg_fail_at() and its kin. */
#define DCFG_WHOLE(path) (&(struct dcfg_place){.name = (path).ptr})

/* collect.c: adds the sources that one of the caller's names leads to */
void dcfg_collect(struct dcfg_planning *planning, const struct dcfg_input *input);

void dcfg_add_item(struct dcfg_planning *planning, const struct dcfg_item *item);

/* directory.c: adds what is in a directory of layers. Reports one that cannot be read, and one
 * that is missing where it is `required`. Returns whether it was there. */
bool dcfg_add_directory(struct dcfg_planning *planning, struct dcfg_view path,
			bool required);

/* project.c: adds the hierarchies of an installed project */
void dcfg_add_project(struct dcfg_planning *planning);

/* stranger.c: says what a file that is no layer looks like, as an error or in the source's
 * reason and a note. */
void dcfg_judge_stranger(struct dcfg_planning *planning, struct dcfg_source *source,
			 struct dcfg_view name);

/* copies.c: once all are sorted, decides which of several copies counts */
void dcfg_choose_copies(struct dcfg_planning *planning);

/* chosen.c: reports overlays that are not there, and a program's file that may have been meant */
void dcfg_check_chosen(struct dcfg_planning *planning);

/* and tells of overlays that are there and not chosen */
void dcfg_lint_overlays(struct dcfg_planning *planning);

/* twins.c: finds files of one directory that are the same layer */
void dcfg_report_twins(struct dcfg_planning *planning);

#endif
