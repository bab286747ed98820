/* SPDX-License-Identifier: ISC */
/* What system this is. */
#ifndef DCFG_BASE_PLATFORM_H
#define DCFG_BASE_PLATFORM_H

#include "base/arena.h"

/* `uname -s` in lower case, such as "linux"; in the arena, empty where nobody can say. */
struct dcfg_view dcfg_platform(struct dcfg_arena *arena);

#endif
