/* SPDX-License-Identifier: ISC */
/* What the command itself has to say, in the form of the library's diagnostics. */
#ifndef TOOL_MESSAGE_H
#define TOOL_MESSAGE_H

#include <stdio.h>

#include "deploycfg.h"

/* A text in pieces, ended by NULL; every second one comes from outside and is quoted. */
#define TOOL_SAY(...) ((const char *const[]){__VA_ARGS__, NULL})

/* error[code]: pieces */
void tool_error(FILE *err, enum deploycfg_status status, const char *const *pieces);

/* The line below it that says what to do. */
void tool_hint(FILE *err, const char *const *pieces);

#endif
