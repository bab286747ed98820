/* SPDX-License-Identifier: ISC */
/* Asks the system. Must not know what is refused then. */
#include "privilege.h"

#include <unistd.h>

#ifdef __linux__
#include <sys/auxv.h>
#endif

bool tool_is_privileged(void)
{
#ifdef __linux__
	/* Of a file's capabilities users and groups say nothing. */
	if (getauxval(AT_SECURE))
		return true;
#endif
	return geteuid() != getuid() || getegid() != getgid();
}
