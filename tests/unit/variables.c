/* SPDX-License-Identifier: ISC */
/* Variables: which key a name means, and what is refused. */
#include "unit.h"

#include "model/variable_slips.h"
#include "tree.h"
#include "variables_load.h"

static struct given given;

struct row {
	const char *variables[VARIABLES_MAX];
	const char *expected; /* of the layers, else of what was reported */
};

static const struct row good[] = {
	{{"PATH=/bin", "APP=1", "APPLE__X=1", "APP_ENV=dev",
	  "APP_JSON=", "APP_OVERLAYS=a", "odd"},
	 ""},
	{{"APP__PORT=2", "APP_JSON={port: 1, \"n\": {\"x\":[yes, '${y}']}}"},
	 "port=1@1:8 n.x[0]=yes@1:22 n.x[1]=${y}@1:27 port=2 "},
	{{"APP__PORT=2"}, "port=2 "},
	{{"APP__LOG_LEVEL=a=b ${x}"}, "log-level=a=b ${x} "},
	{{"APP__DIR_NAME=[1, 2]"}, "dir_name=[1, 2] "},
	{{"APP__DATABASE__URL=u", "APP__DATABASE__POOL_SIZE__MAX=9"},
	 "database.pool-size.max=9 database.url=u "},
	{{"APP__DATABASE__POOL_SIZE__MAX=9", "APP__PORT=1", "APP__DATABASE__URL=u"},
	 "database.pool-size.max=9 database.url=u port=1 "},
	{{"APP__UP__X=1", "APP__UP__Y=2"}, "Up.x=1 up.y=2 "},
	{{"APP__CERT__FILE=/x"}, "cert.file=/x "},
	{{"APP__EDGE_=2"}, "edge_=2 "},
	{{"APP__UP__X__Z=1"}, "Up.x.z=1 "}, /* a clash, for merging to tell */
	{{"APP__LIST__ITEMS__0=x", "APP__LIST__ITEMS__1__A=y"},
	 "list.items[0]=x list.items[1].a=y "},
	{{"APP__PORT=", "APP__NEW__KEY="}, ""},
};

START_TEST(variable_sets)
{
	variables_begin(&given, good[_i].variables);
	ck_assert_str_eq(variables_text(&given), good[_i].expected);
	ck_assert_str_eq(variables_end(&given), "");
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
	variables_begin(&given, empty[_i].variables);
	ck_assert_str_eq(variables_text(&given), "");
	ck_assert_str_eq(skipped_text(&given.context), empty[_i].expected);
	ck_assert_str_eq(variables_end(&given), "");
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
	{{"APP__EDGES=1"},
	 "edges=1 warning: APP__EDGES .* did you mean APP__EDGE_, for edge_?"},
	{{"APP__PORT_=1"},
	 "port_=1 warning: APP__PORT_ .* did you mean APP__PORT, for port?"},
	{{"APP___PORT=1"}, "_port=1 warning: APP___PORT .* did you mean"},
	{{"APP__TWICES=1"}, "twices=1 warning: APP__TWICES .* give the key"},
	{{"APP_PORT=tcp://1"}, " warning: APP_PORT is not read: .* APP__PORT"},
	{{"APP_DATABASE__URL=1"},
	 " warning: APP_DATABASE__URL is not read: .* Kubernetes"},
};

START_TEST(variable_warns)
{
	const char *pattern =
		strstr(warned[_i].expected, "warning: ") + strlen("warning: ");
	const char *text;

	variables_begin(&given, warned[_i].variables);
	text = variables_text(&given);
	ck_assert_int_eq(strncmp(text, warned[_i].expected, strlen(text)), 0);
	text = error_text(given.context.errors, 0);
	ck_assert_msg(has_parts(text, pattern), "%s", text);
	ck_assert_str_eq(variables_end(&given), "warning bad-variable ");
}
END_TEST

static const struct row bad[] = {
	{{"APP__=1"}, "bad-variable "},
	{{"APP____PORT=1"}, "bad-variable "},
	{{"APP__PORT__=1"}, "bad-variable "},
	{{"APP__A___B=1"}, "bad-variable "},
	{{"APP__A____B=1"}, "bad-variable "},
	{{"APP__A_____B=1"}, "bad-variable "},
	{{"APP__EDGE___B=1"}, "bad-variable "},
	{{"APP__A___B___C___D___E___F=1"}, "bad-variable "},
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
	{{"APP_JSON={}", "APP_JSON="}, "bad-variable "},
	{{"APP_JSON=[1]"}, "syntax "},
	{{"APP_JSON=5"}, "syntax "},
	{{"APP_JSON= \n"}, "syntax "},
	{{"APP_JSON=a: 1"}, "1:1 syntax "},
	{{"APP_JSON={a: 1, a: 2}"}, "1:8 duplicate-key "},
	{{"APP_JSON={a: !append [1]}"}, "1:5 bad-operator "},
	{{"APP_JSON=\n{a: [1,\n2}}"}, "3:2 syntax "},
	{{"APP_JSON={a: \xff}"}, "encoding "},
	{{"APP__DATABASE__URL__FILE=/none/x"}, "not-found "},
	{{"APP__DATABASE__URL__FILE=x"}, "bad-variable "},
	{{"APP__DATABASE__URL__FILE=/dev/null"}, "not-a-regular-file "},
	{{"APP__DATABASE__URL__FILE=/none/x", "APP__DATABASE__URL=u"}, "bad-variable "},
	{{"APP__DATABASE__URL__FILE=/none/x", "APP__DATABASE__URL__A=u",
	  "APP__DATABASE__URL=u"},
	 "type-clash bad-variable "},
	{{"APP__NEW=1", "APP__NEW__X=1"}, "type-clash "},
	{{"APP____A=1", "APP__TWICE=1", "APP__PORT=\xff"},
	 "bad-variable encoding bad-variable "},
};

START_TEST(variable_is_refused)
{
	const struct deploycfg_error *error;

	variables_begin(&given, bad[_i].variables);
	variables_text(&given);
	error = deploycfg_errors_at(given.context.errors, 0);
	ck_assert_ptr_nonnull(error);
	ck_assert(!strncmp(deploycfg_error_file(error), "env:APP_", 8) ||
		  *deploycfg_error_file(error) == '/');
	ck_assert_str_eq(variables_end(&given), bad[_i].expected);
}
END_TEST

static const struct meant_row {
	const char *name, *meant;
} meant[] = {
	{"APP_OVERLAY", "OVERLAYS"},
	{"APP_OVERLAYES", "OVERLAYS"},
	{"APP_ENVIRONMENT", "ENV"},
	{"APP_ENVIROMENT", "ENV"},
	{"APP_ENVS", "ENV"},
	{"app_env", "ENV"},
	{"App_Json", "JSON"},
	{"APP_INV", ""},
	{"APP_ENGINE", ""},
	{"APP_", ""},
	{"APP", ""},
	{"APPLE_ENV", ""},
	{"ENVIRONMENT", ""},
};

START_TEST(near_names_are_known)
{
	struct dcfg_view name = dcfg_view_text(meant[_i].name);
	struct dcfg_view found = dcfg_variable_meant(DCFG_VIEW("APP"), name);

	ck_assert(dcfg_view_equal(found, dcfg_view_text(meant[_i].meant)));
	ck_assert_uint_eq(dcfg_variable_meant(DCFG_VIEW(""), name).len, 0);
}
END_TEST

static const char *const links[] = {"A__B_SERVICE_HOST",      "A__B_SERVICE_PORT",
				    "A__B_SERVICE_PORT_HTTP", "A__B_PORT",
				    "A__B_PORT_80_TCP",       "A__B_PORT_80_UDP_PROTO",
				    "A__B_PORT_80_TCP_PORT",  "B_PORT_1_SCTP_ADDR"};
static const char *const no_links[] = {
	"",     "PORT",        "A__PORT",       "A__SERVICE_HOST", "A__B_HOST",
	"A__B", "A__B_80_TCP", "A__B_PORT_TCP", "A__B_PORT_X_TCP", "A__PORT_80_TCP"};

START_TEST(service_links_are_known)
{
	for (size_t i = 0; i < DCFG_COUNT(links); i++)
		ck_assert_msg(dcfg_is_service_link(dcfg_view_text(links[i])), "%s",
			      links[i]);
	for (size_t i = 0; i < DCFG_COUNT(no_links); i++)
		ck_assert_msg(!dcfg_is_service_link(dcfg_view_text(no_links[i])), "%s",
			      no_links[i]);
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
	tcase_add_loop_test(tests, near_names_are_known, 0, DCFG_COUNT(meant));
	tcase_add_test(tests, service_links_are_known);
	suite_add_tcase(suite, tests);
	return suite;
}
