/* SPDX-License-Identifier: ISC */
/* Whether what every record has may be believed: strings, path, name, value, origin.
 * Knows nothing of how records stand to each other. */
#include "image/pool.h"
#include "image/verify_parts.h"
#include "model/context.h"
#include "model/key.h"

/* Of a string that ends before `end`; SIZE_MAX where it does not. */
static size_t length_at(const char *string, const char *end)
{
	const char *nul = memchr(string, '\0', (size_t)(end - string));

	return nul ? (size_t)(nul - string) : SIZE_MAX;
}

/* The length as far as it must be known: no string is read beyond what it is said to
 * be. */
static bool string_is(const char *string, const char *end, size_t *length, size_t most)
{
	size_t rest = (size_t)(end - string), found;

	if (*length != SIZE_MAX && *length > most)
		return false;
	if (*length != SIZE_MAX)
		most = *length;
	found = length_at(string, most < rest ? string + most + 1 : end);
	if (found == SIZE_MAX || (*length != SIZE_MAX && found != *length))
		return false;
	*length = found;
	return true;
}

bool dcfg_verify_string(struct dcfg_verifier *verifier, const struct le32 *field,
			size_t length)
{
	struct dcfg_text_section *strings = &verifier->strings;
	const char *string = dcfg_target(verifier, field);

	if (!string || string < strings->start || string > strings->next ||
	    string == strings->end)
		return dcfg_refuse(verifier, field, "it leads to no string");
	if (string == strings->next) {
		if (!string_is(string, strings->end, &length, SIZE_MAX) || length == 0)
			return dcfg_refuse(verifier, field,
					   "a string has another length");
		strings->next += length + 1;
		return true;
	}
	if (string > strings->start && string[-1] != '\0')
		return dcfg_refuse(verifier, field,
				   "it leads into the middle of a string");
	if (!string_is(string, strings->next, &length, DCFG_SHARED_MAX))
		return dcfg_refuse(verifier, field, "a string has another length");
	return true;
}

bool dcfg_verify_path(struct dcfg_verifier *verifier,
		      const struct deploycfg_entry *record)
{
	struct dcfg_text_section *paths = &verifier->paths;
	const char *path = dcfg_target(verifier, &record->path);
	size_t length = le16_get(record->path_length);

	if (path != paths->next || path == paths->end)
		return dcfg_refuse(verifier, &record->path, "paths are in another order");
	if (!string_is(path, paths->end, &length, DCFG_PATH_MAX))
		return dcfg_refuse(verifier, &record->path_length,
				   "a path has another length");
	paths->next += length + 1;
	return true;
}

/* Whether a segment is that name between quotes, with as many escapes as need be. */
static bool is_quoted(struct dcfg_view segment, const char *name)
{
	const char *at = segment.ptr, *end = at + segment.len;

	if (at == end || *at++ != '"')
		return false;
	for (; *name && at < end; name++) {
		if ((*name == '"' || *name == '\\') && *at++ != '\\')
			return false;
		if (at == end || *at++ != *name)
			return false;
	}
	return !*name && end - at == 1 && *at == '"';
}

static bool is_index(struct dcfg_view segment, uint32_t index)
{
	char buffer[24];
	size_t length = dcfg_key_append_index(buffer, sizeof(buffer), 0, index);

	return index < UINT32_MAX && dcfg_view_equal(segment, dcfg_view(buffer, length));
}

bool dcfg_verify_name(struct dcfg_verifier *verifier,
		      const struct deploycfg_entry *record, struct dcfg_view segment)
{
	const char *name;

	if (le16_get(record->flags) & DCFG_ITEM)
		return is_index(segment, le32_get(record->name)) ||
		       dcfg_refuse(verifier, &record->name,
				   "a path ends in another index");
	name = dcfg_target(verifier, &record->name);
	if (name == segment.ptr)
		return dcfg_segment_is_plain(segment) ||
		       dcfg_refuse(verifier, &record->name,
				   "a path's last segment is malformed");
	if (!dcfg_verify_string(verifier, &record->name, SIZE_MAX))
		return false;
	return (is_quoted(segment, name) && *name &&
		!dcfg_segment_is_plain(dcfg_view_text(name))) ||
	       dcfg_refuse(verifier, &record->name,
			   "a name is not the path's last segment");
}

static bool value_fits(const struct deploycfg_entry *record)
{
	uint64_t value = le64_get(record->value);
	bool is_nan = (value & INT64_MAX) > UINT64_C(0x7ff0000000000000);

	switch (record->type) {
	case DEPLOYCFG_BOOL:
		return value <= 1;
	case DEPLOYCFG_FLOAT:
		return !is_nan || value == UINT64_C(0x7ff8000000000000);
	case DEPLOYCFG_INT:
	case DEPLOYCFG_DURATION:
	case DEPLOYCFG_SIZE:
		return true;
	case DEPLOYCFG_LIST:
	case DEPLOYCFG_MAP: /* seen to where records are counted */
		return value > 0;
	default:
		return value == 0;
	}
}

static bool verify_origin(struct dcfg_verifier *verifier,
			  const struct deploycfg_entry *record)
{
	const char *source = dcfg_target(verifier, &record->source);
	const char *first = (const char *)verifier->image.sources;
	size_t size = sizeof(struct deploycfg_source);

	if (le32_get(record->source) == 0)
		return (record == verifier->image.records && !record->line.raw &&
			!record->column.raw) ||
		       dcfg_refuse(verifier, &record->source, "a key comes from nowhere");
	if (!source || source < first || (size_t)(source - first) % size ||
	    (size_t)(source - first) / size >= verifier->image.source_count)
		return dcfg_refuse(verifier, &record->source, "it leads to no source");
	return true;
}

bool dcfg_verify_value(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *record, unsigned flags)
{
	size_t length = le32_get(record->length);

	if (record->type > DEPLOYCFG_PATH)
		return dcfg_refuse(verifier, &record->type, "a type is not known");
	if (record->relation > DEPLOYCFG_APPENDED)
		return dcfg_refuse(verifier, &record->relation,
				   "a relation is not known");
	if (le16_get(record->flags) & ~flags)
		return dcfg_refuse(verifier, &record->flags,
				   "a record has a flag that it cannot have");
	if (!value_fits(record))
		return dcfg_refuse(verifier, &record->value,
				   "a value is not one of its type");
	if (dcfg_is_container(record))
		length = 0;
	if (record->type <= DEPLOYCFG_NULL && length)
		return dcfg_refuse(verifier, &record->length,
				   "a key without a value, or null, has a text");
	return dcfg_verify_string(verifier, &record->text, length) &&
	       verify_origin(verifier, record);
}
