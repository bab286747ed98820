/* SPDX-License-Identifier: ISC */
/* The malloc() below everything: counts, fails the chosen call, and knows what is alive. */
#ifndef SWEEP_MEMORY_H
#define SWEEP_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the nth allocation fails (from 1; 0: none), and all after it if `onwards`. */
void memory_fail(size_t nth, bool onwards);

/* Allocations asked for since then. */
size_t memory_count(void);

/* Blocks that are allocated and not yet freed. */
long memory_alive(void);

#endif
