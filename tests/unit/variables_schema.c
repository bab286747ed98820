/* SPDX-License-Identifier: ISC */
/* Variables where a schema declares the keys, and those that a manifest says are foreign. */
#include "unit.h"

#include "tree.h"
#include "variables_load.h"

static struct given given;

struct row {
	const char *variables[VARIABLES_MAX];
	const char *expected; /* of the layers, else of what was reported */
};

static const struct row good[] = {
	{{"APP__PORT=2"}, "port=2 "},
	{{"APP__SERVER__HOST_NAME=a", "APP__SERVER__MAXRATE=b"},
	 "server.host-name=a server.maxRate=b "},
	{{"APP__SERVER__MOTD="}, "server.motd= "},
	{{"APP__PORT=", "APP__SERVER__HOST_NAME=", "APP__NEW="}, ""},
	{{"APP__HOSTS=a, b"}, "hosts=a, b "},
	{{"APP__HOSTS__0=a"}, "hosts[0]=a "}, /* beyond the end, for merging to tell */
	{{"APP__SERVERS__0__MAX_RATE=5"}, "servers[0].max-rate=5 "},
	{{"APP__LIMITS__KNOWN__RATE=5", "APP__LIMITS__KNOWN__MAX_RATE=6"},
	 "limits.Known.max-rate=6 limits.Known.rate=5 "},
	{{"APP__LIMITS__NEW_ONE__RATE=5", "APP__LIMITS__NEW_ONE__MAX_RATE=6",
	  "APP__LIMITS__OTHER__MAX_RATE=7", "APP__LIMITS__Z=8"},
	 "limits.new_one.max-rate=6 limits.new_one.rate=5 limits.other.max-rate=7 "
	 "limits.z=8 "},
	{{"APP__LIMITS__NEW__MAX__RATE=5"}, "limits.new.max.rate=5 "},
	{{"APP__LIMITS__NEW__NOTE="}, "limits.new.note= "},
	{{"APP__LIMITS__NEW__RATE="}, ""},
	{{"APP__LABELS__A_B=1", "APP__LABELS__C_D=2"}, "labels.A-b=1 labels.c_d=2 "},
	{{"APP__CERT__FILE=/x"}, "cert.file=/x "},
	{{"APP__NEW__FILE=/x"}, "new.file=/x "},
	{{"APP__SERVER__PROT=1", "APP__PROT=2"}, "prot=2 server.prot=1 "},
	{{"APP_JSON={prot: 1, server: {port: 2}}"}, "prot=1@1:8 server.port=2@1:26 "},
	{{"APP_SERVER_PORT=1", "APP_NEW=1"}, ""},
};

START_TEST(variable_sets_what_is_declared)
{
	variables_begin_by_schema(&given, good[_i].variables);
	ck_assert_str_eq(variables_text(&given), good[_i].expected);
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

static const struct row empty[] = {
	{{"APP__PORT="}, "port?env:APP__PORT "},
	{{"APP__SERVER__MOTD=", "APP__SERVER__MAXRATE="},
	 "server.maxRate?env:APP__SERVER__MAXRATE "},
	{{"APP__LIMITS__NEW__MAX_RATE="},
	 "limits.new.max-rate?env:APP__LIMITS__NEW__MAX_RATE "},
	{{"APP__PORT__FILE="}, "port?env:APP__PORT__FILE "},
	{{"APP__HOSTS__0="}, "hosts[0]?env:APP__HOSTS__0 "},
};

START_TEST(empty_variable_is_skipped_unless_the_schema_allows_it)
{
	variables_begin_by_schema(&given, empty[_i].variables);
	variables_text(&given);
	ck_assert_str_eq(skipped_text(&given.context), empty[_i].expected);
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

static const struct row told[] = {
	{{"APP_PORT=tcp://1"},
	 "warning[bad-variable]: port: APP_PORT is not read: .* Kubernetes"},
	{{"APP_SERVER__MAXRATE=1"},
	 "server.maxRate.* APP_SERVER__MAXRATE is not read: "
	 ".* APP__SERVER__MAXRATE"},
	{{"APP_SERVER_HOST_NAME=1"},
	 "server.host-name: APP_SERVER_HOST_NAME is not read: .* "
	 "APP__SERVER__HOST_NAME\n.*after APP and between its segments .* Kubernetes"},
	{{"APP_LIMITS_KNOWN_MAX_RATE=1", "APP_LIMITS_NEW_RATE=1", "APP__SERVER_MOTD="},
	 "limits.Known.max-rate: APP_LIMITS_KNOWN_MAX_RATE is not read"},
	{{"APP__LABELS__A_C=1"}, "error.*APP__LABELS__A_C may mean .*labels."},
	{{"APP__PORT__FILE=/x"},
	 "/x: error[not-found].*env:APP__PORT__FILE: note: names it"},
	{{"APP__LIMITS__NEW__RATE__FILE=/x"},
	 "/x: error[not-found].*env:APP__LIMITS__NEW__RATE__FILE: note: names it"},
	{{"APP__HOSTS__FILE=/x"},
	 "error[bad-variable]: hosts: a variable names the file of a single value"},
	{{"APP__SERVERS__00__HOST=x"}, "error.*an index has no leading zeros"},
	{{"APP__SERVERS__7__HOST=x"},
	 "error[out-of-range]: servers[7]: the index is beyond the end"},
	{{"APP_LIMITS__NEW__RATE=1"},
	 "limits.new.rate: APP_LIMITS__NEW__RATE is not read: .* APP__LIMITS__NEW__RATE"},
};

START_TEST(variable_is_told_of)
{
	const char *text;

	variables_begin_by_schema(&given, told[_i].variables);
	text = variables_text(&given);
	ck_assert(!*text || strstr(text, "!= ")); /* refused */
	text = error_text(given.context.errors, 0);
	ck_assert_msg(has_parts(text, told[_i].expected), "%s", text);
	ck_assert_str_eq(error_text(given.context.errors, 1), "");
	variables_end(&given);
}
END_TEST

START_TEST(names_are_needed_for_prefixed_variables_alone)
{
	static const char *const list[] = {"APP__PORT=1", "APP_JSON={a: 1}", NULL};
	struct dcfg_variable_layers *layers;
	struct dcfg_layer layer;

	variables_begin_by_schema(&given, list + _i);
	layers = dcfg_variables_open(&given.context, &given.variables);
	ck_assert(!dcfg_variables_need_names(layers));
	ck_assert(dcfg_variables_next(layers, NULL, &layer));
	ck_assert(_i || dcfg_variables_need_names(layers));
	ck_assert(_i || dcfg_variables_next(layers, given.names, &layer));
	ck_assert(!dcfg_variables_need_names(layers));
	ck_assert(!dcfg_variables_next(layers, NULL, &layer));
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

static const struct row foreign[] = {
	{{"APP__OTHER__X=1"}, "APP__OTHER__X "},
	{{"APP__OTHER__X=", "APP__OTHER=1", "APP__PORT=1"}, ""},
	{{"APP__OTHER____=\xff", "APP__OTHER____=1"}, "APP__OTHER____ "},
	{{"APP_PORT=1", "APP_ENV=x", "APP_OVERLAYS=x"}, ""},
	{{"APP_JSON=1"}, "APP_JSON "},
	{{"APP__A_B_MID_C_END=1", "APP__A_B_MID_C_EN=1"}, "APP__A_B_MID_C_END "},
	{{"APP__AMIDMIDEND=1", "APP__AMIEND=1"}, "APP__AMIDMIDEND "},
	{{"APP__OTHER__MINE=1"}, ""},
};

/* "NAME " of each that is listed as foreign. Static. */
static const char *foreign_text(const struct dcfg_sources *sources)
{
	static char text[256];
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < sources->count; i++)
		if (sources->list[i].state == DEPLOYCFG_SOURCE_IGNORED)
			length += (size_t)snprintf(text + length, sizeof(text) - length,
						   "%s ", sources->list[i].name.ptr + 4);
	return text;
}

START_TEST(foreign_variable_is_listed_and_no_more)
{
	static const struct dcfg_view patterns[] = {
		DCFG_VIEW("APP__OTHER__*"), DCFG_VIEW("*P_PORT"), DCFG_VIEW("APP_JSON"),
		DCFG_VIEW("APP__A*MID*END"), DCFG_VIEW("APP_ENV*")};
	static const struct dcfg_mapped mapped[] = {{DCFG_VIEW("APP__OTHER__MINE"),
						     DCFG_VIEW("port"),
						     false,
						     {UINT32_MAX, 0, 0}}};

	variables_begin_by_schema(&given, foreign[_i].variables);
	given.variables.foreign = patterns;
	given.variables.foreign_count = DCFG_COUNT(patterns);
	given.variables.mapped = mapped;
	given.variables.mapped_count = 1;
	variables_text(&given);
	ck_assert_str_eq(foreign_text(&given.context.sources), foreign[_i].expected);
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

START_TEST(mapped_variable_may_be_empty)
{
	static const char *const list[] = {"URL=", NULL};
	static const struct dcfg_mapped mapped[] = {
		{DCFG_VIEW("URL"), DCFG_VIEW("port"), true, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("URL"), DCFG_VIEW("cert.file"), false, {UINT32_MAX, 0, 0}},
		{DCFG_VIEW("URL"), DCFG_VIEW("port"), true, {UINT32_MAX, 0, 0}}};

	variables_begin_by_schema(&given, list);
	given.variables.mapped = mapped;
	given.variables.mapped_count = DCFG_COUNT(mapped);
	ck_assert_str_eq(variables_text(&given), "port= ");
	ck_assert_str_eq(skipped_text(&given.context), "cert.file?env:URL ");
	ck_assert_str_eq(variables_end(&given), "");
}
END_TEST

Suite *variables_schema_suite(void)
{
	Suite *suite = suite_create("variables_schema");
	TCase *tests = tcase_create("schema");

	tcase_add_loop_test(tests, variable_sets_what_is_declared, 0, DCFG_COUNT(good));
	tcase_add_loop_test(tests, empty_variable_is_skipped_unless_the_schema_allows_it,
			    0, DCFG_COUNT(empty));
	tcase_add_loop_test(tests, variable_is_told_of, 0, DCFG_COUNT(told));
	tcase_add_loop_test(tests, names_are_needed_for_prefixed_variables_alone, 0, 2);
	tcase_add_loop_test(tests, foreign_variable_is_listed_and_no_more, 0,
			    DCFG_COUNT(foreign));
	tcase_add_test(tests, mapped_variable_may_be_empty);
	suite_add_tcase(suite, tests);
	return suite;
}
