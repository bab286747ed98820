/* SPDX-License-Identifier: ISC */
/* Entries read by the rules of the getters, for those who say in their own words what is
 * wrong with them. */
#ifndef DCFG_GET_H
#define DCFG_GET_H

#include "base/number.h"
#include "snapshot.h"

enum dcfg_parse dcfg_read_bool(const struct deploycfg_entry *entry, bool *value);
enum dcfg_parse dcfg_read_int(const struct deploycfg_entry *entry, int64_t *value);
enum dcfg_parse dcfg_read_uint(const struct deploycfg_entry *entry, uint64_t *value);
enum dcfg_parse dcfg_read_double(const struct deploycfg_entry *entry, double *value);

/* The status of a value that does not read as what was asked for. */
enum deploycfg_status dcfg_read_status(const struct deploycfg_entry *entry,
				       enum dcfg_parse outcome);

#define DCFG_HINT_BOOL "write true or false"
#define DCFG_HINT_INT                                                                    \
	"write a whole number, without leading zeros or a unit, such as 8080"
#define DCFG_HINT_DOUBLE "write a number, such as 0.5"
#define DCFG_HINT_STRING "write a single value"

/* What to do about a value that does not read as what was asked for: what a schema made of
 * another type no configuration can mend. otherwise: of any other value. */
const char *dcfg_read_hint(const struct deploycfg_entry *entry, const char *otherwise);

/* Room for any text that dcfg_describe() writes. */
#define DCFG_DESCRIPTION_SIZE 400

/* What was found, in words. */
void dcfg_describe(char buffer[DCFG_DESCRIPTION_SIZE],
		   const struct deploycfg_entry *entry);

#endif
