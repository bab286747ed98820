/* SPDX-License-Identifier: ISC */
/* The parts of verifying, in the order in which they may trust each other. */
#ifndef DCFG_IMAGE_VERIFY_PARTS_H
#define DCFG_IMAGE_VERIFY_PARTS_H

#include "image/read.h"
#include "image/verify.h"

/* A section that is walked from its beginning to its end: everything in it is used
 * once, in order, or it is no image of ours. */
struct dcfg_text_section {
	const char *next, *end;
};

struct dcfg_verifier {
	const char *bytes;
	size_t length;
	struct dcfg_image image; /* from the third part on */
	struct dcfg_text_section values, strings;
	const struct deploycfg_entry *related; /* the next that must have an owner */
	uint64_t twins;                        /* secrets so far */
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

/* Takes the next string of a section, to which the field must lead. */
bool dcfg_verify_string(struct dcfg_verifier *verifier, struct dcfg_text_section *section,
			const struct le32 *field);

/* Keys that have a value, and what lost there: tree, paths, names, values. */
bool dcfg_verify_records(struct dcfg_verifier *verifier);

/* Keys that have none, and what lost there. */
bool dcfg_verify_history(struct dcfg_verifier *verifier);

/* What every record has, whatever its table: type, relation, value, origin, flags among
 * `flags`. */
bool dcfg_verify_value(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *record, unsigned flags);

/* Takes the section's next path as the record's. */
bool dcfg_verify_path(struct dcfg_verifier *verifier, struct dcfg_text_section *section,
		      const struct deploycfg_entry *record);

/* A path's last segment in a map; where it is quoted, takes the section's next string as its
 * name, which must be it without quotes. name: gets the name. */
bool dcfg_verify_segment(struct dcfg_verifier *verifier,
			 struct dcfg_text_section *section,
			 const struct deploycfg_entry *record, struct dcfg_view segment,
			 struct dcfg_view *name);

/* Takes the section's next text as the record's, if it is a scalar. */
bool dcfg_verify_text(struct dcfg_verifier *verifier, struct dcfg_text_section *section,
		      const struct deploycfg_entry *record);

#endif
