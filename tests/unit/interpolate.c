/* SPDX-License-Identifier: ISC */
/* References: the notation, what they yield, the types that text over them takes, what is
 * refused, and that many cost no more than they should. */
#include "unit.h"

#include <stdlib.h>

#include "model/history.h"
#include "model/interpolate.h"
#include "model/merge.h"
#include "source/source.h"
#include "tree.h"

static struct dcfg_context context;
static struct dcfg_node *root;

/* Layers are YAML; those that begin with '=' are INI, with '!' too, but of variables. */
static void lay(const char *text, int number)
{
	struct dcfg_view view = dcfg_view_text(text);
	bool is_ini = *text == '=' || *text == '!';
	struct dcfg_source source = {
		.name = DCFG_VIEW("layer"),
		.label = DCFG_VIEW("layer"),
		.text = is_ini ? dcfg_view_skip(view, 1) : view,
		.layer = *text == '!' ? DEPLOYCFG_LAYER_VARIABLES : 200 + number,
		.kind = DEPLOYCFG_SOURCE_TEXT,
		.syntax = is_ini ? DEPLOYCFG_INI : DEPLOYCFG_YAML,
	};
	uint32_t at = dcfg_source_add(&context, &source);
	struct dcfg_layer layer = {0};

	ck_assert(is_ini ? dcfg_ini_read(&context, at, source.text, &layer)
			 : dcfg_yaml_read(&context, at, source.text, &layer));
	dcfg_merge(&context, root, layer.root);
}

static void interpolate(const char *const *variables, const char *ignored_because)
{
	static const char *const none[] = {NULL};
	struct dcfg_environ copy =
		dcfg_environ_copy(&context.arena, variables ? variables : none);
	const struct dcfg_references given = {.environment = &copy,
					       .ignored_because = ignored_because};

	dcfg_interpolate(&context, root, &given);
}

static void begin(void)
{
	dcfg_context_init(&context, &dcfg_default_limits);
	root = dcfg_node_uncounted(&context, DEPLOYCFG_MAP,
				   dcfg_origin(UINT32_MAX, 0, 0));
}

static void end(void)
{
	deploycfg_errors_free(dcfg_context_fini(&context));
}

static void begin_with(const char *const *layers)
{
	begin();
	for (int i = 0; i < 4 && layers[i]; i++)
		lay(layers[i], i);
}

/* "path=text" for scalars, quoted where they are strings, "path={}" and "path=[]" for empties. */
static const char *values(void)
{
	static char text[4096];
	size_t used = 0;

	text[0] = '\0';
	for (struct dcfg_node *node = root; node; node = dcfg_walk(root, node)) {
		const char *quote = node->type == DEPLOYCFG_STRING ? "'" : "";
		struct dcfg_view shown = dcfg_has_text(node) ? dcfg_text(node)
					 : node->type == DEPLOYCFG_LIST
						 ? DCFG_VIEW("[]")
					 : node->type == DEPLOYCFG_MAP ? DCFG_VIEW("{}")
								       : DCFG_VIEW("~");

		if (dcfg_first(node) || node->type == DEPLOYCFG_NONE || !node->parent)
			continue;
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%s=%s%.*s%s ", dcfg_path(&context, node), quote,
					 DCFG_ARG(shown), quote);
	}
	return text;
}

static const char *const variables[] = {"HOME=/root", "EMPTY=", "URL=a,b", "N=5",
					"TWICE=1",    "TWICE=2", "RAW=\xff", NULL};

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
	{{"a: ${env:HOME}\nb: x${env:N}"}, "a='/root' b='x5' "},
	{{"a: ${env:EMPTY:-x}\nb: '${env:NOBODY:-}'"}, "a='x' b='' "},
	{{"=a = ${env:HOME}/lib"}, "a='/root/lib' "},
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
	interpolate(variables, NULL);
	ck_assert_msg(!dcfg_failed(&context), "%s: %s", yields[_i].values,
		      error_text(context.errors, 0));
	ck_assert_str_eq(values(), yields[_i].values);
	end();
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
	interpolate(variables, NULL);
	text = error_text(context.errors, 0);
	ck_assert_msg(strstr(text, refusals[_i].says) != NULL, "%s: %s",
		      refusals[_i].layers[0], text);
	ck_assert_msg(deploycfg_errors_count(context.errors) == refusals[_i].count,
		      "%s: %s", text, error_text(context.errors, 1));
	end();
}
END_TEST

START_TEST(ignored_variables_read_as_unset)
{
	begin();
	lay("a: ${env:HOME:-x}\nb: ${env:HOME}", 0);
	interpolate(variables, "the environment is hermetic");
	ck_assert(dcfg_view_equal(dcfg_text(dcfg_first(root)), DCFG_VIEW("x")));
	ck_assert_ptr_nonnull(strstr(error_text(context.errors, 0), "is hermetic"));
	end();
}
END_TEST

static const struct dcfg_node *node_at(const char *path)
{
	return dcfg_node_at(&context, root, dcfg_view_text(path),
			    &(struct dcfg_trail){0});
}

static void expect_record(const struct dcfg_related *record,
			  enum deploycfg_relation relation, const char *path,
			  const char *text, uint32_t line)
{
	ck_assert_ptr_nonnull(record);
	ck_assert_int_eq(record->relation, relation);
	if (path)
		ck_assert_str_eq(record->path, path);
	else
		ck_assert_ptr_null(record->path);
	ck_assert(dcfg_view_equal(dcfg_text(record->node), dcfg_view_text(text)));
	ck_assert_uint_eq(record->node->origin.line, line);
}

START_TEST(origin_is_the_template_and_its_inputs)
{
	const struct dcfg_related *at;
	const struct dcfg_node *node;

	begin();
	lay("a: 1\nb: x\n\"c.d\": z", 0);
	lay("b: ${a}-${\"c.d\"}${a}${env:N}${e:-}", 1);
	interpolate(variables, NULL);
	node = node_at("b");
	ck_assert_uint_eq(node->origin.source, 1);
	ck_assert(dcfg_view_equal(dcfg_text(node), DCFG_VIEW("1-z15")));
	at = node->related;
	expect_record(at, DEPLOYCFG_TEMPLATE, NULL,
		      "${a}-${\"c.d\"}${a}${env:N}${e:-}", 1);
	expect_record(at = at->next, DEPLOYCFG_INPUT, "a", "1", 1);
	expect_record(at = at->next, DEPLOYCFG_INPUT, "\"c.d\"", "z", 3);
	expect_record(at = at->next, DEPLOYCFG_INPUT, "env:N", "5", 0);
	expect_record(at = at->next, DEPLOYCFG_SHADOWED, NULL, "x", 2);
	ck_assert_ptr_null(at->next);
	end();
}
END_TEST

START_TEST(copies_keep_their_origins)
{
	begin();
	lay("a:\n  b: 1\n  c: [2]\nd: ${a}", 0);
	interpolate(NULL, NULL);
	ck_assert_uint_eq(node_at("d")->origin.line, 4);
	ck_assert_uint_eq(node_at("d.b")->origin.line, 2);
	ck_assert_uint_eq(node_at("d.c[0]")->origin.line, 3);
	ck_assert_ptr_null(node_at("d.b")->related);
	end();
}
END_TEST

static void make_secret(const char *path)
{
	((struct dcfg_node *)node_at(path))->flags |= DCFG_IS_SECRET;
}

static bool is_secret(const char *path)
{
	return node_at(path)->flags & DCFG_IS_SECRET;
}

START_TEST(what_holds_a_secret_is_one)
{
	begin();
	lay("s: hush\nt: {u: 1}\nw: now", 0);
	make_secret("s");
	make_secret("t");
	make_secret("w");
	lay("a: x${s}\nb: ${a}\nc: ${t.u}\nd: ${t}\ne: x${f}\nf: 1\ng: '${w}'\nw: open", 1);
	interpolate(NULL, NULL);
	ck_assert(is_secret("a") && is_secret("b") && is_secret("c") && is_secret("d"));
	ck_assert(is_secret("d.u") && is_secret("g"));
	ck_assert(!is_secret("e") && !is_secret("f"));
	ck_assert(node_at("a")->related->next->node->flags & DCFG_IS_SECRET);
	ck_assert(!(node_at("a")->related->node->flags & DCFG_IS_SECRET));
	ck_assert(context.has_secrets);
	end();
}
END_TEST

/* What a secret holds is in no message, though it looks like a reference. */
START_TEST(errors_do_not_quote_secrets)
{
	begin();
	lay("s: 'hush${canary}'\nport: 80", 0);
	make_secret("s");
	lay("=port = ${t}\nt = canary\n", 1);
	make_secret("t");
	interpolate(NULL, NULL);
	ck_assert_uint_eq(deploycfg_errors_count(context.errors), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct deploycfg_error *error =
			deploycfg_errors_at(context.errors, i);

		ck_assert_ptr_null(strstr(deploycfg_error_message(error), "canary"));
		ck_assert_ptr_null(strstr(deploycfg_error_hint(error), "canary"));
	}
	end();
}
END_TEST

/* 64 doublings would be 2^64 bytes, or keys. */
static void expect_limit(const char *first, const char *format)
{
	char line[64];

	begin();
	lay(first, 0);
	for (int i = 1; i <= 64; i++) {
		snprintf(line, sizeof(line), format, i, i - 1, i - 1);
		lay(strdup(line), i); /* sources borrow */
	}
	interpolate(NULL, NULL);
	ck_assert_msg(deploycfg_errors_count(context.errors) == 1, "%s",
		      error_text(context.errors, 1));
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(context.errors, 0)),
			 DEPLOYCFG_ERR_LIMIT);
	for (size_t i = 1; i < context.sources.count; i++)
		free((char *)context.sources.list[i].text.ptr);
	end();
}

START_TEST(doubling_meets_a_limit)
{
	expect_limit("k0: 0123456789", "k%d: '${k%d}${k%d}'");
	expect_limit("k0: [0]", "k%d: ['${k%d}', '${k%d}']");
	expect_limit("k0: {a: 0}", "k%d: {a: '${k%d}', b: '${k%d}'}");
}
END_TEST

#define MANY 100000

/* k1: '${k0}', k2: '${k1}' ...: the first that is asked for needs all others. */
static char *chain(bool closed)
{
	size_t room = MANY * 32, used;
	char *text = malloc(room);

	used = (size_t)snprintf(text, room, "k%d: %s\n", MANY, closed ? "${k0}" : "7");
	for (int i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, room - used, "k%d: ${k%d}\n", i,
					 i + 1);
	return text;
}

START_TEST(a_chain_may_be_long)
{
	char *text = chain(false);

	begin();
	lay(text, 0);
	interpolate(NULL, NULL);
	ck_assert(!dcfg_failed(&context));
	ck_assert_int_eq(node_at("k0")->scalar.integer, 7);
	end();
	free(text);
}
END_TEST

START_TEST(a_cycle_may_be_long)
{
	char *text = chain(true);

	begin();
	lay(text, 0);
	interpolate(NULL, NULL);
	ck_assert_uint_eq(deploycfg_errors_count(context.errors), 1);
	ck_assert_ptr_nonnull(
		strstr(error_text(context.errors, 0), "more) -> k"));
	end();
	free(text);
}
END_TEST

/* Items by number, in an order that is not theirs. */
START_TEST(items_are_found_at_once)
{
	size_t room = MANY * 48, used;
	char *text = malloc(room);

	used = (size_t)snprintf(text, room, "l: [");
	for (int i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, room - used, "%d,", i);
	used += (size_t)snprintf(text + used, room - used, "]\n");
	for (unsigned i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, room - used, "k%u: ${l[%u]}\n", i,
					 i * 7919 % MANY);
	begin();
	lay(text, 0);
	interpolate(NULL, NULL);
	ck_assert(!dcfg_failed(&context));
	ck_assert_int_eq(node_at("k3")->scalar.integer, 3 * 7919);
	ck_assert_ptr_null(node_at("l")->items);
	end();
	free(text);
}
END_TEST

Suite *interpolate_suite(void)
{
	Suite *suite = suite_create("interpolate");
	TCase *tests = tcase_create("interpolate");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, reference_yields, 0, (int)DCFG_COUNT(yields));
	tcase_add_loop_test(tests, reference_is_refused, 0, (int)DCFG_COUNT(refusals));
	tcase_add_test(tests, ignored_variables_read_as_unset);
	tcase_add_test(tests, origin_is_the_template_and_its_inputs);
	tcase_add_test(tests, copies_keep_their_origins);
	tcase_add_test(tests, what_holds_a_secret_is_one);
	tcase_add_test(tests, errors_do_not_quote_secrets);
	tcase_add_test(tests, doubling_meets_a_limit);
	tcase_add_test(tests, a_chain_may_be_long);
	tcase_add_test(tests, a_cycle_may_be_long);
	tcase_add_test(tests, items_are_found_at_once);
	suite_add_tcase(suite, tests);
	return suite;
}
