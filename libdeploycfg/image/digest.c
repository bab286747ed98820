/* SPDX-License-Identifier: ISC */
/* Checksum and digests. Knows where things lie in an image and believes what it reads: a
 * verifier asks for these when all else is proven. */
#include "image/digest.h"

static void print(XXH128_hash_t hash, char digest[DCFG_DIGEST_SIZE])
{
	snprintf(digest, DCFG_DIGEST_SIZE, "%016llx%016llx",
		 (unsigned long long)hash.high64, (unsigned long long)hash.low64);
}

static const char *behind(const struct dcfg_header *header, size_t *length)
{
	*length = le32_get(header->size) - sizeof(*header);
	return (const char *)(header + 1);
}

uint64_t dcfg_checksum(const struct dcfg_header *header)
{
	struct dcfg_header copy = *header;
	size_t length;
	const char *bytes = behind(header, &length);

	copy.checksum = le64_of(0);
	return dcfg_hash(bytes, length, dcfg_hash(&copy, sizeof(copy), 0));
}

void dcfg_image_digest(const struct dcfg_header *header, char digest[DCFG_DIGEST_SIZE])
{
	struct dcfg_header copy = *header;
	size_t length;
	const char *bytes = behind(header, &length);

	copy.checksum = le64_of(0);
	memset(copy.values_digest, 0, sizeof(copy.values_digest));
	memset(copy.image_digest, 0, sizeof(copy.image_digest));
	print(XXH3_128bits_withSeed(bytes, length, dcfg_hash(&copy, sizeof(copy), 0)),
	      digest);
}

/* What a record says to programs, apart from its path: that is hashed with all paths. */
struct fact {
	struct le64 value;
	struct le32 text; /* offset in the strings */
	struct le32 length;
	struct le64 type;
};

static void add_facts(XXH3_state_t *state, const struct dcfg_image *image,
		      const char *strings)
{
	struct fact facts[64];
	size_t used = 0;

	for (size_t i = 0; i < image->record_count; i++) {
		const struct deploycfg_entry *record = &image->records[i];
		const char *text = dcfg_follow(&record->text);

		facts[used++] =
			(struct fact){record->value, le32_of((uint32_t)(text - strings)),
				      record->length, le64_of(record->type)};
		if (used == DCFG_COUNT(facts) || i + 1 == image->record_count) {
			XXH3_128bits_update(state, facts, used * sizeof(*facts));
			used = 0;
		}
	}
}

void dcfg_values_digest(const struct dcfg_image *image, size_t strings,
			char digest[DCFG_DIGEST_SIZE])
{
	const struct deploycfg_entry *last = &image->records[image->record_count - 1];
	const char *environment = dcfg_follow(&image->header->environment);
	const char *overlays = dcfg_follow(&image->header->overlays);
	struct dcfg_view path = dcfg_record_path(last);
	XXH3_state_t state;
	size_t bytes;
	const char *paths = dcfg_section_start(image->header, DCFG_PATHS, &bytes);
	const char *pool = dcfg_section_start(image->header, DCFG_STRINGS, &bytes);

	XXH3_128bits_reset(&state);
	XXH3_128bits_update(&state, environment, strlen(environment) + 1);
	XXH3_128bits_update(&state, overlays, strlen(overlays) + 1);
	XXH3_128bits_update(&state, paths, (size_t)(path.ptr + path.len + 1 - paths));
	XXH3_128bits_update(&state, pool, strings);
	add_facts(&state, image, pool);
	print(XXH3_128bits_digest(&state), digest);
}
