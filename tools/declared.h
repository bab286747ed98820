/* SPDX-License-Identifier: ISC */
/* What schemas say of a key that is not set. */
#ifndef TOOL_DECLARED_H
#define TOOL_DECLARED_H

#include "tool.h"

/* Says where it is declared, or that it is not. path: a well-formed one. error: what the library
 * says. Returns a status: TOOL_OK, and nothing is said, where there is no schema, or it allows what
 * it does not name. */
int tool_tell_declared(const struct tool *tool, const char *path,
		       const struct deploycfg_error *error);

#endif
