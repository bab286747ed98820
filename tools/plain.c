/* SPDX-License-Identifier: ISC */
/* Plain YAML scalars that are certainly strings, for YAML 1.1 readers too. Must not know
 * keys from values. */
#include "plain.h"

#include <string.h>

#include "writer.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static char lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static bool equals_ignoring_case(const char *text, size_t length, const char *word)
{
	for (size_t i = 0; i < length; i++) {
		if (lower(text[i]) != word[i])
			return false;
	}
	return word[length] == '\0';
}

/* null and the booleans, those of YAML 1.1 too. */
static bool is_word_of_yaml(const char *text, size_t length)
{
	static const char *const words[] = {"null", "true", "false", "yes", "no",
					    "on",   "off",  "y",     "n"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (equals_ignoring_case(text, length, words[i]))
			return true;
	}
	return false;
}

static size_t count_of(const char *text, size_t length, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == byte;
	return count;
}

/* With a digit first, a number, date or time unless something in it can be part of none,
 * or it has as many dots as an address or a version. */
static bool may_be_number(const char *text, size_t length)
{
	if (!is_digit(text[0]))
		return false;
	for (size_t i = 1; i < length; i++) {
		if (text[i] == '/' ||
		    (is_letter(text[i]) && !strchr("abcdefotxz", lower(text[i]))))
			return false;
	}
	return count_of(text, length, '.') < 2 || count_of(text, length, ':') > 0;
}

static bool begins_plain(char byte)
{
	return is_letter(byte) || is_digit(byte) || byte == '_' || byte == '/' ||
	       (unsigned char)byte >= 0x80;
}

/* Whether the character at `i`, not the first, means nothing there. */
static bool continues_plain(const char *text, size_t length, size_t i)
{
	bool last = i + 1 == length;

	switch (text[i]) {
	case ' ':
		return !last && text[i + 1] != ' ';
	case ':':
		return !last && text[i + 1] != ' ';
	default:
		return is_letter(text[i]) || is_digit(text[i]) ||
		       (unsigned char)text[i] >= 0x80 ||
		       (text[i] && strchr("_/.-+@%=~,;()$*!?", text[i]));
	}
}

bool tool_is_plain(const char *text, size_t length)
{
	if (length == 0 || !begins_plain(text[0]))
		return false;
	for (size_t i = 1; i < length; i++) {
		if (!continues_plain(text, length, i))
			return false;
	}
	return !may_be_number(text, length) && !is_word_of_yaml(text, length) &&
	       tool_all_printable(text, length);
}
