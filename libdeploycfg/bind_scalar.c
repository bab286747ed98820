/* SPDX-License-Identifier: ISC */
/*
 * Single values: read by the rules of the getters, held to the size of the program's field,
 * written so that libcyaml reads the same. Knows one value at a time.
 */
#include <float.h>
#include <inttypes.h>
#include <math.h>

#include "bind_text.h"
#include "bind_walk.h"

/* Values of these types, which a schema gave, are the numbers that they stand for. */
static bool is_counted(const struct deploycfg_entry *entry)
{
	return dcfg_type(entry) == DEPLOYCFG_DURATION ||
	       dcfg_type(entry) == DEPLOYCFG_SIZE;
}

static bool is_duration(struct dcfg_view text)
{
	int64_t nanoseconds;

	return dcfg_parse_duration(text, &nanoseconds) == DCFG_PARSED;
}

static bool is_size(struct dcfg_view text)
{
	int64_t bytes;

	return dcfg_parse_size(text, &bytes) == DCFG_PARSED;
}

/* What to write where an int is wanted; documents have no schema that could declare it, and of a
 * secret not even the form is told. */
static const char *hint_for_int(const struct dcfg_binding *binding,
				const struct deploycfg_entry *entry)
{
	bool is_text = dcfg_type(entry) == DEPLOYCFG_STRING &&
		       !dcfg_bind_hides(binding, entry) && !binding->options->context;
	struct dcfg_view text = dcfg_record_text(entry);

	if (is_text && is_duration(text))
		return "write nanoseconds, or declare it as a duration in a schema";
	if (is_text && is_size(text))
		return "write bytes, or declare it as a size in a schema";
	return dcfg_read_hint(entry, DCFG_HINT_INT);
}

/* The bounds of a field say what to write, but for texts that are no such number at all. */
static void refuse_int(struct dcfg_binding *binding, const struct deploycfg_entry *entry,
		       enum dcfg_parse outcome, const char *wanted)
{
	struct deploycfg_error *error = dcfg_bind_refuse(
		binding, dcfg_read_status(entry, outcome), entry, wanted);

	if (outcome == DCFG_MALFORMED)
		dcfg_error_hint(error, "%s", hint_for_int(binding, entry));
	else
		dcfg_error_hint(error, "write a number within these bounds");
}

enum dcfg_parse dcfg_bind_read_int(const struct deploycfg_entry *held, int64_t *value)
{
	*value = (int64_t)le64_get(held->value);
	return is_counted(held) ? DCFG_PARSED : dcfg_read_int(held, value);
}

enum dcfg_parse dcfg_bind_read_uint(const struct deploycfg_entry *held, uint64_t *value)
{
	*value = le64_get(held->value);
	return is_counted(held) ? DCFG_PARSED : dcfg_read_uint(held, value);
}

bool dcfg_bind_write_instead(struct dcfg_binding *binding,
			     const struct deploycfg_entry *entry, struct dcfg_view text)
{
	if (!dcfg_is_hidden(entry))
		return false;
	binding->has_secrets = true;
	dcfg_buffer_add(&binding->text, text);
	return true;
}

static void bind_int(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *held = dcfg_bind_reveal(binding, entry);
	int64_t value, most = dcfg_bind_max_int(schema);
	enum dcfg_parse outcome;
	char wanted[80];

	if (!held)
		return;
	outcome = dcfg_bind_read_int(held, &value);
	if (outcome == DCFG_PARSED && (value > most || value < -most - 1))
		outcome = DCFG_OUT_OF_RANGE;
	if (outcome == DCFG_PARSED) {
		if (!dcfg_bind_write_instead(binding, entry, DCFG_VIEW("0")))
			dcfg_bind_write_int(&binding->text, value);
		return;
	}
	snprintf(wanted, sizeof(wanted), "an int from %" PRId64 " to %" PRId64, -most - 1,
		 most);
	refuse_int(binding, entry, outcome, wanted);
}

void dcfg_bind_uint(struct dcfg_binding *binding, const struct deploycfg_entry *entry,
		    uint64_t most)
{
	const struct deploycfg_entry *held = dcfg_bind_reveal(binding, entry);
	enum dcfg_parse outcome;
	uint64_t value;
	char wanted[80];

	if (!held)
		return;
	outcome = dcfg_bind_read_uint(held, &value);
	if (outcome == DCFG_PARSED && value > most)
		outcome = DCFG_OUT_OF_RANGE;
	if (outcome == DCFG_PARSED) {
		if (!dcfg_bind_write_instead(binding, entry, DCFG_VIEW("0")))
			dcfg_bind_write_uint(&binding->text, value);
		return;
	}
	snprintf(wanted, sizeof(wanted), "an int from 0 to %" PRIu64, most);
	refuse_int(binding, entry, outcome, wanted);
}

static void bind_bool(struct dcfg_binding *binding, const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *held = dcfg_bind_reveal(binding, entry);
	enum dcfg_parse outcome;
	bool value;

	if (!held)
		return;
	outcome = dcfg_read_bool(held, &value);
	if (outcome == DCFG_PARSED) {
		if (!dcfg_bind_write_instead(binding, entry, DCFG_VIEW("false")))
			dcfg_buffer_add(&binding->text,
					value ? DCFG_VIEW("true") : DCFG_VIEW("false"));
		return;
	}
	dcfg_error_hint(dcfg_bind_refuse(binding, dcfg_read_status(entry, outcome), entry,
					 "a bool"),
			"%s", dcfg_read_hint(entry, DCFG_HINT_BOOL));
}

/* Makes it what the field will hold. False where it cannot: it is beyond a float, or a strict
 * field would hold an infinity, nan, or none of its digits. */
static bool fit_double(const struct cyaml_schema_value *schema, double *value)
{
	double given = *value;

	if (schema->data_size == sizeof(float))
		*value = (double)(float)given;
	if (isinf(*value) && !isinf(given))
		return false;
	if (!dcfg_bind_takes(schema, CYAML_FLAG_STRICT))
		return true;
	if (schema->data_size == sizeof(float) && fabs(*value) < (double)FLT_MIN)
		return fpclassify(given) == FP_ZERO;
	return isnormal(*value) || fpclassify(given) == FP_ZERO;
}

static const char *wanted_double(const struct cyaml_schema_value *schema)
{
	bool is_strict = schema->flags & CYAML_FLAG_STRICT;

	if (schema->data_size == sizeof(float))
		return is_strict ? "a finite float of single precision, not too near to 0"
				 : "a float of single precision";
	return is_strict ? "a finite float, not too near to 0" : "a float";
}

static void refuse_double(struct dcfg_binding *binding,
			  const struct cyaml_schema_value *schema,
			  const struct deploycfg_entry *entry, enum dcfg_parse outcome)
{
	struct deploycfg_error *error = dcfg_bind_refuse(
		binding, dcfg_read_status(entry, outcome), entry, wanted_double(schema));

	if (outcome == DCFG_MALFORMED)
		dcfg_error_hint(error, "%s", dcfg_read_hint(entry, DCFG_HINT_DOUBLE));
	else
		dcfg_error_hint(error,
				"write a number that the program's field can hold");
}

static void bind_double(struct dcfg_binding *binding,
			const struct cyaml_schema_value *schema,
			const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *held = dcfg_bind_reveal(binding, entry);
	enum dcfg_parse outcome;
	double value = 0;

	if (!held)
		return;
	outcome = dcfg_read_double(held, &value);
	if (outcome == DCFG_PARSED && !fit_double(schema, &value))
		outcome = DCFG_OUT_OF_RANGE;
	if (outcome != DCFG_PARSED)
		refuse_double(binding, schema, entry, outcome);
	else if (!dcfg_bind_write_instead(binding, entry, DCFG_VIEW("0")))
		dcfg_bind_write_double(&binding->text, value);
}

/* Texts that libcyaml cannot tell from null. */
static bool is_taken_for_null(const struct cyaml_schema_value *schema,
			      struct dcfg_view text)
{
	static const char *const words[] = {"~", "null", "Null", "NULL"};

	if (dcfg_bind_takes(schema, CYAML_FLAG_POINTER_NULL) && !text.len)
		return true;
	for (size_t i = 0; i < DCFG_COUNT(words); i++)
		if (dcfg_bind_takes(schema, CYAML_FLAG_POINTER_NULL_STR) &&
		    dcfg_view_equal(text, dcfg_view_text(words[i])))
			return true;
	return false;
}

static void refuse_length(struct dcfg_binding *binding,
			  const struct cyaml_schema_value *schema,
			  const struct deploycfg_entry *entry, size_t length)
{
	bool is_short = length < schema->string.min;
	uint32_t limit = is_short ? schema->string.min : schema->string.max;
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "a string of at %s %" PRIu32 " byte%s",
		 is_short ? "least" : "most", limit, limit == 1 ? "" : "s");
	dcfg_bind_refuse(binding, DEPLOYCFG_ERR_RANGE, entry, wanted);
}

/* In place of a secret; see bind_fill.c. */
static void write_blank(struct dcfg_binding *binding, size_t length)
{
	const struct dcfg_view some =
		DCFG_VIEW("........................................");

	binding->has_secrets = true;
	dcfg_buffer_add(&binding->text, DCFG_VIEW("\""));
	for (; length > some.len; length -= some.len)
		dcfg_buffer_add(&binding->text, some);
	dcfg_buffer_add(&binding->text, dcfg_view(some.ptr, length));
	dcfg_buffer_add(&binding->text, DCFG_VIEW("\""));
}

static void bind_string(struct dcfg_binding *binding,
			const struct cyaml_schema_value *schema,
			const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *held = dcfg_bind_reveal(binding, entry);
	struct dcfg_view text;

	if (!held)
		return;
	text = dcfg_record_text(held);
	if (!dcfg_type_has_text(dcfg_type(entry)))
		dcfg_error_hint(
			dcfg_bind_refuse(binding, DEPLOYCFG_ERR_TYPE, entry, "a string"),
			DCFG_HINT_STRING);
	else if (text.len < schema->string.min || text.len > schema->string.max)
		refuse_length(binding, schema, entry, text.len);
	else if (is_taken_for_null(schema, text))
		dcfg_error_hint(
			dcfg_bind_refuse(binding, DEPLOYCFG_ERR_VALUE, entry,
					 "a string that cannot be taken for null"),
			"write null without quotes, or leave the key out");
	else if (held != entry)
		write_blank(binding, text.len);
	else
		dcfg_bind_write_string(&binding->text, text);
}

bool dcfg_bind_is_name(const struct cyaml_schema_value *schema, struct dcfg_view text,
		       const char *name)
{
	size_t i = 0;

	for (; i < text.len && name[i]; i++) {
		char a = text.ptr[i], b = name[i];

		if (schema->flags & CYAML_FLAG_CASE_INSENSITIVE) {
			a = dcfg_small(a);
			b = dcfg_small(b);
		}
		if (a != b)
			return false;
	}
	return i == text.len && !name[i];
}

void dcfg_bind_scalar(struct dcfg_binding *binding,
		      const struct cyaml_schema_value *schema,
		      const struct deploycfg_entry *entry)
{
	switch (schema->type) {
	case CYAML_INT:
		bind_int(binding, schema, entry);
		break;
	case CYAML_UINT:
		dcfg_bind_uint(binding, entry, dcfg_bind_max_uint(schema));
		break;
	case CYAML_BOOL:
		bind_bool(binding, entry);
		break;
	case CYAML_FLOAT:
		bind_double(binding, schema, entry);
		break;
	case CYAML_STRING:
		bind_string(binding, schema, entry);
		break;
	default:
		dcfg_bind_word(binding, schema, entry);
	}
}
