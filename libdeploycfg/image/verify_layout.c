/* SPDX-License-Identifier: ISC */
/* Whether header and section table may be believed. Knows sections by size, not what
 * is in them. */
#include "image/verify_parts.h"

static const char *const mismatch[] = {
	[DCFG_RECORDS] = "the keys are not as large as they say",
	[DCFG_HISTORY] = "the history is not as large as it says",
	[DCFG_RELATED] = "the related values are not as large as they say",
	[DCFG_SOURCES] = "the sources are not as large as they say",
	[DCFG_STRINGS] = "the strings are not as large as they say",
	[DCFG_VALUES] = "the values are not as large as they say",
	[DCFG_INDEX] = "the index is not as large as it says",
};

static bool all_zero(const void *bytes, size_t length)
{
	const char *at = bytes;

	for (size_t i = 0; i < length; i++)
		if (at[i])
			return false;
	return true;
}

static bool verify_version(struct dcfg_verifier *verifier,
			   const struct dcfg_header *header)
{
	if (memcmp(header->magic, DCFG_MAGIC, sizeof(header->magic)) != 0)
		return dcfg_refuse(verifier, header->magic, "it is no deploycfg image");
	if (le16_get(header->major) != DCFG_MAJOR)
		return dcfg_refuse(
			verifier, &header->major,
			"its format has another major version than this library reads");
	if (le16_get(header->record_size) != sizeof(struct deploycfg_entry))
		return dcfg_refuse(verifier, &header->record_size,
				   "its records have another size");
	if (le32_get(header->flags) & ~(uint32_t)DCFG_HAS_SCHEMA)
		return dcfg_refuse(verifier, &header->flags,
				   "it has a flag that is not known");
	if (!all_zero(header->reserved, sizeof(header->reserved)))
		return dcfg_refuse(verifier, header->reserved,
				   "reserved bytes are not zero");
	return true;
}

static bool verify_size(struct dcfg_verifier *verifier, const struct dcfg_header *header)
{
	size_t header_size = le16_get(header->header_size);
	uint64_t table =
		(uint64_t)le32_get(header->sections) * sizeof(struct dcfg_section);
	bool newer = le16_get(header->minor) > DCFG_MINOR;

	if (le32_get(header->size) != verifier->length)
		return dcfg_refuse(verifier, &header->size,
				   "it is cut off, or longer than it says");
	if (header_size < sizeof(*header) || header_size % 8 ||
	    header_size > verifier->length || (header_size > sizeof(*header) && !newer))
		return dcfg_refuse(verifier, &header->header_size,
				   "its header has a wrong size");
	if (table > verifier->length - header_size)
		return dcfg_refuse(verifier, &header->sections,
				   "its section table does not fit");
	return true;
}

/* Sections follow each other without gaps but zero padding; `at` is where the last one
 * ended. */
static bool verify_extent(struct dcfg_verifier *verifier,
			  const struct dcfg_section *section, size_t *at)
{
	size_t offset = le32_get(section->offset), size = le32_get(section->size);
	size_t padding;

	if (offset != *at)
		return dcfg_refuse(verifier, &section->offset,
				   "a section does not begin where the one before ends");
	if (size > verifier->length - offset)
		return dcfg_refuse(verifier, &section->size,
				   "a section is longer than the image");
	padding = -size & 7;
	if (padding > verifier->length - offset - size)
		return dcfg_refuse(verifier, &section->size, "a section is not padded");
	if (!all_zero(verifier->bytes + offset + size, padding))
		return dcfg_refuse(verifier, verifier->bytes + offset + size,
				   "padding is not zero");
	*at = offset + size + padding;
	return true;
}

static bool verify_section(struct dcfg_verifier *verifier,
			   const struct dcfg_section *section, unsigned *seen)
{
	uint32_t id = le32_get(section->id), count = le32_get(section->count);

	if (id == 0)
		return dcfg_refuse(verifier, &section->id, "a section has no number");
	if (id > DCFG_SECTIONS)
		return le16_get(verifier->image.header->minor) > DCFG_MINOR ||
		       dcfg_refuse(verifier, &section->id, "a section is not known");
	if (*seen & 1U << id)
		return dcfg_refuse(verifier, &section->id, "a section is there twice");
	*seen |= 1U << id;
	return (uint64_t)count * dcfg_element(id) == le32_get(section->size) ||
	       dcfg_refuse(verifier, &section->count, mismatch[id]);
}

/* Offsets lead forward, so that what is led to must follow what leads there. */
static bool verify_order(struct dcfg_verifier *verifier)
{
	const struct dcfg_section *last = NULL;

	for (unsigned id = DCFG_RECORDS; id <= DCFG_SECTIONS; id++) {
		const struct dcfg_section *section =
			dcfg_section(verifier->image.header, id);

		if (section < last)
			return dcfg_refuse(verifier, section,
					   "sections are in another order");
		last = section;
	}
	return true;
}

static bool verify_sections(struct dcfg_verifier *verifier,
			    const struct dcfg_header *header)
{
	const struct dcfg_section *section = dcfg_section_table(header);
	size_t count = le32_get(header->sections);
	size_t at = le16_get(header->header_size) + count * sizeof(*section);
	unsigned seen = 0;

	for (size_t i = 0; i < count; i++)
		if (!verify_extent(verifier, &section[i], &at) ||
		    !verify_section(verifier, &section[i], &seen))
			return false;
	if (at != verifier->length)
		return dcfg_refuse(verifier, verifier->bytes + at,
				   "something follows the last section");
	if (seen != (2U << DCFG_SECTIONS) - 2)
		return dcfg_refuse(verifier, &header->sections, "a section is missing");
	return verify_order(verifier);
}

bool dcfg_verify_layout(struct dcfg_verifier *verifier)
{
	const struct dcfg_header *header = (const void *)verifier->bytes;

	if (verifier->length < sizeof(*header) || verifier->length > DCFG_SIZE_MAX ||
	    verifier->length % 8)
		return dcfg_refuse(verifier, verifier->bytes,
				   "it is cut off, or no deploycfg image");
	verifier->image.header = header;
	return verify_version(verifier, header) && verify_size(verifier, header) &&
	       verify_sections(verifier, header);
}
