/* SPDX-License-Identifier: ISC */
/* Masks texts in diagnostics. Masks are no longer than what they stand for: all happens in
 * place. */
#include "base/redact.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

/* More parts are not kept: of longer texts only those at every so manieth byte. */
#define PARTS_MAX ((size_t)1 << 18)

#define BEGINNING_BITS 16
#define MASK_LEN (sizeof(DCFG_MASK) - 1)

_Static_assert(MASK_LEN <= DCFG_NEEDLE_MIN, "a mask fits in place");

static void add(struct dcfg_needles *needles, struct dcfg_view text)
{
	struct dcfg_view *list;

	if (needles->failed || text.len < DCFG_NEEDLE_MIN)
		return;
	list = dcfg_grow(needles->list, needles->count, &needles->capacity,
			 sizeof(*list));
	if (!list) {
		needles->failed = true;
		return;
	}
	needles->list = list;
	needles->bytes += text.len;
	list[needles->count++] = text;
}

/* As diagnostics have it. */
static void add_escaped(struct dcfg_needles *needles, struct dcfg_view text)
{
	size_t size = dcfg_utf8_escape(NULL, 0, text) + 1;
	char *escaped;

	if (size == text.len + 1) {
		add(needles, text);
		return;
	}
	escaped = dcfg_arena_alloc(needles->arena, size);
	needles->failed |= !escaped;
	if (!escaped)
		return;
	dcfg_utf8_escape(escaped, size, text);
	add(needles, dcfg_view(escaped, size - 1));
}

/* Excerpts show one line. */
static void add_lines(struct dcfg_needles *needles, struct dcfg_view text)
{
	while (text.len) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t length = end ? (size_t)(end - text.ptr) : text.len;

		add_escaped(needles, dcfg_view_trim(dcfg_view(text.ptr, length)));
		text = dcfg_view_skip(text, end ? length + 1 : length);
	}
}

void dcfg_needles_add(struct dcfg_needles *needles, struct dcfg_view text)
{
	if (text.len < DCFG_NEEDLE_MIN)
		return;
	add_escaped(needles, text);
	if (memchr(text.ptr, '\n', text.len))
		add_lines(needles, text);
}

/* Which bit stands for what begins like a text. */
static size_t beginning_of(const char *text)
{
	uint32_t bytes;

	memcpy(&bytes, text, sizeof(bytes));
	return bytes * UINT32_C(2654435761) >> (32 - BEGINNING_BITS);
}

/* The slot of a text, or the free one where it belongs. */
static struct dcfg_needle_slot *slot_of(const struct dcfg_needles *needles,
					struct dcfg_view text)
{
	size_t mask = needles->slot_count - 1;
	uint64_t hash = dcfg_hash(text.ptr, text.len, needles->seed);

	for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
		struct dcfg_needle_slot *slot = &needles->slots[at];

		if (!slot->text ||
		    dcfg_view_equal(dcfg_view(slot->text, slot->len), text))
			return slot;
	}
}

static void put(struct dcfg_needles *needles, struct dcfg_view text)
{
	size_t bit = beginning_of(text.ptr);

	*slot_of(needles, text) = (struct dcfg_needle_slot){text.ptr, text.len};
	needles->has_length[text.len] = true;
	needles->beginnings[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* A text, or parts of it, one at every so manieth byte and one at its end. */
static void put_parts(struct dcfg_needles *needles, struct dcfg_view text, size_t step)
{
	size_t last = text.len - DCFG_NEEDLE_PART;

	for (size_t at = 0; at < last; at += step)
		put(needles, dcfg_view(text.ptr + at, DCFG_NEEDLE_PART));
	put(needles, dcfg_view(text.ptr + last, DCFG_NEEDLE_PART));
}

static bool make_table(struct dcfg_needles *needles)
{
	size_t step = 1 + needles->bytes / PARTS_MAX;
	size_t wanted = 2 * (needles->bytes / step + 2 * needles->count);

	for (needles->slot_count = 16; needles->slot_count < wanted;)
		needles->slot_count *= 2;
	needles->slots = dcfg_alloc(needles->slot_count * sizeof(*needles->slots));
	needles->beginnings = dcfg_alloc(((size_t)1 << BEGINNING_BITS) / 8);
	if (!needles->slots || !needles->beginnings)
		return false;
	memset(needles->slots, 0, needles->slot_count * sizeof(*needles->slots));
	memset(needles->beginnings, 0, ((size_t)1 << BEGINNING_BITS) / 8);
	for (size_t i = 0; i < needles->count; i++) {
		if (needles->list[i].len > DCFG_NEEDLE_PART)
			put_parts(needles, needles->list[i], step);
		else
			put(needles, needles->list[i]);
	}
	return true;
}

/* Bytes of the longest needle that a text begins with, 0 for none. */
static size_t match(const struct dcfg_needles *needles, struct dcfg_view text)
{
	size_t length = text.len < DCFG_NEEDLE_PART ? text.len : DCFG_NEEDLE_PART;
	size_t bit;

	if (length < DCFG_NEEDLE_MIN)
		return 0;
	bit = beginning_of(text.ptr);
	if (!(needles->beginnings[bit / 64] >> bit % 64 & 1))
		return 0;
	for (; length >= DCFG_NEEDLE_MIN; length--)
		if (needles->has_length[length] &&
		    slot_of(needles, dcfg_view(text.ptr, length))->text)
			return length;
	return 0;
}

static bool is_inside_character(struct dcfg_view text, size_t at)
{
	return at < text.len && ((unsigned char)text.ptr[at] & 0xc0) == 0x80;
}

/* The text of a diagnostic while it becomes shorter. */
struct redaction {
	char *text;
	size_t from, to;   /* what is moved next, and to where */
	size_t begin, end; /* what is masked next; nothing where they are equal */
};

static void move(struct redaction *redaction, size_t end)
{
	size_t length = end - redaction->from;

	memmove(redaction->text + redaction->to, redaction->text + redaction->from,
		length);
	redaction->to += length;
	redaction->from = end;
}

static void mask(struct redaction *redaction)
{
	if (redaction->begin == redaction->end)
		return;
	move(redaction, redaction->begin);
	memcpy(redaction->text + redaction->to, DCFG_MASK, MASK_LEN);
	redaction->to += MASK_LEN;
	redaction->from = redaction->end;
}

/* Whole characters are masked, what overlaps or touches as one. */
static void take(struct redaction *redaction, struct dcfg_view text, size_t at,
		 size_t length)
{
	size_t end = at + length;

	while (is_inside_character(text, end))
		end++;
	if (redaction->begin == redaction->end || at > redaction->end) {
		mask(redaction);
		while (at > redaction->from && is_inside_character(text, at))
			at--;
		redaction->begin = at;
		redaction->end = at;
	}
	if (end > redaction->end)
		redaction->end = end;
}

/* Masks in place; returns how long the text is then. Nothing is written that is still read. */
static size_t redact(const struct dcfg_needles *needles, char *text, size_t len)
{
	const struct dcfg_view whole = dcfg_view(text, len);
	struct redaction redaction = {.text = text};

	for (size_t at = 0; at < len; at++) {
		size_t length = match(needles, dcfg_view_skip(whole, at));

		if (length)
			take(&redaction, whole, at, length);
	}
	mask(&redaction);
	move(&redaction, len);
	return redaction.to;
}

/* Where it became shorter nothing may remain behind its end. */
static void end_text(char *text, size_t before, size_t len)
{
	memset(text + len, 0, before - len);
}

static void redact_text(const struct dcfg_needles *needles, char *text)
{
	size_t before = text ? strlen(text) : 0;

	if (text)
		end_text(text, before, redact(needles, text, before));
}

static bool is_found(const struct dcfg_needles *needles, struct dcfg_view text)
{
	for (; text.len; text = dcfg_view_skip(text, 1))
		if (match(needles, text))
			return true;
	return false;
}

/* An excerpt is shown whole or not at all. */
static size_t redact_excerpt(const struct dcfg_needles *needles,
			     const struct deploycfg_error *error, size_t to)
{
	char *text = error->text.ptr;
	struct dcfg_view excerpt =
		dcfg_view(text + error->head_end, error->excerpt_end - error->head_end);

	if (is_found(needles, excerpt))
		return to + (size_t)snprintf(text + to, error->text.capacity - to,
					     DCFG_HIDDEN_LINE, (unsigned)error->line);
	memmove(text + to, excerpt.ptr, excerpt.len);
	return to + excerpt.len;
}

/* Head and excerpt of the whole text; what follows is left out. */
static void redact_whole(const struct dcfg_needles *needles,
			 struct deploycfg_error *error)
{
	struct dcfg_text_buffer *text = &error->text;
	size_t head = error->head_end - strlen(error->message) - 1;
	size_t end = head + redact(needles, text->ptr + head, strlen(error->message));
	size_t before = text->len;

	text->ptr[end++] = '\n';
	text->len = redact_excerpt(needles, error, end);
	error->head_end = end;
	error->excerpt_end = error->text_end = text->len;
	end_text(text->ptr, before + 1, text->len);
}

static void redact_error(const struct dcfg_needles *needles,
			 struct deploycfg_error *error)
{
	redact_whole(needles, error); /* which has the message of before */
	redact_text(needles, (char *)error->message);
	redact_text(needles, error->expected);
	redact_text(needles, error->hint);
	for (size_t i = 0; i < error->related_count; i++)
		redact_error(needles, error->related[i]);
	dcfg_error_rewrite(error);
}

bool dcfg_needles_redact(struct dcfg_needles *needles, struct deploycfg_errors *errors)
{
	if (needles->failed || !errors || !errors->count || !needles->count)
		return !needles->failed;
	if (!make_table(needles))
		return false;
	for (size_t i = 0; i < errors->count; i++)
		redact_error(needles, errors->list[i]);
	return true;
}

void dcfg_needles_fini(struct dcfg_needles *needles)
{
	dcfg_free(needles->list);
	dcfg_free(needles->slots);
	dcfg_free(needles->beginnings);
	*needles = (struct dcfg_needles){.arena = NULL};
}
