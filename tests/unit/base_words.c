/* SPDX-License-Identifier: ISC */
/* Near words and lists of them, the environment's variables, and the names of versions and types. */
#include "unit.h"

#include "base/environ.h"
#include "base/listing.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "deploycfg.h"

static const struct distance_row {
	const char *a, *b;
	size_t most, distance;
} distances[] = {
	{"", "", 2, 0},
	{"", "ab", 2, 2},
	{"port", "port", 2, 0},
	{"port", "prot", 2, 1}, /* a swap */
	{"port", "pot", 2, 1},
	{"port", "sport", 2, 1},
	{"port", "part", 2, 1},
	{"ca", "abc", 5, 3}, /* no edit within a swap */
	{"production", "prodution", 2, 1},
	{"production", "prodcution", 2, 1},
	{"production", "prdocution", 2, 2},
	{"kitten", "sitting", 3, 3},
	{"kitten", "sitting", 2, 3}, /* that is, more than 2 */
	{"abcdef", "ghijkl", 3, 4},
	{"a", "abcdef", 2, 3},
	{"badc", "abcd", 2, 2},
	{"badcfe", "abcdef", 3, 3},
};

START_TEST(edits_are_counted_up_to_a_bound)
{
	const struct distance_row *row = &distances[_i];
	struct dcfg_view a = dcfg_view_text(row->a), b = dcfg_view_text(row->b);

	ck_assert_uint_eq(dcfg_distance(a, b, row->most), row->distance);
	ck_assert_uint_eq(dcfg_distance(b, a, row->most), row->distance);
}
END_TEST

START_TEST(long_words_are_near_nothing)
{
	char a[65], b[65];

	memset(a, 'a', sizeof(a));
	memset(b, 'a', sizeof(b));
	ck_assert_uint_eq(dcfg_distance(dcfg_view(a, 64), dcfg_view(b, 64), 2), 0);
	ck_assert_uint_eq(dcfg_distance(dcfg_view(a, 64), dcfg_view(b, 62), 2), 2);
	ck_assert_uint_eq(dcfg_distance(dcfg_view(a, 65), dcfg_view(b, 65), 2), 3);
	ck_assert_uint_eq(dcfg_distance(dcfg_view(a, 65), dcfg_view(b, 64), 2), 3);
}
END_TEST

struct nearest_row {
	const char *word, *offers[4], *best; /* NULL for none */
};

static const struct nearest_row nearests[] = {
	{"ho", {"hop", "go"}, NULL}, /* too short to be meant */
	{"hos", {"host", "hop"}, "host"},
	{"hsot", {"post", "host", "most"}, "host"},
	{"prot", {"part", "port"}, "port"},
	{"timeuot", {"timer", "timeout", "time"}, "timeout"},
	{"tmieuot", {"timeout"}, "timeout"},
	{"levle", {"lvl", "label"}, NULL}, /* two edits, five letters */
	{"database", {"data", "server"}, NULL},
	{"WARNING", {"error", "warning"}, "warning"}, /* capitals cost nothing */
	{"B", {"a", "b"}, "b"},
	{"Prot", {"part", "port"}, "port"},
	{"MAX-SIZE", {"max_sizes", "max_size"}, "max_size"},
};

static const struct nearest_row nearest_paths[] = {
	{"server.host", {"server.port", "server.mode"}, NULL}, /* 2 of 4 letters */
	{"server.hsot", {"server.port", "server.host"}, "server.host"},
	{"sever.port", {"server.port"}, "server.port"},
	{"a.port.x", {"b.port.x"}, NULL},
	{"serverport", {"server.port"}, "server.port"},
	{"server.port", {"serverport"}, "serverport"},
	{"sever.prot", {"server.port"}, "server.port"},
	{"a.b", {"a.x.b", "a"}, NULL},
	{"Server.prot", {"server.post", "server.port"}, "server.port"},
	{"a.PORT.x", {"b.port.x", "A.port.X"}, "A.port.X"},
};

START_TEST(parts_that_differ_are_measured)
{
	const struct nearest_row *row = &nearest_paths[_i];
	struct dcfg_nearest nearest = {.word = dcfg_view_text(row->word)};

	for (size_t i = 0; i < DCFG_COUNT(row->offers) && row->offers[i]; i++)
		dcfg_nearest_offer_parts(&nearest, DCFG_VIEW("."),
					 dcfg_view_text(row->offers[i]));
	if (row->best)
		ck_assert_str_eq(nearest.best.ptr, row->best);
	else
		ck_assert_ptr_null(nearest.best.ptr);
}
END_TEST

START_TEST(the_nearest_word_is_found)
{
	const struct nearest_row *row = &nearests[_i];
	struct dcfg_nearest nearest = {.word = dcfg_view_text(row->word)};

	for (size_t i = 0; i < DCFG_COUNT(row->offers) && row->offers[i]; i++)
		dcfg_nearest_offer(&nearest, dcfg_view_text(row->offers[i]));
	if (row->best)
		ck_assert_str_eq(nearest.best.ptr, row->best);
	else
		ck_assert_ptr_null(nearest.best.ptr);
}
END_TEST

START_TEST(words_are_listed_as_far_as_they_fit)
{
	struct dcfg_listing listing = {.length = 0};
	char word[301];

	dcfg_listing_add(&listing, DCFG_VIEW("a"));
	dcfg_listing_add(&listing, DCFG_VIEW(""));
	ck_assert_str_eq(listing.text, "a, ''");
	memset(word, 'x', sizeof(word));
	dcfg_listing_add(&listing, dcfg_view(word, sizeof(listing.text) - 5));
	dcfg_listing_add(&listing, DCFG_VIEW("b"));
	ck_assert_str_eq(listing.text, "a, '', ...");
}
END_TEST

START_TEST(a_long_first_word_is_cut_between_characters)
{
	for (size_t length = 200; length < 300; length++) {
		struct dcfg_listing listing = {.length = 0};
		char word[301];

		for (size_t i = 0; i < length; i++)
			word[i] = i % 2 ? '\xa9' : '\xc3';
		dcfg_listing_add(&listing, dcfg_view(word, length / 2 * 2));
		ck_assert_uint_eq(listing.length, strlen(listing.text));
		ck_assert_uint_lt(listing.length, sizeof(listing.text));
		ck_assert_uint_eq(dcfg_utf8_check(dcfg_view_text(listing.text)),
				  listing.length);
		ck_assert_int_eq(listing.cut, length > 235);
	}
}
END_TEST

START_TEST(variables_are_copied_and_found)
{
	char port[] = "PORT=80";
	const char *variables[] = {port, "PORT=81", "EMPTY=", "broken", "A=b=c", NULL};
	struct dcfg_arena arena;
	struct dcfg_environ environment;
	bool twice;

	dcfg_arena_init(&arena);
	environment = dcfg_environ_copy(&arena, variables);
	port[5] = '9';
	ck_assert_uint_eq(environment.count, 5);
	ck_assert_str_eq(environment.list[3].ptr, "broken");
	ck_assert_str_eq(dcfg_environ_get(&environment, DCFG_VIEW("PORT"), &twice).ptr,
			 "80");
	ck_assert(twice);
	ck_assert_str_eq(dcfg_environ_get(&environment, DCFG_VIEW("EMPTY"), &twice).ptr,
			 "");
	ck_assert(!twice);
	ck_assert_str_eq(dcfg_environ_get(&environment, DCFG_VIEW("A"), &twice).ptr,
			 "b=c");
	ck_assert_ptr_null(dcfg_environ_get(&environment, DCFG_VIEW("POR"), &twice).ptr);
	ck_assert_ptr_null(
		dcfg_environ_get(&environment, DCFG_VIEW("broken"), &twice).ptr);
	ck_assert_ptr_null(
		dcfg_environ_get(&environment, DCFG_VIEW("PORTS"), &twice).ptr);
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(an_empty_environment_is_no_lack_of_memory)
{
	const char *variables[] = {NULL};
	struct dcfg_arena arena;
	struct dcfg_environ environment;
	bool twice;

	dcfg_arena_init(&arena);
	environment = dcfg_environ_copy(&arena, variables);
	ck_assert_uint_eq(environment.count, 0);
	ck_assert_ptr_null(dcfg_environ_get(&environment, DCFG_VIEW("PATH"), &twice).ptr);
	ck_assert(!arena.failed);
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(the_process_environment_is_the_default)
{
	struct dcfg_arena arena;
	struct dcfg_environ environment;
	bool twice;

	dcfg_arena_init(&arena);
	environment = dcfg_environ_copy(&arena, NULL);
	ck_assert_ptr_nonnull(
		dcfg_environ_get(&environment, DCFG_VIEW("PATH"), &twice).ptr);
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(types_have_names)
{
	ck_assert_str_eq(deploycfg_type_name(DEPLOYCFG_NONE), "none");
	ck_assert_str_eq(deploycfg_type_name(DEPLOYCFG_INT), "int");
	ck_assert_str_eq(deploycfg_type_name(DEPLOYCFG_MAP), "map");
	ck_assert_str_eq(deploycfg_type_name(DEPLOYCFG_PATH), "path");
	ck_assert_str_eq(deploycfg_type_name((enum deploycfg_type)(DEPLOYCFG_PATH + 1)),
			 "");
}
END_TEST

START_TEST(the_version_is_that_of_the_package)
{
	ck_assert_uint_eq(strspn(deploycfg_version(), "0123456789."),
			  strlen(deploycfg_version()));
	ck_assert_str_ne(deploycfg_version(), "");
}
END_TEST

Suite *base_words_suite(void)
{
	Suite *suite = suite_create("base_words");
	TCase *tests = tcase_create("words");

	tcase_add_loop_test(tests, edits_are_counted_up_to_a_bound, 0,
			    DCFG_COUNT(distances));
	tcase_add_test(tests, long_words_are_near_nothing);
	tcase_add_loop_test(tests, the_nearest_word_is_found, 0, DCFG_COUNT(nearests));
	tcase_add_loop_test(tests, parts_that_differ_are_measured, 0,
			    DCFG_COUNT(nearest_paths));
	tcase_add_test(tests, words_are_listed_as_far_as_they_fit);
	tcase_add_test(tests, a_long_first_word_is_cut_between_characters);
	tcase_add_test(tests, variables_are_copied_and_found);
	tcase_add_test(tests, an_empty_environment_is_no_lack_of_memory);
	tcase_add_test(tests, the_process_environment_is_the_default);
	tcase_add_test(tests, types_have_names);
	tcase_add_test(tests, the_version_is_that_of_the_package);
	suite_add_tcase(suite, tests);
	return suite;
}
