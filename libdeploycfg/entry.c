/* SPDX-License-Identifier: ISC */
/* What is known of one key, from its record alone, and the ways from record to record. */
#include "base/number.h"
#include "model/variable.h"
#include "snapshot.h"

const struct deploycfg_entry *deploycfg_root(const struct deploycfg_snapshot *snapshot)
{
	return snapshot ? snapshot->image.records : NULL;
}

const struct deploycfg_entry *
deploycfg_first_child(const struct deploycfg_snapshot *snapshot,
		      const struct deploycfg_entry *parent)
{
	(void)snapshot;
	return parent && dcfg_span(parent) > 1 ? parent + 1 : NULL;
}

const struct deploycfg_entry *
deploycfg_next_sibling(const struct deploycfg_snapshot *snapshot,
		       const struct deploycfg_entry *entry)
{
	(void)snapshot;
	bool has = entry->flags & DCFG_NEXT && dcfg_relation(entry) == DEPLOYCFG_WINNER;

	return has ? entry + dcfg_span(entry) : NULL;
}

const struct deploycfg_entry *
deploycfg_next_entry(const struct deploycfg_snapshot *snapshot,
		     const struct deploycfg_entry *top,
		     const struct deploycfg_entry *entry)
{
	(void)snapshot;
	return entry + 1 < top + dcfg_span(top) ? entry + 1 : NULL;
}

const struct deploycfg_entry *
deploycfg_next_history(const struct deploycfg_snapshot *snapshot,
		       const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *next;

	if (!snapshot)
		return NULL;
	next = entry ? entry + 1 : snapshot->image.history;
	return next < snapshot->image.history + snapshot->image.history_count ? next
									      : NULL;
}

const char *deploycfg_entry_path(const struct deploycfg_entry *entry)
{
	return dcfg_follow(&entry->path);
}

const char *deploycfg_entry_name(const struct deploycfg_entry *entry)
{
	return entry->flags & DCFG_ITEM ? "" : dcfg_record_name(entry);
}

size_t deploycfg_entry_index(const struct deploycfg_entry *entry)
{
	return entry->flags & DCFG_ITEM ? dcfg_record_index(entry) : SIZE_MAX;
}

enum deploycfg_type deploycfg_entry_type(const struct deploycfg_entry *entry)
{
	return dcfg_type(entry);
}

size_t deploycfg_entry_count(const struct deploycfg_entry *entry)
{
	return dcfg_is_container(entry) ? le32_get(entry->length) : 0;
}

const char *deploycfg_entry_text(const struct deploycfg_entry *entry, size_t *length)
{
	struct dcfg_view text = dcfg_record_text(entry);

	if (length)
		*length = text.len;
	return dcfg_unlikely(dcfg_is_hidden(entry)) ? NULL : text.ptr;
}

/* The text of a scalar; number has room for one that is printed anew. */
static struct dcfg_view canonical(const struct deploycfg_entry *entry,
				  char number[DCFG_NUMBER_SIZE])
{
	uint64_t value = le64_get(entry->value);
	double real;

	if (dcfg_is_hidden(entry))
		return DCFG_VIEW(DCFG_MASK);
	switch (dcfg_type(entry)) {
	case DEPLOYCFG_NULL:
		return DCFG_VIEW("null");
	case DEPLOYCFG_BOOL:
		return value ? DCFG_VIEW("true") : DCFG_VIEW("false");
	case DEPLOYCFG_INT:
		return dcfg_view(number, dcfg_print_int(number, (int64_t)value));
	case DEPLOYCFG_FLOAT:
		memcpy(&real, &value, sizeof(real));
		return dcfg_view(number, dcfg_print_double(number, real));
	default:
		return dcfg_record_text(entry);
	}
}

size_t deploycfg_entry_print(const struct deploycfg_entry *entry, char *buffer,
			     size_t size)
{
	char number[DCFG_NUMBER_SIZE];
	struct dcfg_view text = canonical(entry, number);
	size_t fits = text.len < size ? text.len : size - 1;

	if (size == 0)
		return text.len;
	memcpy(buffer, text.ptr, fits);
	buffer[fits] = '\0';
	return text.len;
}

static size_t write_variable(struct dcfg_view path, const char *prefix, char *buffer,
			     size_t size)
{
	size_t length = dcfg_variable_write(buffer, size,
					    dcfg_view_text(prefix ? prefix : ""), path);

	if (size)
		buffer[length < size ? length : size - 1] = '\0';
	return length;
}

size_t deploycfg_entry_variable(const struct deploycfg_entry *entry, const char *prefix,
				char *buffer, size_t size)
{
	return write_variable(dcfg_record_path(entry), prefix, buffer, size);
}

size_t deploycfg_path_variable(const char *path, const char *prefix, char *buffer,
			       size_t size)
{
	return write_variable(dcfg_view_text(path), prefix, buffer, size);
}

/* Records have them in the same order, behind those of their own. */
unsigned deploycfg_entry_flags(const struct deploycfg_entry *entry)
{
	return (unsigned)entry->flags / DCFG_SECRET |
	       (entry->kind & DCFG_MASKED ? DEPLOYCFG_FLAG_MASKED : 0);
}

const struct deploycfg_source *deploycfg_entry_source(const struct deploycfg_entry *entry)
{
	return le32_get(entry->source) ? dcfg_follow(&entry->source) : NULL;
}

unsigned deploycfg_entry_line(const struct deploycfg_entry *entry)
{
	return le32_get(entry->line);
}

unsigned deploycfg_entry_column(const struct deploycfg_entry *entry)
{
	return le32_get(entry->column);
}

enum deploycfg_relation deploycfg_entry_relation(const struct deploycfg_entry *entry)
{
	return dcfg_relation(entry);
}

const struct deploycfg_entry *deploycfg_entry_related(const struct deploycfg_entry *entry)
{
	bool has = dcfg_relation(entry) == DEPLOYCFG_WINNER && le32_get(entry->related);

	return has ? dcfg_follow(&entry->related) : NULL;
}

const struct deploycfg_entry *
deploycfg_entry_next_related(const struct deploycfg_entry *related)
{
	bool has =
		related->flags & DCFG_NEXT && dcfg_relation(related) != DEPLOYCFG_WINNER;

	return has ? related + 1 : NULL;
}

const char *deploycfg_source_name(const struct deploycfg_source *source)
{
	return dcfg_follow(&source->name);
}

enum deploycfg_source_kind deploycfg_source_kind(const struct deploycfg_source *source)
{
	return (enum deploycfg_source_kind)source->kind;
}

enum deploycfg_syntax deploycfg_source_syntax(const struct deploycfg_source *source)
{
	return (enum deploycfg_syntax)source->syntax;
}

int deploycfg_source_layer(const struct deploycfg_source *source)
{
	return (int)le32_get(source->layer);
}

const char *deploycfg_source_label(const struct deploycfg_source *source)
{
	return dcfg_follow(&source->label);
}

enum deploycfg_source_state deploycfg_source_state(const struct deploycfg_source *source)
{
	return (enum deploycfg_source_state)source->state;
}

const char *deploycfg_source_reason(const struct deploycfg_source *source)
{
	return dcfg_follow(&source->reason);
}
