/* SPDX-License-Identifier: ISC */
/* What each key is in C, and what it is called there. Must not know what C looks like. */
#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "schema/c.h"

/* Words of C and C++, macros that are there wherever the header is, and prefixes of what it
 * includes. Any name in capitals may be a macro, also one of the program's own. */
static const char *const words[] = {
	"L_ctermid",
	"L_cuserid",
	"L_tmpnam",
	"P_tmpdir",
	"alignas",
	"alignof",
	"and",
	"and_eq",
	"asm",
	"auto",
	"bitand",
	"bitor",
	"bool",
	"break",
	"case",
	"catch",
	"char",
	"char16_t",
	"char32_t",
	"char8_t",
	"class",
	"co_await",
	"co_return",
	"co_yield",
	"compl",
	"concept",
	"const",
	"const_cast",
	"consteval",
	"constexpr",
	"constinit",
	"continue",
	"cyaml",
	"decltype",
	"default",
	"delete",
	"deploycfg",
	"do",
	"double",
	"dynamic_cast",
	"else",
	"enum",
	"errno",
	"explicit",
	"export",
	"extern",
	"false",
	"float",
	"for",
	"friend",
	"goto",
	"i386",
	"if",
	"inline",
	"int",
	"linux",
	"long",
	"mutable",
	"namespace",
	"new",
	"noexcept",
	"not",
	"not_eq",
	"nullptr",
	"offsetof",
	"operator",
	"or",
	"or_eq",
	"private",
	"protected",
	"public",
	"register",
	"reinterpret_cast",
	"requires",
	"restrict",
	"return",
	"short",
	"signed",
	"sizeof",
	"static",
	"static_assert",
	"static_cast",
	"stderr",
	"stdin",
	"stdout",
	"struct",
	"switch",
	"template",
	"this",
	"thread_local",
	"throw",
	"true",
	"try",
	"typedef",
	"typeid",
	"typename",
	"typeof",
	"typeof_unqual",
	"union",
	"unix",
	"unsigned",
	"using",
	"virtual",
	"void",
	"volatile",
	"wchar_t",
	"while",
	"xor",
	"xor_eq",
};
/* Macros of the headers of three words, as enumerators are. */
static const char *const macros[] = {
	"INT_FAST16_MAX",   "INT_FAST16_MIN",   "INT_FAST32_MAX",   "INT_FAST32_MIN",
	"INT_FAST64_MAX",   "INT_FAST64_MIN",   "INT_FAST8_MAX",    "INT_FAST8_MIN",
	"INT_LEAST16_MAX",  "INT_LEAST16_MIN",  "INT_LEAST32_MAX",  "INT_LEAST32_MIN",
	"INT_LEAST64_MAX",  "INT_LEAST64_MIN",  "INT_LEAST8_MAX",   "INT_LEAST8_MIN",
	"MB_CUR_MAX",       "MB_LEN_MAX",       "SIG_ATOMIC_MAX",   "SIG_ATOMIC_MIN",
	"UINT_FAST16_MAX",  "UINT_FAST32_MAX",  "UINT_FAST64_MAX",  "UINT_FAST8_MAX",
	"UINT_LEAST16_MAX", "UINT_LEAST32_MAX", "UINT_LEAST64_MAX", "UINT_LEAST8_MAX",
};
static const struct reserved reserved = {words, sizeof(words) / sizeof(words[0]), true};
static const struct reserved nothing = {words, 0, false};
static const struct reserved defined = {macros, sizeof(macros) / sizeof(macros[0]),
					false};

static enum shape shape_of(const struct c_code *code, enum deploycfg_type type,
			   const struct key *key)
{
	switch (type) {
	case DEPLOYCFG_BOOL:
		return SHAPE_BOOL;
	case DEPLOYCFG_INT:
		return SHAPE_INT;
	case DEPLOYCFG_FLOAT:
		return SHAPE_FLOAT;
	case DEPLOYCFG_STRING:
	case DEPLOYCFG_PATH:
		return SHAPE_STRING;
	case DEPLOYCFG_DURATION:
		return SHAPE_DURATION;
	case DEPLOYCFG_SIZE:
		return SHAPE_SIZE;
	case DEPLOYCFG_ENUM:
		return tool_choices(code->keys, key) ? SHAPE_ENUM : SHAPE_STRING;
	default:
		return SHAPE_NONE;
	}
}

enum shape tool_c_items(const struct c_code *code, const struct key *list,
			const struct key **owner)
{
	const struct key *item = tool_child(list, SEGMENT_ITEM);

	*owner = item ? item : list;
	if (!item)
		return shape_of(code, tool_items(code->keys, list), list);
	return item->shape == SHAPE_LIST ? SHAPE_NONE : (enum shape)item->shape;
}

static enum shape shape_of_map(const struct key *key)
{
	for (const struct key *child = key->first; child; child = child->next) {
		if (child->segment == SEGMENT_NAME && child->shape != SHAPE_NONE)
			return SHAPE_STRUCT;
	}
	return SHAPE_NONE;
}

/* Those below it have theirs. */
static enum shape shape_of_key(const struct c_code *code, const struct key *key)
{
	enum deploycfg_type type = tool_type(code->keys, key);
	const struct key *owner;

	if (type == DEPLOYCFG_MAP)
		return shape_of_map(key);
	if (type != DEPLOYCFG_LIST)
		return shape_of(code, type, key);
	return tool_c_items(code, key, &owner) == SHAPE_NONE ? SHAPE_NONE : SHAPE_LIST;
}

static bool is_field(const struct key *key)
{
	return key->segment == SEGMENT_NAME && key->shape != SHAPE_NONE;
}

/* NAME_FIELD_..., the item of a list with `item` for its own. */
static const char *type_name(struct c_code *code, const struct key *parent,
			     const struct key *child)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};
	const char *name = "";

	tool_text(&out, parent->type);
	tool_bytes(&out, "_", 2);
	code->identifiers.failed |= text.failed;
	if (!text.failed)
		name = tool_identifier(&code->identifiers, text.bytes,
				       child->field ? child->field : "item",
				       SPELLING_KEPT, &nothing);
	free(text.bytes);
	return name;
}

static bool ends_word(const char *name)
{
	size_t length = strlen(name);

	return length && name[length - 1] == '_';
}

/* The members of a struct differ, those that count items among them. */
static void name_fields(struct c_code *code, struct key *map, struct naming *list)
{
	size_t count = 0;

	for (struct key *key = map->first; key; key = key->next) {
		if (!is_field(key))
			continue;
		key->field = tool_identifier(&code->identifiers, "", key->name,
					     SPELLING_KEPT, &reserved);
		list[count++] = (struct naming){&key->field, key->name, 0};
		if (key->shape != SHAPE_LIST)
			continue;
		key->count = tool_identifier(&code->identifiers, key->field,
					     ends_word(key->field) ? "count" : "_count",
					     SPELLING_KEPT, &nothing);
		list[count++] = (struct naming){&key->count, NULL, 0};
	}
	tool_make_unique(&code->identifiers, list, count);
}

/* A key comes after what it is in. */
static void name_below(struct c_code *code, struct key *key, struct naming *list)
{
	name_fields(code, key, list);
	for (struct key *child = key->first; child; child = child->next) {
		if (child->shape != SHAPE_NONE && child->segment != SEGMENT_ANY)
			child->type = type_name(code, key, child);
	}
}

/* Whether an enum or a struct is made for it. */
static bool has_type(const struct c_code *code, const struct key *key)
{
	const struct key *owner = key;
	int shape = key->shape;

	if (shape == SHAPE_LIST)
		shape = (int)tool_c_items(code, key, &owner);
	return key->type && owner == key &&
	       (shape == SHAPE_STRUCT || shape == SHAPE_ENUM);
}

static void name_types(struct c_code *code, struct naming *list)
{
	struct keys keys = *code->keys;
	size_t count = 0;

	for (size_t i = 0; i < keys.count; i++) {
		if (has_type(code, &keys.list[i]))
			list[count++] = (struct naming){&keys.list[i].type, NULL, 0};
	}
	tool_make_unique(&code->identifiers, list, count);
}

static bool is_enum(const struct c_code *code, const struct key *key)
{
	return has_type(code, key) && key->shape != SHAPE_STRUCT;
}

/* Gives the choices of all keys their numbers; returns how many there are. */
static size_t count_choices(const struct c_code *code)
{
	struct keys keys = *code->keys;
	size_t count = 0;

	for (size_t i = 0; i < keys.count; i++) {
		keys.list[i].choices = count;
		if (is_enum(code, &keys.list[i]))
			count += deploycfg_entry_count(
				tool_choices(code->keys, &keys.list[i]));
	}
	return count;
}

static void name_choices(struct c_code *code, const struct key *key, struct naming *list)
{
	const char *type = tool_identifier(&code->identifiers, "", key->type,
					   SPELLING_UPPER, &nothing);
	size_t number = key->choices;

	deploycfg_each_child (code->keys->schema, choice, tool_choices(code->keys, key)) {
		struct text text = {NULL, 0, 0, false};
		struct writer out = {NULL, &text, 0};

		tool_text(&out, type);
		tool_bytes(&out, "_", 2);
		code->identifiers.failed |= text.failed;
		code->enumerators[number] = tool_identifier(
			&code->identifiers, text.failed ? "" : text.bytes,
			deploycfg_entry_text(tool_told(code->keys, choice), NULL),
			SPELLING_UPPER, &defined);
		list[number] = (struct naming){&code->enumerators[number], NULL, 0};
		number++;
		free(text.bytes);
	}
}

static bool name_enumerators(struct c_code *code)
{
	struct naming *list = calloc(code->enumerator_count + 1, sizeof(*list));

	code->enumerators =
		calloc(code->enumerator_count + 1, sizeof(*code->enumerators));
	if (list && code->enumerators) {
		for (size_t i = 0; i < code->keys->count; i++) {
			if (is_enum(code, &code->keys->list[i]))
				name_choices(code, &code->keys->list[i], list);
		}
		tool_make_unique(&code->identifiers, list, code->enumerator_count);
	}
	code->identifiers.failed |= !list || !code->enumerators;
	free(list);
	return !code->identifiers.failed;
}

bool tool_c_names(struct c_code *code)
{
	const char *prefix = tool_prefix_of(code->keys);
	struct keys keys = *code->keys;
	struct naming *list = calloc(2 * keys.count, sizeof(*list));

	if (!list)
		return false;
	for (size_t i = keys.count; i-- > 0;)
		keys.list[i].shape = (int)shape_of_key(code, &keys.list[i]);
	keys.list[0].shape = SHAPE_STRUCT;
	code->name = tool_identifier(&code->identifiers, "", *prefix ? prefix : "config",
				     SPELLING_LOWER, &reserved);
	keys.list[0].type = code->name;
	for (size_t i = 0; i < keys.count; i++) {
		if (keys.list[i].type)
			name_below(code, &keys.list[i], list);
	}
	name_types(code, list);
	free(list);
	code->enumerator_count = count_choices(code);
	return !code->identifiers.failed && name_enumerators(code);
}
