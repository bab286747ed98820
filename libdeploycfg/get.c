/* SPDX-License-Identifier: ISC */
/*
 * Typed getters. A value that is stored as what is asked for is only fetched; any other
 * is read from its text by base/number.h. What went wrong is said by missing.c and
 * refuse().
 */
#include "get.h"

#include "base/diag.h"

/* What a getter asks for, in words. */
struct wanted {
	const char *what, *range, *hint;
};

static const struct wanted wanted_bool = {"a bool", "is out of range", DCFG_HINT_BOOL};
static const struct wanted wanted_int = {"an int", "does not fit 64 bits with a sign",
					 DCFG_HINT_INT};
static const struct wanted wanted_uint = {
	"an int from 0 on", "is not from 0 to 18446744073709551615",
	"write a whole number, without a minus, leading zeros or a unit, such as 8080"};
static const struct wanted wanted_double = {
	"a float", "is no number that a float holds exactly", DCFG_HINT_DOUBLE};
static const struct wanted wanted_string = {"a string", "is out of range",
					    DCFG_HINT_STRING};
static const struct wanted wanted_duration = {
	"a duration", "is more nanoseconds than fit 64 bits with a sign",
	"write whole numbers with units, the largest first, such as 250ms or 1h30m"};
static const struct wanted wanted_size = {
	"a size", "is more bytes than fit 64 bits with a sign",
	"write a whole number of bytes, or one with a unit, such as 64MiB"};

/* Whether the value is text that anything may be read from, and not of another type: a string, or
 * what a schema made of one. */
static bool is_text(const struct deploycfg_entry *entry)
{
	return dcfg_type(entry) == DEPLOYCFG_STRING || dcfg_type(entry) > DEPLOYCFG_MAP;
}

enum deploycfg_status dcfg_read_status(const struct deploycfg_entry *entry,
				       enum dcfg_parse outcome)
{
	if (outcome == DCFG_OUT_OF_RANGE)
		return DEPLOYCFG_ERR_RANGE;
	return is_text(entry) || dcfg_type(entry) == DEPLOYCFG_INT ? DEPLOYCFG_ERR_VALUE
								   : DEPLOYCFG_ERR_TYPE;
}

/* Reports a value that does not read as what was asked for. */
static void refuse(const struct deploycfg_entry *entry, enum dcfg_parse outcome,
		   const struct wanted *wanted, struct deploycfg_errors **errors)
{
	struct dcfg_place place;
	const char *path = deploycfg_entry_path(entry);
	enum deploycfg_status status = dcfg_read_status(entry, outcome);
	char found[DCFG_DESCRIPTION_SIZE];
	struct deploycfg_error *error;

	if (!errors) /* and nothing is formatted: a signal handler may ask */
		return;
	place = dcfg_entry_place(entry);
	dcfg_describe(found, entry);
	if (outcome == DCFG_OUT_OF_RANGE)
		error = dcfg_error(errors, status, &place, path, "expected %s, and %s %s",
				   wanted->what, found, wanted->range);
	else
		error = dcfg_error(errors, status, &place, path, "expected %s, found %s",
				   wanted->what, found);
	dcfg_error_expected(error, "%s", strchr(wanted->what, ' ') + 1);
	dcfg_tell_namer(entry, error);
	dcfg_error_hint(error, "%s",
			outcome == DCFG_MALFORMED ? dcfg_read_hint(entry, wanted->hint)
						  : wanted->hint);
}

/* What is stored as what is asked for is only fetched. */
static inline bool fetch_bool(const struct deploycfg_entry *entry, bool *value)
{
	*value = le64_get(entry->value) != 0;
	return dcfg_type(entry) == DEPLOYCFG_BOOL;
}

/* A size is a number of bytes; a duration is no number without its unit. */
static inline bool is_whole(const struct deploycfg_entry *entry)
{
	const unsigned whole = 1u << DEPLOYCFG_INT | 1u << DEPLOYCFG_SIZE;

	return whole >> dcfg_type(entry) & 1;
}

static inline bool fetch_int(const struct deploycfg_entry *entry, int64_t *value)
{
	*value = (int64_t)le64_get(entry->value);
	return is_whole(entry);
}

static inline bool fetch_uint(const struct deploycfg_entry *entry, uint64_t *value)
{
	*value = le64_get(entry->value);
	return is_whole(entry) && *value <= INT64_MAX;
}

static inline bool fetch_double(const struct deploycfg_entry *entry, double *value)
{
	uint64_t bits = le64_get(entry->value);

	memcpy(value, &bits, sizeof(bits));
	return dcfg_type(entry) == DEPLOYCFG_FLOAT;
}

static inline bool fetch_string(const struct deploycfg_entry *entry, const char **value)
{
	*value = dcfg_record_text(entry).ptr;
	return dcfg_type_has_text(dcfg_type(entry));
}

static inline bool fetch_duration(const struct deploycfg_entry *entry, int64_t *value)
{
	*value = (int64_t)le64_get(entry->value);
	return dcfg_type(entry) == DEPLOYCFG_DURATION;
}

static inline bool fetch_size(const struct deploycfg_entry *entry, uint64_t *value)
{
	*value = le64_get(entry->value);
	return dcfg_type(entry) == DEPLOYCFG_SIZE;
}

/* All else is read from its text, where it has one that may be read as that. */
static enum dcfg_parse read_bool(const struct deploycfg_entry *entry, bool *value)
{
	if (!is_text(entry) && dcfg_type(entry) != DEPLOYCFG_INT)
		return DCFG_MALFORMED;
	return dcfg_parse_bool(dcfg_record_text(entry), value);
}

static enum dcfg_parse read_int(const struct deploycfg_entry *entry, int64_t *value)
{
	return is_text(entry) ? dcfg_parse_int(dcfg_record_text(entry), value)
			      : DCFG_MALFORMED;
}

static enum dcfg_parse read_uint(const struct deploycfg_entry *entry, uint64_t *value)
{
	if (dcfg_type(entry) == DEPLOYCFG_INT)
		return DCFG_OUT_OF_RANGE;
	return is_text(entry) ? dcfg_parse_uint(dcfg_record_text(entry), value)
			      : DCFG_MALFORMED;
}

static enum dcfg_parse read_double(const struct deploycfg_entry *entry, double *value)
{
	if (!is_text(entry) && dcfg_type(entry) != DEPLOYCFG_INT)
		return DCFG_MALFORMED;
	return dcfg_parse_double(dcfg_record_text(entry), value);
}

static enum dcfg_parse read_string(const struct deploycfg_entry *entry,
				   const char **value)
{
	(void)entry;
	(void)value;
	return DCFG_MALFORMED;
}

/* An int is 0, or lacks a unit. */
static enum dcfg_parse read_duration(const struct deploycfg_entry *entry, int64_t *value)
{
	if (!is_text(entry) && dcfg_type(entry) != DEPLOYCFG_INT)
		return DCFG_MALFORMED;
	return dcfg_parse_duration(dcfg_record_text(entry), value);
}

static enum dcfg_parse read_size(const struct deploycfg_entry *entry, uint64_t *value)
{
	int64_t bytes = 0;
	enum dcfg_parse parsed = DCFG_MALFORMED;

	if (is_text(entry) || dcfg_type(entry) == DEPLOYCFG_INT)
		parsed = dcfg_parse_size(dcfg_record_text(entry), &bytes);
	*value = (uint64_t)bytes;
	return parsed;
}

/* told: the entry that the value is read from, NULL where that is a secret. */
static inline void read_value(const struct deploycfg_entry *entry,
			      const struct deploycfg_entry *told,
			      struct deploycfg_value *value)
{
	uint64_t bits;

	if (dcfg_unlikely(!entry)) {
		*value = (struct deploycfg_value){.text = ""};
		return;
	}
	*value = (struct deploycfg_value){.type = dcfg_type(entry),
					  .flags = deploycfg_entry_flags(entry)};
	if (dcfg_unlikely(!told))
		return;
	bits = le64_get(told->value);
	value->text = dcfg_record_text(told).ptr;
	value->length = le32_get(told->length);
	if (value->type == DEPLOYCFG_FLOAT)
		memcpy(&value->number, &bits, sizeof(bits));
	else if (value->type == DEPLOYCFG_INT)
		value->number = (double)(int64_t)bits;
	if (value->type != DEPLOYCFG_FLOAT && !dcfg_is_container(told))
		value->integer = (int64_t)bits;
}

void deploycfg_entry_value(const struct deploycfg_entry *entry,
			   struct deploycfg_value *value)
{
	read_value(entry, entry && dcfg_is_hidden(entry) ? NULL : entry, value);
}

const struct deploycfg_entry *
deploycfg_find_value(const struct deploycfg_snapshot *snapshot, const char *path,
		     size_t length, struct deploycfg_value *value)
{
	const struct deploycfg_entry *entry =
		snapshot ? dcfg_find(snapshot, dcfg_path_of(path, length)) : NULL;

	read_value(entry, entry ? dcfg_reveal(snapshot, entry) : NULL, value);
	return entry;
}

static const struct deploycfg_entry *find(const struct deploycfg_snapshot *snapshot,
					  const char *path)
{
	return snapshot ? dcfg_find(snapshot, dcfg_view_text(path)) : NULL;
}

/* Whoever has the entry alone, or an image that came without them, is told no secret. */
static DCFG_COLD void refuse_secret(const struct deploycfg_entry *entry,
				    bool has_snapshot, struct deploycfg_errors **errors)
{
	struct dcfg_place place;
	struct deploycfg_error *error;

	if (!errors)
		return;
	place = dcfg_entry_place(entry);
	error = dcfg_error(errors, DEPLOYCFG_ERR_SECRET, &place,
			   deploycfg_entry_path(entry), "is a secret, and %s",
			   has_snapshot ? "the image came without its secrets"
					: "an entry alone does not tell it");
	dcfg_error_hint(error, "%s",
			has_snapshot
				? "load the configuration where its secrets are, instead "
				  "of taking an image"
				: "ask the snapshot: deploycfg_get_string(), or "
				  "deploycfg_entry_reveal()");
}

const struct deploycfg_entry *
deploycfg_entry_reveal(const struct deploycfg_snapshot *snapshot,
		       const struct deploycfg_entry *entry,
		       struct deploycfg_errors **errors)
{
	const struct deploycfg_entry *twin;

	if (!snapshot || !entry)
		return NULL;
	twin = dcfg_reveal(snapshot, entry);
	if (!twin)
		refuse_secret(entry, true, errors);
	return twin;
}

/* An entry that was asked for its value is NULL. */
static DCFG_COLD void report_none(const struct wanted *wanted,
				  struct deploycfg_errors **errors)
{
	dcfg_error(errors, DEPLOYCFG_ERR_MISSING, NULL, NULL,
		   "expected %s, found no such key", wanted->what);
}

/* The three getters of a type: the key must be there, or has a fallback, or was found
 * before. */
#define GETTERS(name, ctype, none)                                                       \
	static DCFG_COLD ctype name##_from(                                              \
		const struct deploycfg_entry *entry, const struct deploycfg_entry *told, \
		ctype fallback, struct deploycfg_errors **errors)                        \
	{                                                                                \
		ctype value;                                                             \
		enum dcfg_parse outcome = DCFG_PARSED;                                   \
                                                                                         \
		if (!fetch_##name(told, &value))                                         \
			outcome = read_##name(told, &value);                             \
		if (outcome == DCFG_PARSED)                                              \
			return value;                                                    \
		refuse(entry, outcome, &wanted_##name, errors);                          \
		return fallback;                                                         \
	}                                                                                \
                                                                                         \
	static DCFG_COLD ctype name##_hidden(const struct deploycfg_snapshot *snapshot,  \
					     const struct deploycfg_entry *entry,        \
					     ctype fallback,                             \
					     struct deploycfg_errors **errors)           \
	{                                                                                \
		const struct deploycfg_entry *twin =                                     \
			snapshot ? dcfg_reveal(snapshot, entry) : NULL;                  \
                                                                                         \
		if (twin)                                                                \
			return name##_from(entry, twin, fallback, errors);               \
		refuse_secret(entry, snapshot != NULL, errors);                          \
		return fallback;                                                         \
	}                                                                                \
                                                                                         \
	static inline ctype name##_of(const struct deploycfg_snapshot *snapshot,         \
				      const struct deploycfg_entry *entry,               \
				      ctype fallback, struct deploycfg_errors **errors)  \
	{                                                                                \
		ctype value;                                                             \
                                                                                         \
		if (dcfg_unlikely(dcfg_is_hidden(entry)))                                \
			return name##_hidden(snapshot, entry, fallback, errors);         \
		return dcfg_likely(fetch_##name(entry, &value))                          \
			       ? value                                                   \
			       : name##_from(entry, entry, fallback, errors);            \
	}                                                                                \
                                                                                         \
	ctype deploycfg_get_##name(const struct deploycfg_snapshot *snapshot,            \
				   const char *path, struct deploycfg_errors **errors)   \
	{                                                                                \
		const struct deploycfg_entry *entry = find(snapshot, path);              \
                                                                                         \
		if (dcfg_likely(entry))                                                  \
			return name##_of(snapshot, entry, none, errors);                 \
		dcfg_missing(snapshot, path, errors);                                    \
		return none;                                                             \
	}                                                                                \
                                                                                         \
	ctype deploycfg_get_##name##_or(const struct deploycfg_snapshot *snapshot,       \
					const char *path, ctype fallback,                \
					struct deploycfg_errors **errors)                \
	{                                                                                \
		const struct deploycfg_entry *entry = find(snapshot, path);              \
                                                                                         \
		if (dcfg_unlikely(!entry))                                               \
			dcfg_malformed(snapshot, path, errors);                          \
		if (!entry || dcfg_type(entry) == DEPLOYCFG_NULL)                        \
			return fallback;                                                 \
		return name##_of(snapshot, entry, fallback, errors);                     \
	}                                                                                \
                                                                                         \
	ctype deploycfg_entry_##name(const struct deploycfg_entry *entry,                \
				     struct deploycfg_errors **errors)                   \
	{                                                                                \
		if (dcfg_likely(entry))                                                  \
			return name##_of(NULL, entry, none, errors);                     \
		report_none(&wanted_##name, errors);                                     \
		return none;                                                             \
	}

/* For those who report themselves. */
#define READER(name, ctype)                                                              \
	enum dcfg_parse dcfg_read_##name(const struct deploycfg_entry *entry,            \
					 ctype *value)                                   \
	{                                                                                \
		return fetch_##name(entry, value) ? DCFG_PARSED                          \
						  : read_##name(entry, value);           \
	}

GETTERS(bool, bool, false)
GETTERS(int, int64_t, 0)
GETTERS(uint, uint64_t, 0)
GETTERS(double, double, 0)
GETTERS(string, const char *, NULL)
GETTERS(duration, int64_t, 0)
GETTERS(size, uint64_t, 0)

READER(bool, bool)
READER(int, int64_t)
READER(uint, uint64_t)
READER(double, double)
