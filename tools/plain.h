/* SPDX-License-Identifier: ISC */
/* Which texts may stand in YAML without quotes and are strings nevertheless. */
#ifndef TOOL_PLAIN_H
#define TOOL_PLAIN_H

#include <stdbool.h>
#include <stddef.h>

/* Errs on the side of quotes: true only where every YAML reader sees this very string. */
bool tool_is_plain(const char *text, size_t length);

#endif
