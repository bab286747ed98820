/* SPDX-License-Identifier: ISC */
/* One YAML value inside something else, and texts that begin with a bracket. */
#include "unit.h"

#include "tree.h"
#include "yaml_load.h"

static struct dcfg_node *value(struct loaded *loaded, const char *text, uint32_t line,
			       uint32_t column)
{
	yaml_begin(loaded, DCFG_VIEW(""));
	return dcfg_yaml_value(&loaded->context, dcfg_origin(0, line, column),
			       dcfg_origin(0, line, column), "key", dcfg_view_text(text));
}

static const struct value_row {
	const char *text;
	enum deploycfg_type type;
} values[] = {
	{"5", DEPLOYCFG_INT},
	{"'5'", DEPLOYCFG_STRING},
	{"null", DEPLOYCFG_NULL},
	{"[]", DEPLOYCFG_LIST},
	{"{a: [1, {b: 2}]}", DEPLOYCFG_MAP},
	{"!!str 5", DEPLOYCFG_STRING},
	{"no # c", DEPLOYCFG_STRING},
	{"[&a x, *a]", DEPLOYCFG_LIST},
	{"{when@x: 1}", DEPLOYCFG_MAP},
	{"\n {a: 1,\n b: 2}\n", DEPLOYCFG_MAP},
	{"[1,\n2]", DEPLOYCFG_LIST},
};

START_TEST(flow_values_are_read)
{
	struct loaded loaded;
	struct dcfg_node *node = value(&loaded, values[_i].text, 0, 0);

	ck_assert_ptr_nonnull(node);
	ck_assert_int_eq(node->type, values[_i].type);
	ck_assert_ptr_null(node->parent);
	ck_assert_uint_eq(node->origin.line, 0);
	ck_assert(!dcfg_failed(&loaded.context));
	yaml_unload(&loaded);
}
END_TEST

static const struct bad_row {
	const char *text;
	const char *expected; /* NULL: nothing is known of it */
	size_t errors;
} bad[] = {
	{"a: b", NULL, 1},
	{"- a", NULL, 1},
	{"|", NULL, 1},
	{"--- 5", NULL, 1},
	{"...", NULL, 1},
	{"", NULL, 1},
	{"# c", NULL, 1},
	{"a\nb", NULL, 1},
	{"5\n", NULL, 1},
	{"[1]\n--- 2", NULL, 1},
	{"[1, 2", NULL, 1},
	{"[1] 2", NULL, 1},
	{"%YAML 1.1", NULL, 1},
	{"[${a}]", NULL, 1},
	{"{<<: 1, b: 2}", NULL, 1},
	{"!unset", "k= ", 1},
	{"!append [1]", "k= ", 1},
	{"[!replace 1]", "k[0]= ", 1},
	{"[!append [1], 2]", "k[0]= k[1]=2 ", 1},
	{"{1: 2}", "k.1!= ", 1},
	{"*a", "k!= ", 1},
	{"{a: *a}", "k.a!= ", 1},
	{"{a: 1, a: 2}", "k.a=1 ", 1},
	{"{a: {b: 1}, a: {b: 2, c: 3}}", "k.a.b=1 k.a.c=3 ", 1},
	{"{a: {b: 1}, a: {<<: 1}}", NULL, 2},
	{"{a: {b: 1}, a: {404: 1}}", "k.a.b=1 k.a.404!= ", 2},
	{"{a: {b: 1}, a: !x {c: 1}}", "k.a!= ", 2},
	{"{a: {b: !x 1, c: 2}}", "k.a.b!= k.a.c=2 ", 1},
	{"{a: !x {b: 1}}", "k.a!= ", 1},
	{"{a: {{ b }}}", "k.a!= ", 1},
	{"\"\\0\"", "k= ", 1},
	{"99999999999999999999", "k= ", 1},
};

/* What is left of a value, as that of the key `k`; NULL for nothing. */
static const char *remains(struct loaded *loaded, struct dcfg_node *node)
{
	struct dcfg_context *context = &loaded->context;
	struct dcfg_layer layer = {0};

	if (!node)
		return NULL;
	layer.root = dcfg_node_uncounted(context, DEPLOYCFG_MAP, node->origin);
	node->name = dcfg_intern(&context->names, DCFG_VIEW("k"));
	dcfg_map_put(context, layer.root, node);
	return tree_text(context, &layer);
}

START_TEST(all_else_is_told_and_refused)
{
	struct loaded loaded;
	const char *text = remains(&loaded, value(&loaded, bad[_i].text, 0, 0));

	ck_assert_pstr_eq(text, bad[_i].expected);
	ck_assert_uint_eq(deploycfg_errors_count(loaded.context.errors), bad[_i].errors);
	ck_assert_uint_eq(deploycfg_error_line(yaml_error(&loaded, 0)), 0);
	ck_assert_uint_eq(deploycfg_error_column(yaml_error(&loaded, 0)), 0);
	ck_assert_int_eq(strncmp(deploycfg_error_key(yaml_error(&loaded, 0)), "key", 3),
			 0);
	yaml_unload(&loaded);
}
END_TEST

START_TEST(errors_name_the_key_below_the_one_given)
{
	struct loaded loaded;

	(void)value(&loaded, "{a: [1, {b: 1, b: 2}]}", 3, 1);
	ck_assert_str_eq(deploycfg_error_key(yaml_error(&loaded, 0)), "key.a[1].b");
	ck_assert_int_eq(deploycfg_error_status(yaml_error(&loaded, 0)),
			 DEPLOYCFG_ERR_DUPLICATE);
	ck_assert_uint_eq(deploycfg_error_column(
				  deploycfg_error_related(yaml_error(&loaded, 0), 0)),
			  10);
	ck_assert_str_eq(deploycfg_error_hint(yaml_error(&loaded, 0)),
			 "remove one of them");
	yaml_unload(&loaded);
}
END_TEST

START_TEST(places_are_added_to_the_origin)
{
	struct loaded loaded;
	struct dcfg_node *node = value(&loaded, "[1, {a: b}]", 7, 11);

	ck_assert_uint_eq(node->origin.line, 7);
	ck_assert_uint_eq(node->origin.column, 11);
	node = dcfg_next(dcfg_first(node));
	ck_assert_uint_eq(node->origin.column, 15);
	ck_assert_uint_eq(dcfg_first(node)->key_line, 7);
	ck_assert_uint_eq(dcfg_first(node)->key_column, 16);
	yaml_unload(&loaded);
	(void)value(&loaded, "[1, *a]", 7, 11);
	ck_assert_uint_eq(deploycfg_error_line(yaml_error(&loaded, 0)), 7);
	ck_assert_uint_eq(deploycfg_error_column(yaml_error(&loaded, 0)), 15);
	yaml_unload(&loaded);
}
END_TEST

static struct dcfg_node *text_with_flow(struct loaded *loaded, const char *text,
					uint64_t keys)
{
	struct dcfg_node *node;

	yaml_begin(loaded, DCFG_VIEW(""));
	loaded->context.limits.of[DEPLOYCFG_LIMIT_KEYS] = keys;
	node = dcfg_text_new(&loaded->context, dcfg_view_text(text), true,
			     dcfg_origin(0, 3, 5));
	ck_assert_ptr_nonnull(node);
	dcfg_yaml_flow(&loaded->context, node, node->origin);
	ck_assert_uint_eq(deploycfg_errors_count(loaded->context.errors), 0);
	ck_assert(!dcfg_failed(&loaded->context));
	return node;
}

START_TEST(text_that_begins_with_a_bracket_has_its_list)
{
	struct loaded loaded;
	struct dcfg_node *node = text_with_flow(&loaded, "[1, '${a}', x]", 100);

	ck_assert(node->flags & DCFG_FLOW);
	ck_assert_int_eq(node->flow->list->type, DEPLOYCFG_LIST);
	ck_assert_uint_eq(node->flow->list->length, 3);
	ck_assert_uint_eq(dcfg_first(node->flow->list)->origin.column, 6);
	ck_assert(dcfg_next(dcfg_first(node->flow->list))->flags & DCFG_TEMPLATE);
	ck_assert_uint_eq(loaded.context.keys, 4);
	yaml_unload(&loaded);
	node = text_with_flow(&loaded, "1, 2", 100);
	ck_assert(!(node->flags & DCFG_FLOW));
	yaml_unload(&loaded);
}
END_TEST

START_TEST(text_that_is_no_list_keeps_why)
{
	static const struct {
		const char *text, *says;
		unsigned column;
		uint64_t keys;
		const char *key;
		enum deploycfg_status status;
	} rows[] = {
		{"[1, 2", "never closed", 5, 100, "", DEPLOYCFG_ERR_SYNTAX},
		{"[1] 2", "expected nothing", 9, 100, "", DEPLOYCFG_ERR_SYNTAX},
		{"[*a]", "no anchor", 6, 100, "", DEPLOYCFG_ERR_SYNTAX},
		{"[a]: 1", "between brackets", 5, 100, "", DEPLOYCFG_ERR_SYNTAX},
		{"[1, 2, 3]", "limit", 12, 3, "", DEPLOYCFG_ERR_LIMIT},
		{"[1, {a: 1, a: 2}]", "set twice", 16, 100, "[1].a",
		 DEPLOYCFG_ERR_DUPLICATE},
	};
	struct loaded loaded;
	struct dcfg_node *node = text_with_flow(&loaded, rows[_i].text, rows[_i].keys);

	ck_assert(node->flags & DCFG_FLOW);
	ck_assert_ptr_null(node->flow->list);
	ck_assert_msg(strstr(node->flow->problem, rows[_i].says), "%s",
		      node->flow->problem);
	ck_assert_str_eq(node->flow->key, rows[_i].key);
	ck_assert_int_eq(node->flow->status, rows[_i].status);
	ck_assert_uint_eq(node->flow->origin.line, 3);
	ck_assert_uint_eq(node->flow->origin.column, rows[_i].column);
	ck_assert_uint_eq(loaded.context.keys, 1);
	yaml_unload(&loaded);
}
END_TEST

Suite *yaml_value_suite(void)
{
	Suite *suite = suite_create("yaml_value");
	TCase *tests = tcase_create("value");

	tcase_add_loop_test(tests, flow_values_are_read, 0, DCFG_COUNT(values));
	tcase_add_loop_test(tests, all_else_is_told_and_refused, 0, DCFG_COUNT(bad));
	tcase_add_test(tests, places_are_added_to_the_origin);
	tcase_add_test(tests, text_that_begins_with_a_bracket_has_its_list);
	tcase_add_test(tests, errors_name_the_key_below_the_one_given);
	tcase_add_loop_test(tests, text_that_is_no_list_keeps_why, 0, 6);
	suite_add_tcase(suite, tests);
	return suite;
}
