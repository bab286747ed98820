/* SPDX-License-Identifier: ISC */
/* POSIX extended regular expressions to those of ECMA 262 (Unicode mode), which differ in
 * brackets, in what a dot is, and in escapes. Must not know what they are for. */
#include "schema/pattern.h"

#include <string.h>

struct translator {
	struct writer *out;
	const char *at;
	bool negated; /* the bracket expression that is open */
	bool quantified; /* the last one was a quantifier: another one means something else */
};

static void copy(struct translator *to, size_t length)
{
	tool_bytes(to->out, to->at, length);
	to->at += length;
}

/* A character as itself. */
static void literal(struct translator *to, char c)
{
	if (strchr("^$\\.*+?()[]{}|", c))
		tool_text(to->out, "\\");
	tool_bytes(to->out, &c, 1);
	to->at++;
}

struct set {
	const char *name, *members;
	bool ascii; /* nothing else is in it */
};

static const struct set classes[] = {
	{"alnum", "0-9A-Za-z", false},
	{"alpha", "A-Za-z", false},
	{"blank", "\\t ", false},
	{"cntrl", "\\x00-\\x1f\\x7f", false},
	{"digit", "0-9", true},
	{"graph", "\\x21-\\x7e", false},
	{"lower", "a-z", false},
	{"print", "\\x20-\\x7e", false},
	{"punct", "\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e", false},
	{"space", "\\t-\\r ", false},
	{"upper", "A-Z", false},
	{"xdigit", "0-9A-Fa-f", true},
};

/* No two engines agree on what else is in a class: any character may be, unless the class is one
 * of those that must not match. */
static const char beyond_ascii[] = "\\u0080-\xf4\x8f\xbf\xbf";

/* [:name:], the bracket behind it included. */
static bool class_of(struct translator *to)
{
	const char *name = to->at + 2, *end = strstr(name, ":]");

	if (!end)
		return false;
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strlen(classes[i].name) == (size_t)(end - name) &&
		    strncmp(classes[i].name, name, (size_t)(end - name)) == 0) {
			tool_text(to->out, classes[i].members);
			tool_text(to->out,
				  classes[i].ascii || to->negated ? "" : beyond_ascii);
			to->at = end + 2;
			return true;
		}
	}
	return false;
}

/* [.c.] and [=c=] of one character. */
static bool collating(struct translator *to)
{
	char kind = to->at[1];

	if (!to->at[2] || to->at[3] != kind || to->at[4] != ']')
		return false;
	to->at += 2;
	literal(to, *to->at);
	to->at += 2;
	return true;
}

/* One member of a bracket expression. */
static bool member(struct translator *to)
{
	if (to->at[0] == '[' && to->at[1] == ':')
		return class_of(to);
	if (to->at[0] == '[' && (to->at[1] == '.' || to->at[1] == '='))
		return collating(to);
	if (to->at[0] == '-' || !strchr("^$\\.*+?()[]{}|", *to->at))
		copy(to, 1);
	else
		literal(to, *to->at);
	return true;
}

static bool bracket(struct translator *to)
{
	copy(to, 1);
	to->negated = *to->at == '^';
	if (to->negated)
		copy(to, 1);
	if (*to->at == ']' && !member(to))
		return false;
	while (*to->at && *to->at != ']') {
		if (!member(to))
			return false;
	}
	if (!*to->at)
		return false;
	copy(to, 1);
	return true;
}

/* What GNU's library adds to the standard, a letter or digit, differs where it exists. */
static bool escape(struct translator *to)
{
	char c = to->at[1];

	if (!c || strchr("<>`'wWsSbB123456789", c))
		return false;
	to->at++;
	literal(to, c);
	return true;
}

/* {n}, {n,} and {n,m}; a brace that begins none of them is itself. */
static bool interval(struct translator *to)
{
	size_t digits = strspn(to->at + 1, "0123456789"), length = digits + 1;

	if (to->at[length] == ',')
		length += 1 + strspn(to->at + length + 1, "0123456789");
	if (to->at[length] != '}')
		return false;
	if (!digits)
		return false;
	copy(to, length + 1);
	return true;
}

static bool quantifier(struct translator *to)
{
	if (to->quantified)
		return false;
	to->quantified = true;
	if (*to->at == '{')
		return interval(to);
	copy(to, 1);
	return true;
}

static bool piece(struct translator *to)
{
	if (strchr("*+?{", *to->at))
		return quantifier(to);
	to->quantified = false;
	switch (*to->at) {
	case '[':
		return bracket(to);
	case '\\':
		return escape(to);
	case '.':
		tool_text(to->out, "[\\s\\S]");
		to->at++;
		return true;
	case ']':
	case '}':
		literal(to, *to->at);
		return true;
	default:
		/* A quantifier at the beginning of anything is not the standard's. */
		to->quantified = strchr("(|^", *to->at) != NULL;
		copy(to, 1);
		return true;
	}
}

bool tool_pattern(struct writer *out, const char *pattern)
{
	struct translator to = {.out = out, .at = pattern, .quantified = true};
	bool possible = true;

	tool_text(out, "^(?:");
	while (possible && *to.at)
		possible = piece(&to);
	tool_text(out, ")$|\\$\\{");
	return possible;
}
