/* SPDX-License-Identifier: ISC */
/* Extended regular expressions to steps, repetitions written out. Where POSIX leaves a
 * meaning open it is refused, but for what everybody means. Knows nothing of what they match. */
#include "base/utf8.h"
#include "schema/pattern.h"

#define LENGTH_MAX 4096
#define DEPTH_MAX 32

static const char too_many[] = "it has more than 1000 steps, its repetitions written out";

static bool is_at_end(const struct dcfg_pattern_reader *reader)
{
	return reader->at >= reader->text.len;
}

static char here(const struct dcfg_pattern_reader *reader)
{
	return is_at_end(reader) ? '\0' : reader->text.ptr[reader->at];
}

static bool is_quantifier(char byte)
{
	return byte == '*' || byte == '+' || byte == '?' || byte == '{';
}

/* Room for a step at an index; false where there is none. */
static bool insert(struct dcfg_pattern_reader *reader, size_t index,
		   struct dcfg_pattern_step step)
{
	size_t weight = step.kind == DCFG_PATTERN_SET ? step.set->weight : 1;

	reader->weight += weight;
	if (reader->weight > DCFG_PATTERN_STEPS_MAX)
		reader->problem = reader->problem ? reader->problem : too_many;
	if (reader->problem)
		return false;
	memmove(reader->steps + index + 1, reader->steps + index,
		(reader->count - index) * sizeof(step));
	reader->steps[index] = step;
	reader->count++;
	return true;
}

static bool add(struct dcfg_pattern_reader *reader, struct dcfg_pattern_step step)
{
	return insert(reader, reader->count, step);
}

static bool add_kind(struct dcfg_pattern_reader *reader, enum dcfg_pattern_kind kind)
{
	return add(reader, (struct dcfg_pattern_step){.kind = kind});
}

static struct dcfg_pattern_step split(size_t to)
{
	return (struct dcfg_pattern_step){.kind = DCFG_PATTERN_SPLIT,
					  .offset = (int32_t)to};
}

/* The last steps once more. */
static bool repeat(struct dcfg_pattern_reader *reader, size_t from, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!add(reader, reader->steps[from + i]))
			return false;
	return true;
}

/* The steps from `start` on as often as one likes, or not at all. */
static void loop_any(struct dcfg_pattern_reader *reader, size_t start)
{
	size_t length = reader->count - start;

	if (insert(reader, start, split(length + 2)))
		add(reader, (struct dcfg_pattern_step){.kind = DCFG_PATTERN_JUMP,
						       .offset = -(int32_t)(length + 1)});
}

/* ... at least once: the last of several copies, of that length. */
static void loop_again(struct dcfg_pattern_reader *reader, size_t length)
{
	struct dcfg_pattern_step step = split(0);

	step.offset = -(int32_t)length;
	add(reader, step);
}

/* Up to so many more copies, each of which may be the last. */
static void may_repeat(struct dcfg_pattern_reader *reader, size_t from, size_t length,
		       size_t times)
{
	for (; times && !reader->problem; times--)
		if (add(reader, split(times * (length + 1))))
			repeat(reader, from, length);
}

static void bound(struct dcfg_pattern_reader *reader, size_t start, size_t least,
		  size_t most)
{
	size_t length = reader->count - start;

	if (!length)
		return;
	if (!most) {
		reader->count = start;
	} else if (!least) {
		if (insert(reader, start, split(most * (length + 1))))
			may_repeat(reader, start + 1, length, most - 1);
	} else {
		for (size_t i = 1; i < least && repeat(reader, start, length); i++)
			;
		may_repeat(reader, start, length, most - least);
	}
}

static void at_least(struct dcfg_pattern_reader *reader, size_t start, size_t least)
{
	size_t length = reader->count - start;

	if (!length)
		return;
	if (!least) {
		loop_any(reader, start);
		return;
	}
	for (size_t i = 1; i < least && repeat(reader, start, length); i++)
		;
	loop_again(reader, length);
}

/* Digits; false where there are none. More steps than there may be are all the same. */
static bool read_count(struct dcfg_pattern_reader *reader, size_t *count)
{
	size_t start = reader->at;

	for (*count = 0; here(reader) >= '0' && here(reader) <= '9'; reader->at++)
		if (*count <= DCFG_PATTERN_STEPS_MAX)
			*count = *count * 10 + (size_t)(here(reader) - '0');
	return reader->at > start;
}

/* From behind the '{'. */
static void read_interval(struct dcfg_pattern_reader *reader, size_t start)
{
	size_t least, most;
	bool has_least = read_count(reader, &least), has_most = has_least;

	most = least;
	if (here(reader) == ',') {
		reader->at++;
		has_most = read_count(reader, &most);
	}
	if (here(reader) != '}' || (!has_least && !has_most)) {
		reader->problem = "a '{' begins no repetition such as {2,5}; write \\{ "
				  "for one in the text";
		return;
	}
	reader->at++;
	if (!has_most)
		at_least(reader, start, least);
	else if (most < least)
		reader->problem = "a repetition is from more to fewer";
	else
		bound(reader, start, least, most);
}

static void read_quantifier(struct dcfg_pattern_reader *reader, size_t start)
{
	switch (reader->text.ptr[reader->at++]) {
	case '*':
		at_least(reader, start, 0);
		break;
	case '+':
		at_least(reader, start, 1);
		break;
	case '?':
		bound(reader, start, 0, 1);
		break;
	default:
		read_interval(reader, start);
		break;
	}
	if (is_quantifier(here(reader)) && !reader->problem)
		reader->problem = "it repeats a repetition; put the inner one in ( )";
}

static void read_character(struct dcfg_pattern_reader *reader)
{
	struct dcfg_pattern_step step = {.kind = DCFG_PATTERN_CHARACTER};

	reader->at +=
		dcfg_utf8_decode(dcfg_view_skip(reader->text, reader->at), &step.code);
	add(reader, step);
}

static void add_set(struct dcfg_pattern_reader *reader,
		    const struct dcfg_pattern_set *set)
{
	if (set)
		add(reader,
		    (struct dcfg_pattern_step){.kind = DCFG_PATTERN_SET, .set = set});
}

/* From behind the '\'. A back reference may take exponential time, and is no part of
 * extended expressions. */
static void read_escape(struct dcfg_pattern_reader *reader)
{
	char byte = here(reader), letter = (char)(byte | 0x20);

	if (is_at_end(reader)) {
		reader->problem = "it ends in a '\\'";
	} else if (letter == 'w' || letter == 's') {
		reader->at++;
		add_set(reader, dcfg_pattern_escaped(reader, byte));
	} else if (byte >= '1' && byte <= '9') {
		reader->problem = "it has a back reference";
	} else if ((letter >= 'a' && letter <= 'z') || byte == '0' || byte == '<' ||
		   byte == '>' || byte == '`' || byte == '\'') {
		reader->problem = "a '\\' is before what it gives no meaning; a digit is "
				  "[0-9]";
	} else {
		read_character(reader);
	}
}

static void read_alternatives(struct dcfg_pattern_reader *reader, unsigned depth);

/* From behind the '('. */
static void read_group(struct dcfg_pattern_reader *reader, unsigned depth)
{
	if (depth == DEPTH_MAX) {
		reader->problem = "its groups are nested too deeply";
		return;
	}
	read_alternatives(reader, depth + 1);
	if (!reader->problem && here(reader) != ')')
		reader->problem = "a '(' has no ')' behind it";
	reader->at++;
}

/* What a quantifier may stand behind. */
static void read_atom(struct dcfg_pattern_reader *reader, unsigned depth)
{
	switch (here(reader)) {
	case '(':
		reader->at++;
		read_group(reader, depth);
		break;
	case '[':
		reader->at++;
		add_set(reader, dcfg_pattern_brackets(reader));
		break;
	case '\\':
		reader->at++;
		read_escape(reader);
		break;
	case '.':
		reader->at++;
		add_kind(reader, DCFG_PATTERN_ANY);
		break;
	default:
		read_character(reader);
		break;
	}
}

static void read_piece(struct dcfg_pattern_reader *reader, unsigned depth)
{
	size_t start = reader->count;
	char byte = here(reader);

	if (byte == '^' || byte == '$') {
		reader->at++;
		add_kind(reader, byte == '^' ? DCFG_PATTERN_FIRST : DCFG_PATTERN_LAST);
	} else if (!is_quantifier(byte)) {
		read_atom(reader, depth);
		if (!reader->problem && is_quantifier(here(reader)))
			read_quantifier(reader, start);
		return;
	}
	if (!reader->problem && is_quantifier(here(reader)))
		reader->problem = "a repetition has nothing before it to repeat";
}

/* Until a '|', a ')' or the end. */
static void read_branch(struct dcfg_pattern_reader *reader, unsigned depth)
{
	while (!reader->problem && !is_at_end(reader) && here(reader) != '|' &&
	       here(reader) != ')')
		read_piece(reader, depth);
}

/* The jumps from the ends of branches, each with the way back to the one before it. */
static void land(struct dcfg_pattern_reader *reader, size_t last)
{
	while (last) {
		struct dcfg_pattern_step *jump = &reader->steps[last - 1];
		size_t before = (size_t)jump->offset;

		jump->offset = (int32_t)(reader->count - (last - 1));
		last = before;
	}
}

static void read_alternatives(struct dcfg_pattern_reader *reader, unsigned depth)
{
	size_t last = 0, start = reader->count; /* last: one more than its index */

	read_branch(reader, depth);
	while (!reader->problem && here(reader) == '|') {
		size_t length = reader->count - start;

		reader->at++;
		if (!insert(reader, start, split(length + 2)) ||
		    !add(reader, (struct dcfg_pattern_step){.kind = DCFG_PATTERN_JUMP,
							    .offset = (int32_t)last}))
			return;
		last = start = reader->count;
		read_branch(reader, depth);
	}
	if (!reader->problem)
		land(reader, last);
}

bool dcfg_pattern_parse(struct dcfg_pattern_reader *reader)
{
	if (reader->text.len > LENGTH_MAX) {
		reader->problem = "it is longer than 4096 bytes";
		return false;
	}
	read_alternatives(reader, 0);
	if (!reader->problem && !is_at_end(reader))
		reader->problem = "a ')' has no '(' before it";
	add_kind(reader, DCFG_PATTERN_END);
	return !reader->problem && !reader->arena->failed;
}
