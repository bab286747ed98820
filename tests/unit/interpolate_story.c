/* SPDX-License-Identifier: ISC */
/* References: what is told of a value, what is not, and that many cost no more than they should. */
#include "unit.h"

#include <stdlib.h>

#include "interpolate_load.h"
#include "tree.h"

static const char *const variables[] = {"N=5", NULL};

static void expect_record(const struct dcfg_related *record,
			  enum deploycfg_relation relation, const char *path,
			  const char *text, uint32_t line)
{
	ck_assert_ptr_nonnull(record);
	ck_assert_int_eq(record->relation, relation);
	if (path)
		ck_assert_str_eq(record->path, path);
	else
		ck_assert_ptr_null(record->path);
	ck_assert(dcfg_view_equal(dcfg_text(record->node), dcfg_view_text(text)));
	ck_assert_uint_eq(record->node->origin.line, line);
}

START_TEST(origin_is_the_template_and_its_inputs)
{
	const struct dcfg_related *at;
	const struct dcfg_node *node;

	references_begin();
	references_lay("a: 1\nb: x\n\"c.d\": z", 0);
	references_lay("b: ${a}-${\"c.d\"}${a}${env:N}${e:-}", 1);
	references_expand(variables, NULL);
	node = references_at("b");
	ck_assert_uint_eq(node->origin.source, 1);
	ck_assert(dcfg_view_equal(dcfg_text(node), DCFG_VIEW("1-z15")));
	at = node->related;
	expect_record(at, DEPLOYCFG_TEMPLATE, NULL, "${a}-${\"c.d\"}${a}${env:N}${e:-}",
		      1);
	expect_record(at = at->next, DEPLOYCFG_INPUT, "a", "1", 1);
	expect_record(at = at->next, DEPLOYCFG_INPUT, "\"c.d\"", "z", 3);
	expect_record(at = at->next, DEPLOYCFG_INPUT, "env:N", "5", 0);
	expect_record(at = at->next, DEPLOYCFG_SHADOWED, NULL, "x", 2);
	ck_assert_ptr_null(at->next);
	references_end();
}
END_TEST

START_TEST(copies_keep_their_origins)
{
	references_begin();
	references_lay("a:\n  b: 1\n  c: [2]\nd: ${a}", 0);
	references_expand(NULL, NULL);
	ck_assert_uint_eq(references_at("d")->origin.line, 4);
	ck_assert_uint_eq(references_at("d.b")->origin.line, 2);
	ck_assert_uint_eq(references_at("d.c[0]")->origin.line, 3);
	ck_assert_ptr_null(references_at("d.b")->related);
	references_end();
}
END_TEST

static void make_secret(const char *path)
{
	((struct dcfg_node *)references_at(path))->flags |= DCFG_IS_SECRET;
}

static bool is_secret(const char *path)
{
	return references_at(path)->flags & DCFG_IS_SECRET;
}

START_TEST(what_holds_a_secret_is_one)
{
	references_begin();
	references_lay("s: hush\nt: {u: 1}\nw: now", 0);
	make_secret("s");
	make_secret("t");
	make_secret("w");
	references_lay("a: x${s}\nb: ${a}\nc: ${t.u}\nd: ${t}\ne: x${f}\nf: 1\ng: "
		       "'${w}'\nw: open",
		       1);
	references_expand(NULL, NULL);
	ck_assert(is_secret("a") && is_secret("b") && is_secret("c") && is_secret("d"));
	ck_assert(is_secret("d.u") && is_secret("g"));
	ck_assert(!is_secret("e") && !is_secret("f"));
	ck_assert(references_at("a")->related->next->node->flags & DCFG_IS_SECRET);
	ck_assert(!(references_at("a")->related->node->flags & DCFG_IS_SECRET));
	ck_assert(references.context.has_secrets);
	references_end();
}
END_TEST

/* What a secret holds is in no message, though it looks like a reference. */
START_TEST(errors_do_not_quote_secrets)
{
	references_begin();
	references_lay("s: 'hush${canary}'\nport: 80", 0);
	make_secret("s");
	references_lay("=port = ${t}\nt = canary\n", 1);
	make_secret("t");
	references_expand(NULL, NULL);
	ck_assert_uint_eq(deploycfg_errors_count(references.context.errors), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct deploycfg_error *error =
			deploycfg_errors_at(references.context.errors, i);

		ck_assert_ptr_null(strstr(deploycfg_error_message(error), "canary"));
		ck_assert_ptr_null(strstr(deploycfg_error_hint(error), "canary"));
	}
	references_end();
}
END_TEST

/* 64 doublings would be 2^64 bytes, or keys. */
static void expect_limit(const char *first, const char *format)
{
	char line[64];

	references_begin();
	references_lay(first, 0);
	for (int i = 1; i <= 64; i++) {
		snprintf(line, sizeof(line), format, i, i - 1, i - 1);
		references_lay(strdup(line), i); /* sources borrow */
	}
	references_expand(NULL, NULL);
	ck_assert_msg(deploycfg_errors_count(references.context.errors) == 1, "%s",
		      error_text(references.context.errors, 1));
	ck_assert_int_eq(
		deploycfg_error_status(deploycfg_errors_at(references.context.errors, 0)),
		DEPLOYCFG_ERR_LIMIT);
	for (size_t i = 1; i < references.context.sources.count; i++)
		free((char *)references.context.sources.list[i].text.ptr);
	references_end();
}

START_TEST(doubling_meets_a_limit)
{
	expect_limit("k0: 0123456789", "k%d: '${k%d}${k%d}'");
	expect_limit("k0: [0]", "k%d: ['${k%d}', '${k%d}']");
	expect_limit("k0: {a: 0}", "k%d: {a: '${k%d}', b: '${k%d}'}");
}
END_TEST

#define MANY 100000

/* k1: '${k0}', k2: '${k1}' ...: the first that is asked for needs all others. */
static char *chain(bool closed)
{
	size_t room = MANY * 32, used;
	char *text = malloc(room);

	used = (size_t)snprintf(text, room, "k%d: %s\n", MANY, closed ? "${k0}" : "7");
	for (int i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, room - used, "k%d: ${k%d}\n", i,
					 i + 1);
	return text;
}

START_TEST(a_chain_may_be_long)
{
	char *text = chain(false);

	references_begin();
	references_lay(text, 0);
	references_expand(NULL, NULL);
	ck_assert(!dcfg_failed(&references.context));
	ck_assert_int_eq(references_at("k0")->scalar.integer, 7);
	references_end();
	free(text);
}
END_TEST

START_TEST(a_cycle_may_be_long)
{
	char *text = chain(true);

	references_begin();
	references_lay(text, 0);
	references_expand(NULL, NULL);
	ck_assert_uint_eq(deploycfg_errors_count(references.context.errors), 1);
	ck_assert_ptr_nonnull(
		strstr(error_text(references.context.errors, 0), "more) -> k"));
	references_end();
	free(text);
}
END_TEST

/* Items by number, in an order that is not theirs. */
START_TEST(items_are_found_at_once)
{
	size_t room = MANY * 48, used;
	char *text = malloc(room);

	used = (size_t)snprintf(text, room, "l: [");
	for (int i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, room - used, "%d,", i);
	used += (size_t)snprintf(text + used, room - used, "]\n");
	for (unsigned i = 0; i < MANY; i++)
		used += (size_t)snprintf(text + used, room - used, "k%u: ${l[%u]}\n", i,
					 i * 7919 % MANY);
	references_begin();
	references_lay(text, 0);
	references_expand(NULL, NULL);
	ck_assert(!dcfg_failed(&references.context));
	ck_assert_int_eq(references_at("k3")->scalar.integer, 3 * 7919);
	ck_assert_ptr_null(references_at("l")->items);
	references_end();
	free(text);
}
END_TEST

Suite *interpolate_story_suite(void)
{
	Suite *suite = suite_create("interpolate_story");
	TCase *tests = tcase_create("interpolate_story");

	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, origin_is_the_template_and_its_inputs);
	tcase_add_test(tests, copies_keep_their_origins);
	tcase_add_test(tests, what_holds_a_secret_is_one);
	tcase_add_test(tests, errors_do_not_quote_secrets);
	tcase_add_test(tests, doubling_meets_a_limit);
	tcase_add_test(tests, a_chain_may_be_long);
	tcase_add_test(tests, a_cycle_may_be_long);
	tcase_add_test(tests, items_are_found_at_once);
	suite_add_tcase(suite, tests);
	return suite;
}
