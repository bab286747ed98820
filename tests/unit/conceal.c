/* SPDX-License-Identifier: ISC */
/* Which keys and lines are taken for secrets. */
#include "unit.h"

#include "model/conceal.h"

static struct dcfg_context context;

static void setup(void)
{
	const struct dcfg_view pin[] = {DCFG_VIEW("db"), DCFG_VIEW("pin")};
	const struct dcfg_view keys[] = {DCFG_VIEW("hosts"), DCFG_ANY_ITEM,
					 DCFG_VIEW("key")};
	const struct dcfg_view vault[] = {DCFG_VIEW("vault"), DCFG_ANY_NAME};
	const struct dcfg_view token[] = {DCFG_VIEW("csrf_token")};
	const struct dcfg_view log[] = {DCFG_VIEW("LOG")};

	dcfg_context_init(&context, &dcfg_default_limits);
	dcfg_conceal(&context, pin, 2, true);
	dcfg_conceal(&context, keys, 3, true);
	dcfg_conceal(&context, vault, 2, true);
	dcfg_conceal(&context, token, 1, false);
	dcfg_conceal_spelt(&context, log, 1);
}

static void teardown(void)
{
	deploycfg_errors_free(dcfg_context_fini(&context));
}

START_TEST(names_look_secret_by_their_end)
{
	static const char *const secret[] = {
		"password",        "PASSWORD",    "db_password",   "dbPassword",
		"pass-word",       "passwd",      "client_secret", "Token",
		"api-key",         "APIKEY",      "apikey",        "private_key",
		"ssh-private-key", "credentials", "token_",
	};
	static const char *const open[] = {
		"",     "tokens", "token_ttl",  "passwords", "key", "secretary", "word",
		"pass", "api",    "credential", "-",         "_",   "host",
	};

	for (size_t i = 0; i < DCFG_COUNT(secret); i++)
		ck_assert_msg(dcfg_looks_secret(dcfg_view_text(secret[i])), "%s",
			      secret[i]);
	for (size_t i = 0; i < DCFG_COUNT(open); i++)
		ck_assert_msg(!dcfg_looks_secret(dcfg_view_text(open[i])), "%s", open[i]);
}
END_TEST

START_TEST(paths_are_concealed_by_note_and_by_name)
{
	static const char *const secret[] = {
		"db.pin",    "db.pin.deep", "db.pin[0]", "hosts[7].key",     "vault.a",
		"vault.a.b", "x.password",  "token.x",   "csrf_token.token",
	};
	static const char *const open[] = {"db",           "pin",   "hosts[7]",
					   "hosts.key",    "vault", "csrf_token",
					   "hosts[7].name"};

	for (size_t i = 0; i < DCFG_COUNT(secret); i++)
		ck_assert_msg(dcfg_path_is_concealed(&context, dcfg_view_text(secret[i])),
			      "%s", secret[i]);
	for (size_t i = 0; i < DCFG_COUNT(open); i++)
		ck_assert_msg(!dcfg_path_is_concealed(&context, dcfg_view_text(open[i])),
			      "%s", open[i]);
	ck_assert(dcfg_is_exempt(&context, DCFG_VIEW("csrf_token")));
	ck_assert(!dcfg_is_exempt(&context, DCFG_VIEW("token")));
}
END_TEST

/* Every line that begins with `-` or holds `|` is a secret's. */
static const char *const texts[] = {
	/* YAML */
	"a: 1\n"
	"db: {pin: |2}\n"
	"b: 2\n",
	"db:\n"
	"  pin: |\n"
	"    one|\n"
	"|\n"
	"    two|\n"
	"  port: 5\n"
	"c: 3\n",
	"pin: \"a|\n"
	"b: c|\n"
	"d\" |\n"
	"e: 4\n",
	"pin: \"a\\\" |\n"
	"b: c\"|\n"
	"e: 4\n",
	"{host: x,\n"
	"password: |\n"
	"abc|,\n"
	"b: 1}\n",
	"my_tokens: 1\n"
	"api_token:|\n"
	"- one|\n"
	"- two|\n"
	"next: 3\n",
	"- name: x\n"
	"  password: y|\n"
	"- name: z\n",
	"\"pass\\x77ord\": a|\n"
	"b: 1\n",
	"|? password\n"
	": abc|\n"
	"b: 1\n",
	/* INI */
	"[db]\n"
	"host = a\n"
	"pin = a|\n"
	"port = 5\n",
	"[credentials]|\n"
	"a = b|\n"
	"c = d|\n"
	"[other]\n"
	"e = f\n",
	"db.pin = |a\\\n"
	"b = c|\n"
	"d = e\n",
	"export SHOP__DB__PIN=a|\n"
	"SHOP__B=1\n",
	/* a key whose file a variable names, so that nothing is below it */
	"log:\n"
	"  # where to\n"
	"\n"
	"  level: info\n"
	"  file: x\n",
	"log: x|\n"
	"level: y\n",
	"log: {a: b|}\n",
	"log:|\n"
	"  postgres://u:p@h|\n"
	"level: y\n",
	"log: >-|\n"
	"  a: b|\n"
	"level: y\n",
	"log:|\n"
	"- a|\n"
	"level: y\n",
	"log:|",
	"[log]\n"
	"file = x\n"
	"[a]\n"
	"log = y|\n"
	"log.file = z\n",
	/* and what only speaks of one */
	"a: the password\n"
	"mode: token, x\n"
	"b: 1\n",
};

START_TEST(variables_spell_keys_in_capitals)
{
	const struct dcfg_view dsn[] = {DCFG_VIEW("MAIN_DB"), DCFG_VIEW("DSN")};
	const struct dcfg_view item[] = {DCFG_VIEW("USERS"), DCFG_VIEW("0"),
					 DCFG_VIEW("CODE")};
	static const char *const secret[] = {"main-db.dsn", "main_db.DSN",
					     "mainDb.dsn[1]", "users[7].code",
					     "users.code"};
	static const char *const open[] = {"main-db",          "main-db.dsn.below",
					   "main-db.other",    "dsn",
					   "users[7].code.at", "users[7].name"};

	dcfg_conceal_spelt(&context, dsn, 2);
	dcfg_conceal_spelt(&context, item, 3);
	for (size_t i = 0; i < DCFG_COUNT(secret); i++)
		ck_assert_msg(dcfg_path_is_concealed(&context, dcfg_view_text(secret[i])),
			      "%s", secret[i]);
	for (size_t i = 0; i < DCFG_COUNT(open); i++)
		ck_assert_msg(!dcfg_path_is_concealed(&context, dcfg_view_text(open[i])),
			      "%s", open[i]);
}
END_TEST

START_TEST(lines_are_concealed_by_their_looks)
{
	const char *text = texts[_i];
	struct dcfg_source source = {.name = DCFG_VIEW("t"),
				     .text = dcfg_view_text(text)};
	uint32_t index = dcfg_source_add(&context, &source);

	for (uint32_t number = 1; *text; number++) {
		size_t length = strcspn(text, "\n");
		bool expected = memchr(text, '|', length) != NULL;

		ck_assert_msg(dcfg_line_is_concealed(&context, index, number) == expected,
			      "text %d, line %u: %.*s", _i, number, (int)length, text);
		text += length + (text[length] == '\n');
	}
}
END_TEST

Suite *conceal_suite(void)
{
	Suite *suite = suite_create("conceal");
	TCase *cases = tcase_create("conceal");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, names_look_secret_by_their_end);
	tcase_add_test(cases, paths_are_concealed_by_note_and_by_name);
	tcase_add_test(cases, variables_spell_keys_in_capitals);
	tcase_add_loop_test(cases, lines_are_concealed_by_their_looks, 0,
			    (int)DCFG_COUNT(texts));
	suite_add_tcase(suite, cases);
	return suite;
}
