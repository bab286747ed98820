/* SPDX-License-Identifier: ISC */
/* Lookup without the index: for history, for paths quoted more than they need be, and for
 * images that have none. Knows sorted records and how paths compare. */
#include "image/read.h"

#include "model/key.h"

static bool well_formed(struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;

	while (dcfg_key_next(&key, &segment))
		;
	return !key.problem;
}

const struct deploycfg_entry *dcfg_search(const struct deploycfg_entry *records,
					  size_t count, struct dcfg_view path)
{
	while (count) {
		const struct deploycfg_entry *middle = records + count / 2;
		int order = dcfg_path_compare(dcfg_record_path(middle), path);

		if (order == 0)
			return well_formed(path) ? middle : NULL;
		if (order < 0) {
			records = middle + 1;
			count -= count / 2 + 1;
		} else {
			count /= 2;
		}
	}
	return NULL;
}
