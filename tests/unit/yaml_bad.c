/* SPDX-License-Identifier: ISC */
/* YAML texts that are wrong: each is one error, at its place, with its advice. */
#include "unit.h"

#include "yaml_load.h"

#define SYNTAX DEPLOYCFG_ERR_SYNTAX
#define ENCODING DEPLOYCFG_ERR_ENCODING
#define KEY DEPLOYCFG_ERR_KEY
#define OPERATOR DEPLOYCFG_ERR_OPERATOR

static const struct bad_row {
	const char *text;
	enum deploycfg_status status;
	unsigned line, column;
	const char *says;
} bad[] = {
	/* bytes */
	{"a: 1\nb: \xff", ENCODING, 2, 4, "not UTF-8"},
	{"\xef\xbb\xbf"
	 "a: \xc3\xa9\xed\xa0\x80",
	 ENCODING, 1, 5, "not UTF-8"},
	{"a: \xc0\x80", ENCODING, 1, 4, "not UTF-8"},
	{"a: b\nc: d\x01", ENCODING, 2, 5, "control character"},
	{"a: b\nc: d\x7f", ENCODING, 2, 5, "control character"},
	{"a: b\nc: \xc2\x9f", ENCODING, 2, 4, "control character"},
	{"a: b\nc: \xef\xbf\xbe", ENCODING, 2, 4, "control character"},
	/* what is left unfinished before them is no mistake */
	{"a: !append\n- \x01", ENCODING, 2, 3, "control character"},
	{"a: &x !!int # c\n  \xff", ENCODING, 2, 3, "not UTF-8"},
	{"a: [\n\xff]", ENCODING, 2, 1, "not UTF-8"},
	{"a: 'b\n\xff'", ENCODING, 2, 1, "not UTF-8"},
	{"?\n  \xff", ENCODING, 2, 3, "not UTF-8"},
	{"!!map\n\xff: 1", ENCODING, 2, 1, "not UTF-8"},
	{"a: 1 # c\xc2\x85"
	 "evil: 1",
	 ENCODING, 1, 9, "U+0085"},
	{"a: 1\xe2\x80\xa8", ENCODING, 1, 5, "U+2028"},
	{"a: 1\n\xe2\x80\xa9", ENCODING, 2, 1, "U+2029"},
	{"a: 1\rb: 2", ENCODING, 1, 5, "carriage return"},
	{"a: 1\r", ENCODING, 1, 5, "carriage return"},
	{"a: \xef\xbb\xbf 1", ENCODING, 1, 4, "byte order mark"},
	{"\xef\xbb\xbf\xef\xbb\xbf"
	 "a: 1",
	 ENCODING, 1, 1, "byte order mark"},
	{"\xff\xfe"
	 "a",
	 ENCODING, 1, 1, "UTF-16"},
	{"\xfe\xff", ENCODING, 1, 1, "UTF-16"},
	{"k:\n  - \"x\\0y\"", ENCODING, 2, 5, "NUL"},
	{"\"a\\x00\": 1", ENCODING, 1, 1, "NUL"},
	/* documents */
	{"a: 1\n---\nb: 2", SYNTAX, 2, 1, "second document"},
	{"a: 1\n...\nb: 2", SYNTAX, 3, 1, "end of the document"},
	{"- a", SYNTAX, 1, 1, "found a list"},
	{"5", SYNTAX, 1, 1, "found an int"},
	{"null", SYNTAX, 1, 1, "found a null"},
	{"a:1\nb: 2", SYNTAX, 1, 1, "write a blank between the ':' and the value"},
	{"%YAML 1.1\n%TAG ! !x\n---\na: 1", SYNTAX, 2, 1, "%TAG"},
	{"%YAML 2.0\n---\na: 1", SYNTAX, 1, 1, "1.1 or 1.2"},
	{"%FOO\n---\na: 1", SYNTAX, 1, 1, "directive"},
	{"when@production: 5", SYNTAX, 1, 18, "in a when@ block"},
	{"when@a:\nwhen@b:\nwhen@a:", DEPLOYCFG_ERR_DUPLICATE, 3, 1, "base.yaml:1:1"},
	{"when@: {}", KEY, 1, 1, "names no environment"},
	{"&x when@: {}", KEY, 1, 1, "names no environment"},
	{"a: &x when@a\n*x : {}", KEY, 2, 1, "cannot name a when@ block"},
	/* keys */
	{"a: 1\nb: 2\na: 3", DEPLOYCFG_ERR_DUPLICATE, 3, 1,
	 "base.yaml:1:1: note: first set here"},
	{"x: {a: 1, 'a': 2}", DEPLOYCFG_ERR_DUPLICATE, 1, 11, "x.a"},
	{"x:\n  404: 1", KEY, 2, 3, "quote it: \"404\""},
	{"true: 1", KEY, 1, 1, "a bool"},
	{"~: 1", KEY, 1, 1, "null"},
	{"1.5: 1", KEY, 1, 1, "a float"},
	{"99999999999999999999: 1", KEY, 1, 1, "quote it"},
	{"?\n: 1", KEY, 1, 2, "empty"},
	{": 1", SYNTAX, 1, 1, "expected a key"},
	{"'': 1", KEY, 1, 1, "empty"},
	{"? [a, b]\n: 1", KEY, 1, 3, "cannot be a list"},
	{"{[a]: 1}", KEY, 1, 2, "cannot be a list"},
	{"? {a: {{x: y}: 1}}\n: 1", KEY, 1, 3, "cannot be a map"},
	{"x: {{ a }}", KEY, 1, 5, "cannot be a map"},
	{"!append a: 1", KEY, 1, 1, "behind the colon"},
	{"!!int 5: 1", KEY, 1, 1, "a tag"},
	{"a: &a {x: 1}\nb:\n  <<: *a\n  y: 2", KEY, 3, 3, "'shared: *a'"},
	{"a: &a [1]\n*a : 2", KEY, 2, 1, "alias"},
	{"{?foo: 1}", SYNTAX, 1, 3, "'?'"},
	{"a: [?foo]", SYNTAX, 1, 6, "'?'"},
	/* values */
	{"a: 9223372036854775808", DEPLOYCFG_ERR_RANGE, 1, 4, "with a point"},
	{"a: 0x8000000000000000", DEPLOYCFG_ERR_RANGE, 1, 4, "it is text\n"},
	{"a: [-9223372036854775809]", DEPLOYCFG_ERR_RANGE, 1, 5, "64 bits"},
	{"a: 1e999", DEPLOYCFG_ERR_RANGE, 1, 4, "float"},
	{"a: @x", SYNTAX, 1, 4, "quote the value"},
	{"a: b: c", SYNTAX, 1, 5, "quote the value"},
	{"a: 'x\nb: 2", SYNTAX, 1, 4, "never closed"},
	{"a: \"x", SYNTAX, 1, 4, "never closed"},
	{"a: \"\\q\"", SYNTAX, 1, 5, "escape"},
	{"a: \"\\ud83d\\ude00\"", SYNTAX, 1, 7, "no character"},
	{"a: 'x' y", SYNTAX, 1, 8, "base.yaml:1:1: note"},
	{"x: [1, 2", SYNTAX, 1, 4, "list is never closed"},
	{"x: {a: 1\n", SYNTAX, 1, 4, "map is never closed"},
	{"x: [1, {a: 2, b: 3},", SYNTAX, 1, 4, "list is never closed"},
	{"x: {a: [1, [2]", SYNTAX, 1, 8, "list is never closed"},
	{"a: [1, 2}", SYNTAX, 1, 9, "expected ',' or ']'"},
	{"a:\n\tb: 1", SYNTAX, 2, 1, "indent with blanks"},
	{"a:\n  b: 1\n c: 2", SYNTAX, 3, 2, "indent"},
	{"a: 1\n b: 2", SYNTAX, 2, 3, "indent"},
	{"a: [${b}]", SYNTAX, 1, 6, "quote a value that holds '${'"},
	{"a: {b: ${c}}", SYNTAX, 1, 9, "quote a value that holds '${'"},
	/* tags and operators */
	{"a: !foo x", SYNTAX, 1, 4, "!foo is not known"},
	{"a: !!set {x}", SYNTAX, 1, 4, "!!set is not known"},
	{"a: !x!y z", SYNTAX, 1, 4, "second '!'"},
	{"a: !<tag:yaml.org,2002:str> x", SYNTAX, 1, 4, "!<...>"},
	{"a: &b !<!append> [x]", SYNTAX, 1, 4, "!<...>"},
	{"a: !!int x", DEPLOYCFG_ERR_TYPE, 1, 4, "which is a string"},
	{"a: !!int 1.5", DEPLOYCFG_ERR_TYPE, 1, 4, "!!int"},
	{"a: !!bool yes", DEPLOYCFG_ERR_TYPE, 1, 4, "!!bool"},
	{"a: !!str [x]", DEPLOYCFG_ERR_TYPE, 1, 4, "which is a list"},
	{"a: !!map [x]", DEPLOYCFG_ERR_TYPE, 1, 4, "!!map"},
	{"a: !!seq", DEPLOYCFG_ERR_TYPE, 1, 4, "nothing"},
	{"a: ! [x]", DEPLOYCFG_ERR_TYPE, 1, 4, "the tag !"},
	{"a: [!unset]", SYNTAX, 1, 11, "a blank between the tag and the bracket"},
	{"a: {b: !unset}", SYNTAX, 1, 14, "a blank between the tag and the bracket"},
	{"a: !append x", OPERATOR, 1, 4, "needs a list"},
	{"a: !prepend", OPERATOR, 1, 4, "found nothing"},
	{"a: !append {b: c}", OPERATOR, 1, 4, "found a map"},
	{"a: !unset 5", OPERATOR, 1, 4, "no value"},
	{"a: !unset ''", OPERATOR, 1, 4, "no value"},
	{"a: !replace", OPERATOR, 1, 4, "!replace null"},
	{"a: [!append [x]]", OPERATOR, 1, 5, "inside a list"},
	{"a:\n- b: !unset\n", OPERATOR, 2, 6, "inside a list"},
	{"!replace {a: 1}", OPERATOR, 1, 1, "top of a file"},
	{"!append", OPERATOR, 1, 1, "top of a file"},
	{"when@x: !replace {a: 1}", OPERATOR, 1, 9, "when@"},
	{"a: &x !append [x]", OPERATOR, 1, 4, "anchor"},
	{"a: !append !replace [x]", OPERATOR, 1, 4, "another tag"},
	{"b: &x [1]\na: !append *x", OPERATOR, 2, 4, "alias"},
	{"b: &x [1]\na: [!!str *x]", OPERATOR, 2, 5, "alias"},
	{"b: &x {c: !unset }\na: [*x]", OPERATOR, 2, 5, "base.yaml:1:11"},
	/* anchors */
	{"a: *b", SYNTAX, 1, 4, "names no anchor"},
	{"x: &back 1\na: *bakc", SYNTAX, 2, 4, "did you mean '*back'"},
	{"a: &x [1, *x]", SYNTAX, 1, 11, "base.yaml:1:4"},
	{"a: &x\n  b: {c: *x}", SYNTAX, 2, 10, "inside of what it names"},
	{"a: &an:chor v", SYNTAX, 1, 4, "blank"},
	{"a: *", SYNTAX, 1, 5, "quote the value"},
	{"x: &b c\na: [*b:d]", SYNTAX, 2, 5, "name of this alias"},
	{"x: &b c\n*b: d", SYNTAX, 2, 1, "'*name : value'"},
};

START_TEST(a_mistake_is_one_error_at_its_place)
{
	const struct bad_row *row = &bad[_i];
	struct loaded loaded;

	yaml_load(&loaded, row->text);
	yaml_expect(&loaded, row->status, row->line, row->column, row->says);
	yaml_unload(&loaded);
}
END_TEST

START_TEST(a_raw_nul_is_an_error)
{
	struct loaded loaded;

	yaml_begin(&loaded, DCFG_VIEW("a: b\nc: d\0e\n"));
	yaml_read(&loaded);
	yaml_expect(&loaded, ENCODING, 2, 5, "control character");
	yaml_unload(&loaded);
}
END_TEST

START_TEST(all_mistakes_up_to_a_syntax_error_are_told_in_order)
{
	static const unsigned lines[] = {2, 3, 4, 5, 7, 9};
	struct loaded loaded;

	yaml_load(&loaded, "a: 1\na: 2\n404: {b: 1, b: 2}\nc: *d\ne: !foo x\n"
			   "f: 1\n? [g]\n: h\ni: 'j' k\nl: *m\n");
	ck_assert(!loaded.good);
	ck_assert_uint_eq(deploycfg_errors_count(loaded.context.errors),
			  DCFG_COUNT(lines) + 1);
	ck_assert_uint_eq(deploycfg_error_column(yaml_error(&loaded, 1)), 1);
	ck_assert_uint_eq(deploycfg_error_column(yaml_error(&loaded, 2)), 13);
	ck_assert_str_eq(deploycfg_error_key(yaml_error(&loaded, 2)), "404.b");
	for (size_t i = 0; i < DCFG_COUNT(lines); i++)
		ck_assert_uint_eq(deploycfg_error_line(yaml_error(&loaded, i + (i > 1))),
				  lines[i]);
	yaml_unload(&loaded);
}
END_TEST

START_TEST(mistakes_before_a_bad_byte_are_told)
{
	static const char *const faults[] = {"\xff", "\x01", "\xc2\x85", "\r"};
	struct loaded loaded;
	char text[64];

	snprintf(text, sizeof(text), "a: 1\na: 2\nb: %sx\na: 3\n", faults[_i]);
	yaml_load(&loaded, text);
	ck_assert(!loaded.good);
	ck_assert_uint_eq(deploycfg_errors_count(loaded.context.errors), 2);
	ck_assert_uint_eq(deploycfg_error_line(yaml_error(&loaded, 0)), 2);
	ck_assert_uint_eq(deploycfg_error_line(yaml_error(&loaded, 1)), 3);
	ck_assert_int_eq(deploycfg_error_status(yaml_error(&loaded, 1)), ENCODING);
	yaml_unload(&loaded);
}
END_TEST

Suite *yaml_bad_suite(void)
{
	Suite *suite = suite_create("yaml_bad");
	TCase *tests = tcase_create("bad");

	tcase_add_loop_test(tests, a_mistake_is_one_error_at_its_place, 0,
			    DCFG_COUNT(bad));
	tcase_add_test(tests, a_raw_nul_is_an_error);
	tcase_add_test(tests, all_mistakes_up_to_a_syntax_error_are_told_in_order);
	tcase_add_loop_test(tests, mistakes_before_a_bad_byte_are_told, 0, 4);
	suite_add_tcase(suite, tests);
	return suite;
}
