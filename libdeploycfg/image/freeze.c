/* SPDX-License-Identifier: ISC */
/*
 * Lays an image out and has it written, section by section, into memory that is large
 * enough for the worst case and cut to size at the end. Knows the order of things; what
 * a record holds is records.c.
 */
#include "image/freeze.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "image/digest.h"
#include "image/records.h"

/* Sizes as they can be told before anything is written: strings may turn out equal. */
struct plan {
	uint64_t records, history, related, sources; /* elements */
	uint64_t paths, strings;                     /* bytes */
	struct dcfg_index_shape shape;
};

/* File names may be any bytes; what is no UTF-8 is escaped, since images hold nothing
 * else. */
static struct dcfg_view clean(struct dcfg_arena *arena, struct dcfg_view text)
{
	size_t size;
	char *escaped;

	if (dcfg_likely(text.len == 0 || dcfg_utf8_check(text) == text.len))
		return text;
	size = dcfg_utf8_escape(NULL, 0, text) + 1;
	escaped = dcfg_arena_alloc(arena, size);
	if (!escaped)
		return dcfg_view("", 0);
	return dcfg_view(escaped, dcfg_utf8_escape(escaped, size, text));
}

/* Returns the bytes of all of them, NULs included. */
static uint64_t collect_source_texts(struct dcfg_writer *writer)
{
	struct dcfg_arena *arena = &writer->context->arena;
	const struct dcfg_sources *sources = &writer->context->sources;
	struct dcfg_view(*texts)[3] =
		dcfg_arena_alloc(arena, sources->count * sizeof(*texts));
	uint64_t bytes = 0;

	writer->source_texts = (const void *)texts;
	for (size_t i = 0; texts && i < sources->count; i++) {
		texts[i][0] = clean(arena, sources->list[i].name);
		texts[i][1] = clean(arena, sources->list[i].label);
		texts[i][2] = clean(arena, sources->list[i].reason);
		bytes += texts[i][0].len + texts[i][1].len + texts[i][2].len + 3;
	}
	return bytes;
}

/* With NULs, and that of the empty string. */
static uint64_t selection_bytes(const struct dcfg_effective *effective)
{
	return effective->environment.len + effective->selected_by.len +
	       effective->overlays.len + effective->overlays_by.len +
	       effective->prefix.len + 6;
}

static struct plan plan(struct dcfg_writer *writer)
{
	const struct dcfg_effective *effective = writer->effective;
	const struct dcfg_flat *flat = writer->flat;

	return (struct plan){
		.records = flat->count,
		.history = effective->history->count,
		.related = flat->related,
		.sources = writer->context->sources.count,
		.paths = flat->paths,
		.strings = flat->texts + selection_bytes(effective) +
			   collect_source_texts(writer),
		.shape = dcfg_index_shape((uint32_t)flat->count),
	};
}

static uint64_t padded(uint64_t size)
{
	return (size + 7) & ~(uint64_t)7;
}

static uint64_t room_for(const struct plan *plan)
{
	return sizeof(struct dcfg_header) + DCFG_SECTIONS * sizeof(struct dcfg_section) +
	       (plan->records + plan->history + plan->related) *
		       sizeof(struct deploycfg_entry) +
	       plan->sources * sizeof(struct deploycfg_source) + padded(plan->paths) +
	       padded(plan->strings) + padded(plan->shape.slots * sizeof(struct le32));
}

/* Notes a section in the table and pads what is before the next. Returns where that
 * begins. */
static char *close_section(struct dcfg_header *header, enum dcfg_section_id id,
			   char *start, size_t size, size_t count)
{
	struct dcfg_section *section = (struct dcfg_section *)(header + 1) + (id - 1);
	size_t padding = (size_t)padded(size) - size;
	char *end = start + size;

	section->id = le32_of(id);
	section->offset = le32_of((uint32_t)(start - (char *)header));
	section->size = le32_of((uint32_t)size);
	section->count = le32_of((uint32_t)count);
	memset(end, 0, padding);
	return end + padding;
}

/* Places all sections whose size is known; returns where the strings begin. */
static char *place(struct dcfg_writer *writer, struct dcfg_header *header,
		   const struct plan *plan)
{
	const size_t record = sizeof(struct deploycfg_entry);
	char *at = (char *)(header + 1) + DCFG_SECTIONS * sizeof(struct dcfg_section);

	writer->records = (void *)at;
	at = close_section(header, DCFG_RECORDS, at, plan->records * record,
			   plan->records);
	writer->history = (void *)at;
	at = close_section(header, DCFG_HISTORY, at, plan->history * record,
			   plan->history);
	writer->related = (void *)at;
	at = close_section(header, DCFG_RELATED, at, plan->related * record,
			   plan->related);
	writer->sources = (void *)at;
	at = close_section(header, DCFG_SOURCES, at,
			   plan->sources * sizeof(struct deploycfg_source),
			   plan->sources);
	writer->paths = at;
	return close_section(header, DCFG_PATHS, at, plan->paths, plan->paths);
}

static void write_header(struct dcfg_header *header)
{
	memset(header, 0, sizeof(*header));
	memcpy(header->magic, DCFG_MAGIC, sizeof(header->magic));
	header->major = le16_of(DCFG_MAJOR);
	header->minor = le16_of(DCFG_MINOR);
	header->header_size = le16_of(sizeof(*header));
	header->record_size = le16_of(sizeof(struct deploycfg_entry));
	header->sections = le32_of(DCFG_SECTIONS);
}

static void write_sources(struct dcfg_writer *writer)
{
	const struct dcfg_sources *sources = &writer->context->sources;

	for (size_t i = 0; i < sources->count; i++) {
		const struct dcfg_source *from = &sources->list[i];
		struct deploycfg_source *source = &writer->sources[i];
		const struct dcfg_view *texts = writer->source_texts[i];

		memset(source, 0, sizeof(*source));
		dcfg_lead(&source->name, dcfg_pool_add(&writer->strings, texts[0]));
		dcfg_lead(&source->label, dcfg_pool_add(&writer->strings, texts[1]));
		dcfg_lead(&source->reason, dcfg_pool_add(&writer->strings, texts[2]));
		dcfg_lead(&source->revision, writer->strings.bytes);
		source->layer = le32_of((uint32_t)from->layer);
		source->rank = le32_of((uint32_t)i);
		source->kind = (uint8_t)from->kind;
		source->state = (uint8_t)from->state;
	}
}

/* The index comes last: there may be none. Returns the image's end. */
static char *write_index(struct dcfg_header *header, const struct plan *plan, char *at)
{
	struct le32 *slots = (void *)at;
	const struct deploycfg_entry *records =
		(const void *)((struct dcfg_section *)(header + 1) + DCFG_SECTIONS);
	uint32_t seed;
	bool built = dcfg_index_build(&plan->shape, slots, records,
				      (uint32_t)plan->records, &seed);
	size_t count = built ? plan->shape.slots : 0;

	header->seed = le32_of(seed);
	return close_section(header, DCFG_INDEX, at, count * sizeof(*slots), count);
}

static void seal(struct dcfg_header *header, size_t value_strings)
{
	struct dcfg_image image = dcfg_image(header);

	dcfg_values_digest(&image, value_strings, header->values_digest);
	dcfg_image_digest(header, header->image_digest);
	header->checksum = le64_of(dcfg_checksum(header));
}

/* Writes everything; the strings that values use come first. Returns the image's size. */
static size_t write_image(struct dcfg_writer *writer, struct dcfg_header *header,
			  const struct plan *plan)
{
	struct dcfg_pool *strings = &writer->strings;
	const struct dcfg_effective *effective = writer->effective;
	size_t value_strings;
	char *end;

	dcfg_lead(&header->environment, dcfg_pool_add(strings, effective->environment));
	dcfg_lead(&header->overlays, dcfg_pool_add(strings, effective->overlays));
	dcfg_write_records(writer);
	value_strings = strings->used;
	dcfg_lead(&header->selected_by, dcfg_pool_add(strings, effective->selected_by));
	dcfg_lead(&header->overlays_by, dcfg_pool_add(strings, effective->overlays_by));
	dcfg_lead(&header->prefix, dcfg_pool_add(strings, effective->prefix));
	write_sources(writer);
	dcfg_write_history(writer);
	dcfg_write_related(writer);
	end = close_section(header, DCFG_STRINGS, strings->bytes, strings->used,
			    strings->used);
	end = write_index(header, plan, end);
	header->size = le32_of((uint32_t)(end - (char *)header));
	seal(header, value_strings);
	return (size_t)(end - (char *)header);
}

static bool check_room(struct dcfg_writer *writer, uint64_t room)
{
	if (room <= DCFG_SIZE_MAX)
		return true;
	dcfg_fail(writer->context, DEPLOYCFG_ERR_LIMIT, writer->effective->root->origin,
		  NULL,
		  "all values together take up to %llu bytes, and an image holds %llu",
		  (unsigned long long)room, (unsigned long long)DCFG_SIZE_MAX);
	return false;
}

static uint64_t string_count(const struct dcfg_writer *writer)
{
	return writer->flat->strings + 3 * (uint64_t)writer->context->sources.count + 5;
}

bool dcfg_freeze(struct dcfg_context *context, const struct dcfg_effective *effective,
		 void **bytes, size_t *length)
{
	struct dcfg_flat flat;
	struct dcfg_writer writer = {context, effective, &flat, .records = NULL};
	struct dcfg_header *header;
	struct plan sizes;
	void *cut;

	if (!dcfg_flatten(context, effective, &flat))
		return false;
	sizes = plan(&writer);
	if (context->arena.failed || !check_room(&writer, room_for(&sizes)))
		return false;
	header = dcfg_alloc((size_t)room_for(&sizes));
	if (!header) {
		context->arena.failed = true;
		return false;
	}
	write_header(header);
	if (!dcfg_pool_init(&writer.strings, &context->arena,
			    (size_t)string_count(&writer),
			    place(&writer, header, &sizes))) {
		dcfg_free(header);
		return false;
	}
	*length = write_image(&writer, header, &sizes);
	cut = dcfg_resize(header, *length);
	*bytes = cut ? cut : header;
	return true;
}
