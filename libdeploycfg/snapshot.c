/* SPDX-License-Identifier: ISC */
/* The answer as an object: made of an image, shared by counting, asked for what it was
 * made of. Knows no keys. */
#include "snapshot.h"

#include "base/diag.h"
#include "base/mem.h"
#include "base/vault.h"
#include "image/freeze.h"
#include "image/verify.h"

struct deploycfg_snapshot *dcfg_snapshot_new(const struct dcfg_frozen *frozen)
{
	struct deploycfg_snapshot *snapshot = dcfg_alloc(sizeof(*snapshot));

	if (!snapshot) {
		dcfg_vault_unmap(frozen->secrets.bytes, frozen->secrets.size);
		dcfg_free(frozen->bytes);
		return NULL;
	}
	snapshot->image = dcfg_image(frozen->bytes);
	snapshot->length = frozen->length;
	snapshot->secrets = frozen->secrets;
	atomic_init(&snapshot->references, 1);
	return snapshot;
}

struct deploycfg_snapshot *dcfg_snapshot_freeze(struct dcfg_context *context,
						const struct dcfg_effective *effective)
{
	struct deploycfg_snapshot *snapshot;
	struct dcfg_frozen frozen;

	if (!dcfg_freeze(context, effective, &frozen))
		return NULL;
	snapshot = dcfg_snapshot_new(&frozen);
	context->arena.failed |= !snapshot;
	return snapshot;
}

struct deploycfg_snapshot *dcfg_snapshot_plain(struct dcfg_context *context,
					       struct dcfg_node *root,
					       struct dcfg_view prefix)
{
	const struct dcfg_history nothing = {0};
	const struct dcfg_effective effective = {
		.root = root,
		.history = &nothing,
		.environment = DCFG_VIEW(""),
		.selected_by = DCFG_VIEW(""),
		.overlays = DCFG_VIEW(""),
		.overlays_by = DCFG_VIEW(""),
		.prefix = prefix.ptr ? prefix : DCFG_VIEW(""),
		.is_document = true,
	};

	return dcfg_snapshot_freeze(context, &effective);
}

struct deploycfg_snapshot *deploycfg_snapshot_ref(struct deploycfg_snapshot *snapshot)
{
	if (snapshot)
		atomic_fetch_add_explicit(&snapshot->references, 1, memory_order_relaxed);
	return snapshot;
}

struct deploycfg_snapshot *deploycfg_snapshot_unref(struct deploycfg_snapshot *snapshot)
{
	if (!snapshot ||
	    atomic_fetch_sub_explicit(&snapshot->references, 1, memory_order_acq_rel) > 1)
		return NULL;
	dcfg_vault_unmap(snapshot->secrets.bytes, snapshot->secrets.size);
	dcfg_free((void *)snapshot->image.header);
	return dcfg_free(snapshot);
}

const char *deploycfg_snapshot_environment(const struct deploycfg_snapshot *snapshot)
{
	return dcfg_follow(&snapshot->image.header->environment);
}

const char *deploycfg_snapshot_selected_by(const struct deploycfg_snapshot *snapshot)
{
	return dcfg_follow(&snapshot->image.header->selected_by);
}

const char *deploycfg_snapshot_overlays(const struct deploycfg_snapshot *snapshot)
{
	return dcfg_follow(&snapshot->image.header->overlays);
}

const char *deploycfg_snapshot_overlays_by(const struct deploycfg_snapshot *snapshot)
{
	return dcfg_follow(&snapshot->image.header->overlays_by);
}

const char *deploycfg_snapshot_prefix(const struct deploycfg_snapshot *snapshot)
{
	return dcfg_follow(&snapshot->image.header->prefix);
}

bool deploycfg_snapshot_has_schema(const struct deploycfg_snapshot *snapshot)
{
	return le32_get(snapshot->image.header->flags) & DCFG_HAS_SCHEMA;
}

const char *deploycfg_snapshot_values_digest(const struct deploycfg_snapshot *snapshot)
{
	return snapshot->image.header->values_digest;
}

const char *deploycfg_snapshot_image_digest(const struct deploycfg_snapshot *snapshot)
{
	return snapshot->image.header->image_digest;
}

const void *deploycfg_snapshot_image(const struct deploycfg_snapshot *snapshot,
				     size_t *length)
{
	*length = snapshot->length;
	return snapshot->image.header;
}

size_t deploycfg_snapshot_sources(const struct deploycfg_snapshot *snapshot)
{
	return snapshot->image.source_count;
}

const struct deploycfg_source *
deploycfg_snapshot_source(const struct deploycfg_snapshot *snapshot, size_t index)
{
	return index < snapshot->image.source_count ? &snapshot->image.sources[index]
						    : NULL;
}

static bool verify(const void *bytes, size_t length, struct deploycfg_errors **errors)
{
	const char *problem;
	size_t offset;
	struct deploycfg_error *error;

	if (dcfg_verify(bytes, length, &problem, &offset))
		return true;
	error = dcfg_error(errors, DEPLOYCFG_ERR_IMAGE, NULL, NULL,
			   "the image of %zu bytes cannot be used: %s (at byte %zu)",
			   length, problem, offset);
	dcfg_error_hint(error,
			"freeze the configuration again, and copy the file as binary");
	return false;
}

struct deploycfg_snapshot *deploycfg_snapshot_from_image(const void *bytes, size_t length,
							 struct deploycfg_errors **errors)
{
	void *copy = dcfg_alloc(length ? length : 1);
	const struct dcfg_frozen frozen = {.bytes = copy, .length = length};
	struct deploycfg_snapshot *snapshot;

	if (!copy) {
		dcfg_error_memory(errors);
		return NULL;
	}
	if (length)
		memcpy(copy, bytes, length);
	if (!verify(copy, length, errors)) {
		dcfg_free(copy);
		return NULL;
	}
	snapshot = dcfg_snapshot_new(&frozen);
	if (!snapshot)
		dcfg_error_memory(errors);
	return snapshot;
}
