/* SPDX-License-Identifier: ISC */
/*
 * Tables that libcyaml would write or free memory wrongly by, or refuse without saying where.
 * Looks only at parts that something is about to be bound to. Knows no values.
 */
#include <inttypes.h>

#include "base/mem.h"
#include "bind_walk.h"

uint64_t dcfg_bind_size(const struct cyaml_schema_value *schema)
{
	if (schema->flags & CYAML_FLAG_POINTER)
		return sizeof(void *);
	if (schema->type == CYAML_SEQUENCE_FIXED)
		return (uint64_t)schema->data_size * schema->sequence.max;
	return schema->data_size;
}

static bool is_integer_size(uint32_t size)
{
	return size == 1 || size == 2 || size == 4 || size == 8;
}

static const char *judge_bits(const struct cyaml_schema_value *schema)
{
	const struct cyaml_bitdef *bits = schema->bitfield.bitdefs;

	if (!is_integer_size(schema->data_size))
		return "has a size that no integer has";
	for (uint32_t i = 0; i < schema->bitfield.count; i++)
		if (bits[i].bits < 1 ||
		    bits[i].bits + bits[i].offset > 8 * (int)schema->data_size)
			return "has a part that lies outside of the bit field";
	return NULL;
}

/* Whether values of it hold memory of their own. */
static bool holds_memory(const struct cyaml_schema_value *schema, unsigned depth)
{
	const struct cyaml_schema_field *field;

	if (schema->flags & CYAML_FLAG_POINTER || depth > DCFG_DEPTH_MAX)
		return true;
	if (schema->type == CYAML_SEQUENCE || schema->type == CYAML_SEQUENCE_FIXED)
		return schema->sequence.entry &&
		       holds_memory(schema->sequence.entry, depth + 1);
	if (schema->type != CYAML_MAPPING || !schema->mapping.fields)
		return false;
	for (field = schema->mapping.fields; field->key; field++)
		if (holds_memory(&field->value, depth + 1))
			return true;
	return false;
}

static const char *judge_items(const struct cyaml_schema_value *schema)
{
	const struct cyaml_schema_value *item = schema->sequence.entry;

	if (!item)
		return "does not say what its items are";
	if (item->type == CYAML_SEQUENCE)
		return "is a list of lists of any length, which libcyaml cannot hold; "
		       "put "
		       "each of them into a map";
	if (!schema->data_size)
		return "has items without a size";
	if (item->type != CYAML_IGNORE && dcfg_bind_size(item) != schema->data_size)
		return "has items of another size than their table says";
	/* cyaml_free() takes the inner lists for as long as one of their items. */
	if (item->type == CYAML_SEQUENCE_FIXED && holds_memory(item, 0) &&
	    !(item->flags & CYAML_FLAG_POINTER))
		return "holds lists whose items libcyaml would free twice; make them "
		       "pointers";
	return NULL;
}

static const char *judge_list(const struct cyaml_schema_value *schema,
			      const struct cyaml_schema_field *field)
{
	if (schema->type == CYAML_SEQUENCE_FIXED)
		return schema->sequence.min != schema->sequence.max
			       ? "is a fixed list with two lengths"
			       : judge_items(schema);
	if (!field)
		return "is a list of any length, which only a field of a struct can "
		       "hold; "
		       "bind the map that holds the list";
	if (schema->sequence.min > schema->sequence.max)
		return "has a least length beyond its greatest";
	if (!is_integer_size(field->count_size))
		return "has a count of a size that no integer has";
	return judge_items(schema);
}

static const char *judge_string(const struct cyaml_schema_value *schema)
{
	if (schema->string.min > schema->string.max)
		return "has a least length beyond its greatest";
	if (!(schema->flags & CYAML_FLAG_POINTER) &&
	    schema->string.max >= schema->data_size)
		return "allows for longer strings than its array can hold";
	return NULL;
}

static const char *judge(const struct cyaml_schema_value *schema,
			 const struct cyaml_schema_field *field)
{
	switch (schema->type) {
	case CYAML_INT:
	case CYAML_UINT:
	case CYAML_BOOL:
		return is_integer_size(schema->data_size)
			       ? NULL
			       : "has a size that no integer has";
	case CYAML_ENUM:
	case CYAML_FLAGS:
		if (schema->enumeration.count && !schema->enumeration.strings)
			return "has no strings";
		return is_integer_size(schema->data_size)
			       ? NULL
			       : "has a size that no integer has";
	case CYAML_FLOAT:
		return schema->data_size == sizeof(float) ||
				       schema->data_size == sizeof(double)
			       ? NULL
			       : "has a size that is neither a float's nor a double's";
	case CYAML_STRING:
		return judge_string(schema);
	case CYAML_MAPPING:
		return !schema->mapping.fields ? "has no fields"
		       : !schema->data_size    ? "has a size of 0"
					       : NULL;
	case CYAML_BITFIELD:
		return judge_bits(schema);
	case CYAML_SEQUENCE:
	case CYAML_SEQUENCE_FIXED:
		return judge_list(schema, field);
	case CYAML_IGNORE:
		return schema->flags & CYAML_FLAG_POINTER ? "is ignored, and a pointer"
							  : NULL;
	default:
		return "has a type that libcyaml does not know";
	}
}

/* Whether libcyaml stores the number of a word: a field may read it with a sign or without, and
 * of an ENUM libcyaml 1.3 keeps 32 bits without one, which a field of 64 would tell. */
static bool is_storable(const struct cyaml_schema_value *schema, int64_t value)
{
	if (schema->type == CYAML_ENUM && schema->data_size == sizeof(value))
		return value >= 0 && value <= UINT32_MAX;
	if (value < 0)
		return schema->type == CYAML_ENUM
			       ? value >= -dcfg_bind_max_int(schema) - 1
			       : schema->data_size == sizeof(value);
	return (uint64_t)value <= dcfg_bind_max_uint(schema);
}

/* All words that cannot be stored, whichever of them a configuration names. */
static bool judge_words(struct dcfg_binding *binding,
			const struct cyaml_schema_value *schema,
			const struct deploycfg_entry *entry)
{
	struct dcfg_text_buffer words = {.ptr = NULL};
	bool is_good = true;

	for (uint32_t i = 0; i < schema->enumeration.count; i++) {
		const struct cyaml_strval *word = &schema->enumeration.strings[i];

		if (is_storable(schema, word->val))
			continue;
		dcfg_buffer_printf(&words, "%s'%s' the value %" PRId64,
				   is_good ? "" : ", ", word->str, word->val);
		is_good = false;
	}
	if (words.failed)
		dcfg_error_memory(&binding->errors);
	else if (!is_good)
		dcfg_bind_blame(
			binding, schema, entry,
			"the program's table gives %s, which libcyaml cannot store "
			"in a field of %" PRIu32 " byte%s",
			words.ptr, schema->data_size, schema->data_size == 1 ? "" : "s");
	dcfg_free(words.ptr);
	return is_good;
}

/* The names that a part of a table gives one by one; NULL behind the last. */
static const char *name_at(const struct cyaml_schema_value *schema, size_t i)
{
	switch (schema->type) {
	case CYAML_MAPPING:
		return schema->mapping.fields[i].key;
	case CYAML_ENUM:
	case CYAML_FLAGS:
		return i < schema->enumeration.count ? schema->enumeration.strings[i].str
						     : NULL;
	case CYAML_BITFIELD:
		return i < schema->bitfield.count ? schema->bitfield.bitdefs[i].name
						  : NULL;
	default:
		return NULL;
	}
}

/* Whether one name stands for two things, of which values would only ever reach the first. */
static bool is_twice(const struct cyaml_schema_value *schema, size_t i, size_t j)
{
	const struct cyaml_strval *words = schema->enumeration.strings;

	return dcfg_bind_is_name(schema, dcfg_view_text(name_at(schema, i)),
				 name_at(schema, j)) &&
	       (schema->type == CYAML_MAPPING || schema->type == CYAML_BITFIELD ||
		words[i].val != words[j].val);
}

/* The first name that stands for two things; NULL for none. */
static const char *find_twice(const struct cyaml_schema_value *schema)
{
	for (size_t i = 1; name_at(schema, i - 1) && name_at(schema, i); i++)
		for (size_t j = 0; j < i; j++)
			if (is_twice(schema, j, i))
				return name_at(schema, j);
	return NULL;
}

/* Each part of a table mostly once, however many values are bound to it. */
static bool judge_names(struct dcfg_binding *binding,
			const struct cyaml_schema_value *schema,
			const struct deploycfg_entry *entry)
{
	const struct cyaml_schema_value **known =
		&binding->distinct[(uintptr_t)schema / sizeof(*schema) %
				   DCFG_BIND_DISTINCT];
	const char *name = *known == schema ? NULL : find_twice(schema);

	if (!name) {
		*known = schema;
		return true;
	}
	dcfg_bind_blame(binding, schema, entry, "the program's table has two %s for '%s'",
			schema->type == CYAML_MAPPING    ? "fields"
			: schema->type == CYAML_BITFIELD ? "parts"
							 : "numbers",
			name);
	return false;
}

bool dcfg_bind_check(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct cyaml_schema_field *field,
		     const struct deploycfg_entry *entry)
{
	const char *problem = judge(schema, field);

	if (problem) {
		dcfg_bind_blame(binding, schema, entry, "the program's table %s",
				problem);
		return false;
	}
	if ((schema->type == CYAML_ENUM || schema->type == CYAML_FLAGS) &&
	    !judge_words(binding, schema, entry))
		return false;
	return judge_names(binding, schema, entry);
}

/* Bytes of an array in the struct that the longest list fills. */
static uint64_t array_size(const struct cyaml_schema_value *schema)
{
	return (uint64_t)schema->data_size * schema->sequence.max;
}

bool dcfg_bind_check_field(struct dcfg_binding *binding,
			   const struct cyaml_schema_value *map,
			   const struct cyaml_schema_field *field,
			   const struct deploycfg_entry *entry)
{
	const struct cyaml_schema_value *schema = &field->value;
	bool is_list = schema->type == CYAML_SEQUENCE;
	bool is_array = is_list && !(schema->flags & CYAML_FLAG_POINTER);
	uint64_t size = is_array ? array_size(schema) : dcfg_bind_size(schema);
	bool is_inside = schema->type == CYAML_IGNORE ||
			 field->data_offset + size <= map->data_size;

	if (is_list && (uint64_t)field->count_offset + field->count_size > map->data_size)
		is_inside = false;
	if (!is_inside)
		dcfg_bind_blame(binding, schema, entry,
				"the program's table puts this field outside of a struct "
				"of %" PRIu32 " bytes",
				map->data_size);
	return is_inside;
}
