/* SPDX-License-Identifier: ISC */
/* Whether the command has rights that whoever started it has not. */
#ifndef TOOL_PRIVILEGE_H
#define TOOL_PRIVILEGE_H

#include <stdbool.h>

bool tool_is_privileged(void);

#endif
