/* SPDX-License-Identifier: ISC */
/* From diagnostics to an exit status. Must not know what was done. */
#include "status.h"

#include <stddef.h>

static int status_of(const struct deploycfg_error *error)
{
	if (deploycfg_error_severity(error) != DEPLOYCFG_ERROR)
		return TOOL_OK;
	switch (deploycfg_error_status(error)) {
	case DEPLOYCFG_ERR_ARGUMENT:
		return TOOL_USAGE;
	case DEPLOYCFG_ERR_NOT_FOUND:
	case DEPLOYCFG_ERR_NOT_REGULAR:
	case DEPLOYCFG_ERR_PERMISSION:
	case DEPLOYCFG_ERR_IO:
	case DEPLOYCFG_ERR_TOO_BIG:
	case DEPLOYCFG_ERR_OWNER:
	case DEPLOYCFG_ERR_GROUP_WRITABLE:
	case DEPLOYCFG_ERR_WORLD_WRITABLE:
	case DEPLOYCFG_ERR_PARENT_OWNER:
	case DEPLOYCFG_ERR_PARENT_GROUP_WRITABLE:
	case DEPLOYCFG_ERR_PARENT_WORLD_WRITABLE:
	case DEPLOYCFG_ERR_ESCAPE:
	case DEPLOYCFG_ERR_HARD_LINK:
	case DEPLOYCFG_ERR_READABLE:
		return TOOL_UNREADABLE;
	case DEPLOYCFG_ERR_MISSING:
		return TOOL_NOT_SET;
	default:
		return TOOL_INVALID;
	}
}

int tool_worse(int one, int other)
{
	static const int worst_first[] = {TOOL_USAGE, TOOL_UNREADABLE, TOOL_INVALID,
					  TOOL_NOT_SET, TOOL_OK};
	size_t i = 0;

	while (worst_first[i] != one && worst_first[i] != other)
		i++;
	return worst_first[i];
}

int tool_status_of(const struct deploycfg_errors *errors)
{
	int status = TOOL_OK;

	for (size_t i = 0; i < deploycfg_errors_count(errors); i++)
		status = tool_worse(status, status_of(deploycfg_errors_at(errors, i)));
	return status;
}
