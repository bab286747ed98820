/* SPDX-License-Identifier: ISC */
/* The tables of libcyaml that describe generated types. Must not know what is documented. */
#include <string.h>

#include "schema/c.h"

static const char *const macros[] = {
	[SHAPE_BOOL] = "BOOL",      [SHAPE_INT] = "INT",   [SHAPE_FLOAT] = "FLOAT",
	[SHAPE_STRING] = "STRING",  [SHAPE_SIZE] = "UINT", [SHAPE_DURATION] = "INT",
	[SHAPE_STRUCT] = "MAPPING", [SHAPE_ENUM] = "ENUM", [SHAPE_LIST] = "SEQUENCE",
};

/* Behind the name of a type: its table, and how long that is. */
static void strings_of(struct writer *out, const struct key *owner)
{
	TOOL_TEXTS(out, ", ", owner->type, "_strings,\n\t\t\tsizeof(", owner->type,
		   "_strings) / sizeof(", owner->type, "_strings[0])");
}

static void more(struct writer *out, enum shape shape, const struct key *owner)
{
	if (shape == SHAPE_STRUCT)
		TOOL_TEXTS(out, ", ", owner->type, "_fields");
	else if (shape == SHAPE_ENUM)
		strings_of(out, owner);
	else if (shape == SHAPE_STRING)
		tool_text(out, ", 0, CYAML_UNLIMITED");
}

/* The text of a choice decides, not a number. What is optional is NULL where it is null, too;
 * with CYAML_FLAG_POINTER_NULL it would be where it is an empty string. */
static void flags(struct writer *out, enum shape shape, bool optional)
{
	bool enumeration = shape == SHAPE_ENUM;

	if (!optional) {
		tool_text(out, enumeration ? "CYAML_FLAG_STRICT" : "CYAML_FLAG_DEFAULT");
		return;
	}
	tool_text(out, "CYAML_FLAG_OPTIONAL");
	tool_text(out, shape == SHAPE_STRUCT ? "" : " | CYAML_FLAG_POINTER");
	tool_text(out, enumeration ? " | CYAML_FLAG_STRICT" : "");
}

static void field(const struct c_code *code, const struct key *map, const struct key *key)
{
	struct writer *out = code->out;
	enum shape shape = (enum shape)key->shape;
	bool optional = tool_c_is_optional(code, key);
	bool points = optional || shape == SHAPE_STRING;

	TOOL_TEXTS(out, "\tCYAML_FIELD_", macros[shape]);
	tool_text(out, shape == SHAPE_LIST ? "_COUNT" : points ? "_PTR" : "");
	tool_text(out, "(");
	tool_c_string(out, key->name);
	tool_text(out, ", ");
	flags(out, shape,
	      shape == SHAPE_LIST || optional ||
		      (shape == SHAPE_STRUCT && !tool_is_certain(code->keys, key)));
	TOOL_TEXTS(out, ", struct ", map->type, ",\n\t\t\t", key->field);
	if (shape == SHAPE_LIST)
		TOOL_TEXTS(out, ", ", key->count, ", &", key->type,
			   "_entry,\n\t\t\t0, CYAML_UNLIMITED");
	else
		more(out, shape, key);
	tool_text(out, "),\n");
}

static void fields(const struct c_code *code, const struct key *map)
{
	TOOL_TEXTS(code->out, "\nstatic const cyaml_schema_field_t ", map->type,
		   "_fields[] = {\n");
	for (const struct key *key = map->first; key; key = key->next) {
		if (key->field)
			field(code, map, key);
	}
	tool_text(code->out, "\tCYAML_FIELD_END,\n};\n");
}

static void entry(const struct c_code *code, const struct key *list)
{
	const struct key *owner;
	enum shape shape = tool_c_items(code, list, &owner);
	bool text = shape == SHAPE_STRING;

	TOOL_TEXTS(code->out, "\nstatic const cyaml_schema_value_t ", list->type,
		   "_entry = {\n\tCYAML_VALUE_", macros[shape], "(");
	if (text)
		tool_text(code->out, "CYAML_FLAG_POINTER, char");
	else {
		flags(code->out, shape, false);
		tool_text(code->out, ", ");
		tool_c_type(code, shape, owner);
	}
	more(code->out, shape, owner);
	tool_text(code->out, "),\n};\n");
}

static void strings(const struct c_code *code, const struct key *key)
{
	size_t number = key->choices;

	TOOL_TEXTS(code->out, "\nstatic const cyaml_strval_t ", key->type,
		   "_strings[] = {\n");
	deploycfg_each_child (code->keys->schema, choice, tool_choices(code->keys, key)) {
		tool_text(code->out, "\t{");
		tool_c_string(code->out,
			      deploycfg_entry_text(tool_told(code->keys, choice), NULL));
		TOOL_TEXTS(code->out, ", ", code->enumerators[number++], "},\n");
	}
	tool_text(code->out, "};\n");
}

/* Depth is bounded by that of declared paths. */
static void tables_of(const struct c_code *code, const struct key *key)
{
	const struct key *owner = key;
	int shape = key->shape;

	for (const struct key *child = key->first; child; child = child->next) {
		if (child->type)
			tables_of(code, child);
	}
	if (shape == SHAPE_LIST)
		shape = (int)tool_c_items(code, key, &owner);
	if (owner == key && shape == SHAPE_ENUM)
		strings(code, key);
	if (key->shape == SHAPE_LIST)
		entry(code, key);
	else if (shape == SHAPE_STRUCT)
		fields(code, key);
}

void tool_c_tables(const struct c_code *code)
{
	tables_of(code, code->keys->list);
	TOOL_TEXTS(code->out, "\nstatic const cyaml_schema_value_t ", code->name,
		   "_schema = {\n\tCYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct ",
		   code->name, ", ", code->name, "_fields),\n};\n");
}
