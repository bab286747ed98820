/* SPDX-License-Identifier: ISC */
/* Standard input as a text. */
#ifndef TOOL_INPUT_H
#define TOOL_INPUT_H

#include <stddef.h>
#include <stdio.h>

#include "diagnostics.h"

struct input {
	char *bytes; /* owned: free() it, whatever the status */
	size_t length;
};

/* Reads a stream to its end, once. Returns a status after saying why. */
int tool_input_read(struct input *input, FILE *in, struct diagnostics *diagnostics);

#endif
