/* SPDX-License-Identifier: ISC */
/* Every limit that a loader may change: below, at and above what a load needs. */
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

/* How an amount of something comes in. */
enum way {
	YAML,
	INI,
	FILE_YAML,
	VARIABLE,
	MAPPED,
	OVERRIDE,
	OVERRIDE_VALUE,
	TWO_TEXTS,
	TEXT_AND_FILE
};

struct need {
	enum deploycfg_limit limit;
	enum way way;
	const char *text; /* a document, or a value for the key "a" */
	uint64_t amount;
	int status;
};

#define LIMIT DEPLOYCFG_ERR_LIMIT

static const struct need needs[] = {
	{DEPLOYCFG_LIMIT_FILE, YAML, "a: 1 # 12345678", 15, DEPLOYCFG_ERR_TOO_BIG},
	{DEPLOYCFG_LIMIT_FILE, INI, "a = 1\n", 6, DEPLOYCFG_ERR_TOO_BIG},
	{DEPLOYCFG_LIMIT_FILE, FILE_YAML, "a: 12345\n", 9, DEPLOYCFG_ERR_TOO_BIG},
	{DEPLOYCFG_LIMIT_TOTAL, TWO_TEXTS, "a: 12", 10, DEPLOYCFG_ERR_TOO_BIG},
	{DEPLOYCFG_LIMIT_TOTAL, TEXT_AND_FILE, "a: 12", 10, DEPLOYCFG_ERR_TOO_BIG},
	{DEPLOYCFG_LIMIT_VALUE, YAML, "a: 12345678\n", 8, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, YAML, "a: 'it''s'\n", 4, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, YAML, "a: |\n  1234\n  67\n", 8, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, YAML, "a: [1, 1234]\n", 4, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, INI, "a = 12345678\n", 8, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, INI, "a = \"1\\n3\"\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, VARIABLE, "12345678", 8, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, MAPPED, "12345678", 8, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, OVERRIDE, "12345678", 8, LIMIT},
	{DEPLOYCFG_LIMIT_VALUE, OVERRIDE_VALUE, "12345678", 8, LIMIT},
	{DEPLOYCFG_LIMIT_PATH, YAML, "abc: {def: 1}\n", 7, LIMIT},
	{DEPLOYCFG_LIMIT_PATH, YAML, "abc: [[1]]\n", 9, LIMIT},
	{DEPLOYCFG_LIMIT_PATH, YAML, "'a b': 1\n", 5, LIMIT},
	{DEPLOYCFG_LIMIT_PATH, INI, "[abc.def]\ng = 1\n", 9, LIMIT},
	{DEPLOYCFG_LIMIT_PATH, OVERRIDE_VALUE, "{bcd: 1}", 5, LIMIT},
	{DEPLOYCFG_LIMIT_DEPTH, YAML, "a: {b: {c: 1}}\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_DEPTH, YAML, "a:\n  - - b\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_DEPTH, INI, "[a.b]\nc = 1\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_DEPTH, OVERRIDE_VALUE, "{b: {c: 1}}", 3, LIMIT},
	{DEPLOYCFG_LIMIT_KEYS, YAML, "a: 1\nb: {c: 2}\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_KEYS, YAML, "a: [1, 2]\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_KEYS, INI, "a = 1\n[b]\nc = 2\n", 3, LIMIT},
	{DEPLOYCFG_LIMIT_KEYS, TWO_TEXTS, "a: 1\n", 2, LIMIT},
	{DEPLOYCFG_LIMIT_SOURCES, YAML, "a: 1\n", 1, LIMIT},
	{DEPLOYCFG_LIMIT_SOURCES, TWO_TEXTS, "a: 1\n", 2, LIMIT},
	{DEPLOYCFG_LIMIT_SOURCES, TEXT_AND_FILE, "a: 1\n", 2, LIMIT},
	{DEPLOYCFG_LIMIT_ANCHORS, YAML, "a: &x 1\nb: &y 2\nc: *x\n", 2, LIMIT},
	{DEPLOYCFG_LIMIT_DIRECTIVES, YAML, "%YAML 1.2\n---\na: 1\n", 1, LIMIT},
};

static void add_variable(struct deploycfg_loader *loader, const char *name,
			 const char *text)
{
	char variable[64];
	const char *const list[] = {variable, NULL};

	snprintf(variable, sizeof(variable), "%s=%s", name, text);
	deploycfg_loader_set_environ(loader, list);
}

static void add_file(struct deploycfg_loader *loader, const char *text)
{
	scratch_write("file.yaml", text);
	deploycfg_loader_add_file(loader, scratch("file.yaml"));
}

static void add_need(struct deploycfg_loader *loader, const struct need *need)
{
	switch (need->way) {
	case TWO_TEXTS:
		api_yaml(loader, 300, need->text);
		/* fall through */
	case YAML:
		api_yaml(loader, 200, need->text);
		break;
	case INI:
		api_ini(loader, 200, need->text);
		break;
	case TEXT_AND_FILE:
		api_yaml(loader, 200, need->text);
		/* fall through */
	case FILE_YAML:
		add_file(loader, need->text);
		break;
	case VARIABLE:
		api_yaml(loader, 200, "a: 1\n");
		deploycfg_loader_set_prefix(loader, "SHOP");
		add_variable(loader, "SHOP__A", need->text);
		break;
	case MAPPED:
		deploycfg_loader_map_variable(loader, "A", "a");
		add_variable(loader, "A", need->text);
		break;
	case OVERRIDE:
		deploycfg_loader_override(loader, "a", need->text, NULL);
		break;
	case OVERRIDE_VALUE:
		deploycfg_loader_override_value(loader, "a", need->text, NULL);
		break;
	}
}

static int status_at(const struct need *need, uint64_t limit)
{
	struct deploycfg_loader *loader = api_loader();
	int status;

	add_need(loader, need);
	deploycfg_loader_set_limit(loader, need->limit, limit);
	status = api_status(loader);
	deploycfg_loader_free(loader);
	return status;
}

START_TEST(a_limit_holds_below_at_and_above_the_need)
{
	const struct need *need = &needs[_i];

	ck_assert_msg(status_at(need, need->amount - 1) == need->status, "one less: %d",
		      status_at(need, need->amount - 1));
	ck_assert_msg(status_at(need, need->amount) == DEPLOYCFG_OK, "as needed: %d",
		      status_at(need, need->amount));
	ck_assert_msg(status_at(need, need->amount + 1) == DEPLOYCFG_OK, "one more: %d",
		      status_at(need, need->amount + 1));
}
END_TEST

START_TEST(an_exceeded_limit_is_told_with_its_number_and_place)
{
	struct deploycfg_loader *loader = api_loader();
	const struct deploycfg_error *error;

	api_yaml(loader, 200, "x: 1\na: 12345678\n");
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_VALUE, 7);
	errors = api_fails(loader);
	error = deploycfg_errors_at(errors, 0);
	ck_assert_str_eq(api_error_place(error), "t200:2:4");
	ck_assert_str_eq(deploycfg_error_key(error), "a");
	ck_assert_ptr_nonnull(strstr(deploycfg_error_message(error), "7"));
}
END_TEST

/* Text that is nested so deep, in flow lists below one key. */
static char *nested(size_t depth)
{
	static char text[1024];
	char *end = text + sprintf(text, "a: ");

	for (size_t i = 1; i < depth; i++)
		*end++ = '[';
	for (size_t i = 1; i < depth; i++)
		*end++ = ']';
	*end = '\0';
	return text;
}

static int depth_status(size_t depth, uint64_t limit)
{
	struct deploycfg_loader *loader = api_loader();
	int status;

	api_yaml(loader, 200, nested(depth));
	if (limit)
		deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DEPTH, limit);
	status = api_status(loader);
	deploycfg_loader_free(loader);
	return status;
}

START_TEST(depth_is_64_unless_told_otherwise_and_at_most_256)
{
	ck_assert_int_eq(depth_status(64, 0), DEPLOYCFG_OK);
	ck_assert_int_eq(depth_status(65, 0), DEPLOYCFG_ERR_LIMIT);
	ck_assert_int_eq(depth_status(65, 65), DEPLOYCFG_OK);
	ck_assert_int_eq(depth_status(256, 256), DEPLOYCFG_OK);
	ck_assert_int_eq(depth_status(257, 256), DEPLOYCFG_ERR_LIMIT);
	ck_assert_int_eq(depth_status(1, 257), DEPLOYCFG_ERR_ARGUMENT);
}
END_TEST

START_TEST(depth_counts_the_path_to_a_value_and_what_is_in_it)
{
	for (uint64_t limit = 3; limit <= 5; limit++) {
		struct deploycfg_loader *loader = api_loader();

		api_yaml(loader, 200, "a: {b: [1]}\n");
		deploycfg_loader_override(loader, "a.b", "[[1]]", NULL);
		deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DEPTH, limit);
		ck_assert_int_eq(api_status(loader),
				 limit < 4 ? DEPLOYCFG_ERR_LIMIT : DEPLOYCFG_OK);
		deploycfg_loader_free(loader);
	}
}
END_TEST

/* Overrides a key whose path has so many bytes. */
static int path_status(size_t length, uint64_t limit)
{
	static char path[8192];
	struct deploycfg_loader *loader = api_loader();
	int status;

	memset(path, 'k', length);
	path[length] = '\0';
	deploycfg_loader_override(loader, path, "1", NULL);
	if (limit)
		deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_PATH, limit);
	status = api_status(loader);
	deploycfg_loader_free(loader);
	return status;
}

START_TEST(a_path_has_4096_bytes_at_most)
{
	ck_assert_int_eq(path_status(4096, 0), DEPLOYCFG_OK);
	ck_assert_int_eq(path_status(4097, 0), DEPLOYCFG_ERR_LIMIT);
	ck_assert_int_eq(path_status(7, 7), DEPLOYCFG_OK);
	ck_assert_int_eq(path_status(8, 7), DEPLOYCFG_ERR_LIMIT);
	ck_assert_int_eq(path_status(4096, 4096), DEPLOYCFG_OK);
	ck_assert_int_eq(path_status(1, 4097), DEPLOYCFG_ERR_ARGUMENT);
}
END_TEST

/* A text with so many keys that are given twice. */
static struct deploycfg_loader *with_duplicates(unsigned count)
{
	struct deploycfg_loader *loader = api_loader();
	char text[1024];
	int length = 0;

	for (unsigned i = 0; i < count; i++)
		length += snprintf(text + length, sizeof(text) - (size_t)length,
				   "k%u: 1\nk%u: 2\n", i, i);
	api_yaml(loader, 200, text);
	return loader;
}

START_TEST(diagnostics_over_their_limit_are_counted_and_not_kept)
{
	static const struct {
		uint64_t limit;
		size_t kept;
	} rows[] = {{1, 1}, {2, 2}, {3, 3}, {4, 3}};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct deploycfg_loader *loader = with_duplicates(3);

		deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DIAGNOSTICS,
					   rows[i].limit);
		errors = api_fails(loader);
		ck_assert_uint_eq(deploycfg_errors_count(errors),
				  rows[i].kept + (rows[i].kept < 3));
		errors = deploycfg_errors_free(errors);
	}
}
END_TEST

START_TEST(a_limit_of_one_load_does_not_bind_what_is_appended_later)
{
	struct deploycfg_loader *loader = with_duplicates(3);
	struct deploycfg_snapshot *cfg = api_of_yaml("a: 1\n");

	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DIAGNOSTICS, 2);
	errors = api_fails(loader);
	deploycfg_get_int(cfg, "nowhere", &errors);
	ck_assert_uint_eq(deploycfg_errors_count(errors), 4);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 3)),
			 "1 more problem is not shown, 2 is the limit");
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(the_limit_that_was_reached_is_told_in_a_list_that_goes_on)
{
	struct deploycfg_loader *loader = with_duplicates(3);
	struct deploycfg_snapshot *cfg = api_of_yaml("a: 1\n");

	deploycfg_get_int(cfg, "nowhere", &errors);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_DIAGNOSTICS, 2);
	ck_assert_ptr_null(deploycfg_loader_load(loader, &errors));
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 3)),
			 "1 more problem is not shown, 2 is the limit");
	deploycfg_loader_free(loader);
	deploycfg_snapshot_unref(cfg);
}
END_TEST

START_TEST(a_limit_may_be_set_again)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 200, "a: 12345678\n");
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_VALUE, 7);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_ERR_LIMIT);
	deploycfg_loader_set_limit(loader, DEPLOYCFG_LIMIT_VALUE, 8);
	ck_assert_int_eq(api_status(loader), DEPLOYCFG_OK);
	deploycfg_loader_free(loader);
}
END_TEST

Suite *limits_suite(void)
{
	Suite *suite = suite_create("limits");
	TCase *cases = tcase_create("limits");

	scratch_add(cases);
	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, a_limit_holds_below_at_and_above_the_need, 0,
			    (int)COUNT(needs));
	tcase_add_test(cases, an_exceeded_limit_is_told_with_its_number_and_place);
	tcase_add_test(cases, depth_is_64_unless_told_otherwise_and_at_most_256);
	tcase_add_test(cases, depth_counts_the_path_to_a_value_and_what_is_in_it);
	tcase_add_test(cases, a_path_has_4096_bytes_at_most);
	tcase_add_test(cases, diagnostics_over_their_limit_are_counted_and_not_kept);
	tcase_add_test(cases, a_limit_of_one_load_does_not_bind_what_is_appended_later);
	tcase_add_test(cases, the_limit_that_was_reached_is_told_in_a_list_that_goes_on);
	tcase_add_test(cases, a_limit_may_be_set_again);
	suite_add_tcase(suite, cases);
	return suite;
}
