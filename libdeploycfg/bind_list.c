/* SPDX-License-Identifier: ISC */
/* Lists: sequences of either kind, and the words of FLAGS. Knows how many, not what. */
#include <inttypes.h>

#include "bind_walk.h"
#include "model/key.h"

static void refuse_count(struct dcfg_binding *binding,
			 const struct deploycfg_entry *entry, uint64_t least,
			 uint64_t most)
{
	bool is_short = deploycfg_entry_count(entry) < least;
	const char *how = least == most ? "" : is_short ? "at least " : "at most ";
	uint64_t limit = is_short ? least : most;
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "a list of %s%" PRIu64 " item%s", how, limit,
		 limit == 1 ? "" : "s");
	dcfg_bind_refuse(binding, DEPLOYCFG_ERR_RANGE, entry, wanted);
}

/* The most items that the count in the struct can tell of, and that a table allows. */
static uint64_t most_items(const struct cyaml_schema_value *schema,
			   const struct cyaml_schema_field *field)
{
	uint64_t most = schema->sequence.max;

	if (schema->type == CYAML_SEQUENCE && field->count_size < sizeof(uint32_t) &&
	    most >> (8 * field->count_size))
		most = (UINT64_C(1) << (8 * field->count_size)) - 1;
	return most;
}

/* Whether a value may be shown, and is an item in brackets as it stands. */
static bool is_plain(const struct dcfg_binding *binding,
		     const struct deploycfg_entry *entry)
{
	struct dcfg_view text = dcfg_record_text(entry);
	size_t i = 0;

	if (!dcfg_type_has_text(dcfg_type(entry)) || dcfg_bind_hides(binding, entry) ||
	    !text.len || text.len > DCFG_PATH_MAX || text.ptr[0] == '-')
		return false;
	while (i < text.len &&
	       (text.ptr[i] == '.' || dcfg_segment_is_plain(dcfg_view(&text.ptr[i], 1))))
		i++;
	return i == text.len;
}

static bool is_list(struct dcfg_binding *binding, const struct deploycfg_entry *entry)
{
	struct deploycfg_error *error;

	if (dcfg_type(entry) == DEPLOYCFG_LIST)
		return true;
	error = dcfg_bind_refuse(binding, DEPLOYCFG_ERR_TYPE, entry, "a list");
	if (is_plain(binding, entry))
		dcfg_error_hint(error, "write [%s]", deploycfg_entry_text(entry, NULL));
	else
		dcfg_error_hint(error, "write a list, such as [a, b]");
	return false;
}

void dcfg_bind_list(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		    const struct cyaml_schema_field *field,
		    const struct deploycfg_entry *entry)
{
	size_t count = deploycfg_entry_count(entry);

	if (!is_list(binding, entry))
		return;
	if (count < schema->sequence.min || count > most_items(schema, field))
		refuse_count(binding, entry, schema->sequence.min,
			     most_items(schema, field));
	dcfg_buffer_add(&binding->text, DCFG_VIEW("["));
	deploycfg_each_child (binding->snapshot, child, entry) {
		struct dcfg_bind_mark mark = dcfg_bind_mark(binding);

		dcfg_bind_value(binding, schema->sequence.entry, NULL, child);
		dcfg_buffer_add(&binding->text, DCFG_VIEW(",\n"));
		if (schema->sequence.entry->type == CYAML_MAPPING)
			dcfg_bind_pass_wrong(binding, mark);
	}
	dcfg_buffer_add(&binding->text, DCFG_VIEW("]"));
}

void dcfg_bind_flags(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct deploycfg_entry *entry)
{
	if (!is_list(binding, entry))
		return;
	dcfg_buffer_add(&binding->text, DCFG_VIEW("["));
	deploycfg_each_child (binding->snapshot, child, entry) {
		dcfg_bind_word(binding, schema, child);
		dcfg_buffer_add(&binding->text, DCFG_VIEW(",\n"));
	}
	dcfg_buffer_add(&binding->text, DCFG_VIEW("]"));
}
