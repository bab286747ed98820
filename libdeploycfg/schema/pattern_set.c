/* SPDX-License-Identifier: ISC */
/* Sets of characters: bracket expressions, and which characters are in one. Knows nothing
 * of what stands around them. */
#include "base/utf8.h"
#include "schema/pattern.h"

#define ASCII_END 128

static void add_ascii(struct dcfg_pattern_set *set, uint32_t code)
{
	set->ascii[code / 64] |= UINT64_C(1) << code % 64;
}

static void add_beyond(struct dcfg_pattern_reader *reader, struct dcfg_pattern_set *set,
		       struct dcfg_pattern_member member)
{
	struct dcfg_pattern_member *made = dcfg_arena_alloc(reader->arena, sizeof(*made));

	if (!made)
		return;
	*made = member;
	made->next = set->beyond;
	set->beyond = made;
	set->weight++;
}

static void add_range(struct dcfg_pattern_reader *reader, struct dcfg_pattern_set *set,
		      uint32_t from, uint32_t to)
{
	if (to < from)
		reader->problem = "a range in its brackets begins behind its end";
	for (uint32_t code = from; code <= to && code < ASCII_END; code++)
		add_ascii(set, code);
	if (from <= to && to >= ASCII_END)
		add_beyond(reader, set,
			   (struct dcfg_pattern_member){.from = from, .to = to});
}

static void add_class(struct dcfg_pattern_reader *reader, struct dcfg_pattern_set *set,
		      const char *name)
{
	wctype_t class = wctype_l(name, reader->locale);

	if (!class) {
		reader->problem = "it names a class of characters that there is not";
		return;
	}
	for (uint32_t code = 0; code < ASCII_END; code++)
		if (iswctype_l((wint_t)code, class, reader->locale))
			add_ascii(set, code);
	add_beyond(reader, set, (struct dcfg_pattern_member){.from = 1, .class = class});
}

static struct dcfg_view rest(const struct dcfg_pattern_reader *reader)
{
	return dcfg_view_skip(reader->text, reader->at);
}

static bool follows(const struct dcfg_pattern_reader *reader, const char *text)
{
	struct dcfg_view view = rest(reader), begin = dcfg_view_text(text);

	return view.len >= begin.len && memcmp(view.ptr, begin.ptr, begin.len) == 0;
}

/* One character; false at the end. */
static bool read_character(struct dcfg_pattern_reader *reader, uint32_t *code)
{
	if (reader->at < reader->text.len) {
		reader->at += dcfg_utf8_decode(rest(reader), code);
		return true;
	}
	reader->problem = "a '[' has no ']' behind it";
	return false;
}

/* [:alpha:], from behind the "[:". */
static void read_class(struct dcfg_pattern_reader *reader, struct dcfg_pattern_set *set)
{
	char name[16];
	size_t length = 0;

	while (length < sizeof(name) - 1 && !follows(reader, ":]") &&
	       reader->at < reader->text.len)
		name[length++] = reader->text.ptr[reader->at++];
	name[length] = '\0';
	if (!follows(reader, ":]")) {
		reader->problem = "it names a class of characters that there is not";
		return;
	}
	reader->at += 2;
	add_class(reader, set, name);
}

/* A character, [.c.] or [=c=]. */
static bool read_end(struct dcfg_pattern_reader *reader, uint32_t *code)
{
	const char *end = follows(reader, "[.") ? ".]" : "=]";

	if (!follows(reader, "[.") && !follows(reader, "[="))
		return read_character(reader, code);
	reader->at += 2;
	if (!read_character(reader, code))
		return false;
	if (!follows(reader, end)) {
		reader->problem = "[. .] and [= =] take one character";
		return false;
	}
	reader->at += 2;
	return true;
}

static void read_member(struct dcfg_pattern_reader *reader, struct dcfg_pattern_set *set)
{
	uint32_t from, to;

	if (follows(reader, "[:")) {
		reader->at += 2;
		read_class(reader, set);
		return;
	}
	if (!read_end(reader, &from))
		return;
	to = from;
	if (follows(reader, "-") && !follows(reader, "-]")) {
		reader->at++;
		if (!read_end(reader, &to))
			return;
	}
	add_range(reader, set, from, to);
}

static struct dcfg_pattern_set *set_new(const struct dcfg_pattern_reader *reader)
{
	struct dcfg_pattern_set *set = dcfg_arena_zalloc(reader->arena, sizeof(*set));

	if (set) {
		set->weight = 1;
		set->locale = reader->locale;
	}
	return set;
}

const struct dcfg_pattern_set *dcfg_pattern_brackets(struct dcfg_pattern_reader *reader)
{
	struct dcfg_pattern_set *set = set_new(reader);

	if (!set)
		return NULL;
	set->negated = follows(reader, "^");
	reader->at += set->negated;
	do
		read_member(reader, set);
	while (!reader->problem && !follows(reader, "]"));
	reader->at++;
	return reader->problem ? NULL : set;
}

const struct dcfg_pattern_set *dcfg_pattern_escaped(struct dcfg_pattern_reader *reader,
						    char letter)
{
	struct dcfg_pattern_set *set = set_new(reader);

	if (!set)
		return NULL;
	set->negated = letter == 'W' || letter == 'S';
	add_class(reader, set, letter == 'w' || letter == 'W' ? "alnum" : "space");
	if (letter == 'w' || letter == 'W')
		add_ascii(set, '_');
	return reader->problem ? NULL : set;
}

bool dcfg_pattern_set_has(const struct dcfg_pattern_set *set, uint32_t code)
{
	if (code < ASCII_END)
		return (set->ascii[code / 64] >> code % 64 & 1) != set->negated;
	for (const struct dcfg_pattern_member *member = set->beyond; member;
	     member = member->next) {
		if (code >= member->from && code <= member->to)
			return !set->negated;
		if (member->class && iswctype_l((wint_t)code, member->class, set->locale))
			return !set->negated;
	}
	return set->negated;
}
