/* SPDX-License-Identifier: ISC */
/* The parts of verifying, in the order in which they may trust each other. */
#ifndef DCFG_IMAGE_VERIFY_PARTS_H
#define DCFG_IMAGE_VERIFY_PARTS_H

#include "image/read.h"
#include "image/verify.h"

/* A section that is walked from its beginning to its end: everything in it is used
 * once, in order, or it is no image of ours. */
struct dcfg_text_section {
	const char *start, *next, *end;
};

struct dcfg_verifier {
	const char *bytes;
	size_t length;
	struct dcfg_image image; /* from the second part on */
	struct dcfg_text_section paths, strings;
	size_t value_strings;                  /* bytes of strings that values use */
	const struct deploycfg_entry *related; /* the next that must have an owner */
	const char *problem;
	size_t offset;
};

/* Notes the problem and returns false. */
static inline bool dcfg_refuse(struct dcfg_verifier *verifier, const void *where,
			       const char *problem)
{
	verifier->problem = problem;
	verifier->offset = (size_t)((const char *)where - verifier->bytes);
	return false;
}

/* Header and section table; nothing else may be looked at before. */
bool dcfg_verify_layout(struct dcfg_verifier *verifier);

/* What a field leads to, NULL where that is outside. */
static inline const char *dcfg_target(const struct dcfg_verifier *verifier,
				      const struct le32 *field)
{
	uint64_t offset =
		(uint64_t)((const char *)field - verifier->bytes) + le32_get(*field);

	return offset < verifier->length ? verifier->bytes + offset : NULL;
}

/*
 * A field that must lead to a string: the next of the section, or one that was there
 * before. length: of it, or SIZE_MAX where the string's end says it.
 */
bool dcfg_verify_string(struct dcfg_verifier *verifier, const struct le32 *field,
			size_t length);

/* Keys that have a value: tree, paths, names, values. */
bool dcfg_verify_records(struct dcfg_verifier *verifier);

/* Keys that have none. */
bool dcfg_verify_history(struct dcfg_verifier *verifier);

/* The runs of values that lost. */
bool dcfg_verify_related(struct dcfg_verifier *verifier);

/* What every record has, whatever its table: type, value, text, origin, flags among
 * `flags`. */
bool dcfg_verify_value(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *record, unsigned flags);

/* The path's last segment, and the name that must be it without quotes. */
bool dcfg_verify_name(struct dcfg_verifier *verifier,
		      const struct deploycfg_entry *record, struct dcfg_view segment);

/* Takes the next path of the section as the record's. */
bool dcfg_verify_path(struct dcfg_verifier *verifier,
		      const struct deploycfg_entry *record);

#endif
