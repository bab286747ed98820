/* SPDX-License-Identifier: ISC */
/* Exit statuses. */
#ifndef TOOL_STATUS_H
#define TOOL_STATUS_H

#include "deploycfg.h"

enum tool_status {
	TOOL_OK = 0,
	TOOL_INVALID = 1,    /* configuration, selection, memory; output that failed */
	TOOL_USAGE = 2,      /* the command line */
	TOOL_UNREADABLE = 3, /* something named or found */
	TOOL_NOT_SET = 5     /* the key asked for */
};

/* The one of two that counts. */
int tool_worse(int one, int other);

/* The one status of a whole list, which may be NULL. */
int tool_status_of(const struct deploycfg_errors *errors);

#endif
