/* SPDX-License-Identifier: ISC */
/* Variables of declared keys, which may stand for many. */
#ifndef TOOL_ENV_PATTERN_H
#define TOOL_ENV_PATTERN_H

#include <stdbool.h>

#include "writer.h"

/* Writes the variable of a key as schemas write it, with <NAME> for `*` and <N> for `[]`, to
 * nowhere to ask for it. *named: whether it can have one. False without memory. */
bool tool_env_pattern(struct writer *out, const char *key, const char *prefix,
		      bool *named);

#endif
