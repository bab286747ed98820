/* SPDX-License-Identifier: ISC */
/*
 * The values of secrets, in a block of their own that never becomes part of an image: offsets
 * of twins by number, then the twins, each with path, name and text behind it. A twin is the
 * record of its key without the flag SECRET, and with the value; it knows no source.
 */
#ifndef DCFG_IMAGE_SECRETS_H
#define DCFG_IMAGE_SECRETS_H

#include "image/read.h"

/* All zeros where there are none. */
struct dcfg_secrets {
	char *bytes; /* from dcfg_vault_map() */
	size_t size;
	uint32_t count;
};

/* The twin of a record that is hidden. NULL where the snapshot came without its secrets. */
static inline const struct deploycfg_entry *
dcfg_twin(const struct dcfg_secrets *secrets, const struct deploycfg_entry *record)
{
	const struct le32 *offsets = (const void *)secrets->bytes;
	uint64_t number = le64_get(record->value);

	return number < secrets->count
		       ? (const void *)(secrets->bytes + le32_get(offsets[number]))
		       : NULL;
}

#endif
