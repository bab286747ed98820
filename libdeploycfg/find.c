/* SPDX-License-Identifier: ISC */
/* From a path to an entry. Reads the image through its index; knows no values. */
#include "base/number.h"
#include "model/context.h"
#include "model/key.h"
#include "snapshot.h"

/* A path may be quoted more than it need be; the index knows only the one way of
 * writing it. */
static const struct deploycfg_entry *find_quoted(const struct dcfg_image *image,
						 struct dcfg_view path)
{
	if (!memchr(path.ptr, '"', path.len))
		return NULL;
	return dcfg_search(image->records, image->record_count, path);
}

const struct deploycfg_entry *dcfg_find(const struct deploycfg_snapshot *snapshot,
					struct dcfg_view path)
{
	const struct deploycfg_entry *entry = dcfg_image_find(&snapshot->image, path);

	return dcfg_likely(entry) ? entry : find_quoted(&snapshot->image, path);
}

const struct deploycfg_entry *deploycfg_find(const struct deploycfg_snapshot *snapshot,
					     const char *path, size_t length)
{
	return snapshot ? dcfg_find(snapshot, dcfg_path_of(path, length)) : NULL;
}

const struct deploycfg_entry *
deploycfg_find_history(const struct deploycfg_snapshot *snapshot, const char *path,
		       size_t length)
{
	if (!snapshot)
		return NULL;
	return dcfg_search(snapshot->image.history, snapshot->image.history_count,
			   dcfg_path_of(path, length));
}

static bool is_list(const struct deploycfg_snapshot *snapshot, struct dcfg_view path)
{
	const struct deploycfg_entry *entry = dcfg_image_find(&snapshot->image, path);

	return entry && dcfg_type(entry) == DEPLOYCFG_LIST;
}

/* Writes a segment behind a path. What does not fit is only counted, as by its
 * helpers. */
static size_t append(const struct deploycfg_snapshot *snapshot, char *path, size_t size,
		     size_t at, struct dcfg_view segment)
{
	uint64_t index;

	if (dcfg_parse_uint(segment, &index) == DCFG_PARSED &&
	    is_list(snapshot, dcfg_view(path, at))) {
		size_t end = dcfg_key_append_index(path, size, at, (size_t)index);

		if (end == at + segment.len + 2) /* as paths have it: no sign, no 0x */
			return end;
	}
	return dcfg_key_append(path, size, at, segment);
}

const struct deploycfg_entry *
deploycfg_find_segments(const struct deploycfg_snapshot *snapshot,
			const char *const *segments, size_t count)
{
	char path[DCFG_PATH_MAX];
	size_t length = 0;

	if (!snapshot)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		struct dcfg_view segment = dcfg_view_text(segments[i]);

		length = segment.len
				 ? append(snapshot, path, sizeof(path), length, segment)
				 : sizeof(path) + 1;
		if (length > sizeof(path))
			return NULL;
	}
	return dcfg_image_find(&snapshot->image, dcfg_view(path, length));
}
