/* SPDX-License-Identifier: ISC */
/* What the files of the INI reader share: one state, one current line. Private to
 * ini*.c. */
#ifndef DCFG_SOURCE_INI_H
#define DCFG_SOURCE_INI_H

#include "model/layer.h"

/* Longest section header (between its brackets) or key, as written. */
#define DCFG_INI_NAME_MAX 190

/* A header, or a key with its value. */
struct dcfg_ini_line {
	bool is_header;
	struct dcfg_view
		name;    /* as written, between the brackets or before the separator */
	bool plain;      /* the name is one segment without quotes */
	enum dcfg_op op; /* SET, APPEND or UNSET */
	struct dcfg_view value;
	bool refused; /* the value is reported as wrong */
	bool literal; /* the value stood in '...' */
	bool decoded; /* the value does not stand in the text as it is */
	struct dcfg_origin key_origin, value_origin;
};

struct dcfg_ini {
	struct dcfg_context *context;
	struct dcfg_layer *layer;
	uint32_t source;
	bool expands; /* values of this source may hold references */
	bool failed;  /* an error was reported */
	bool lacks;   /* keys are missing for that, and nobody knows which */

	/* Physical lines. */
	const char *next, *end;   /* what was not read yet */
	const char *start, *stop; /* the current line without its end */
	const char *odd; /* the next byte from its start on that may mean something */
	uint32_t number;

	struct dcfg_ini_line line; /* the current logical one */

	/* Where keys go. */
	struct dcfg_node *section; /* NULL after a bad header: keys are passed over */
	size_t section_depth, section_length;
	struct dcfg_node *block_index; /* a map of struct named_block */
	struct dcfg_block **last_block;
};

/* ini_text.c: physical lines, places in them */
void dcfg_ini_begin(struct dcfg_ini *ini, struct dcfg_view text);
bool dcfg_ini_advance(struct dcfg_ini *ini);
bool dcfg_ini_line_is_clean(struct dcfg_ini *ini);
struct dcfg_origin dcfg_ini_origin(const struct dcfg_ini *ini, const char *at);
struct dcfg_origin dcfg_ini_text_origin(const struct dcfg_ini *ini);
const char *dcfg_ini_key(struct dcfg_ini *ini);

/* Reports an error at a byte of the current physical line; gives the error or NULL. */
#define dcfg_ini_fail(ini, status, at, ...)                                              \
	((ini)->failed = true,                                                           \
	 dcfg_fail((ini)->context, status, dcfg_ini_origin(ini, at), dcfg_ini_key(ini),  \
		   __VA_ARGS__))

/* The same for the current value, which is told by its first character wherever the
 * problem is in it. */
#define dcfg_ini_fail_value(ini, status, ...)                                            \
	((ini)->failed = true,                                                           \
	 dcfg_fail((ini)->context, status, (ini)->line.value_origin, dcfg_ini_key(ini),  \
		   __VA_ARGS__))

/* ini_line.c: a logical line's name and separator */
bool dcfg_ini_next_line(struct dcfg_ini *ini);
bool dcfg_ini_looks_like_key(const char *at, const char *stop);

/* ini_value.c: its value, `at` being the first byte after the separator */
bool dcfg_ini_read_value(struct dcfg_ini *ini, const char *at);
void dcfg_ini_abandon_value(struct dcfg_ini *ini);

/* ini_escape.c: escapes in it */
bool dcfg_ini_unescape(struct dcfg_ini *ini);

/* ini_tree.c: what it does to the layer */
bool dcfg_ini_open_section(struct dcfg_ini *ini);
void dcfg_ini_take_key(struct dcfg_ini *ini);

/* Whether the line is ASCII without controls, '#', ';', '\\' and '$'. */
static inline bool dcfg_ini_line_is_plain(const struct dcfg_ini *ini)
{
	return ini->odd >= ini->stop;
}

/* Letters, digits, '-', '_' and all that is not ASCII: what a segment without quotes
 * holds. */
static inline bool dcfg_ini_plain(char byte)
{
	static const uint64_t bits[4] = {UINT64_C(0x03ff200000000000),
					 UINT64_C(0x07fffffe87fffffe), UINT64_MAX,
					 UINT64_MAX};
	unsigned char index = (unsigned char)byte;

	return bits[index >> 6] >> (index & 63) & 1;
}

static inline bool dcfg_ini_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static inline const char *dcfg_ini_skip_blanks(const char *at, const char *stop)
{
	while (at < stop && dcfg_ini_blank(*at))
		at++;
	return at;
}

/* The end of what is between `from` and `stop` without blanks behind it. */
static inline const char *dcfg_ini_trim_end(const char *from, const char *stop)
{
	while (stop > from && dcfg_ini_blank(stop[-1]))
		stop--;
	return stop;
}

#endif
