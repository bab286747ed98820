/* SPDX-License-Identifier: ISC */
/* Patterns: what they match, what is refused, and that no pattern and no text takes long. The C
 * library's regular expressions are the model. */
#include "unit.h"

#include <regex.h>

#include "schema/pattern.h"
#include "schema_load.h"
#include "tree.h"

#define BASE DEPLOYCFG_LAYER_BASE

struct compiled {
	struct dcfg_arena arena;
	struct dcfg_schema schema; /* what texts are judged with */
	struct dcfg_pattern *pattern;
	const char *problem;
};

static void pattern_open(struct compiled *compiled, const char *text, locale_t locale)
{
	static struct dcfg_pattern_step room[DCFG_PATTERN_STEPS_MAX];
	struct dcfg_pattern_reader reader = {
		.text = dcfg_view_text(text),
		.steps = room,
		.locale = locale,
	};

	*compiled = (struct compiled){.problem = NULL};
	dcfg_arena_init(&compiled->arena);
	reader.arena = &compiled->arena;
	compiled->schema.pattern_run = dcfg_pattern_run_new(&compiled->arena);
	if (!dcfg_pattern_parse(&reader)) {
		compiled->problem = reader.problem;
		return;
	}
	compiled->pattern = dcfg_arena_alloc(&compiled->arena,
					     sizeof(struct dcfg_pattern) + sizeof(room));
	compiled->pattern->count = reader.count;
	memcpy(compiled->pattern->steps, room, reader.count * sizeof(*room));
}

static bool matches(struct compiled *compiled, const char *text)
{
	return dcfg_pattern_match(&compiled->schema, compiled->pattern,
				  dcfg_view_text(text)) == DCFG_MATCHES;
}

static locale_t utf8_locale(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);

	return locale ? locale : newlocale(LC_CTYPE_MASK, "C", (locale_t)0);
}

static const struct row {
	const char *pattern, *yes[4], *no[4];
} rows[] = {
	{"", {""}, {"a"}},
	{"a|bc", {"a", "bc"}, {"", "ab", "abc"}},
	{"a||b", {"a", "", "b"}, {"ab"}},
	{"a(b|c|)d", {"abd", "acd", "ad"}, {"abcd"}},
	{"x(a|b)*y", {"xy", "xaby"}, {"xa", "y"}},
	{"a{2}", {"aa"}, {"a", "aaa"}},
	{"a{2,}", {"aa", "aaaaa"}, {"a"}},
	{"a{0,}", {"", "aaa"}, {"b"}},
	{"(ab){1,3}", {"ab", "ababab"}, {"", "aba", "abababab"}},
	{"(ab){0,2}c", {"c", "ababc"}, {"abababc"}},
	{"ab{0}c", {"ac"}, {"abc"}},
	{"(a*)*b", {"b", "aab"}, {"aa"}},
	{"((a?){3}){2}", {"", "aaaaaa"}, {"aaaaaaa"}},
	{"(((){999}){999}){9}", {""}, {"a"}},
	{".", {"a", "\n", "\xc3\xa4"}, {"", "ab"}},
	{"^a$|^$", {"a", ""}, {"aa", "^a$"}},
	{"a^b|c$d", {NULL}, {"ab", "a^b", "cd"}},
	{"\\.\\*\\\\", {".*\\"}, {"a*\\"}},
	{"[]a]+", {"]a]"}, {"[a]"}},
	{"[^]a]", {"b", "\xc3\xa4"}, {"]", "a"}},
	{"[a-]", {"a", "-"}, {"b"}},
	{"[%--]", {"%", "-", "("}, {"."}},
	{"[[.-.]a]", {"-", "a"}, {"."}},
	{"[[:digit:]_]+", {"0_9"}, {"a", ":"}},
	{"[[:alpha:]]+", {"aZ"}, {"1", "-"}},
	{"[^[:space:]]+", {"a\xc3\xa4"}, {"a b", "\t"}},
	{"[\xc3\xa4-\xc3\xbc]", {"\xc3\xb6"}, {"a", "\xc3\xa3"}},
	{"\\w\\W\\s\\S", {"a- b", "_. \xe2\x82\xac"}, {"--  "}},
	{"}]", {"}]"}, {"}"}},
};

START_TEST(whole_text_matches)
{
	const struct row *row = &rows[_i];
	locale_t locale = utf8_locale();
	struct compiled compiled;

	pattern_open(&compiled, row->pattern, locale);
	ck_assert_msg(compiled.pattern != NULL, "%s: %s", row->pattern, compiled.problem);
	for (size_t i = 0; i < 4 && row->yes[i]; i++)
		ck_assert_msg(matches(&compiled, row->yes[i]), "%s: %s", row->pattern,
			      row->yes[i]);
	for (size_t i = 0; i < 4 && row->no[i]; i++)
		ck_assert_msg(!matches(&compiled, row->no[i]), "%s: not %s", row->pattern,
			      row->no[i]);
	dcfg_arena_fini(&compiled.arena);
	freelocale(locale);
}
END_TEST

static const struct refused {
	const char *pattern, *says;
} refused[] = {
	{"a)", "no '('"},
	{"(a", "no ')'"},
	{"[a", "no ']'"},
	{"[", "no ']'"},
	{"[[:alpha:", "a class"},
	{"[[:alpa:]]", "a class"},
	{"[[.ab.]]", "one character"},
	{"[z-a]", "behind its end"},
	{"*a", "nothing before it"},
	{"a|+", "nothing before it"},
	{"(?:a)", "nothing before it"},
	{"^*", "nothing before it"},
	{"a**", "repeats a repetition"},
	{"a{1}{1}", "repeats a repetition"},
	{"a+?", "repeats a repetition"},
	{"a{", "begins no repetition"},
	{"a{x}", "begins no repetition"},
	{"a{,}", "begins no repetition"},
	{"a{3,2}", "from more to fewer"},
	{"\\d+", "[0-9]"},
	{"\\bx", "gives no meaning"},
	{"(a)\\1", "back reference"},
	{"a\\", "ends in"},
	{"a{1000}", "1000 steps"},
	{"a{99999999999999999999}", "1000 steps"},
	{"((a{99}){99}){99}", "1000 steps"},
	{"(a?){500}", "1000 steps"},
	{"(|){999}", "1000 steps"},
	{"((a|b)*){400}", "1000 steps"},
	{"((((((((((((((((((((((((((((((((("
	 "a)))))))))))))))))))))))))))))))))",
	 "too deeply"},
};

START_TEST(pattern_is_refused)
{
	const struct refused *row = &refused[_i];
	locale_t locale = utf8_locale();
	struct compiled compiled;

	pattern_open(&compiled, row->pattern, locale);
	ck_assert_msg(compiled.problem && strstr(compiled.problem, row->says), "%s: %s",
		      row->pattern, compiled.problem ? compiled.problem : "taken");
	dcfg_arena_fini(&compiled.arena);
	freelocale(locale);
}
END_TEST

/* The next of numbers that look random. */
static uint32_t next_of(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static void append(char *text, size_t size, const char *part)
{
	size_t length = strlen(text);

	snprintf(text + length, size - length, "%s", part);
}

static void judge_both(struct compiled *compiled, const regex_t *model,
		       const char *pattern, uint32_t *seed)
{
	static const char *const parts[] = {"a", "a", "b", "b", "c", "-", "]", "1", "."};

	for (int i = 0; i < 20; i++) {
		char text[16] = "";

		for (uint32_t length = next_of(seed) % 7; length; length--)
			append(text, sizeof(text),
			       parts[next_of(seed) % DCFG_COUNT(parts)]);
		ck_assert_msg(matches(compiled, text) ==
				      (regexec(model, text, 0, NULL, 0) == 0),
			      "%s: %s", pattern, text);
	}
}

/* All that is taken here means there what it means here. */
START_TEST(c_library_agrees)
{
	static const char *const parts[] = {
		"a",   "b",     "c", ".", "[ab]", "[^a]", "[]a-]",
		"(",   "(",     "(", ")", ")",    ")",    "|",
		"|",   "*",     "+", "?", "{2}",  "{,2}", "{1,}",
		"{0}", "{2,3}", "^", "$", "\\.",  "()",   "[[:digit:]b]",
	};
	locale_t locale = newlocale(LC_CTYPE_MASK, "C", (locale_t)0);
	uint32_t seed = 7, both = 0;

	for (int i = 0; i < 4000; i++) {
		char pattern[64] = "", whole[80];
		struct compiled compiled;
		regex_t model;

		for (uint32_t length = next_of(&seed) % 8 + 1; length; length--)
			append(pattern, sizeof(pattern),
			       parts[next_of(&seed) % DCFG_COUNT(parts)]);
		snprintf(whole, sizeof(whole), "^(%s)$", pattern);
		pattern_open(&compiled, pattern, locale);
		if (compiled.pattern &&
		    regcomp(&model, whole, REG_EXTENDED | REG_NOSUB) == 0) {
			judge_both(&compiled, &model, pattern, &seed);
			regfree(&model);
			both++;
		}
		dcfg_arena_fini(&compiled.arena);
	}
	ck_assert_uint_gt(both, 400);
	freelocale(locale);
}
END_TEST

/* Steps grow with the text, whatever it is. */
START_TEST(text_takes_no_more_than_its_length_times_the_steps)
{
	static const char *const patterns[] = {"(a|b)*a(a|b){20}", ".*a.{200}b",
					       "(.*){300}", "(a*){300}b",
					       "((a?b?){20}){4}"};
	locale_t locale = utf8_locale();
	char text[4097] = "";
	uint32_t seed = 3;

	for (size_t i = 0; i < 4096; i++)
		text[i] = next_of(&seed) % 2 ? 'a' : 'b';
	for (size_t i = 0; i < DCFG_COUNT(patterns); i++) {
		struct compiled compiled;

		pattern_open(&compiled, patterns[i], locale);
		ck_assert_msg(compiled.pattern != NULL, "%s", patterns[i]);
		matches(&compiled, text);
		ck_assert_uint_le(compiled.schema.pattern_work,
				  4097 * compiled.pattern->count);
		dcfg_arena_fini(&compiled.arena);
	}
	freelocale(locale);
}
END_TEST

START_TEST(all_patterns_together_have_a_limit)
{
	static char entries[64 * 1024];
	size_t length = 0;
	struct judged judged;

	for (int i = 0; i < 1010; i++)
		length +=
			(size_t)snprintf(entries + length, sizeof(entries) - length,
					 "- {key: k%d, pattern: '.{500}.{0,245}'}\n", i);
	schema_open(&judged, entries);
	ck_assert_ptr_null(judged.schema);
	ck_assert_ptr_nonnull(
		strstr(schema_said(&judged, 0), "more steps than the limit of 1000000"));
	ck_assert_str_eq(schema_close(&judged), "1012:25 limit ");
}
END_TEST

START_TEST(all_texts_together_have_a_limit)
{
	struct judged judged;

	schema_open(&judged, "- {key: a, pattern: x+}\n- {key: b, pattern: x}\n");
	schema_lay(&judged, BASE, "a: xxx\n");
	judged.schema->pattern_work = DCFG_PATTERN_WORK_MAX - 1;
	schema_lay(&judged, BASE, "a: xxxx\nb: y\n");
	schema_lay(&judged, BASE, "b: y\n");
	ck_assert_ptr_nonnull(strstr(schema_said(&judged, 0),
				     "more steps than the limit of 100000000"));
	ck_assert_str_eq(schema_close(&judged), "2:4 limit ");
}
END_TEST

Suite *schema_pattern_suite(void)
{
	Suite *suite = suite_create("schema_pattern");
	TCase *tests = tcase_create("core");

	tcase_add_loop_test(tests, whole_text_matches, 0, (int)DCFG_COUNT(rows));
	tcase_add_loop_test(tests, pattern_is_refused, 0, (int)DCFG_COUNT(refused));
	tcase_add_test(tests, c_library_agrees);
	tcase_add_test(tests, text_takes_no_more_than_its_length_times_the_steps);
	tcase_add_test(tests, all_patterns_together_have_a_limit);
	tcase_add_test(tests, all_texts_together_have_a_limit);
	suite_add_tcase(suite, tests);
	return suite;
}
