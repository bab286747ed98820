/* SPDX-License-Identifier: ISC */
/* Writes records: of keys, of history and of values that lost. */
#ifndef DCFG_IMAGE_RECORDS_H
#define DCFG_IMAGE_RECORDS_H

#include "image/flatten.h"
#include "image/format.h"
#include "image/pool.h"

/* An image that is being written: where the next of each kind goes. */
struct dcfg_writer {
	struct dcfg_context *context;
	const struct dcfg_effective *effective;
	const struct dcfg_flat *flat;
	const struct dcfg_view (*source_texts)[3]; /* name, label and reason of each */
	struct deploycfg_entry *records, *history, *related;
	struct deploycfg_source *sources;
	char *paths;
	struct dcfg_pool strings;
};

/* Makes a field lead to something behind it. */
static inline void dcfg_lead(struct le32 *field, const void *target)
{
	*field = le32_of((uint32_t)((const char *)target - (const char *)field));
}

/* The keys that have a value; their texts are the pool's first. */
void dcfg_write_records(struct dcfg_writer *writer);

/* The keys that have none. */
void dcfg_write_history(struct dcfg_writer *writer);

/* The runs of values that lost, of all these. */
void dcfg_write_related(struct dcfg_writer *writer);

#endif
