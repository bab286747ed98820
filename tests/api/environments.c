/* SPDX-License-Identifier: ISC */
/* Environments that a program declares: what they inherit, what they mean, what is refused. */
#include "api.h"

static struct deploycfg_errors *errors;

static void setup(void)
{
	errors = NULL;
	scratch_write("base.yaml", "a: base\nb: base\nc: base\n");
	scratch_write("production.yaml", "a: production\nb: production\n");
	scratch_write("staging.yaml", "a: staging\n");
	scratch_write("local.yaml", "local: true\n");
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

static void declare(struct deploycfg_loader *loader, const char *name,
		    const char *inherits, unsigned properties)
{
	deploycfg_loader_declare_environment(loader, name, NULL, inherits, properties);
}

/* staging inherits production; production is declared behind it. */
static struct deploycfg_loader *staging(unsigned properties)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_dir(loader, scratch(NULL));
	declare(loader, "staging", "production", properties);
	declare(loader, "production", NULL, 0);
	deploycfg_loader_set_environment(loader, "staging");
	return loader;
}

static void leaves_are(struct deploycfg_loader *loader, const char *leaves)
{
	struct deploycfg_snapshot *cfg = api_load(loader);

	ck_assert_str_eq(api_leaves(cfg), leaves);
	deploycfg_snapshot_unref(cfg);
}

START_TEST(layers_of_the_parent_come_first)
{
	leaves_are(staging(0), "a=staging b=production c=base");
}
END_TEST

START_TEST(the_parent_does_not_read_its_heir)
{
	struct deploycfg_loader *loader = staging(0);

	deploycfg_loader_set_environment(loader, "prod");
	leaves_are(loader, "a=production b=production c=base");
}
END_TEST

START_TEST(a_layer_of_the_parent_is_no_layer_of_its_own)
{
	ck_assert_int_eq(remove(scratch("staging.yaml")), 0);
	struct deploycfg_loader *loader = staging(0);

	errors = api_fails(loader);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
			 "the environment staging has no layer of its own");
	leaves_are(staging(DEPLOYCFG_LAYER_OPTIONAL), "a=production b=production c=base");
}
END_TEST

START_TEST(blocks_of_the_parent_come_first)
{
	struct deploycfg_loader *loader = api_loader();

	declare(loader, "staging", "production", 0);
	declare(loader, "production", NULL, 0);
	deploycfg_loader_set_environment(loader, "staging");
	api_yaml(loader, 200,
		 "a: 1\nwhen@staging:\n  a: 3\nwhen@production:\n  a: 2\n  b: 2\n");
	leaves_are(loader, "a=3 b=2");
}
END_TEST

START_TEST(declarations_replace_the_built_in_ones)
{
	struct deploycfg_loader *loader = api_loader();

	declare(loader, "staging", NULL, 0);
	deploycfg_loader_set_environment(loader, "production");
	errors = api_fails(loader);
	ck_assert_str_eq(deploycfg_error_hint(deploycfg_errors_at(errors, 0)),
			 "declared are staging");
}
END_TEST

START_TEST(a_built_in_name_keeps_what_it_is)
{
	static const char *const variables[] = {"A=b", NULL};
	struct deploycfg_loader *loader = api_loader();

	declare(loader, "testing", NULL, DEPLOYCFG_LAYER_OPTIONAL);
	deploycfg_loader_set_environment(loader, "test");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_map_variable(loader, "A", "a");
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);

	deploycfg_loader_free(loader);
	ck_assert_str_eq(deploycfg_snapshot_environment(cfg), "testing");
	ck_assert_str_eq(api_leaves(cfg), "={}"); /* hermetic, with a warning */
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_property_can_be_denied)
{
	static const char *const variables[] = {"A=b", NULL};
	struct deploycfg_loader *loader = api_loader();

	declare(loader, "testing", NULL,
		DEPLOYCFG_LAYER_OPTIONAL | DEPLOYCFG_NOT_HERMETIC);
	deploycfg_loader_set_environment(loader, "testing");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_map_variable(loader, "A", "a");
	leaves_are(loader, "a=b");
}
END_TEST

START_TEST(properties_are_inherited_and_can_be_denied)
{
	struct deploycfg_loader *loader = staging(DEPLOYCFG_LOCAL);

	leaves_are(loader, "a=staging b=production c=base local=true");
	loader = api_loader();
	deploycfg_loader_add_dir(loader, scratch(NULL));
	declare(loader, "production", NULL, DEPLOYCFG_LOCAL);
	declare(loader, "staging", "production", 0);
	deploycfg_loader_set_environment(loader, "staging");
	leaves_are(loader, "a=staging b=production c=base local=true");
	leaves_are(staging(DEPLOYCFG_NOT_LOCAL), "a=staging b=production c=base");
}
END_TEST

START_TEST(aliases_select_and_name_files)
{
	struct deploycfg_loader *loader = api_loader();

	scratch_write("stage.ini", "d = alias\n");
	ck_assert_int_eq(remove(scratch("staging.yaml")), 0);
	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_declare_environment(loader, "staging", "stg,stage", NULL, 0);
	deploycfg_loader_set_environment(loader, "stg");
	leaves_are(loader, "a=base b=base c=base d=alias");
}
END_TEST

START_TEST(a_constant_of_what_is_not_declared)
{
	struct deploycfg_loader *loader = api_loader();

	declare(loader, "staging", NULL, DEPLOYCFG_LAYER_OPTIONAL);
	deploycfg_loader_set_environment(loader, "staging");
	deploycfg_loader_set_constants(loader, "TESTING=0 PRODUCTION=0");
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_OK);
	deploycfg_loader_set_constants(loader, "TESTING=1");
	errors = api_fails(loader);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
			 "the constant TESTING names the environment 'testing', which is "
			 "not declared");
}
END_TEST

/* One declaration or two, and what is wrong with the last one. */
static void refused(const char *first, const char *name, const char *aliases,
		    const char *inherits, unsigned properties, const char *message)
{
	struct deploycfg_loader *loader = api_loader();

	if (first)
		declare(loader, first, NULL, 0);
	deploycfg_loader_declare_environment(loader, name, aliases, inherits, properties);
	errors = api_fails(loader);
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, 0)),
			 DEPLOYCFG_ERR_ENVIRONMENT);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
			 message);
	errors = deploycfg_errors_free(errors);
}

START_TEST(what_cannot_be_declared_is_refused)
{
#define OF(name) "the declaration of the environment '" name "' "
	refused(NULL, "Staging", NULL, NULL, 0,
		OF("Staging") "has a name that cannot be one: 'Staging'");
	refused(NULL, "none", NULL, NULL, 0,
		OF("none") "has a name that cannot be one: 'none'");
	refused(NULL, "local", NULL, NULL, 0,
		OF("local") "has the name of another layer: 'local'");
	refused(NULL, "staging", "a,,b", NULL, 0,
		OF("staging") "has a name that cannot be one: ''");
	refused("staging", "staging", NULL, NULL, 0,
		OF("staging") "has a name that is taken: 'staging'");
	refused("production", "eu", "prod", NULL, 0,
		OF("eu") "has a name that is taken: 'prod'");
	refused(NULL, "eu", "eu", NULL, 0, OF("eu") "has a name that is taken: 'eu'");
	refused(NULL, "eu", NULL, "us", 0,
		OF("eu") "inherits what is not declared: 'us'");
	refused(NULL, "eu", NULL, "eu", 0, OF("eu") "inherits in a circle, from 'eu'");
	refused(NULL, "eu", NULL, NULL, DEPLOYCFG_LOCAL | DEPLOYCFG_NOT_LOCAL,
		OF("eu") "contradicts itself: 'eu'");
	refused(NULL, "eu", NULL, NULL, 256, OF("eu") "contradicts itself: 'eu'");
#undef OF
}
END_TEST

START_TEST(a_longer_circle_is_found)
{
	struct deploycfg_loader *loader = api_loader();

	declare(loader, "a", "b", 0);
	declare(loader, "b", "c", 0);
	declare(loader, "c", "a", 0);
	errors = api_fails(loader);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
			 "the declaration of the environment 'c' inherits in a circle, "
			 "from 'a'");
}
END_TEST

Suite *environments_suite(void)
{
	Suite *suite = suite_create("environments");
	TCase *cases = tcase_create("environments");

	scratch_add(cases);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, layers_of_the_parent_come_first);
	tcase_add_test(cases, the_parent_does_not_read_its_heir);
	tcase_add_test(cases, a_layer_of_the_parent_is_no_layer_of_its_own);
	tcase_add_test(cases, blocks_of_the_parent_come_first);
	tcase_add_test(cases, declarations_replace_the_built_in_ones);
	tcase_add_test(cases, a_built_in_name_keeps_what_it_is);
	tcase_add_test(cases, a_property_can_be_denied);
	tcase_add_test(cases, properties_are_inherited_and_can_be_denied);
	tcase_add_test(cases, aliases_select_and_name_files);
	tcase_add_test(cases, a_constant_of_what_is_not_declared);
	tcase_add_test(cases, what_cannot_be_declared_is_refused);
	tcase_add_test(cases, a_longer_circle_is_found);
	suite_add_tcase(suite, cases);
	return suite;
}
