/* SPDX-License-Identifier: ISC */
/* Directories of secrets: which files count, and what is read of them. */
#include "secrets_load.h"
#include "unit.h"

#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tree.h"

START_TEST(files_are_values_of_the_keys_of_their_names)
{
	ck_assert_int_eq(mkdir("s/mail", 0700), 0);
	ck_assert_int_eq(mkdir("s/mail/smtp", 0700), 0);
	secrets_put("s/db.password", "hunter2\n");
	secrets_put("s/token", "t");
	secrets_put("s/mail/user", "me");
	secrets_put("s/mail/smtp/key", "k");
	secrets_put("s/.hidden", "h");
	secrets_put("s/other", "o");
	secrets_expect("db: {password: x}\ntoken: x\nhidden: 1\n"
		       "mail: {user: x, smtp: {key: x}}\n",
		       "db.password=hunter2 mail.smtp.key=k "
		       "mail.user=me token=t ");
	secrets_expect("servers: [{token: x}, {token: x}]\ntoken: x\n", "token=t ");
	secrets_put("s/servers[1].token", "second");
	secrets_expect("servers: [{token: x}, {token: x}]\n", "servers[1].token=second ");
	secrets_expect("servers: [{token: x}]\n", "");
}
END_TEST

START_TEST(a_value_is_a_secret_text)
{
	struct secrets_load load;
	const struct dcfg_node *node;

	secrets_put("s/a", "1");
	secrets_begin(&load, "a: 1");
	(void)secrets_read(&load, "s");
	node = dcfg_first(load.layer.root);
	ck_assert_int_eq(node->type, DEPLOYCFG_STRING);
	ck_assert_uint_eq(node->flags, DCFG_TEXT | DCFG_IS_SECRET);
	ck_assert(load.context.has_secrets);
	ck_assert(!load.context.has_templates);
	ck_assert_ptr_nonnull(load.context.vault.blocks);
	ck_assert_int_eq(load.context.sources.list[1].kind, DEPLOYCFG_SOURCE_DIRECTORY);
	ck_assert_str_eq(load.context.sources.list[2].name.ptr, "s/a");
	ck_assert_int_eq(load.context.sources.list[2].layer, 800);
	ck_assert_str_eq(load.context.sources.list[2].label.ptr, "secret");
	secrets_end(&load);
	ck_assert_ptr_null(load.errors);
}
END_TEST

START_TEST(one_line_feed_is_stripped)
{
	static const char *const texts[][2] = {
		{"v", "v"},
		{"v\n", "v"},
		{"v\r\n", "v\r"},
		{"v\n\n", "v\n"},
		{"v\r", "v\r"},
		{"v\n\r", "v\n\r"},
		{" v \n", " v "},
		{"a\nb\n", "a\nb"},
		{"${b}", "${b}"},
		{"[1]", "[1]"},
		{"\xef\xbb\xbfv", "\xef\xbb\xbfv"},
		{"v\r\r\n", "v\r\r"},
		{"\r\n", "\r"},
	};
	struct secrets_load load;
	char tree[64];

	for (size_t i = 0; i < DCFG_COUNT(texts); i++) {
		secrets_put("s/a", texts[i][0]);
		(void)snprintf(tree, sizeof(tree), "a=%s ", texts[i][1]);
		secrets_begin(&load, "a: x");
		ck_assert_str_eq(secrets_read(&load, "s"), tree);
		secrets_end(&load);
		ck_assert_str_eq(errors_text(load.errors),
				 strstr(tree, "\r ") ? "warning bad-value " : "");
	}
}
END_TEST

START_TEST(an_empty_file_is_told_of)
{
	secrets_put("s/a", "\n");
	secrets_expect_error("a: x", "warning bad-value ", "gives an empty text");
	secrets_put("s/a", "");
	secrets_expect_error("a: x", "warning bad-value ", "gives an empty text");
}
END_TEST

START_TEST(what_is_no_text_is_refused_without_showing_it)
{
	secrets_put_bytes("s/a", "hunter2\0x", 9);
	secrets_expect_error("a: x", "encoding ", "holds a NUL, at byte 8");
	secrets_put("s/a", "hunter2\xff");
	secrets_expect_error("a: x", "encoding ", "not valid UTF-8, from byte 8 on");
}
END_TEST

START_TEST(what_is_no_key_is_not_opened)
{
	struct secrets_load load;

	ck_assert_int_eq(mkfifo("s/fifo", 0600), 0);
	secrets_put("s/odd name", "hunter2");
	secrets_put("s/c", "hunter2");
	ck_assert_int_eq(chmod("s/c", 0), 0);
	secrets_begin(&load, "a: x");
	ck_assert_str_eq(secrets_read(&load, "s"), "");
	ck_assert_uint_eq(load.context.sources.count, 5);
	for (size_t i = 2; i < 5; i++)
		ck_assert_int_eq(load.context.sources.list[i].state,
				 DEPLOYCFG_SOURCE_IGNORED);
	ck_assert_str_eq(load.context.sources.list[2].name.ptr, "s/odd name");
	ck_assert_str_eq(load.context.sources.list[2].reason.ptr, "its name is no key");
	ck_assert_str_eq(load.context.sources.list[3].reason.ptr,
			 "there is no key of its name");
	secrets_end(&load);
	ck_assert_ptr_null(load.errors);
}
END_TEST

START_TEST(a_name_that_is_nearly_a_key_is_told_of)
{
	secrets_put("s/db.pasword", "hunter2");
	secrets_put("s/something.else", "hunter2");
	secrets_expect_error("db: {password: x}\n", "warning unknown-key ",
			     "did you mean db.password?");
}
END_TEST

START_TEST(what_is_no_file_is_named_as_what_it_is)
{
	ck_assert_int_eq(mkfifo("s/a", 0600), 0);
	secrets_expect_error("a: x", "not-a-regular-file ", "is a FIFO");
	ck_assert_int_eq(unlink("s/a"), 0);
	ck_assert_int_eq(mkdir("s/a", 0700), 0);
	secrets_expect_error("a: x", "not-a-regular-file ", "is a directory");
}
END_TEST

START_TEST(directories_that_are_not_meant_as_files_are_passed_over)
{
	ck_assert_int_eq(mkdir("s/a", 0700), 0);
	secrets_expect("{}", "");
	secrets_expect("a: {b: x}", "");
	secrets_expect("a: ${b}\nb: {}", "");
	secrets_expect_error("a: null", "not-a-regular-file ", "is a directory");
	secrets_put("s/a/b", "x");
	secrets_expect("a: null", "");
}
END_TEST

START_TEST(a_directory_that_may_not_be_searched_is_named_so)
{
	struct secrets_load load;
	bool root = geteuid() == 0; /* who may search everything */

	secrets_put("s/a", "x");
	ck_assert_int_eq(chmod(".", 0755) | chmod("s", 0444), 0);
	secrets_begin(&load, "a: x");
	if (root)
		ck_assert_int_eq(seteuid(65534), 0);
	(void)secrets_read(&load, "s");
	if (root)
		ck_assert_int_eq(seteuid(0), 0);
	ck_assert(!load.complete);
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), "permission-denied ");
	ck_assert_int_eq(chmod("s", 0700), 0);
}
END_TEST

START_TEST(links_inside_are_followed)
{
	ck_assert_int_eq(mkdir("s/.store", 0700), 0);
	secrets_put("s/.store/v", "hunter2");
	ck_assert_int_eq(symlink(".store/v", "s/a"), 0);
	ck_assert_int_eq(symlink("a", "s/b"), 0);
	secrets_expect("a: x\nb: x", "a=hunter2 b=hunter2 ");
}
END_TEST

START_TEST(links_that_lead_out_are_refused)
{
	static const char *const targets[] = {"../out", "/etc/hostname", "/dev/null"};

	secrets_put("out", "hunter2");
	for (size_t i = 0; i < DCFG_COUNT(targets); i++) {
		ck_assert_int_eq(symlink(targets[i], "s/a"), 0);
		secrets_expect_error("a: x", "link-escapes ",
				     "leads out of its directory");
		secrets_expect("b: x", "");
		ck_assert_int_eq(unlink("s/a"), 0);
	}
	ck_assert_int_eq(mkdir("d", 0700), 0);
	secrets_put("d/a", "hunter2");
	ck_assert_int_eq(symlink("../d", "s/d"), 0);
	secrets_expect_error("d: {a: x}", "link-escapes ", "leads out of its directory");
}
END_TEST

START_TEST(a_dangling_link_is_missing)
{
	ck_assert_int_eq(symlink("none", "s/a"), 0);
	secrets_put("s/b", "v");
	secrets_expect_error("a: x\nb: x", "warning not-found ", "leads nowhere");
}
END_TEST

START_TEST(links_in_circles_are_walked_once)
{
	ck_assert_int_eq(mkdir("s/a", 0700), 0);
	secrets_put("s/a/b", "v");
	ck_assert_int_eq(symlink(".", "s/here"), 0);
	ck_assert_int_eq(symlink("..", "s/a/up"), 0);
	ck_assert_int_eq(symlink("loop", "s/loop"), 0);
	secrets_expect("a: {b: x}", "a.b=v ");
}
END_TEST

START_TEST(two_files_for_one_key_are_told_of)
{
	ck_assert_int_eq(mkdir("s/db", 0700), 0);
	secrets_put("s/db/password", "hunter2");
	secrets_put("s/db.password", "hunter2");
	secrets_expect_error("db: {password: x}", "duplicate-key ",
			     "two files are named for this key");
}
END_TEST

START_TEST(a_file_that_is_too_big_is_not_read)
{
	struct secrets_load load;

	secrets_put("s/a", "hunter2");
	secrets_begin(&load, "a: x");
	load.context.limits.of[DEPLOYCFG_LIMIT_SECRET_FILE] = 6;
	(void)secrets_read(&load, "s");
	ck_assert(load.complete); /* but for the value */
	secrets_end(&load);
	ck_assert_ptr_nonnull(
		strstr(error_text(load.errors, 0), "limit of 6 for one secret file"));
	ck_assert_str_eq(errors_text(load.errors), "file-too-big ");
	secrets_begin(&load, "a: x");
	load.context.limits.of[DEPLOYCFG_LIMIT_SECRET_FILE] = 7;
	load.context.limits.of[DEPLOYCFG_LIMIT_TOTAL] = 6;
	(void)secrets_read(&load, "s");
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), "file-too-big ");
	secrets_begin(&load, "a: x");
	load.context.limits.of[DEPLOYCFG_LIMIT_SECRET_FILE] = 7;
	load.context.limits.of[DEPLOYCFG_LIMIT_TOTAL] = 7;
	ck_assert_str_eq(secrets_read(&load, "s"), "a=hunter2 ");
	secrets_end(&load);
	ck_assert_ptr_null(load.errors);
}
END_TEST

START_TEST(a_directory_that_is_not_there_is_missing)
{
	struct secrets_load load;

	secrets_begin(&load, "a: x");
	ck_assert_str_eq(secrets_read(&load, "none"), "");
	ck_assert(!load.complete);
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), "not-found ");
	secrets_begin(&load, "a: x");
	ck_assert_str_eq(secrets_read(&load, "optional:none"), "");
	ck_assert(load.complete);
	ck_assert_int_eq(load.context.sources.list[1].state, DEPLOYCFG_SOURCE_MISSING);
	secrets_end(&load);
	ck_assert_ptr_null(load.errors);
	secrets_put("file", "x");
	secrets_begin(&load, "a: x");
	(void)secrets_read(&load, "optional:file");
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), "not-a-regular-file ");
}
END_TEST

Suite *secrets_suite(void)
{
	Suite *suite = suite_create("secrets");
	TCase *tests = tcase_create("secrets");

	tcase_add_checked_fixture(tests, secrets_enter, secrets_leave);
	tcase_add_test(tests, files_are_values_of_the_keys_of_their_names);
	tcase_add_test(tests, a_value_is_a_secret_text);
	tcase_add_test(tests, one_line_feed_is_stripped);
	tcase_add_test(tests, an_empty_file_is_told_of);
	tcase_add_test(tests, what_is_no_text_is_refused_without_showing_it);
	tcase_add_test(tests, what_is_no_key_is_not_opened);
	tcase_add_test(tests, a_name_that_is_nearly_a_key_is_told_of);
	tcase_add_test(tests, what_is_no_file_is_named_as_what_it_is);
	tcase_add_test(tests, directories_that_are_not_meant_as_files_are_passed_over);
	tcase_add_test(tests, a_directory_that_may_not_be_searched_is_named_so);
	tcase_add_test(tests, links_inside_are_followed);
	tcase_add_test(tests, links_that_lead_out_are_refused);
	tcase_add_test(tests, a_dangling_link_is_missing);
	tcase_add_test(tests, links_in_circles_are_walked_once);
	tcase_add_test(tests, two_files_for_one_key_are_told_of);
	tcase_add_test(tests, a_file_that_is_too_big_is_not_read);
	tcase_add_test(tests, a_directory_that_is_not_there_is_missing);
	suite_add_tcase(suite, tests);
	return suite;
}
