/* SPDX-License-Identifier: ISC */
/* Whether this process has rights that whoever started it has not: by a set-user-ID or
 * set-group-ID bit, by a file's capabilities, by a change of security context. Then whoever
 * started it chose its environment, and must not choose more by it. */
#ifndef DCFG_BASE_PRIVILEGE_H
#define DCFG_BASE_PRIVILEGE_H

#include <stdbool.h>
#include <stdint.h>

bool dcfg_is_privileged(void);

/* Who it acts as. */
uint32_t dcfg_effective_user(void);

#endif
