/* SPDX-License-Identifier: ISC */
/* Whether foreign bytes are an image: after true no accessor can leave the block. */
#ifndef DCFG_IMAGE_VERIFY_H
#define DCFG_IMAGE_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

/* problem: gets what is wrong, a static text; offset: and where, in bytes. bytes are
 * aligned to 8 and must not change any more. */
bool dcfg_verify(const void *bytes, size_t length, const char **problem, size_t *offset);

#endif
