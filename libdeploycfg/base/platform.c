/* SPDX-License-Identifier: ISC */
/* The one place that asks the system for its name. */
#include "base/platform.h"

#include <sys/utsname.h>

struct dcfg_view dcfg_platform(struct dcfg_arena *arena)
{
	struct utsname system;

	if (uname(&system) < 0)
		return DCFG_VIEW("");
	for (char *byte = system.sysname; *byte; byte++)
		*byte = dcfg_small(*byte);
	return dcfg_arena_copy(arena, dcfg_view_text(system.sysname));
}
