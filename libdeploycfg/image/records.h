/* SPDX-License-Identifier: ISC */
/* Writes records, of keys, of history and of values that lost, and their texts. */
#ifndef DCFG_IMAGE_RECORDS_H
#define DCFG_IMAGE_RECORDS_H

#include "image/format.h"
#include "image/freeze.h"
#include "image/secrets.h"

/* An image that is being written: where the next of each kind goes. */
struct dcfg_writer {
	struct dcfg_context *context;
	struct deploycfg_entry *records, *history, *related;
	struct deploycfg_source *sources; /* the first */
	char *strings, *values;
	struct dcfg_secrets *secrets;
	char *twin;       /* the next one's place */
	bool is_document; /* names tell of no secrets */
};

/* Makes a field lead to something behind it. */
static inline void dcfg_lead(struct le32 *field, const void *target)
{
	*field = le32_of((uint32_t)((const char *)target - (const char *)field));
}

/* Writes a text and a NUL; returns what follows. */
static inline char *dcfg_write_text(char *at, struct dcfg_view text)
{
	if (text.len)
		memcpy(at, text.ptr, text.len);
	at[text.len] = '\0';
	return at + text.len + 1;
}

/* The keys of an ordered tree, and what lost there. */
void dcfg_write_records(struct dcfg_writer *writer, const struct dcfg_node *root);

/* The keys that have no value, likewise. */
void dcfg_write_history(struct dcfg_writer *writer, const struct dcfg_history *history);

#endif
