/* SPDX-License-Identifier: ISC */
/* Secrets bind as what they are, and no error of a bind tells them. */
#include "api.h"

#include <cyaml/cyaml.h>

struct login {
	char *name, inside[24];
};

struct kept {
	char *password, inside[24], *open;
	uint32_t pin;
	double weight;
	bool flag;
	int mode;
	char **keys;
	uint32_t keys_count;
	struct login *logins;
	uint32_t logins_count;
	struct login login, *other;
};

static const cyaml_strval_t modes[] = {{"slow", 1}, {"fast", 2}};

static const cyaml_schema_field_t login_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct login, name, 0,
			       CYAML_UNLIMITED),
	CYAML_FIELD_STRING("inside", CYAML_FLAG_DEFAULT, struct login, inside, 0),
	CYAML_FIELD_END};
static const cyaml_schema_value_t login_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct login, login_fields)};
static const cyaml_schema_value_t key_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 0, CYAML_UNLIMITED)};

static const cyaml_schema_field_t kept_fields[] = {
	CYAML_FIELD_STRING_PTR("password", CYAML_FLAG_POINTER, struct kept, password, 0,
			       CYAML_UNLIMITED),
	CYAML_FIELD_STRING("inside", CYAML_FLAG_DEFAULT, struct kept, inside, 0),
	CYAML_FIELD_STRING_PTR("open", CYAML_FLAG_POINTER, struct kept, open, 0,
			       CYAML_UNLIMITED),
	CYAML_FIELD_UINT("pin", CYAML_FLAG_DEFAULT, struct kept, pin),
	CYAML_FIELD_FLOAT("weight", CYAML_FLAG_DEFAULT, struct kept, weight),
	CYAML_FIELD_BOOL("flag", CYAML_FLAG_DEFAULT, struct kept, flag),
	CYAML_FIELD_ENUM("mode", CYAML_FLAG_STRICT, struct kept, mode, modes, 2),
	CYAML_FIELD_SEQUENCE("keys", CYAML_FLAG_POINTER, struct kept, keys, &key_schema,
			     0, CYAML_UNLIMITED),
	CYAML_FIELD_SEQUENCE("logins", CYAML_FLAG_POINTER, struct kept, logins,
			     &login_schema, 0, CYAML_UNLIMITED),
	CYAML_FIELD_MAPPING("login", CYAML_FLAG_DEFAULT, struct kept, login,
			    login_fields),
	CYAML_FIELD_MAPPING_PTR("other", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
				struct kept, other, login_fields),
	CYAML_FIELD_END};
static const cyaml_schema_value_t kept_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct kept, kept_fields)};

static const char all_secret[] = "schema: 1\n"
				 "keys:\n"
				 "- {key: password, secret: true}\n"
				 "- {key: inside, secret: true}\n"
				 "- {key: open}\n"
				 "- {key: pin, secret: true}\n"
				 "- {key: weight, secret: true}\n"
				 "- {key: flag, secret: true}\n"
				 "- {key: mode, secret: true}\n"
				 "- {key: keys, type: list, secret: true}\n"
				 "- {key: 'logins[].name', secret: true}\n"
				 "- {key: 'logins[].inside'}\n"
				 "- {key: login, type: map, open: true, secret: true}\n"
				 "- {key: other, type: map, open: true, secret: true}\n";

static const char values[] =
	"password: \"sesame one\\n\\\"'two\"\ninside: sésame\nopen: '..........'\n"
	"pin: 4711\nweight: 2.5\nflag: true\nmode: fast\nkeys: [first key, '', third]\n"
	"logins: [{name: a, inside: b}, {name: "
	"cccccccccccccccccccccccccccccccccccccccccccccccccccccccc, inside: d}]\n"
	"login: {name: e, inside: f}\nother: null\n";

static struct deploycfg_snapshot *load_secrets(void)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_schema_text(loader, "schema", all_secret,
					 strlen(all_secret));
	api_yaml(loader, 200, values);
	return api_load(loader);
}

START_TEST(secrets_bind_as_what_they_are)
{
	struct deploycfg_snapshot *snapshot = load_secrets();
	struct deploycfg_errors *errors = NULL;
	struct kept *kept;

	ck_assert_int_eq(deploycfg_bind(snapshot, "", &kept_schema, &kept, &errors), 0);
	ck_assert_str_eq(kept->password, "sesame one\n\"'two");
	ck_assert_str_eq(kept->inside, "sésame");
	ck_assert_str_eq(kept->open, "..........");
	ck_assert_uint_eq(kept->pin, 4711);
	ck_assert_int_eq((int)(kept->weight * 2), 5);
	ck_assert(kept->flag);
	ck_assert_int_eq(kept->mode, 2);
	ck_assert_uint_eq(kept->keys_count, 3);
	ck_assert_str_eq(kept->keys[0], "first key");
	ck_assert_str_eq(kept->keys[1], "");
	ck_assert_str_eq(kept->keys[2], "third");
	ck_assert_uint_eq(kept->logins_count, 2);
	ck_assert_str_eq(kept->logins[0].name, "a");
	ck_assert_str_eq(kept->logins[0].inside, "b");
	ck_assert_uint_eq(strlen(kept->logins[1].name), 56);
	ck_assert_uint_eq(strspn(kept->logins[1].name, "c"), 56);
	ck_assert_str_eq(kept->login.name, "e");
	ck_assert_str_eq(kept->login.inside, "f");
	ck_assert_ptr_null(kept->other);
	deploycfg_bind_free(&kept_schema, &kept);
	deploycfg_snapshot_unref(snapshot);
}
END_TEST

/* A secret alone, and a list of them. */
START_TEST(a_secret_binds_alone)
{
	struct deploycfg_snapshot *snapshot = load_secrets();
	struct deploycfg_errors *errors = NULL;
	char *text;

	ck_assert_int_eq(
		deploycfg_bind(snapshot, "login.name", &key_schema, &text, &errors), 0);
	ck_assert_str_eq(text, "e");
	deploycfg_bind_free(&key_schema, &text);
	deploycfg_snapshot_unref(snapshot);
}
END_TEST

static const char *const wrong[] = {
	"pin: sesame!",
	"weight: sesame!",
	"flag: sesame!",
	"mode: sesame!",
	"inside: sesame! sesame! sesame!",
	"keys: sesame!",
	"login: sesame!",
};

START_TEST(no_error_tells_a_secret)
{
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *snapshot;
	struct kept *kept;
	char schema[128], key[16];

	sscanf(wrong[_i], "%15[a-z]", key);
	snprintf(schema, sizeof(schema), "schema: 1\nkeys:\n- {key: %s, secret: true}\n",
		 key);
	deploycfg_loader_add_schema_text(loader, "schema", schema, strlen(schema));
	api_yaml(loader, 200, wrong[_i]);
	snapshot = api_load(loader);
	ck_assert_int_ne(deploycfg_bind(snapshot, "", &kept_schema, &kept, &errors), 0);
	ck_assert_ptr_null(kept);
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++)
		ck_assert_msg(
			!strstr(deploycfg_error_text(deploycfg_errors_at(errors, i)),
				"sesame"),
			"%s", wrong[_i]);
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(snapshot);
}
END_TEST

/* A value that is no secret, but says the same. */
START_TEST(what_a_secret_says_is_told_nowhere)
{
	static const char schema[] = "schema: 1\nkeys:\n- {key: password, secret: true}\n"
				     "- {key: pin}\n- {key: flag}\n- {key: my-token}\n";
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *snapshot;
	struct kept *kept;

	deploycfg_loader_add_schema_text(loader, "schema", schema, strlen(schema));
	api_yaml(loader, 200,
		 "password: sesame!\npin: sesame!\nflag: rhubarb!\nmy-token: rhubarb!\n");
	snapshot = api_load(loader);
	ck_assert_int_ne(deploycfg_bind(snapshot, "", &kept_schema, &kept, &errors), 0);
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++) {
		const struct deploycfg_error *error = deploycfg_errors_at(errors, i);

		ck_assert_ptr_null(strstr(deploycfg_error_text(error), "sesame"));
		ck_assert_ptr_null(strstr(deploycfg_error_message(error), "sesame"));
		ck_assert_ptr_null(strstr(deploycfg_error_text(error), "rhubarb"));
	}
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(snapshot);
}
END_TEST

Suite *bind_secrets_suite(void)
{
	Suite *suite = suite_create("bind_secrets");
	TCase *tests = tcase_create("bind_secrets");

	tcase_add_test(tests, secrets_bind_as_what_they_are);
	tcase_add_test(tests, a_secret_binds_alone);
	tcase_add_loop_test(tests, no_error_tells_a_secret, 0, (int)COUNT(wrong));
	tcase_add_test(tests, what_a_secret_says_is_told_nowhere);
	suite_add_tcase(suite, tests);
	return suite;
}
