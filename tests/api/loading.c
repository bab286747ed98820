/* SPDX-License-Identifier: ISC */
/* What a load reads, when it reads it, and what it leaves alone. */
#include "api.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static struct deploycfg_errors *errors;

static void setup(void)
{
	scratch_write("base.yaml", "port: 80\nhost: localhost\n");
	scratch_write("production.ini", "port = 443\n");
	scratch_write("testing.yaml", "port: 0\n");
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

static struct deploycfg_loader *of_directory(const char *environment)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_set_environment(loader, environment);
	return loader;
}

START_TEST(one_call_reads_a_directory)
{
	struct deploycfg_snapshot *cfg =
		deploycfg_load(scratch(NULL), NULL, "production", &errors);

	ck_assert_ptr_nonnull(cfg);
	ck_assert_ptr_null(errors);
	ck_assert_str_eq(api_leaves(cfg), "host=localhost port=443");
	ck_assert_str_eq(deploycfg_snapshot_environment(cfg), "production");
	ck_assert_str_eq(deploycfg_snapshot_selected_by(cfg), "argument");
	ck_assert_ptr_null(deploycfg_snapshot_unref(cfg));
}
END_TEST

START_TEST(a_load_that_fails_gives_null_and_every_error)
{
	scratch_write("base.yaml", "a: 1\na: 2\nb: 1\nb: 2\n");
	ck_assert_ptr_null(deploycfg_load(scratch(NULL), NULL, "production", &errors));
	ck_assert(deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 2);
	ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, 0)), "a");
	ck_assert_str_eq(deploycfg_error_key(deploycfg_errors_at(errors, 1)), "b");
}
END_TEST

START_TEST(errors_may_be_null_in_success_and_failure)
{
	struct deploycfg_loader *loader = of_directory("production");
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, NULL);

	ck_assert_str_eq(api_leaves(cfg), "host=localhost port=443");
	deploycfg_loader_add_file(loader, scratch("nowhere.yaml"));
	ck_assert_ptr_null(deploycfg_loader_load(loader, NULL));
	ck_assert_ptr_null(deploycfg_load(scratch("nowhere"), NULL, "production", NULL));
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_loader_without_sources_gives_an_empty_map)
{
	struct deploycfg_snapshot *cfg = api_load(api_loader());

	ck_assert_int_eq(deploycfg_entry_type(deploycfg_root(cfg)), DEPLOYCFG_MAP);
	ck_assert_uint_eq(deploycfg_entry_count(deploycfg_root(cfg)), 0);
	ck_assert_ptr_null(deploycfg_entry_source(deploycfg_root(cfg)));
	ck_assert_str_eq(deploycfg_snapshot_environment(cfg), "");
	ck_assert_uint_eq(deploycfg_snapshot_sources(cfg), 0);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(what_is_named_must_exist_and_be_what_it_is_said_to_be)
{
	static const struct {
		bool is_dir;
		const char *name;
		int status;
	} rows[] = {
		{true, "nowhere", DEPLOYCFG_ERR_NOT_FOUND},
		{true, "base.yaml", DEPLOYCFG_ERR_NOT_REGULAR},
		{true, "fifo", DEPLOYCFG_ERR_NOT_REGULAR},
		{false, "nowhere.yaml", DEPLOYCFG_ERR_NOT_FOUND},
		{false, "dir.yaml", DEPLOYCFG_ERR_NOT_REGULAR},
		{false, "fifo.yaml", DEPLOYCFG_ERR_NOT_REGULAR},
		{false, "base.yaml/x.yaml", DEPLOYCFG_ERR_NOT_FOUND},
	};

	ck_assert_int_eq(mkdir(scratch("dir.yaml"), 0700), 0);
	ck_assert_int_eq(mkfifo(scratch("fifo"), 0600), 0);
	ck_assert_int_eq(mkfifo(scratch("fifo.yaml"), 0600), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct deploycfg_loader *loader = api_loader();
		const char *path = scratch(rows[i].name), *file;

		if (rows[i].is_dir)
			deploycfg_loader_add_dir(loader, path);
		else
			deploycfg_loader_add_file(loader, path);
		errors = api_fails(loader);
		file = deploycfg_error_file(deploycfg_errors_at(errors, 0));
		ck_assert_msg(strcmp(file, path) == 0, "%s is said to be in %s", path,
			      file);
		ck_assert_msg(api_take(&errors) == rows[i].status, "%s", path);
	}
}
END_TEST

START_TEST(a_loader_opens_nothing_before_it_loads)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_add_file(loader, scratch("late.yaml"));
	scratch_write("late.yaml", "a: 1\n");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "a=1");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_loader_loads_again_from_the_disk)
{
	struct deploycfg_loader *loader = of_directory("production");
	struct deploycfg_snapshot *before = deploycfg_loader_load(loader, &errors),
				  *after;

	scratch_write("production.ini", "port = 8443\n");
	after = deploycfg_loader_load(loader, &errors);
	ck_assert_ptr_null(errors);
	ck_assert_str_eq(api_leaves(before), "host=localhost port=443");
	ck_assert_str_eq(api_leaves(after), "host=localhost port=8443");
	ck_assert_str_ne(deploycfg_snapshot_values_digest(before),
			 deploycfg_snapshot_values_digest(after));
	deploycfg_snapshot_unref(before);
	deploycfg_snapshot_unref(after);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(a_loader_recovers_from_a_load_that_failed)
{
	struct deploycfg_loader *loader = of_directory("production");
	struct deploycfg_snapshot *cfg;

	scratch_write("production.ini", "port\n");
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_SYNTAX);
	scratch_write("production.ini", "port = 1\n");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "host=localhost port=1");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_loader_may_be_told_more_between_loads)
{
	struct deploycfg_loader *loader = of_directory("production");
	struct deploycfg_snapshot *cfg;

	ck_assert_int_eq(api_status(loader), DEPLOYCFG_OK);
	deploycfg_loader_override(loader, "port", "1", NULL);
	deploycfg_loader_set_environment(loader, "test");
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "host=localhost port=1");
	ck_assert_str_eq(deploycfg_snapshot_environment(cfg), "testing");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_snapshot_outlives_loader_files_and_errors)
{
	struct deploycfg_loader *loader = of_directory("production");
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);

	deploycfg_loader_free(loader);
	ck_assert_int_eq(remove(scratch("base.yaml")), 0);
	errors = deploycfg_errors_free(errors);
	ck_assert_str_eq(deploycfg_get_string(cfg, "host", NULL), "localhost");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "host", SIZE_MAX)) +
				 strlen(scratch(NULL)),
			 "/base.yaml:2:7");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(two_loaders_are_independent)
{
	struct deploycfg_loader *a = of_directory("production"),
				*b = of_directory("testing");
	struct deploycfg_snapshot *of_a, *of_b;

	deploycfg_loader_override(a, "only", "a", NULL);
	deploycfg_loader_set_limit(b, DEPLOYCFG_LIMIT_VALUE, 9);
	deploycfg_loader_set_prefix(b, "not a prefix");
	ck_assert_int_eq(api_status(b), DEPLOYCFG_ERR_ARGUMENT);
	of_a = api_load(a);
	deploycfg_loader_free(b);
	b = of_directory("testing");
	of_b = api_load(b);
	ck_assert_str_eq(api_leaves(of_a), "host=localhost only=a port=443");
	ck_assert_str_eq(api_leaves(of_b), "host=localhost port=0");
	deploycfg_snapshot_unref(of_a);
	deploycfg_snapshot_unref(of_b);
}
END_TEST

START_TEST(setters_copy_what_they_are_given)
{
	struct deploycfg_loader *loader = api_loader();
	char path[512], name[] = "n", text[] = "a: 1\n", key[] = "k", value[] = "v",
			origin[] = "o", variable[] = "SHOP__A=5", prefix[] = "SHOP",
			environment[] = "prod", constants[] = "PRODUCTION=1",
			mapped[] = "V";
	const char *variables[] = {variable, NULL};
	struct deploycfg_snapshot *cfg;

	snprintf(path, sizeof(path), "%s", scratch(NULL));
	deploycfg_loader_add_dir(loader, path);
	deploycfg_loader_add_text(loader, 300, name, DEPLOYCFG_YAML, text, strlen(text));
	deploycfg_loader_override(loader, key, value, origin);
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_set_prefix(loader, prefix);
	deploycfg_loader_set_environment(loader, environment);
	deploycfg_loader_set_constants(loader, constants);
	deploycfg_loader_map_variable(loader, mapped, key);
	memset(path, 'x', strlen(path));
	variables[0] = NULL;
	name[0] = text[0] = key[0] = value[0] = origin[0] = variable[0] = prefix[0] = 'x';
	environment[0] = constants[0] = mapped[0] = 'x';
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "a=5 host=localhost k=v port=443");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "k", 1)), "o:0:0");
	ck_assert_str_eq(
		api_place(deploycfg_entry_related(deploycfg_find(cfg, "a", SIZE_MAX))),
		"n:1:4");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* A copy of the environment's pointers and texts, to be freed. */
static char *copy_of_environ(void)
{
	char *copy = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&copy, &size);

	for (char **variable = environ; *variable; variable++)
		fprintf(stream, "%p %s\n", (void *)*variable, *variable);
	fclose(stream);
	return copy;
}

START_TEST(environment_locale_and_signals_are_left_alone)
{
	char *before = copy_of_environ(), *after,
	     *locale = strdup(setlocale(LC_ALL, NULL));
	char **list = environ;
	struct sigaction pipe_before, pipe_after;
	struct deploycfg_snapshot *cfg;

	sigaction(SIGPIPE, NULL, &pipe_before);
	cfg = deploycfg_load(scratch(NULL), "SHOP", "production", &errors);
	ck_assert_ptr_null(
		deploycfg_load(scratch("nowhere"), "SHOP", "production", &errors));
	sigaction(SIGPIPE, NULL, &pipe_after);
	after = copy_of_environ();
	ck_assert_ptr_eq(list, environ);
	ck_assert_str_eq(before, after);
	ck_assert_str_eq(locale, setlocale(LC_ALL, NULL));
	ck_assert(pipe_before.sa_handler == pipe_after.sa_handler);
	free(before);
	free(after);
	free(locale);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(no_descriptor_stays_open)
{
	int before = dup(0), after;

	close(before);
	deploycfg_snapshot_unref(
		deploycfg_load(scratch(NULL), NULL, "production", &errors));
	deploycfg_load(scratch("base.yaml"), NULL, "production", &errors);
	scratch_write("base.yaml", "]");
	deploycfg_load(scratch(NULL), NULL, "production", &errors);
	after = dup(0);
	close(after);
	ck_assert_int_ge(before, 0);
	ck_assert_int_eq(before, after);
}
END_TEST

START_TEST(a_loader_is_freed_as_null_too)
{
	ck_assert_ptr_null(deploycfg_loader_free(NULL));
	ck_assert_ptr_null(deploycfg_loader_free(deploycfg_loader_new()));
}
END_TEST

Suite *loading_suite(void)
{
	Suite *suite = suite_create("loading");
	TCase *cases = tcase_create("loading");

	scratch_add(cases);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, one_call_reads_a_directory);
	tcase_add_test(cases, a_load_that_fails_gives_null_and_every_error);
	tcase_add_test(cases, errors_may_be_null_in_success_and_failure);
	tcase_add_test(cases, a_loader_without_sources_gives_an_empty_map);
	tcase_add_test(cases, what_is_named_must_exist_and_be_what_it_is_said_to_be);
	tcase_add_test(cases, a_loader_opens_nothing_before_it_loads);
	tcase_add_test(cases, a_loader_loads_again_from_the_disk);
	tcase_add_test(cases, a_loader_recovers_from_a_load_that_failed);
	tcase_add_test(cases, a_loader_may_be_told_more_between_loads);
	tcase_add_test(cases, a_snapshot_outlives_loader_files_and_errors);
	tcase_add_test(cases, two_loaders_are_independent);
	tcase_add_test(cases, setters_copy_what_they_are_given);
	tcase_add_test(cases, environment_locale_and_signals_are_left_alone);
	tcase_add_test(cases, no_descriptor_stays_open);
	tcase_add_test(cases, a_loader_is_freed_as_null_too);
	suite_add_tcase(suite, cases);
	return suite;
}
