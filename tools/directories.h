/* SPDX-License-Identifier: ISC */
/* Which directory a layer's file was found in. */
#ifndef TOOL_DIRECTORIES_H
#define TOOL_DIRECTORIES_H

#include <stdbool.h>

#include "deploycfg.h"

/* Whether both are files of directories, and the first one's is the stronger of them. */
bool tool_is_of_stronger_directory(const struct deploycfg_snapshot *cfg,
				   const struct deploycfg_source *source,
				   const struct deploycfg_source *other);

#endif
