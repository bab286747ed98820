/* SPDX-License-Identifier: ISC */
/* Maps: which key is which field, which field has none, and the parts of bit fields. */
#include "base/mem.h"
#include "bind_text.h"
#include "bind_walk.h"

/* Opens a map of so many fields; SIZE_MAX without memory. */
static size_t push_fields(struct dcfg_binding *binding, size_t fields)
{
	size_t from = binding->bound_count;

	for (; binding->bound_count < from + fields; binding->bound_count++) {
		const struct deploycfg_entry **moved =
			dcfg_grow(binding->bound, binding->bound_count,
				  &binding->bound_capacity, sizeof(const void *));

		if (!moved) {
			binding->text.failed = true;
			return SIZE_MAX;
		}
		binding->bound = moved;
		binding->bound[binding->bound_count] = NULL;
	}
	return from;
}

static void report_twice(struct dcfg_binding *binding,
			 const struct deploycfg_entry *first,
			 const struct deploycfg_entry *second, const char *name)
{
	struct deploycfg_error *error = dcfg_bind_report(
		binding, DEPLOYCFG_ERR_DUPLICATE, second, deploycfg_entry_path(second),
		"means '%s', and so does another key: capitals make no difference here",
		name);

	dcfg_bind_relate(binding, error, first, "the other one");
	dcfg_error_hint(error, "remove one of the two");
}

static bool is_free(const struct dcfg_binding *binding,
		    const struct deploycfg_entry *entry)
{
	return binding->pass_unknown ||
	       (binding->options->free_names &&
		dcfg_view_starts(dcfg_view_text(deploycfg_entry_name(entry)),
				 DCFG_VIEW("x-")));
}

/* Finds the field of a key. */
static void assign(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		   size_t from, const struct deploycfg_entry *entry)
{
	const struct cyaml_schema_field *fields = schema->mapping.fields;
	struct dcfg_view name = dcfg_view_text(deploycfg_entry_name(entry));
	const struct deploycfg_entry **bound;
	size_t i = 0;

	while (fields[i].key && !dcfg_bind_is_name(schema, name, fields[i].key))
		i++;
	if (!fields[i].key) {
		if (!is_free(binding, entry))
			dcfg_bind_unknown(binding, schema, entry);
		return;
	}
	bound = &binding->bound[from + i];
	if (*bound)
		report_twice(binding, *bound, entry, fields[i].key);
	else
		*bound = entry;
}

/* Whether it is as if the key were not there. */
static bool is_absent(const struct cyaml_schema_field *field,
		      const struct deploycfg_entry *entry)
{
	return !entry || (dcfg_type(entry) == DEPLOYCFG_NULL &&
			  (field->value.flags & CYAML_FLAG_OPTIONAL));
}

/* With an indicator before it, a key may be of any length. */
static void write_key(struct dcfg_binding *binding, const char *key)
{
	dcfg_buffer_add(&binding->text, DCFG_VIEW("? "));
	dcfg_bind_write_string(&binding->text, dcfg_view_text(key));
	dcfg_buffer_add(&binding->text, DCFG_VIEW(": "));
}

static void
bind_field(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
	   const struct cyaml_schema_field *field, const struct deploycfg_entry *parent,
	   const struct deploycfg_entry *entry)
{
	if (is_absent(field, entry)) {
		if (!(field->value.flags & CYAML_FLAG_OPTIONAL))
			dcfg_bind_missing(binding, parent, field->key);
	} else if (dcfg_bind_check_field(binding, schema, field, entry)) {
		struct dcfg_bind_mark mark = dcfg_bind_mark(binding);

		write_key(binding, field->key);
		dcfg_bind_value(binding, &field->value, field, entry);
		dcfg_buffer_add(&binding->text, DCFG_VIEW(",\n"));
		if (field->value.flags & CYAML_FLAG_OPTIONAL)
			dcfg_bind_pass_wrong(binding, mark);
	}
}

static bool is_map(struct dcfg_binding *binding, const struct deploycfg_entry *entry)
{
	if (dcfg_type(entry) == DEPLOYCFG_MAP)
		return true;
	dcfg_bind_refuse(binding, DEPLOYCFG_ERR_TYPE, entry, "a map");
	return false;
}

void dcfg_bind_map(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		   const struct deploycfg_entry *entry)
{
	const struct cyaml_schema_field *fields = schema->mapping.fields;
	size_t count = 0, from;

	while (fields[count].key)
		count++;
	if (!is_map(binding, entry))
		return;
	from = push_fields(binding, count);
	if (from == SIZE_MAX)
		return;
	deploycfg_each_child (binding->snapshot, child, entry)
		assign(binding, schema, from, child);
	dcfg_buffer_add(&binding->text, DCFG_VIEW("{"));
	for (size_t i = 0; i < count; i++)
		bind_field(binding, schema, &fields[i], entry, binding->bound[from + i]);
	dcfg_buffer_add(&binding->text, DCFG_VIEW("}"));
	binding->bound_count = from;
}

const struct cyaml_bitdef *dcfg_bind_find_bits(const struct cyaml_schema_value *schema,
					       struct dcfg_view name)
{
	for (uint32_t i = 0; i < schema->bitfield.count; i++)
		if (dcfg_bind_is_name(schema, name, schema->bitfield.bitdefs[i].name))
			return &schema->bitfield.bitdefs[i];
	return NULL;
}

static void bind_part(struct dcfg_binding *binding,
		      const struct cyaml_schema_value *schema,
		      const struct deploycfg_entry *entry)
{
	const struct cyaml_bitdef *part =
		dcfg_bind_find_bits(schema, dcfg_view_text(deploycfg_entry_name(entry)));

	if (!part) {
		if (!is_free(binding, entry))
			dcfg_bind_unknown(binding, schema, entry);
	} else if (dcfg_type(entry) != DEPLOYCFG_NULL) { /* all parts are optional */
		write_key(binding, part->name);
		dcfg_bind_uint(binding, entry, UINT64_MAX >> (64 - part->bits));
		dcfg_buffer_add(&binding->text, DCFG_VIEW(",\n"));
	}
}

void dcfg_bind_bits(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry)
{
	if (!is_map(binding, entry))
		return;
	dcfg_buffer_add(&binding->text, DCFG_VIEW("{"));
	deploycfg_each_child (binding->snapshot, child, entry)
		bind_part(binding, schema, child);
	dcfg_buffer_add(&binding->text, DCFG_VIEW("}"));
}
