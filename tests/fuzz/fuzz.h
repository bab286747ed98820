/* SPDX-License-Identifier: ISC */
/*
 * What the harnesses share. Each defines fuzz(); replay.c feeds it files, and libFuzzer its own
 * inputs through the entry point in common.c.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "deploycfg.h"

/* Tries one input; whether it was accepted: a harness that never succeeds tests nothing. */
bool fuzz(const uint8_t *bytes, size_t length);

/* Aborts where something is not as it must be. */
#define demand(condition) ((condition) ? (void)0 : abort())

/* Loads a text as a layer over a small base and under a small schema, which declares what is below
 * `typed` and lets all else pass; or gives NULL where it is refused. */
struct deploycfg_snapshot *fuzz_load(enum deploycfg_syntax syntax, const uint8_t *bytes,
				     size_t length);

/* Loads a text twice, and compares, copies and reads all of the answer. */
bool fuzz_text(enum deploycfg_syntax syntax, const uint8_t *bytes, size_t length);

/* A snapshot is there where no error is, and every diagnostic has a text; frees them. */
void fuzz_judge(const struct deploycfg_snapshot *result, struct deploycfg_errors *errors);

/* Demands that two loads gave one image, and reads all of a copy. */
void fuzz_same(const struct deploycfg_snapshot *snapshot,
	       const struct deploycfg_snapshot *again);

/* Calls every accessor on every entry and source; whether what it finds agrees. */
bool fuzz_read_all(const struct deploycfg_snapshot *snapshot);

#endif
