/* SPDX-License-Identifier: ISC */
/* Values that must not be in an image, and who is told them. */
#include "unit.h"

#include "base/mem.h"
#include "base/vault.h"
#include "image/verify.h"
#include "image_tree.h"

#define WON "won-3c1f0a97"
#define LOST "lost-8d52e6b4"
#define PAST "past-f10bc92e"

static struct tree tree;
static struct deploycfg_snapshot *cfg;

static struct dcfg_node *secret(enum deploycfg_type type, const char *text, uint32_t line)
{
	struct dcfg_node *node = tree_scalar(&tree, type, text, 0, line);

	node->flags |= DCFG_IS_SECRET;
	return node;
}

static void setup(void)
{
	struct dcfg_node *password;

	tree_init(&tree);
	password = secret(DEPLOYCFG_STRING, WON, 2);
	tree_put(&tree, "db.host", tree_scalar(&tree, DEPLOYCFG_STRING, "db1", 0, 1));
	tree_put(&tree, "db.\"pass.word\"", password);
	tree_relate(&tree, &password->related, secret(DEPLOYCFG_STRING, LOST, 3),
		    DEPLOYCFG_SHADOWED);
	tree_put(&tree, "db.pin", secret(DEPLOYCFG_INT, "4711", 4));
	tree_put(&tree, "db.none", secret(DEPLOYCFG_NULL, "~", 5));
	tree_put(&tree, "api_token", tree_scalar(&tree, DEPLOYCFG_STRING, "looks", 0, 6));
	tree_past(&tree, "old.key", secret(DEPLOYCFG_STRING, PAST, 7), DEPLOYCFG_UNSET);
	cfg = tree_snapshot(&tree);
}

static void teardown(void)
{
	deploycfg_snapshot_unref(cfg);
	tree_fini(&tree);
}

static const struct deploycfg_entry *find(const char *path)
{
	return deploycfg_find(cfg, path, SIZE_MAX);
}

START_TEST(the_image_holds_no_secret)
{
	static const char *const secrets[] = {WON, LOST, PAST, "4711"};
	const char *problem = "";
	size_t length, offset = 0;
	const char *bytes = deploycfg_snapshot_image(cfg, &length);
	int64_t pin = 4711;

	ck_assert_msg(dcfg_verify(bytes, length, &problem, &offset), "%s at %zu", problem,
		      offset);
	for (size_t i = 0; i < DCFG_COUNT(secrets); i++)
		ck_assert_ptr_null(memmem(bytes, length, secrets[i], strlen(secrets[i])));
	ck_assert_ptr_null(memmem(bytes, length, &pin, sizeof(pin)));
	ck_assert_ptr_nonnull(memmem(bytes, length, "looks", 5));
}
END_TEST

START_TEST(the_snapshot_tells_a_secret)
{
	struct deploycfg_value value;

	ck_assert_str_eq(deploycfg_get_string(cfg, "db.\"pass.word\"", NULL), WON);
	ck_assert_int_eq(deploycfg_get_int(cfg, "db.pin", NULL), 4711);
	ck_assert_int_eq(deploycfg_get_int_or(cfg, "db.none", 7, NULL), 7);
	deploycfg_find_value(cfg, "db.pin", SIZE_MAX, &value);
	ck_assert_int_eq(value.type, DEPLOYCFG_INT);
	ck_assert_int_eq(value.integer, 4711);
	ck_assert_str_eq(value.text, "4711");
	ck_assert_uint_eq(value.flags, DEPLOYCFG_FLAG_SECRET | DEPLOYCFG_FLAG_MASKED);
}
END_TEST

START_TEST(an_entry_alone_does_not)
{
	const struct deploycfg_entry *pin = find("db.pin");
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_value value;
	size_t length = 9;
	char text[16];

	ck_assert_int_eq(deploycfg_entry_type(pin), DEPLOYCFG_INT);
	ck_assert_ptr_null(deploycfg_entry_text(pin, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert_int_eq(deploycfg_entry_int(pin, &errors), 0);
	ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, 0)),
			 DEPLOYCFG_ERR_SECRET);
	ck_assert_uint_eq(deploycfg_entry_print(pin, text, sizeof(text)), 6);
	ck_assert_str_eq(text, "******");
	deploycfg_entry_value(pin, &value);
	ck_assert_ptr_null(value.text);
	ck_assert_int_eq(value.integer, 0);
	ck_assert_uint_eq(value.flags, DEPLOYCFG_FLAG_SECRET | DEPLOYCFG_FLAG_MASKED);
	deploycfg_errors_free(errors);
}
END_TEST

START_TEST(twins_tell_it_of_values_that_lost_too)
{
	const struct deploycfg_entry *word = find("db.\"pass.word\""), *lost, *twin;
	const struct deploycfg_entry *past =
		deploycfg_entry_related(deploycfg_next_history(cfg, NULL));

	twin = deploycfg_entry_reveal(cfg, word, NULL);
	ck_assert_str_eq(deploycfg_entry_text(twin, NULL), WON);
	ck_assert_str_eq(deploycfg_entry_path(twin), "db.\"pass.word\"");
	ck_assert_str_eq(deploycfg_entry_name(twin), "pass.word");
	ck_assert_ptr_null(deploycfg_entry_source(twin));
	lost = deploycfg_entry_related(word);
	ck_assert_ptr_null(deploycfg_entry_text(lost, NULL));
	twin = deploycfg_entry_reveal(cfg, lost, NULL);
	ck_assert_str_eq(deploycfg_entry_text(twin, NULL), LOST);
	ck_assert_int_eq(deploycfg_entry_relation(twin), DEPLOYCFG_SHADOWED);
	twin = deploycfg_entry_reveal(cfg, past, NULL);
	ck_assert_str_eq(deploycfg_entry_text(twin, NULL), PAST);
	ck_assert_ptr_eq(deploycfg_entry_reveal(cfg, find("db.host"), NULL),
			 find("db.host"));
	ck_assert_ptr_null(deploycfg_entry_reveal(NULL, word, NULL));
	ck_assert_ptr_null(deploycfg_entry_reveal(cfg, NULL, NULL));
}
END_TEST

START_TEST(an_image_comes_without_its_secrets)
{
	struct deploycfg_errors *errors = NULL;
	size_t length;
	const void *bytes = deploycfg_snapshot_image(cfg, &length);
	struct deploycfg_snapshot *copy =
		deploycfg_snapshot_from_image(bytes, length, NULL);

	ck_assert_ptr_nonnull(copy);
	ck_assert_str_eq(deploycfg_get_string(copy, "db.host", NULL), "db1");
	ck_assert_ptr_null(deploycfg_get_string(copy, "db.\"pass.word\"", &errors));
	ck_assert_int_eq(deploycfg_get_int_or(copy, "db.pin", 7, &errors), 7);
	ck_assert_ptr_null(deploycfg_entry_reveal(
		copy, deploycfg_find(copy, "db.pin", SIZE_MAX), &errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_int_eq(deploycfg_error_status(deploycfg_errors_at(errors, i)),
				 DEPLOYCFG_ERR_SECRET);
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(copy);
}
END_TEST

START_TEST(what_is_masked_is_marked)
{
	const unsigned both = DEPLOYCFG_FLAG_SECRET | DEPLOYCFG_FLAG_MASKED;

	ck_assert_uint_eq(deploycfg_entry_flags(find("db.pin")), both);
	ck_assert_uint_eq(deploycfg_entry_flags(find("db.none")), both);
	ck_assert_uint_eq(deploycfg_entry_flags(find("api_token")),
			  DEPLOYCFG_FLAG_MASKED);
	ck_assert_uint_eq(deploycfg_entry_flags(find("db.host")), 0);
	ck_assert_str_eq(deploycfg_get_string(cfg, "api_token", NULL), "looks");
}
END_TEST

START_TEST(a_secret_counts_as_set)
{
	const char *before = deploycfg_snapshot_values_digest(cfg);
	struct tree other;
	struct deploycfg_snapshot *changed;

	tree_init(&other);
	tree_put(&other, "db.host", tree_scalar(&other, DEPLOYCFG_STRING, "db1", 0, 1));
	tree_put(&other, "db.\"pass.word\"",
		 tree_scalar(&other, DEPLOYCFG_STRING, "another", 0, 2))
		->flags |= DCFG_IS_SECRET;
	tree_put(&other, "db.pin", tree_scalar(&other, DEPLOYCFG_STRING, "x", 0, 2))
		->flags |= DCFG_IS_SECRET;
	tree_put(&other, "db.none", tree_scalar(&other, DEPLOYCFG_NULL, "~", 0, 2));
	tree_put(&other, "api_token",
		 tree_scalar(&other, DEPLOYCFG_STRING, "looks", 0, 6));
	changed = tree_snapshot(&other);
	ck_assert_str_eq(deploycfg_snapshot_values_digest(changed), before);
	deploycfg_snapshot_unref(changed);
	tree_fini(&other);
}
END_TEST

Suite *image_secrets_suite(void)
{
	Suite *suite = suite_create("image_secrets");
	TCase *cases = tcase_create("image_secrets");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, the_image_holds_no_secret);
	tcase_add_test(cases, the_snapshot_tells_a_secret);
	tcase_add_test(cases, an_entry_alone_does_not);
	tcase_add_test(cases, twins_tell_it_of_values_that_lost_too);
	tcase_add_test(cases, an_image_comes_without_its_secrets);
	tcase_add_test(cases, what_is_masked_is_marked);
	tcase_add_test(cases, a_secret_counts_as_set);
	suite_add_tcase(suite, cases);
	return suite;
}
