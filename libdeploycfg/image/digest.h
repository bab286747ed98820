/* SPDX-License-Identifier: ISC */
/* What seals an image: for those who write one and those who prove one. */
#ifndef DCFG_IMAGE_DIGEST_H
#define DCFG_IMAGE_DIGEST_H

#include "image/read.h"

/* Over everything but the checksum itself. */
uint64_t dcfg_checksum(const struct dcfg_header *header);

/* Over everything but checksum and digests. */
void dcfg_image_digest(const struct dcfg_header *header, char digest[DCFG_DIGEST_SIZE]);

/* Over what programs can see: paths, types, values, texts, environment, overlays.
 * strings: bytes
 * of the pool that these use, which are its first. */
void dcfg_values_digest(const struct dcfg_image *image, size_t strings,
			char digest[DCFG_DIGEST_SIZE]);

#endif
