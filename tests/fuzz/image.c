/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as an image. Random changes die at the checksum, so an input may also be a
 * recipe: YAML, a NUL, and pairs of a byte and where to put it in the image made of it.
 */
#include "fuzz.h"

#include <string.h>

static bool take(const uint8_t *bytes, size_t length)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg =
		deploycfg_snapshot_from_image(bytes, length, &errors);

	demand(!cfg == deploycfg_errors_failed(errors));
	if (cfg)
		demand(fuzz_read_all(cfg));
	deploycfg_snapshot_unref(cfg);
	deploycfg_errors_free(errors);
	return cfg != NULL;
}

static void change(uint8_t *image, size_t size, const uint8_t *recipe, size_t length)
{
	for (size_t at = 0; at + 3 <= length; at += 3)
		image[((size_t)recipe[at] << 8 | recipe[at + 1]) % size] = recipe[at + 2];
}

bool fuzz(const uint8_t *bytes, size_t length)
{
	const uint8_t *end = memchr(bytes, 0, length);
	size_t size, text = end ? (size_t)(end - bytes) : length;
	struct deploycfg_snapshot *cfg = fuzz_load(DEPLOYCFG_YAML, bytes, text);
	const void *image = cfg ? deploycfg_snapshot_image(cfg, &size) : NULL;
	uint8_t *copy = image ? malloc(size) : NULL;
	bool taken;

	if (!copy) {
		deploycfg_snapshot_unref(cfg);
		return take(bytes, length);
	}
	memcpy(copy, image, size);
	deploycfg_snapshot_unref(cfg);
	if (end)
		change(copy, size, end + 1, length - text - 1);
	taken = take(copy, size);
	free(copy);
	return taken;
}
