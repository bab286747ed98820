/* SPDX-License-Identifier: ISC */
/* Whether what every record has may be believed: path, name, text, value, origin. Knows
 * nothing of how records stand to each other. */
#include "image/verify_parts.h"
#include "model/context.h"
#include "model/key.h"

/* Takes the next `length` bytes of a section and the NUL behind them. */
static bool take(struct dcfg_text_section *section, size_t length)
{
	if (length >= (size_t)(section->end - section->next) || section->next[length])
		return false;
	section->next += length + 1;
	return true;
}

/* The string that is next; ptr is NULL where there is none. */
static struct dcfg_view next_string(const struct dcfg_text_section *section)
{
	const char *nul =
		memchr(section->next, '\0', (size_t)(section->end - section->next));

	return nul ? dcfg_view(section->next, (size_t)(nul - section->next))
		   : dcfg_view(NULL, 0);
}

bool dcfg_verify_string(struct dcfg_verifier *verifier, struct dcfg_text_section *section,
			const struct le32 *field)
{
	struct dcfg_view string = next_string(section);

	if (!string.ptr || dcfg_target(verifier, field) != string.ptr)
		return dcfg_refuse(verifier, field, "strings are in another order");
	return take(section, string.len);
}

bool dcfg_verify_path(struct dcfg_verifier *verifier, struct dcfg_text_section *section,
		      const struct deploycfg_entry *record)
{
	size_t length = le16_get(record->path_length);

	if (dcfg_target(verifier, &record->path) != section->next)
		return dcfg_refuse(verifier, &record->path, "paths are in another order");
	return (length <= DCFG_PATH_MAX && take(section, length)) ||
	       dcfg_refuse(verifier, &record->path_length, "a path has another length");
}

/* Whether a segment is that name between quotes, with as many escapes as need be. */
static bool is_quoted(struct dcfg_view segment, struct dcfg_view name)
{
	const char *at = segment.ptr, *end = at + segment.len;

	if (at == end || *at++ != '"')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if ((name.ptr[i] == '"' || name.ptr[i] == '\\') && at < end &&
		    *at++ != '\\')
			return false;
		if (at == end || *at++ != name.ptr[i])
			return false;
	}
	return end - at == 1 && *at == '"';
}

bool dcfg_verify_segment(struct dcfg_verifier *verifier,
			 struct dcfg_text_section *section,
			 const struct deploycfg_entry *record, struct dcfg_view segment,
			 struct dcfg_view *name)
{
	*name = segment;
	if (!(record->flags & DCFG_QUOTED))
		return dcfg_segment_is_plain(segment) ||
		       dcfg_refuse(verifier, &record->path,
				   "a path's last segment is malformed");
	*name = next_string(section);
	if (!name->ptr || !name->len || !is_quoted(segment, *name) ||
	    dcfg_segment_is_plain(*name))
		return dcfg_refuse(verifier, &record->path,
				   "a name is not the path's last segment");
	return take(section, name->len);
}

bool dcfg_verify_text(struct dcfg_verifier *verifier, struct dcfg_text_section *section,
		      const struct deploycfg_entry *record)
{
	const char *text = section->next;
	size_t length = le32_get(record->length);

	if (!dcfg_type_has_text(dcfg_type(record)) || dcfg_is_hidden(record))
		return true;
	return (take(section, length) && !memchr(text, '\0', length)) ||
	       dcfg_refuse(verifier, &record->length, "a text has another length");
}

static bool value_fits(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *record)
{
	uint64_t value = le64_get(record->value);
	bool is_nan = (value & INT64_MAX) > UINT64_C(0x7ff0000000000000);

	if (dcfg_is_hidden(record)) /* twins are numbered in the order of records */
		return value == verifier->twins++ && !record->length.raw;
	switch (dcfg_type(record)) {
	case DEPLOYCFG_BOOL:
		return value <= 1;
	case DEPLOYCFG_FLOAT:
		return !is_nan || value == UINT64_C(0x7ff8000000000000);
	case DEPLOYCFG_INT:
		return true;
	case DEPLOYCFG_DURATION:
	case DEPLOYCFG_SIZE:
		return value <= INT64_MAX;
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
	const unsigned both = DCFG_ITEM | DCFG_QUOTED;

	if (dcfg_type(record) > DEPLOYCFG_PATH)
		return dcfg_refuse(verifier, &record->kind, "a type is not known");
	if (record->flags & ~flags || (record->flags & both) == both)
		return dcfg_refuse(verifier, &record->flags,
				   "a record has a flag that it cannot have");
	if (record->flags & DCFG_SECRET && !(record->kind & DCFG_MASKED))
		return dcfg_refuse(verifier, &record->kind, "a secret is not masked");
	if (!value_fits(verifier, record))
		return dcfg_refuse(verifier, &record->value,
				   "a value is not one of its type");
	if (dcfg_type(record) <= DEPLOYCFG_NULL && record->length.raw)
		return dcfg_refuse(verifier, &record->length,
				   "a key without a value, or null, has a text");
	return verify_origin(verifier, record);
}
