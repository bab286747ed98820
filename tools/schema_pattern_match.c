/* SPDX-License-Identifier: ISC */
/* Which of the words that are no strings to YAML a pattern may match: booleans by trying them,
 * numbers by what a match begins with. Must not know any other syntax of patterns. */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "schema_pattern.h"

/* Whether a whole text matches a part of a pattern; true where that cannot be said. */
static bool matches(const char *pattern, size_t length, const char *text)
{
	struct text whole = {NULL, 0, 0, false};
	struct writer out = {NULL, &whole, 0};
	regex_t regex;
	bool matched = true;

	tool_text(&out, "^(");
	tool_bytes(&out, pattern, length);
	tool_bytes(&out, ")$", 3);
	if (!whole.failed &&
	    regcomp(&regex, whole.bytes, REG_EXTENDED | REG_NOSUB) == 0) {
		matched = regexec(&regex, text, 0, NULL, 0) != REG_NOMATCH;
		regfree(&regex);
	}
	free(whole.bytes);
	return matched;
}

static bool matches_bool(const char *pattern)
{
	static const char *const words[] = {"true",  "True",  "TRUE",
					    "false", "False", "FALSE"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (matches(pattern, strlen(pattern), words[i]))
			return true;
	}
	return false;
}

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
	if (*at == '[')
		return skip_bracket(at);
	if (*at == '\\')
		return at[1] && strchr(".[]()*+?{}|^$\\/-", at[1]) ? at + 2 : at;
	return *at && !strchr("(){}*+?|^$", *at) ? at + 1 : at;
}

/* Whether numbers may match one alternative. Every number, to YAML too, begins with one of these
 * characters. */
static bool may_begin_number(const char *pattern)
{
	static const char first[] = "-+.0123456789";
	const char *end = skip_atom(pattern);
	size_t length = (size_t)(end - pattern);

	if (!length || (*end && strchr("*?{", *end)))
		return true;
	for (const char *digit = first; *digit; digit++) {
		char text[2] = {*digit, '\0'};

		if (matches(pattern, length, text))
			return true;
	}
	return false;
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

static bool matches_number(const char *pattern)
{
	if (strchr(pattern, '|') && strchr(pattern, '('))
		return true;
	for (; pattern; pattern = next_alternative(pattern)) {
		if (may_begin_number(pattern))
			return true;
	}
	return false;
}

/* Other characters are several to the C library, unless the locale says otherwise. */
static bool is_ascii(const char *text)
{
	while (*text && (unsigned char)*text < 0x80)
		text++;
	return !*text;
}

unsigned tool_pattern_matches(const char *pattern)
{
	bool plain = is_ascii(pattern);
	bool numbers = !plain || matches_number(pattern);
	bool bools = !plain || matches_bool(pattern);

	return (numbers ? PATTERN_NUMBERS : 0) | (bools ? PATTERN_BOOLS : 0);
}
