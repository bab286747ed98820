/* SPDX-License-Identifier: ISC */
/*
 * The one reader and the one printer of numbers and booleans. Whole text, C locale,
 * checked for overflow; nothing trimmed, nothing guessed. Which texts a syntax takes for
 * numbers without being asked is that syntax's business, not this file's.
 */
#ifndef DCFG_BASE_NUMBER_H
#define DCFG_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

enum dcfg_parse {
	DCFG_PARSED = 0,
	DCFG_MALFORMED,   /* does not read as the type at all */
	DCFG_OUT_OF_RANGE /* reads as one that does not fit */
};

/* true/false/yes/no/on/off/1/0, any ASCII case. */
enum dcfg_parse dcfg_parse_bool(struct dcfg_view text, bool *value);

/* Optional sign, decimal without leading zeros, or 0x or 0o and digits. */
enum dcfg_parse dcfg_parse_int(struct dcfg_view text, int64_t *value);

/* The same from 0 to UINT64_MAX; "-0" is 0, "-1" is out of range. */
enum dcfg_parse dcfg_parse_uint(struct dcfg_view text, uint64_t *value);

/*
 * The floats of YAML 1.2's core schema, .inf and .nan in their cases and
 *	[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
 * and ints that convert exactly; an int that does not is out of range, and so is a float
 * that overflows to infinity. Leading zeros as YAML has them.
 */
enum dcfg_parse dcfg_parse_double(struct dcfg_view text, double *value);

/*
 * Nanoseconds from 0 on: whole decimal numbers without leading zeros, each with one of the units
 * w d h m s ms us ns, in this order, each once; or a bare 0.
 */
enum dcfg_parse dcfg_parse_duration(struct dcfg_view text, int64_t *nanoseconds);

/*
 * Bytes from 0 on: one such number, with nothing or B behind it, kB MB GB TB (powers of 1000), or
 * KiB MiB GiB TiB (of 1024).
 */
enum dcfg_parse dcfg_parse_size(struct dcfg_view text, int64_t *bytes);

/* The number that so many hexadecimal digits write; UINT32_MAX where they are none. */
uint32_t dcfg_parse_hex(struct dcfg_view text, size_t digits);

/* Room for any text that the printers below write, NUL included. */
#define DCFG_NUMBER_SIZE 32

/* Decimal. Returns the length. */
size_t dcfg_print_int(char buffer[DCFG_NUMBER_SIZE], int64_t value);

/*
 * The fewest digits that read back to the same double, always with a point or exponent:
 * 1.0, 0.1, 1e+300, .inf, -.inf, .nan. Returns the length.
 */
size_t dcfg_print_double(char buffer[DCFG_NUMBER_SIZE], double value);

#endif
