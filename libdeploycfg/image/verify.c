/* SPDX-License-Identifier: ISC */
/*
 * Proves foreign bytes an image, part by part: each trusts only what those before it
 * have proven, and everything is walked in the order in which it was written, so that
 * nothing is read twice and nothing is left over.
 */
#include "image/verify.h"

#include "base/utf8.h"
#include "image/digest.h"
#include "image/verify_parts.h"

/* What is damaged is found here; what follows is against those who seal what they forge. */
static bool verify_seals(struct dcfg_verifier *verifier)
{
	const struct dcfg_header *header = verifier->image.header;
	char digest[DCFG_DIGEST_SIZE];

	if (le64_get(header->checksum) != dcfg_checksum(header))
		return dcfg_refuse(verifier, &header->checksum, "the checksum is wrong");
	dcfg_image_digest(header, digest);
	if (memcmp(digest, header->image_digest, sizeof(digest)) != 0)
		return dcfg_refuse(verifier, header->image_digest,
				   "the digest of the image is wrong");
	dcfg_values_digest(header, digest);
	if (memcmp(digest, header->values_digest, sizeof(digest)) != 0)
		return dcfg_refuse(verifier, header->values_digest,
				   "the digest of values is wrong");
	return true;
}

static bool open_section(struct dcfg_verifier *verifier, enum dcfg_section_id id,
			 struct dcfg_text_section *section)
{
	size_t length, valid;

	section->next = dcfg_section_start(verifier->image.header, id, &length);
	section->end = section->next + length;
	valid = dcfg_utf8_check(dcfg_view(section->next, length));
	return valid == length ||
	       dcfg_refuse(verifier, section->next + valid, "a text is not valid UTF-8");
}

/* Everything that is not the header is reachable from here on. */
static bool verify_selection(struct dcfg_verifier *verifier)
{
	const struct dcfg_header *header = verifier->image.header;
	struct dcfg_text_section *values = &verifier->values,
				 *strings = &verifier->strings;

	verifier->image = dcfg_image(verifier->bytes);
	if (verifier->image.record_count == 0)
		return dcfg_refuse(verifier, verifier->image.records, "there is no root");
	return open_section(verifier, DCFG_VALUES, values) &&
	       open_section(verifier, DCFG_STRINGS, strings) &&
	       dcfg_verify_string(verifier, values, &header->environment) &&
	       dcfg_verify_string(verifier, values, &header->overlays) &&
	       dcfg_verify_string(verifier, strings, &header->selected_by) &&
	       dcfg_verify_string(verifier, strings, &header->overlays_by) &&
	       dcfg_verify_string(verifier, strings, &header->prefix);
}

static bool verify_source(struct dcfg_verifier *verifier,
			  const struct deploycfg_source *source, size_t rank)
{
	static const uint8_t zero[sizeof(source->reserved)];
	struct dcfg_text_section *strings = &verifier->strings;

	if (source->kind > DEPLOYCFG_SOURCE_OVERRIDE)
		return dcfg_refuse(verifier, &source->kind,
				   "a kind of source is not known");
	if (source->state > DEPLOYCFG_SOURCE_SKIPPED)
		return dcfg_refuse(verifier, &source->state,
				   "a state of a source is not known");
	if (source->syntax > DEPLOYCFG_YAML)
		return dcfg_refuse(verifier, &source->syntax,
				   "a syntax of a source is not known");
	if (le32_get(source->rank) != rank)
		return dcfg_refuse(verifier, &source->rank,
				   "sources are in another order");
	if (memcmp(source->reserved, zero, sizeof(zero)) != 0)
		return dcfg_refuse(verifier, source->reserved,
				   "reserved bytes are not zero");
	return dcfg_verify_string(verifier, strings, &source->name) &&
	       dcfg_verify_string(verifier, strings, &source->label) &&
	       dcfg_verify_string(verifier, strings, &source->reason) &&
	       dcfg_verify_string(verifier, strings, &source->revision);
}

static bool verify_sources(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;

	for (size_t i = 0; i < image->source_count; i++)
		if (!verify_source(verifier, &image->sources[i], i))
			return false;
	return true;
}

static bool verify_leftovers(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;

	if (verifier->related != image->related + image->related_count)
		return dcfg_refuse(verifier, verifier->related,
				   "a related value belongs to no key");
	if (verifier->values.next != verifier->values.end)
		return dcfg_refuse(verifier, verifier->values.next,
				   "a text belongs to no key");
	if (verifier->strings.next != verifier->strings.end)
		return dcfg_refuse(verifier, verifier->strings.next,
				   "a string is not used");
	return true;
}

static size_t used_slots(const struct le32 *slots, size_t count)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
		used += slots[i].raw != 0;
	return used;
}

/* As many slots as keys, and every key found: so no slot leads anywhere else. */
static bool verify_index(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;
	uint32_t records = (uint32_t)image->record_count,
		 seed = le32_get(image->header->seed);
	struct dcfg_index_shape shape = dcfg_index_shape(records);
	size_t count;
	const struct le32 *slots = dcfg_section_start(image->header, DCFG_INDEX, &count);

	if (seed >= DCFG_SEEDS || (count == 0 && seed != 0))
		return dcfg_refuse(verifier, &image->header->seed,
				   "the index has no such seed");
	if (count == 0)
		return true;
	if (count != shape.slots || slots[count - 1].raw ||
	    used_slots(slots, count) != records - 1)
		return dcfg_refuse(verifier, slots, "the index has another size");
	for (uint32_t number = 1; number < records; number++)
		if (!dcfg_index_holds(&shape, slots, image->records, number, seed))
			return dcfg_refuse(verifier, &image->records[number],
					   "the index does not find a key");
	return true;
}

/* What is history has no value. */
static bool verify_past(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;

	for (size_t i = 0; i < image->history_count; i++)
		if (dcfg_image_find(image, dcfg_record_path(&image->history[i])))
			return dcfg_refuse(verifier, &image->history[i],
					   "a key of history has a value");
	return true;
}

bool dcfg_verify(const void *bytes, size_t length, const char **problem, size_t *offset)
{
	static bool (*const parts[])(struct dcfg_verifier *) = {
		dcfg_verify_layout, verify_seals,        verify_selection,
		verify_sources,     dcfg_verify_records, dcfg_verify_history,
		verify_leftovers,   verify_index,        verify_past,
	};
	struct dcfg_verifier verifier = {.bytes = bytes, .length = length};

	for (size_t i = 0; i < DCFG_COUNT(parts); i++) {
		if (parts[i](&verifier))
			continue;
		*problem = verifier.problem;
		*offset = verifier.offset;
		return false;
	}
	return true;
}
