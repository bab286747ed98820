/* SPDX-License-Identifier: ISC */
/* Reads a stream within bounds. Must not know what it holds. */
#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "status.h"

#define INPUT_MAX ((size_t)64 << 20) /* the library's limit of one text */
#define INPUT_FIRST ((size_t)64 << 10)

/* Twice the room, but never more than one byte beyond the limit. */
static int grow(struct input *input, size_t *capacity)
{
	size_t wanted = *capacity ? *capacity * 2 : INPUT_FIRST;
	char *moved;

	if (wanted > INPUT_MAX + 1)
		wanted = INPUT_MAX + 1;
	moved = realloc(input->bytes, wanted);
	if (!moved)
		return TOOL_INVALID;
	input->bytes = moved;
	*capacity = wanted;
	return TOOL_OK;
}

static int failed_to_read(struct diagnostics *diagnostics)
{
	int reason = errno;
	enum deploycfg_status status =
		reason == EISDIR ? DEPLOYCFG_ERR_NOT_REGULAR : DEPLOYCFG_ERR_IO;

	tool_error(diagnostics, status,
		   TOOL_SAY("cannot read standard input: ", strerror(reason), ""), NULL);
	return TOOL_UNREADABLE;
}

static int too_big(struct diagnostics *diagnostics)
{
	tool_error(
		diagnostics, DEPLOYCFG_ERR_TOO_BIG,
		TOOL_SAY("standard input is larger than 64 MiB, the limit of one file"),
		NULL);
	return TOOL_UNREADABLE;
}

int tool_input_read(struct input *input, FILE *in, struct diagnostics *diagnostics)
{
	size_t capacity = 0;

	*input = (struct input){NULL, 0};
	while (!feof(in) && input->length <= INPUT_MAX) {
		if (input->length == capacity && grow(input, &capacity) != TOOL_OK)
			return tool_without_memory(diagnostics);
		input->length += fread(input->bytes + input->length, 1,
				       capacity - input->length, in);
		if (ferror(in))
			return failed_to_read(diagnostics);
	}
	return input->length > INPUT_MAX ? too_big(diagnostics) : TOOL_OK;
}
