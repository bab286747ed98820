/* SPDX-License-Identifier: ISC */
/* What types are: which have text or children, which plain text YAML 1.2 takes for what, and text
 * that takes a type. */
#ifndef DCFG_MODEL_VALUE_H
#define DCFG_MODEL_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/view.h"
#include "deploycfg.h"

union dcfg_scalar {
	bool boolean;
	int64_t integer; /* INT; DURATION: nanoseconds; SIZE: bytes */
	double real;
};

static inline bool dcfg_type_has_children(enum deploycfg_type type)
{
	return type == DEPLOYCFG_LIST || type == DEPLOYCFG_MAP;
}

/* A scalar other than null. */
static inline bool dcfg_type_has_text(enum deploycfg_type type)
{
	return type > DEPLOYCFG_NULL && !dcfg_type_has_children(type);
}

/*
 * The core schema, for plain scalars: sets NULL, BOOL, INT, FLOAT or STRING and the value.
 * DCFG_OUT_OF_RANGE: it is an int or float (see *type) that does not fit.
 * Decimals with leading zeros, such as 007, are strings.
 */
enum dcfg_parse dcfg_resolve(struct dcfg_view text, enum deploycfg_type *type,
			     union dcfg_scalar *value);

/*
 * Text that takes the type of a scalar: sets the value, if the type has one that is not its text,
 * and *canonical to the text to be stored. Of a BOOL, INT or FLOAT that is the same text where
 * YAML would read it as that type, else a new one in the arena (`no` is stored as `false`, `2`
 * as a float as `2.0`); all others keep theirs.
 */
enum dcfg_parse dcfg_convert(struct dcfg_arena *arena, struct dcfg_view text,
			     enum deploycfg_type type, union dcfg_scalar *value,
			     struct dcfg_view *canonical);

/* The text that a BOOL, INT or FLOAT prints as, in the arena; ptr is NULL without memory. */
struct dcfg_view dcfg_canonical(struct dcfg_arena *arena, enum deploycfg_type type,
				const union dcfg_scalar *value);

#endif
