/* SPDX-License-Identifier: ISC */
/* Nodes become records. Knows the tree and the layout of a record, not that of an
 * image. */
#include "image/records.h"

#include "image/measure.h"
#include "image/read.h"
#include "model/conceal.h"

static uint64_t double_bits(double real)
{
	uint64_t bits;

	if (real != real)
		return UINT64_C(0x7ff8000000000000); /* there is one NaN */
	memcpy(&bits, &real, sizeof(bits));
	return bits;
}

/* Types come in no order that a processor could guess: few decisions. */
static uint64_t value_of(const struct dcfg_node *node)
{
	const unsigned numbers = 1U << DEPLOYCFG_BOOL | 1U << DEPLOYCFG_INT |
				 1U << DEPLOYCFG_DURATION | 1U << DEPLOYCFG_SIZE;
	uint64_t bits = node->type == DEPLOYCFG_BOOL ? node->scalar.boolean
						     : (uint64_t)node->scalar.integer;

	if (dcfg_unlikely(node->type == DEPLOYCFG_FLOAT))
		return double_bits(node->scalar.real);
	/* A list or map: a subtree of nothing but itself. */
	return numbers >> node->type & 1 ? bits : dcfg_has_children(node);
}

/* What a schema said of it: enum deploycfg_flag, which nodes and records have in one order. */
static unsigned flags_of(const struct dcfg_node *node)
{
	const unsigned all = DCFG_SECRET | DCFG_DEFAULT | DCFG_DEPRECATED | DCFG_RESTART |
			     DCFG_REPLACES;

	return (unsigned)node->flags / (DCFG_IS_SECRET / DCFG_SECRET) & all;
}

_Static_assert(DCFG_IS_SECRET / DCFG_SECRET == DCFG_IS_REPLACES / DCFG_REPLACES,
	       "flags in one order");
_Static_assert(DCFG_REPLACES / DCFG_SECRET == DEPLOYCFG_FLAG_REPLACES,
	       "flags in one order");

static void write_origin(struct dcfg_writer *writer, struct deploycfg_entry *record,
			 struct dcfg_origin origin)
{
	bool known = origin.source < writer->context->sources.count;

	record->source = le32_of(0);
	if (known)
		dcfg_lead(&record->source, &writer->sources[origin.source]);
	record->line = le32_of(known ? origin.line : 0);
	record->column = le32_of(known ? origin.column : 0);
}

/* Everything but path. null has no text, however it was written. */
static inline void write_value(struct dcfg_writer *writer, struct deploycfg_entry *record,
			       const struct dcfg_node *node)
{
	record->value = le64_of(value_of(node));
	record->kind = node->type;
	record->flags = (uint8_t)flags_of(node);
	record->length = le32_of(node->type <= DEPLOYCFG_NULL ? 0 : node->length);
	record->related = le32_of(0);
	write_origin(writer, record, node->origin);
}

/* Behind the twin: path, name where it is quoted, and text, to which one that lost leads. */
static char *write_twin_texts(struct deploycfg_entry *twin, struct dcfg_view path,
			      struct dcfg_view name, struct dcfg_view text)
{
	char *at = (char *)(twin + 1);

	dcfg_lead(&twin->path, at);
	at = dcfg_write_text(at, path);
	if (twin->flags & DCFG_QUOTED)
		at = dcfg_write_text(at, name);
	if (dcfg_relation(twin) != DEPLOYCFG_WINNER)
		dcfg_lead(&twin->related, at);
	return dcfg_write_text(at, text);
}

/* Moves the value of a record that is whole but for its text out of the image. */
static void hide(struct dcfg_writer *writer, struct deploycfg_entry *record,
		 const struct dcfg_node *node)
{
	struct dcfg_secrets *secrets = writer->secrets;
	struct le32 *offsets = (void *)secrets->bytes;
	struct deploycfg_entry *twin = (void *)writer->twin;
	struct dcfg_view name = DCFG_VIEW("");
	char *end;

	if (record->flags & DCFG_QUOTED)
		name = dcfg_view_text(dcfg_record_quoted_name(record));
	*twin = *record;
	twin->flags &= (uint8_t)~DCFG_SECRET;
	twin->source = le32_of(0);
	end = write_twin_texts(twin, dcfg_record_path(record), name, dcfg_text(node));
	offsets[secrets->count] = le32_of((uint32_t)(writer->twin - secrets->bytes));
	record->value = le64_of(secrets->count++);
	record->length = le32_of(0);
	writer->twin += (size_t)(end - writer->twin + 7) & ~(size_t)7;
}

/* A value that lost stands at its owner's key, but what was used to make it at its own, which may
 * be a variable. */
static void write_related_key(struct dcfg_writer *writer, struct deploycfg_entry *record,
			      const struct deploycfg_entry *owner, struct dcfg_view path)
{
	struct dcfg_segment last;
	char name[DCFG_PATH_MAX];

	if (!path.ptr) {
		dcfg_lead(&record->path, dcfg_follow(&owner->path));
		record->path_length = owner->path_length;
		record->flags |= owner->flags & (DCFG_ITEM | DCFG_QUOTED);
		record->kind |= owner->kind & DCFG_MASKED;
		return;
	}
	dcfg_lead(&record->path, writer->strings);
	record->path_length = le16_of((uint16_t)path.len);
	if (record->flags & DCFG_SECRET)
		record->kind |= DCFG_MASKED;
	writer->strings = dcfg_write_text(writer->strings, path);
	if (path.ptr[path.len - 1] == ']')
		record->flags |= DCFG_ITEM;
	if (path.ptr[path.len - 1] != '"')
		return;
	record->flags |= DCFG_QUOTED;
	last = dcfg_last_segment(path);
	writer->strings =
		dcfg_write_text(writer->strings, dcfg_segment_text(&last, name));
}

/* The model needs no more of a part of a list than that it is one. */
static enum deploycfg_relation relation_of(const struct dcfg_related *related)
{
	return related->relation == DEPLOYCFG_APPENDED &&
			       related->node->op == DCFG_PREPEND
		       ? DEPLOYCFG_PREPENDED
		       : related->relation;
}

static void write_loser(struct dcfg_writer *writer, const struct deploycfg_entry *owner,
			const struct dcfg_related *related)
{
	struct deploycfg_entry *record = writer->related++;

	write_value(writer, record, related->node);
	record->flags |= related->next ? DCFG_NEXT : 0;
	record->kind = (uint8_t)(record->kind | relation_of(related) << 4);
	if (dcfg_unlikely(related->node->flags & DCFG_IS_MASKED))
		record->kind |= DCFG_MASKED;
	write_related_key(writer, record, owner, dcfg_input_path(related));
	if (dcfg_unlikely(dcfg_node_is_hidden(related->node))) {
		hide(writer, record, related->node);
	} else if (dcfg_has_text(related->node)) {
		dcfg_lead(&record->related, writer->strings);
		writer->strings =
			dcfg_write_text(writer->strings, dcfg_text(related->node));
	}
}

static void write_run(struct dcfg_writer *writer, struct deploycfg_entry *owner,
		      const struct dcfg_related *related)
{
	if (dcfg_likely(!related))
		return;
	dcfg_lead(&owner->related, writer->related);
	for (; related; related = related->next)
		write_loser(writer, owner, related);
}

/*
 * Copies a text in steps of 16 or 32 bytes, and so reads and writes beyond its end: one that is
 * short takes no branch. What is written there is written over later.
 */
static inline void copy_wide(char *to, const char *from, size_t length, const size_t step)
{
	char bytes[32];
	size_t at = 0;

	do {
		memcpy(bytes, from + at, step);
		memcpy(to + at, bytes, step);
	} while ((at += step) < length);
}

/* The path of a node behind that of what it is in, and its name where that is quoted; index: in
 * a list. Returns what follows. */
static char *write_key(struct deploycfg_entry *record, char *path,
		       const struct dcfg_node *node, struct dcfg_view above, size_t index)
{
	const struct dcfg_name *name = node->name;
	size_t length = above.len;
	unsigned flags = 0;

	copy_wide(path, above.ptr, length, 32);
	if (dcfg_unlikely(!name)) {
		flags = DCFG_ITEM;
		length = dcfg_key_append_index(path, SIZE_MAX, length, index);
	} else if (dcfg_unlikely(!name->is_word)) {
		flags = DCFG_QUOTED;
		length = dcfg_key_append(path, SIZE_MAX, length, name->text);
	} else {
		path[length] = '.';
		length += length > 0;
		copy_wide(path + length, name->text.ptr, name->text.len, 16);
		length += name->text.len;
	}
	dcfg_lead(&record->path, path);
	record->path_length = le16_of((uint16_t)length);
	record->flags |= (uint8_t)flags;
	path[length] = '\0';
	path += length + 1;
	return flags & DCFG_QUOTED ? dcfg_write_text(path, name->text) : path;
}

/* Whether people are shown a mask: for a secret, and for what its name or that of what it is in
 * makes likely to be one, unless a schema says otherwise of it or of what is in between. */
static inline bool is_masked(struct dcfg_writer *writer, const struct dcfg_node *node,
			     const struct deploycfg_entry *record, bool parent_is)
{
	bool looks = parent_is || (node->name && !writer->is_document &&
				   dcfg_looks_secret(node->name->text));

	return node->flags & (DCFG_IS_SECRET | DCFG_IS_MASKED) ||
	       (looks && !dcfg_is_exempt(writer->context, dcfg_record_path(record)));
}

static struct deploycfg_entry *
write_record(struct dcfg_writer *writer, const struct dcfg_node *node,
	     struct dcfg_view above, size_t index, bool masked)
{
	struct deploycfg_entry *record = writer->records++;
	char *at = writer->values;

	write_value(writer, record, node);
	*at++ = dcfg_node_is_hidden(node) ? DCFG_SET_MARK : (char)node->type;
	at = write_key(record, at, node, above, index);
	if (dcfg_unlikely(is_masked(writer, node, record, masked)))
		record->kind |= DCFG_MASKED;
	if (dcfg_unlikely(dcfg_node_is_hidden(node)))
		hide(writer, record, node);
	else if (dcfg_has_text(node))
		at = dcfg_write_text(at, dcfg_text(node));
	writer->values = at;
	write_run(writer, record, node->related);
	return record;
}

/* Writes what is below a list or map; its own record is the last that was written. Recursion is
 * as deep as trees are. */
static void write_below(struct dcfg_writer *writer, const struct dcfg_node *parent)
{
	struct deploycfg_entry *owner = writer->records - 1, *record;
	struct dcfg_view path = dcfg_record_path(owner);
	bool masked = owner->kind & DCFG_MASKED;
	size_t index = 0;

	for (const struct dcfg_node *node = dcfg_first(parent); index < parent->length;
	     node = node->next) {
		record = write_record(writer, node, path, index++, masked);
		if (index < parent->length)
			record->flags |= DCFG_NEXT;
		if (dcfg_is_container(record))
			write_below(writer, node);
	}
	owner->value = le64_of((uint64_t)(writer->records - owner));
}

/* The root has no name; that of an empty configuration comes from nowhere. */
void dcfg_write_records(struct dcfg_writer *writer, const struct dcfg_node *root)
{
	struct deploycfg_entry *record = writer->records++;

	write_value(writer, record, root);
	if (!root->length)
		record->source = record->line = record->column = le32_of(0);
	*writer->values++ = (char)root->type;
	dcfg_lead(&record->path, writer->values);
	*writer->values++ = '\0';
	record->path_length = le16_of(0);
	write_run(writer, record, root->related);
	write_below(writer, root);
}

static void write_past(struct dcfg_writer *writer, const struct dcfg_past *past)
{
	struct deploycfg_entry *record = writer->history++;
	struct dcfg_segment last = dcfg_last_segment(past->path);
	char name[DCFG_PATH_MAX];

	memset(record, 0, sizeof(*record));
	write_origin(writer, record, past->related->node->origin);
	dcfg_lead(&record->path, writer->strings);
	record->path_length = le16_of((uint16_t)past->path.len);
	record->flags = last.is_index ? DCFG_ITEM : last.quoted ? DCFG_QUOTED : 0;
	if (dcfg_story_is_secret(past->related) ||
	    dcfg_path_looks_secret(writer->context, past->path))
		record->kind |= DCFG_MASKED;
	writer->strings = dcfg_write_text(writer->strings, past->path);
	if (last.quoted)
		writer->strings =
			dcfg_write_text(writer->strings, dcfg_segment_text(&last, name));
	write_run(writer, record, past->related);
}

void dcfg_write_history(struct dcfg_writer *writer, const struct dcfg_history *history)
{
	for (size_t i = 0; i < history->count; i++)
		write_past(writer, &history->list[i]);
}
