/* SPDX-License-Identifier: ISC */
/* Which of the words that are no strings to YAML a pattern may match: those that begin as one of
 * its alternatives may. Must not know what follows on that. */
#include <string.h>

#include "schema/pattern.h"

/* Behind a bracket expression. */
static const char *skip_bracket(const char *at)
{
	at += at[1] == '^' ? 2 : 1;
	at += *at == ']';
	while (*at && *at != ']') {
		const char *inside = *at == '[' && at[1] && strchr(":.=", at[1])
					     ? strchr(at + 2, ']')
					     : NULL;

		at = inside ? inside + 1 : at + 1;
	}
	return *at ? at + 1 : at;
}

/* The single character, or set of them, that a pattern begins with; at itself for none. */
static const char *skip_atom(const char *at)
{
	uint32_t code;

	if (*at == '[')
		return skip_bracket(at);
	if (*at == '\\')
		return at[1] && strchr(".[]()*+?{}|^$\\/-", at[1]) ? at + 2 : at;
	return *at && !strchr("(){}*+?|^$", *at) ? at + tool_decode(at, strlen(at), &code)
						 : at;
}

/* Whether a bracket expression may hold an ASCII character: a class, and what has a name, may. */
static bool bracket_has(const char *at, const char *end, char wanted)
{
	bool negated = at[1] == '^', found = false;
	uint32_t from, to, code = (unsigned char)wanted;

	at += negated ? 2 : 1;
	for (end--; at < end;) {
		if (*at == '[' && strchr(":.=", at[1]))
			return true;
		at += tool_decode(at, (size_t)(end - at), &from);
		to = from;
		if (end - at > 1 && *at == '-')
			at += 1 + tool_decode(at + 1, (size_t)(end - at - 1), &to);
		found = found || (code >= from && code <= to);
	}
	return found != negated;
}

static bool atom_has(const char *at, const char *end, char wanted)
{
	switch (*at) {
	case '[':
		return bracket_has(at, end, wanted);
	case '.':
		return true;
	case '\\':
		return at[1] == wanted;
	default:
		return *at == wanted;
	}
}

/* Whether what the atom before it is may be missing. */
static bool is_optional(const char *quantifier)
{
	return (*quantifier && strchr("*?", *quantifier)) ||
	       (*quantifier == '{' && strchr("0,", quantifier[1]));
}

/* Whether one alternative may match a text that begins with one of these characters. */
static bool may_begin(const char *pattern, const char *first)
{
	const char *end = skip_atom(pattern);

	if (end == pattern || is_optional(end))
		return true;
	while (*first && !atom_has(pattern, end, *first))
		first++;
	return *first;
}

/* Behind the `|` that ends an alternative; NULL for none. */
static const char *next_alternative(const char *at)
{
	while (*at && *at != '|') {
		if (*at == '[')
			at = skip_bracket(at);
		else
			at += *at == '\\' && at[1] ? 2 : 1;
	}
	return *at ? at + 1 : NULL;
}

static bool may_match(const char *pattern, const char *first)
{
	if (strchr(pattern, '|') && strchr(pattern, '('))
		return true;
	for (; pattern; pattern = next_alternative(pattern)) {
		if (may_begin(pattern, first))
			return true;
	}
	return false;
}

unsigned tool_pattern_matches(const char *pattern)
{
	return (may_match(pattern, "-+.0123456789") ? PATTERN_NUMBERS : 0) |
	       (may_match(pattern, "tTfF") ? PATTERN_BOOLS : 0);
}
