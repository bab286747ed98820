/* SPDX-License-Identifier: ISC */
/* What scalars are: which plain text YAML 1.2 takes for what, and text that takes a type. */
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
	int64_t integer;
	double real;
};

/*
 * The core schema, for plain scalars: sets NULL, BOOL, INT, FLOAT or STRING and the value.
 * DCFG_OUT_OF_RANGE: it is an int or float (see *type) that does not fit.
 * Decimals with leading zeros, such as 007, are strings.
 */
enum dcfg_parse dcfg_resolve(struct dcfg_view text, enum deploycfg_type *type,
			     union dcfg_scalar *value);

/*
 * Text that takes the type BOOL, INT or FLOAT: sets the value, and *canonical to the text to
 * be stored, which is the same text where YAML would read it as that type, else a new one in
 * the arena (`no` is stored as `false`, `2` as a float as `2.0`).
 */
enum dcfg_parse dcfg_convert(struct dcfg_arena *arena, struct dcfg_view text,
			     enum deploycfg_type type, union dcfg_scalar *value,
			     struct dcfg_view *canonical);

#endif
