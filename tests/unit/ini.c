/* SPDX-License-Identifier: ISC */
/* The INI dialect: what a text is read as, and where its mistakes are. */
#include <stdlib.h>

#include "unit.h"

#include "source/source.h"
#include "tree.h"

/* A text with its length: some hold NUL bytes. */
#define T(literal) literal, sizeof(literal) - 1

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
#define LONG FIFTY FIFTY FIFTY FIFTY

struct row {
	const char *text;
	size_t length;
	const char *expected; /* of the tree, or of the errors */
};

static struct dcfg_context context;

static bool read_text(const struct row *row, struct dcfg_layer *layer)
{
	struct dcfg_source source = {.name = DCFG_VIEW("t.ini"),
				     .layer = 200,
				     .text = {row->text, row->length}};

	dcfg_context_init(&context, &dcfg_default_limits);
	return dcfg_ini_read(&context, dcfg_source_add(&context, &source), source.text,
			     layer);
}

static const struct row good[] = {
	{T(""), ""},
	{T("\xef\xbb\xbf"), ""},
	{T("\xef\xbb\xbf"
	   "a=1"),
	 "a=1@1:3 "},
	{T("# c\n; c\n\n \t\n  # c\n"), ""},
	{T("a=1"), "a=1@1:3 "},
	{T("a=1\n"), "a=1@1:3 "},
	{T("a=1\r\nb=2\r\n"), "a=1@1:3 b=2@2:3 "},
	{T("a = two words \t\n"), "a=two words@1:5 "},
	{T("\t a\t=\t1\n"), "a=1@1:7 "},
	{T("a =\nb = \nc=\n"), "a=@1:4 b=@2:4 c=@3:3 "},
	{T("a: 1\nb:\nc :\t2\n"), "a=1@1:4 b=@2:3 c=2@3:5 "},
	{T("a = b = c\n"), "a=b = c@1:5 "},
	{T("a = b: c\n"), "a=b: c@1:5 "},
	{T("u = http://h:1/?a=b\n"), "u=http://h:1/?a=b@1:5 "},
	{T("a = x;y#z\n"), "a=x;y#z@1:5 "},
	{T("-a = 1\nb- = 2\n"), "-a=1@1:6 b-=2@2:6 "},
	{T("gr\xc3\xbc\xc3\x9f"
	   "e = \xc3\xa4\n"),
	 "gr\xc3\xbc\xc3\x9f"
	 "e=\xc3\xa4@1:9 "},
	/* sections */
	{T("[s]\n"), "s={}@1:2 "},
	{T("[ s ]\t\na=1"), "s.a=1@2:3 "},
	{T("x=0\n[s.t]\na=1\n[s]\nb=2\n[s.t]\nc=3"),
	 "x=0@1:3 s.t.a=1@3:3 s.t.c=3@7:3 s.b=2@5:3 "},
	{T("[s]\na.b=1\na.c=2"), "s.a.b=1@2:5 s.a.c=2@3:5 "},
	{T("[\"x.y\".\"]\"]\n\"=\" = 1"), "\"x.y\".\"]\".\"=\"=1@2:7 "},
	{T("\"a\\\"b\\\\\" = 1"), "\"a\\\"b\\\\\"=1@1:12 "},
	{T("\"a: b\": 1\n"), "\"a: b\"=1@1:9 "},
	{T("[s]\n[s]\n[s.t]\n"), "s.t={}@3:2 "},
	/* quotes */
	{T("a=\"\"\nb=''\n"), "a=@1:3 b=@2:3 "},
	{T("a = \" x ; # \" ; c\nb = ' \\n\" ' # c\n"), "a= x ; # @1:5 b= \\n\" @2:5 "},
	{T("a=\"\\n\\t\\r\\\"\\\\\\x41\\u00e9\\u20AC\"#c"),
	 "a=\n\t\r\"\\A\xc3\xa9\xe2\x82\xac@1:3 "},
	{T("a = x\"y\"\nb = it's\n"), "a=x\"y\"@1:5 b=it's@2:5 "},
	{T("a = \"\\\\\"\nb=1"), "a=\\@1:5 b=1@2:3 "},
	{T("a = \"C:\\\\\" ; c\\\nb=1"), "a=C:\\@1:5 b=1@2:3 "},
	/* going on in the next line */
	{T("a = b \\\n   c\\\n\td\ne=1\n"), "a=b cd@1:5 e=1@4:3 "},
	{T("a = \\\n  b\n"), "a=b@1:5 "},
	{T("a = b\\  \n c\n"), "a=bc@1:5 "},
	{T("a = b\\\r\n c\r\n"), "a=bc@1:5 "},
	{T("a = select x \\\n where y z\n"), "a=select x where y z@1:5 "},
	{T("a = b\\\n=c\n"), "a=b=c@1:5 "},
	{T("a = b\\\n\"c=d\"\n"), "a=b\"c=d\"@1:5 "},
	{T("a = b\\\nc:d\n"), "a=bc:d@1:5 "},
	/* operators */
	{T("a += 1\na += 2\n"), "a+=..@1:6 a[0]=1@1:6 a[1]=2@2:6 "},
	{T("a+=x\n[s]\nb +=\n"), "a+=..@1:4 a[0]=x@1:4 s.b+=..@3:5 s.b[0]=@3:5 "},
	{T("a -=\nb-=\n[s]\n  c -= \n"), "a~@1:1 b~@2:1 s.c~@4:3 "},
	{T("a: += 1"), "a=+= 1@1:4 "},
	/* blocks */
	{T("a=1\n[when@production]\na=2\n[when@production.db.x]\nb+=3\n[when@dev]\n[when@"
	   "production]\nc-=\n"),
	 "a=1@1:3 when@production: a=2@3:3 db.x.b+=..@5:4 db.x.b[0]=3@5:4 c~@8:1 "
	 "when@dev: "},
	{T("[\"when@x\"]\na=1\n\"when@y\"=2"),
	 "\"when@x\".a=1@2:3 \"when@x\".\"when@y\"=2@3:10 "},
	/* what plain inih loses or corrupts */
	{T("a=" LONG "[x]" LONG "=y" LONG "\nb=1"),
	 "a=" LONG "[x]" LONG "=y" LONG "@1:3 b=1@2:3 "},
	{T("# " LONG "x=y\n;" LONG "[z]\nb=1"), "b=1@3:3 "},
	{T("[" FIFTY "1]\na=1\n[" FIFTY "2]\na=2"),
	 FIFTY "1.a=1@2:3 " FIFTY "2.a=2@4:3 "},
	{T(FIFTY "1=a\\\nb\n" FIFTY "2=c\n"), FIFTY "1=ab@1:53 " FIFTY "2=c@3:53 "},
	{T("[s]\na=1\n  b=2\n  [t]\n  c=3\n"), "s.a=1@2:3 s.b=2@3:5 t.c=3@5:5 "},
	{T("a=\"x ; y\"\n"), "a=x ; y@1:3 "},
	{T("a=\f\v1\x01\f\n"), "a=\f\v1\x01\f@1:3 "},
	{T("a=\xc3\xa0\n\xc3\xa0=\xc2\x85\n"), "a=\xc3\xa0@1:3 \xc3\xa0=\xc2\x85@2:3 "},
};

START_TEST(ini_text_is_read_as)
{
	struct dcfg_layer layer;

	ck_assert(read_text(&good[_i], &layer));
	ck_assert_str_eq(tree_text(&context, &layer), good[_i].expected);
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), "");
}
END_TEST

static const struct row bad[] = {
	/* names */
	{T("novalue\n"), "1:1 syntax "},
	{T("  flag"), "1:3 syntax "},
	{T("= v\n"), "1:1 bad-key "},
	{T(": v\n"), "1:1 bad-key "},
	{T("+= v\n"), "1:1 bad-key "},
	{T(":"), "1:1 bad-key "},
	{T("C:\\p=1\n"), "1:2 bad-key "},
	{T("http://h=1\n"), "1:5 bad-key "},
	{T("a..b=1\n.c=1\nd.=1\n"), "1:3 bad-key 2:1 bad-key 3:3 bad-key "},
	{T("\"\"=1\n"), "1:1 bad-key "},
	{T("\"a=1\n"), "1:1 syntax "},
	{T("a b=1\n"), "1:2 bad-key "},
	{T("a[0]=1\n"), "1:2 bad-key "},
	{T("when@dev.x=1\n"), "1:1 bad-key "},
	{T("when@dev.x=1\\\n2\n"), "1:1 bad-key "},
	{T("\xc3\xa4 b=1\n"), "1:2 bad-key "},
	/* headers */
	{T("[]\na=1"), "1:2 bad-key "},
	{T("[a\na=1\n[b]\nc"), "1:3 syntax 4:1 syntax "},
	{T("[\"a]\n"), "1:2 syntax "},
	{T("[a]]\na=1"), "1:4 syntax "},
	{T("[a] ; c\n"), "1:5 syntax "},
	{T("[a] junk=1\n"), "1:5 syntax "},
	{T("[x]y]\n"), "1:4 syntax "},
	{T("[b ;c]\nk=1"), "1:3 bad-key "},
	{T("[a[0]]\n"), "1:3 bad-key "},
	{T("[when@]\n[when@.a]\n[when@a.]\n[when@a b]"),
	 "1:7 bad-key 2:7 bad-key 3:9 bad-key 4:7 bad-key "},
	/* values */
	{T("a=1 ; c\nb=2\t# c\nc=;\nd= #\n"),
	 "1:3 syntax 2:3 syntax 3:3 syntax 4:4 syntax "},
	{T("a=\"x\nb='x\nc=\"x\\\"\n"), "1:3 syntax 2:3 syntax 3:3 syntax "},
	{T("a=\"x\" y\nb='it's'\n"), "1:3 syntax 2:3 syntax "},
	{T("a=\"\\q\"\nb=\"\\x4\"\nc=\"\\u12\"\nd=\"x\\u00g0\"\n"),
	 "1:3 syntax 2:3 syntax 3:3 syntax 4:3 syntax "},
	{T("a=\"\\x00\"\nb=\"\\u0000\"\nc=\"\\ud83d\\ude00\"\n"),
	 "1:3 syntax 2:3 syntax 3:3 syntax "},
	{T("a-=1\n"), "1:4 bad-operator "},
	/* going on in the next line */
	{T("d = C:\\data\\\nb=1\n"), "1:5 syntax "},
	{T("d = C:\\data\\\nb: 1\n"), "1:5 syntax "},
	{T("d = C:\\data\\\n\"b\" += 1\n"), "1:5 syntax "},
	{T("d = select x \\\n where y z = 1\n"), "1:5 syntax 2:7 bad-key "},
	{T("d = C:\\data\\\n[s]\nx y"), "1:5 syntax 3:1 syntax "},
	{T("d = C:\\data\\\n\nb=1\n"), "1:5 syntax "},
	{T("d = C:\\data\\\n; c\n"), "1:5 syntax "},
	{T("d = C:\\data\\"), "1:5 syntax "},
	{T("d = a\\\n b ; c\\\n e f\ng"), "1:5 syntax 4:1 syntax "},
	{T("d = a\\\n \xff\n"), "2:2 encoding "},
	{T("d = \\\n \"a\"\n"), "1:5 syntax "},
	/* twice */
	{T("a=1\na=2\n"), "2:1 duplicate-key "},
	{T("[s]\na=1\n[t]\n[s]\na=2\n"), "5:1 duplicate-key "},
	{T("s.a=1\n[s]\na=2\n"), "3:1 duplicate-key "},
	{T("a=1\na+=2\nb+=1\nb=2\nc-=\nc=1\nd-=\nd-=\n"),
	 "2:1 duplicate-key 4:1 duplicate-key 6:1 duplicate-key 8:1 duplicate-key "},
	{T("[when@a]\nx=1\n[when@a]\nx=1\n"), "4:1 duplicate-key "},
	{T("a=1\n[a]\nb=1"), "2:2 type-clash "},
	{T("[a]\nb=1\n[a.b]\n"), "3:2 type-clash "},
	{T("a.b=1\na=1\n"), "2:1 type-clash "},
	{T("a-=\na.b=1\n"), "2:1 type-clash "},
	/* bytes */
	{T("a=x\0y\nb=1\0\n"), "1:4 encoding 2:4 encoding "},
	{T("\0a=1\n"), "1:1 encoding "},
	{T("[a]\rk=v\r"), "1:4 encoding "},
	{T("a=1\r"), "1:4 encoding "},
	{T("a=\r\r\n"), "1:3 encoding "},
	{T("# \xff\n"), "1:3 encoding "},
	{T("\xc3\xa4=\xc3\nb=1"), "1:3 encoding "},
	{T("a=\xed\xa0\x80\n"), "1:3 encoding "},
	{T("\n\xef\xbb\xbf"
	   "a=1\nb=\xef\xbb\xbf\n"),
	 "2:1 encoding 3:3 encoding "},
	{T("\xef\xbb\xbf\xef\xbb\xbf"
	   "a=1\n"),
	 "1:1 encoding "},
	{T("[\xff]\na=1\n[b]\nc"), "1:2 encoding 4:1 syntax "},
	/* all of a file, none twice */
	{T("a\n[b\nc\n[d]\ne=\"\nf=1\nf=2"),
	 "1:1 syntax 2:3 syntax 5:3 syntax 7:1 duplicate-key "},
};

START_TEST(ini_mistake_is_reported_at)
{
	struct dcfg_layer layer;

	ck_assert(!read_text(&bad[_i], &layer));
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), bad[_i].expected);
}
END_TEST

static void read_names_of(int length, const char *expected)
{
	char text[800];
	int size =
		snprintf(text, sizeof(text), "[%0*d]\n%0*d = 1\n", length, 0, length, 0);
	struct row row = {text, (size_t)size, NULL};
	struct dcfg_layer layer;

	ck_assert(read_text(&row, &layer) == !*expected);
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), expected);
}

START_TEST(ini_name_has_190_bytes_at_most)
{
	read_names_of(189, "");
	read_names_of(190, "");
	read_names_of(191, "1:2 limit ");
}
END_TEST

static const struct {
	int layer;
	const char *text;
	bool is_template, is_flow;
} kinds[] = {
	{200, "a = ${x}", true, false},       {700, "a = \"${x}\"", true, false},
	{700, "a = '${x}'", false, false},    {750, "a = ${x}", false, false},
	{200, "a = $x", false, false},        {200, "a = [1, 2]", false, true},
	{200, "a = \"[1, 2]\"", false, true}, {200, "a = '[1, 2]'", false, true},
};

START_TEST(ini_value_may_hold_references_and_lists)
{
	struct dcfg_view text = dcfg_view_text(kinds[_i].text);
	struct dcfg_source source = {
		.name = DCFG_VIEW("t.ini"), .layer = kinds[_i].layer, .text = text};
	struct dcfg_layer layer;
	const struct dcfg_node *node;

	dcfg_context_init(&context, &dcfg_default_limits);
	ck_assert(dcfg_ini_read(&context, dcfg_source_add(&context, &source), text,
				&layer));
	node = dcfg_first(layer.root);
	ck_assert(node->flags & DCFG_TEXT);
	ck_assert_int_eq((node->flags & DCFG_TEMPLATE) != 0, kinds[_i].is_template);
	ck_assert_int_eq((node->flags & DCFG_FLOW) != 0, kinds[_i].is_flow);
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), "");
}
END_TEST

static void read_with_limit(enum deploycfg_limit limit, uint64_t most, const char *text,
			    const char *expected)
{
	struct dcfg_source source = {.name = DCFG_VIEW("t.ini"),
				     .text = dcfg_view_text(text)};
	struct dcfg_limits limits = dcfg_default_limits;
	struct dcfg_layer layer;
	bool read;

	limits.of[limit] = most;
	dcfg_context_init(&context, &limits);
	read = dcfg_ini_read(&context, dcfg_source_add(&context, &source), source.text,
			     &layer);
	ck_assert(read == !*expected);
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), expected);
}

START_TEST(ini_respects_limits)
{
	read_with_limit(DEPLOYCFG_LIMIT_VALUE, 3, "a = 123", "");
	read_with_limit(DEPLOYCFG_LIMIT_VALUE, 3, "a = 1234", "1:5 limit ");
	read_with_limit(DEPLOYCFG_LIMIT_PATH, 5, "[abc]\nd=1", "");
	read_with_limit(DEPLOYCFG_LIMIT_PATH, 5, "[abc]\nde=1", "2:1 limit ");
	read_with_limit(DEPLOYCFG_LIMIT_DEPTH, 2, "[a]\nb=1", "");
	read_with_limit(DEPLOYCFG_LIMIT_DEPTH, 2, "[a.b]\nc=1", "2:1 limit ");
	read_with_limit(DEPLOYCFG_LIMIT_DEPTH, 2, "[a]\nb.c=1", "2:1 limit ");
	read_with_limit(DEPLOYCFG_LIMIT_KEYS, 1, "a=1\nb=2\nc=3", "2:3 limit ");
}
END_TEST

START_TEST(ini_error_tells_what_to_do)
{
	struct row row = {T("[s]\na = b ; c\nb = C:\\\n[t]\nx=1\nx=2\n"), NULL};
	struct dcfg_layer layer;
	struct deploycfg_errors *errors;

	ck_assert(!read_text(&row, &layer));
	errors = dcfg_context_fini(&context);
	ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, 0)), "s.a");
	ck_assert_ptr_nonnull(
		strstr(error_text(errors, 0), "quote it, or move the comment"));
	ck_assert_ptr_nonnull(strstr(error_text(errors, 1), "quote the value"));
	ck_assert_ptr_nonnull(strstr(error_text(errors, 1), "t.ini:4:1"));
	ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, 2)), "t.x");
	ck_assert_ptr_nonnull(strstr(error_text(errors, 2), "t.ini:5:1"));
	deploycfg_errors_free(errors);
}
END_TEST

/* These would not end before the timeout if each line's mistake took as long as all that
 * follow it. */
START_TEST(ini_hostile_repetition_ends)
{
	static const char *const pieces[] = {"a=x\\\n", "a=\\\n#\n", "a\\\n",
					     "[a\n",    "a=[1,\n",   "a=[\\\n,\\\n]\n",
					     "a=\"[\n", "a=b;\\\n",  "a.b=x\\\n"};
	size_t size = strlen(pieces[_i]), count = 300000 / size;
	char *text = malloc(count * size);
	struct row row = {text, count * size, NULL};
	struct dcfg_layer layer;

	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < count; i++)
		memcpy(text + i * size, pieces[_i], size);
	read_text(&row, &layer);
	deploycfg_errors_free(dcfg_context_fini(&context));
	free(text);
}
END_TEST

Suite *ini_suite(void)
{
	Suite *suite = suite_create("ini");
	TCase *tests = tcase_create("ini");

	tcase_add_loop_test(tests, ini_text_is_read_as, 0, DCFG_COUNT(good));
	tcase_add_loop_test(tests, ini_mistake_is_reported_at, 0, DCFG_COUNT(bad));
	tcase_add_test(tests, ini_name_has_190_bytes_at_most);
	tcase_add_loop_test(tests, ini_value_may_hold_references_and_lists, 0,
			    DCFG_COUNT(kinds));
	tcase_add_test(tests, ini_respects_limits);
	tcase_add_test(tests, ini_error_tells_what_to_do);
	tcase_add_loop_test(tests, ini_hostile_repetition_ends, 0, 9);
	suite_add_tcase(suite, tests);
	return suite;
}
