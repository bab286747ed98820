/* SPDX-License-Identifier: ISC */
/* Which release this is. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "deploycfg.h"

const char *deploycfg_version(void)
{
	return PACKAGE_VERSION;
}
