/* SPDX-License-Identifier: ISC */
/* What may have been meant by a word that is none of a few. */
#ifndef TOOL_NEAREST_H
#define TOOL_NEAREST_H

#include "choice.h"

/* The one name that differs by a slip: in capitals, or by one letter that is wrong, missing, too
 * much or in its neighbour's place, by two in a word of eight letters. NULL for none, and where
 * several are as near. */
const char *tool_nearest(tool_choice *names, const void *of, const char *wanted);

#endif
