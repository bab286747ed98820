/* SPDX-License-Identifier: ISC */
/* deploycfg schema --format python: frozen dataclasses that hold a whole configuration, and a
 * function that fills them. Must not know how names are made. */
#include "schema/python.h"

#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "schema/facts.h"
#include "status.h"

static void quoted(struct writer *out, const char *text)
{
	tool_quoted(out, &tool_escapes_double, text, strlen(text));
}

static void literal(const struct python_code *code, const struct deploycfg_entry *choices)
{
	const char *before = "typing.Literal[";

	deploycfg_each_child (code->keys->schema, choice, choices) {
		tool_text(code->out, before);
		quoted(code->out,
		       deploycfg_entry_text(tool_told(code->keys, choice), NULL));
		before = ", ";
	}
	tool_text(code->out, "]");
}

/* A text, of which only a few may be declared, or anything: what limits texts says nothing of
 * lists and maps. */
static void text_type(const struct python_code *code, enum deploycfg_type type,
		      const struct key *key)
{
	const struct deploycfg_entry *choices = tool_choices(code->keys, key);

	if (type == DEPLOYCFG_NONE)
		tool_text(code->out, "typing.Any");
	else if (choices)
		literal(code, choices);
	else
		tool_text(code->out, "str");
}

static bool is_fine(const struct python_code *code, const struct deploycfg_entry *value)
{
	const struct deploycfg_entry *told = value ? tool_told(code->keys, value) : NULL;

	return told && deploycfg_entry_duration(told, NULL) % 1000 != 0;
}

/* Whether what is declared of a duration shows that it may be finer than a timedelta. */
static bool has_nanoseconds(const struct python_code *code, const struct key *key)
{
	static const char *const fields[] = {"default", "example", "min", "max",
					     "choices"};
	bool fine = false;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct deploycfg_entry *value =
			tool_shown(code->keys, key, fields[i]);

		fine |= is_fine(code, value);
		deploycfg_each_child (code->keys->schema, item, value)
			fine |= is_fine(code, item);
	}
	return fine;
}

static void plain_type(const struct python_code *code, enum deploycfg_type type,
		       const struct key *key)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		tool_text(code->out, "bool");
		break;
	case DEPLOYCFG_INT:
	case DEPLOYCFG_SIZE:
		tool_text(code->out, "int");
		break;
	case DEPLOYCFG_FLOAT:
		tool_text(code->out, "float");
		break;
	case DEPLOYCFG_DURATION:
		tool_text(code->out, has_nanoseconds(code, key) ? "deploycfg.Nanoseconds"
								: "datetime.timedelta");
		break;
	case DEPLOYCFG_LIST:
		tool_text(code->out, "tuple[typing.Any, ...]");
		break;
	case DEPLOYCFG_MAP:
		tool_text(code->out, "typing.Mapping[str, typing.Any]");
		break;
	default:
		text_type(code, type, key);
		break;
	}
}

/* key: whose declaration limits it, and says whether it is a secret. Lists and maps are none:
 * what they hold is. */
static void scalar_type(const struct python_code *code, enum deploycfg_type type,
			const struct key *key)
{
	bool secret = key->secret && type != DEPLOYCFG_LIST && type != DEPLOYCFG_MAP;

	tool_text(code->out, secret ? "deploycfg.Secret[" : "");
	plain_type(code, type, key);
	tool_text(code->out, secret ? "]" : "");
}

static void list_type(const struct python_code *code, const struct key *key)
{
	const struct key *item = tool_child(key, SEGMENT_ITEM);

	tool_text(code->out, "tuple[");
	if (item)
		tool_python_type(code, item);
	else
		scalar_type(code, tool_items(code->keys, key), key);
	tool_text(code->out, ", ...]");
}

/* Depth is bounded by that of declared paths. */
void tool_python_type(const struct python_code *code, const struct key *key)
{
	enum deploycfg_type type = tool_type(code->keys, key);
	const struct key *any = tool_child(key, SEGMENT_ANY);

	if (tool_python_is_class(code, key))
		tool_text(code->out, key->type);
	else if (type == DEPLOYCFG_LIST)
		list_type(code, key);
	else if (type == DEPLOYCFG_MAP && any) {
		tool_text(code->out, "typing.Mapping[str, ");
		tool_python_type(code, any);
		tool_text(code->out, "]");
	} else
		scalar_type(code, type, key);
}

/* Whether it is always there; null takes the default of a list, which is none. */
static bool is_needed(const struct python_code *code, const struct key *key)
{
	return tool_type(code->keys, key) != DEPLOYCFG_LIST &&
	       tool_is_certain(code->keys, key);
}

static bool is_optional(const struct python_code *code, const struct key *key)
{
	enum deploycfg_type type = tool_type(code->keys, key);

	return type != DEPLOYCFG_LIST && type != DEPLOYCFG_MAP &&
	       !tool_is_certain(code->keys, key);
}

/* What a field is that nobody sets. */
static void absent(const struct python_code *code, const struct key *key, bool renamed)
{
	enum deploycfg_type type = tool_type(code->keys, key);

	if (type == DEPLOYCFG_MAP) {
		tool_text(code->out, "dataclasses.field(default_factory=");
		tool_text(code->out, tool_python_is_class(code, key)
					     ? key->type
					     : "deploycfg.FrozenMap");
		return;
	}
	tool_text(code->out, renamed ? "dataclasses.field(default=" : "");
	tool_text(code->out, type == DEPLOYCFG_LIST ? "()" : "None");
}

/* Whether repr() would show what has the name of a secret; a Secret hides itself. */
static bool is_hidden(const struct key *key)
{
	while (key && !key->secret && !key->masked)
		key = tool_child(key, tool_child(key, SEGMENT_ANY) ? SEGMENT_ANY
								   : SEGMENT_ITEM);
	return key && !key->secret;
}

/* What stands behind the annotation. */
static void value(const struct python_code *code, const struct key *key)
{
	bool certain = is_needed(code, key), hidden = is_hidden(key);
	bool renamed = strcmp(key->field, key->name) != 0;
	bool map = tool_type(code->keys, key) == DEPLOYCFG_MAP;
	const char *comma = certain ? "" : ", ";

	if (certain && !renamed && !hidden)
		return;
	tool_text(code->out, " = ");
	if (certain)
		tool_text(code->out, "dataclasses.field(");
	else
		absent(code, key, renamed || hidden);
	if (hidden) {
		tool_text(code->out, comma);
		tool_text(code->out, "repr=False");
		comma = ", ";
	}
	if (renamed) {
		tool_text(code->out, comma);
		tool_text(code->out, "metadata={\"key\": ");
		quoted(code->out, key->name);
		tool_text(code->out, "}");
	}
	tool_text(code->out, renamed || hidden || (map && !certain) ? ")" : "");
}

static void comment(const struct python_code *code, const struct key *key)
{
	struct text text = {NULL, 0, 0, false};

	tool_say_all(&text, code->keys, key);
	if (text.length) {
		tool_words(code->out, "    ", "# ", text.bytes, text.length);
		tool_text(code->out, "\n");
	}
	tool_hand_on(code->out, &text);
	free(text.bytes);
}

static void field(const struct python_code *code, const struct key *key)
{
	bool optional = is_optional(code, key);

	comment(code, key);
	tool_text(code->out, "    ");
	tool_text(code->out, key->field);
	tool_text(code->out, optional ? ": typing.Optional[" : ": ");
	tool_python_type(code, key);
	tool_text(code->out, optional ? "]" : "");
	value(code, key);
	if (tool_type(code->keys, key) == DEPLOYCFG_SIZE)
		tool_text(code->out, "  # bytes");
	tool_text(code->out, "\n");
}

/* Python wants those first that have to be given. */
static size_t fields(const struct python_code *code, const struct key *map, bool certain)
{
	size_t count = 0;

	for (const struct key *key = map->first; key; key = key->next) {
		if (key->segment == SEGMENT_NAME && is_needed(code, key) == certain) {
			field(code, key);
			count++;
		}
	}
	return count;
}

/* Lines as they are. */
static void paragraphs(struct writer *out, const char *text, size_t length)
{
	while (length) {
		const char *end = memchr(text, '\n', length);
		size_t line = end ? (size_t)(end - text) : length;

		tool_escaped(out, &tool_escapes_double, text, line);
		if (!end)
			return;
		tool_text(out,
			  line + 1 < length && text[line + 1] != '\n' ? "\n    " : "\n");
		text += line + 1;
		length -= line + 1;
	}
}

static void docstring(const struct python_code *code, const struct key *map)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};

	tool_say_doc(&out, code->keys, map);
	if (!text.length)
		tool_text(&out, map == code->keys->list ? "The whole configuration."
							: "A part of the configuration.");
	tool_text(code->out, "    \"\"\"");
	paragraphs(code->out, text.bytes, text.length);
	tool_text(code->out, "\"\"\"\n");
	tool_hand_on(code->out, &text);
	free(text.bytes);
}

static void class(const struct python_code *code, const struct key *map)
{
	tool_text(code->out, "\n\n@dataclasses.dataclass(frozen=True)\nclass ");
	tool_text(code->out, map->type);
	tool_text(code->out, ":\n");
	docstring(code, map);
	tool_text(code->out, "\n");
	if (fields(code, map, true) + fields(code, map, false) == 0)
		tool_text(code->out, "    pass\n");
	if (tool_child(map, SEGMENT_ANY))
		tool_text(
			code->out,
			"    # Other keys may be there: read them with cfg.section().\n");
}

/* What is held comes before what holds it. Depth is bounded by that of declared paths. */
static void classes(const struct python_code *code, const struct key *key)
{
	for (const struct key *child = key->first; child; child = child->next)
		classes(code, child);
	if (tool_python_is_class(code, key))
		class(code, key);
}

static void module(const struct python_code *code)
{
	const char *whole = code->keys->list->type;

	tool_text(code->out, "# Written by deploycfg schema --format python: change the "
			     "schema, not this "
			     "file.\n\"\"\"The configuration in types of its own.\"\"\"\n"
			     "import dataclasses\nimport datetime\nimport typing\n\n"
			     "import deploycfg\n");
	classes(code, code->keys->list);
	tool_text(code->out, "\n\ndef load(cfg: deploycfg.Config) -> ");
	tool_text(code->out, whole);
	tool_text(code->out,
		  ":\n    \"\"\"Everything that was loaded with this schema, or an "
		  "error with every problem.\"\"\"\n    return cfg.bind(");
	tool_text(code->out, whole);
	tool_text(code->out, ")\n");
}

static int write_python(const struct dump *dump)
{
	struct keys keys;
	struct python_code code = {.out = dump->out, .keys = &keys};
	int status = tool_schema_begin(&keys, dump);

	if (status == TOOL_OK) {
		if (tool_python_names(&code))
			module(&code);
		else
			status = tool_without_memory(dump->diagnostics);
	}
	tool_identifiers_fini(&code.identifiers);
	tool_keys_fini(&keys);
	return status;
}

const struct format tool_format_python = {"python", write_python};
