/* SPDX-License-Identifier: ISC */
/* The library's arena with blocks for one allocation each, so that each of these can fail. */
#define BLOCK_MIN ((size_t)8)
#define BLOCK_MAX BLOCK_MIN

#include "../../libdeploycfg/base/arena.c"
