/* SPDX-License-Identifier: ISC */
/*
 * INI through inih, which tells keys from sections and which section a key is in. It
 * never sees a line as it stands in the file, for it would cut what is long, glue what is
 * indented, and drop what it takes for a comment: a header is handed to it as `[name]`,
 * or under a number where it could misread the name, a key as its first letter and `=`,
 * and what it answers must be what was handed over. Names, values and places are taken
 * from the text itself. An inih that was built or set up in another way agrees or is
 * refused; it is not asked how.
 *
 * Knows nothing of files and layers.
 */
#include "source/ini.h"

#include <ini.h>

#include "source/source.h"

/* inih keeps 49 bytes of a section's name. */
#define SEEN_MAX 47
/* Room for a stand-in with brackets, line end and NUL. */
#define BUFFER_MIN 16

struct reader {
	struct dcfg_ini *ini;
	char section[SEEN_MAX + 1]; /* what inih was handed last */
	char key[2];
	bool waiting; /* for its answer to a key */
	bool broken;  /* it gave another one */
};

/* What inih reads as it stands. */
static bool is_harmless(char byte)
{
	return (unsigned char)byte < 0x80 && dcfg_ini_plain(byte);
}

static bool is_harmless_name(struct dcfg_view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_harmless(name.ptr[i]) && name.ptr[i] != '.')
			return false;
	return true;
}

static void write_header(struct reader *reader, char *buffer, size_t room)
{
	struct dcfg_view name = reader->ini->line.name;
	char number[BUFFER_MIN];

	if (name.len > SEEN_MAX || name.len + 4 > room || !is_harmless_name(name)) {
		int length = snprintf(number, sizeof(number), "%u", reader->ini->number);

		name = dcfg_view(number, (size_t)length);
	}
	memcpy(reader->section, name.ptr, name.len);
	reader->section[name.len] = '\0';
	buffer[0] = '[';
	memcpy(buffer + 1, name.ptr, name.len);
	memcpy(buffer + 1 + name.len, "]", 2);
}

static void write_key(struct reader *reader, char *buffer)
{
	char first = reader->ini->line.name.ptr[0];

	reader->key[0] = is_harmless(first) ? first : 'x';
	buffer[0] = reader->key[0];
	memcpy(buffer + 1, "=", 2);
	reader->waiting = true;
}

static void disagree(struct reader *reader, const char *problem)
{
	struct dcfg_ini *ini = reader->ini;

	if (!reader->broken)
		dcfg_error_hint(dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, ini->start,
					      "the library inih %s", problem),
				"use an inih that was built with its default options");
	reader->broken = ini->lacks = true;
}

/* For inih: the next header or key; NULL at the end. */
static char *hand_over(char *buffer, int size, void *user)
{
	struct reader *reader = user;
	struct dcfg_ini *ini = reader->ini;

	if (reader->waiting)
		disagree(reader, "passed over this line");
	if (size < BUFFER_MIN)
		disagree(reader, "was built for lines that are too short");
	while (!reader->broken && !ini->context->arena.failed &&
	       dcfg_ini_next_line(ini)) {
		if (ini->line.is_header && !dcfg_ini_open_section(ini))
			continue;
		if (ini->line.is_header)
			write_header(reader, buffer, (size_t)size);
		else
			write_key(reader, buffer);
		return buffer;
	}
	return NULL;
}

/* For inih: what it made of a key. A name of NULL is how some builds announce
 * sections. */
static int answer(void *user, const char *section, const char *name, const char *value)
{
	struct reader *reader = user;

	if (!name)
		return 1;
	if (reader->waiting && value && !*value && strcmp(name, reader->key) == 0 &&
	    strcmp(section, reader->section) == 0)
		dcfg_ini_take_key(reader->ini);
	else
		disagree(reader, "reads this line differently");
	reader->waiting = false;
	return 1;
}

static bool parse(struct dcfg_ini *ini)
{
	struct reader reader = {.ini = ini};
	int status = ini_parse_stream(hand_over, &reader, answer, &reader);

	if (status == -2)
		ini->context->arena.failed = true;
	else if (status != 0 || reader.waiting)
		disagree(&reader, "passed over this line");
	return !ini->failed && !ini->context->arena.failed;
}

bool dcfg_ini_read(struct dcfg_context *context, uint32_t source, struct dcfg_view text,
		   struct dcfg_layer *layer)
{
	struct dcfg_origin origin = dcfg_origin(source, 1, 1);
	struct dcfg_node *root = dcfg_node_uncounted(context, DEPLOYCFG_MAP, origin);
	struct dcfg_ini ini = {
		.context = context,
		.layer = layer,
		.source = source,
		.expands = context->sources.list[source].layer <= DCFG_LAYER_EXPANDED_MAX,
		.section = root,
		.block_index = dcfg_node_uncounted(context, DEPLOYCFG_MAP, origin),
		.last_block = &layer->blocks,
	};
	bool good;

	if (!root || !ini.block_index)
		return false;
	*layer = (struct dcfg_layer){.root = root};
	dcfg_ini_begin(&ini, text);
	good = parse(&ini);
	if (ini.lacks)
		layer->loss = DCFG_LOST_KEYS;
	return good;
}
