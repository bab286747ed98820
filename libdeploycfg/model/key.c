/* SPDX-License-Identifier: ISC */
/* Key paths as text. Knows the notation and nothing of what a path leads to. */
#include "model/key.h"

#include "base/utf8.h"

bool dcfg_segment_is_plain(struct dcfg_view segment)
{
	return dcfg_utf8_is_word(segment);
}

static size_t offset_of(const struct dcfg_key *key)
{
	return (size_t)(key->rest.ptr - key->whole.ptr);
}

static bool mistake(struct dcfg_key *key, const char *problem)
{
	key->problem = problem;
	key->problem_offset = offset_of(key);
	return false;
}

static bool next_is(const struct dcfg_key *key, char byte)
{
	return key->rest.len && *key->rest.ptr == byte;
}

static void take(struct dcfg_key *key, size_t bytes)
{
	key->rest = dcfg_view_skip(key->rest, bytes);
}

static bool read_index(struct dcfg_key *key, struct dcfg_segment *segment)
{
	uint64_t number = 0;
	size_t digits = 0;

	take(key, 1);
	while (digits < key->rest.len && dcfg_is_digit(key->rest.ptr[digits]) &&
	       number < UINT32_MAX)
		number = number * 10 + (uint64_t)(key->rest.ptr[digits++] - '0');
	if (digits == 0)
		return mistake(key, "expected a number after '['");
	if (digits > 1 && *key->rest.ptr == '0')
		return mistake(key, "a list index is a number without leading zeros");
	if (number >= UINT32_MAX)
		return mistake(key, "a list index ends at 4294967294");
	segment->text = dcfg_view(key->rest.ptr, digits);
	segment->is_index = true;
	segment->index = (uint32_t)number;
	take(key, digits);
	if (!next_is(key, ']'))
		return mistake(key, "expected ']' after the list index");
	take(key, 1);
	if (key->rest.len && !next_is(key, '.') && !next_is(key, '['))
		return mistake(key, "expected '.' or '[' after ']'");
	return true;
}

static bool read_quoted(struct dcfg_key *key, struct dcfg_segment *segment)
{
	size_t len = 0;

	take(key, 1);
	segment->quoted = true;
	for (; len < key->rest.len && key->rest.ptr[len] != '"'; len++) {
		if (key->rest.ptr[len] != '\\')
			continue;
		segment->escaped = true;
		len++;
		if (len < key->rest.len && key->rest.ptr[len] != '"' &&
		    key->rest.ptr[len] != '\\') {
			take(key, len - 1);
			return mistake(
				key,
				"a quoted segment knows only the escapes \\\" and \\\\");
		}
	}
	if (len >= key->rest.len)
		mistake(key, "a quoted segment has no closing '\"'");
	else if (len == 0)
		mistake(key, "a segment is empty");
	if (key->problem) {
		key->problem_offset = segment->offset;
		return false;
	}
	segment->text = dcfg_view(key->rest.ptr, len);
	take(key, len + 1);
	return true;
}

static bool read_plain(struct dcfg_key *key, struct dcfg_segment *segment)
{
	size_t len = 0;

	while (len < key->rest.len && dcfg_is_word_byte(key->rest.ptr[len]))
		len++;
	if (len == 0)
		return mistake(key,
			       key->rest.len == 0 || next_is(key, '.')
				       ? "a segment is empty"
				       : "a segment with this character needs quotes");
	segment->text = dcfg_view(key->rest.ptr, len);
	take(key, len);
	return true;
}

bool dcfg_key_next(struct dcfg_key *key, struct dcfg_segment *segment)
{
	bool first = key->rest.ptr == key->whole.ptr;
	bool read;

	*segment = (struct dcfg_segment){.offset = offset_of(key)};
	if (key->problem || (!first && key->rest.len == 0))
		return false;
	if (!first && next_is(key, '['))
		return read_index(key, segment);
	if (!first) {
		take(key, 1); /* the dot that the segment before ended at */
		segment->offset++;
	}
	read = next_is(key, '"') ? read_quoted(key, segment) : read_plain(key, segment);
	if (read && key->rest.len && !next_is(key, '.') && !next_is(key, '['))
		return mistake(key,
			       segment->quoted
				       ? "expected '.' after a quoted segment"
				       : "a segment with this character needs quotes");
	return read;
}

const char *dcfg_key_problem(struct dcfg_view path, size_t *segments)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;

	if (dcfg_utf8_check(path) < path.len)
		return "it is not valid UTF-8";
	for (*segments = 0; dcfg_key_next(&key, &segment);)
		++*segments;
	return key.problem;
}

struct dcfg_view dcfg_segment_text(const struct dcfg_segment *segment, char *buffer)
{
	size_t len = 0;

	if (!segment->escaped)
		return segment->text;
	for (size_t i = 0; i < segment->text.len; i++) {
		if (segment->text.ptr[i] == '\\')
			i++;
		buffer[len++] = segment->text.ptr[i];
	}
	return dcfg_view(buffer, len);
}

static size_t put(char *buffer, size_t size, size_t at, char byte)
{
	if (at < size)
		buffer[at] = byte;
	return at + 1;
}

static size_t put_all(char *buffer, size_t size, size_t at, struct dcfg_view text)
{
	if (at < size)
		memcpy(buffer + at, text.ptr,
		       text.len < size - at ? text.len : size - at);
	return at + text.len;
}

size_t dcfg_key_append(char *buffer, size_t size, size_t at, struct dcfg_view segment)
{
	if (at)
		at = put(buffer, size, at, '.');
	if (dcfg_segment_is_plain(segment))
		return put_all(buffer, size, at, segment);
	at = put(buffer, size, at, '"');
	for (size_t i = 0; i < segment.len; i++) {
		if (segment.ptr[i] == '"' || segment.ptr[i] == '\\')
			at = put(buffer, size, at, '\\');
		at = put(buffer, size, at, segment.ptr[i]);
	}
	return put(buffer, size, at, '"');
}

size_t dcfg_key_append_index(char *buffer, size_t size, size_t at, size_t index)
{
	char digits[24], *end = digits + sizeof(digits), *digit = end;

	*--digit = ']';
	do
		*--digit = (char)('0' + index % 10);
	while (index /= 10);
	*--digit = '[';
	return put_all(buffer, size, at, dcfg_view(digit, (size_t)(end - digit)));
}

/* A byte of an escaped segment and how many bytes it is written with. */
static size_t segment_byte(struct dcfg_view text, bool escaped, char *byte)
{
	size_t len = escaped && text.ptr[0] == '\\' && text.len > 1 ? 2 : 1;

	*byte = text.ptr[len - 1];
	return len;
}

static int compare_segments(const struct dcfg_segment *a, const struct dcfg_segment *b)
{
	struct dcfg_view left = a->text, right = b->text;

	if (a->is_index != b->is_index)
		return a->is_index ? -1 : 1;
	if (a->is_index)
		return (a->index > b->index) - (a->index < b->index);
	while (left.len && right.len) {
		char x, y;

		left = dcfg_view_skip(left, segment_byte(left, a->escaped, &x));
		right = dcfg_view_skip(right, segment_byte(right, b->escaped, &y));
		if (x != y)
			return (unsigned char)x < (unsigned char)y ? -1 : 1;
	}
	return (left.len > 0) - (right.len > 0);
}

int dcfg_path_compare(struct dcfg_view a, struct dcfg_view b)
{
	struct dcfg_key left = dcfg_key(a), right = dcfg_key(b);
	struct dcfg_segment x, y;

	for (;;) {
		bool more_left = dcfg_key_next(&left, &x),
		     more_right = dcfg_key_next(&right, &y);
		int order;

		if (!more_left || !more_right)
			return more_left - more_right;
		order = compare_segments(&x, &y);
		if (order)
			return order;
	}
}

bool dcfg_key_nested(char buffer[DCFG_NESTED_SIZE], struct dcfg_view path)
{
	struct dcfg_key reader = dcfg_key(path);
	struct dcfg_segment segment;
	size_t at = 0, depth = 0;

	while (dcfg_key_next(&reader, &segment)) {
		/* with "{", ": " and all that closes it */
		if (segment.is_index || segment.quoted ||
		    at + segment.text.len + depth + sizeof("{: ...}") > DCFG_NESTED_SIZE)
			return false;
		at += (size_t)snprintf(buffer + at, DCFG_NESTED_SIZE - at,
				       "%s%.*s: ", depth++ ? "{" : "",
				       DCFG_ARG(segment.text));
	}
	if (reader.problem || depth < 2)
		return false;
	memcpy(buffer + at, "...", 3);
	memset(buffer + at + 3, '}', depth - 1);
	buffer[at + 3 + depth - 1] = '\0';
	return true;
}
