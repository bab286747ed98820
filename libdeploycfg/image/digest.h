/* SPDX-License-Identifier: ISC */
/* What seals an image: for those who write one and those who prove one. Each needs a section
 * table that may be believed, and nothing else. */
#ifndef DCFG_IMAGE_DIGEST_H
#define DCFG_IMAGE_DIGEST_H

#include "image/read.h"

/* Over what programs can see: environment, overlays, paths, types, values, texts. */
void dcfg_values_digest(const struct dcfg_header *header, char digest[DCFG_DIGEST_SIZE]);

/* Over everything but the checksum and itself; what the digest of values is over is in it by
 * that. */
void dcfg_image_digest(const struct dcfg_header *header, char digest[DCFG_DIGEST_SIZE]);

/* Over the header, and so over the digests. */
uint64_t dcfg_checksum(const struct dcfg_header *header);

#endif
