/* SPDX-License-Identifier: ISC */
/* Texts that are masked in diagnostics, and all that is left as it is. */
#include "unit.h"

#include "base/redact.h"

static struct dcfg_arena arena;
static struct dcfg_needles needles;
static struct deploycfg_errors *errors;

static void setup(void)
{
	dcfg_arena_init(&arena);
	needles = (struct dcfg_needles){.arena = &arena};
	errors = NULL;
}

static void teardown(void)
{
	dcfg_needles_fini(&needles);
	deploycfg_errors_free(errors);
	dcfg_arena_fini(&arena);
}

/* What becomes of a message where a text is a secret. */
static const char *masked(const char *secret, const char *message)
{
	struct deploycfg_error *error =
		dcfg_error(&errors, DEPLOYCFG_ERR_VALUE, NULL, NULL, "%s", message);

	dcfg_needles_add(&needles, dcfg_view_text(secret));
	ck_assert(dcfg_needles_redact(&needles, errors));
	return deploycfg_error_message(error);
}

START_TEST(texts_are_masked_wherever_they_stand)
{
	static const char *const rows[][3] = {
		{"sesame", "sesame", "******"},
		{"sesame", "xsesamey", "x******y"},
		{"sesame", "sesamesesame, sesame", "******, ******"},
		{"sesame", "sesam e", "sesam e"},
		{"open sesame", "found 'open sesame' and 'open'",
		 "found '******' and 'open'"},
		{"aaaaaa", "aaaaaaaaab", "******b"},
		{"abcabcab", "xabcabcabcabc", "x******c"},
		{"sesam", "sesam is too short", "sesam is too short"},
		{"sesame\ttree", "the text 'sesame\ttree'", "the text '******'"},
		{"sésame", "xsésamez", "x******z"},
	};

	for (size_t i = 0; i < DCFG_COUNT(rows); i++) {
		ck_assert_str_eq(masked(rows[i][0], rows[i][1]), rows[i][2]);
		teardown();
		setup();
	}
}
END_TEST

/* Messages quote the beginning of long texts. */
START_TEST(parts_of_long_texts_are_masked)
{
	ck_assert_str_eq(masked("0123456789abcdefghijklmnopqrstuvwxyz",
				"'0123456789abcdefghij'..., 456789abcdefghijklmn!, "
				"9abcdefghijklmn!"),
			 "'******'..., ******!, 9abcdefghijklmn!");
}
END_TEST

START_TEST(each_line_of_a_text_is_masked)
{
	ck_assert_str_eq(masked("first line\n  second\nlast one", "second, last one"),
			 "******, ******");
}
END_TEST

START_TEST(all_parts_of_a_diagnostic_are_masked)
{
	struct dcfg_place place = {"sesame.yaml", 3, 9, DCFG_VIEW("  port: sesame!"),
				   false};
	struct dcfg_place other = {"b", 1, 2, DCFG_VIEW(""), false};
	struct deploycfg_error *error =
		dcfg_error(&errors, DEPLOYCFG_ERR_VALUE, &place, "sesame.port",
			   "expected an int, found '%s'", "sesame!");

	dcfg_error_related(error, &other, "this is %s", "sesame!");
	dcfg_error_hint(error, "write no %s", "sesame!");
	dcfg_error_expected(error, "not %s", "sesame!");
	dcfg_needles_add(&needles, DCFG_VIEW("sesame!"));
	ck_assert(dcfg_needles_redact(&needles, errors));
	ck_assert_str_eq(deploycfg_error_text(error),
			 "sesame.yaml:3:9: error[bad-value]: sesame.port: "
			 "expected an int, found '******'\n"
			 "    3 | ******\n"
			 "  b:1:2: note: this is ******\n"
			 "  hint: write no ******\n");
	ck_assert_str_eq(deploycfg_error_expected(error), "not ******");
	ck_assert_str_eq(deploycfg_error_hint(error), "write no ******");
	ck_assert_str_eq(deploycfg_error_message(deploycfg_error_related(error, 0)),
			 "this is ******");
}
END_TEST

START_TEST(what_holds_no_secret_stays_as_it_is)
{
	struct dcfg_place place = {"f", 3, 9, DCFG_VIEW("  port: x"), false};
	struct deploycfg_error *error =
		dcfg_error(&errors, DEPLOYCFG_ERR_VALUE, &place, "port", "found 'x'");
	char before[256];

	dcfg_error_hint(error, "write no x");
	snprintf(before, sizeof(before), "%s", deploycfg_error_text(error));
	dcfg_needles_add(&needles, DCFG_VIEW("sesame"));
	ck_assert(dcfg_needles_redact(&needles, errors));
	ck_assert_str_eq(deploycfg_error_text(error), before);
}
END_TEST

START_TEST(a_line_can_be_hidden)
{
	struct dcfg_place place = {"f", 3, 9, DCFG_VIEW("  port: x"), false};
	struct deploycfg_error *error =
		dcfg_error(&errors, DEPLOYCFG_ERR_VALUE, &place, "port", "bad");

	dcfg_error_hint(error, "write y");
	dcfg_error_hide_line(error);
	ck_assert_str_eq(deploycfg_error_text(error),
			 "f:3:9: error[bad-value]: port: bad\n"
			 "    3 | ******\n"
			 "  hint: write y\n");
	dcfg_error_hide_line(NULL);
}
END_TEST

/* Parts of a secret so large are sampled. */
START_TEST(large_texts_are_found_in_part)
{
	enum {
		SIZE = 1 << 20
	};
	char *large = dcfg_arena_alloc(&arena, SIZE), message[101] = "";
	uint32_t random = 1;

	ck_assert_ptr_nonnull(large);
	for (size_t i = 0; i < SIZE; i++) {
		random = random * 1664525 + 1013904223;
		large[i] = (char)('a' + (random >> 24) % 26);
	}
	memcpy(message, large + 500000, 100);
	dcfg_error(&errors, DEPLOYCFG_ERR_VALUE, NULL, NULL, "%s", message);
	dcfg_needles_add(&needles, dcfg_view(large, SIZE));
	ck_assert(dcfg_needles_redact(&needles, errors));
	ck_assert_uint_lt(strlen(deploycfg_error_message(deploycfg_errors_at(errors, 0))),
			  40);
}
END_TEST

Suite *base_redact_suite(void)
{
	Suite *suite = suite_create("base_redact");
	TCase *tests = tcase_create("base_redact");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, texts_are_masked_wherever_they_stand);
	tcase_add_test(tests, parts_of_long_texts_are_masked);
	tcase_add_test(tests, each_line_of_a_text_is_masked);
	tcase_add_test(tests, all_parts_of_a_diagnostic_are_masked);
	tcase_add_test(tests, what_holds_no_secret_stays_as_it_is);
	tcase_add_test(tests, a_line_can_be_hidden);
	tcase_add_test(tests, large_texts_are_found_in_part);
	suite_add_tcase(suite, tests);
	return suite;
}
