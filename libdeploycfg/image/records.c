/* SPDX-License-Identifier: ISC */
/* Nodes become records. Knows the tree and the layout of a record, not that of an
 * image. */
#include "image/records.h"

#include "image/read.h"
#include "model/key.h"

static uint64_t double_bits(double real)
{
	uint64_t bits;

	if (real != real)
		return UINT64_C(0x7ff8000000000000); /* there is one NaN */
	memcpy(&bits, &real, sizeof(bits));
	return bits;
}

static uint64_t value_of(const struct dcfg_node *node)
{
	switch (node->type) {
	case DEPLOYCFG_BOOL:
		return node->scalar.boolean;
	case DEPLOYCFG_INT:
		return (uint64_t)node->scalar.integer;
	case DEPLOYCFG_FLOAT:
		return double_bits(node->scalar.real);
	default:
		return node->type >= DEPLOYCFG_LIST; /* a subtree of nothing but itself */
	}
}

static void write_origin(struct dcfg_writer *writer, struct deploycfg_entry *record,
			 struct dcfg_origin origin)
{
	if (origin.source >= writer->context->sources.count)
		return;
	dcfg_lead(&record->source, &writer->sources[origin.source]);
	record->line = le32_of(origin.line);
	record->column = le32_of(origin.column);
}

/* Everything but path, name, flags and relation. null has one text, however it was
 * written. */
static void write_value(struct dcfg_writer *writer, struct deploycfg_entry *record,
			const struct dcfg_node *node)
{
	bool scalar = node->type > DEPLOYCFG_NULL && node->type < DEPLOYCFG_LIST;
	struct dcfg_view text = scalar ? dcfg_text(node) : dcfg_view("", 0);

	memset(record, 0, sizeof(*record));
	record->value = le64_of(value_of(node));
	record->type = node->type;
	record->length = le32_of(node->type <= DEPLOYCFG_NULL ? 0 : node->length);
	dcfg_lead(&record->text, dcfg_pool_add(&writer->strings, text));
	write_origin(writer, record, node->origin);
}

static void write_name(struct dcfg_writer *writer, struct deploycfg_entry *record,
		       const struct dcfg_item *item)
{
	const struct dcfg_name *name = item->node->name;
	const char *end = (const char *)dcfg_follow(&record->path) + item->path_length;

	if (item->level == 0)
		dcfg_lead(&record->name, end);
	else if (!name)
		record->name = le32_of(item->index);
	else if (item->quoted)
		dcfg_lead(&record->name, dcfg_pool_add(&writer->strings, name->text));
	else
		dcfg_lead(&record->name, end - name->text.len);
}

/* Writes a path behind its parent's. */
static void write_path(struct dcfg_writer *writer, const struct dcfg_item *item,
		       struct dcfg_view parent)
{
	const struct dcfg_name *name = item->node->name;
	char *path = writer->paths, *end = path + item->path_length;

	memcpy(path, parent.ptr, parent.len);
	if (item->level && !name)
		dcfg_key_append_index(path, item->path_length, parent.len, item->index);
	else if (item->quoted)
		dcfg_key_append(path, item->path_length, parent.len, name->text);
	else if (item->level)
		memcpy(end - name->text.len, name->text.ptr, name->text.len);
	if (item->level && name && parent.len)
		path[parent.len] = '.';
	*end = '\0';
	writer->paths = end + 1;
}

static void write_item(struct dcfg_writer *writer, struct deploycfg_entry *record,
		       const struct dcfg_item *item, struct dcfg_view parent)
{
	bool list_item = item->level && !item->node->name;

	write_value(writer, record, item->node);
	if (dcfg_is_container(record)) {
		record->value = le64_of(item->span);
		record->length = le32_of(item->count);
	}
	if (item->level == 0 && item->count == 0)
		record->source = record->line = record->column = le32_of(0);
	dcfg_lead(&record->path, writer->paths);
	record->path_length = le16_of((uint16_t)item->path_length);
	record->level = le16_of(item->level);
	record->flags = le16_of((uint16_t)((item->sibling ? DCFG_SIBLING : 0) |
					   (list_item ? DCFG_ITEM : 0)));
	write_path(writer, item, parent);
	write_name(writer, record, item);
}

void dcfg_write_records(struct dcfg_writer *writer)
{
	/* Of the parents, by the children's level. */
	struct dcfg_view paths[DCFG_DEPTH_MAX + 2];

	paths[0] = dcfg_view("", 0);
	for (size_t i = 0; i < writer->flat->count; i++) {
		const struct dcfg_item *item = &writer->flat->items[i];
		struct deploycfg_entry *record = &writer->records[i];

		write_item(writer, record, item, paths[item->level]);
		paths[item->level + 1] = dcfg_record_path(record);
	}
}

/* Finds level and name in a path that is only text. */
static void write_segments(struct dcfg_writer *writer, struct deploycfg_entry *record,
			   struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment next, last = {.text = path};
	char buffer[DCFG_PATH_MAX];
	uint16_t level = 0;

	for (; dcfg_key_next(&key, &next); level++)
		last = next;
	record->level = le16_of(level);
	record->flags = le16_of(last.is_index ? DCFG_ITEM : 0);
	if (last.is_index)
		record->name = le32_of(last.index);
	else if (last.quoted)
		dcfg_lead(&record->name, dcfg_pool_add(&writer->strings,
						       dcfg_segment_text(&last, buffer)));
	else
		dcfg_lead(&record->name, path.ptr + path.len - last.text.len);
}

static void write_past(struct dcfg_writer *writer, struct deploycfg_entry *record,
		       const struct dcfg_past *past)
{
	struct dcfg_view path = dcfg_view(writer->paths, past->path.len);

	memcpy(writer->paths, past->path.ptr, path.len);
	writer->paths[path.len] = '\0';
	writer->paths += path.len + 1;
	memset(record, 0, sizeof(*record));
	dcfg_lead(&record->text, writer->strings.bytes);
	dcfg_lead(&record->path, path.ptr);
	record->path_length = le16_of((uint16_t)path.len);
	write_origin(writer, record, past->related->node->origin);
	write_segments(writer, record, path);
}

void dcfg_write_history(struct dcfg_writer *writer)
{
	const struct dcfg_history *history = writer->effective->history;

	for (size_t i = 0; i < history->count; i++)
		write_past(writer, &writer->history[i], &history->list[i]);
}

/* A related record stands at its owner's key. */
static void write_key_of(struct deploycfg_entry *record,
			 const struct deploycfg_entry *owner)
{
	dcfg_lead(&record->path, dcfg_follow(&owner->path));
	record->path_length = owner->path_length;
	record->level = owner->level;
	if (le16_get(owner->flags) & DCFG_ITEM)
		record->name = owner->name;
	else
		dcfg_lead(&record->name, dcfg_follow(&owner->name));
}

static void write_run(struct dcfg_writer *writer, struct deploycfg_entry *owner,
		      const struct dcfg_related *related)
{
	unsigned item = le16_get(owner->flags) & DCFG_ITEM;

	if (related)
		dcfg_lead(&owner->related, writer->related);
	for (; related; related = related->next) {
		struct deploycfg_entry *record = writer->related++;

		write_value(writer, record, related->node);
		write_key_of(record, owner);
		record->relation = (uint8_t)related->relation;
		record->flags =
			le16_of((uint16_t)(item | (related->next ? DCFG_WEAKER : 0)));
	}
}

void dcfg_write_related(struct dcfg_writer *writer)
{
	const struct dcfg_history *history = writer->effective->history;

	for (size_t i = 0; i < writer->flat->count; i++)
		write_run(writer, &writer->records[i],
			  writer->flat->items[i].node->related);
	for (size_t i = 0; i < history->count; i++)
		write_run(writer, &writer->history[i], history->list[i].related);
}
