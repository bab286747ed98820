/* SPDX-License-Identifier: ISC */
/* Checksum and digests. Knows where sections lie, and follows no offset in them. */
#include "image/digest.h"

static void print(XXH128_hash_t hash, char digest[DCFG_DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	XXH128_canonical_t bytes;

	XXH128_canonicalFromHash(&bytes, hash);
	for (size_t i = 0; i < sizeof(bytes.digest); i++) {
		digest[2 * i] = digits[bytes.digest[i] >> 4];
		digest[2 * i + 1] = digits[bytes.digest[i] & 15];
	}
	digest[DCFG_DIGEST_SIZE - 1] = '\0';
}

void dcfg_values_digest(const struct dcfg_header *header, char digest[DCFG_DIGEST_SIZE])
{
	size_t bytes;
	const char *values = dcfg_section_start(header, DCFG_VALUES, &bytes);

	print(XXH3_128bits(values, bytes), digest);
}

void dcfg_image_digest(const struct dcfg_header *header, char digest[DCFG_DIGEST_SIZE])
{
	struct dcfg_header copy = *header;
	XXH3_state_t state;
	size_t bytes;
	const char *values = dcfg_section_start(header, DCFG_VALUES, &bytes);
	const char *begin = (const char *)(header + 1),
		   *end = (const char *)header + le32_get(header->size);

	copy.checksum = le64_of(0);
	memset(copy.image_digest, 0, sizeof(copy.image_digest));
	XXH3_128bits_reset(&state);
	XXH3_128bits_update(&state, &copy, sizeof(copy));
	XXH3_128bits_update(&state, begin, (size_t)(values - begin));
	XXH3_128bits_update(&state, values + bytes, (size_t)(end - values) - bytes);
	print(XXH3_128bits_digest(&state), digest);
}

uint64_t dcfg_checksum(const struct dcfg_header *header)
{
	struct dcfg_header copy = *header;

	copy.checksum = le64_of(0);
	return dcfg_hash(&copy, sizeof(copy), 0);
}
