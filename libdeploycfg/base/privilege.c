/* SPDX-License-Identifier: ISC */
/* Asks the system who we are. The kernel's word is taken where it gives one: user and group say
 * nothing of capabilities. */
#include "base/privilege.h"

#include <unistd.h>

#ifdef __linux__
#include <errno.h>
#include <sys/auxv.h>

static bool by_kernel(bool *known)
{
	unsigned long secure;

	errno = 0;
	secure = getauxval(AT_SECURE);
	*known = secure || errno != ENOENT;
	return secure != 0;
}
#else
static bool by_kernel(bool *known)
{
	*known = false;
	return false;
}
#endif

bool dcfg_is_privileged(void)
{
	bool known, secure = by_kernel(&known);

	return known ? secure : geteuid() != getuid() || getegid() != getgid();
}

uint32_t dcfg_effective_user(void)
{
	return (uint32_t)geteuid();
}
