/* SPDX-License-Identifier: ISC */
/*
 * The image as it lies in memory and in files: docs/image-format.md says it with
 * pictures. Every number is little-endian; every offset (marked ->) is relative to its
 * own field and leads forward; 0 is none. Knows the layout, not who writes or reads it.
 */
#ifndef DCFG_IMAGE_FORMAT_H
#define DCFG_IMAGE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/byteorder.h"
#include "deploycfg.h"

#define DCFG_MAGIC "\211dcfg\r\n\032" /* 8 bytes; text-mode copies damage it */
#define DCFG_MAJOR 1                  /* another one is another format */
#define DCFG_MINOR 0                  /* a higher one has sections to skip */
#define DCFG_SIZE_MAX UINT32_MAX
#define DCFG_DIGEST_SIZE 33 /* 32 hexadecimal digits and a NUL */

/* In this order: offsets lead forward. */
enum dcfg_section_id {
	DCFG_RECORDS = 1,
	DCFG_HISTORY,
	DCFG_RELATED,
	DCFG_SOURCES,
	DCFG_STRINGS,
	DCFG_VALUES,
	DCFG_INDEX
};
#define DCFG_SECTIONS 7

struct dcfg_section {
	struct le32 id;
	struct le32 offset; /* from the image's first byte; a multiple of 8 */
	struct le32 size;   /* bytes, without the padding behind it */
	struct le32 count;  /* elements; bytes where they are texts */
};

struct dcfg_header {
	char magic[8];
	struct le16 major, minor;
	struct le16 header_size; /* the section table begins there */
	struct le16 record_size;
	struct le32 size; /* of the whole image */
	struct le32 sections;
	struct le64 checksum;
	struct le32 seed;        /* of the index */
	struct le32 flags;       /* enum dcfg_image_flags */
	struct le32 environment; /* -> values */
	struct le32 overlays;    /* -> values; joined by commas */
	struct le32 selected_by; /* -> strings */
	struct le32 overlays_by; /* -> strings */
	struct le32 prefix;      /* -> strings */
	char values_digest[DCFG_DIGEST_SIZE];
	char image_digest[DCFG_DIGEST_SIZE];
	uint8_t reserved[2];
};

enum dcfg_image_flags {
	DCFG_HAS_SCHEMA = 1 << 0 /* keys were judged by one */
};

enum dcfg_record_flags {
	DCFG_NEXT = 1 << 0,   /* of a key: behind the subtree is the parent's next child;
			     * of a value that lost: behind it is the next weaker one */
	DCFG_ITEM = 1 << 1,   /* of a list */
	DCFG_QUOTED = 1 << 2, /* the path's last segment: the name follows the path */
	/* What a schema says, in the order of enum deploycfg_flag. */
	DCFG_SECRET = 1 << 3,
	DCFG_DEFAULT = 1 << 4,
	DCFG_DEPRECATED = 1 << 5,
	DCFG_RESTART = 1 << 6,
	DCFG_REPLACES = 1 << 7
};

#define DCFG_SET_MARK 16 /* in place of a type: a secret that is set, whatever it is */
#define DCFG_MASKED 0x80 /* of `kind`: what shows values to people shows a mask */

/*
 * One key, one key of history, or one value that lost. Behind its path stand the name, if
 * QUOTED, and the text, if it is a scalar; one that lost has path and name of its owner, and
 * its text elsewhere. A SECRET scalar has neither text nor value here, but a twin in a block
 * of its own, see secrets.h.
 */
struct deploycfg_entry {
	struct le64 value; /* of scalars; LIST, MAP: records of the subtree; of a SECRET
			    * scalar: the number of its twin */
	struct le32 path;  /* -> values or strings */
	struct le16 path_length;
	uint8_t kind; /* enum deploycfg_type + 16 * enum deploycfg_relation, DCFG_MASKED */
	uint8_t flags;
	struct le32 length; /* bytes of text; LIST, MAP: number of children */
	struct le32 source; /* -> sources; 0 for a root without children */
	struct le32 line, column;
	struct le32 related; /* -> related, the strongest of a run; of a scalar that lost:
			      * -> strings, its text */
};

struct deploycfg_source {
	struct le32 name, label, reason, revision; /* -> strings */
	struct le32 layer;                         /* as a two's complement */
	struct le32 rank;                          /* its place in the table */
	uint8_t kind;                              /* enum deploycfg_source_kind */
	uint8_t state;                             /* enum deploycfg_source_state */
	uint8_t syntax;                            /* enum deploycfg_syntax */
	uint8_t reserved[5];
};

/* Bytes of an element of a section. */
static inline size_t dcfg_element(enum dcfg_section_id id)
{
	static const uint8_t sizes[DCFG_SECTIONS + 1] = {
		[DCFG_RECORDS] = sizeof(struct deploycfg_entry),
		[DCFG_HISTORY] = sizeof(struct deploycfg_entry),
		[DCFG_RELATED] = sizeof(struct deploycfg_entry),
		[DCFG_SOURCES] = sizeof(struct deploycfg_source),
		[DCFG_STRINGS] = 1,
		[DCFG_VALUES] = 1,
		[DCFG_INDEX] = sizeof(struct le32),
	};

	return sizes[id];
}

_Static_assert(sizeof(struct dcfg_section) == 16, "no hidden padding");
_Static_assert(sizeof(struct dcfg_header) == 128, "no hidden padding");
_Static_assert(sizeof(struct deploycfg_entry) == 36, "no hidden padding");
_Static_assert(sizeof(struct deploycfg_source) == 32, "no hidden padding");

#endif
