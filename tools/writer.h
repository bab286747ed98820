/* SPDX-License-Identifier: ISC */
/* Text on its way out: where it stands in its line, and escapes for all that is not to be
 * shown as it is. Knows nothing of configuration. */
#ifndef TOOL_WRITER_H
#define TOOL_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A text that grows; what does not fit memory is left out and remembered. */
struct text {
	char *bytes; /* owned: free() it */
	size_t length, capacity;
	bool failed;
};

/* Writes to a file or a text. With neither only columns are counted. */
struct writer {
	FILE *file;
	struct text *text;
	size_t column; /* characters since the line began */
};

static inline struct writer tool_writer(FILE *file)
{
	return (struct writer){.file = file};
}

/* Hands on that a text which was written in between lacked memory. */
static inline void tool_hand_on(struct writer *out, const struct text *part)
{
	if (out->text && part->failed)
		out->text->failed = true;
}

void tool_bytes(struct writer *out, const char *bytes, size_t length);

void tool_text(struct writer *out, const char *text);

/* Several; the list ends with NULL. */
void tool_texts(struct writer *out, const char *const *texts);

#define TOOL_TEXTS(out, ...) tool_texts(out, (const char *const[]){__VA_ARGS__, NULL})

void tool_number(struct writer *out, size_t number);

/* Blanks up to a column; none where the line is there already. */
void tool_pad(struct writer *out, size_t column);

/* Remembers the greatest width, which a first pass to nowhere learns for a second one.
 * What is wider than COLUMN_MAX does not push all others away. */
#define COLUMN_MAX 60

static inline void tool_widen(size_t *width, size_t other)
{
	if (other > *width && other <= COLUMN_MAX)
		*width = other;
}

/* Ends what stands in a column, which begins at `begin` and learns its width. Returns where the
 * next one begins. */
size_t tool_end_column(struct writer *out, size_t begin, size_t *width);

/* How one syntax writes characters that it cannot show. */
struct escapes {
	const char *special;        /* what takes a backslash before it */
	const char *from, *letters; /* those written by a letter, and the letters */
	void (*code)(struct writer *out, uint32_t code); /* for all others */
};

extern const struct escapes tool_escapes_yaml;      /* inside "..." */
extern const struct escapes tool_escapes_json;      /* inside "..." */
extern const struct escapes tool_escapes_single;    /* Python, inside '...' */
extern const struct escapes tool_escapes_double;    /* Python, inside "..." */
extern const struct escapes tool_escapes_ini;       /* inside "..." */
extern const struct escapes tool_escapes_show;      /* for people: paths, names */
extern const struct escapes tool_escapes_json_show; /* what that gives, inside "..." */
extern const struct escapes tool_escapes_terminal; /* the same, with line ends and tabs */

/* Code of a byte that is part of no character. */
#define TOOL_NOT_UTF8 UINT32_C(0x80000000)

/* Reads one character of length > 0. Returns its length; an invalid byte counts as one,
 * its code is TOOL_NOT_UTF8 plus the byte. */
size_t tool_decode(const char *bytes, size_t length, uint32_t *code);

/* Whether a character has a look of its own and changes no other's. */
bool tool_printable(uint32_t code);

/* Whether all of a text has. */
bool tool_all_printable(const char *text, size_t length);

void tool_escaped(struct writer *out, const struct escapes *escapes, const char *bytes,
		  size_t length);

/* The same between double quotes. */
void tool_quoted(struct writer *out, const struct escapes *escapes, const char *bytes,
		 size_t length);

/* The same with tool_escapes_show. */
void tool_show(struct writer *out, const char *text);

/* One word of a command as it is typed in a shell. */
void tool_shell_word(struct writer *out, const char *text);

#endif
