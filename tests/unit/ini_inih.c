/* SPDX-License-Identifier: ISC */
/* The INI reader against inih itself: the same values where both take a text, and never wrong
 * ones whatever inih is set to. */
#include "unit.h"

#include "source/source.h"
#include "tree.h"

/* Of <ini.h>. */
int ini_parse_string(const char *string,
		     int (*handler)(void *, const char *, const char *, const char *),
		     void *user);

/* Only builds with options that can be set at run time have these. */
extern int ini_max_line __attribute__((weak));
extern bool ini_use_stack __attribute__((weak));
extern bool ini_allow_multiline __attribute__((weak));
extern bool ini_stop_on_first_error __attribute__((weak));
extern char *ini_start_comment_prefixes __attribute__((weak));

static struct dcfg_context context;

static bool read_text(struct dcfg_view text, struct dcfg_layer *layer)
{
	struct dcfg_source source = {
		.name = DCFG_VIEW("t.ini"), .layer = 200, .text = text};

	dcfg_context_init(&context, &dcfg_default_limits);
	return dcfg_ini_read(&context, dcfg_source_add(&context, &source), text, layer);
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 16;
}

/* Texts of both dialects: no leading blanks, no ':', quotes, '\\', "+=" and "-=". */
static struct dcfg_view random_text(char buffer[64], uint32_t *state)
{
	static const char *const words[] = {"a", "b", "ab",  "=",       " = ",  "=", "[",
					    "]", ".", "\n",  "\n",      "\n",   " ", ";",
					    "#", "1", "[a]", "[b.a]\n", "a=1\n"};
	size_t length = 0, wanted = next_random(state) % 48;

	while (length < wanted) {
		const char *word = words[next_random(state) % DCFG_COUNT(words)];

		if (*word == ' ' && (length == 0 || buffer[length - 1] == '\n'))
			continue;
		memcpy(buffer + length, word, strlen(word));
		length += strlen(word);
	}
	buffer[length] = '\0';
	return dcfg_view(buffer, length);
}

struct comparison {
	const struct dcfg_node *root;
	size_t keys;
};

static int compare_key(void *user, const char *section, const char *name,
		       const char *value)
{
	struct comparison *comparison = user;
	struct dcfg_view head = dcfg_view_trim(dcfg_view_text(section));
	const struct dcfg_node *node;
	char path[128];

	snprintf(path, sizeof(path), "%.*s%s%s", DCFG_ARG(head), head.len ? "." : "",
		 name);
	node = dcfg_node_at(&context, comparison->root, dcfg_view_text(path),
			    &(struct dcfg_trail){0});
	ck_assert_ptr_nonnull(node);
	ck_assert(dcfg_view_equal(dcfg_text(node), dcfg_view_text(value)));
	comparison->keys++;
	return 1;
}

static size_t count_values(const struct dcfg_node *root)
{
	size_t count = 0;

	for (const struct dcfg_node *node = root; node; node = dcfg_walk(root, node))
		count += node->type == DEPLOYCFG_STRING;
	return count;
}

START_TEST(ini_agrees_with_inih_where_both_take_a_text)
{
	uint32_t state = (uint32_t)_i;
	size_t taken = 0;

	for (int i = 0; i < 20000; i++) {
		char buffer[64];
		struct dcfg_view text = random_text(buffer, &state);
		struct dcfg_layer layer;
		struct comparison comparison = {NULL, 0};

		if (read_text(text, &layer)) {
			comparison.root = layer.root;
			ck_assert_int_eq(
				ini_parse_string(buffer, compare_key, &comparison), 0);
			ck_assert_uint_eq(comparison.keys, count_values(layer.root));
			taken += comparison.keys > 0;
		}
		deploycfg_errors_free(dcfg_context_fini(&context));
	}
	ck_assert_uint_gt(taken, 100);
}
END_TEST

/* What a text reads as or fails with. */
static const char *outcome(void)
{
	struct dcfg_layer layer;
	static char tree[256];
	const char *errors;

	if (read_text(DCFG_VIEW("k=1\n[sect_ion.of]\nkey = x ; y\nk = v\n"), &layer))
		return "taken";
	errors = errors_text(dcfg_context_fini(&context));
	snprintf(tree, sizeof(tree), "%s", errors);
	if (!read_text(
		    DCFG_VIEW("k=1\n[sect_ion.of]\nkey = \"x ; y\"\n [\"t;\"]\nk = v\n"),
		    &layer))
		return errors_text(dcfg_context_fini(&context));
	snprintf(tree + strlen(tree), sizeof(tree) - strlen(tree), "%s",
		 tree_text(&context, &layer));
	deploycfg_errors_free(dcfg_context_fini(&context));
	return tree;
}

#define RIGHT "3:7 syntax k=1@1:3 sect_ion.of.key=x ; y@3:7 \"t;\".k=v@5:5 "

START_TEST(ini_is_right_or_refused_whatever_inih_is_set_to)
{
	char *prefixes;

	ck_assert_str_eq(outcome(), RIGHT);
	if (!&ini_max_line || !&ini_use_stack || !&ini_start_comment_prefixes)
		return;
	prefixes = ini_start_comment_prefixes;
	ini_use_stack = false;
	ck_assert_str_eq(outcome(), RIGHT);
	ini_allow_multiline = false;
	ini_stop_on_first_error = true;
	ck_assert_str_eq(outcome(), RIGHT);
	ini_use_stack = true;
	ini_max_line = 16;
	ck_assert_str_eq(outcome(), RIGHT);
	ini_max_line = 12;
	ck_assert_ptr_nonnull(strstr(outcome(), "syntax"));
	ck_assert_ptr_null(strstr(outcome(), "k="));
	ini_max_line = 200;
	ini_start_comment_prefixes = (char[]){"k"};
	ck_assert_str_eq(outcome(), "1:1 syntax ");
	ini_start_comment_prefixes = (char[]){"["};
	ck_assert_str_eq(outcome(), "3:1 syntax ");
	ini_start_comment_prefixes = prefixes;
	ini_allow_multiline = true;
	ini_stop_on_first_error = false;
}
END_TEST

Suite *ini_inih_suite(void)
{
	Suite *suite = suite_create("ini_inih");
	TCase *tests = tcase_create("ini_inih");

	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, ini_agrees_with_inih_where_both_take_a_text, 0, 4);
	tcase_add_test(tests, ini_is_right_or_refused_whatever_inih_is_set_to);
	suite_add_tcase(suite, tests);
	return suite;
}
