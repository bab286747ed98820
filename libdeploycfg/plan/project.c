/* SPDX-License-Identifier: ISC */
/* An installed project: its three hierarchies, weakest first. Knows where they are; what is in
 * them is read as any directory is. */
#include "plan/collect.h"

static struct dcfg_view path_of(struct dcfg_planning *planning, const char *hierarchy)
{
	struct dcfg_view root = planning->asked->root;

	while (root.len && root.ptr[root.len - 1] == '/')
		root.len--;
	return dcfg_arena_printf(&planning->context->arena, "%.*s%s%.*s", DCFG_ARG(root),
				 hierarchy, DCFG_ARG(planning->asked->project));
}

static void report_none(struct dcfg_planning *planning, const struct dcfg_view paths[3])
{
	struct deploycfg_error *error = dcfg_fail_at(
		planning->context, DEPLOYCFG_ERR_NOT_FOUND, NULL, NULL,
		"the project %.*s is not installed: there is no %.*s, %.*s or %.*s",
		DCFG_ARG(planning->asked->project), DCFG_ARG(paths[0]),
		DCFG_ARG(paths[1]), DCFG_ARG(paths[2]));

	dcfg_error_hint(error, "check the name, or name its directory with --dir");
}

void dcfg_add_project(struct dcfg_planning *planning)
{
	static const char *const hierarchies[3] = {"/usr/lib/", "/run/", "/etc/"};
	struct dcfg_view paths[3];
	bool found = false;

	if (!planning->asked->project.len)
		return;
	planning->installed = true;
	for (size_t i = 0; i < DCFG_COUNT(paths); i++) {
		paths[i] = path_of(planning, hierarchies[i]);
		if (!paths[i].ptr)
			return;
		found |= dcfg_add_directory(planning, paths[i], false);
	}
	planning->installed = false;
	if (!found && !planning->context->arena.failed)
		report_none(planning, paths);
}
