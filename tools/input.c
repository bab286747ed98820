/* SPDX-License-Identifier: ISC */
/* Reads a stream within bounds. Must not know what it holds. */
#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "tool.h"

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

static int failed_to_read(FILE *err)
{
	int reason = errno;
	enum deploycfg_status status =
		reason == EISDIR ? DEPLOYCFG_ERR_NOT_REGULAR : DEPLOYCFG_ERR_IO;

	tool_error(err, status,
		   TOOL_SAY("cannot read standard input: ", strerror(reason), ""));
	return TOOL_UNREADABLE;
}

static int too_big(FILE *err)
{
	tool_error(
		err, DEPLOYCFG_ERR_TOO_BIG,
		TOOL_SAY("standard input is larger than 64 MiB, the limit of one file"));
	return TOOL_UNREADABLE;
}

int tool_input_read(struct input *input, FILE *in, FILE *err)
{
	size_t capacity = 0;

	*input = (struct input){NULL, 0};
	while (!feof(in) && input->length <= INPUT_MAX) {
		if (input->length == capacity && grow(input, &capacity) != TOOL_OK) {
			tool_error(err, DEPLOYCFG_ERR_MEMORY, TOOL_SAY("out of memory"));
			return TOOL_INVALID;
		}
		input->length += fread(input->bytes + input->length, 1,
				       capacity - input->length, in);
		if (ferror(in))
			return failed_to_read(err);
	}
	return input->length > INPUT_MAX ? too_big(err) : TOOL_OK;
}
