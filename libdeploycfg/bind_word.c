/* SPDX-License-Identifier: ISC */
/* Words of a table: which one a text is, and numbers where the table takes them. Knows one value at
 * a time. */
#include "base/listing.h"
#include "base/nearest.h"
#include "bind_text.h"
#include "bind_walk.h"

const struct cyaml_strval *dcfg_bind_find_word(const struct cyaml_schema_value *schema,
					       struct dcfg_view text)
{
	for (uint32_t i = 0; i < schema->enumeration.count; i++)
		if (dcfg_bind_is_name(schema, text, schema->enumeration.strings[i].str))
			return &schema->enumeration.strings[i];
	return NULL;
}

/* Whether a number can be the value: one with a sign of an ENUM, one without of FLAGS, where
 * libcyaml reads no more than 63 bits. */
static bool fits(const struct cyaml_schema_value *schema, int64_t value)
{
	int64_t most = dcfg_bind_max_int(schema);

	if (schema->type == CYAML_FLAGS)
		return value >= 0 && (uint64_t)value <= dcfg_bind_max_uint(schema);
	return value >= -most - 1 && value <= most;
}

#define CHOICES_SIZE (sizeof("one of  or an int") + sizeof(struct dcfg_listing))

/* In place of the word of a secret stands the table's first. */
static void
write_word(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
	   const struct deploycfg_entry *entry, const struct cyaml_strval *word)
{
	if (dcfg_is_hidden(entry)) {
		binding->has_secrets = true;
		word = schema->enumeration.strings;
	}
	dcfg_bind_write_string(&binding->text, dcfg_view_text(word->str));
}

static void list_choices(const struct cyaml_schema_value *schema,
			 char buffer[CHOICES_SIZE])
{
	bool is_strict = schema->flags & CYAML_FLAG_STRICT;
	struct dcfg_listing listing = {.length = 0};

	for (uint32_t i = 0; i < schema->enumeration.count && !listing.cut; i++)
		dcfg_listing_add(&listing,
				 dcfg_view_text(schema->enumeration.strings[i].str));
	(void)snprintf(buffer, CHOICES_SIZE, "one of %s%s", listing.text,
		       is_strict ? "" : " or an int");
}

static void refuse_word(struct dcfg_binding *binding,
			const struct cyaml_schema_value *schema,
			const struct deploycfg_entry *entry, enum deploycfg_status status)
{
	struct dcfg_nearest nearest = {.word = dcfg_record_text(entry)};
	char wanted[CHOICES_SIZE];
	struct deploycfg_error *error;

	list_choices(schema, wanted);
	error = dcfg_bind_refuse(binding, status, entry, wanted);
	if (!error || dcfg_bind_hides(binding, entry))
		return;
	for (uint32_t i = 0; i < schema->enumeration.count; i++)
		dcfg_nearest_offer(&nearest,
				   dcfg_view_text(schema->enumeration.strings[i].str));
	if (nearest.best.ptr)
		dcfg_error_hint(error, "write '%.*s' if that is meant",
				DCFG_ARG(nearest.best));
}

void dcfg_bind_word(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *held = dcfg_bind_reveal(binding, entry);
	bool is_strict = schema->flags & CYAML_FLAG_STRICT;
	const struct cyaml_strval *word;
	enum dcfg_parse outcome;
	int64_t value;

	if (!held)
		return;
	word = dcfg_bind_find_word(schema, dcfg_record_text(held));
	if (!dcfg_type_has_text(dcfg_type(entry))) {
		refuse_word(binding, schema, entry, DEPLOYCFG_ERR_TYPE);
	} else if (word) {
		write_word(binding, schema, entry, word);
	} else {
		outcome = is_strict ? DCFG_MALFORMED : dcfg_read_int(held, &value);
		if (outcome != DCFG_PARSED || !fits(schema, value))
			refuse_word(binding, schema, entry,
				    outcome == DCFG_MALFORMED ? DEPLOYCFG_ERR_CHOICE
							      : DEPLOYCFG_ERR_RANGE);
		else if (!dcfg_bind_write_instead(binding, entry, DCFG_VIEW("0")))
			dcfg_bind_write_int(&binding->text, value);
	}
}
