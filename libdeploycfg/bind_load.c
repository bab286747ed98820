/* SPDX-License-Identifier: ISC */
/*
 * The one caller of libcyaml. What it is given is verified and without aliases, what it logs is
 * dropped, and what it allocates is ours. Knows nothing of configuration.
 *
 * From 1.3.1 to 1.4.2 neither a struct nor a value of an enum differs, but for a flag that is
 * not used here; 1.4 reads floats as doubles, rejects what follows a number, and checks the
 * numbers of enums and flags against their size. Texts and tables that came this far are the
 * same to all of them.
 */
#include "bind_load.h"

#include <stddef.h>

#include "base/mem.h"
#include "base/vault.h"

/* Before each block: lists grow by an item at a time, and would be copied each time. */
struct header {
	_Alignas(max_align_t) size_t capacity;
};

static struct header *header_of(void *block)
{
	return block ? (struct header *)block - 1 : NULL;
}

static void *resize(void *block, size_t size)
{
	struct header *header = header_of(block), *moved;
	size_t capacity = size;

	if (header && size <= header->capacity)
		return block;
	if (header && size < PTRDIFF_MAX / 2)
		capacity = 2 * size;
	if (capacity > SIZE_MAX - sizeof(*header))
		return NULL;
	moved = dcfg_resize(header, sizeof(*header) + capacity);
	if (!moved)
		return NULL;
	moved->capacity = capacity;
	return moved + 1;
}

/* It may hold a secret. */
static void *release(struct header *header)
{
	if (header)
		dcfg_wipe(header + 1, header->capacity);
	return dcfg_free(header);
}

/* kept: a block that is not to be freed, and not ours, or NULL. */
static void *manage(void *kept, void *block, size_t size)
{
	if (size)
		return resize(block, size);
	return block == kept ? NULL : release(header_of(block));
}

static struct cyaml_config configuration(void *kept)
{
	return (struct cyaml_config){
		.mem_fn = manage,
		.mem_ctx = kept,
		.log_level = CYAML_LOG_ERROR,
		.flags = CYAML_CFG_NO_ALIAS,
	};
}

static struct cyaml_schema_value pointer_to(const struct cyaml_schema_value *schema)
{
	struct cyaml_schema_value pointer = *schema;

	pointer.flags = (enum cyaml_flag)(pointer.flags | CYAML_FLAG_POINTER);
	return pointer;
}

cyaml_err_t dcfg_bind_load(struct dcfg_view text, const struct cyaml_schema_value *schema,
			   void **out)
{
	struct cyaml_schema_value pointer = pointer_to(schema);
	struct cyaml_config config = configuration(NULL);

	return cyaml_load_data((const uint8_t *)text.ptr, text.len, &config, &pointer,
			       out, NULL);
}

void dcfg_bind_release(const struct cyaml_schema_value *schema, void *block)
{
	struct cyaml_schema_value pointer = pointer_to(schema);
	struct cyaml_config config = configuration(NULL);

	(void)cyaml_free(&config, &pointer, block, 0);
}

void dcfg_bind_release_parts(const struct cyaml_schema_value *schema, void *in_place)
{
	struct cyaml_schema_value pointer = pointer_to(schema);
	struct cyaml_config config = configuration(in_place);

	(void)cyaml_free(&config, &pointer, in_place, 0);
}

void dcfg_bind_release_shell(void *block)
{
	release(header_of(block));
}
