/* SPDX-License-Identifier: ISC */
/*
 * Which sources, in which order, and why: directories are listed, names are sorted into
 * layers, and everything that was considered enters the table of sources. Reads no file.
 */
#ifndef DCFG_PLAN_PLAN_H
#define DCFG_PLAN_PLAN_H

#include "base/file.h"
#include "plan/environment.h"

/* Something the caller named, in the order of the calls. */
struct dcfg_input {
	enum deploycfg_source_kind kind; /* DIRECTORY, FILE, TEXT */
	int layer;                       /* of a TEXT */
	enum deploycfg_syntax syntax;    /* of a TEXT */
	struct dcfg_view name;
	struct dcfg_view text; /* of a TEXT */
	bool by_manifest;      /* not the caller, but the manifest names it: there */
	struct dcfg_origin named_at;
};

/* Who chooses overlays: the caller, or else a variable. */
struct dcfg_overlays {
	struct dcfg_view *list; /* weakest first */
	size_t count;
	struct dcfg_view joined; /* by commas; empty for none */
	struct dcfg_view by;     /* "argument" or the variable's name; empty for none */
	struct dcfg_place place; /* of the variable; else nowhere */
};

/* Chooses; on false an error says what is wrong with a name. prefix: for <PREFIX>_OVERLAYS; may
 * be empty. variables: NULL where they do not choose. */
bool dcfg_overlays_choose(struct dcfg_context *context, const struct dcfg_view *asked,
			  size_t count, struct dcfg_view prefix,
			  const struct dcfg_environ *variables,
			  struct dcfg_overlays *overlays);

/* What the caller asks to be read. */
struct dcfg_asked {
	const struct dcfg_input *inputs;
	size_t input_count;
	struct dcfg_view project, root; /* may be empty */
	struct dcfg_view platform;      /* empty: the system's */
	struct dcfg_view program;       /* may be empty */
	struct dcfg_overlays overlays;
	const char *local_ignored_because;  /* NULL: local files count */
	const struct dcfg_view *not_layers; /* stems that may look like layers */
	size_t not_layer_count;
	bool lint; /* tell of overlays that nobody chose */
};

/* One step of the fold, weakest first. */
struct dcfg_unit {
	enum dcfg_unit_kind {
		DCFG_UNIT_TEXT,      /* files or a text */
		DCFG_UNIT_SECRETS,   /* of directories of secrets */
		DCFG_UNIT_VARIABLES, /* the environment's values */
		DCFG_UNIT_OVERRIDES
	} kind;
	uint32_t sources
		[2]; /* TEXT: one, or `stem.ini` and `stem.yaml` of one directory */
	size_t count;
	bool own; /* of the selected environment itself, not of an ancestor */
};

/* Hierarchy 0 to 2 of an installed project, weakest first; NUL-terminated, in the arena. */
#define DCFG_HIERARCHIES 3
struct dcfg_view dcfg_project_path(struct dcfg_arena *arena, struct dcfg_view root,
				   struct dcfg_view project, size_t hierarchy);

struct dcfg_plan {
	struct dcfg_unit *units;
	size_t count, capacity;
	bool complete; /* nothing that was to be in it could not be found */
};

/* Reports a directory that is none, is missing, or cannot be listed. */
struct deploycfg_error *dcfg_report_directory(struct dcfg_context *context,
					      struct dcfg_view name,
					      const struct dcfg_dir *dir);

/* Says what a file in a directory of drop-ins is that is none of them, by their rule: in the
 * source's reason and a note where it is a backup, else in a warning. */
void dcfg_judge_drop_in(struct dcfg_context *context, struct dcfg_source *source,
			struct dcfg_view name, const char *rule);

/* Makes the plan, as complete as it can be. Adds all sources but variables and overrides. */
void dcfg_plan(struct dcfg_context *context, const struct dcfg_environments *environments,
	       const struct dcfg_environment *selected, const struct dcfg_asked *asked,
	       struct dcfg_plan *plan);

#endif
