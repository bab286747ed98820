/* SPDX-License-Identifier: ISC */
/* The parsers below deploycfg with a consumer that does nothing: what loading cannot beat. */
#ifndef DCFG_BENCH_BARE_H
#define DCFG_BENCH_BARE_H

#include <stddef.h>

/* Both die on a syntax error. */
void bare_yaml(const char *bytes, size_t length);
void bare_ini(const char *bytes, size_t length);

#endif
