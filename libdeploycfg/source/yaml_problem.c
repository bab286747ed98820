/* SPDX-License-Identifier: ISC */
/* What stopped the parser, in the words of this project: what was found where, and
 * what to do. Knows the parser's messages by their text, and passes on one that it does
 * not know. */
#include "source/yaml.h"

#include "base/utf8.h"
#include "model/conceal.h"

struct saying {
	const char *what;    /* the parser's words */
	const char *message; /* ours */
	const char *hint;    /* or NULL */
};

static const struct saying sayings[] = {
	{"did not find expected key", "expected a key of this map here",
	 "indent the keys of one map alike, and quote a value that goes on behind its "
	 "quote"},
	{"did not find expected '-' indicator",
	 "expected the next '- ' of this list here",
	 "indent the items of one list alike"},
	{"did not find expected ',' or ']'", "expected ',' or ']' here",
	 "close the list with ']', or part its items with ','"},
	{"did not find expected ',' or '}'", "expected ',' or '}' here",
	 "close the map with '}', or part its keys with ','"},
	{"did not find expected node content", "expected a value here", NULL},
	{"mapping values are not allowed in this context", "a ': ' cannot stand here",
	 "quote the value if the ':' belongs to it, else indent the key as its "
	 "neighbours are"},
	{"mapping keys are not allowed in this context", "a key cannot begin here",
	 "begin it on a line of its own"},
	{"block sequence entries are not allowed in this context",
	 "a '- ' cannot stand here", "begin the list on a line of its own below the key"},
	{"could not find expected ':'", "expected ': ' behind this key",
	 "write a blank between the ':' and the value: 'key: value'"},
	{"found unexpected ':'", "a ':' cannot stand here",
	 "quote the value that holds it"},
	{"found unknown escape character",
	 "this escape is not known between double quotes",
	 "write '\\\\' for a backslash, or put the value between single quotes"},
	{"did not find expected hexdecimal number",
	 "expected hexadecimal digits in this escape",
	 "write \\x and two, \\u and four, or \\U and eight of them"},
	{"found invalid Unicode character escape code", "this escape is no character",
	 "write the character itself, or \\U and eight hexadecimal digits"},
	{"found unexpected document indicator",
	 "a line '---' or '...' ends the text between quotes",
	 "close the quote, or indent the line"},
	{"did not find expected alphabetic or numeric character",
	 "expected a name behind '&' or '*'",
	 "quote the value if '&' or '*' belongs to it"},
	{"found undefined tag handle",
	 "the part of this tag before its second '!' is not known",
	 "use !append, !prepend, !replace, !unset or a core tag such as !!str"},
	{"did not find expected whitespace or line break",
	 "expected a blank behind this tag", "quote the value if '!' belongs to it"},
	{"did not find expected tag URI", "expected a name behind '!'",
	 "quote the value if '!' belongs to it"},
	{"did not find URI escaped octet", "a '%' in a tag needs two hexadecimal digits",
	 "quote the value if '!' belongs to it"},
	{"did not find the expected '>'", "expected '>' at the end of this tag",
	 "write tags without brackets, such as !!str or !append"},
	{"found a tab character that violates indentation", "a tab cannot indent",
	 "indent with blanks"},
	{"found a tab character where an indentation space is expected",
	 "a tab cannot indent", "indent with blanks"},
	{"did not find expected comment or line break",
	 "expected the end of the line here",
	 "begin the text below the '|' or '>', on a line of its own"},
	{"found an indentation indicator equal to 0",
	 "the indentation after '|' or '>' is 1 to 9", NULL},
	{"did not find expected <document start>",
	 "expected nothing behind the end of the document",
	 "remove the line '...', or make two files"},
	{"found incompatible YAML document", "expected version 1.1 or 1.2 of YAML",
	 "remove the %YAML line"},
	{"found unknown directive name",
	 "a line that begins with '%' is a directive, and this one is "
	 "not known",
	 "remove it, or indent or quote what belongs to a value"},
	{"found duplicate %YAML directive", "a second %YAML line", "remove it"},
	{"found duplicate %TAG directive", "%TAG directives are not allowed",
	 "remove the line: tags are written in full, such as !append"},
	{DCFG_YAML_ANCHOR_CUT, "expected a blank behind the name of this anchor",
	 "name anchors by letters, digits, '-' and '_' alone"},
	{DCFG_YAML_ALIAS_CUT, "expected a blank behind the name of this alias",
	 "write a blank before the ':' if the alias is a key: '*name : value'"},
	{DCFG_YAML_QUESTION_LOST, "a '?' cannot begin a word between brackets",
	 "quote the word, with its '?'"},
	{DCFG_YAML_PROPERTY, "a secret has no anchors, aliases and tags",
	 "write each value in full, between quotes where it begins with '&', '*' or '!'"},
};

struct since {
	const char *context, *message;
};

static const struct since sinces[] = {
	{"while parsing a block mapping", "the map begins here"},
	{"while parsing a block collection", "the list begins here"},
	{"while parsing a flow mapping", "the map begins here"},
	{"while parsing a flow sequence", "the list begins here"},
	{"while scanning a quoted scalar", "the quote opens here"},
	{"while scanning a tag", "the tag begins here"},
	{"while scanning a block scalar", "the text begins here"},
};

static bool is(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

static struct saying say(const char *what)
{
	for (size_t i = 0; i < DCFG_COUNT(sayings); i++)
		if (is(what, sayings[i].what))
			return sayings[i];
	return (struct saying){what, what, NULL};
}

static const char *say_since(const char *context)
{
	for (size_t i = 0; i < DCFG_COUNT(sinces); i++)
		if (is(context, sinces[i].context))
			return sinces[i].message;
	return NULL;
}

static struct saying say_token(char character)
{
	struct saying saying = {NULL, "a value cannot begin with this character",
				"quote the value"};

	if (character == '\t') {
		saying.message = "a tab cannot indent";
		saying.hint = "indent with blanks";
	}
	return saying;
}

/* Whether a reference's brace stands there: `${` outside quotes, between brackets. */
static bool is_reference(const struct dcfg_yaml *yaml,
			 const struct dcfg_yaml_problem *problem)
{
	return problem->column > 1 &&
	       dcfg_view_starts(
		       dcfg_yaml_rest(yaml->text, problem->line, problem->column - 1),
		       DCFG_VIEW("${"));
}

/* Whether something stands right before the place that may be part of a word. */
static bool is_in_word(const struct dcfg_yaml *yaml,
		       const struct dcfg_yaml_problem *problem)
{
	struct dcfg_view before = {0};

	if (problem->column > 1)
		before = dcfg_yaml_rest(yaml->text, problem->line, problem->column - 1);
	return before.len && !memchr(" \t,:[]{}\"'", *before.ptr, 10);
}

/* These are best shown where they began. */
static bool points_back(const struct dcfg_yaml_problem *problem)
{
	return problem->since_line &&
	       (is(problem->what, "could not find expected ':'") ||
		is(problem->what, "found unexpected end of stream") ||
		is(problem->what, "found unknown directive name"));
}

static bool is_conflict(const struct dcfg_yaml *yaml, uint32_t line)
{
	return line && dcfg_is_conflict_mark(dcfg_yaml_rest(yaml->text, line, 1));
}

/* A better word where the text at the place tells more than the parser did. */
static struct saying refine(const struct dcfg_yaml *yaml,
			    const struct dcfg_yaml_problem *problem)
{
	struct dcfg_view rest =
		dcfg_yaml_rest(yaml->text, problem->line, problem->column);
	struct saying saying = say(problem->what);
	char here = rest.len ? *rest.ptr : '\n';

	if (is_conflict(yaml, points_back(problem) ? problem->since_line : problem->line))
		return (struct saying){NULL, DCFG_CONFLICT_MESSAGE, DCFG_CONFLICT_HINT};
	if (is(problem->what, "found character that cannot start any token"))
		return say_token(here);
	if (is(problem->what, "found unexpected end of stream"))
		saying = (struct saying){NULL, "this quote is never closed", "close it"};
	else if (is(problem->context, "while scanning a tag") &&
		 (here == ']' || here == '}'))
		saying.hint = "write a blank between the tag and the bracket";
	else if (is_reference(yaml, problem))
		saying.hint = "quote a value that holds '${' between brackets";
	else if ((here == '[' || here == '{') && is_in_word(yaml, problem))
		saying.hint = "quote a value that holds '[' or '{' between brackets";
	else if (here == '*' && !is(problem->what, DCFG_YAML_ALIAS_CUT))
		saying.hint =
			"quote the value if '*' belongs to it; an alias stands alone";
	return saying;
}

/* Whether the text ended where it could not, inside of brackets. */
static bool is_unclosed(const struct dcfg_yaml *yaml,
			const struct dcfg_yaml_problem *problem)
{
	bool inside = is(problem->what, "did not find expected ',' or ']'") ||
		      is(problem->what, "did not find expected ',' or '}'") ||
		      is(problem->what, "did not find expected node content");

	return inside && yaml->open &&
	       !dcfg_yaml_rest(yaml->text, problem->line, 1).len &&
	       !dcfg_yaml_rest(yaml->text, problem->line + 1, 1).len;
}

/* Where a value inside something else has no place of its own, the message has it. */
static struct deploycfg_error *fail(struct dcfg_yaml *yaml, struct dcfg_origin at,
				    uint32_t column, const char *message)
{
	struct dcfg_view shown = dcfg_utf8_shown(yaml->text);

	if (at.line || dcfg_yaml_hides(yaml, NULL, at))
		return dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, at, NULL, "%s",
				      message);
	return dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SYNTAX, at, NULL,
			      "%s, at character %u of '%.*s'%s", message, column,
			      DCFG_ARG(shown), shown.len < yaml->text.len ? "..." : "");
}

static void report_unclosed(struct dcfg_yaml *yaml)
{
	bool is_list = yaml->open->type == DEPLOYCFG_LIST;
	const char *message =
		is_list ? "this list is never closed" : "this map is never closed";
	struct deploycfg_error *error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_SYNTAX, yaml->open->origin, NULL, "%s", message);

	dcfg_error_hint(error, "write '%c' at its end", is_list ? ']' : '}');
}

/* Whether the parser stopped at the ':' of a key that it took for none because of its length. */
static bool is_behind_long_key(const struct dcfg_yaml *yaml,
			       const struct dcfg_yaml_problem *problem)
{
	return problem->key_line == problem->line &&
	       problem->key_column + DCFG_YAML_KEY_MAX < problem->column &&
	       dcfg_yaml_is_long_key(dcfg_yaml_rest(yaml->text, problem->key_line,
						    problem->key_column));
}

/* Nobody knows what else is in its line. */
void dcfg_yaml_report_long_key(struct dcfg_yaml *yaml, struct dcfg_origin at)
{
	struct deploycfg_error *error =
		dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_LIMIT, at, NULL,
			       "this key is longer than YAML's limit of %d characters",
			       DCFG_YAML_KEY_MAX);

	dcfg_error_hint(error, "write '? ' before it, and its ': ' and value below it");
	if (dcfg_holds_secrets(yaml->context, at.source))
		dcfg_error_hide_line(error);
	yaml->stopped = true;
}

static void report_syntax(struct dcfg_yaml *yaml, const struct dcfg_yaml_problem *problem)
{
	bool back = points_back(problem);
	uint32_t line = back ? problem->since_line : problem->line;
	uint32_t column = back ? problem->since_column : problem->column;
	const char *since = back || !yaml->base.line ? NULL : say_since(problem->context);
	struct saying saying = refine(yaml, problem);
	struct deploycfg_error *error =
		fail(yaml, dcfg_yaml_origin(yaml, line, column), column, saying.message);

	if (since && (problem->since_line != line || problem->since_column != column))
		dcfg_relate(yaml->context, error,
			    dcfg_yaml_origin(yaml, problem->since_line,
					     problem->since_column),
			    "%s", since);
	if (saying.hint)
		dcfg_error_hint(error, "%s", saying.hint);
}

void dcfg_yaml_report_problem(struct dcfg_yaml *yaml,
			      const struct dcfg_yaml_problem *problem)
{
	yaml->stopped = true;
	if (problem->memory)
		yaml->context->arena.failed = true;
	else if (is_behind_long_key(yaml, problem))
		dcfg_yaml_report_long_key(yaml, dcfg_yaml_origin(yaml, problem->key_line,
								 problem->key_column));
	else if (is_unclosed(yaml, problem))
		report_unclosed(yaml);
	else
		report_syntax(yaml, problem);
}

void dcfg_yaml_report_raw(struct dcfg_yaml *yaml, const struct dcfg_yaml_raw *raw)
{
	uint64_t most = yaml->context->limits.of[DEPLOYCFG_LIMIT_DIRECTIVES];
	struct dcfg_origin at = dcfg_yaml_origin(yaml, raw->line, raw->column);

	if (raw->directives > most)
		dcfg_within(yaml->context, DEPLOYCFG_LIMIT_DIRECTIVES, raw->directives,
			    at, NULL);
	else
		dcfg_error_hint(dcfg_fail(yaml->context, DEPLOYCFG_ERR_ENCODING, at, NULL,
					  "%s", raw->what),
				"%s", raw->hint);
	dcfg_yaml_stop(yaml);
}
