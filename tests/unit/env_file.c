/* SPDX-License-Identifier: ISC */
/* Files of variables: what their lines are read as, and where their mistakes are. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "model/history.h"
#include "tree.h"
#include "variables_load.h"

/* A text with its length: some hold NUL bytes. */
#define T(literal) literal, sizeof(literal) - 1

static char directory[64];
static struct given given;

static void enter(void)
{
	(void)snprintf(directory, sizeof(directory), "/tmp/deploycfg-env-file-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
}

static void leave(void)
{
	unlink("a.env");
	unlink("b.env");
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}

static void write_file(const char *path, const char *text, size_t length)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
}

static const struct dcfg_view both[] = {DCFG_VIEW("a.env"), DCFG_VIEW("b.env")};

static void begin(const char *const *environment, size_t files)
{
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("URL"), DCFG_VIEW("database.url"), false, {UINT32_MAX, 0, 0}}};

	variables_begin(&given, environment);
	given.variables.mapped = mapped;
	given.variables.mapped_count = 1;
	given.variables.env_files = both;
	given.variables.env_file_count = files;
}

static const char *const nothing[] = {NULL};

struct row {
	const char *text;
	size_t length;
	const char *expected; /* of the layers, or of the errors */
};

static const struct row good[] = {
	{T(""), ""},
	{T("\xef\xbb\xbf"), ""},
	{T("\xef\xbb\xbf"
	   "APP__PORT=2"),
	 "port=2@1:11 "},
	{T("# c\n\n \t\n  # c\n"), ""},
	{T("APP__PORT=2"), "port=2@1:11 "},
	{T("APP__PORT=2\r\nAPP__DIR_NAME=y\r\n"), "dir_name=y@2:15 port=2@1:11 "},
	{T("  APP__PORT \t=\t2 \t\n"), "port=2@1:16 "},
	{T("export APP__PORT=2\n"), "port=2@1:18 "},
	{T("export\t  APP__PORT=2\n"), "port=2@1:20 "},
	{T("export=x\nexport =x\nexport = x\nexported=x\n"), ""},
	{T("APP__DIR_NAME=a=b;c#d\n"), "dir_name=a=b;c#d@1:15 "},
	{T("APP__DIR_NAME=a\"b'c\n"), "dir_name=a\"b'c@1:15 "},
	{T("APP__DIR_NAME=$HOME/${X}`id`\n"), "dir_name=$HOME/${X}`id`@1:15 "},
	{T("APP__DIR_NAME=\"$HOME/${X}\"\n"), "dir_name=$HOME/${X}@1:15 "},
	{T("APP__DIR_NAME='a # b' # c\n"), "dir_name=a # b@1:15 "},
	{T("APP__DIR_NAME=\"a\\tb\\\"\\u00e4\"# c\n"), "dir_name=a\tb\"\xc3\xa4@1:15 "},
	{T("APP__DIR_NAME='a\\tb'\n"), "dir_name=a\\tb@1:15 "},
	{T("APP__DIR_NAME=a\\\n  b\n"), "dir_name=ab@1:15 "},
	{T("A=\xc3\xa4\nAPP__DIR_NAME=\xc3\xa4\n"), "dir_name=\xc3\xa4@2:15 "},
	{T("URL=a\nAPP__PORT=2\n"), "database.url=a@1:5 port=2@2:11 "},
	{T("APP__PORT=2\nAPP__DATABASE__URL=b\nURL=a\n"),
	 "database.url=a@3:5 database.url=b@2:20 port=2@1:11 "},
	{T("APP_JSON='{port: 3}'\nAPP__PORT=2\nURL=a\n"),
	 "database.url=a@3:5 port=3@1:18 port=2@2:11 "},
	{T("APP_JSON={port: 3, n: {x: [1]}}\n"), "port=3@1:17 n.x[0]=1@1:28 "},
	{T("APP_JSON=\"{port: \\\"3\\\"}\"\n"), "port=3@1:10 "},
	{T("APP_JSON=\n"), ""},
	{T("APP_JSON=''\n"), ""},
	/* what is not ours */
	{T("A=x # y\nB=#\nC=\"\\q\" # d\nD='a'b\nE=\"a\"b\n"), ""},
	{T("A=1\nA=2\nAPP=1\nAPP=2\nAPPLE__X=1\nOTHER_ENV=x\n"), ""},
	{T("A=b\\\nAPP__PORT=2\n"), "port=2@2:11 "},
	{T("A=b\\\n c # \\\n d\nAPP__PORT=2\n"), "port=2@4:11 "},
	{T("a=1\n_=2\n_a1=3\n"), ""},
};

START_TEST(env_file_is_read)
{
	write_file("a.env", good[_i].text, good[_i].length);
	begin(nothing, 1);
	ck_assert_str_eq(variables_text(&given), good[_i].expected);
	ck_assert_str_eq(given.context.sources.list[1].name.ptr, "a.env");
	ck_assert_int_eq(given.context.sources.list[1].state, DEPLOYCFG_SOURCE_READ);
	ck_assert_uint_eq(given.context.bytes, good[_i].length);
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

static const struct row bad[] = {
	{T("nope\n"), "1:1 syntax "},
	{T("export nope\n"), "1:8 syntax "},
	{T("  ; c\n"), "1:3 syntax "},
	{T("[s]\n"), "1:1 syntax "},
	{T("A: b\n"), "1:1 syntax "},
	{T("=x\n"), "1:1 bad-variable "},
	{T("export  A B=x\n"), "1:9 bad-variable "},
	{T("1A=x\nA-B=x\nA.B=x\n\xc3\x84=x\n"),
	 "1:1 bad-variable 2:1 bad-variable 3:1 bad-variable 4:1 bad-variable "},
	{T("APP__PORT+=x\n"), "1:1 bad-variable "},
	{T("APP__PORT=x # y\n"), "1:11 syntax "},
	{T("APP__PORT=#\n"), "1:11 syntax "},
	{T("URL=x ; y\n"), "1:5 syntax "},
	{T("APP_JSON={a: b} # y\n"), "1:10 syntax "},
	{T("APP__PORT=\"x\n"), "1:11 syntax "},
	{T("A='x\nAPP__PORT=1'\n"), "1:3 syntax "},
	{T("A=\"x\\\"\n"), "1:3 syntax "},
	{T("APP__PORT=\"x\" y\n"), "1:11 syntax "},
	{T("APP__PORT=\"\\q\"\n"), "1:11 syntax "},
	{T("APP__PORT=\"\\x00\"\n"), "1:11 syntax "},
	{T("APP__PORT=a\\\nB=1\n"), "1:11 syntax "},
	{T("APP__PORT=a\\"), "1:11 syntax "},
	{T("A=\xff\n"), "1:3 encoding "},
	{T("A=x\rB=y\n"), "1:4 encoding "},
	{T("A=\0\n"), "1:3 encoding "},
	{T("A=1\n\xef\xbb\xbf"
	   "B=1\n"),
	 "2:1 encoding "},
	{T("APP__PORT=1\n\nAPP__PORT=\n"), "3:1 duplicate-key "},
	{T("URL=1\nexport URL=1\nURL=3\n"), "2:8 duplicate-key "},
	{T("APP_JSON={}\nAPP_JSON={}\n"), "2:1 duplicate-key "},
	{T("APP_ENV=x\nDEPLOYCFG_ENV=\nAPP_OVERLAYS=\"a\n"),
	 "1:1 bad-variable 2:1 bad-variable 3:1 bad-variable 3:14 syntax "},
	{T("APP____A=1\n"), "1:1 bad-variable "},
	{T("APP__TWICE=1\n"), "1:1 bad-variable "},
	{T("APP__NEW=1\nAPP__NEW__X=2\n"), "2:13 type-clash "},
	{T("APP_JSON='{a: 1, a: 2}'\n"), "1:18 duplicate-key "},
	{T("APP_JSON=\"{a: \\u0031, a: 2}\"\n"), "1:10 duplicate-key "},
	{T("APP_JSON='[1]'\n"), "1:10 syntax "},
	{T("nope\nAPP__A=1\nAPP__PORT=#\n"), "1:1 syntax 3:11 syntax "},
};

START_TEST(env_file_is_refused)
{
	write_file("a.env", bad[_i].text, bad[_i].length);
	begin(nothing, 1);
	variables_text(&given);
	ck_assert_str_eq(variables_end(&given), bad[_i].expected);
}
END_TEST

START_TEST(later_files_and_the_environment_are_stronger)
{
	static const char *const environment[] = {"APP__PORT=4", "URL=u", NULL};

	write_file("a.env", T("APP__PORT=2\nURL=s\nAPP_JSON={port: 1}\n"));
	write_file("b.env", T("APP__PORT=3\nURL=t\n"));
	begin(environment, 2);
	ck_assert_str_eq(variables_text(&given),
			 "database.url=s@2:5 port=1@3:17 port=2@1:11 "
			 "database.url=t@2:5 port=3@1:11 "
			 "database.url=u port=4 ");
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

START_TEST(empty_values_of_files_are_skipped_with_their_place)
{
	write_file("a.env", T("URL=\nAPP__PORT=''\nAPP__NEW = \nAPP_JSON=\n"));
	begin(nothing, 1);
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_str_eq(skipped_text(&given.context),
			 "database.url?a.env new?a.env port?a.env ");
	ck_assert_uint_eq(given.context.skipped->node->origin.line, 2);
	ck_assert_uint_eq(given.context.sources.count, 2);
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

START_TEST(near_misses_of_files_are_told)
{
	write_file("a.env", T("A=1\n export APP_PORT=x # y\nAPP_PORT=\nAPP_OTHER=1\n"));
	begin(nothing, 1);
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_str_eq(
		error_text(given.context.errors, 0),
		"a.env:2:9: warning[bad-variable]: port: APP_PORT is not read: "
		"the variable of this key is APP__PORT\n"
		"    2 |  export APP_PORT=x # y\n"
		"      |         ^\n"
		"  hint: write two underscores after APP if this key is meant\n");
	ck_assert_str_eq(variables_end(&given), "warning 2:9 bad-variable ");
}
END_TEST

START_TEST(new_keys_are_told_only_where_all_files_were_read)
{
	write_file("a.env", T("APP__NEW=1\nnope\n"));
	begin(nothing, 1);
	ck_assert_str_eq(variables_text(&given), "new=1@1:10 ");
	ck_assert_str_eq(variables_end(&given), "2:1 syntax ");
	write_file("a.env", T("APP__NEW=1\n"));
	begin(nothing, 1);
	ck_assert_str_eq(variables_text(&given), "new=1@1:10 ");
	ck_assert_str_eq(variables_end(&given), "warning 1:1 bad-variable ");
}
END_TEST

START_TEST(ignored_files_are_read_and_what_they_hold_is_named_once)
{
	static const char *const environment[] = {"APP__PORT=4", NULL};
	const struct dcfg_sources *sources = &given.context.sources;

	write_file("a.env", T("APP__PORT=2\nAPP__A=\nB=1\nURL=1\n"));
	begin(environment, 1);
	given.variables.ignored_because = "they are turned off";
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_uint_eq(sources->count, 5);
	ck_assert_str_eq(sources->list[2].name.ptr, "a.env:APP__PORT");
	ck_assert_str_eq(sources->list[3].name.ptr, "env:APP__PORT");
	ck_assert_str_eq(sources->list[4].name.ptr, "a.env:URL");
	for (size_t i = 1; i < 5; i++)
		ck_assert_int_eq(sources->list[i].state, DEPLOYCFG_SOURCE_IGNORED);
	ck_assert(has_parts(error_text(given.context.errors, 0),
			    "turned off: APP__PORT, URL\n"));
	ck_assert_str_eq(variables_end(&given), "warning bad-variable ");
}
END_TEST

START_TEST(ignored_files_must_be_good)
{
	write_file("a.env", T("nope\n"));
	begin(nothing, 2);
	given.variables.ignored_because = "they are turned off";
	variables_text(&given);
	ck_assert_str_eq(variables_end(&given), "1:1 syntax not-found ");
}
END_TEST

START_TEST(files_that_cannot_be_read_are_told)
{
	static const struct dcfg_view paths[] = {
		DCFG_VIEW("b.env"),          DCFG_VIEW("."),
		DCFG_VIEW("/dev/null"),      DCFG_VIEW(""),
		DCFG_VIEW("optional:"),      DCFG_VIEW("optional:."),
		DCFG_VIEW("optional:b.env"), DCFG_VIEW("optional:/dev/null")};

	begin(nothing, DCFG_COUNT(paths));
	given.variables.env_files = paths;
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_uint_eq(given.context.sources.count, 1 + DCFG_COUNT(paths) - 2);
	ck_assert_str_eq(given.context.sources.list[5].name.ptr, "b.env");
	ck_assert_int_eq(given.context.sources.list[5].state, DEPLOYCFG_SOURCE_MISSING);
	ck_assert_str_eq(variables_end(&given),
			 "bad-argument bad-argument not-a-regular-file "
			 "not-a-regular-file not-found not-a-regular-file "
			 "not-a-regular-file ");
}
END_TEST

/* The limit, the most that it may be for the file below to be too much, and the code. */
static const struct {
	enum deploycfg_limit limit;
	uint64_t most;
	const char *expected;
} limits[] = {
	{DEPLOYCFG_LIMIT_FILE, 35, "file-too-big "},
	{DEPLOYCFG_LIMIT_TOTAL, 35, "file-too-big "},
	{DEPLOYCFG_LIMIT_VALUE, 5, "2:15 limit "},
	{DEPLOYCFG_LIMIT_SOURCES, 0, "limit "},
	{DEPLOYCFG_LIMIT_KEYS, 0, "2:1 limit "},
	{DEPLOYCFG_LIMIT_PATH, 7, "2:1 limit "},
	{DEPLOYCFG_LIMIT_DEPTH, 0, "1:1 limit "},
};

START_TEST(limits_hold_in_files)
{
	static const char text[] = "APP__PORT=\"\"\nAPP__DIR_NAME=abcdef\n#\n";
	uint64_t *limit;

	write_file("a.env", text, strlen(text));
	for (size_t allowed = 0; allowed < 2; allowed++) {
		begin(nothing, 1);
		given.variables.mapped_count = 0;
		limit = &given.context.limits.of[limits[_i].limit];
		*limit = limits[_i].most + allowed;
		if (limits[_i].limit == DEPLOYCFG_LIMIT_KEYS)
			*limit += given.context.keys + 1;
		variables_text(&given);
		if (limits[_i].limit == DEPLOYCFG_LIMIT_DEPTH && !allowed)
			ck_assert_str_eq(variables_end(&given), "1:1 limit 2:1 limit ");
		else
			ck_assert_str_eq(variables_end(&given),
					 allowed ? "" : limits[_i].expected);
	}
}
END_TEST

Suite *env_file_suite(void)
{
	Suite *suite = suite_create("env_file");
	TCase *tests = tcase_create("env_file");

	tcase_add_checked_fixture(tests, enter, leave);
	tcase_add_loop_test(tests, env_file_is_read, 0, DCFG_COUNT(good));
	tcase_add_loop_test(tests, env_file_is_refused, 0, DCFG_COUNT(bad));
	tcase_add_test(tests, later_files_and_the_environment_are_stronger);
	tcase_add_test(tests, empty_values_of_files_are_skipped_with_their_place);
	tcase_add_test(tests, near_misses_of_files_are_told);
	tcase_add_test(tests, new_keys_are_told_only_where_all_files_were_read);
	tcase_add_test(tests, ignored_files_are_read_and_what_they_hold_is_named_once);
	tcase_add_test(tests, ignored_files_must_be_good);
	tcase_add_test(tests, files_that_cannot_be_read_are_told);
	tcase_add_loop_test(tests, limits_hold_in_files, 0, DCFG_COUNT(limits));
	suite_add_tcase(suite, tests);
	return suite;
}
