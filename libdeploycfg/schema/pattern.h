/* SPDX-License-Identifier: ISC */
/* What a pattern becomes: steps of an automaton. Private to pattern*.c. */
#ifndef DCFG_SCHEMA_PATTERN_H
#define DCFG_SCHEMA_PATTERN_H

#include <wctype.h>

#include "schema/rule.h"

/* A character is judged in a time that grows with the steps, and no faster. */
#define DCFG_PATTERN_STEPS_MAX 1000

/* A member of a bracket expression that is not only ASCII. */
struct dcfg_pattern_member {
	struct dcfg_pattern_member *next;
	uint32_t from, to; /* code points; an empty range for a class */
	wctype_t class;    /* 0 for a range */
};

struct dcfg_pattern_set {
	uint64_t ascii[2];
	struct dcfg_pattern_member *beyond;
	size_t weight; /* it costs so many steps */
	locale_t locale;
	bool negated;
};

enum dcfg_pattern_kind {
	DCFG_PATTERN_END,
	DCFG_PATTERN_CHARACTER,
	DCFG_PATTERN_ANY,
	DCFG_PATTERN_SET,
	DCFG_PATTERN_FIRST, /* before the text; takes no character, nor do those below */
	DCFG_PATTERN_LAST,  /* behind it */
	DCFG_PATTERN_SPLIT, /* to the next one and to another */
	DCFG_PATTERN_JUMP
};

struct dcfg_pattern_step {
	enum dcfg_pattern_kind kind;
	union {
		uint32_t code;
		int32_t offset; /* to another one, from here: steps may be copied */
		const struct dcfg_pattern_set *set;
	};
};

struct dcfg_pattern {
	size_t count;
	struct dcfg_pattern_step steps[];
};

/* A pattern on its way to steps. */
struct dcfg_pattern_reader {
	struct dcfg_arena *arena;
	struct dcfg_view text;
	size_t at;
	locale_t locale;
	struct dcfg_pattern_step *steps; /* room for DCFG_PATTERN_STEPS_MAX */
	size_t count;
	size_t weight; /* at least count */
	const char *problem;
};

/* pattern_parse.c: false with a problem, or without memory where there is none. */
bool dcfg_pattern_parse(struct dcfg_pattern_reader *reader);

/* pattern_set.c: one in brackets, from behind the '[' to behind the ']', or that of \w
 * and \s. NULL with a problem, or without memory. */
const struct dcfg_pattern_set *dcfg_pattern_brackets(struct dcfg_pattern_reader *reader);
const struct dcfg_pattern_set *dcfg_pattern_escaped(struct dcfg_pattern_reader *reader,
						    char letter);
bool dcfg_pattern_set_has(const struct dcfg_pattern_set *set, uint32_t code);

/* pattern_match.c: room for judging texts; NULL without memory. */
struct dcfg_pattern_run *dcfg_pattern_run_new(struct dcfg_arena *arena);

#endif
