/* SPDX-License-Identifier: ISC */
/* References: the notation, what they yield, the types that text over them takes, and what is
 * refused. */
#include "unit.h"

#include "interpolate_load.h"
#include "tree.h"

static void begin_with(const char *const *layers)
{
	references_begin();
	for (int i = 0; i < 4 && layers[i]; i++)
		references_lay(layers[i], i);
}

/* "path=text" for scalars, quoted where they are strings, "path={}" and "path=[]" for empties. */
static const char *values(void)
{
	static char text[4096];
	size_t used = 0;

	text[0] = '\0';
	for (struct dcfg_node *node = references.root; node;
	     node = dcfg_walk(references.root, node)) {
		const char *quote = node->type == DEPLOYCFG_STRING ? "'" : "";
		struct dcfg_view shown = dcfg_has_text(node)            ? dcfg_text(node)
					 : node->type == DEPLOYCFG_LIST ? DCFG_VIEW("[]")
					 : node->type == DEPLOYCFG_MAP  ? DCFG_VIEW("{}")
									: DCFG_VIEW("~");

		if (dcfg_first(node) || node->type == DEPLOYCFG_NONE || !node->parent)
			continue;
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s=%s%.*s%s ",
					 dcfg_path(&references.context, node), quote,
					 DCFG_ARG(shown), quote);
	}
	return text;
}

static const char *const variables[] = {"HOME=/srv", "EMPTY=",  "URL=a,b",  "N=5",
					"TWICE=1",   "TWICE=2", "RAW=\xff", NULL};

static const struct {
	const char *layers[4];
	const char *values;
} yields[] = {
	/* the notation */
	{{"a: 1\nb: x${a}y"}, "a=1 b='x1y' "},
	{{"a: $x $ $${b}"}, "a='$x $ ${b}' "},
	{{"a: 1\nb: $${a}${a}$${a}"}, "a=1 b='${a}1${a}' "},
	{{"a: 1\nb: ${a}$${a}"}, "a=1 b='1${a}' "},
	{{"a.b: 1\n\"c.d\": 2\ne: [3]\nf: '${\"c.d\"}${e[0]}'"},
	 "\"a.b\"=1 \"c.d\"=2 e[0]=3 f='23' "},
	{{"'a\"}': 1\nb: 'x${\"a\\\"}\"}'"}, "\"a\\\"}\"=1 b='x1' "},
	{{"a: {b: {c: 1}}\nd: 'x${a.b.c}'"}, "a.b.c=1 d='x1' "},
	{{"a: 1.10\nb: x${a}"}, "a=1.10 b='x1.10' "},
	{{"a: true\nb: '${a}${a}'"}, "a=true b='truetrue' "},
	{{"=a = 1\nb = 'x${a}'\nc = \"x${a}\""}, "a='1' b='x${a}' c='x1' "},
	/* defaults */
	{{"a: '${b:-x}'"}, "a='x' "},
	{{"a: 'y${b:-x:-z}'"}, "a='yx:-z' "},
	{{"a: '${b:-}'"}, "a='' "},
	{{"a: '${b:-$${c}'"}, "a='${c' "},
	{{"n: ~\na: '${n:-x}'\nb: 'y${n:-x}'\nc: '${n}'"}, "n=~ a='x' b='yx' c=~ "},
	{{"a: '${b.c:-x}'\nb: 1"}, "a='x' b=1 "},
	{{"a: ''\nb: '${a:-x}'"}, "a='' b='' "},
	{{"b: 1", "b: !unset\na: '${b:-x}'"}, "a='x' "},
	{{"env: 1\na: '${env}${env:-x}'"}, "env=1 a='11' "},
	/* variables */
	{{"a: ${env:HOME}\nb: x${env:N}"}, "a='/srv' b='x5' "},
	{{"a: ${env:EMPTY:-x}\nb: '${env:NOBODY:-}'"}, "a='x' b='' "},
	{{"=a = ${env:HOME}/lib"}, "a='/srv/lib' "},
	/* whole values keep their type */
	{{"a: 1\nb: ${a}"}, "a=1 b=1 "},
	{{"a: [1, x]\nb: ${a}"}, "a[0]=1 a[1]='x' b[0]=1 b[1]='x' "},
	{{"a: {b: {}, c: []}\nd: ${a}"}, "a.b={} a.c=[] d.b={} d.c=[] "},
	{{"a: {b: 1, c: 2}\nd: ${a}", "a: {b: !unset }"}, "a.c=2 d.c=2 "},
	{{"=a = 5\nb = ${a}"}, "a='5' b='5' "},
	{{"a: [1, 2]\nb: ['${a}', 3]"}, "a[0]=1 a[1]=2 b[0][0]=1 b[0][1]=2 b[1]=3 "},
	{{"a: ${b.c}\nb: ${d}\nd: {c: 1}"}, "a=1 b.c=1 d.c=1 "},
	{{"a: ${b[1].c}\nb: [0, '${d}']\nd: {c: 1}"}, "a=1 b[0]=0 b[1].c=1 d.c=1 "},
	{{"a: ${b}\nb: {c: 'x${d}', e: ['${d}']}\nd: 1"},
	 "a.c='x1' a.e[0]=1 b.c='x1' b.e[0]=1 d=1 "},
	/* never again */
	{{"a: $${c}\nb: ${a}x\nc: 1"}, "a='${c}' b='${c}x' c=1 "},
	{{"b: ${a}x\nc: 1", "!a = ${c}"}, "b='${c}x' c=1 a='${c}' "},
	/* the type of what is overridden */
	{{"a: 8080\nb: 1", "=a = ${b}5"}, "a=15 b=1 "},
	{{"a: 8080\nb: '7'", "=a = ${b}"}, "a=7 b='7' "},
	{{"a: true", "=a = ${b:-no}"}, "a=false "},
	{{"a: 1.5\nb: 2", "=a = ${b}"}, "a=2.0 b=2 "},
	{{"a: 8080\nb: ~", "=a = ${b}"}, "a=~ b=~ "},
	{{"a: 8080\nb: '7'", "a: x${b}"}, "a='x7' b='7' "},
	{{"a: [1, 2]\nb: 3", "=a = ${b}, 4${b}"}, "a[0]=3 a[1]=43 b=3 "},
	{{"a: [x]\nb: 3", "=a = ${b}, y${c:-1,2}"}, "a[0]=3 a[1]='y1,2' b=3 "},
	{{"a: [x]\nb: [1, 2]", "=a = ${b}"}, "a[0]=1 a[1]=2 b[0]=1 b[1]=2 "},
	{{"a: [x]\nb: [1, 2]", "a: ${b}"}, "a[0]=1 a[1]=2 b[0]=1 b[1]=2 "},
	{{"a: [x]\nb: ~", "=a = ${b}"}, "a=~ b=~ "},
	{{"a: [x]\nb: y", "=a = [\"${b}\", 1]"}, "a[0]='y' a[1]=1 b='y' "},
	{{"a: [x]\nb: 'y, z'", "=a = 1, ${b}"}, "a[0]='1' a[1]='y, z' b='y, z' "},
	{{"a: [1]\nb: 3", "=a += ${b}"}, "a[0]=1 a[1]=3 b=3 "},
	/* the type of what an overridden reference yields */
	{{"a: ${b}\nb: 80", "!a = 90"}, "a=90 b=80 "},
	{{"a: ${b}\nb: 80", "!a = 0x10"}, "a=0x10 b=80 "},
	{{"a: ${b}\nb: on", "!a = 90"}, "a='90' b='on' "},
	{{"a: ${b}\nb: [1, 2]", "!a = 3, 4"}, "a[0]=3 a[1]=4 b[0]=1 b[1]=2 "},
	{{"a: ${b}\nb: [1, 2]", "!a = [x, 4]"}, "a[0]='x' a[1]=4 b[0]=1 b[1]=2 "},
	{{"a: ${b}\nb: ~", "!a = 90"}, "a='90' b=~ "},
	{{"a: ${b:-5}", "!a = 90"}, "a='90' "},
	{{"a: ${b}", "!a = 90"}, "a='90' "},
	{{"a: ${env:N}", "!a = 90"}, "a='90' "},
	{{"a: ${b}\nb: ${c}\nc: 1.5", "!a = 90"}, "a=90.0 b=1.5 c=1.5 "},
	{{"a: ${b}\nb: 80", "=a = 1", "=a = 2", "!a = 3"}, "a=3 b=80 "},
	{{"a: ${b}\nb: 80\nc: 9", "=a = ${c}", "!a = 3"}, "a=3 b=80 c=9 "},
	{{"a: ${b}\nb: 80\nc: 9", "=a = ${c}1"}, "a=91 b=80 c=9 "},
	{{"a: 5\nb: x", "=a = ${b}", "!a = 3"}, "a=3 b='x' "},
	{{"a: x\nb: 5", "=a = ${b}", "!a = 3"}, "a=3 b=5 "},
	{{"a: ${b}\nb: 80", "a: x", "!a = 3"}, "a='3' b=80 "},
	{{"a: ${b}\nb: [1]\nc: 3", "=a = ${c}, 4"}, "a[0]=3 a[1]=4 b[0]=1 c=3 "},
	{{"a: ${b}\nb: [1]\nc: [2]", "a: ${c}"}, "a[0]=2 b[0]=1 c[0]=2 "},
	{{"a: ${b}\nb: {x: 1}\nc: {y: 2}", "a: ${c}"}, "a.y=2 b.x=1 c.y=2 "},
	{{"a: ${b}\nb: 5\nd: '${a}'", "!a = 3"}, "a=3 b=5 d=3 "},
	{{"a: ${b}\nb: 5", "a: !unset", "!a = 3"}, "a='3' b=5 "},
	{{"a: ${b}\nb: [1]", "a: ~"}, "a=~ b[0]=1 "},
	{{"a: {x: 1}\nb: {y: 2}", "a: !replace '${b}'"}, "a.y=2 b.y=2 "},
	{{"a: ${b}\nb: [1]", "a: [2]"}, "a[0]=2 b[0]=1 "},
	{{"a: ['${b}']\nb: [1]", "!a = 2"}, "a[0]='2' b[0]=1 "},
	/* operators over references */
	{{"a: ${b}\nb: [1, 2]", "a: !append [3]"}, "a[0]=1 a[1]=2 a[2]=3 b[0]=1 b[1]=2 "},
	{{"a: ${b}\nb: [1, 2]", "a: !prepend [3]"},
	 "a[0]=3 a[1]=1 a[2]=2 b[0]=1 b[1]=2 "},
	{{"a: ${b}\nb: [1, 2]", "a: !append [3]", "a: !prepend [0]"},
	 "a[0]=0 a[1]=1 a[2]=2 a[3]=3 b[0]=1 b[1]=2 "},
	{{"a: ${b}\nb: []", "a: !append [3]"}, "a[0]=3 b=[] "},
	{{"a: ${b}\nb: []\nc: 'x${a[0]}'", "a: !prepend [3]"}, "a[0]=3 b=[] c='x3' "},
	{{"a: ${b}\nb: ~", "a: !append [3]"}, "a[0]=3 b=~ "},
	{{"a: ${b}\nb: [1, 2]", "=a += 3"}, "a[0]=1 a[1]=2 a[2]='3' b[0]=1 b[1]=2 "},
	{{"a: ${b}\nb: [{c: 1}, [2]]\nd: ${a[1][0]}", "a: !append [3]"},
	 "a[0].c=1 a[1][0]=2 a[2]=3 b[0].c=1 b[1][0]=2 d=2 "},
	{{"=a = ${b}\nb = 1", "=a += 3", "b: !replace [2]"}, "a[0]=2 a[1]='3' b[0]=2 "},
};

START_TEST(reference_yields)
{
	begin_with(yields[_i].layers);
	references_expand(variables, NULL);
	ck_assert_msg(!dcfg_failed(&references.context), "%s: %s", yields[_i].values,
		      error_text(references.context.errors, 0));
	ck_assert_str_eq(values(), yields[_i].values);
	references_end();
}
END_TEST

static const struct {
	const char *layers[4];
	const char *says; /* of the first error */
	size_t count;     /* of errors */
} refusals[] = {
	{{"a: ${b}"}, "`${b}` leads to a key that is not set", 1},
	{{"a: ${b}\nc: x${a}"}, "a: `${b}` leads to a key that is not set", 1},
	{{"abc: 1\na: ${abd}"}, "`${abc}`", 1},
	{{"d: {abc: {x: 1}}\na: ${d.abd.x}"}, "`${d.abc.x}`", 1},
	{{"a: ${b"}, "has no `}`", 1},
	{{"a: '${}'"}, "the key is missing", 1},
	{{"a: ${b c}"}, "needs quotes", 1},
	{{"a: ${b.}"}, "a segment is empty", 1},
	{{"a: '${b..c:-x}'"}, "a segment is empty", 1},
	{{"a: '${b:x}'"}, "needs quotes", 1},
	{{"a: '${\"b}'"}, "has no `}`", 1},
	{{"a: '${b[x]}'"}, "expected a number", 1},
	{{"a: '${b:-${c}}'"}, "do not nest", 1},
	{{"a: '${b${c}}'"}, "do not nest", 1},
	{{"a: '${env:}'"}, "name of the variable is missing", 1},
	{{"a: '${env:A.B}'"}, "of letters, digits and '_'", 1},
	{{"a: ${env:NOBODY}"}, "a variable that is not set", 1},
	{{"a: ${env:EMPTY}"}, "a variable that is empty", 1},
	{{"a: ${env:TWICE}"}, "stands twice", 1},
	{{"a: ${env:RAW}"}, "not valid UTF-8", 1},
	{{"a: ${a}"}, "a -> a", 1},
	{{"a: ${b}\nb: x${c}\nc: ${a}"}, "a -> b -> c -> a", 1},
	{{"d: ${a}\na: ${b}\nb: ${a}"}, "a -> b -> a", 1},
	{{"a: {b: '${c}'}\nc: ${a}"}, "a.b -> c -> a.b", 1},
	{{"a: {b: '${a}'}"}, "a map that this key itself is part of", 1},
	{{"a: ['${a}']"}, "a list that this key itself is part of", 1},
	{{"a: {b: 'x${a.b.c}'}"}, "a.b -> a.b", 1},
	{{"a: [1]\nb: x${a}"}, "is a list, which no text can hold", 1},
	{{"a: {}\nb: x${a}"}, "is a map, which no text can hold", 1},
	{{"a: ~\nb: x${a}"}, "is null, which no text can hold", 1},
	{{"a: [1]\nb: ${a[1]}"}, "this list has 1 item", 1},
	{{"a: 1\nb: ${a.c}"}, "a is of type int", 1},
	{{"a: 8080\nb: x", "=a = ${b}5"}, "'x5'", 1},
	{{"a: 8080\nb: [1]", "=a = ${b}"}, "list cannot override int", 1},
	{{"a: [1]\nb: x", "=a = ${b}"}, "cannot override list", 1},
	{{"a: [1]\nb: x", "a: ${b}"}, "cannot override list", 1},
	{{"a: [1]", "=a = ${env:URL}"}, "cannot override list", 1},
	{{"a: [1]\nb: x", "=a = 2, ${b}"}, "a[1]", 1},
	{{"a: {x: 1}\nb: {}", "a: ${b}"}, "cannot override map", 1},
	{{"a: ${b}\nb: {}", "a: {x: 1}"}, "map cannot override", 1},
	{{"a: ${b}\nb: 80", "!a = 90x"}, "'90x'", 1},
	{{"a: ${b}\nb: 80", "=a = y", "!a = 90"}, "'y'", 1},
	{{"a: ${b}\nb: {x: 1}", "!a = 90"}, "text cannot override map", 1},
	{{"a: ${b}\nb: [1]", "a: 5"}, "int cannot override list", 1},
	{{"a: ${b}\nb: 1", "a: [5]"}, "list cannot override int", 1},
	{{"a: ${b}\nb: x", "a: !append [5]"}, "it is no list", 1},
	{{"a: ${b:-x}", "a: !append [5]"}, "it is no list", 1},
	{{"a: ${b}\nb: 1", "=b = ${a}"}, "-> ", 1},
};

START_TEST(reference_is_refused)
{
	const char *text;

	begin_with(refusals[_i].layers);
	references_expand(variables, NULL);
	text = error_text(references.context.errors, 0);
	ck_assert_msg(strstr(text, refusals[_i].says) != NULL, "%s: %s",
		      refusals[_i].layers[0], text);
	ck_assert_msg(deploycfg_errors_count(references.context.errors) ==
			      refusals[_i].count,
		      "%s: %s", text, error_text(references.context.errors, 1));
	references_end();
}
END_TEST

START_TEST(ignored_variables_read_as_unset)
{
	references_begin();
	references_lay("a: ${env:HOME:-x}\nb: ${env:HOME}", 0);
	references_expand(variables, "the environment is hermetic");
	ck_assert(
		dcfg_view_equal(dcfg_text(dcfg_first(references.root)), DCFG_VIEW("x")));
	ck_assert_ptr_nonnull(
		strstr(error_text(references.context.errors, 0), "is hermetic"));
	references_end();
}
END_TEST

Suite *interpolate_suite(void)
{
	Suite *suite = suite_create("interpolate");
	TCase *tests = tcase_create("interpolate");

	tcase_add_loop_test(tests, reference_yields, 0, (int)DCFG_COUNT(yields));
	tcase_add_loop_test(tests, reference_is_refused, 0, (int)DCFG_COUNT(refusals));
	tcase_add_test(tests, ignored_variables_read_as_unset);
	suite_add_tcase(suite, tests);
	return suite;
}
