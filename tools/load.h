/* SPDX-License-Identifier: ISC */
/* From options to a snapshot. */
#ifndef TOOL_LOAD_H
#define TOOL_LOAD_H

#include "tool.h"

/* Loads what the options say into tool->cfg and prints all diagnostics. Returns a status;
 * the snapshot is NULL for all but TOOL_OK. */
int tool_load(struct tool *tool);

#endif
