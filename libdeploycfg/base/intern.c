/* SPDX-License-Identifier: ISC */
/* A table of texts by hash, open addressing, never more than half full. Knows nothing of
 * keys. */
#include "base/intern.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#define SLOTS_MIN 64

void dcfg_intern_init(struct dcfg_intern *intern, struct dcfg_arena *arena)
{
	*intern = (struct dcfg_intern){.arena = arena};
	/* Nobody can prepare texts that all collide. No result depends on the order of
	 * slots. */
	intern->seed = (uint64_t)(uintptr_t)intern;
}

void dcfg_intern_fini(struct dcfg_intern *intern)
{
	dcfg_free(intern->slots);
	*intern = (struct dcfg_intern){.arena = intern->arena};
}

/* The slot that holds a text, or the free one where it belongs. */
static struct dcfg_name **slot_of(const struct dcfg_intern *intern, struct dcfg_view text,
				  uint64_t hash)
{
	size_t mask = intern->capacity - 1;

	for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
		struct dcfg_name *name = intern->slots[at];

		if (!name || (name->hash == hash && dcfg_view_equal(name->text, text)))
			return &intern->slots[at];
	}
}

static bool make_room(struct dcfg_intern *intern)
{
	struct dcfg_intern larger = *intern;

	if (intern->count < intern->capacity / 2)
		return true;
	larger.capacity = intern->capacity ? intern->capacity * 2 : SLOTS_MIN;
	larger.slots = dcfg_alloc(larger.capacity * sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	memset(larger.slots, 0, larger.capacity * sizeof(*larger.slots));
	for (size_t i = 0; i < intern->capacity; i++) {
		struct dcfg_name *name = intern->slots[i];

		if (name)
			*slot_of(&larger, name->text, name->hash) = name;
	}
	dcfg_free(intern->slots);
	*intern = larger;
	return true;
}

static struct dcfg_name *name_new(struct dcfg_arena *arena, struct dcfg_view text,
				  uint64_t hash)
{
	size_t size = dcfg_padded_size(text);
	struct dcfg_name *name = dcfg_arena_alloc(arena, sizeof(*name) + size);
	char *copy;

	if (!name)
		return NULL;
	copy = (char *)(name + 1);
	memset(copy + size - 16, 0, 16);
	if (text.len)
		memcpy(copy, text.ptr, text.len);
	*name = (struct dcfg_name){.text = {copy, text.len},
				   .hash = hash,
				   .is_word = dcfg_utf8_is_word(text)};
	return name;
}

const struct dcfg_name *dcfg_intern(struct dcfg_intern *intern, struct dcfg_view text)
{
	uint64_t hash = dcfg_hash(text.ptr, text.len, intern->seed);
	struct dcfg_name **slot;

	if (!make_room(intern)) {
		intern->arena->failed = true;
		return NULL;
	}
	slot = slot_of(intern, text, hash);
	if (*slot)
		return *slot;
	*slot = name_new(intern->arena, text, hash);
	if (*slot)
		intern->count++;
	return *slot;
}

const struct dcfg_name *dcfg_intern_find(const struct dcfg_intern *intern,
					 struct dcfg_view text)
{
	if (!intern->count)
		return NULL;
	return *slot_of(intern, text, dcfg_hash(text.ptr, text.len, intern->seed));
}
