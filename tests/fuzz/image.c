/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as an image. Random changes die at the checksum, so an input may also be a
 * recipe: YAML, a NUL, and pairs of a byte and where to put it in the image made of it, once as
 * it is and once behind the section table and sealed again.
 */
#include "fuzz.h"

#include <string.h>

#include "image/digest.h"

static bool take(const uint8_t *bytes, size_t length)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg =
		deploycfg_snapshot_from_image(bytes, length, &errors);

	fuzz_judge(cfg, errors);
	if (cfg)
		demand(fuzz_read_all(cfg));
	deploycfg_snapshot_unref(cfg);
	return cfg != NULL;
}

static void change(uint8_t *image, size_t size, const uint8_t *recipe, size_t length)
{
	for (size_t at = 0; at + 3 <= length; at += 3)
		image[((size_t)recipe[at] << 8 | recipe[at + 1]) % size] = recipe[at + 2];
}

static void seal(void *image)
{
	struct dcfg_header *header = image;

	dcfg_values_digest(header, header->values_digest);
	dcfg_image_digest(header, header->image_digest);
	header->checksum = le64_of(dcfg_checksum(header));
}

/* Of an image as it was made: its sections. */
static size_t body_of(const void *image)
{
	const struct dcfg_header *header = image;

	return le16_get(header->header_size) +
	       le32_get(header->sections) * sizeof(struct dcfg_section);
}

/* Whether a copy with the changes of the recipe is accepted. */
static bool take_changed(const void *image, size_t size, bool is_sealed,
			 const uint8_t *recipe, size_t length)
{
	size_t body = is_sealed ? body_of(image) : 0;
	uint8_t *copy = malloc(size);
	bool taken;

	if (!copy)
		return false;
	memcpy(copy, image, size);
	change(copy + body, size - body, recipe, length);
	if (is_sealed)
		seal(copy);
	taken = take(copy, size);
	free(copy);
	return taken;
}

bool fuzz(const uint8_t *bytes, size_t length)
{
	const uint8_t *end = memchr(bytes, 0, length);
	size_t size, text = end ? (size_t)(end - bytes) : length;
	size_t rest = end ? length - text - 1 : 0;
	const uint8_t *recipe = bytes + length - rest;
	struct deploycfg_snapshot *cfg = fuzz_load(DEPLOYCFG_YAML, bytes, text);
	const void *image = cfg ? deploycfg_snapshot_image(cfg, &size) : NULL;
	bool taken;

	if (!image)
		return take(bytes, length);
	taken = take_changed(image, size, false, recipe, rest);
	(void)take_changed(image, size, true, recipe, rest);
	deploycfg_snapshot_unref(cfg);
	return taken;
}
