/* SPDX-License-Identifier: ISC */
/* The table of sources: everything that was considered, and what became of it. */
#include "api.h"

#include <sys/stat.h>
#include <unistd.h>

static struct deploycfg_errors *errors;

static void setup(void)
{
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

/* A directory with a file of every kind, a named file, a text, variables and an override. */
static struct deploycfg_snapshot *of_everything(void)
{
	static const char *const variables[] = {"SHOP__K=1", "SHOP__M=", "OTHER=x", NULL};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	scratch_write("base.yaml", "k: 0\nm: 0\n");
	scratch_write("production.ini", "");
	scratch_write("production.yaml", "k: 1\n");
	scratch_write("testing.yaml", "]");
	scratch_write("logging.yaml", "]");
	scratch_write("README", "");
	ck_assert_int_eq(mkdir(scratch("sub"), 0700), 0);
	scratch_write("sub/named.yaml", "k: 2\n");
	deploycfg_loader_set_environment(loader, "prod");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_override(loader, "k", "3", "main.c:31");
	deploycfg_loader_add_file(loader, scratch("sub/named.yaml"));
	api_ini(loader, DEPLOYCFG_LAYER_DEFAULTS, "k = -1\n");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	cfg = api_load(loader);
	return cfg;
}

/* The source of a name, which is a file's in the scratch directory where it begins with /. */
static const struct deploycfg_source *find_source(const struct deploycfg_snapshot *cfg,
						  const char *name)
{
	const char *wanted = *name == '/' ? scratch(name + 1) : name;

	for (size_t i = 0; i < deploycfg_snapshot_sources(cfg); i++) {
		const struct deploycfg_source *source = deploycfg_snapshot_source(cfg, i);

		if (strcmp(deploycfg_source_name(source), wanted) == 0)
			return source;
	}
	ck_abort_msg("no source %s", wanted);
	return NULL;
}

static const struct {
	const char *name;
	enum deploycfg_source_kind kind;
	enum deploycfg_source_state state;
	int layer;
	const char *label; /* NULL: any */
	bool has_reason;
} wanted[] = {
	{"t100", DEPLOYCFG_SOURCE_TEXT, DEPLOYCFG_SOURCE_READ, 100, NULL, false},
	{"/base.yaml", DEPLOYCFG_SOURCE_FILE, DEPLOYCFG_SOURCE_READ, 200, "base", false},
	{"/production.ini", DEPLOYCFG_SOURCE_FILE, DEPLOYCFG_SOURCE_READ, 400,
	 "production", false},
	{"/production.yaml", DEPLOYCFG_SOURCE_FILE, DEPLOYCFG_SOURCE_READ, 400,
	 "production", false},
	{"/testing.yaml", DEPLOYCFG_SOURCE_FILE, DEPLOYCFG_SOURCE_IGNORED, 400, "testing",
	 true},
	{"/logging.yaml", DEPLOYCFG_SOURCE_FILE, DEPLOYCFG_SOURCE_NOT_A_LAYER, 0, "",
	 false},
	{"/sub/named.yaml", DEPLOYCFG_SOURCE_FILE, DEPLOYCFG_SOURCE_READ, 750, NULL,
	 false},
	{"env:SHOP__K", DEPLOYCFG_SOURCE_VARIABLE, DEPLOYCFG_SOURCE_READ, 900, "variable",
	 false},
	{"env:SHOP__M", DEPLOYCFG_SOURCE_VARIABLE, DEPLOYCFG_SOURCE_SKIPPED, 900,
	 "variable", false},
	{"main.c:31", DEPLOYCFG_SOURCE_OVERRIDE, DEPLOYCFG_SOURCE_READ, 1000, NULL,
	 false},
};

START_TEST(each_source_tells_kind_state_layer_and_label)
{
	struct deploycfg_snapshot *cfg = of_everything();

	for (size_t i = 0; i < COUNT(wanted); i++) {
		const struct deploycfg_source *source = find_source(cfg, wanted[i].name);

		ck_assert_msg(deploycfg_source_kind(source) == wanted[i].kind,
			      "kind of %s: %d", wanted[i].name,
			      deploycfg_source_kind(source));
		ck_assert_msg(deploycfg_source_state(source) == wanted[i].state,
			      "state of %s: %d", wanted[i].name,
			      deploycfg_source_state(source));
		ck_assert_int_eq(deploycfg_source_syntax(source),
				 strstr(wanted[i].name, ".yaml") ? DEPLOYCFG_YAML
								 : DEPLOYCFG_INI);
		ck_assert_msg(deploycfg_source_layer(source) == wanted[i].layer,
			      "layer of %s: %d", wanted[i].name,
			      deploycfg_source_layer(source));
		if (wanted[i].label)
			ck_assert_str_eq(deploycfg_source_label(source), wanted[i].label);
		ck_assert_ptr_nonnull(deploycfg_source_label(source));
		if (wanted[i].has_reason)
			ck_assert_str_ne(deploycfg_source_reason(source), "");
	}
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(sources_that_count_stand_in_the_order_of_their_strength)
{
	struct deploycfg_snapshot *cfg = of_everything();
	int layer = 0;

	for (size_t i = 0; i < deploycfg_snapshot_sources(cfg); i++) {
		const struct deploycfg_source *source = deploycfg_snapshot_source(cfg, i);

		if (deploycfg_source_state(source) == DEPLOYCFG_SOURCE_NOT_A_LAYER)
			continue;
		ck_assert_msg(deploycfg_source_layer(source) >= layer, "%s is below %d",
			      deploycfg_source_name(source), layer);
		layer = deploycfg_source_layer(source);
	}
	ck_assert_int_eq(layer, DEPLOYCFG_LAYER_OVERRIDES);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(the_table_ends_where_its_number_says)
{
	struct deploycfg_snapshot *cfg = of_everything();
	size_t count = deploycfg_snapshot_sources(cfg);

	ck_assert_ptr_nonnull(deploycfg_snapshot_source(cfg, count - 1));
	ck_assert_ptr_null(deploycfg_snapshot_source(cfg, count));
	ck_assert_ptr_null(deploycfg_snapshot_source(cfg, SIZE_MAX));
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(names_that_concern_nobody_are_not_listed_as_variables)
{
	struct deploycfg_snapshot *cfg = of_everything();

	for (size_t i = 0; i < deploycfg_snapshot_sources(cfg); i++)
		ck_assert_str_ne(deploycfg_source_name(deploycfg_snapshot_source(cfg, i)),
				 "env:OTHER");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_dangling_link_is_a_missing_file)
{
	struct deploycfg_loader *loader = api_loader();
	const struct deploycfg_source *source;
	struct deploycfg_snapshot *cfg;

	ck_assert_int_eq(symlink("nowhere", scratch("base.yaml")), 0);
	deploycfg_loader_add_dir(loader, scratch(NULL));
	cfg = deploycfg_loader_load(loader, &errors);
	ck_assert_ptr_nonnull(cfg);
	ck_assert(!deploycfg_errors_failed(errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 1);
	source = find_source(cfg, "/base.yaml");
	ck_assert_int_eq(deploycfg_source_state(source), DEPLOYCFG_SOURCE_MISSING);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_free(loader);
}
END_TEST

START_TEST(paths_are_named_as_they_were_given)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;
	char path[600];

	scratch_write("a.yaml", "a: 1\n");
	snprintf(path, sizeof(path), "%s/.//a.yaml", scratch(NULL));
	deploycfg_loader_add_file(loader, path);
	cfg = api_load(loader);
	ck_assert_str_eq(deploycfg_source_name(deploycfg_snapshot_source(cfg, 0)), path);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *sources_suite(void)
{
	Suite *suite = suite_create("sources");
	TCase *cases = tcase_create("sources");

	scratch_add(cases);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, each_source_tells_kind_state_layer_and_label);
	tcase_add_test(cases, sources_that_count_stand_in_the_order_of_their_strength);
	tcase_add_test(cases, the_table_ends_where_its_number_says);
	tcase_add_test(cases, names_that_concern_nobody_are_not_listed_as_variables);
	tcase_add_test(cases, a_dangling_link_is_a_missing_file);
	tcase_add_test(cases, paths_are_named_as_they_were_given);
	suite_add_tcase(suite, cases);
	return suite;
}
