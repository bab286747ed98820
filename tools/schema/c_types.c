/* SPDX-License-Identifier: ISC */
/* Enums and structs. Must not know how they are filled. */
#include <stdlib.h>
#include <string.h>

#include "schema/c.h"
#include "schema/facts.h"

void tool_c_type(const struct c_code *code, enum shape shape, const struct key *owner)
{
	static const char *const types[] = {
		[SHAPE_BOOL] = "bool",      [SHAPE_INT] = "int64_t",
		[SHAPE_FLOAT] = "double",   [SHAPE_STRING] = "const char *",
		[SHAPE_SIZE] = "uint64_t",  [SHAPE_DURATION] = "int64_t",
		[SHAPE_STRUCT] = "struct ", [SHAPE_ENUM] = "enum ",
	};

	tool_text(code->out, types[shape]);
	if (shape == SHAPE_STRUCT || shape == SHAPE_ENUM)
		tool_text(code->out, owner->type);
}

bool tool_c_is_optional(const struct c_code *code, const struct key *key)
{
	return key->shape != SHAPE_STRUCT && key->shape != SHAPE_LIST &&
	       !tool_is_certain(code->keys, key);
}

/* What the C type does not say. */
static const char *unit_of(enum shape shape)
{
	return shape == SHAPE_DURATION ? "nanoseconds"
	       : shape == SHAPE_SIZE   ? "bytes"
				       : "";
}

static void remark(struct writer *out, const char *unit, bool optional)
{
	if (!*unit && !optional)
		return;
	tool_text(out, " /* ");
	tool_text(out, unit);
	tool_text(out, *unit && optional ? "; " : "");
	tool_text(out, optional ? "NULL: not set" : "");
	tool_text(out, " */");
}

static void blank(struct writer *out, const char *type)
{
	size_t length = strlen(type);

	if (!length || type[length - 1] != '*')
		tool_text(out, " ");
}

static void list_field(const struct c_code *code, const struct key *key)
{
	const struct key *owner;
	enum shape shape = tool_c_items(code, key, &owner);

	tool_text(code->out, "\t");
	if (shape == SHAPE_STRING)
		tool_text(code->out, "const char *const ");
	else {
		tool_text(code->out, "const ");
		tool_c_type(code, shape, owner);
		tool_text(code->out, " ");
	}
	tool_text(code->out, "*");
	tool_text(code->out, key->field);
	tool_text(code->out, ";");
	remark(code->out, unit_of(shape), false);
	tool_text(code->out, "\n\tuint32_t ");
	tool_text(code->out, key->count);
	tool_text(code->out, ";\n");
}

static void plain_field(const struct c_code *code, const struct key *key)
{
	enum shape shape = (enum shape)key->shape;
	bool optional = tool_c_is_optional(code, key);
	bool points = optional && shape != SHAPE_STRING;

	tool_text(code->out, points ? "\tconst " : "\t");
	tool_c_type(code, shape, key);
	blank(code->out, shape == SHAPE_STRING ? "*" : "");
	tool_text(code->out, points ? "*" : "");
	tool_text(code->out, key->field);
	tool_text(code->out, ";");
	remark(code->out, unit_of(shape), optional);
	tool_text(code->out, "\n");
}

/* Why a key has no member. */
static const char *why_left_out(const struct c_code *code, const struct key *key)
{
	switch (tool_type(code->keys, key)) {
	case DEPLOYCFG_MAP:
		return "whose keys are not known here";
	case DEPLOYCFG_LIST:
		return "whose items have no type that is known here";
	default:
		return "which may be anything";
	}
}

static void left_out(const struct c_code *code, const struct key *key)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};

	if (key->segment == SEGMENT_ANY)
		tool_text(&out,
			  "Not here: keys whose names are not known; read them with "
			  "deploycfg_find()");
	else {
		tool_text(&out, "Not here: ");
		tool_text(&out, key->name);
		tool_text(&out, ", ");
		tool_text(&out, why_left_out(code, key));
		tool_text(&out, "; read it with deploycfg_find()");
	}
	tool_c_comment(code->out, "\t", text.bytes, text.length);
	tool_hand_on(code->out, &text);
	free(text.bytes);
}

static void field(const struct c_code *code, const struct key *key)
{
	struct text text = {NULL, 0, 0, false};

	if (key->segment == SEGMENT_ANY || key->shape == SHAPE_NONE) {
		left_out(code, key);
		return;
	}
	tool_say_all(&text, code->keys, key);
	tool_c_comment(code->out, "\t", text.bytes, text.length);
	tool_hand_on(code->out, &text);
	free(text.bytes);
	if (key->shape == SHAPE_LIST)
		list_field(code, key);
	else
		plain_field(code, key);
}

static void structure(const struct c_code *code, const struct key *map)
{
	bool empty = true;

	tool_text(code->out, "\nstruct ");
	tool_text(code->out, map->type);
	tool_text(code->out, " {\n");
	for (const struct key *key = map->first; key; key = key->next) {
		field(code, key);
		empty &= key->segment == SEGMENT_ANY || key->shape == SHAPE_NONE;
	}
	tool_text(code->out, empty ? "\tchar nothing;\n};\n" : "};\n");
}

static void enumeration(const struct c_code *code, const struct key *key)
{
	size_t count = deploycfg_entry_count(tool_choices(code->keys, key));

	tool_text(code->out, "\nenum ");
	tool_text(code->out, key->type);
	tool_text(code->out, " {\n");
	for (size_t i = 0; i < count; i++) {
		tool_text(code->out, "\t");
		tool_text(code->out, code->enumerators[key->choices + i]);
		tool_text(code->out, i + 1 < count ? ",\n" : "\n};\n");
	}
}

/* What is held comes before what holds it. Depth is bounded by that of declared paths. */
static void types_of(const struct c_code *code, const struct key *key)
{
	const struct key *owner = key;
	int shape = key->shape;

	for (const struct key *child = key->first; child; child = child->next) {
		if (child->type)
			types_of(code, child);
	}
	if (shape == SHAPE_LIST)
		shape = (int)tool_c_items(code, key, &owner);
	if (owner == key && shape == SHAPE_STRUCT)
		structure(code, key);
	else if (owner == key && shape == SHAPE_ENUM)
		enumeration(code, key);
}

void tool_c_types(const struct c_code *code)
{
	types_of(code, code->keys->list);
}
