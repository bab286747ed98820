/* SPDX-License-Identifier: ISC */
/* Freezing, and reading back what was frozen. */
#include <malloc.h>

#include "unit.h"

#include "base/mem.h"
#include "image/verify.h"
#include "image_tree.h"

static struct tree tree;
static struct deploycfg_snapshot *sample;

static void setup(void)
{
	tree_init(&tree);
	tree_sample(&tree);
	sample = tree_snapshot(&tree);
}

static void teardown(void)
{
	deploycfg_snapshot_unref(sample);
	tree_fini(&tree);
}

static const struct deploycfg_entry *find(const char *path)
{
	return deploycfg_find(sample, path, SIZE_MAX);
}

START_TEST(a_frozen_tree_is_verified)
{
	const char *problem = "";
	size_t length, offset = 0;
	const void *bytes = deploycfg_snapshot_image(sample, &length);

	ck_assert_msg(dcfg_verify(bytes, length, &problem, &offset), "%s at %zu", problem,
		      offset);
	ck_assert_uint_le(length, 4096);
}
END_TEST

START_TEST(an_entry_knows_all_about_its_key)
{
	const struct deploycfg_entry *port = find("server.port");
	size_t length;

	ck_assert_str_eq(deploycfg_entry_name(port), "port");
	ck_assert_uint_eq(deploycfg_entry_index(port), SIZE_MAX);
	ck_assert_int_eq(deploycfg_entry_type(port), DEPLOYCFG_INT);
	ck_assert_str_eq(deploycfg_entry_text(port, &length), "8080");
	ck_assert_uint_eq(length, 4);
	ck_assert_str_eq(deploycfg_source_name(deploycfg_entry_source(port)),
			 "config/base.yaml");
	ck_assert_uint_eq(deploycfg_entry_line(port), 2);
	ck_assert_uint_eq(deploycfg_entry_column(port), 7);
	ck_assert_int_eq(deploycfg_entry_relation(port), DEPLOYCFG_WINNER);
	ck_assert_uint_eq(deploycfg_entry_count(port), 0);
	ck_assert_uint_eq(deploycfg_entry_count(find("hosts")), 2);
	ck_assert_str_eq(deploycfg_entry_text(find("hosts"), NULL), "");
	ck_assert_uint_eq(deploycfg_entry_index(find("hosts[1]")), 1);
	ck_assert_str_eq(deploycfg_entry_name(find("hosts[1]")), "");
	ck_assert_str_eq(deploycfg_entry_name(find("limits.\"a\\\"b\\\\c\"")), "a\"b\\c");
	ck_assert_str_eq(deploycfg_entry_name(find("limits.\"api.v1\"")), "api.v1");
	ck_assert_str_eq(deploycfg_entry_name(deploycfg_root(sample)), "");
}
END_TEST

START_TEST(related_values_run_from_strong_to_weak)
{
	const struct deploycfg_entry *port = find("server.port");
	const struct deploycfg_entry *related = deploycfg_entry_related(port);

	ck_assert_int_eq(deploycfg_entry_relation(related), DEPLOYCFG_SKIPPED);
	ck_assert_str_eq(deploycfg_source_name(deploycfg_entry_source(related)),
			 "env:SHOP__PORT");
	ck_assert_uint_eq(deploycfg_entry_line(related), 0);
	related = deploycfg_entry_next_related(related);
	ck_assert_int_eq(deploycfg_entry_relation(related), DEPLOYCFG_SHADOWED);
	ck_assert_str_eq(deploycfg_entry_path(related), "server.port");
	ck_assert_str_eq(deploycfg_entry_name(related), "port");
	ck_assert_int_eq(deploycfg_entry_int(related, NULL), 80);
	ck_assert_ptr_null(deploycfg_entry_next_related(related));
	ck_assert_ptr_null(deploycfg_entry_related(related));
	ck_assert_ptr_null(deploycfg_next_sibling(sample, related));
	ck_assert_ptr_null(deploycfg_entry_next_related(port));
	ck_assert_ptr_null(deploycfg_entry_related(find("ratio")));
	related = deploycfg_entry_related(find("hosts"));
	ck_assert_int_eq(deploycfg_entry_type(related), DEPLOYCFG_LIST);
	ck_assert_uint_eq(deploycfg_entry_count(related), 1);
	ck_assert_ptr_null(deploycfg_first_child(sample, related));
	ck_assert_ptr_null(deploycfg_next_entry(sample, related, related));
}
END_TEST

static const struct deploycfg_entry *expect_input(const struct deploycfg_entry *input,
						  const char *path, const char *name,
						  size_t index, const char *text)
{
	ck_assert_int_eq(deploycfg_entry_relation(input), DEPLOYCFG_INPUT);
	ck_assert_str_eq(deploycfg_entry_path(input), path);
	ck_assert_str_eq(deploycfg_entry_name(input), name);
	ck_assert_uint_eq(deploycfg_entry_index(input), index);
	ck_assert_str_eq(deploycfg_entry_text(input, NULL), text);
	return deploycfg_entry_next_related(input);
}

START_TEST(what_was_used_stands_at_its_own_key)
{
	const struct deploycfg_entry *related = deploycfg_entry_related(find("url"));

	ck_assert_int_eq(deploycfg_entry_relation(related), DEPLOYCFG_TEMPLATE);
	ck_assert_str_eq(deploycfg_entry_path(related), "url");
	ck_assert_str_eq(deploycfg_entry_text(related, NULL), "${x}");
	related = deploycfg_entry_next_related(related);
	related = expect_input(related, "hosts[0]", "", 0, "a");
	related = expect_input(related, "limits.\"api.v1\"", "api.v1", SIZE_MAX, "-5");
	related = expect_input(related, "env:X_1", "env:X_1", SIZE_MAX, "");
	ck_assert_uint_eq(deploycfg_entry_count(related), 3);
	related = expect_input(related, "in", "in", SIZE_MAX, "");
	ck_assert_int_eq(deploycfg_entry_relation(related), DEPLOYCFG_SHADOWED);
	ck_assert_str_eq(deploycfg_entry_path(related), "url");
}
END_TEST

START_TEST(sources_are_kept_with_what_became_of_them)
{
	const struct deploycfg_source *source = deploycfg_snapshot_source(sample, 1);

	ck_assert_uint_eq(deploycfg_snapshot_sources(sample), 3);
	ck_assert_str_eq(deploycfg_source_name(source), "config/local.yaml");
	ck_assert_str_eq(deploycfg_source_label(source), "local");
	ck_assert_str_eq(deploycfg_source_reason(source), "not in development");
	ck_assert_int_eq(deploycfg_source_layer(source), 700);
	ck_assert_int_eq(deploycfg_source_kind(source), DEPLOYCFG_SOURCE_FILE);
	ck_assert_int_eq(deploycfg_source_state(source), DEPLOYCFG_SOURCE_IGNORED);
	ck_assert_ptr_null(deploycfg_snapshot_source(sample, 3));
	ck_assert_str_eq(deploycfg_snapshot_environment(sample), "production");
	ck_assert_str_eq(deploycfg_snapshot_selected_by(sample), "SHOP_ENV");
	ck_assert_str_eq(deploycfg_snapshot_overlays(sample), "eu,blue");
	ck_assert_str_eq(deploycfg_snapshot_overlays_by(sample), "argument");
	ck_assert_str_eq(deploycfg_snapshot_prefix(sample), "SHOP");
}
END_TEST

START_TEST(what_a_schema_says_is_kept)
{
	const struct deploycfg_entry *timeout = find("typed.timeout");
	const struct deploycfg_entry *lost = deploycfg_entry_related(timeout);

	ck_assert_int_eq(deploycfg_entry_type(timeout), DEPLOYCFG_DURATION);
	ck_assert_uint_eq(deploycfg_entry_flags(timeout), DEPLOYCFG_FLAG_RESTART);
	ck_assert_uint_eq(deploycfg_entry_flags(lost), DEPLOYCFG_FLAG_DEFAULT);
	ck_assert_int_eq(deploycfg_entry_duration(lost, NULL), INT64_C(30000000000));
	ck_assert_ptr_null(deploycfg_entry_next_related(lost));
	ck_assert_int_eq(deploycfg_entry_type(find("typed.size")), DEPLOYCFG_SIZE);
	ck_assert_uint_eq(deploycfg_entry_flags(find("typed.size")),
			  DEPLOYCFG_FLAG_DEFAULT | DEPLOYCFG_FLAG_DEPRECATED);
	ck_assert_int_eq(deploycfg_entry_type(find("typed.level")), DEPLOYCFG_ENUM);
	ck_assert_uint_eq(deploycfg_entry_flags(find("typed.level")),
			  DEPLOYCFG_FLAG_REPLACES);
	ck_assert_int_eq(deploycfg_entry_type(find("typed.path")), DEPLOYCFG_PATH);
	ck_assert_uint_eq(deploycfg_entry_flags(find("typed.path")),
			  DEPLOYCFG_FLAG_SECRET | DEPLOYCFG_FLAG_MASKED);
	ck_assert_uint_eq(deploycfg_entry_flags(deploycfg_root(sample)), 0);
	ck_assert_uint_eq(le32_get(sample->image.header->flags), DCFG_HAS_SCHEMA);
}
END_TEST

START_TEST(scalars_print_canonically)
{
	static const struct {
		const char *path, *text;
	} rows[] = {{"server.port", "8080"},
		    {"hosts[1].port", "16"},
		    {"ratio", "0.5"},
		    {"server.tls", "true"},
		    {"nothing", "null"},
		    {"server.host", "localhost"},
		    {"limits.\"api.v1\"", "-5"},
		    {"typed.timeout", "1m30s"},
		    {"typed.size", "64MiB"},
		    {"typed.level", "debug"},
		    {"typed.path", "******"},
		    {"hosts", ""}};
	char buffer[16];

	for (size_t i = 0; i < DCFG_COUNT(rows); i++) {
		ck_assert_uint_eq(
			deploycfg_entry_print(find(rows[i].path), buffer, sizeof(buffer)),
			strlen(rows[i].text));
		ck_assert_str_eq(buffer, rows[i].text);
	}
	ck_assert_uint_eq(deploycfg_entry_print(find("server.host"), buffer, 4), 9);
	ck_assert_str_eq(buffer, "loc");
	ck_assert_uint_eq(deploycfg_entry_print(find("server.host"), NULL, 0), 9);
}
END_TEST

START_TEST(the_same_tree_gives_the_same_bytes)
{
	struct tree other;
	size_t length, other_length;
	const void *bytes = deploycfg_snapshot_image(sample, &length);
	void *other_bytes;

	mallopt(M_PERTURB, 0x5a); /* what is left uninitialised would show */
	tree_init(&other);
	tree_sample(&other);
	other_bytes = tree_freeze(&other, &other_length);
	mallopt(M_PERTURB, 0);
	ck_assert_uint_eq(length, other_length);
	ck_assert_mem_eq(bytes, other_bytes, length);
	dcfg_free(other_bytes);
	tree_fini(&other);
}
END_TEST

/* Digest of values of a tree with two keys, changed in one thing. */
static void digest_of(int change, char digest[33], char image[33])
{
	struct tree one;
	struct dcfg_node *node;
	struct deploycfg_snapshot *cfg;
	static const char *const environments[] = {"testing", "production"};

	tree_init(&one);
	one.environment = environments[change != 1];
	one.overlays = change == 9 ? "" : "eu";
	one.prefix = change == 10 ? "" : "SHOP";
	one.has_schema = change != 11;
	node = tree_put(&one, change == 2 ? "a.c" : "a.b",
			tree_scalar(&one, change == 3 ? DEPLOYCFG_STRING : DEPLOYCFG_INT,
				    change == 4   ? "0x10"
				    : change == 5 ? "17"
						  : "16",
				    0, change == 6 ? 99 : 1));
	if (change == 7)
		tree_relate(&one, &node->related,
			    tree_scalar(&one, DEPLOYCFG_INT, "3", 0, 1),
			    DEPLOYCFG_SHADOWED);
	if (change == 12)
		node->flags |= DCFG_IS_DEFAULT;
	tree_put(&one, "e", change == 8 ? tree_list(&one) : tree_map(&one));
	cfg = tree_snapshot(&one);
	snprintf(digest, 33, "%s", deploycfg_snapshot_values_digest(cfg));
	snprintf(image, 33, "%s", deploycfg_snapshot_image_digest(cfg));
	deploycfg_snapshot_unref(cfg);
	tree_fini(&one);
}

START_TEST(the_digest_of_values_sees_what_programs_see)
{
	static const bool seen[] = {false, true, true, true,  true,  true, false,
				    false, true, true, false, false, false};
	char plain[33], image[33], digest[33], other[33];

	digest_of(0, plain, image);
	ck_assert_uint_eq(strlen(plain), 32);
	for (int change = 0; change < (int)DCFG_COUNT(seen); change++) {
		digest_of(change, digest, other);
		ck_assert_msg((strcmp(plain, digest) != 0) == seen[change], "change %d",
			      change);
		ck_assert_msg((strcmp(image, other) != 0) == (change != 0), "change %d",
			      change);
	}
}
END_TEST

START_TEST(references_are_counted)
{
	ck_assert_ptr_eq(deploycfg_snapshot_ref(sample), sample);
	ck_assert_ptr_null(deploycfg_snapshot_unref(sample));
	ck_assert_ptr_null(deploycfg_snapshot_unref(NULL));
	ck_assert_ptr_null(deploycfg_snapshot_ref(NULL));
	ck_assert_int_eq(deploycfg_get_int(sample, "server.port", NULL), 8080);
}
END_TEST

START_TEST(an_empty_configuration_is_an_empty_map)
{
	struct tree empty;
	struct deploycfg_snapshot *cfg;

	tree_init(&empty);
	cfg = tree_snapshot(&empty);
	ck_assert_int_eq(deploycfg_entry_type(deploycfg_root(cfg)), DEPLOYCFG_MAP);
	ck_assert_ptr_null(deploycfg_first_child(cfg, deploycfg_root(cfg)));
	ck_assert_ptr_null(deploycfg_entry_source(deploycfg_root(cfg)));
	ck_assert_ptr_null(deploycfg_find(cfg, "a", SIZE_MAX));
	ck_assert_ptr_null(deploycfg_next_history(cfg, NULL));
	deploycfg_snapshot_unref(cfg);
	tree_fini(&empty);
}
END_TEST

START_TEST(long_paths_and_large_images_are_limit_errors)
{
	struct tree big;
	char path[64];
	struct dcfg_node *node;
	size_t length;

	tree_init(&big);
	big.context.limits.of[DEPLOYCFG_LIMIT_PATH] = 8;
	tree_put(&big, "abcd.efgh", tree_scalar(&big, DEPLOYCFG_INT, "1", 0, 1));
	tree_put(&big, "abcd.efg", tree_scalar(&big, DEPLOYCFG_INT, "1", 0, 1));
	ck_assert_ptr_null(tree_freeze(&big, &length));
	ck_assert_uint_eq(deploycfg_errors_count(big.context.errors), 1);
	tree_fini(&big);
	tree_init(&big);
	for (int i = 0; i < 260; i++) {
		snprintf(path, sizeof(path), "k%d", i);
		node = tree_put(&big, path,
				tree_scalar(&big, DEPLOYCFG_STRING, "", 0, 1));
		node->length = 16
			       << 20; /* never read: the sum is too large before that */
	}
	ck_assert_ptr_null(tree_freeze(&big, &length));
	ck_assert_int_eq(
		deploycfg_error_status(deploycfg_errors_at(big.context.errors, 0)),
		DEPLOYCFG_ERR_LIMIT);
	tree_fini(&big);
}
END_TEST

/* As where keys are made to collide: all of them begin at one slot. */
START_TEST(an_index_that_no_seed_makes_short_is_none)
{
	struct dcfg_index_shape shape =
		dcfg_index_shape((uint32_t)sample->image.record_count);
	struct le32 slots[256];
	uint32_t seed = 1;

	shape.homes = 1;
	shape.reach = 8;
	shape.slots = 9;
	ck_assert(!dcfg_index_build(&shape, slots, sample->image.records,
				    (uint32_t)sample->image.record_count, &seed));
	ck_assert_uint_eq(seed, 0);
}
END_TEST

START_TEST(names_of_files_that_are_no_utf8_are_escaped)
{
	struct tree odd;
	struct deploycfg_snapshot *cfg;
	size_t length, offset;
	const char *problem = "";
	const void *bytes;

	tree_init(&odd);
	odd.context.sources.list[0].name = DCFG_VIEW("conf\xff.yaml");
	tree_put(&odd, "a", tree_scalar(&odd, DEPLOYCFG_INT, "1", 0, 1));
	cfg = tree_snapshot(&odd);
	bytes = deploycfg_snapshot_image(cfg, &length);
	ck_assert_msg(dcfg_verify(bytes, length, &problem, &offset), "%s", problem);
	ck_assert_str_eq(deploycfg_source_name(deploycfg_snapshot_source(cfg, 0)),
			 "conf\\xFF.yaml");
	deploycfg_snapshot_unref(cfg);
	tree_fini(&odd);
}
END_TEST

Suite *image_suite(void)
{
	Suite *suite = suite_create("image");
	TCase *cases = tcase_create("image");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_frozen_tree_is_verified);
	tcase_add_test(cases, an_entry_knows_all_about_its_key);
	tcase_add_test(cases, related_values_run_from_strong_to_weak);
	tcase_add_test(cases, what_was_used_stands_at_its_own_key);
	tcase_add_test(cases, sources_are_kept_with_what_became_of_them);
	tcase_add_test(cases, what_a_schema_says_is_kept);
	tcase_add_test(cases, scalars_print_canonically);
	tcase_add_test(cases, the_same_tree_gives_the_same_bytes);
	tcase_add_test(cases, the_digest_of_values_sees_what_programs_see);
	tcase_add_test(cases, references_are_counted);
	tcase_add_test(cases, an_empty_configuration_is_an_empty_map);
	tcase_add_test(cases, long_paths_and_large_images_are_limit_errors);
	tcase_add_test(cases, an_index_that_no_seed_makes_short_is_none);
	tcase_add_test(cases, names_of_files_that_are_no_utf8_are_escaped);
	suite_add_tcase(suite, cases);
	return suite;
}
