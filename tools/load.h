/* SPDX-License-Identifier: ISC */
/* From options to what a loader gives, with everything told that it reports. */
#ifndef TOOL_LOAD_H
#define TOOL_LOAD_H

#include "tool.h"

/* Makes tool->loader of the options. Returns a status after saying why. */
int tool_loader_init(struct tool *tool);

/* Loads a snapshot, which is the caller's: NULL for all statuses but TOOL_OK. */
int tool_load(const struct tool *tool, struct deploycfg_snapshot **cfg);

/* The same with the schemas as a snapshot: see deploycfg_loader_schema(). */
int tool_load_schema(const struct tool *tool, struct deploycfg_snapshot **schema);

/* The status of a load that reported this; a list may be NULL. Tells nothing. */
int tool_load_status(const struct deploycfg_errors *errors);

/* The same where a configuration was loaded: what its schemas are warned of was told then. NULL
 * after telling of an error. */
struct deploycfg_snapshot *tool_schema_again(const struct tool *tool);

#endif
