/* SPDX-License-Identifier: ISC */
/*
 * Lays an image out, which is measured before, and has it written section by section.
 * Knows the order of things; what a record holds is records.c.
 */
#include "image/freeze.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vault.h"
#include "image/digest.h"
#include "image/measure.h"
#include "image/records.h"

/* Name, label and reason of a source. */
struct source_texts {
	struct dcfg_view of[3];
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

/* Adds up their bytes, NULs included. NULL without memory. */
static struct source_texts *collect_source_texts(struct dcfg_context *context,
						 uint64_t *bytes)
{
	const struct dcfg_sources *sources = &context->sources;
	struct source_texts *texts =
		dcfg_arena_alloc(&context->arena, sources->count * sizeof(*texts));

	for (size_t i = 0; texts && i < sources->count; i++) {
		const struct dcfg_source *source = &sources->list[i];

		texts[i] = (struct source_texts){
			{source->name, source->label, source->reason}};
		for (size_t k = 0; k < DCFG_COUNT(texts[i].of); k++) {
			texts[i].of[k] = clean(&context->arena, texts[i].of[k]);
			*bytes += texts[i].of[k].len + 1;
		}
		++*bytes; /* the revision */
	}
	return texts;
}

/* Elements of each section, by its number. */
struct counts {
	uint64_t of[DCFG_SECTIONS + 1];
};

static struct counts count(const struct dcfg_context *context,
			   const struct dcfg_effective *effective,
			   const struct dcfg_sizes *sizes)
{
	return (struct counts){{
		[DCFG_RECORDS] = sizes->records,
		[DCFG_HISTORY] = effective->history->count,
		[DCFG_RELATED] = sizes->related,
		[DCFG_SOURCES] = context->sources.count,
		[DCFG_STRINGS] = sizes->strings + effective->selected_by.len +
				 effective->overlays_by.len + effective->prefix.len + 3,
		[DCFG_VALUES] = sizes->values + effective->environment.len +
				effective->overlays.len + 2,
		[DCFG_INDEX] = dcfg_index_shape((uint32_t)sizes->records).slots,
	}};
}

static uint64_t padded(uint64_t size)
{
	return (size + 7) & ~(uint64_t)7;
}

static uint64_t room_for(const struct counts *counts)
{
	uint64_t room =
		sizeof(struct dcfg_header) + DCFG_SECTIONS * sizeof(struct dcfg_section);

	for (unsigned id = DCFG_RECORDS; id <= DCFG_SECTIONS; id++)
		room += padded(counts->of[id] * dcfg_element(id));
	return room;
}

static bool check_room(struct dcfg_context *context,
		       const struct dcfg_effective *effective, uint64_t room)
{
	if (room <= DCFG_SIZE_MAX)
		return true;
	dcfg_fail(context, DEPLOYCFG_ERR_LIMIT, effective->root->origin, NULL,
		  "all values together take %llu bytes, and an image holds %llu",
		  (unsigned long long)room, (unsigned long long)DCFG_SIZE_MAX);
	return false;
}

/* Writes the section table. Sets the image's size. */
static void place(struct dcfg_header *header, const struct counts *counts)
{
	struct dcfg_section *section = (struct dcfg_section *)(header + 1);
	char *at = (char *)(section + DCFG_SECTIONS);

	for (unsigned id = DCFG_RECORDS; id <= DCFG_SECTIONS; id++, section++) {
		size_t size = (size_t)counts->of[id] * dcfg_element(id);

		section->id = le32_of(id);
		section->offset = le32_of((uint32_t)(at - (char *)header));
		section->size = le32_of((uint32_t)size);
		section->count = le32_of((uint32_t)counts->of[id]);
		at += padded(size);
	}
	header->size = le32_of((uint32_t)(at - (char *)header));
}

/* What is between sections; writers of texts may have been there. */
static void pad(struct dcfg_header *header)
{
	const struct dcfg_section *section = dcfg_section_table(header);

	for (size_t i = 0; i < DCFG_SECTIONS; i++) {
		size_t size = le32_get(section[i].size);

		memset((char *)header + le32_get(section[i].offset) + size, 0,
		       (size_t)padded(size) - size);
	}
}

static void write_header(struct dcfg_header *header, bool has_schema)
{
	memset(header, 0, sizeof(*header));
	memcpy(header->magic, DCFG_MAGIC, sizeof(header->magic));
	header->major = le16_of(DCFG_MAJOR);
	header->minor = le16_of(DCFG_MINOR);
	header->header_size = le16_of(sizeof(*header));
	header->record_size = le16_of(sizeof(struct deploycfg_entry));
	header->sections = le32_of(DCFG_SECTIONS);
	header->flags = le32_of(has_schema ? DCFG_HAS_SCHEMA : 0);
}

static void *section_of(struct dcfg_header *header, enum dcfg_section_id id)
{
	size_t ignored;

	return (void *)dcfg_section_start(header, id, &ignored);
}

static struct dcfg_writer writer_of(struct dcfg_context *context,
				    struct dcfg_header *header)
{
	return (struct dcfg_writer){
		.context = context,
		.records = section_of(header, DCFG_RECORDS),
		.history = section_of(header, DCFG_HISTORY),
		.related = section_of(header, DCFG_RELATED),
		.sources = section_of(header, DCFG_SOURCES),
		.strings = section_of(header, DCFG_STRINGS),
		.values = section_of(header, DCFG_VALUES),
	};
}

static void write_string(char **at, struct le32 *field, struct dcfg_view text)
{
	dcfg_lead(field, *at);
	*at = dcfg_write_text(*at, text);
}

static void write_selection(struct dcfg_writer *writer, struct dcfg_header *header,
			    const struct dcfg_effective *effective)
{
	write_string(&writer->values, &header->environment, effective->environment);
	write_string(&writer->values, &header->overlays, effective->overlays);
	write_string(&writer->strings, &header->selected_by, effective->selected_by);
	write_string(&writer->strings, &header->overlays_by, effective->overlays_by);
	write_string(&writer->strings, &header->prefix, effective->prefix);
}

static void write_sources(struct dcfg_writer *writer, const struct source_texts *texts)
{
	const struct dcfg_sources *sources = &writer->context->sources;

	for (size_t i = 0; i < sources->count; i++) {
		const struct dcfg_source *from = &sources->list[i];
		struct deploycfg_source *source = &writer->sources[i];

		memset(source, 0, sizeof(*source));
		write_string(&writer->strings, &source->name, texts[i].of[0]);
		write_string(&writer->strings, &source->label, texts[i].of[1]);
		write_string(&writer->strings, &source->reason, texts[i].of[2]);
		write_string(&writer->strings, &source->revision, DCFG_VIEW(""));
		source->layer = le32_of((uint32_t)from->layer);
		source->rank = le32_of((uint32_t)i);
		source->kind = (uint8_t)from->kind;
		source->state = (uint8_t)from->state;
		source->syntax = (uint8_t)from->syntax;
	}
}

/* The index comes last: there may be none, and then the image ends before it. */
static void write_index(struct dcfg_header *header, struct counts *counts)
{
	uint32_t records = (uint32_t)counts->of[DCFG_RECORDS], seed;
	struct dcfg_index_shape shape = dcfg_index_shape(records);

	if (!dcfg_index_build(&shape, section_of(header, DCFG_INDEX),
			      section_of(header, DCFG_RECORDS), records, &seed)) {
		counts->of[DCFG_INDEX] = 0;
		place(header, counts);
	}
	header->seed = le32_of(seed);
}

static void seal(struct dcfg_header *header)
{
	dcfg_values_digest(header, header->values_digest);
	dcfg_image_digest(header, header->image_digest);
	header->checksum = le64_of(dcfg_checksum(header));
}

/* Writes everything into a block that is large enough. */
static void
write_image(struct dcfg_context *context, const struct dcfg_effective *effective,
	    const struct source_texts *texts, struct counts *counts,
	    struct dcfg_header *header, struct dcfg_secrets *secrets, size_t twins)
{
	struct dcfg_writer writer;

	write_header(header, effective->has_schema);
	place(header, counts);
	writer = writer_of(context, header);
	writer.is_document = effective->is_document;
	writer.secrets = secrets;
	writer.twin = secrets->bytes ? secrets->bytes + twins : NULL;
	write_selection(&writer, header, effective);
	write_sources(&writer, texts);
	dcfg_write_records(&writer, effective->root);
	dcfg_write_history(&writer, effective->history);
	write_index(header, counts);
	pad(header);
	seal(header);
}

/* Bytes before the first twin. */
static uint64_t offsets_size(const struct dcfg_sizes *sizes)
{
	return padded(sizes->secrets * sizeof(struct le32));
}

/* Room for both; false without memory. */
static bool make_room(struct dcfg_context *context, const struct counts *counts,
		      const struct dcfg_sizes *sizes, struct dcfg_frozen *frozen)
{
	struct dcfg_secrets *secrets = &frozen->secrets;

	*frozen = (struct dcfg_frozen){.bytes = dcfg_alloc((size_t)room_for(counts))};
	if (frozen->bytes && sizes->secrets) {
		secrets->size = (size_t)(offsets_size(sizes) + sizes->vault);
		secrets->bytes = dcfg_vault_map(secrets->size);
		if (!secrets->bytes)
			frozen->bytes = dcfg_free(frozen->bytes);
	}
	context->arena.failed |= !frozen->bytes;
	return frozen->bytes;
}

bool dcfg_freeze(struct dcfg_context *context, const struct dcfg_effective *effective,
		 struct dcfg_frozen *frozen)
{
	struct dcfg_sizes sizes;
	struct source_texts *texts;
	struct counts counts;
	struct dcfg_header *header;

	if (!dcfg_measure(context, effective, &sizes))
		return false;
	texts = collect_source_texts(context, &sizes.strings);
	counts = count(context, effective, &sizes);
	if (context->arena.failed || !check_room(context, effective, room_for(&counts)) ||
	    !check_room(context, effective, offsets_size(&sizes) + sizes.vault) ||
	    !make_room(context, &counts, &sizes, frozen))
		return false;
	header = frozen->bytes;
	write_image(context, effective, texts, &counts, header, &frozen->secrets,
		    (size_t)offsets_size(&sizes));
	frozen->length = le32_get(header->size);
	dcfg_vault_seal(frozen->secrets.bytes, frozen->secrets.size);
	return true;
}
