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
		return TOOL_UNREADABLE;
	case DEPLOYCFG_ERR_MISSING:
		return TOOL_NOT_SET;
	default:
		return TOOL_INVALID;
	}
}

int tool_status_of(const struct deploycfg_errors *errors)
{
	static const int strongest_first[] = {TOOL_USAGE, TOOL_UNREADABLE, TOOL_INVALID,
					      TOOL_NOT_SET, TOOL_OK};
	unsigned seen = 1u << TOOL_OK;
	size_t i = 0;

	for (size_t at = 0; at < deploycfg_errors_count(errors); at++)
		seen |= 1u << status_of(deploycfg_errors_at(errors, at));
	while (!(seen & 1u << strongest_first[i]))
		i++;
	return strongest_first[i];
}
