/* SPDX-License-Identifier: ISC */
/*
 * Secrets go past libcyaml, whose parser would leave copies of them in memory: it is given as many
 * other bytes, or 0, in whose place they are put into the struct that it made. Knows tables and
 * entries that were found to fit; judges nothing.
 */
#include "bind_walk.h"

/* Goes on below one value. at: where it stands, or a pointer to it. */
static void fill_at(const struct dcfg_binding *binding,
		    const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry, char *at);

static const struct cyaml_schema_field *field_of(const struct cyaml_schema_value *schema,
						 const struct deploycfg_entry *entry)
{
	const struct cyaml_schema_field *field = schema->mapping.fields;
	struct dcfg_view name = dcfg_view_text(deploycfg_entry_name(entry));

	while (field->key && !dcfg_bind_is_name(schema, name, field->key))
		field++;
	return field->key ? field : NULL;
}

static void fill_map(const struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct deploycfg_entry *entry, char *map)
{
	deploycfg_each_child (binding->snapshot, child, entry) {
		const struct cyaml_schema_field *field = field_of(schema, child);

		if (field)
			fill_at(binding, &field->value, child, map + field->data_offset);
	}
}

static void fill_list(const struct dcfg_binding *binding,
		      const struct cyaml_schema_value *schema,
		      const struct deploycfg_entry *entry, char *item)
{
	const struct cyaml_schema_value *of_items = schema->sequence.entry;

	deploycfg_each_child (binding->snapshot, child, entry) {
		fill_at(binding, of_items, child, item);
		item += dcfg_bind_size(of_items);
	}
}

static void put_number(const struct cyaml_schema_value *schema, uint64_t number, void *at)
{
	const uint8_t in_one = (uint8_t)number;
	const uint16_t in_two = (uint16_t)number;
	const uint32_t in_four = (uint32_t)number;

	if (schema->data_size == sizeof(in_one))
		memcpy(at, &in_one, sizeof(in_one));
	else if (schema->data_size == sizeof(in_two))
		memcpy(at, &in_two, sizeof(in_two));
	else if (schema->data_size == sizeof(in_four))
		memcpy(at, &in_four, sizeof(in_four));
	else
		memcpy(at, &number, sizeof(number));
}

static void put_double(const struct cyaml_schema_value *schema, double number, void *at)
{
	const float single = (float)number;

	if (schema->data_size == sizeof(single))
		memcpy(at, &single, sizeof(single));
	else
		memcpy(at, &number, sizeof(number));
}

/* A word of the table, or a number. */
static uint64_t number_of_word(const struct cyaml_schema_value *schema,
			       const struct deploycfg_entry *held)
{
	const struct cyaml_strval *word =
		dcfg_bind_find_word(schema, dcfg_record_text(held));
	int64_t number = 0;

	if (!word)
		(void)dcfg_bind_read_int(held, &number);
	return (uint64_t)(word ? word->val : number);
}

/* All anew: one word or part of them may be a secret. */
static void fill_bits(const struct dcfg_binding *binding,
		      const struct cyaml_schema_value *schema,
		      const struct deploycfg_entry *entry, void *at)
{
	uint64_t bits = 0;

	deploycfg_each_child (binding->snapshot, child, entry) {
		const struct deploycfg_entry *held =
			dcfg_reveal(binding->snapshot, child);
		const struct cyaml_bitdef *part;
		uint64_t number = 0;

		if (schema->type == CYAML_FLAGS) {
			bits |= number_of_word(schema, held);
			continue;
		}
		part = dcfg_bind_find_bits(schema,
					   dcfg_view_text(deploycfg_entry_name(child)));
		if (part && dcfg_bind_read_uint(held, &number) == DCFG_PARSED)
			bits |= number << part->offset;
	}
	put_number(schema, bits, at);
}

static void fill_scalar(const struct cyaml_schema_value *schema,
			const struct deploycfg_entry *held, void *at)
{
	struct dcfg_view text = dcfg_record_text(held);
	bool truth = false;
	int64_t number = 0;
	uint64_t natural = 0;
	double real = 0;

	if (schema->type == CYAML_STRING && text.len) {
		memcpy(at, text.ptr, text.len);
	} else if (schema->type == CYAML_INT) {
		(void)dcfg_bind_read_int(held, &number);
		put_number(schema, (uint64_t)number, at);
	} else if (schema->type == CYAML_UINT) {
		(void)dcfg_bind_read_uint(held, &natural);
		put_number(schema, natural, at);
	} else if (schema->type == CYAML_BOOL) {
		(void)dcfg_read_bool(held, &truth);
		put_number(schema, truth, at);
	} else if (schema->type == CYAML_FLOAT) {
		(void)dcfg_read_double(held, &real);
		put_double(schema, real, at);
	} else if (schema->type == CYAML_ENUM) {
		put_number(schema, number_of_word(schema, held), at);
	}
}

void dcfg_bind_fill(const struct dcfg_binding *binding,
		    const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry, void *value)
{
	switch (schema->type) {
	case CYAML_MAPPING:
		fill_map(binding, schema, entry, value);
		break;
	case CYAML_SEQUENCE:
	case CYAML_SEQUENCE_FIXED:
		fill_list(binding, schema, entry, value);
		break;
	case CYAML_FLAGS:
	case CYAML_BITFIELD:
		fill_bits(binding, schema, entry, value);
		break;
	default:
		if (dcfg_is_hidden(entry))
			fill_scalar(schema, dcfg_reveal(binding->snapshot, entry), value);
	}
}

static void fill_at(const struct dcfg_binding *binding,
		    const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry, char *at)
{
	void *value = at;

	if (dcfg_type(entry) == DEPLOYCFG_NULL)
		return;
	if (schema->flags & CYAML_FLAG_POINTER)
		memcpy(&value, at, sizeof(value));
	if (value)
		dcfg_bind_fill(binding, schema, entry, value);
}
