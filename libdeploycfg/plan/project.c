/* SPDX-License-Identifier: ISC */
/* An installed project: its three hierarchies, weakest first. Knows where they are; what is in
 * them is read as any directory is. */
#include "plan/collect.h"

struct dcfg_view dcfg_project_path(struct dcfg_arena *arena, struct dcfg_view root,
				   struct dcfg_view project, size_t hierarchy)
{
	static const char *const hierarchies[DCFG_HIERARCHIES] = {"/usr/lib/", "/run/",
								  "/etc/"};

	while (root.len && root.ptr[root.len - 1] == '/')
		root.len--;
	return dcfg_arena_printf(arena, "%.*s%s%.*s", DCFG_ARG(root),
				 hierarchies[hierarchy], DCFG_ARG(project));
}

static void report_none(struct dcfg_planning *planning,
			const struct dcfg_view paths[DCFG_HIERARCHIES])
{
	struct deploycfg_error *error = dcfg_fail_at(
		planning->context, DEPLOYCFG_ERR_NOT_FOUND, NULL, NULL,
		"the project %.*s is not installed: there is no %.*s, %.*s or %.*s",
		DCFG_ARG(planning->asked->project), DCFG_ARG(paths[0]),
		DCFG_ARG(paths[1]), DCFG_ARG(paths[2]));

	dcfg_error_hint(
		error,
		"check the name, or name a directory instead (the command's --dir)");
}

void dcfg_add_project(struct dcfg_planning *planning)
{
	const struct dcfg_asked *asked = planning->asked;
	struct dcfg_view paths[DCFG_HIERARCHIES];
	bool found = false;

	if (!asked->project.len)
		return;
	planning->installed = true;
	for (size_t i = 0; i < DCFG_COUNT(paths); i++) {
		paths[i] = dcfg_project_path(&planning->context->arena, asked->root,
					     asked->project, i);
		if (!paths[i].ptr)
			return;
		found |= dcfg_add_directory(planning, paths[i], false);
	}
	planning->installed = false;
	if (!found && !planning->context->arena.failed)
		report_none(planning, paths);
}
