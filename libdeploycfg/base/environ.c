/* SPDX-License-Identifier: ISC */
/* The one place that looks at the process's environment: once, from first to last, into a
 * copy. Knows nothing of prefixes and keys. */
#include "base/environ.h"

#include <unistd.h>

struct dcfg_environ dcfg_environ_copy(struct dcfg_arena *arena,
				      const char *const *variables)
{
	const char *const *from = variables ? variables : (const char *const *)environ;
	struct dcfg_environ copy = {NULL, 0};
	size_t count = 0;

	while (from && from[count])
		count++;
	copy.list = dcfg_arena_alloc(arena, count * sizeof(*copy.list));
	if (!copy.list)
		return copy;
	/* Another thread may be at it with setenv(): look at no more than was counted, and
	 * measure and copy each text once. */
	for (; copy.count < count && from[copy.count]; copy.count++) {
		struct dcfg_view variable = dcfg_view_text(from[copy.count]);

		copy.list[copy.count] = dcfg_arena_copy(arena, variable);
		if (!copy.list[copy.count].ptr)
			break;
	}
	return copy;
}

struct dcfg_view dcfg_environ_get(const struct dcfg_environ *environment,
				  struct dcfg_view name, bool *twice)
{
	struct dcfg_view value = {NULL, 0};

	*twice = false;
	for (size_t i = 0; i < environment->count; i++) {
		struct dcfg_view variable = environment->list[i];

		if (variable.len <= name.len || variable.ptr[name.len] != '=' ||
		    !dcfg_view_starts(variable, name))
			continue;
		*twice = value.ptr != NULL;
		if (*twice)
			break;
		value = dcfg_view_skip(variable, name.len + 1);
	}
	return value;
}
