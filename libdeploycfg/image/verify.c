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

static bool verify_checksum(struct dcfg_verifier *verifier)
{
	const struct dcfg_header *header = verifier->image.header;

	return le64_get(header->checksum) == dcfg_checksum(header) ||
	       dcfg_refuse(verifier, &header->checksum, "the checksum is wrong");
}

static bool open_section(struct dcfg_verifier *verifier, enum dcfg_section_id id,
			 struct dcfg_text_section *section)
{
	size_t length, valid;

	section->start = dcfg_section_start(verifier->image.header, id, &length);
	section->next = section->start;
	section->end = section->start + length;
	if (section->end[-1] != '\0')
		return dcfg_refuse(verifier, section->end - 1, "a text has no end");
	valid = dcfg_utf8_check(dcfg_view(section->start, length));
	return valid == length ||
	       dcfg_refuse(verifier, section->start + valid, "a text is not valid UTF-8");
}

/* Everything that is not the header is reachable from here on. */
static bool verify_texts(struct dcfg_verifier *verifier)
{
	verifier->image = dcfg_image(verifier->bytes);
	if (!open_section(verifier, DCFG_PATHS, &verifier->paths) ||
	    !open_section(verifier, DCFG_STRINGS, &verifier->strings))
		return false;
	if (*verifier->strings.next++ != '\0')
		return dcfg_refuse(verifier, verifier->strings.start,
				   "the first string is not empty");
	return dcfg_verify_string(verifier, &verifier->image.header->environment,
				  SIZE_MAX) &&
	       dcfg_verify_string(verifier, &verifier->image.header->overlays, SIZE_MAX);
}

static bool verify_source(struct dcfg_verifier *verifier,
			  const struct deploycfg_source *source, size_t rank)
{
	static const uint8_t zero[sizeof(source->reserved)];

	if (source->kind > DEPLOYCFG_SOURCE_OVERRIDE)
		return dcfg_refuse(verifier, &source->kind,
				   "a kind of source is not known");
	if (source->state > DEPLOYCFG_SOURCE_SKIPPED)
		return dcfg_refuse(verifier, &source->state,
				   "a state of a source is not known");
	if (le32_get(source->rank) != rank)
		return dcfg_refuse(verifier, &source->rank,
				   "sources are in another order");
	if (memcmp(source->reserved, zero, sizeof(zero)) != 0)
		return dcfg_refuse(verifier, source->reserved,
				   "reserved bytes are not zero");
	return dcfg_verify_string(verifier, &source->name, SIZE_MAX) &&
	       dcfg_verify_string(verifier, &source->label, SIZE_MAX) &&
	       dcfg_verify_string(verifier, &source->reason, SIZE_MAX) &&
	       dcfg_verify_string(verifier, &source->revision, SIZE_MAX);
}

static bool verify_sources(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;

	if (!dcfg_verify_string(verifier, &image->header->selected_by, SIZE_MAX) ||
	    !dcfg_verify_string(verifier, &image->header->overlays_by, SIZE_MAX) ||
	    !dcfg_verify_string(verifier, &image->header->prefix, SIZE_MAX))
		return false;
	for (size_t i = 0; i < image->source_count; i++)
		if (!verify_source(verifier, &image->sources[i], i))
			return false;
	return true;
}

static bool verify_leftovers(struct dcfg_verifier *verifier)
{
	if (verifier->paths.next != verifier->paths.end)
		return dcfg_refuse(verifier, verifier->paths.next,
				   "a path belongs to no key");
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

static bool verify_digests(struct dcfg_verifier *verifier)
{
	const struct dcfg_header *header = verifier->image.header;
	char digest[DCFG_DIGEST_SIZE];

	dcfg_values_digest(&verifier->image, verifier->value_strings, digest);
	if (memcmp(digest, header->values_digest, sizeof(digest)) != 0)
		return dcfg_refuse(verifier, header->values_digest,
				   "the digest of values is wrong");
	dcfg_image_digest(header, digest);
	if (memcmp(digest, header->image_digest, sizeof(digest)) != 0)
		return dcfg_refuse(verifier, header->image_digest,
				   "the digest of the image is wrong");
	return true;
}

bool dcfg_verify(const void *bytes, size_t length, const char **problem, size_t *offset)
{
	static bool (*const parts[])(struct dcfg_verifier *) = {
		dcfg_verify_layout,  verify_checksum,  verify_texts,
		dcfg_verify_records, verify_sources,   dcfg_verify_history,
		dcfg_verify_related, verify_leftovers, verify_index,
		verify_past,         verify_digests,
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
