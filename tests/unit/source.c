/* SPDX-License-Identifier: ISC */
/* Sources that are files: read, missing, or named as what they are instead. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "source/source.h"

static char directory[64];

static void enter(void)
{
	(void)snprintf(directory, sizeof(directory), "/tmp/deploycfg-source-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
}

static void leave(void)
{
	static const char *const names[] = {"base.yaml", "base.ini"};

	for (size_t i = 0; i < DCFG_COUNT(names); i++)
		if (unlink(names[i]) != 0 && errno != ENOENT)
			rmdir(names[i]);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

struct outcome {
	struct dcfg_context context;
	struct dcfg_layer layer;
	bool good;
};

static void begin(struct outcome *outcome, const char *path, enum deploycfg_syntax syntax,
		  bool named)
{
	struct dcfg_source source = {
		.name = dcfg_view_text(path),
		.layer = DEPLOYCFG_LAYER_BASE,
		.kind = DEPLOYCFG_SOURCE_FILE,
		.syntax = syntax,
		.named = named,
	};

	dcfg_context_init(&outcome->context, &dcfg_default_limits);
	ck_assert_uint_eq(dcfg_source_add(&outcome->context, &source), 0);
}

static void finish(struct outcome *outcome)
{
	outcome->good = dcfg_source_read(&outcome->context, 0, &outcome->layer);
	ck_assert(outcome->good != dcfg_failed(&outcome->context));
}

static void end(struct outcome *outcome)
{
	deploycfg_errors_free(dcfg_context_fini(&outcome->context));
}

static void expect(const struct outcome *outcome, enum deploycfg_status status,
		   const char *text)
{
	const struct deploycfg_error *error =
		deploycfg_errors_at(outcome->context.errors, 0);

	ck_assert_uint_eq(deploycfg_errors_count(outcome->context.errors), 1);
	ck_assert_int_eq(deploycfg_error_status(error), status);
	ck_assert_msg(strstr(deploycfg_error_text(error), text) != NULL, "%s",
		      deploycfg_error_text(error));
}

START_TEST(files_of_both_syntaxes_are_read_once)
{
	static const char *const texts[] = {"[a]\nb = c\n", "a:\n  b: c\n"};
	enum deploycfg_syntax syntax = _i ? DEPLOYCFG_YAML : DEPLOYCFG_INI;
	const char *path = _i ? "base.yaml" : "base.ini";
	const struct dcfg_node *node;
	struct outcome outcome;

	write_file(path, texts[_i]);
	begin(&outcome, path, syntax, true);
	finish(&outcome);
	ck_assert(outcome.good);
	node = dcfg_node_at(&outcome.context, outcome.layer.root, DCFG_VIEW("a.b"),
			    &(struct dcfg_trail){0});
	ck_assert_ptr_nonnull(node);
	ck_assert(dcfg_view_equal(dcfg_text(node), DCFG_VIEW("c")));
	ck_assert_uint_eq(outcome.context.bytes, strlen(texts[_i]));
	ck_assert_str_eq(outcome.context.sources.list[0].text.ptr, texts[_i]);
	end(&outcome);
}
END_TEST

START_TEST(a_named_file_must_exist)
{
	struct outcome outcome;

	begin(&outcome, "base.yaml", DEPLOYCFG_YAML, true);
	finish(&outcome);
	expect(&outcome, DEPLOYCFG_ERR_NOT_FOUND,
	       "base.yaml: error[not-found]: does not exist");
	ck_assert_int_eq(outcome.context.sources.list[0].state, DEPLOYCFG_SOURCE_MISSING);
	end(&outcome);
}
END_TEST

START_TEST(a_link_that_leads_nowhere_is_missing_with_a_warning)
{
	struct outcome outcome;

	ck_assert_int_eq(symlink("nowhere", "base.yaml"), 0);
	begin(&outcome, "base.yaml", DEPLOYCFG_YAML, false);
	finish(&outcome);
	ck_assert(outcome.good);
	expect(&outcome, DEPLOYCFG_ERR_NOT_FOUND,
	       "base.yaml: warning[not-found]: is a link");
	ck_assert_int_eq(outcome.context.sources.list[0].state, DEPLOYCFG_SOURCE_MISSING);
	ck_assert_uint_eq(outcome.layer.root->length, 0);
	end(&outcome);
}
END_TEST

START_TEST(what_is_no_regular_file_is_named_as_what_it_is)
{
	static const char *const says[] = {"is a FIFO, not a regular file",
					   "is a directory, not a regular file",
					   "is a character device, not a regular file"};
	struct outcome outcome;

	if (_i == 0)
		ck_assert_int_eq(mkfifo("base.yaml", 0600), 0);
	else if (_i == 1)
		ck_assert_int_eq(mkdir("base.yaml", 0700), 0);
	else
		ck_assert_int_eq(symlink("/dev/zero", "base.yaml"), 0);
	begin(&outcome, "base.yaml", DEPLOYCFG_YAML, true);
	finish(&outcome);
	expect(&outcome, DEPLOYCFG_ERR_NOT_REGULAR, says[_i]);
	end(&outcome);
}
END_TEST

START_TEST(a_file_that_may_not_be_read_says_so)
{
	struct outcome outcome;

	write_file("base.yaml", "a: 1\n");
	ck_assert_int_eq(chmod("base.yaml", 0), 0);
	begin(&outcome, "base.yaml", DEPLOYCFG_YAML, true);
	finish(&outcome);
	if (geteuid() != 0)
		expect(&outcome, DEPLOYCFG_ERR_PERMISSION, "may not be read");
	end(&outcome);
}
END_TEST

static const struct size_row {
	enum deploycfg_limit limit;
	uint64_t most, before;
	const char *says; /* NULL: is read */
} sizes[] = {
	{DEPLOYCFG_LIMIT_FILE, 6, 0, NULL},
	{DEPLOYCFG_LIMIT_FILE, 5, 0, NULL},
	{DEPLOYCFG_LIMIT_FILE, 4, 0,
	 "has 5 bytes, more than the limit of 4 for one file"},
	{DEPLOYCFG_LIMIT_TOTAL, 13, 7, NULL},
	{DEPLOYCFG_LIMIT_TOTAL, 12, 7, NULL},
	{DEPLOYCFG_LIMIT_TOTAL, 11, 7,
	 "with the 7 read before that is more than the limit of 11"},
};

START_TEST(sizes_are_limited_to_the_last_byte)
{
	const struct size_row *row = &sizes[_i];
	struct outcome outcome;

	write_file("base.yaml", "a: 1\n");
	for (int is_text = 0; is_text < 2; is_text++) {
		begin(&outcome, "base.yaml", DEPLOYCFG_YAML, true);
		outcome.context.limits.of[row->limit] = row->most;
		outcome.context.bytes = row->before;
		if (is_text) {
			outcome.context.sources.list[0].kind = DEPLOYCFG_SOURCE_TEXT;
			outcome.context.sources.list[0].text = DCFG_VIEW("a: 1\n");
		}
		finish(&outcome);
		ck_assert(outcome.good == !row->says);
		if (row->says)
			expect(&outcome, DEPLOYCFG_ERR_TOO_BIG, row->says);
		end(&outcome);
	}
}
END_TEST

Suite *source_suite(void)
{
	Suite *suite = suite_create("source");
	TCase *tests = tcase_create("files");

	tcase_add_checked_fixture(tests, enter, leave);
	tcase_add_loop_test(tests, files_of_both_syntaxes_are_read_once, 0, 2);
	tcase_add_test(tests, a_named_file_must_exist);
	tcase_add_test(tests, a_link_that_leads_nowhere_is_missing_with_a_warning);
	tcase_add_loop_test(tests, what_is_no_regular_file_is_named_as_what_it_is, 0, 3);
	tcase_add_test(tests, a_file_that_may_not_be_read_says_so);
	tcase_add_loop_test(tests, sizes_are_limited_to_the_last_byte, 0,
			    DCFG_COUNT(sizes));
	suite_add_tcase(suite, tests);
	return suite;
}
