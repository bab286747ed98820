/* SPDX-License-Identifier: ISC */
/* Texts at any layer and in both syntaxes, and overrides. */
#include "api.h"

static struct deploycfg_errors *errors;

static void setup(void)
{
	scratch_write("base.yaml", "k: base\n");
	scratch_write("production.yaml", "k: production\n");
	scratch_write("named.ini", "k = named\n");
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
}

/* A base file, an environment file, a named file and a variable; each sets k. */
static struct deploycfg_loader *of_all_layers(void)
{
	static const char *const variables[] = {"SHOP__K=variable", NULL};
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_set_environment(loader, "production");
	deploycfg_loader_add_dir(loader, scratch(NULL));
	deploycfg_loader_add_file(loader, scratch("named.ini"));
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	return loader;
}

/* The texts of a key from the strongest to the weakest. */
static const char *ranking(const struct deploycfg_snapshot *cfg, const char *path)
{
	static char buffer[512];
	const struct deploycfg_entry *entry = deploycfg_find(cfg, path, SIZE_MAX);
	size_t length = 0;

	ck_assert_ptr_nonnull(entry);
	length = (size_t)snprintf(buffer, sizeof(buffer), "%s",
				  deploycfg_entry_text(entry, NULL));
	for (entry = deploycfg_entry_related(entry); entry;
	     entry = deploycfg_entry_next_related(entry))
		length += (size_t)snprintf(buffer + length, sizeof(buffer) - length,
					   " %s", deploycfg_entry_text(entry, NULL));
	return buffer;
}

START_TEST(a_text_stands_where_its_layer_says)
{
	static const struct {
		int layer;
		const char *ranking;
	} rows[] = {
		{1, "variable named production base text"},
		{DEPLOYCFG_LAYER_DEFAULTS, "variable named production base text"},
		{DEPLOYCFG_LAYER_BASE - 1, "variable named production base text"},
		{DEPLOYCFG_LAYER_BASE, "variable named production text base"},
		{DEPLOYCFG_LAYER_BASE + 1, "variable named production text base"},
		{DEPLOYCFG_LAYER_ENVIRONMENT, "variable named text production base"},
		{DEPLOYCFG_LAYER_FILE - 1, "variable named text production base"},
		{DEPLOYCFG_LAYER_FILE, "variable text named production base"},
		{DEPLOYCFG_LAYER_VARIABLES - 1, "variable text named production base"},
		{DEPLOYCFG_LAYER_VARIABLES + 1, "text variable named production base"},
		{DEPLOYCFG_LAYER_OVERRIDES - 1, "text variable named production base"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct deploycfg_loader *loader = of_all_layers();
		struct deploycfg_snapshot *cfg;

		api_ini(loader, rows[i].layer, "k = text\n");
		cfg = api_load(loader);
		ck_assert_msg(strcmp(ranking(cfg, "k"), rows[i].ranking) == 0, "%d: %s",
			      rows[i].layer, ranking(cfg, "k"));
		deploycfg_snapshot_unref(cfg);
	}
}
END_TEST

START_TEST(texts_of_one_layer_stand_in_call_order)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 200, "k: first");
	api_ini(loader, 200, "k = second");
	api_yaml(loader, 150, "k: weaker");
	api_yaml(loader, 200, "k: third");
	cfg = api_load(loader);
	ck_assert_str_eq(ranking(cfg, "k"), "third second first weaker");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(of_equal_layers_the_later_call_is_the_stronger)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, DEPLOYCFG_LAYER_FILE, "k: text750");
	api_yaml(loader, DEPLOYCFG_LAYER_BASE, "k: text200");
	deploycfg_loader_add_file(loader, scratch("named.ini"));
	deploycfg_loader_add_dir(loader, scratch(NULL));
	cfg = api_load(loader);
	ck_assert_str_eq(ranking(cfg, "k"), "named text750 base text200");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(later_directories_and_files_are_stronger)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	scratch_write("one.yaml", "k: one\n");
	scratch_write("two.yml", "k: two\n");
	deploycfg_loader_add_file(loader, scratch("two.yml"));
	deploycfg_loader_add_file(loader, scratch("one.yaml"));
	deploycfg_loader_add_dir(loader, scratch(NULL));
	cfg = api_load(loader);
	ck_assert_str_eq(ranking(cfg, "k"), "one two base");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(both_syntaxes_tell_their_places_under_the_name_given)
{
	static const char name[] = "https://store/app@42", yaml[] = "a:\n  b: 1\n",
			  ini[] = "[a]\n  c = 2\n";
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_add_text(loader, 200, name, DEPLOYCFG_YAML, yaml, strlen(yaml));
	deploycfg_loader_add_text(loader, 200, "ini", DEPLOYCFG_INI, ini, strlen(ini));
	cfg = api_load(loader);
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "a.b", 3)),
			 "https://store/app@42:2:6");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "a.c", 3)), "ini:2:7");
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "a.b", 3)),
			 DEPLOYCFG_INT);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "a.c", 3)),
			 DEPLOYCFG_STRING);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_text_ends_at_its_length)
{
	static const char text[] = "a: 12345\nb: [";
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_add_text(loader, 200, "t", DEPLOYCFG_YAML, text, 6);
	deploycfg_loader_add_text(loader, 300, "empty", DEPLOYCFG_INI, "x", 0);
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "a=123");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_nul_in_a_text_is_found_and_not_its_end)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_text(loader, 200, "t", DEPLOYCFG_INI, "a = 1\0\nb = 2\n",
				  14);
	errors = api_fails(loader);
	ck_assert_str_eq(api_error_place(deploycfg_errors_at(errors, 0)), "t:1:6");
}
END_TEST

START_TEST(an_override_is_over_everything)
{
	struct deploycfg_loader *loader = of_all_layers();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, DEPLOYCFG_LAYER_OVERRIDES, "k: text");
	deploycfg_loader_override(loader, "k", "first", NULL);
	deploycfg_loader_override(loader, "k", "second", NULL);
	cfg = api_load(loader);
	ck_assert_str_eq(ranking(cfg, "k"),
			 "second first text variable named production base");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(an_override_is_over_a_text_of_any_layer)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, DEPLOYCFG_LAYER_OVERRIDES, "k: text");
	deploycfg_loader_override(loader, "k", "override", NULL);
	cfg = api_load(loader);
	ck_assert_str_eq(ranking(cfg, "k"), "override text");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(an_override_is_named_by_its_origin_or_its_number)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_override(loader, "a", "1", "main.c:31");
	deploycfg_loader_override(loader, "b", "2", NULL);
	deploycfg_loader_override_value(loader, "c", "3", NULL);
	deploycfg_loader_override_value(loader, "d", "4", "--set[2]");
	cfg = api_load(loader);
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "a", 1)), "main.c:31:0:0");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "b", 1)), "override[2]:0:0");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "c", 1)), "override[3]:0:0");
	ck_assert_str_eq(api_place(deploycfg_find(cfg, "d", 1)), "--set[2]:0:0");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

/* What an override makes of `port: 80`, `list: [1, 2]`, `map: {a: 1}`, `nil: null`. */
struct override {
	bool is_value;
	const char *path, *text;
	int status;
	enum deploycfg_type type;
	const char *leaves; /* of the overridden key */
};

static const struct override overrides[] = {
	{false, "port", "9090", 0, DEPLOYCFG_INT, "9090"},
	{false, "port", "90x", DEPLOYCFG_ERR_VALUE, 0, NULL},
	{false, "port", "", DEPLOYCFG_ERR_VALUE, 0, NULL},
	{true, "port", "9090", 0, DEPLOYCFG_INT, "9090"},
	{true, "port", "'9090'", 0, DEPLOYCFG_STRING, "9090"},
	{true, "port", "true", 0, DEPLOYCFG_BOOL, "true"},
	{true, "list", "[3]", 0, DEPLOYCFG_LIST, NULL},
	{false, "list", "3, 4, 5", 0, DEPLOYCFG_LIST, NULL},
	{false, "list[1]", "7", 0, DEPLOYCFG_INT, "7"},
	{false, "nil", "5", 0, DEPLOYCFG_STRING, "5"},
	{true, "nil", "5", 0, DEPLOYCFG_INT, "5"},
	{false, "new.deep.key", "x", 0, DEPLOYCFG_STRING, "x"},
	{true, "new.deep.key", "{a: 1}", 0, DEPLOYCFG_MAP, NULL},
	{false, "new.\"a.b\"", "x", 0, DEPLOYCFG_STRING, "x"},
	{false, "map", "x", DEPLOYCFG_ERR_CLASH, 0, NULL},
	{false, "port.deeper", "x", DEPLOYCFG_ERR_CLASH, 0, NULL},
	{true, "port", "[", DEPLOYCFG_ERR_SYNTAX, 0, NULL},
	{false, "a..b", "x", DEPLOYCFG_ERR_KEY, 0, NULL},
	{false, "", "x", DEPLOYCFG_ERR_KEY, 0, NULL},
	{true, "a[", "1", DEPLOYCFG_ERR_KEY, 0, NULL},
};

static void check_override(const struct override *row)
{
	struct deploycfg_loader *loader = api_loader();
	const struct deploycfg_entry *entry;
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 200, "port: 80\nlist: [1, 2]\nmap: {a: 1}\nnil: null\n");
	(row->is_value ? deploycfg_loader_override_value : deploycfg_loader_override)(
		loader, row->path, row->text, "main.c:31");
	if (row->status) {
		errors = api_fails(loader);
		ck_assert_str_eq(deploycfg_error_file(deploycfg_errors_at(errors, 0)),
				 "main.c:31");
		ck_assert_int_eq(api_take(&errors), row->status);
		return;
	}
	cfg = api_load(loader);
	entry = deploycfg_find(cfg, row->path, SIZE_MAX);
	ck_assert_ptr_nonnull(entry);
	ck_assert_int_eq(deploycfg_entry_type(entry), row->type);
	if (row->leaves)
		ck_assert_str_eq(deploycfg_entry_text(entry, NULL), row->leaves);
	ck_assert_str_eq(api_place(entry), "main.c:31:0:0");
	deploycfg_snapshot_unref(cfg);
}

START_TEST(an_override_takes_the_type_it_overrides_unless_it_is_a_value)
{
	check_override(&overrides[_i]);
}
END_TEST

START_TEST(items_of_an_overridden_list_have_its_type)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_snapshot *cfg;

	api_yaml(loader, 200, "list: [1, 2]\n");
	deploycfg_loader_override(loader, "list", "3, 4, 5", NULL);
	cfg = api_load(loader);
	ck_assert_str_eq(api_leaves(cfg), "list[0]=3 list[1]=4 list[2]=5");
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_find(cfg, "list[2]", SIZE_MAX)),
			 DEPLOYCFG_INT);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

Suite *texts_suite(void)
{
	Suite *suite = suite_create("texts");
	TCase *cases = tcase_create("texts");

	scratch_add(cases);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_text_stands_where_its_layer_says);
	tcase_add_test(cases, texts_of_one_layer_stand_in_call_order);
	tcase_add_test(cases, of_equal_layers_the_later_call_is_the_stronger);
	tcase_add_test(cases, later_directories_and_files_are_stronger);
	tcase_add_test(cases, both_syntaxes_tell_their_places_under_the_name_given);
	tcase_add_test(cases, a_text_ends_at_its_length);
	tcase_add_test(cases, a_nul_in_a_text_is_found_and_not_its_end);
	tcase_add_test(cases, an_override_is_over_everything);
	tcase_add_test(cases, an_override_is_over_a_text_of_any_layer);
	tcase_add_test(cases, an_override_is_named_by_its_origin_or_its_number);
	tcase_add_loop_test(cases,
			    an_override_takes_the_type_it_overrides_unless_it_is_a_value,
			    0, (int)COUNT(overrides));
	tcase_add_test(cases, items_of_an_overridden_list_have_its_type);
	suite_add_tcase(suite, cases);
	return suite;
}
