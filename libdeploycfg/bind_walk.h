/* SPDX-License-Identifier: ISC */
/* One bind under way: an application's table and a subtree are gone through together, what is
 * wrong is reported, and what is right is written for libcyaml. */
#ifndef DCFG_BIND_WALK_H
#define DCFG_BIND_WALK_H

#include <cyaml/cyaml.h>

#include "base/error.h"
#include "bind.h"
#include "get.h"
#include "model/layer.h"
#include "snapshot.h"

/* Table parts that have been complained about; beyond so many, nothing more is said. */
#define DCFG_BIND_BLAMED_MAX 16

/* Table parts that are known to give no name twice. */
#define DCFG_BIND_DISTINCT 64

struct dcfg_binding {
	const struct deploycfg_snapshot *snapshot;
	const struct dcfg_bind_options *options;
	bool pass_unknown;
	struct deploycfg_errors *errors;
	size_t wrong; /* problems that were not passed over */
	struct dcfg_text_buffer text;
	bool has_secrets; /* others stand for the values of some */
	/* A stack: for each field of each map that is open, the entry that it is bound to. */
	const struct deploycfg_entry **bound;
	size_t bound_count, bound_capacity;
	struct dcfg_trail trail; /* in options->tree */
	const struct cyaml_schema_value *blamed[DCFG_BIND_BLAMED_MAX];
	size_t blamed_count;
	const struct cyaml_schema_value *distinct[DCFG_BIND_DISTINCT];
};

/* How far a walk is, to go back to. */
struct dcfg_bind_mark {
	size_t written, wrong;
};

static inline struct dcfg_bind_mark dcfg_bind_mark(const struct dcfg_binding *binding)
{
	return (struct dcfg_bind_mark){binding->text.len, binding->wrong};
}

/* Takes back what was written since then, if something was wrong with it and that is asked for. */
static inline void dcfg_bind_pass_wrong(struct dcfg_binding *binding,
					struct dcfg_bind_mark mark)
{
	if (!binding->options->pass_wrong || binding->wrong == mark.wrong)
		return;
	binding->text.len = mark.written;
	binding->wrong = mark.wrong;
}

/* Writes the value of an entry, or reports why not. field: where the schema is one's. */
void dcfg_bind_value(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct cyaml_schema_field *field,
		     const struct deploycfg_entry *entry);

/* The same for each type; see bind_scalar.c, bind_list.c, bind_map.c. */
void dcfg_bind_scalar(struct dcfg_binding *binding,
		      const struct cyaml_schema_value *schema,
		      const struct deploycfg_entry *entry);
void dcfg_bind_uint(struct dcfg_binding *binding, const struct deploycfg_entry *entry,
		    uint64_t most);
void dcfg_bind_word(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry);
void dcfg_bind_list(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		    const struct cyaml_schema_field *field,
		    const struct deploycfg_entry *entry);
void dcfg_bind_flags(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct deploycfg_entry *entry);
void dcfg_bind_map(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		   const struct deploycfg_entry *entry);
void dcfg_bind_bits(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry);

/* Whether the schema has all bits of a flag: some are made of several. */
static inline bool dcfg_bind_takes(const struct cyaml_schema_value *schema,
				   enum cyaml_flag flags)
{
	return (schema->flags & flags) == flags;
}

/* The greatest numbers that a field of so many bytes holds. */
static inline int64_t dcfg_bind_max_int(const struct cyaml_schema_value *schema)
{
	return INT64_MAX >> (64 - 8 * schema->data_size);
}

static inline uint64_t dcfg_bind_max_uint(const struct cyaml_schema_value *schema)
{
	return UINT64_MAX >> (64 - 8 * schema->data_size);
}

/* Whether a text is a name of the table, by its rules for the case of letters. */
bool dcfg_bind_is_name(const struct cyaml_schema_value *schema, struct dcfg_view text,
		       const char *name);

/* The word of the table that a text is; NULL for none. */
const struct cyaml_strval *dcfg_bind_find_word(const struct cyaml_schema_value *schema,
					       struct dcfg_view text);

/* The part of a bit field of that name; NULL for none. */
const struct cyaml_bitdef *dcfg_bind_find_bits(const struct cyaml_schema_value *schema,
					       struct dcfg_view name);

/* The number that an entry which holds its value is for a field of numbers; durations and sizes of
 * a schema are the numbers that they stand for. */
enum dcfg_parse dcfg_bind_read_int(const struct deploycfg_entry *held, int64_t *value);
enum dcfg_parse dcfg_bind_read_uint(const struct deploycfg_entry *held, uint64_t *value);

/* In place of a secret writes what is no secret, for dcfg_bind_fill(). True where it is one. */
bool dcfg_bind_write_instead(struct dcfg_binding *binding,
			     const struct deploycfg_entry *entry, struct dcfg_view text);

/* Puts secrets into a value that libcyaml loaded. */
void dcfg_bind_fill(const struct dcfg_binding *binding,
		    const struct cyaml_schema_value *schema,
		    const struct deploycfg_entry *entry, void *value);

/* The entry that holds an entry's value: of a secret its twin. NULL with an error where the
 * snapshot came without its secrets. */
static inline const struct deploycfg_entry *
dcfg_bind_reveal(struct dcfg_binding *binding, const struct deploycfg_entry *entry)
{
	return deploycfg_entry_reveal(binding->snapshot, entry, &binding->errors);
}

/* ------------------------------------------------------------------ see bind_table.c */

/* Bytes that a value of the schema takes where it stands. */
uint64_t dcfg_bind_size(const struct cyaml_schema_value *schema);

/* Whether a part of the table can be used at all; else reports it, once. */
bool dcfg_bind_check(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct cyaml_schema_field *field,
		     const struct deploycfg_entry *entry);

/* Whether a field that takes so many values lies within its struct; likewise. */
bool dcfg_bind_check_field(struct dcfg_binding *binding,
			   const struct cyaml_schema_value *map,
			   const struct cyaml_schema_field *field,
			   const struct deploycfg_entry *entry);

/* ------------------------------------------------------------------ see bind_error.c */

/* Reports something at an entry; NULL beyond the limit and without memory. */
struct deploycfg_error *
dcfg_bind_report(struct dcfg_binding *binding, enum deploycfg_status status,
		 const struct deploycfg_entry *entry, const char *key, const char *format,
		 ...) DCFG_PRINTF(5, 6);

/* Adds the place of an entry to a diagnostic, which may be NULL. */
void dcfg_bind_relate(struct dcfg_binding *binding, struct deploycfg_error *error,
		      const struct deploycfg_entry *entry, const char *what);

/* Whether nothing of an entry's text may be told, by itself or by the line that it stands in. */
bool dcfg_bind_hides(const struct dcfg_binding *binding,
		     const struct deploycfg_entry *entry);

/* Reports a value that is none of what is wanted, such as "an int from 0 to 255". */
struct deploycfg_error *
dcfg_bind_refuse(struct dcfg_binding *binding, enum deploycfg_status status,
		 const struct deploycfg_entry *entry, const char *wanted);

/* Reports a part of the table that cannot be used. entry: what was to be bound to it. */
void dcfg_bind_blame(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct deploycfg_entry *entry, const char *format, ...)
	DCFG_PRINTF(4, 5);

/* The last net: masks all secrets of the snapshot in what was reported. False where memory ran
 * out. */
bool dcfg_bind_redact(const struct dcfg_binding *binding);

void dcfg_bind_unknown(struct dcfg_binding *binding,
		       const struct cyaml_schema_value *schema,
		       const struct deploycfg_entry *entry);
void dcfg_bind_missing(struct dcfg_binding *binding, const struct deploycfg_entry *parent,
		       const char *name);

#endif
