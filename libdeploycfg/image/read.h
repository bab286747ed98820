/* SPDX-License-Identifier: ISC */
/* Inline readers of a trusted image: nothing here looks for corruption, image/verify.h
 * has. */
#ifndef DCFG_IMAGE_READ_H
#define DCFG_IMAGE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/hash.h"
#include "base/view.h"
#include "image/index.h"

struct dcfg_image {
	const struct deploycfg_entry *records;
	const struct le32 *slots; /* NULL without index */
	uint64_t seed;
	uint32_t mask, homes;
	size_t record_count;
	const struct deploycfg_entry *history, *related;
	size_t history_count, related_count;
	const struct deploycfg_source *sources;
	size_t source_count;
	const struct dcfg_header *header;
};

static inline const void *dcfg_follow(const struct le32 *offset)
{
	return (const char *)offset + le32_get(*offset);
}

static inline bool dcfg_is_container(const struct deploycfg_entry *record)
{
	return record->type == DEPLOYCFG_LIST || record->type == DEPLOYCFG_MAP;
}

/* Records of the subtree, with itself: 1 for all that have no children. */
static inline size_t dcfg_span(const struct deploycfg_entry *record)
{
	return dcfg_is_container(record) ? (size_t)le64_get(record->value) : 1;
}

static inline struct dcfg_view dcfg_record_path(const struct deploycfg_entry *record)
{
	return dcfg_view((const char *)dcfg_follow(&record->path),
			 le16_get(record->path_length));
}

static inline struct dcfg_view dcfg_record_text(const struct deploycfg_entry *record)
{
	size_t length = dcfg_is_container(record) ? 0 : le32_get(record->length);

	return dcfg_view((const char *)dcfg_follow(&record->text), length);
}

static inline const struct dcfg_section *
dcfg_section_table(const struct dcfg_header *header)
{
	return (const void *)((const char *)header + le16_get(header->header_size));
}

/* The section of that id, NULL where the image has none. */
static inline const struct dcfg_section *dcfg_section(const struct dcfg_header *header,
						      enum dcfg_section_id id)
{
	const struct dcfg_section *section = dcfg_section_table(header);
	const struct dcfg_section *end = section + le32_get(header->sections);

	while (section < end && le32_get(section->id) != (uint32_t)id)
		section++;
	return section < end ? section : NULL;
}

static inline const void *dcfg_section_start(const struct dcfg_header *header,
					     enum dcfg_section_id id, size_t *count)
{
	const struct dcfg_section *section = dcfg_section(header, id);

	*count = le32_get(section->count);
	return (const char *)header + le32_get(section->offset);
}

static inline struct dcfg_image dcfg_image(const void *bytes)
{
	const struct dcfg_header *header = bytes;
	struct dcfg_image image = {.header = header, .seed = le32_get(header->seed)};
	struct dcfg_index_shape shape;
	size_t slots;

	image.records = dcfg_section_start(header, DCFG_RECORDS, &image.record_count);
	image.history = dcfg_section_start(header, DCFG_HISTORY, &image.history_count);
	image.related = dcfg_section_start(header, DCFG_RELATED, &image.related_count);
	image.sources = dcfg_section_start(header, DCFG_SOURCES, &image.source_count);
	image.slots = dcfg_section_start(header, DCFG_INDEX, &slots);
	shape = dcfg_index_shape((uint32_t)image.record_count);
	image.mask = shape.mask;
	image.homes = shape.homes;
	if (slots == 0)
		image.slots = NULL;
	return image;
}

/* Binary search in sorted records, by a path however it is quoted. */
const struct deploycfg_entry *dcfg_search(const struct deploycfg_entry *records,
					  size_t count, struct dcfg_view path);

/* By canonical path, of the keys that have a value. */
static inline const struct deploycfg_entry *
dcfg_image_find(const struct dcfg_image *image, struct dcfg_view path)
{
	const struct le32 *slot;
	uint64_t hash;

	if (dcfg_unlikely(path.len == 0))
		return image->records;
	if (dcfg_unlikely(!image->slots))
		return dcfg_search(image->records, image->record_count, path);
	hash = dcfg_hash(path.ptr, path.len, image->seed);
	slot = image->slots + dcfg_index_home(hash, image->homes);
	for (uint32_t bits; (bits = le32_get(*slot)) != 0; slot++) {
		const struct deploycfg_entry *record =
			image->records + (bits & image->mask);

		if (((bits ^ (uint32_t)hash) & ~image->mask) != 0)
			continue;
		if (dcfg_likely(le16_get(record->path_length) == path.len &&
				memcmp(dcfg_follow(&record->path), path.ptr, path.len) ==
					0))
			return record;
	}
	return NULL;
}

#endif
