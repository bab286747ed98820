/* SPDX-License-Identifier: ISC */
/* Making identifiers, and making them differ. Must not know any language but what it is
 * told of it. */
#include "schema/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "writer.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static char upper(char c)
{
	return is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
	return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* The bytes of one character that is none of an identifier give one `_`. */
static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void spell(struct writer *out, const char *name, enum spelling spelling)
{
	bool begins_word = true;

	for (; *name; name++) {
		bool plain = is_digit(*name) || is_lower(*name) || is_upper(*name);
		char c = plain ? *name : '_';

		if (continues(*name))
			continue;
		if (spelling == SPELLING_LOWER)
			c = lower(c);
		else if (spelling == SPELLING_UPPER ||
			 (spelling == SPELLING_CAMEL && begins_word))
			c = upper(c);
		begins_word = !plain;
		if (plain || spelling != SPELLING_CAMEL)
			tool_bytes(out, &c, 1);
	}
}

static int by_word(const void *wanted, const void *word)
{
	return strcmp(wanted, *(const char *const *)word);
}

static bool in_capitals(const char *text)
{
	while (is_upper(*text) || is_digit(*text) || *text == '_')
		text++;
	return !*text;
}

static bool is_reserved(const struct reserved *reserved, const char *text)
{
	if (reserved->capitals && in_capitals(text))
		return true;
	return bsearch(text, reserved->words, reserved->count, sizeof(*reserved->words),
		       by_word) != NULL;
}

static const char *keep(struct identifiers *identifiers, struct text *text)
{
	size_t wanted = 2 * identifiers->capacity + 16;
	char **moved;

	if (identifiers->count == identifiers->capacity) {
		moved = realloc(identifiers->list, wanted * sizeof(*moved));
		text->failed |= !moved;
		if (moved) {
			identifiers->list = moved;
			identifiers->capacity = wanted;
		}
	}
	if (text->failed) {
		free(text->bytes);
		identifiers->failed = true;
		return "";
	}
	return identifiers->list[identifiers->count++] = text->bytes;
}

const char *tool_identifier(struct identifiers *identifiers, const char *before,
			    const char *name, enum spelling spelling,
			    const struct reserved *reserved)
{
	struct text spelt = {NULL, 0, 0, false}, text = {NULL, 0, 0, false};
	struct writer first = {NULL, &spelt, 0}, out = {NULL, &text, 0};

	spell(&first, name, spelling);
	tool_bytes(&first, "", 1);
	tool_text(&out, before);
	if (!*before && !spelt.failed &&
	    (is_digit(*spelt.bytes) || *spelt.bytes == '_' || !*spelt.bytes))
		tool_text(&out, spelling == SPELLING_UPPER || spelling == SPELLING_CAMEL
					? "N"
					: "n");
	tool_bytes(&out, spelt.bytes, spelt.length);
	text.failed |= spelt.failed;
	if (!text.failed && is_reserved(reserved, text.bytes)) {
		text.length--;
		tool_bytes(&out, "_", 2);
	}
	free(spelt.bytes);
	return keep(identifiers, &text);
}

void tool_identifiers_fini(struct identifiers *identifiers)
{
	for (size_t i = 0; i < identifiers->count; i++)
		free(identifiers->list[i]);
	free(identifiers->list);
	*identifiers = (struct identifiers){NULL, 0, 0, false};
}

static bool is_meant(const struct naming *naming)
{
	return naming->meant && strcmp(*naming->name, naming->meant) == 0;
}

static int by_name(const void *left, const void *right)
{
	const struct naming *a = left, *b = right;
	int order = strcmp(*a->name, *b->name);

	if (order)
		return order;
	if (is_meant(a) != is_meant(b))
		return is_meant(a) ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static int by_text(const void *wanted, const void *text)
{
	return strcmp(wanted, *(const char *const *)text);
}

/* The first NAME_N from *number on that nobody has. */
static const char *numbered(struct identifiers *identifiers, const char *name,
			    const char **taken, size_t count, unsigned *number)
{
	for (;; ++*number) {
		struct text text = {NULL, 0, 0, false};
		struct writer out = {NULL, &text, 0};

		tool_text(&out, name);
		tool_text(&out, "_");
		tool_number(&out, *number);
		tool_bytes(&out, "", 1);
		if (text.failed ||
		    !bsearch(text.bytes, taken, count, sizeof(*taken), by_text))
			return keep(identifiers, &text);
		free(text.bytes);
	}
}

void tool_make_unique(struct identifiers *identifiers, struct naming *list, size_t count)
{
	const char **taken = malloc((count + 1) * sizeof(*taken));
	unsigned number = 2;

	identifiers->failed |= !taken;
	if (identifiers->failed) {
		free(taken);
		return;
	}
	for (size_t i = 0; i < count; i++)
		list[i].order = i;
	qsort(list, count, sizeof(*list), by_name);
	for (size_t i = 0; i < count; i++)
		taken[i] = *list[i].name;
	for (size_t i = 1; i < count; i++) {
		bool again = strcmp(taken[i], taken[i - 1]) == 0;

		number = again ? number : 2;
		if (again) {
			*list[i].name =
				numbered(identifiers, taken[i], taken, count, &number);
			number++;
		}
	}
	free(taken);
}
