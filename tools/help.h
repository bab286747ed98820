/* SPDX-License-Identifier: ISC */
/* What --help prints. */
#ifndef TOOL_HELP_H
#define TOOL_HELP_H

#include <stdio.h>

struct verb;

/* The whole command's, or that of one verb where it is not NULL. */
void tool_help(FILE *out, const struct verb *verb);

#endif
