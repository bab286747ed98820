/* SPDX-License-Identifier: ISC */
/* What YAML texts are read as: types, places, keys, operators, aliases, blocks. */
#include "unit.h"

#include "yaml_load.h"

static const struct scalar_row {
	const char *text; /* behind "k: " */
	enum deploycfg_type type;
	const char *is;
	unsigned column;
} scalars[] = {
	{"", DEPLOYCFG_NULL, "", 3},
	{"~", DEPLOYCFG_NULL, "~", 4},
	{"null", DEPLOYCFG_NULL, "null", 4},
	{"nUll", DEPLOYCFG_STRING, "nUll", 4},
	{"true", DEPLOYCFG_BOOL, "true", 4},
	{"FALSE", DEPLOYCFG_BOOL, "FALSE", 4},
	{"yes", DEPLOYCFG_STRING, "yes", 4},
	{"no", DEPLOYCFG_STRING, "no", 4},
	{"12", DEPLOYCFG_INT, "12", 4},
	{"-12", DEPLOYCFG_INT, "-12", 4},
	{"0o17", DEPLOYCFG_INT, "0o17", 4},
	{"0xfF", DEPLOYCFG_INT, "0xfF", 4},
	{"007", DEPLOYCFG_STRING, "007", 4},
	{"012:30", DEPLOYCFG_STRING, "012:30", 4},
	{"1_000", DEPLOYCFG_STRING, "1_000", 4},
	{"1.10", DEPLOYCFG_FLOAT, "1.10", 4},
	{".inf", DEPLOYCFG_FLOAT, ".inf", 4},
	{".NaN", DEPLOYCFG_FLOAT, ".NaN", 4},
	{"9223372036854775807", DEPLOYCFG_INT, "9223372036854775807", 4},
	{"2001-01-01", DEPLOYCFG_STRING, "2001-01-01", 4},
	{"'5'", DEPLOYCFG_STRING, "5", 4},
	{"  \"\\t\\u00e9\"", DEPLOYCFG_STRING, "\t\xc3\xa9", 6},
	{"\"a\\N\\L\\Pb\"", DEPLOYCFG_STRING,
	 "a\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"
	 "b",
	 4},
	{"|\n a\n b", DEPLOYCFG_STRING, "a\nb\n", 4},
	{">-\n a\n b", DEPLOYCFG_STRING, "a b", 4},
	{"a\n  b", DEPLOYCFG_STRING, "a b", 4},
	{"\tx", DEPLOYCFG_STRING, "x", 5},
	{"a #b", DEPLOYCFG_STRING, "a", 4},
	{"a#b", DEPLOYCFG_STRING, "a#b", 4},
	{"! 5", DEPLOYCFG_STRING, "5", 4},
	{"!", DEPLOYCFG_STRING, "", 4},
	{"! \"5\"", DEPLOYCFG_STRING, "5", 4},
	{"&x ! 5", DEPLOYCFG_STRING, "5", 4},
	{"!!str 5", DEPLOYCFG_STRING, "5", 4},
	{"!!str", DEPLOYCFG_STRING, "", 4},
	{"!!int \"5\"", DEPLOYCFG_INT, "5", 4},
	{"!!int 0x10", DEPLOYCFG_INT, "0x10", 4},
	{"!!float 1", DEPLOYCFG_FLOAT, "1", 4},
	{"!!float 0x1e", DEPLOYCFG_FLOAT, "0x1e", 4},
	{"!!float 1e3", DEPLOYCFG_FLOAT, "1e3", 4},
	{"!!bool 'true'", DEPLOYCFG_BOOL, "true", 4},
	{"!!null", DEPLOYCFG_NULL, "", 4},
	{"!!null null", DEPLOYCFG_NULL, "null", 4},
	{"&a !!int 5", DEPLOYCFG_INT, "5", 4},
	{"!!int &a 5", DEPLOYCFG_INT, "5", 4},
};

START_TEST(scalars_have_type_text_and_place)
{
	const struct scalar_row *row = &scalars[_i];
	const struct dcfg_node *node;
	struct loaded loaded;
	char text[64];

	snprintf(text, sizeof(text), "k: %s", row->text);
	yaml_load(&loaded, text);
	node = yaml_node(&loaded, "k");
	ck_assert_int_eq(node->type, row->type);
	yaml_expect_text(node, row->is);
	ck_assert_uint_eq(node->length, strlen(row->is));
	ck_assert_uint_eq(node->origin.line, 1);
	ck_assert_uint_eq(node->origin.column, row->column);
	ck_assert_int_eq((node->flags & DCFG_EMPTY) != 0, row->text[0] == '\0');
	yaml_unload(&loaded);
}
END_TEST

static const char places[] =
	"\xef\xbb\xbf"
	"a: 1\r\n"
	"\xc3\xa9\xe2\x82\xac: {\"\xf0\x9f\x98\x80\": x, y: [\xc3\xa9, z]}\r\n"
	"m:\n"
	"  n:\n"
	"  - o\n"
	"  - {p: &q !!str r}\n"
	"  s: !replace\n"
	"    t: u\n"
	"? v\n"
	": w";

static const struct place_row {
	const char *path;
	unsigned key_line, key_column, line, column;
} place_rows[] = {
	{"a", 1, 1, 1, 4},
	{"\xc3\xa9\xe2\x82\xac", 2, 1, 2, 5},
	{"\xc3\xa9\xe2\x82\xac.\"\xf0\x9f\x98\x80\"", 2, 6, 2, 11},
	{"\xc3\xa9\xe2\x82\xac.y", 2, 14, 2, 17},
	{"\xc3\xa9\xe2\x82\xac.y[1]", 0, 0, 2, 21},
	{"m", 3, 1, 4, 3},
	{"m.n", 4, 3, 5, 3},
	{"m.n[0]", 0, 0, 5, 5},
	{"m.n[1]", 0, 0, 6, 5},
	{"m.n[1].p", 6, 6, 6, 9},
	{"m.s", 7, 3, 7, 6},
	{"m.s.t", 8, 5, 8, 8},
	{"v", 9, 3, 10, 3},
};

START_TEST(places_are_counted_in_characters)
{
	const struct place_row *row = &place_rows[_i];
	const struct dcfg_node *node;
	struct loaded loaded;

	yaml_load(&loaded, places);
	node = yaml_node(&loaded, row->path);
	ck_assert_uint_eq(node->key_line, row->key_line);
	ck_assert_uint_eq(node->key_column, row->key_column);
	ck_assert_uint_eq(node->origin.line, row->line);
	ck_assert_uint_eq(node->origin.column, row->column);
	yaml_unload(&loaded);
}
END_TEST

START_TEST(texts_without_values_are_empty_maps)
{
	static const char *const texts[] = {"",
					    "\n",
					    "# c",
					    "---",
					    "--- # c\n",
					    "{}",
					    "%YAML 1.1\n---\n",
					    "---\n...\n",
					    "\xef\xbb\xbf"};
	struct loaded loaded;

	yaml_load(&loaded, texts[_i]);
	ck_assert(loaded.good);
	ck_assert_int_eq(loaded.layer.root->type, DEPLOYCFG_MAP);
	ck_assert_uint_eq(loaded.layer.root->length, 0);
	yaml_unload(&loaded);
}
END_TEST

static const struct op_row {
	const char *text;
	enum dcfg_op op;
	enum deploycfg_type type;
} ops[] = {
	{"a: !append [1]", DCFG_APPEND, DEPLOYCFG_LIST},
	{"a: !prepend\n- 1", DCFG_PREPEND, DEPLOYCFG_LIST},
	{"a: !replace {b: 1}", DCFG_REPLACE, DEPLOYCFG_MAP},
	{"a: !replace []", DCFG_REPLACE, DEPLOYCFG_LIST},
	{"a: !replace 5", DCFG_REPLACE, DEPLOYCFG_INT},
	{"a: !replace '5'", DCFG_REPLACE, DEPLOYCFG_STRING},
	{"a: !replace null", DCFG_REPLACE, DEPLOYCFG_NULL},
	{"a: !unset", DCFG_UNSET, DEPLOYCFG_NONE},
	{"{a: !unset , b: 1}", DCFG_UNSET, DEPLOYCFG_NONE},
	{"a: !unset\n*x : 1", DCFG_UNSET, DEPLOYCFG_NONE},
};

START_TEST(operators_are_remembered)
{
	const struct dcfg_node *node;
	struct loaded loaded;
	char text[64];

	snprintf(text, sizeof(text), "%s%s", strchr(ops[_i].text, '*') ? "z: &x y\n" : "",
		 ops[_i].text);
	yaml_load(&loaded, text);
	ck_assert(loaded.good);
	node = dcfg_map_find(&loaded.context, loaded.layer.root,
			     dcfg_intern_find(&loaded.context.names, DCFG_VIEW("a")));
	ck_assert_int_eq(node->op, ops[_i].op);
	ck_assert_int_eq(node->type, ops[_i].type);
	yaml_unload(&loaded);
}
END_TEST

START_TEST(aliases_are_deep_copies_with_the_places_of_their_anchors)
{
	const struct dcfg_node *copy, *inner;
	struct loaded loaded;

	yaml_load(&loaded,
		  "a: &x\n  b: [1, {c: d}]\n  e: !append [2]\nf:\n  g: *x\n  h: *x\n");
	ck_assert(loaded.good);
	copy = yaml_node(&loaded, "f.g");
	ck_assert_uint_eq(copy->key_line, 5);
	ck_assert_uint_eq(copy->key_column, 3);
	ck_assert_uint_eq(copy->origin.line, 1);
	ck_assert_uint_eq(copy->origin.column, 4);
	ck_assert_str_eq(copy->parent->name->text.ptr, "f");
	inner = yaml_node(&loaded, "f.g.b[1].c");
	ck_assert_uint_eq(inner->origin.line, 2);
	ck_assert_uint_eq(inner->key_line, 2);
	ck_assert_uint_eq(inner->key_column, 11);
	yaml_expect_text(inner, "d");
	ck_assert_ptr_ne(inner, yaml_node(&loaded, "a.b[1].c"));
	ck_assert_ptr_eq(inner->parent->parent->parent, copy);
	ck_assert_int_eq(yaml_node(&loaded, "f.h.e")->op, DCFG_APPEND);
	ck_assert_uint_eq(yaml_node(&loaded, "f.h.b")->length, 2);
	yaml_unload(&loaded);
}
END_TEST

START_TEST(an_anchor_may_be_defined_again)
{
	struct loaded loaded;

	yaml_load(&loaded, "a: &x 1\nb: *x\nc: &x 2\nd: *x\n&k e: *k\n*k : f\n");
	yaml_expect(&loaded, DEPLOYCFG_ERR_DUPLICATE, 6, 1, "'e' is set twice");
	yaml_expect_text(yaml_node(&loaded, "b"), "1");
	yaml_expect_text(yaml_node(&loaded, "d"), "2");
	yaml_expect_text(yaml_node(&loaded, "e"), "e");
	yaml_unload(&loaded);
}
END_TEST

START_TEST(blocks_stand_beside_the_root)
{
	const struct dcfg_block *block;
	struct loaded loaded;

	yaml_load(&loaded, "a: 1\nwhen@production:\n  a: &x {b: 2}\n\"when@x\": 3\n"
			   "when@dev:\nwhen@test: *x\nc: {when@y: 4}\n");
	ck_assert(loaded.good);
	block = loaded.layer.blocks;
	ck_assert_str_eq(block->environment.ptr, "production");
	ck_assert_uint_eq(block->origin.line, 2);
	ck_assert_ptr_null(block->root->parent);
	ck_assert_uint_eq(block->root->length, 1);
	block = block->next;
	ck_assert_str_eq(block->environment.ptr, "dev");
	ck_assert_int_eq(block->root->type, DEPLOYCFG_MAP);
	ck_assert_uint_eq(block->root->length, 0);
	block = block->next;
	ck_assert_str_eq(block->environment.ptr, "test");
	ck_assert_uint_eq(block->root->length, 1);
	ck_assert_ptr_null(block->next);
	ck_assert_uint_eq(loaded.layer.root->length, 3);
	yaml_expect_text(yaml_node(&loaded, "\"when@x\""), "3");
	yaml_expect_text(yaml_node(&loaded, "c.\"when@y\""), "4");
	yaml_unload(&loaded);
}
END_TEST

START_TEST(references_are_marked_where_the_layer_expands_them)
{
	struct loaded loaded;

	yaml_load(&loaded, "a: ${b}\nc: \"\\x24{b}\"\nd: $b\ne: !!str ${b}\n");
	ck_assert(yaml_node(&loaded, "a")->flags & DCFG_TEMPLATE);
	ck_assert(yaml_node(&loaded, "c")->flags & DCFG_TEMPLATE);
	ck_assert(!(yaml_node(&loaded, "d")->flags & DCFG_TEMPLATE));
	ck_assert(yaml_node(&loaded, "e")->flags & DCFG_TEMPLATE);
	yaml_unload(&loaded);
	yaml_begin(&loaded, DCFG_VIEW("a: ${b}"));
	loaded.context.sources.list[0].layer = DEPLOYCFG_LAYER_FILE;
	yaml_read(&loaded);
	ck_assert(!(yaml_node(&loaded, "a")->flags & DCFG_TEMPLATE));
	yaml_unload(&loaded);
}
END_TEST

Suite *yaml_suite(void)
{
	Suite *suite = suite_create("yaml");
	TCase *tests = tcase_create("good");

	tcase_add_loop_test(tests, scalars_have_type_text_and_place, 0,
			    DCFG_COUNT(scalars));
	tcase_add_loop_test(tests, places_are_counted_in_characters, 0,
			    DCFG_COUNT(place_rows));
	tcase_add_loop_test(tests, texts_without_values_are_empty_maps, 0, 9);
	tcase_add_loop_test(tests, operators_are_remembered, 0, DCFG_COUNT(ops));
	tcase_add_test(tests, aliases_are_deep_copies_with_the_places_of_their_anchors);
	tcase_add_test(tests, an_anchor_may_be_defined_again);
	tcase_add_test(tests, blocks_stand_beside_the_root);
	tcase_add_test(tests, references_are_marked_where_the_layer_expands_them);
	suite_add_tcase(suite, tests);
	return suite;
}
