/* SPDX-License-Identifier: ISC */
/* One of a few words. Must not know what is chosen by it. */
#include "choice.h"

#include <string.h>

#include "nearest.h"
#include "status.h"

/* More than there are verbs, formats or options. */
#define NAMES_MAX 64

size_t tool_choose(tool_choice *names, const void *of, const char *wanted)
{
	size_t i = 0;

	while (names(of, i) && strcmp(names(of, i), wanted) != 0)
		i++;
	return i;
}

int tool_refuse(struct diagnostics *diagnostics, const char *const *message,
		const char *const *hint)
{
	tool_error(diagnostics, DEPLOYCFG_ERR_ARGUMENT, message, hint);
	return TOOL_USAGE;
}

int tool_refuse_choice(struct diagnostics *diagnostics, const char *const *message,
		       const char *title, tool_choice *names, const void *of,
		       const char *wanted)
{
	const char *nearest = wanted ? tool_nearest(names, of, wanted) : NULL;
	const char *pieces[2 * NAMES_MAX + 1];
	size_t count = 0;

	if (nearest)
		return tool_refuse(diagnostics, message,
				   TOOL_SAY("did you mean ", nearest, "?"));
	for (size_t i = 0; i < NAMES_MAX && names(of, i); i++) {
		pieces[count++] = i == 0 ? title : names(of, i + 1) ? ", " : " and ";
		pieces[count++] = names(of, i);
	}
	pieces[count] = NULL;
	return tool_refuse(diagnostics, message, pieces);
}
