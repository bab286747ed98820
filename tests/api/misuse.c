/* SPDX-License-Identifier: ISC */
/* A caller's mistakes: setters take them without a word, the next load tells the first. */
#include "api.h"

#include <limits.h>

static struct deploycfg_errors *errors;

static void setup(void)
{
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

static void prefix_in_small_letters(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "shop");
}

static void prefix_that_is_empty(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "");
}

static void prefix_with_underscore_at_end(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "SHOP_");
}

static void prefix_with_two_underscores(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "WEB__SHOP");
}

static void prefix_with_underscore_first(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "_SHOP");
}

static void prefix_with_digit_first(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "1SHOP");
}

static void prefix_of_other_letters(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_prefix(loader, "SH\xc3\x96P");
}

static void mode_below_all(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_variables(loader, (enum deploycfg_variables) - 1);
}

static void mode_above_all(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_variables(loader, (enum deploycfg_variables)3);
}

static void layer_zero(struct deploycfg_loader *loader)
{
	api_yaml(loader, 0, "a: 1");
}

static void layer_below_zero(struct deploycfg_loader *loader)
{
	api_yaml(loader, INT_MIN, "a: 1");
}

static void syntax_below_all(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_text(loader, 200, "t", (enum deploycfg_syntax) - 1, "", 0);
}

static void syntax_above_all(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_text(loader, 200, "t", (enum deploycfg_syntax)2, "", 0);
}

static void limit_below_all(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_limit(loader, (enum deploycfg_limit) - 1, 1);
}

static void limit_above_all(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_limit(
		loader, (enum deploycfg_limit)(DEPLOYCFG_LIMIT_SECRET_FILE + 1), 1);
}

static void depth_over_256(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DEPTH, 257);
}

static void path_over_4096(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_PATH, UINT64_MAX);
}

static void constant_unheard_of(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_constants(loader, "STAGING=1");
}

static void mapped_name_that_is_empty(struct deploycfg_loader *loader)
{
	deploycfg_loader_map_variable(loader, "", "a");
}

static void mapped_name_with_equals_sign(struct deploycfg_loader *loader)
{
	deploycfg_loader_map_variable(loader, "A=B", "a");
}

/* What is written in C as a null where a text must be. */
static void null_directory(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_dir(loader, NULL);
}

static void null_file(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_file(loader, NULL);
}

static void null_name(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_text(loader, 200, NULL, DEPLOYCFG_YAML, "", 0);
}

static void null_bytes(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_text(loader, 200, "t", DEPLOYCFG_YAML, NULL, 1);
}

static void null_override(struct deploycfg_loader *loader)
{
	deploycfg_loader_override(loader, NULL, "1", NULL);
}

static void null_override_text(struct deploycfg_loader *loader)
{
	deploycfg_loader_override(loader, "a", NULL, NULL);
}

static void null_override_value(struct deploycfg_loader *loader)
{
	deploycfg_loader_override_value(loader, "a", NULL, NULL);
}

static void null_variable(struct deploycfg_loader *loader)
{
	deploycfg_loader_map_variable(loader, NULL, "a");
}

static void null_variable_path(struct deploycfg_loader *loader)
{
	deploycfg_loader_map_variable(loader, "A", NULL);
}

static void null_overlay(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_overlay(loader, NULL);
}

static void null_env_file(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_env_file(loader, NULL);
}

static void null_secrets(struct deploycfg_loader *loader)
{
	deploycfg_loader_add_secrets(loader, NULL);
}

static void trust_unheard_of(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_trust(loader, (enum deploycfg_trust)2);
}

static void null_environment(struct deploycfg_loader *loader)
{
	deploycfg_loader_declare_environment(loader, NULL, NULL, NULL, 0);
}

static void project_with_a_slash(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_project(loader, "shop/../etc");
}

static void platform_that_is_empty(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_platform(loader, "");
}

static void program_with_a_dot_first(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_program(loader, ".web");
}

static void root_that_is_empty(struct deploycfg_loader *loader)
{
	deploycfg_loader_set_root(loader, "");
}

static const struct {
	const char *name;
	void (*commit)(struct deploycfg_loader *loader);
} mistakes[] = {
#define MISTAKE(name)                                                                    \
	{                                                                                \
#name, name                                                              \
	}
	MISTAKE(prefix_in_small_letters),
	MISTAKE(prefix_that_is_empty),
	MISTAKE(prefix_with_underscore_at_end),
	MISTAKE(prefix_with_two_underscores),
	MISTAKE(prefix_with_underscore_first),
	MISTAKE(prefix_with_digit_first),
	MISTAKE(prefix_of_other_letters),
	MISTAKE(mode_below_all),
	MISTAKE(mode_above_all),
	MISTAKE(layer_zero),
	MISTAKE(layer_below_zero),
	MISTAKE(syntax_below_all),
	MISTAKE(syntax_above_all),
	MISTAKE(limit_below_all),
	MISTAKE(limit_above_all),
	MISTAKE(depth_over_256),
	MISTAKE(path_over_4096),
	MISTAKE(constant_unheard_of),
	MISTAKE(mapped_name_that_is_empty),
	MISTAKE(mapped_name_with_equals_sign),
	MISTAKE(null_directory),
	MISTAKE(null_file),
	MISTAKE(null_name),
	MISTAKE(null_bytes),
	MISTAKE(null_override),
	MISTAKE(null_override_text),
	MISTAKE(null_override_value),
	MISTAKE(null_variable),
	MISTAKE(null_variable_path),
	MISTAKE(null_overlay),
	MISTAKE(null_env_file),
	MISTAKE(null_secrets),
	MISTAKE(trust_unheard_of),
	MISTAKE(null_environment),
	MISTAKE(project_with_a_slash),
	MISTAKE(platform_that_is_empty),
	MISTAKE(program_with_a_dot_first),
	MISTAKE(root_that_is_empty),
#undef MISTAKE
};

START_TEST(a_mistake_is_remembered_and_told_by_every_load)
{
	static const char *const variables[] = {"A=1", "=2", NULL};
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 100, "fine: 1\n");
	deploycfg_loader_set_environ(loader, variables);
	mistakes[_i].commit(loader);
	ck_assert_msg(api_status(loader) == DEPLOYCFG_ERR_ARGUMENT, "%s: %d",
		      mistakes[_i].name, api_status(loader));
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_ARGUMENT);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(the_first_mistake_is_the_one_told)
{
	struct deploycfg_loader *loader = api_loader();
	char first[512];

	layer_zero(loader);
	errors = api_fails(loader);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	snprintf(first, sizeof(first), "%s",
		 deploycfg_error_message(deploycfg_errors_at(errors, 0)));
	errors = deploycfg_errors_free(errors);
	loader = api_loader();
	layer_zero(loader);
	limit_above_all(loader);
	prefix_in_small_letters(loader);
	errors = api_fails(loader);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)), first);
}
END_TEST

START_TEST(what_is_right_later_does_not_undo_a_mistake)
{
	struct deploycfg_loader *loader = api_loader();

	prefix_in_small_letters(loader);
	deploycfg_loader_set_prefix(loader, "SHOP");
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_ARGUMENT);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(setters_take_what_is_at_the_edge)
{
	static const char *const prefixes[] = {"A",        "A1",     "SHOP",
					       "WEB_SHOP", "A_1_B2", NULL};
	struct deploycfg_loader *loader = api_loader();

	for (size_t i = 0; i < COUNT(prefixes); i++)
		deploycfg_loader_set_prefix(loader, prefixes[i]);
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_NEVER);
	deploycfg_loader_set_variables(loader, DEPLOYCFG_VARIABLES_ALWAYS);
	deploycfg_loader_add_text(loader, 1, "t", DEPLOYCFG_INI, "", 0);
	deploycfg_loader_add_text(loader, 1000, "t", DEPLOYCFG_YAML, "", 0);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DEPTH, 256);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_PATH, 4096);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_TOTAL, UINT64_MAX);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_FILE, UINT64_MAX);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_KEYS, UINT64_MAX);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_SOURCES, UINT64_MAX);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_ANCHORS, UINT64_MAX);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DIRECTIVES, UINT64_MAX);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DIAGNOSTICS, UINT64_MAX);
	deploycfg_snapshot_unref(api_load(loader));
}
END_TEST

Suite *misuse_suite(void)
{
	Suite *suite = suite_create("misuse");
	TCase *cases = tcase_create("misuse");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, a_mistake_is_remembered_and_told_by_every_load, 0,
			    (int)COUNT(mistakes));
	tcase_add_test(cases, the_first_mistake_is_the_one_told);
	tcase_add_test(cases, what_is_right_later_does_not_undo_a_mistake);
	tcase_add_test(cases, setters_take_what_is_at_the_edge);
	suite_add_tcase(suite, cases);
	return suite;
}
