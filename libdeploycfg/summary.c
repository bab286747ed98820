/* SPDX-License-Identifier: ISC */
/* The line that sums up a start. Knows no keys, only how many there are. */
#include "snapshot.h"

static size_t count_values(const struct dcfg_image *image)
{
	size_t count = 0;

	for (size_t i = 1; i < image->record_count; i++)
		count += dcfg_span(&image->records[i]) == 1;
	return count;
}

static size_t count_sources_read(const struct dcfg_image *image)
{
	size_t count = 0;

	for (size_t i = 0; i < image->source_count; i++)
		count += image->sources[i].state == DEPLOYCFG_SOURCE_READ &&
			 image->sources[i].kind != DEPLOYCFG_SOURCE_DIRECTORY;
	return count;
}

size_t deploycfg_snapshot_summary(const struct deploycfg_snapshot *snapshot, char *buffer,
				  size_t size)
{
	const struct dcfg_image *image = &snapshot->image;
	const char *environment = dcfg_follow(&image->header->environment);
	const char *selector = dcfg_follow(&image->header->selected_by);
	const char *overlays = dcfg_follow(&image->header->overlays);
	int length = snprintf(
		buffer, size, "env=%s%s%s%s%s%s keys=%zu sources=%zu values=%.8s",
		*environment ? environment : "none", *selector ? " (" : "", selector,
		*selector ? ")" : "", *overlays ? " overlays=" : "", overlays,
		count_values(image), count_sources_read(image),
		image->header->values_digest);

	return length > 0 ? (size_t)length : 0;
}
