/* SPDX-License-Identifier: ISC */
/* What a schema declares binds as what it is, and what it passes is not judged again. */
#include "api.h"
#include "bind_kinds.h"

struct typed {
	int64_t duration, size;
	uint32_t short_duration;
	char *duration_text, *size_text, *word_text, *path;
	int word;
	float number;
};

#define TYPED_STRING(name)                                                               \
	CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER, struct typed, name, 0,         \
			       CYAML_UNLIMITED)

static const cyaml_schema_field_t typed_fields[] = {
	CYAML_FIELD_INT("duration", CYAML_FLAG_DEFAULT, struct typed, duration),
	CYAML_FIELD_UINT("size", CYAML_FLAG_DEFAULT, struct typed, size),
	CYAML_FIELD_UINT("short_duration", CYAML_FLAG_DEFAULT, struct typed,
			 short_duration),
	TYPED_STRING(duration_text),
	TYPED_STRING(size_text),
	TYPED_STRING(word_text),
	TYPED_STRING(path),
	CYAML_FIELD_ENUM("word", CYAML_FLAG_STRICT, struct typed, word, kinds_modes, 4),
	CYAML_FIELD_FLOAT("number", CYAML_FLAG_DEFAULT, struct typed, number),
	CYAML_FIELD_END};
static const cyaml_schema_value_t typed_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct typed, typed_fields)};

static const char typed_keys[] =
	"schema: 1\n"
	"keys:\n"
	"- {key: duration, type: duration}\n"
	"- {key: size, type: size}\n"
	"- {key: short_duration, type: duration}\n"
	"- {key: duration_text, type: duration, default: 1h30m}\n"
	"- {key: size_text, type: size}\n"
	"- {key: word_text, type: enum, choices: [slow, fast]}\n"
	"- {key: path, type: path}\n"
	"- {key: word, type: enum, choices: [slow, fast]}\n"
	"- {key: number, type: float}\n"
	"- {key: other, type: int}\n";

static struct deploycfg_snapshot *load_typed(const char *short_duration)
{
	struct deploycfg_loader *loader = api_loader();

	deploycfg_loader_add_schema_text(loader, "schema", typed_keys,
					 strlen(typed_keys));
	api_ini(loader, 200,
		"duration = 250ms\nsize = 64MiB\nsize_text = 1kB\nword_text = fast\n"
		"path = /var/lib\nword = slow\nnumber = 2\nother = 1\n");
	deploycfg_loader_override(loader, "short_duration", short_duration, NULL);
	return api_load(loader);
}

/* And keys that the struct does not have are judged by the schema alone. */
START_TEST(types_of_a_schema_are_numbers_and_texts)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *schemed = load_typed("4294967295ns");
	struct typed *typed;

	ck_assert_int_eq(deploycfg_bind(schemed, "", &typed_schema, &typed, &errors), 0);
	ck_assert_int_eq(typed->duration, 250000000);
	ck_assert_int_eq(typed->size, 64 << 20);
	ck_assert_uint_eq(typed->short_duration, UINT32_MAX);
	ck_assert_str_eq(typed->duration_text, "1h30m");
	ck_assert_str_eq(typed->size_text, "1kB");
	ck_assert_str_eq(typed->word_text, "fast");
	ck_assert_str_eq(typed->path, "/var/lib");
	ck_assert_int_eq(typed->word, -3);
	ck_assert_int_eq((int)typed->number, 2);
	deploycfg_bind_free(&typed_schema, &typed);
	deploycfg_snapshot_unref(schemed);
	schemed = load_typed("4294967296ns");
	ck_assert_int_eq(deploycfg_bind(schemed, "", &typed_schema, &typed, &errors),
			 DEPLOYCFG_ERR_RANGE);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
			 "expected an int from 0 to 4294967295, found the duration "
			 "'4294967296ns'");
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(schemed);
}
END_TEST

/* Secrets are told of, and not told. */
START_TEST(a_secret_is_never_quoted)
{
	static const char keys[] = "schema: 1\n"
				   "keys:\n"
				   "- {key: x, secret: true}\n"
				   "- {key: y}\n"
				   "- {key: label}\n";
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	struct point *point;

	deploycfg_loader_add_schema_text(loader, "schema", keys, strlen(keys));
	api_yaml(loader, 200, "x: s3cret\n");
	cfg = deploycfg_loader_load(loader, NULL);
	ck_assert_int_eq(deploycfg_bind(cfg, "", &point_pointer_schema, &point, &errors),
			 DEPLOYCFG_ERR_VALUE);
	ck_assert_str_eq(deploycfg_error_message(deploycfg_errors_at(errors, 0)),
			 "expected an int from -2147483648 to 2147483647, found a secret "
			 "string");
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_free(loader);
}
END_TEST

static const char *hint_for(const cyaml_schema_field_t field, const char *text)
{
	static char hint[200];
	const cyaml_schema_field_t fields[] = {field, CYAML_FIELD_END};
	const cyaml_schema_value_t schema = {
		CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct typed, fields)};
	struct deploycfg_loader *loader = api_loader();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;
	struct typed *typed;

	deploycfg_loader_add_schema_text(loader, "schema", typed_keys,
					 strlen(typed_keys));
	api_yaml(loader, 200, text);
	cfg = api_load(loader);
	ck_assert_int_ne(deploycfg_bind(cfg, "", &schema, &typed, &errors), 0);
	snprintf(hint, sizeof(hint), "%s",
		 deploycfg_error_hint(deploycfg_errors_at(errors, 0)));
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
	return hint;
}

/* No configuration mends what the program and its schema disagree on. */
START_TEST(what_the_program_asks_for_wrongly_is_told_to_it)
{
	static const cyaml_schema_field_t number =
		CYAML_FIELD_FLOAT("duration", CYAML_FLAG_DEFAULT, struct typed, number);
	static const cyaml_schema_field_t unknown =
		CYAML_FIELD_INT("unknown", CYAML_FLAG_DEFAULT, struct typed, word);

	ck_assert_str_eq(hint_for(number, "duration: 30s\n"),
			 "the schema declares it a duration: the program has to read it "
			 "as one");
	ck_assert_str_eq(hint_for(unknown, "other: 1\n"),
			 "set it in a configuration file; where no schema declares it, "
			 "the program asks for the wrong key");
}
END_TEST

Suite *bind_schemas_suite(void)
{
	Suite *suite = suite_create("bind_schemas");
	TCase *tcase = tcase_create("bind_schemas");

	tcase_add_test(tcase, types_of_a_schema_are_numbers_and_texts);
	tcase_add_test(tcase, a_secret_is_never_quoted);
	tcase_add_test(tcase, what_the_program_asks_for_wrongly_is_told_to_it);
	suite_add_tcase(suite, tcase);
	return suite;
}
