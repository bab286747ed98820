/* SPDX-License-Identifier: ISC */
/* Plain text that other readers of YAML take for something else than it is here. */
#ifndef DCFG_MODEL_LOOKALIKE_H
#define DCFG_MODEL_LOOKALIKE_H

#include "model/context.h"
#include "model/value.h"

/*
 * What others take plain text for, in words such as "a bool"; NULL where that is what YAML 1.2
 * makes of it, or what it is here: `no`, 1_000, 12:30:45, 007, 1e3. Dates count as strings.
 */
const char *dcfg_lookalike(struct dcfg_view text, enum deploycfg_type here);

/* Whose readers do. */
const char *dcfg_lookalike_readers(struct dcfg_view text);

/* The type of a scalar in the same words. */
const char *dcfg_type_words(enum deploycfg_type type);

#endif
