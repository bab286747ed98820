/* SPDX-License-Identifier: ISC */
/* Variables: which key a name means, and what is refused. */
#include "unit.h"

#include "base/environ.h"
#include "model/history.h"
#include "source/source.h"
#include "tree.h"

static struct dcfg_context context;

/* The tree that names are matched to. */
static const char weaker_text[] = "port = 1\n"
				  "log-level = info\n"
				  "dir_name = x\n"
				  "odd--name = 1\n"
				  "edge_ = 1\n"
				  "Twice = 1\n"
				  "twice = 2\n"
				  "[database]\n"
				  "url = x\n"
				  "[database.pool-size]\n"
				  "max = 4\n"
				  "\"a.b\" = 1\n"
				  "[Up]\n"
				  "x = 1\n"
				  "[up]\n"
				  "y = 1\n"
				  "[cert]\n"
				  "file = a\n"
				  "[list]\n"
				  "items += 1\n";

#define VARIABLES_MAX 12

struct row {
	const char *variables[VARIABLES_MAX];
	const char *expected; /* of the tree, else of what was reported */
};

static struct dcfg_node *read_weaker(void)
{
	struct dcfg_source source = {.name = DCFG_VIEW("w.ini"),
				     .layer = 200,
				     .text = dcfg_view_text(weaker_text)};
	struct dcfg_layer layer;

	dcfg_context_init(&context, &dcfg_default_limits);
	ck_assert(dcfg_ini_read(&context, dcfg_source_add(&context, &source), source.text,
				&layer));
	return layer.root;
}

static struct dcfg_variables variables_of(const char *const *list)
{
	return (struct dcfg_variables){.environment =
					       dcfg_environ_copy(&context.arena, list),
				       .prefix = DCFG_VIEW("APP")};
}

static const struct row good[] = {
	{{"PATH=/bin", "APP=1", "APPLE__X=1", "APP_ENV=dev",
	  "APP_JSON=", "APP_OVERLAYS=", "odd"},
	 ""},
	{{"APP__PORT=2"}, "port=2 "},
	{{"APP__LOG_LEVEL=a=b ${x}"}, "log-level=a=b ${x} "},
	{{"APP__DIR_NAME=[1, 2]"}, "dir_name=[1, 2] "},
	{{"APP__DATABASE__URL=u", "APP__DATABASE__POOL_SIZE__MAX=9"},
	 "database.pool-size.max=9 database.url=u "},
	{{"APP__DATABASE__POOL_SIZE__MAX=9", "APP__PORT=1", "APP__DATABASE__URL=u"},
	 "database.pool-size.max=9 database.url=u port=1 "},
	{{"APP__UP__X=1", "APP__UP__Y=2"}, "Up.x=1 up.y=2 "},
	{{"APP__CERT__FILE=/x"}, "cert.file=/x "},
	{{"APP__UP__X__Z=1"}, "Up.x.z=1 "}, /* a clash, for merging to tell */
	{{"APP__LIST__ITEMS__0=x", "APP__LIST__ITEMS__1__A=y"},
	 "list.items.0=x list.items.1.a=y "},
	{{"APP__PORT=", "APP__NEW__KEY="}, ""},
};

START_TEST(variable_sets)
{
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables = variables_of(good[_i].variables);
	struct dcfg_layer layer;

	ck_assert(dcfg_variables_read(&context, &variables, weaker, &layer));
	ck_assert_str_eq(tree_text(&context, &layer), good[_i].expected);
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), "");
}
END_TEST

static const struct row empty[] = {
	{{"APP__PORT="}, "port?env:APP__PORT "},
	{{"APP__DATABASE__URL="}, "database.url?env:APP__DATABASE__URL "},
	{{"APP__DATABASE__POOL_SIZE__NEW="},
	 "database.pool-size.new?env:APP__DATABASE__POOL_SIZE__NEW "},
	{{"APP__NEW__KEY="}, "new.key?env:APP__NEW__KEY "},
	{{"APP__PORT__KEY="}, "port.key?env:APP__PORT__KEY "},
	{{"APP__PORT__FILE="}, "port?env:APP__PORT__FILE "},
	{{"APP__CERT__FILE="}, "cert.file?env:APP__CERT__FILE "},
	{{"APP__LIST__ITEMS__0="}, "list.items[0]?env:APP__LIST__ITEMS__0 "},
	{{"APP__LIST__ITEMS__7__X="}, "list.items[7].x?env:APP__LIST__ITEMS__7__X "},
	{{"APP__LIST__ITEMS__X="}, "list.items.x?env:APP__LIST__ITEMS__X "},
	{{"APP__LIST__ITEMS__4294967295="},
	 "list.items.4294967295?env:APP__LIST__ITEMS__4294967295 "},
	{{"APP__NEW__0="}, "new.0?env:APP__NEW__0 "},
};

START_TEST(empty_variable_is_skipped_at_its_key)
{
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables = variables_of(empty[_i].variables);
	struct dcfg_layer layer;

	ck_assert(dcfg_variables_read(&context, &variables, weaker, &layer));
	ck_assert_str_eq(tree_text(&context, &layer), "");
	ck_assert_str_eq(skipped_text(&context), empty[_i].expected);
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)), "");
}
END_TEST

static const struct row warned[] = {
	{{"APP__PROT=1"},
	 "prot=1 warning: APP__PROT .* did you mean APP__PORT, for port?"},
	{{"APP__DATABASE_URL=1"},
	 "database_url=1 warning: APP__DATABASE_URL .* did you mean APP__DATABASE__URL, "
	 "for database.url?"},
	{{"APP__DATABASE__HOST_NAME=1"},
	 "database.host_name=1 warning: APP__DATABASE__HOST_NAME .* give the key a value "
	 "in a base file"},
	{{"APP__DATABASE__POOL_SIZE__NEW__X=1"},
	 "database.pool-size.new.x=1 warning: APP__DATABASE__POOL_SIZE__NEW__X .* "
	 "makes this new one"},
	{{"APP__DATABASE__A_B=1"},
	 "database.a_b=1 warning: APP__DATABASE__A_B .* give the key"},
	{{"APP__ODD__NAMES=1"}, "odd.names=1 warning: APP__ODD__NAMES .* give the key"},
	{{"APP__EDGES=1"}, "edges=1 warning: APP__EDGES .* give the key"},
	{{"APP__TWICES=1"}, "twices=1 warning: APP__TWICES .* give the key"},
	{{"APP_PORT=tcp://1"}, " warning: APP_PORT is not read: .* APP__PORT"},
	{{"APP_DATABASE__URL=1"},
	 " warning: APP_DATABASE__URL is not read: .* Kubernetes"},
};

/* Whether each part of a pattern, split at ".*", stands in the text in this order. */
static bool has_parts(const char *text, const char *pattern)
{
	for (const char *end; *pattern; pattern = end) {
		char part[128];

		end = strstr(pattern, ".*");
		end = end ? end : pattern + strlen(pattern);
		snprintf(part, sizeof(part), "%.*s", (int)(end - pattern), pattern);
		text = strstr(text, part);
		if (!text)
			return false;
		end += *end ? 2 : 0;
	}
	return true;
}

START_TEST(variable_warns)
{
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables = variables_of(warned[_i].variables);
	const char *pattern =
		strstr(warned[_i].expected, "warning: ") + strlen("warning: ");
	struct deploycfg_errors *errors;
	struct dcfg_layer layer;

	ck_assert(dcfg_variables_read(&context, &variables, weaker, &layer));
	ck_assert_int_eq(strncmp(tree_text(&context, &layer), warned[_i].expected,
				 strlen(tree_text(&context, &layer))),
			 0);
	errors = dcfg_context_fini(&context);
	ck_assert_msg(has_parts(error_text(errors, 0), pattern), "%s",
		      error_text(errors, 0));
	ck_assert_str_eq(errors_text(errors), "warning bad-variable ");
}
END_TEST

static const struct row bad[] = {
	{{"APP__=1"}, "bad-variable "},
	{{"APP___PORT=1"}, "bad-variable "},
	{{"APP____PORT=1"}, "bad-variable "},
	{{"APP__PORT_=1"}, "bad-variable "},
	{{"APP__PORT__=1"}, "bad-variable "},
	{{"APP__A___B=1"}, "bad-variable "},
	{{"APP__A____B=1"}, "bad-variable "},
	{{"APP__A_____B=1"}, "bad-variable "},
	{{"APP__port=1"}, "bad-variable "},
	{{"APP__A.B=1"}, "bad-variable "},
	{{"APP__\xc3\x84=1"}, "bad-variable "},
	{{"APP__TWICE=1"}, "bad-variable "},
	{{"APP__UP=1"}, "bad-variable "},
	{{"APP__UP__Z=1"}, "bad-variable "},
	{{"APP__PORT=1", "APP__PORT=1"}, "bad-variable "},
	{{"APP__PORT=1", "APP__PORT=2", "APP__PORT="}, "bad-variable "},
	{{"APP__LIST__ITEMS__00=1"}, "bad-variable "},
	{{"APP__LIST__ITEMS__01__X="}, "bad-variable "},
	{{"APP__PORT=1", "APP_PORT=1", "APP__PORT="},
	 "bad-variable warning bad-variable "},
	{{"APP__PORT=\xff"}, "encoding "},
	{{"APP_JSON={}"}, "not-supported-yet "},
	{{"APP_OVERLAYS=a"}, "not-supported-yet "},
	{{"APP__DATABASE__URL__FILE=/x"}, "not-supported-yet "},
	{{"APP__NEW=1", "APP__NEW__X=1"}, "type-clash "},
	{{"APP____A=1", "APP__TWICE=1", "APP__PORT=\xff"},
	 "bad-variable encoding bad-variable "},
};

START_TEST(variable_is_refused)
{
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables = variables_of(bad[_i].variables);
	struct deploycfg_errors *errors;
	struct dcfg_layer layer;

	ck_assert(!dcfg_variables_read(&context, &variables, weaker, &layer));
	errors = dcfg_context_fini(&context);
	ck_assert_int_eq(strncmp(deploycfg_error_file(deploycfg_errors_at(errors, 0)),
				 "env:APP_", 8),
			 0);
	ck_assert_str_eq(errors_text(errors), bad[_i].expected);
}
END_TEST

START_TEST(variables_are_ignored_with_one_warning)
{
	static const char *const list[] = {
		"APP__B=1", "URL=x",   "APP__A=1",  "APP_JSON={}", "APP_X=1",
		"APP__E=",  "OTHER=1", "APP____=1", NULL};
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("URL"), DCFG_VIEW("database.url")}};
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables = variables_of(list);
	struct deploycfg_errors *errors;
	struct dcfg_layer layer;

	variables.mapped = mapped;
	variables.mapped_count = 1;
	variables.ignored_because = "testing is hermetic";
	ck_assert(dcfg_mapped_read(&context, &variables, &layer));
	ck_assert(dcfg_variables_read(&context, &variables, weaker, &layer));
	ck_assert_str_eq(tree_text(&context, &layer), "");
	ck_assert_uint_eq(context.sources.count, 6);
	ck_assert_str_eq(context.sources.list[1].name.ptr, "env:APP_JSON");
	ck_assert_int_eq(context.sources.list[5].state, DEPLOYCFG_SOURCE_IGNORED);
	errors = dcfg_context_fini(&context);
	ck_assert(has_parts(error_text(errors, 0),
			    "testing is hermetic: APP_JSON, APP__A, "
			    "APP__B, APP____, URL\n.*--environ"));
	ck_assert_str_eq(errors_text(errors), "warning bad-variable ");
}
END_TEST

START_TEST(selecting_variables_are_ignored_where_they_do_not_count)
{
	static const char *const list[] = {"APP_ENV=testing", "DEPLOYCFG_ENV=testing",
					   "OTHER_ENV=testing", NULL};
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables = variables_of(list);
	struct deploycfg_errors *errors;
	struct dcfg_layer layer;

	variables.ignored_because = "they are turned off";
	variables.selecting_ignored = _i;
	ck_assert(dcfg_variables_read(&context, &variables, weaker, &layer));
	ck_assert_uint_eq(context.sources.count, _i ? 3 : 1);
	errors = dcfg_context_fini(&context);
	if (_i)
		ck_assert(has_parts(error_text(errors, 0),
				    "turned off: APP_ENV, DEPLOYCFG_ENV\n"));
	ck_assert_str_eq(errors_text(errors), _i ? "warning bad-variable " : "");
}
END_TEST

#define MANY 2000

START_TEST(as_many_ignored_variables_are_named_as_fit)
{
	static char names[MANY][300];
	static const char *list[MANY + 1];
	const struct dcfg_node *weaker = read_weaker();
	struct dcfg_variables variables;
	struct deploycfg_errors *errors;
	struct dcfg_layer layer;

	for (int i = 0; i < MANY; i++) {
		snprintf(names[i], sizeof(names[i]), "APP__A%04d%0*d=1", i, _i ? 250 : 1,
			 0);
		list[i] = names[i];
	}
	list[_i == 2 ? 1 : MANY] = NULL;
	variables = variables_of(list);
	variables.ignored_because = "they are turned off";
	ck_assert(dcfg_variables_read(&context, &variables, weaker, &layer));
	errors = dcfg_context_fini(&context);
	ck_assert_msg(has_parts(error_text(errors, 0),
				_i == 2   ? "APP__A00000.*0...\n"
				: _i == 1 ? "APP__A00000.*0..., APP__A0001.*0... and "
					    "1992 more\n"
					  : "APP__A00000, APP__A00010.*, APP__A01220 and "
					    "1877 more\n"),
		      "%s", error_text(errors, 0));
	deploycfg_errors_free(errors);
}
END_TEST

struct mapped_row {
	const char *variables[VARIABLES_MAX];
	const char *expected, *more; /* what is skipped, else what was reported */
};

static const struct mapped_row mapped_rows[] = {
	{{"OTHER=1"}, "", ""},
	{{"URL=u ${x}"}, "database.url=u ${x} \"a.b\"=u ${x} ", ""},
	{{"PORT=1", "URL=2"}, "port=1 database.url=2 \"a.b\"=2 ", ""},
	{{"PORT=", "DEEP="}, "", "new.deep?env:DEEP port?env:PORT "},
	{{"URL="}, "", "database.url?env:URL \"a.b\"?env:URL "},
	{{"DEEP=1"}, "new.deep=1 ", ""},
	{{"PORT=1", "PORT2="}, "port=1 ", "port?env:PORT2 "},
	{{"PORT=1", "PORT2=2"}, NULL, "duplicate-key "},
	{{"PORT=1", "PORT=1", "PORT=1"}, NULL, "bad-variable "},
	{{"PORT=\xff"}, NULL, "encoding "},
};

START_TEST(mapped_variable_sets)
{
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("URL"), DCFG_VIEW("database.url")},
		{DCFG_VIEW("PORT"), DCFG_VIEW("port")},
		{DCFG_VIEW("URL"), DCFG_VIEW("\"a.b\"")},
		{DCFG_VIEW("PORT2"), DCFG_VIEW("port")},
		{DCFG_VIEW("DEEP"), DCFG_VIEW("new.deep")},
	};
	struct dcfg_variables variables;
	struct dcfg_layer layer;
	bool read;

	dcfg_context_init(&context, &dcfg_default_limits);
	variables = variables_of(mapped_rows[_i].variables);
	variables.mapped = mapped;
	variables.mapped_count = DCFG_COUNT(mapped);
	read = dcfg_mapped_read(&context, &variables, &layer);
	ck_assert(read == (mapped_rows[_i].expected != NULL));
	if (read) {
		ck_assert_str_eq(tree_text(&context, &layer), mapped_rows[_i].expected);
		ck_assert_str_eq(skipped_text(&context), mapped_rows[_i].more);
	}
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)),
			 read ? "" : mapped_rows[_i].more);
}
END_TEST

START_TEST(mapped_variable_needs_a_key)
{
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("A"), DCFG_VIEW("a..b")},
		{DCFG_VIEW("B"), DCFG_VIEW("")},
		{DCFG_VIEW("C"), DCFG_VIEW("hosts[x]")},
	};
	struct dcfg_variables variables;
	struct dcfg_layer layer;

	dcfg_context_init(&context, &dcfg_default_limits);
	variables = variables_of((const char *const[]){NULL});
	variables.mapped = mapped;
	variables.mapped_count = DCFG_COUNT(mapped);
	variables.ignored_because = _i ? "they are turned off" : NULL;
	ck_assert(!dcfg_mapped_read(&context, &variables, &layer));
	ck_assert_str_eq(errors_text(dcfg_context_fini(&context)),
			 "bad-key bad-key bad-key ");
}
END_TEST

Suite *variables_suite(void)
{
	Suite *suite = suite_create("variables");
	TCase *tests = tcase_create("variables");

	tcase_add_loop_test(tests, variable_sets, 0, DCFG_COUNT(good));
	tcase_add_loop_test(tests, empty_variable_is_skipped_at_its_key, 0,
			    DCFG_COUNT(empty));
	tcase_add_loop_test(tests, variable_warns, 0, DCFG_COUNT(warned));
	tcase_add_loop_test(tests, variable_is_refused, 0, DCFG_COUNT(bad));
	tcase_add_test(tests, variables_are_ignored_with_one_warning);
	tcase_add_loop_test(
		tests, selecting_variables_are_ignored_where_they_do_not_count, 0, 2);
	tcase_add_loop_test(tests, as_many_ignored_variables_are_named_as_fit, 0, 3);
	tcase_add_loop_test(tests, mapped_variable_sets, 0, DCFG_COUNT(mapped_rows));
	tcase_add_loop_test(tests, mapped_variable_needs_a_key, 0, 2);
	suite_add_tcase(suite, tests);
	return suite;
}
