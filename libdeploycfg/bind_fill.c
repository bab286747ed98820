/* SPDX-License-Identifier: ISC */
/*
 * Texts of secrets go past libcyaml, whose parser would leave copies of them in memory: it is
 * given as many other bytes, in whose place they are put into the struct that it made. Knows tables
 * and entries that were found to fit; judges nothing.
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

void dcfg_bind_fill(const struct dcfg_binding *binding,
		    const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry, void *value)
{
	struct dcfg_view text;

	if (schema->type == CYAML_MAPPING) {
		fill_map(binding, schema, entry, value);
	} else if (schema->type == CYAML_SEQUENCE ||
		   schema->type == CYAML_SEQUENCE_FIXED) {
		fill_list(binding, schema, entry, value);
	} else if (schema->type == CYAML_STRING && dcfg_is_hidden(entry)) {
		text = dcfg_record_text(dcfg_reveal(binding->snapshot, entry));
		if (text.len)
			memcpy(value, text.ptr, text.len);
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
