/* SPDX-License-Identifier: ISC */
/* A snapshot as bytes: equal for equal sources, usable anywhere, refused where damaged. */
#include "api.h"

#include <stdlib.h>

static const char text[] =
	"server:\n  port: 80\n  hosts: [a, 'b c']\nratio: 0.50\nnil: null\n";

static struct deploycfg_snapshot *cfg;
static struct deploycfg_errors *errors;

static void setup(void)
{
	cfg = api_of_yaml(text);
	errors = NULL;
}

static void teardown(void)
{
	errors = deploycfg_errors_free(errors);
	cfg = deploycfg_snapshot_unref(cfg);
}

static bool equal_images(const struct deploycfg_snapshot *a,
			 const struct deploycfg_snapshot *b)
{
	size_t length_a, length_b;
	const void *bytes_a = deploycfg_snapshot_image(a, &length_a),
		   *bytes_b = deploycfg_snapshot_image(b, &length_b);

	return length_a == length_b && memcmp(bytes_a, bytes_b, length_a) == 0;
}

static bool equal_values(const struct deploycfg_snapshot *a,
			 const struct deploycfg_snapshot *b)
{
	return strcmp(deploycfg_snapshot_values_digest(a),
		      deploycfg_snapshot_values_digest(b)) == 0;
}

static bool equal_digests(const struct deploycfg_snapshot *a,
			  const struct deploycfg_snapshot *b)
{
	return strcmp(deploycfg_snapshot_image_digest(a),
		      deploycfg_snapshot_image_digest(b)) == 0;
}

/* A copy of the image that is to be freed, behind so many bytes of something else. */
static unsigned char *copy_of_image(size_t offset, size_t *length)
{
	const void *image = deploycfg_snapshot_image(cfg, length);
	unsigned char *copy = malloc(*length + offset);

	ck_assert_ptr_nonnull(copy);
	memset(copy, 0x5a, offset);
	memcpy(copy + offset, image, *length);
	return copy;
}

START_TEST(digests_are_32_hexadecimal_digits)
{
	const char *digests[] = {deploycfg_snapshot_values_digest(cfg),
				 deploycfg_snapshot_image_digest(cfg)};

	for (size_t i = 0; i < COUNT(digests); i++) {
		ck_assert_uint_eq(strlen(digests[i]), 32);
		ck_assert_uint_eq(strspn(digests[i], "0123456789abcdef"), 32);
	}
	ck_assert_str_ne(digests[0], digests[1]);
}
END_TEST

START_TEST(equal_sources_give_equal_bytes)
{
	struct deploycfg_snapshot *again = api_of_yaml(text);

	ck_assert(equal_images(cfg, again));
	ck_assert(equal_digests(cfg, again));
	ck_assert(equal_values(cfg, again));
	deploycfg_snapshot_unref(again);
}
END_TEST

/* Two texts in YAML, and whether their values are the same. */
static const struct {
	const char *one, *other;
	bool same_values;
} pairs[] = {
	{"a: 1\nb: 2\n", "\na: 1\nb: 2\n", true},
	{"a: 1\nb: 2\n", "b: 2\na: 1\n", true},
	{"a: 1\n", "a:  1\n", true},
	{"a: {b: 1}\n", "a:\n  b: 1\n", true},
	{"a: x\n", "a:  'x'\n", true},
	{"a: 1\n", "a: 2\n", false},
	{"a: 1\n", "b: 1\n", false},
	{"a: 1\n", "a: '1'\n", false},
	{"a: 1.0\n", "a: 1.00\n", false},
	{"a: 1\n", "a: 0x1\n", false},
	{"a: null\n", "a: ''\n", false},
	{"a: null\n", "{}\n", false},
	{"a: {}\n", "a: []\n", false},
	{"a: {}\n", "{}\n", false},
	{"a: [1, 2]\n", "a: [2, 1]\n", false},
	{"a: [[1], 2]\n", "a: [[1, 2]]\n", false},
	{"a: {b: 1}\n", "'a.b': 1\n", false},
	{"a: xy\nb: z\n", "a: x\nb: yz\n", false},
};

START_TEST(the_image_knows_places_and_the_values_digest_does_not)
{
	struct deploycfg_snapshot *one = api_of_yaml(pairs[_i].one),
				  *other = api_of_yaml(pairs[_i].other);

	ck_assert(!equal_images(one, other));
	ck_assert(!equal_digests(one, other));
	ck_assert(equal_values(one, other) == pairs[_i].same_values);
	deploycfg_snapshot_unref(one);
	deploycfg_snapshot_unref(other);
}
END_TEST

static struct deploycfg_snapshot *with(const char *environment, const char *weaker)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_set_environment(loader, environment);
	api_yaml(loader, 100, weaker);
	api_yaml(loader, 200, "a: 1\nwhen@production: {}\nwhen@development: {}\n");
	return api_load(loader);
}

START_TEST(what_lost_is_no_value_and_the_environment_is)
{
	struct deploycfg_snapshot *one = with("production", "a: 0\n"),
				  *history = with("prod", "a: 5\n"),
				  *environment = with("development", "a: 0\n");

	ck_assert(equal_values(one, history));
	ck_assert(!equal_digests(one, history));
	ck_assert(!equal_values(one, environment));
	deploycfg_snapshot_unref(one);
	deploycfg_snapshot_unref(history);
	deploycfg_snapshot_unref(environment);
}
END_TEST

START_TEST(values_are_equal_however_they_came_about)
{
	static const char *const variables[] = {"SHOP__T=word", NULL};
	struct deploycfg_snapshot *plain = api_of_yaml("a: 1\nt: word\nlist: [x]\n"),
				  *layered;
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, 100, "a: 12\nt: a\nlist: [word, y, z]\ngone: {word: list}\n");
	api_yaml(loader, 300, "a: 1\nlist: [x]\ngone: !unset\n");
	deploycfg_loader_set_prefix(loader, "SHOP");
	deploycfg_loader_set_environ(loader, variables);
	layered = api_load(loader);
	ck_assert_str_eq(api_leaves(layered), "a=1 list[0]=x t=word");
	ck_assert(equal_values(plain, layered));
	ck_assert(!equal_digests(plain, layered));
	deploycfg_snapshot_unref(plain);
	deploycfg_snapshot_unref(layered);
}
END_TEST

/* Everything of one snapshot is in the other. */
static void check_same(const struct deploycfg_snapshot *one,
		       const struct deploycfg_snapshot *other)
{
	const struct deploycfg_entry *entry = deploycfg_root(other);

	deploycfg_each_entry (one, wanted, deploycfg_root(one)) {
		ck_assert_ptr_nonnull(entry);
		ck_assert_str_eq(deploycfg_entry_path(entry),
				 deploycfg_entry_path(wanted));
		ck_assert_str_eq(deploycfg_entry_text(entry, NULL),
				 deploycfg_entry_text(wanted, NULL));
		ck_assert_int_eq(deploycfg_entry_type(entry),
				 deploycfg_entry_type(wanted));
		ck_assert_uint_eq(deploycfg_entry_line(entry),
				  deploycfg_entry_line(wanted));
		ck_assert_ptr_eq(
			deploycfg_find(other, deploycfg_entry_path(wanted), SIZE_MAX),
			entry);
		entry = deploycfg_next_entry(other, deploycfg_root(other), entry);
	}
	ck_assert_ptr_null(entry);
	ck_assert(equal_images(one, other));
	ck_assert(equal_digests(one, other));
	ck_assert_str_eq(deploycfg_snapshot_selected_by(one),
			 deploycfg_snapshot_selected_by(other));
}

START_TEST(a_copy_is_the_same_snapshot_wherever_it_lies)
{
	for (size_t offset = 0; offset < 9; offset++) {
		size_t length;
		unsigned char *bytes = copy_of_image(offset, &length);
		struct deploycfg_snapshot *copy =
			deploycfg_snapshot_from_image(bytes + offset, length, &errors);

		ck_assert_ptr_nonnull(copy);
		memset(bytes, 0, length + offset);
		free(bytes);
		check_same(cfg, copy);
		deploycfg_snapshot_unref(copy);
	}
	ck_assert_ptr_null(errors);
}
END_TEST

START_TEST(a_copy_outlives_the_snapshot_it_is_of)
{
	size_t length;
	const void *image = deploycfg_snapshot_image(cfg, &length);
	struct deploycfg_snapshot *copy =
		deploycfg_snapshot_from_image(image, length, &errors);

	cfg = deploycfg_snapshot_unref(cfg);
	ck_assert_int_eq(deploycfg_get_int(copy, "server.port", &errors), 80);
	ck_assert_ptr_null(errors);
	deploycfg_snapshot_unref(copy);
}
END_TEST

static void check_refused(const void *bytes, size_t length, const char *what,
			  size_t number)
{
	struct deploycfg_snapshot *copy =
		deploycfg_snapshot_from_image(bytes, length, &errors);

	ck_assert_msg(!copy, "%s %zu was taken", what, number);
	ck_assert_msg(api_take(&errors) == DEPLOYCFG_ERR_IMAGE, "%s %zu", what, number);
}

START_TEST(a_truncated_image_is_refused_at_every_length)
{
	size_t length;
	unsigned char *bytes = copy_of_image(0, &length);

	for (size_t cut = 0; cut < length; cut++) {
		unsigned char *part = malloc(cut ? cut : 1);

		memcpy(part, bytes, cut);
		check_refused(part, cut, "length", cut);
		free(part);
	}
	free(bytes);
}
END_TEST

START_TEST(an_image_with_more_behind_it_is_refused)
{
	size_t length;
	unsigned char *bytes = copy_of_image(8, &length);

	memmove(bytes, bytes + 8, length);
	check_refused(bytes, length + 1, "bytes more:", 1);
	check_refused(bytes, length + 8, "bytes more:", 8);
	free(bytes);
}
END_TEST

START_TEST(an_image_with_one_bit_flipped_is_refused_whichever_it_is)
{
	size_t length;
	unsigned char *bytes = copy_of_image(0, &length);

	for (size_t bit = 0; bit < 8 * length; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
		check_refused(bytes, length, "bit", bit);
		bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	cfg = deploycfg_snapshot_unref(cfg);
	cfg = deploycfg_snapshot_from_image(bytes, length, &errors);
	ck_assert_ptr_nonnull(cfg);
	free(bytes);
}
END_TEST

START_TEST(what_was_never_an_image_is_refused)
{
	static const char zeros[4096];

	check_refused("", 0, "nothing", 0);
	check_refused(text, sizeof(text), "a text", 0);
	check_refused(zeros, sizeof(zeros), "zeros", 0);
	ck_assert_ptr_null(deploycfg_snapshot_from_image(zeros, sizeof(zeros), NULL));
}
END_TEST

Suite *images_suite(void)
{
	Suite *suite = suite_create("images");
	TCase *cases = tcase_create("images");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, digests_are_32_hexadecimal_digits);
	tcase_add_test(cases, equal_sources_give_equal_bytes);
	tcase_add_loop_test(cases, the_image_knows_places_and_the_values_digest_does_not,
			    0, (int)COUNT(pairs));
	tcase_add_test(cases, what_lost_is_no_value_and_the_environment_is);
	tcase_add_test(cases, values_are_equal_however_they_came_about);
	tcase_add_test(cases, a_copy_is_the_same_snapshot_wherever_it_lies);
	tcase_add_test(cases, a_copy_outlives_the_snapshot_it_is_of);
	tcase_add_test(cases, a_truncated_image_is_refused_at_every_length);
	tcase_add_test(cases, an_image_with_more_behind_it_is_refused);
	tcase_add_test(cases, an_image_with_one_bit_flipped_is_refused_whichever_it_is);
	tcase_add_test(cases, what_was_never_an_image_is_refused);
	suite_add_tcase(suite, cases);
	return suite;
}
