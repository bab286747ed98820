/* SPDX-License-Identifier: ISC */
#include "ideal.h"

#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t word8(const char *at)
{
	uint64_t word;

	memcpy(&word, at, 8);
	return word;
}

static uint64_t word4(const char *at)
{
	uint32_t word;

	memcpy(&word, at, 4);
	return word;
}

static const uint64_t secret[] = {0x2d358dccaa6c78a5u, 0x8bb84b93962eacc9u,
				  0x4b33a62ed433d4a3u};

static uint64_t hash(const char *text, size_t length)
{
	uint64_t a = 0, b = 0, seed = secret[2];
	size_t left = length;

	if (length > 16) {
		for (; left > 16; left -= 16, text += 16)
			seed = mix(word8(text) ^ secret[1], word8(text + 8) ^ seed);
		a = word8(text + left - 16);
		b = word8(text + left - 8);
	} else if (length >= 4) {
		size_t half = length / 8 * 4;

		a = word4(text) << 32 | word4(text + half);
		b = word4(text + length - 4) << 32 | word4(text + length - 4 - half);
	} else if (length) {
		a = (uint64_t)(unsigned char)text[0] << 16 |
		    (uint64_t)(unsigned char)text[length / 2] << 8 |
		    (unsigned char)text[length - 1];
	}
	return mix(secret[1] ^ length, mix(a ^ secret[1], b ^ seed));
}

const struct ideal_slot *ideal_find(const struct ideal_table *table, const char *path)
{
	size_t length = strlen(path);
	uint64_t hashed = hash(path, length), at = hashed & table->mask;
	const struct ideal_slot *slot;

	for (; (slot = &table->slots[at])->key; at = (at + 1) & table->mask) {
		if (slot->tag == (uint32_t)(hashed >> 32) && slot->length == length &&
		    memcmp(slot->key, path, length) == 0)
			return slot;
	}
	return NULL;
}

static void insert(struct ideal_table *table, const char *key, size_t length)
{
	uint64_t hashed = hash(key, length), at = hashed & table->mask;

	while (table->slots[at].key)
		at = (at + 1) & table->mask;
	table->slots[at] =
		(struct ideal_slot){key, (uint32_t)length, (uint32_t)(hashed >> 32)};
}

bool ideal_make(struct ideal_table *table, char *const *keys, size_t count)
{
	size_t slots = 8, bytes = 1;
	char *at;

	while (slots < count * 2)
		slots *= 2;
	for (size_t i = 0; i < count; i++)
		bytes += strlen(keys[i]) + 1;
	*table = (struct ideal_table){calloc(slots, sizeof(*table->slots)), slots - 1,
				      malloc(bytes)};
	if (!table->slots || !table->pool)
		return false;
	at = table->pool;
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(keys[i]);

		memcpy(at, keys[i], length + 1);
		insert(table, at, length);
		at += length + 1;
	}
	return true;
}
