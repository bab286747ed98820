/* SPDX-License-Identifier: ISC */
/* What only the whole can tell: defaults, required keys, counts, keys that go with others. And the
 * trees that a schema gives. */
#include "unit.h"

#include "schema_load.h"
#include "tree.h"

#define BASE DEPLOYCFG_LAYER_BASE

static const struct row {
	const char *entries, *layer, *values, *errors;
} rows[] = {
	{"- {key: a, type: int, default: 0x10}\n", "{}", "a=16:int!default ", ""},
	{"- {key: a, type: int, default: 5}\n", "a: null", "a=null:null ", ""},
	{"- {key: a, type: int, default: 5}\n", "a: !unset", "a=5:int!default ", ""},
	{"- {key: a.b, default: 5}\n- {key: a.c}\n", "a: !unset", "a.b=5:int!default ",
	 ""},
	{"- {key: a.b, default: 5}\n", "a: !replace null", "a=null:null ", ""},
	{"- {key: a.b, default: 5}\n- {key: a.c}\n", "a: !replace {c: 1}",
	 "a.c=1:int a.b=5:int!default ", ""},
	{"- {key: 'a[].b', default: 5}\n- {key: 'a[].c'}\n", "a: [{b: 1}, {c: 2}, {}]",
	 "a[0].b=1:int a[1].c=2:int a[1].b=5:int!default a[2].b=5:int!default ", ""},
	{"- {key: 'a.*.b', default: 5}\n- {key: a.x.b}\n", "a: {x: {}, y: {}}",
	 "a.x=:map a.y.b=5:int!default ", ""},
	{"- {key: 'a.*.b', default: 5}\n", "a: {}", "a=:map ", ""},
	{"- {key: a, type: list, default: [1, 2]}\n", "{}",
	 "a[0]=1:int!default a[1]=2:int!default ", ""},
	{"- {key: a, open: true, default: {x: 1}}\n", "a: {y: 2}",
	 "a.x=1:int!default a.y=2:int ", ""},
	{"- {key: a, restart: true, default: 1}\n- {key: b, deprecated: true, default: "
	 "1}\n",
	 "{}", "a=1:int!default!restart b=1:int!default!deprecated ", ""},
	{"- {key: a, required: true}\n- {key: b, required: [prod]}\n"
	 "- {key: c, required: [base-environment]}\n- {key: d, required: "
	 "[development]}\n",
	 "{}", "", "3:9 missing-key 4:9 missing-key 5:9 missing-key "},
	{"- {key: a, required: true}\n", "a: null", "a=null:null ", "3:9 missing-key "},
	{"- {key: a, required: true, default: 1}\n", "{}", "a=1:int!default ", ""},
	{"- {key: a.b, required: true}\n", "a: !replace null", "a=null:null ",
	 "3:9 missing-key "},
	{"- {key: 'a[].b', required: true}\n", "{}", "", ""},
	{"- {key: 'a[].b', required: true}\n", "a:\n- {b: 1}\n- {}\n- b: null\n",
	 "a[0].b=1:int a[1]=:map a[2].b=null:null ", "3:3 missing-key 4:6 missing-key "},
	{"- {key: 'a.*.b', required: true}\n", "a:\n  x: {}\n", "a.x=:map ",
	 "2:6 missing-key "},
	{"- {key: a, required: true, type: int}\n", "a: x", "a=:null ", "1:4 bad-value "},
	{"- {key: a.b, required: true, type: int}\n", "a: 5", "a=:null ",
	 "1:4 wrong-type "},
	{"- {key: port, required: true, type: int}\n", "prot: 5", "prot=:null ",
	 "1:1 unknown-key "},
	{"- {key: a, type: list, min_items: 2, max_items: 3}\n", "a: [1]", "a[0]=1:int ",
	 "1:4 out-of-range "},
	{"- {key: a, type: list, max_items: 1}\n", "a: [1, 2]", "a[0]=1:int a[1]=2:int ",
	 "1:4 out-of-range "},
	{"- {key: a, requires: [b]}\n- {key: b}\n", "a: 1", "a=1:int ", "1:1 conflict "},
	{"- {key: a, requires: [b]}\n- {key: b}\n", "a: 1\nb: null",
	 "a=1:int b=null:null ", "1:1 conflict "},
	{"- {key: a, requires: [b]}\n- {key: b}\n", "a: null", "a=null:null ", ""},
	{"- {key: a, requires: [b]}\n- {key: b, default: 1}\n", "a: 1",
	 "b=1:int!default a=1:int ", ""},
	{"- {key: a, conflicts: [b]}\n- {key: b, conflicts: [a]}\n", "b: 1\na: 1",
	 "b=1:int a=1:int ", "2:1 conflict "},
	{"- {key: a, conflicts: [b]}\n- {key: b, default: 2}\n", "a: 1",
	 "b=2:int!default a=1:int ", ""},
	{"- {key: 'a[].b', requires: ['a[].c']}\n- {key: 'a[].c'}\n",
	 "a: [{b: 1, c: 1}, {b: 1}]", "a[0].b=1:int a[0].c=1:int a[1].b=1:int ",
	 "1:20 conflict "},
	{"- {key: a, deprecated: true, replaced_by: b}\n- {key: b}\n", "a: 1",
	 "a=1:int!deprecated ", "warning 1:1 deprecated "},
	{"- {key: a, deprecated: true, default: 1}\n", "{}",
	 "a=1:int!default!deprecated ", ""},
	{"- {key: a, type: map, deprecated: true}\n- {key: a.b, default: 1}\n"
	 "- {key: a.c}\n",
	 "{}", "a.b=1:int!default!deprecated ", ""},
	{"- {key: a, type: map, deprecated: true}\n- {key: a.b, default: 1}\n"
	 "- {key: a.c}\n",
	 "a: {c: 1}", "a.b=1:int!default!deprecated a.c=1:int!deprecated ",
	 "warning 1:1 deprecated "},
};

START_TEST(whole_is_completed_and_judged)
{
	const struct row *row = &rows[_i];
	struct judged judged;

	schema_open(&judged, row->entries);
	schema_lay(&judged, BASE, row->layer);
	schema_complete(&judged);
	ck_assert_msg(strcmp(schema_values(&judged), row->values) == 0, "%s%s: %s%s",
		      row->entries, row->layer, schema_values(&judged),
		      schema_said(&judged, 0));
	ck_assert_str_eq(schema_close(&judged), row->errors);
}
END_TEST

START_TEST(missing_key_says_where_to_set_it)
{
	struct judged judged;

	schema_open(&judged, "- {key: a-b.c, type: int, required: true}\n");
	schema_lay(&judged, BASE, "a-b: {c: !unset }");
	schema_complete(&judged);
	ck_assert_str_eq(
		schema_said(&judged, 0),
		"x.yaml:3:9: error[missing-key]: a-b.c: it is required in production, "
		"and no layer sets it\n"
		"    3 | - {key: a-b.c, type: int, required: true}\n"
		"      |         ^\n"
		"  x.yaml:1:10: note: it is removed here\n"
		"  hint: set it in production.yaml, by the variable SHOP__A_B__C, or "
		"by --set a-b.c=...\n");
	schema_close(&judged);
}
END_TEST

START_TEST(appending_to_a_default_makes_it_none)
{
	struct judged judged;
	const struct dcfg_node *list;

	schema_open(&judged, "- {key: a, type: list, default: [1]}\n");
	list = dcfg_first(judged.tree);
	ck_assert(list->flags & DCFG_IS_DEFAULT);
	schema_lay(&judged, BASE, "a: !append [2]\n");
	schema_complete(&judged);
	ck_assert(!(list->flags & DCFG_IS_DEFAULT));
	schema_close(&judged);
}
END_TEST

#define NAMES                                                                            \
	"- {key: server.port, type: int}\n"                                              \
	"- {key: motd, type: string, allow_empty: true, env: [MOTD, MESSAGE]}\n"         \
	"- {key: 'servers[].host', type: string}\n"                                      \
	"- {key: 'limits.*.rate', type: int}\n"                                          \
	"- {key: extra, open: true}\n"

static const char *paths_of(struct dcfg_context *context, const struct dcfg_node *root)
{
	static char all[1024];
	size_t length = 0;

	dcfg_schema_names_below(root);
	for (const struct dcfg_node *node = dcfg_walk(root, root); node;
	     node = dcfg_walk(root, node)) {
		dcfg_schema_names_below(node);
		length += (size_t)snprintf(
			all + length, sizeof(all) - length, "%s:%s%s ",
			dcfg_path(context, node),
			deploycfg_type_name((enum deploycfg_type)node->type),
			node->flags & DCFG_ALLOW_EMPTY ? "?" : "");
	}
	return all;
}

START_TEST(names_are_what_is_declared_and_what_there_is)
{
	struct judged judged;

	schema_open(&judged, NAMES);
	schema_lay(&judged, BASE,
		   "servers: [{}, {host: a}]\nlimits: {x: {}}\n"
		   "extra: {free: 1}\nserver: null\n");
	ck_assert_str_eq(
		paths_of(&judged.context,
			 dcfg_schema_names(&judged.context, judged.schema, judged.tree)),
		"servers:list servers[0]:map servers[0].host:string servers[1]:map "
		"servers[1].host:string limits:map limits.x:map limits.x.rate:int "
		"limits.\"*\":map limits.\"*\".rate:int extra:map extra.free:int "
		"server:map server.port:int motd:string? ");
	ck_assert_str_eq(schema_close(&judged), "");
}
END_TEST

/* Counts the keys of names, asking for all of them. */
static size_t count_names(const struct dcfg_node *root)
{
	size_t count = 0;

	dcfg_schema_names_below(root);
	for (const struct dcfg_node *node = dcfg_walk(root, root); node;
	     node = dcfg_walk(root, node)) {
		dcfg_schema_names_below(node);
		count++;
	}
	return count;
}

#define MANY "- {key: m.*.a}\n- {key: m.*.b}\n- {key: m.*.c}\n- {key: m.*.d}\n"

START_TEST(names_are_made_when_they_are_asked_for)
{
	const struct dcfg_node *root, *map, *free;
	struct judged judged;

	schema_open(&judged, MANY);
	schema_lay(&judged, BASE, "m: {x: {a: 1}, y: {}}\n");
	root = dcfg_schema_names(&judged.context, judged.schema, judged.tree);
	ck_assert_ptr_null(dcfg_first(root));
	dcfg_schema_names_below(root);
	map = dcfg_first(root);
	ck_assert_ptr_null(dcfg_first(map));
	dcfg_schema_names_below(map);
	ck_assert_uint_eq(map->length, 3);
	free = dcfg_first(map);
	dcfg_schema_names_below(free);
	dcfg_schema_names_below(free);
	ck_assert_uint_eq(free->length, 4);
	ck_assert_uint_eq(dcfg_next(free)->length, 0);
	ck_assert_str_eq(schema_close(&judged), "");
}
END_TEST

START_TEST(names_are_limited_as_keys_are)
{
	const struct dcfg_node *root;
	struct judged judged;

	schema_open(&judged, MANY);
	schema_lay(&judged, BASE, "m: {x: {}, y: {}, z: {}, u: {}, v: {}, w: {}}\n");
	judged.context.limits.of[DEPLOYCFG_LIMIT_KEYS] = 8;
	root = dcfg_schema_names(&judged.context, judged.schema, judged.tree);
	ck_assert_uint_lt(count_names(root), 6 * 5 + 6);
	ck_assert_str_eq(schema_close(&judged), "6:9 limit ");
}
END_TEST

START_TEST(variables_are_listed_in_order)
{
	const struct dcfg_schema_variable *list;
	struct judged judged;
	size_t count;

	schema_open(&judged, NAMES);
	list = dcfg_schema_variables(judged.schema, &count);
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(list[1].name.ptr, "MESSAGE");
	ck_assert_str_eq(list[1].path.ptr, "motd");
	ck_assert(list[1].allow_empty);
	ck_assert(dcfg_schema_allows_empty(&judged.context, judged.schema,
					   DCFG_VIEW("motd")));
	ck_assert(!dcfg_schema_allows_empty(&judged.context, judged.schema,
					    DCFG_VIEW("servers[0].host")));
	ck_assert(!dcfg_schema_allows_empty(&judged.context, NULL, DCFG_VIEW("motd")));
	schema_close(&judged);
}
END_TEST

START_TEST(tree_tells_of_all_keys_in_path_order)
{
	struct judged judged;

	schema_open(&judged, "- {key: b, type: int, default: 0x10, x-note: [1]}\n"
			     "- {key: 'a[].c'}\n- {key: 'a[].\"b\"'}\n");
	judged.tree = dcfg_schema_tree(&judged.context, judged.schema);
	ck_assert_str_eq(schema_values(&judged),
			 "prefix=SHOP:string keys[0].key=a[].b:string "
			 "keys[1].key=a[].c:string keys[2].default=16:int!default "
			 "keys[2].key=b:string keys[2].type=int:string "
			 "keys[2].x-note[0]=1:int keys[2].variable=SHOP__B:string "
			 "environments[0]=development:string "
			 "environments[1]=production:string environments[2]=prod:string "
			 "environments[3]=base-environment:string ");
	schema_close(&judged);
}
END_TEST

START_TEST(no_schema_says_nothing)
{
	struct judged judged;

	schema_open(&judged, "- {key: a}\n");
	schema_lay(&judged, BASE, "a: 1\n");
	dcfg_schema_judge(&judged.context, NULL, NULL, judged.tree);
	dcfg_schema_complete(&judged.context, NULL, judged.tree);
	ck_assert_ptr_eq(dcfg_schema_names(&judged.context, NULL, judged.tree),
			 judged.tree);
	dcfg_schema_fini(NULL);
	ck_assert_str_eq(schema_values(&judged), "a=1:int ");
	schema_close(&judged);
}
END_TEST

Suite *schema_complete_suite(void)
{
	Suite *suite = suite_create("schema_complete");
	TCase *tests = tcase_create("core");

	tcase_add_loop_test(tests, whole_is_completed_and_judged, 0,
			    (int)(sizeof(rows) / sizeof(rows[0])));
	tcase_add_test(tests, missing_key_says_where_to_set_it);
	tcase_add_test(tests, appending_to_a_default_makes_it_none);
	tcase_add_test(tests, names_are_what_is_declared_and_what_there_is);
	tcase_add_test(tests, names_are_made_when_they_are_asked_for);
	tcase_add_test(tests, names_are_limited_as_keys_are);
	tcase_add_test(tests, variables_are_listed_in_order);
	tcase_add_test(tests, tree_tells_of_all_keys_in_path_order);
	tcase_add_test(tests, no_schema_says_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}
