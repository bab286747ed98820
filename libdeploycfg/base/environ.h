/* SPDX-License-Identifier: ISC */
/* The environment as a value: a list of "NAME=value". environ.c is the only file that looks
 * at the process's own, and it only looks. */
#ifndef DCFG_BASE_ENVIRON_H
#define DCFG_BASE_ENVIRON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/view.h"

struct dcfg_environ {
	struct dcfg_view *list; /* "NAME=value", in the order found */
	size_t count;
};

/* A copy of the given variables (ended by NULL), or of the process's where it is NULL. Lack
 * of memory is remembered by the arena. */
struct dcfg_environ dcfg_environ_copy(struct dcfg_arena *arena,
				      const char *const *variables);

/* The value of a variable; ptr is NULL where it is unset. *twice: whether it stands there more
 * than once, so that nobody can say which one counts. */
struct dcfg_view dcfg_environ_get(const struct dcfg_environ *environment,
				  struct dcfg_view name, bool *twice);

#endif
