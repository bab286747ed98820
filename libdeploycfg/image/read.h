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
#include "model/value.h"

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

static inline enum deploycfg_type dcfg_type(const struct deploycfg_entry *record)
{
	return (enum deploycfg_type)(record->kind & 15);
}

static inline enum deploycfg_relation dcfg_relation(const struct deploycfg_entry *record)
{
	return (enum deploycfg_relation)(record->kind >> 4 & 7);
}

static inline bool dcfg_is_container(const struct deploycfg_entry *record)
{
	return dcfg_type_has_children(dcfg_type(record));
}

/* A scalar whose value is not in the image. */
static inline bool dcfg_is_hidden(const struct deploycfg_entry *record)
{
	return record->flags & DCFG_SECRET && dcfg_type_has_text(dcfg_type(record));
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

/* Of the path's last segment, where it stands in quotes there. */
static inline const char *dcfg_record_quoted_name(const struct deploycfg_entry *record)
{
	return (const char *)dcfg_follow(&record->path) + le16_get(record->path_length) +
	       1;
}

static inline const char *dcfg_record_name(const struct deploycfg_entry *record)
{
	struct dcfg_view path = dcfg_record_path(record);

	if (dcfg_unlikely(record->flags & DCFG_QUOTED))
		return dcfg_record_quoted_name(record);
	while (path.len && path.ptr[path.len - 1] != '.')
		path.len--;
	return path.ptr + path.len;
}

/* Of an item: the number that its path ends in, `[7]`. */
static inline size_t dcfg_record_index(const struct deploycfg_entry *record)
{
	struct dcfg_view path = dcfg_record_path(record);
	size_t index = 0, unit = 1;

	for (const char *digit = path.ptr + path.len - 2; *digit != '['; digit--) {
		index += (size_t)(*digit - '0') * unit;
		unit *= 10;
	}
	return index;
}

/* Of scalars: what stands behind path and name, unless another record has these. */
static inline const char *dcfg_record_text_at(const struct deploycfg_entry *record)
{
	const char *at = dcfg_record_quoted_name(record);

	if (dcfg_unlikely(dcfg_relation(record) != DEPLOYCFG_WINNER))
		return dcfg_follow(&record->related);
	return dcfg_unlikely(record->flags & DCFG_QUOTED) ? at + strlen(at) + 1 : at;
}

static inline struct dcfg_view dcfg_record_text(const struct deploycfg_entry *record)
{
	if (!dcfg_type_has_text(dcfg_type(record)) ||
	    dcfg_unlikely(dcfg_is_hidden(record)))
		return dcfg_view(dcfg_record_quoted_name(record) - 1, 0);
	return dcfg_view(dcfg_record_text_at(record), le32_get(record->length));
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
