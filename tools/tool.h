/* SPDX-License-Identifier: ISC */
/* The whole command as a function, so that it can be run inside another program. */
#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include <stdio.h>

#include "deploycfg.h"
#include "options.h"
#include "sight.h"
#include "status.h"

/* What a verb works with. */
struct tool {
	char **envp;
	FILE *in, *out;
	struct diagnostics *diagnostics;
	const struct options *options;
	struct deploycfg_loader *loader; /* knows what the options say */
	struct deploycfg_snapshot *cfg;  /* these two are as the verb's input says */
};

/* What of the snapshot may be seen; masked: flags of what is not, unless --show-secrets is given. */
static inline struct sight tool_sight(const struct tool *tool, unsigned masked)
{
	return (struct sight){tool->cfg,
			      tool_has(tool->options, OPTION_SHOW_SECRETS) ? 0 : masked};
}

/*
 * Runs the command and returns its exit status. Keeps no state, never exits, closes no
 * stream; `out` is flushed. envp: "NAME=value" strings ended by NULL, or NULL for the
 * process's.
 */
int deploycfg_tool(int argc, char **argv, char **envp, FILE *in, FILE *out, FILE *err);

#endif
