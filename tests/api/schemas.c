/* SPDX-License-Identifier: ISC */
/* Schemas and manifests as a program meets them: registered by it, asked for, and typed. */
#include "api.h"

static struct deploycfg_errors *errors;

static void setup(void)
{
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

static void add(struct deploycfg_loader *loader, const char *name, const char *text)
{
	deploycfg_loader_add_schema_text(loader, name, text, strlen(text));
}

static struct deploycfg_loader *with_schema(const char *text)
{
	struct deploycfg_loader *loader = api_loader();

	add(loader, "schema", text);
	return loader;
}

#define PORT                                                                             \
	"schema: 1\nkeys:\n"                                                             \
	"- {key: server.port, type: int, min: 1, max: 65535, default: 8080}\n"

START_TEST(absent_keys_get_their_defaults)
{
	struct deploycfg_snapshot *cfg = api_load(with_schema(PORT));
	const struct deploycfg_entry *port = deploycfg_find(cfg, "server.port", SIZE_MAX);

	ck_assert_str_eq(api_leaves(cfg), "server.port=8080");
	ck_assert_uint_eq(deploycfg_entry_flags(port), DEPLOYCFG_FLAG_DEFAULT);
	ck_assert_str_eq(api_place(port), "schema:3:62");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(values_are_stored_as_their_type)
{
	struct deploycfg_loader *loader = with_schema(
		"schema: 1\nkeys:\n"
		"- {key: d, type: duration}\n- {key: s, type: size}\n"
		"- {key: e, type: enum, choices: [on, off]}\n- {key: p, type: path}\n");
	struct deploycfg_snapshot *cfg;

	api_ini(loader, 200, "d = 1h30m\ns = 2KiB\ne = on\np = /etc\n");
	cfg = api_load(loader);
	ck_assert_int_eq(deploycfg_get_duration(cfg, "d", NULL), 5400000000000);
	ck_assert_uint_eq(deploycfg_get_size(cfg, "s", NULL), 2048);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "d", 1)),
			 DEPLOYCFG_DURATION);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "s", 1)),
			 DEPLOYCFG_SIZE);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "e", 1)),
			 DEPLOYCFG_ENUM);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "p", 1)),
			 DEPLOYCFG_PATH);
	ck_assert_str_eq(api_leaves(cfg), "d=1h30m e=on p=/etc s=2KiB");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(unknown_keys_are_judged_after_all_schemas_are_in)
{
	struct deploycfg_loader *loader = with_schema(PORT);
	struct deploycfg_snapshot *cfg;

	add(loader, "plugin", "schema: 1\nkeys:\n- {key: plugin.name, type: string}\n");
	api_yaml(loader, 200, "plugin: {name: a}\nserver: {port: 1}\n");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "plugin.name=a server.port=1");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(an_unknown_key_is_an_error_unless_told_otherwise)
{
	struct deploycfg_loader *loader = with_schema(PORT);
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 200, "server: {prot: 1}\n");
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_UNKNOWN);
	deploycfg_loader_set_unknown(loader, DEPLOYCFG_UNKNOWN_WARN);
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_ptr_nonnull(cfg);
	ck_assert_str_eq(api_leaves(cfg), "server.port=8080 server.prot=1");
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_UNKNOWN);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_set_check(loader, DEPLOYCFG_CHECK_STRICT);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_UNKNOWN);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(environments_of_the_program_may_warn_of_unknown_keys)
{
	struct deploycfg_loader *loader = with_schema(PORT);
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_declare_environment(loader, "production", NULL, NULL,
					     DEPLOYCFG_LENIENT |
						     DEPLOYCFG_LAYER_OPTIONAL);
	deploycfg_loader_set_environment(loader, "production");
	api_yaml(loader, 200, "prot: 1\n");
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_ptr_nonnull(cfg);
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_UNKNOWN);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_set_unknown(loader, DEPLOYCFG_UNKNOWN_ERROR);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_UNKNOWN);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_wrong_schema_says_nothing_of_layers)
{
	struct deploycfg_loader *loader =
		with_schema("schema: 1\nkeys:\n- {key: a, type: integer}\n");

	api_yaml(loader, 200, "b: 1\n");
	errors = api_fails(loader);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	ck_assert_str_eq(api_error_place(deploycfg_errors_at(errors, 0)), "schema:3:18");
}
END_TEST

START_TEST(a_missing_schema_is_an_error)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_schema(loader, scratch("schema.yaml"));
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_NOT_FOUND);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_missing_schema_may_be_optional)
{
	struct deploycfg_loader *loader = api_loader();
	char name[512];

	snprintf(name, sizeof(name), "optional:%s", scratch("schema.yaml"));
	deploycfg_loader_add_schema(loader, name);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_OK);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(schemas_are_shown_as_a_configuration)
{
	struct deploycfg_loader *loader = with_schema(PORT);
	struct deploycfg_snapshot *schema;

	add(loader, "other", "schema: 1\nkeys:\n- {key: a-b, type: bool, doc: Why.}\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	schema = deploycfg_loader_schema(loader, &errors);
	ck_assert_ptr_null(errors);
	ck_assert_ptr_nonnull(schema);
	ck_assert_str_eq(deploycfg_get_string(schema, "prefix", &errors), "SHOP");
	ck_assert_str_eq(deploycfg_get_string(schema, "keys[0].key", &errors), "a-b");
	ck_assert_str_eq(deploycfg_get_string(schema, "keys[0].variable", &errors),
			 "SHOP__A_B");
	ck_assert_str_eq(deploycfg_get_string(schema, "keys[1].key", &errors),
			 "server.port");
	ck_assert_int_eq(deploycfg_get_int(schema, "keys[1].default", &errors), 8080);
	ck_assert_str_eq(api_place(deploycfg_find(schema, "keys[1].default", SIZE_MAX)),
			 "schema:3:62");
	ck_assert_ptr_null(errors);
	deploycfg_snapshot_unref(schema);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(without_a_schema_no_key_is_declared)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *schema = deploycfg_loader_schema(loader, &errors);

	ck_assert_ptr_null(errors);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(schema, "keys", SIZE_MAX)),
			 DEPLOYCFG_LIST);
	ck_assert_uint_eq(deploycfg_entry_count(deploycfg_find(schema, "keys", SIZE_MAX)),
			  0);
	deploycfg_snapshot_unref(schema);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(environments_are_those_that_have_a_layer)
{
	struct deploycfg_loader *loader = api_loader();

	scratch_write("base.yaml", "a: 1\nwhen@production:\n  a: 2\n");
	scratch_write("testing.yaml", "a: 3\n");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	ck_assert_str_eq(deploycfg_loader_environments(loader, &errors),
			 "testing,production");
	ck_assert_ptr_null(errors);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(declared_environments_need_no_layer_to_be_named)
{
	struct deploycfg_loader *loader = api_loader();

	scratch_write("deploycfg.yaml",
		      "deploycfg: 1\nenvironments: {staging: {}, production: {}}\n");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	ck_assert_str_eq(deploycfg_loader_environments(loader, &errors),
			 "staging,production");
	scratch_write("deploycfg.yaml", "deploycfg: 1\nenvironments: []\n");
	ck_assert_str_eq(deploycfg_loader_environments(loader, &errors), "");
	ck_assert_ptr_null(errors);
	scratch_write("deploycfg.yaml", "deploycfg: 2\n");
	ck_assert_ptr_null(deploycfg_loader_environments(loader, &errors));
	ck_assert_int_eq(api_take(&errors), DEPLOYCFG_ERR_UNSUPPORTED);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(limits_of_the_caller_beat_those_of_the_manifest)
{
	struct deploycfg_loader *loader = api_loader();

	scratch_write("deploycfg.yaml", "deploycfg: 1\nlimits: {value: 4}\n");
	scratch_write("base.yaml", "a: 12345\n");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_LIMIT);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_VALUE, 5);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_OK);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(program_and_manifest_do_not_both_declare_environments)
{
	struct deploycfg_loader *loader = api_loader();

	scratch_write("deploycfg.yaml", "deploycfg: 1\nenvironments: {production: {}}\n");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_declare_environment(loader, "staging", NULL, NULL, 0);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_ENVIRONMENT);
	deploycfg_loader_free(loader);
}
END_TEST

Suite *schemas_suite(void)
{
	Suite *suite = suite_create("schemas");
	TCase *tcase = tcase_create("schemas");

	scratch_add(tcase);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, absent_keys_get_their_defaults);
	tcase_add_test(tcase, values_are_stored_as_their_type);
	tcase_add_test(tcase, unknown_keys_are_judged_after_all_schemas_are_in);
	tcase_add_test(tcase, an_unknown_key_is_an_error_unless_told_otherwise);
	tcase_add_test(tcase, environments_of_the_program_may_warn_of_unknown_keys);
	tcase_add_test(tcase, a_wrong_schema_says_nothing_of_layers);
	tcase_add_test(tcase, a_missing_schema_is_an_error);
	tcase_add_test(tcase, a_missing_schema_may_be_optional);
	tcase_add_test(tcase, schemas_are_shown_as_a_configuration);
	tcase_add_test(tcase, without_a_schema_no_key_is_declared);
	tcase_add_test(tcase, environments_are_those_that_have_a_layer);
	tcase_add_test(tcase, declared_environments_need_no_layer_to_be_named);
	tcase_add_test(tcase, limits_of_the_caller_beat_those_of_the_manifest);
	tcase_add_test(tcase, program_and_manifest_do_not_both_declare_environments);
	suite_add_tcase(suite, tcase);
	return suite;
}
