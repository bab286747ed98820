/* SPDX-License-Identifier: ISC */
/* Layers judged by a schema: what values become, and what is told of those that are wrong. */
#include "unit.h"

#include "schema_load.h"
#include "tree.h"

#define BASE DEPLOYCFG_LAYER_BASE
#define VARIABLES DEPLOYCFG_LAYER_VARIABLES

/* One entry of the key `a`, one value in line 1 from column 4 on, as YAML and as text. */
static const struct row {
	const char *type, *value, *typed,
		*from_text; /* "value:type", or an error's code */
} rows[] = {
	{"type: int", "8080", "8080:int", "8080:int"},
	{"type: int", "0x10", "16:int", "16:int"},
	{"type: int", "+5", "5:int", "5:int"},
	{"type: int", "-0", "0:int", "0:int"},
	{"type: int", "'5'", "5:int", "5:int"},
	{"type: int", "2.0", "wrong-type", "wrong-type"},
	{"type: int", "true", "wrong-type", "wrong-type"},
	{"type: int", "x", "bad-value", "bad-value"},
	{"type: int", "'9223372036854775808'", "out-of-range", "out-of-range"},
	{"type: int", "[1]", "wrong-type", "wrong-type"},
	{"type: int", "{b: 1}", "wrong-type", "wrong-type"},
	{"type: int", "null", "null:null", "null:null"},
	{"type: bool", "1", "true:bool", "true:bool"},
	{"type: bool", "no", "false:bool", "false:bool"},
	{"type: bool", "TRUE", "true:bool", "true:bool"},
	{"type: bool", "2", "bad-value", "bad-value"},
	{"type: bool", "1.0", "wrong-type", "wrong-type"},
	{"type: float", "5", "5.0:float", "5.0:float"},
	{"type: float", "1.10", "1.1:float", "1.1:float"},
	{"type: float", "0.0001", "0.0001:float", "0.0001:float"},
	{"type: float", "0.00001", "1e-05:float", "1e-05:float"},
	{"type: float", "100.0", "100.0:float", "100.0:float"},
	{"type: float", "1e3", "1000.0:float", "1000.0:float"},
	{"type: float", "1234567.8901234567", "1234567.8901234567:float",
	 "1234567.8901234567:float"},
	{"type: float", ".inf", ".inf:float", ".inf:float"},
	{"type: float", "true", "wrong-type", "wrong-type"},
	{"type: float", "'9007199254740993'", "out-of-range", "out-of-range"},
	{"type: string", "5", "5:string", "5:string"},
	{"type: string", "1.10", "1.10:string", "1.10:string"},
	{"type: string", "[x]", "wrong-type", "wrong-type"},
	{"type: string", "'[x]'", "[x]:string", "[x]:string"},
	{"type: duration", "1h30m", "1h30m:duration", "1h30m:duration"},
	{"type: duration", "0", "0:duration", "0:duration"},
	{"type: duration", "5", "bad-value", "bad-value"},
	{"type: duration", "400000d", "out-of-range", "out-of-range"},
	{"type: size", "64KiB", "64KiB:size", "64KiB:size"},
	{"type: size", "512", "512:size", "512:size"},
	{"type: size", "1.5", "wrong-type", "wrong-type"},
	{"type: size", "'1.5'", "bad-value", "bad-value"},
	{"type: duration", "0.0", "wrong-type", "wrong-type"},
	{"type: path", "/x", "/x:path", "/x:path"},
	{"type: 'enum', choices: [x, y]", "x", "x:enum", "x:enum"},
	{"type: 'enum', choices: [x, y]", "z", "not-a-choice", "not-a-choice"},
	{"type: int, choices: [16, 32]", "0x10", "16:int", "16:int"},
	{"type: int, choices: [16, 32]", "17", "not-a-choice", "not-a-choice"},
	{"type: duration, choices: [60s]", "1m", "1m:duration", "1m:duration"},
	{"type: bool, choices: [true]", "no", "not-a-choice", "not-a-choice"},
	{"type: float, choices: [0.5]", "5e-1", "0.5:float", "0.5:float"},
	{"choices: [1.10]", "1.1", "not-a-choice", "not-a-choice"},
	{"choices: [1.10]", "1.10", "1.10:float", "1.10:float"},
	{"type: int, min: 1, max: 9", "9", "9:int", "9:int"},
	{"type: int, min: 1, max: 9", "0", "out-of-range", "out-of-range"},
	{"type: int, min: 1, max: 9", "10", "out-of-range", "out-of-range"},
	{"type: float, max: 1", ".nan", "out-of-range", "out-of-range"},
	{"type: duration, max: 1h", "61m", "out-of-range", "out-of-range"},
	{"type: size, min: 1kB", "1000", "1000:size", "1000:size"},
	{"type: string, pattern: a|bc", "bc", "bc:string", "bc:string"},
	{"type: string, pattern: a|bc", "abc", "not-a-choice", "not-a-choice"},
	{"type: string, pattern: ..", "\xc3\xa4\xc3\xb6", "\xc3\xa4\xc3\xb6:string",
	 "\xc3\xa4\xc3\xb6:string"},
	{"type: list, items: int", "[1, '2']", "a[0]=1:int a[1]=2:int ",
	 "a[0]=1:int a[1]=2:int "},
	{"type: list", "[]", "a=:list ", "a=:list "},
	{"type: list", "x", "wrong-type", "a[0]=x:string "},
	{"type: list, items: bool", "'on, 0'", "wrong-type",
	 "a[0]=true:bool a[1]=false:bool "},
	{"type: list, items: int", "'[1, 0x2]'", "wrong-type", "a[0]=1:int a[1]=2:int "},
	{"type: list, items: int", "''", "wrong-type", "a=:list "},
	{"type: map", "x", "wrong-type", "wrong-type"},
	{"open: true", "{b: {c: 1}}", "a.b.c=1:int ", "a.b.c=1:int "},
	{"doc: any", "{b: [1]}", "a.b[0]=1:int ", "a.b[0]=1:int "},
};

static void judge_row(const struct row *row, bool as_text)
{
	const char *expected = as_text ? row->from_text : row->typed, *values;
	char entry[256], layer[256], whole[256];
	struct judged judged;

	snprintf(entry, sizeof(entry), "- {key: a, %s}\n", row->type);
	snprintf(layer, sizeof(layer), "a: %s\n", row->value);
	snprintf(whole, sizeof(whole), "%s%s ",
		 strchr(expected, '=') ? "" : "a=", expected);
	schema_open(&judged, entry);
	if (as_text)
		schema_lay_text(&judged, BASE, layer);
	else
		schema_lay(&judged, BASE, layer);
	values = schema_values(&judged);
	if (strchr(expected, ':')) {
		whole[strlen(whole) - (strchr(expected, '=') ? 1 : 0)] = '\0';
		ck_assert_msg(strcmp(values, whole) == 0, "%s %s: %s%s", row->type,
			      row->value, values, schema_said(&judged, 0));
		ck_assert_str_eq(schema_close(&judged), "");
		return;
	}
	ck_assert_msg(strcmp(values, "a=:null ") == 0, "%s: %s", row->type, values);
	ck_assert_msg(strstr(schema_said(&judged, 0), expected) != NULL, "%s %s: %s",
		      row->type, row->value, schema_said(&judged, 0));
	ck_assert_str_eq(strchr(schema_close(&judged), ' ') + 1, whole + 2);
}

START_TEST(value_takes_its_type)
{
	judge_row(&rows[_i], false);
}
END_TEST

START_TEST(text_takes_its_type)
{
	judge_row(&rows[_i], true);
}
END_TEST

#define SERVER                                                                           \
	"- {key: server.port, type: int, max: 65535, default: 80}\n"                     \
	"- {key: server.host, type: string}\n"                                           \
	"- {key: 'servers[].port', type: int}\n"                                         \
	"- {key: 'limits.*.rate', type: int}\n"                                          \
	"- {key: tags, type: list, items: string}\n"

START_TEST(wrong_value_names_what_it_overrides)
{
	struct judged judged;

	schema_open(&judged, SERVER);
	schema_lay(&judged, BASE, "server: {port: 8080}\n");
	schema_lay_text(&judged, VARIABLES, "server: {port: '70000'}\n");
	ck_assert_str_eq(
		schema_said(&judged, 0),
		"env:SHOP__X:1:16: error[out-of-range]: server.port: 70000 is "
		"more than the max, 65535\n"
		"    1 | server: {port: '70000'}\n"
		"      |                ^\n"
		"  x.yaml:1:16: note: it overrides this int\n"
		"  x.yaml:3:54: note: which overrides this int\n"
		"  x.yaml:3:9: note: declared as an int\n"
		"  hint: write an int of at most 65535; change SHOP__X, or leave "
		"it out\n");
	ck_assert_str_eq(schema_values(&judged), "server.port=:null ");
	ck_assert_str_eq(schema_close(&judged), "1:16 out-of-range ");
}
END_TEST

START_TEST(wrong_parts_of_a_map_are_refused)
{
	struct judged judged;

	schema_open(&judged, SERVER);
	schema_lay(&judged, BASE,
		   "server: {port: x, host: h, prot: 1}\n"
		   "limits: {a: {rate: x}, b: {rate: 5, rat: 1}, c: 5}\n"
		   "servers: [{port: 1}, {port: x}, 5, {prt: 1}]\n"
		   "tags: [[a], b]\n"
		   "nothing: {x: {y: 1}}\n");
	ck_assert_str_eq(schema_values(&judged),
			 "server.port=:null server.host=h:string server.prot=:null "
			 "limits.a.rate=:null limits.b.rate=5:int limits.b.rat=:null "
			 "limits.c=:null "
			 "servers[0].port=1:int servers[1].port=:null servers[2]=:null "
			 "servers[3].port=:null!default tags[0]=:null tags[1]=b:string "
			 "nothing=:null ");
	ck_assert_str_eq(schema_close(&judged),
			 "1:16 bad-value 1:28 unknown-key 2:20 bad-value 2:37 "
			 "unknown-key 2:49 wrong-type 3:29 bad-value 3:33 wrong-type "
			 "3:37 unknown-key 4:8 wrong-type 5:1 unknown-key ");
}
END_TEST

START_TEST(unknown_key_suggests_the_nearest)
{
	struct judged judged;

	schema_open(&judged, SERVER);
	schema_lay(&judged, BASE, "server: {prot: 1}\nsevers: []\nport: 5\nq: 1\n");
	schema_lay_text(&judged, VARIABLES, "server: {hots: x}\n");
	ck_assert_ptr_nonnull(
		strstr(schema_said(&judged, 0), "did you mean server.port?"));
	ck_assert_ptr_nonnull(strstr(schema_said(&judged, 1), "did you mean servers?"));
	ck_assert_ptr_nonnull(
		strstr(schema_said(&judged, 2), "did you mean server.port?"));
	ck_assert_ptr_nonnull(strstr(schema_said(&judged, 3), "remove it, or declare"));
	ck_assert_ptr_nonnull(
		strstr(schema_said(&judged, 4), "did you mean server.host?"));
	schema_close(&judged);
}
END_TEST

START_TEST(unknown_key_may_be_a_warning_and_stay)
{
	struct judged judged;

	schema_begin(&judged);
	judged.warns = true;
	schema_add(&judged, SERVER);
	schema_compile(&judged);
	schema_lay(&judged, BASE, "a: {b: 1}\n");
	schema_complete(&judged);
	ck_assert_str_eq(schema_values(&judged), "server.port=80:int!default a.b=1:int ");
	ck_assert_str_eq(schema_close(&judged), "warning 1:1 unknown-key ");
}
END_TEST

START_TEST(operators_are_judged_by_what_they_bring)
{
	struct judged judged;

	schema_open(&judged, SERVER);
	schema_lay(&judged, BASE, "tags: [a]\nserver: {host: h}\n");
	schema_lay(&judged, BASE,
		   "tags: !append [5]\nserver: {host: !unset }\n"
		   "servers: !replace [{port: '1'}]\n");
	schema_lay(&judged, BASE, "tags: !prepend [[]]\nnone: !unset\n");
	ck_assert_str_eq(schema_values(&judged),
			 "server.port=80:int!default tags[0]=:null tags[1]=a:string "
			 "tags[2]=5:string servers[0].port=1:int none=:null ");
	ck_assert_str_eq(schema_close(&judged), "1:17 wrong-type 2:1 unknown-key ");
}
END_TEST

START_TEST(lists_merge_as_the_schema_says)
{
	struct judged judged;

	schema_open(&judged, "- {key: add, type: list, items: int, merge: append}\n"
			     "- {key: set, type: list, merge: unique, default: [a]}\n");
	schema_lay(&judged, BASE, "add: [1]\nset: [b, a, b, {x: 1, y: 2}]\n");
	schema_lay(&judged, BASE, "add: [1]\nset: [{y: 2, x: 1}, c, b]\n");
	schema_lay(&judged, BASE, "add: !replace [3]\nset: !prepend [a]\n");
	schema_complete(&judged);
	ck_assert_str_eq(schema_values(&judged),
			 "set[0]=a:string set[1]=a:string!default set[2]=b:string "
			 "set[3].x=1:int set[3].y=2:int set[4]=c:string add[0]=3:int ");
	ck_assert_str_eq(schema_close(&judged), "");
}
END_TEST

START_TEST(layer_may_be_forbidden)
{
	struct judged judged;

	schema_open(&judged, "- {key: a, sources: [base, variable], default: 1}\n"
			     "- {key: b, type: map, open: true, sources: [file]}\n");
	schema_lay(&judged, 200, "a: 1\n");
	schema_lay(&judged, 250, "a: 2\n");
	schema_lay(&judged, 400, "a: 3\nb: {c: 1, d: 1}\n");
	schema_lay(&judged, 760, "b: {c: 1}\n");
	schema_lay(&judged, 1000, "a: 4\n");
	ck_assert_ptr_nonnull(
		strstr(schema_said(&judged, 0), "the layer environment may not set it"));
	ck_assert_str_eq(schema_values(&judged), "a=:null b.c=1:int b.d=1:int ");
	ck_assert_str_eq(schema_close(&judged),
			 "1:4 forbidden-layer 1:4 forbidden-layer 2:4 forbidden-layer ");
}
END_TEST

START_TEST(secret_is_never_quoted)
{
	struct judged judged;

	schema_open(&judged, "- {key: a, type: int, secret: true, max: 5}\n"
			     "- {key: b, type: map, secret: true}\n"
			     "- {key: b.c, choices: [x]}\n"
			     "- {key: d, open: true, secret: true}\n"
			     "- {key: f, type: list, secret: true}\n");
	schema_lay(&judged, BASE, "a: hush\nb: {c: hush}\nd: {e: 1}\nf: [[1]]\n");
	schema_lay(&judged, BASE, "a: 77\n");
	for (size_t i = 1; i < 4; i++) {
		ck_assert_ptr_null(strstr(schema_said(&judged, i), "hush"));
		ck_assert_ptr_null(strstr(schema_said(&judged, i), "77"));
	}
	ck_assert_str_eq(schema_values(&judged), "a=:null b.c=:null d.e=1:int!secret "
						 "f[0][0]=1:int!secret ");
	schema_close(&judged);
}
END_TEST

START_TEST(long_text_is_no_matter_for_patterns)
{
	static char layer[8 * 1024];
	struct judged judged;

	schema_open(&judged, "- {key: a, pattern: x*}\n");
	memset(layer, 'x', sizeof(layer) - 1);
	memcpy(layer, "a: ", 3);
	schema_lay(&judged, BASE, layer);
	ck_assert_ptr_nonnull(
		strstr(schema_said(&judged, 0), "more than the limit of 4096"));
	schema_close(&judged);
}
END_TEST

Suite *schema_judge_suite(void)
{
	Suite *suite = suite_create("schema_judge");
	TCase *tests = tcase_create("core");
	int count = (int)(sizeof(rows) / sizeof(rows[0]));

	tcase_add_loop_test(tests, value_takes_its_type, 0, count);
	tcase_add_loop_test(tests, text_takes_its_type, 0, count);
	tcase_add_test(tests, wrong_value_names_what_it_overrides);
	tcase_add_test(tests, wrong_parts_of_a_map_are_refused);
	tcase_add_test(tests, unknown_key_suggests_the_nearest);
	tcase_add_test(tests, unknown_key_may_be_a_warning_and_stay);
	tcase_add_test(tests, operators_are_judged_by_what_they_bring);
	tcase_add_test(tests, lists_merge_as_the_schema_says);
	tcase_add_test(tests, layer_may_be_forbidden);
	tcase_add_test(tests, secret_is_never_quoted);
	tcase_add_test(tests, long_text_is_no_matter_for_patterns);
	suite_add_tcase(suite, tests);
	return suite;
}
