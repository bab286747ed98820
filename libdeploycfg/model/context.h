/* SPDX-License-Identifier: ISC */
/* What lives as long as one load and every stage is handed: memory, names, sources, limits,
 * and the list of what went wrong. */
#ifndef DCFG_MODEL_CONTEXT_H
#define DCFG_MODEL_CONTEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/trust.h"
#include "model/origin.h"

/* What these two are bounded by whatever a caller asks for: buffers and recursion rely on it. */
#define DCFG_DEPTH_MAX 256
#define DCFG_PATH_MAX 4096

struct dcfg_limits {
	uint64_t of[DEPLOYCFG_LIMIT_SECRET_FILE + 1]; /* by enum deploycfg_limit */
};

extern const struct dcfg_limits dcfg_default_limits;

/* What the manifest calls it. */
const char *dcfg_limit_field(enum deploycfg_limit limit);

/* The most that a limit can be raised to. */
uint64_t dcfg_limit_max(enum deploycfg_limit limit);

struct dcfg_skipped;   /* see model/history.h */
struct dcfg_concealed; /* see model/conceal.h */

struct dcfg_context {
	struct dcfg_arena arena;
	struct dcfg_arena
		vault; /* see base/vault.h: for secrets, and what is made of them */
	struct dcfg_intern names;
	struct dcfg_sources sources;
	struct dcfg_limits limits;
	bool fixed_limits;       /* those of content: no manifest can raise them */
	struct dcfg_trust trust; /* what may be read */
	struct deploycfg_errors *errors;
	struct dcfg_skipped *skipped;     /* the last one; they form a ring */
	struct dcfg_concealed *concealed; /* NULL where nothing was noted */
	uint64_t keys;  /* nodes made so far, against DEPLOYCFG_LIMIT_KEYS */
	uint64_t free;  /* those of them that are no keys of layers, and do not count */
	uint64_t bytes; /* read so far, against DEPLOYCFG_LIMIT_TOTAL */
	uint64_t files; /* and texts, against DEPLOYCFG_LIMIT_SOURCES */
	/* What no node has need not be looked for in all of them. */
	bool has_operators; /* dcfg_set_op(), DCFG_ITEMS */
	bool has_templates; /* DCFG_TEMPLATE */
	bool has_secrets;   /* DCFG_IS_SECRET: the arena is wiped, too */
	bool lint;          /* tell what is valid and likely not meant */
	bool lacks_keys;    /* of layers, by errors: none may be told to be missing */
	struct dcfg_view *written; /* texts that a schema made canonical, as they were */
	size_t written_count, written_capacity;
};

void dcfg_context_init(struct dcfg_context *context, const struct dcfg_limits *limits);

/* Frees all but the errors, which it returns. */
struct deploycfg_errors *dcfg_context_fini(struct dcfg_context *context);

/* Whether an error was reported or memory ran out: nothing may be published. */
bool dcfg_failed(const struct dcfg_context *context);

/* The place of an origin, with its line for the excerpt. */
struct dcfg_place dcfg_place_of(struct dcfg_context *context, struct dcfg_origin origin);

/* The same for an error of that kind, which may say that the line is not to be shown. */
struct dcfg_place dcfg_place_for(struct dcfg_context *context,
				 enum deploycfg_status status, struct dcfg_origin origin);

/* Whether diagnostics are only counted from now on; then this counts one. */
bool dcfg_only_counts(struct dcfg_context *context, enum deploycfg_severity severity);

/* Report at a place, which may be NULL, or at an origin; the key may be NULL. See base/diag.h
 * for what may be added. */
struct deploycfg_error *
dcfg_report_at(struct dcfg_context *context, enum deploycfg_severity severity,
	       enum deploycfg_status status, const struct dcfg_place *place,
	       const char *key, const char *format, ...) DCFG_PRINTF(6, 7);
struct deploycfg_error *
dcfg_report(struct dcfg_context *context, enum deploycfg_severity severity,
	    enum deploycfg_status status, struct dcfg_origin origin, const char *key,
	    const char *format, ...) DCFG_PRINTF(6, 7);

/* Arguments are evaluated only where somebody will read them: paths and places cost. */
#define dcfg_fail_at(context, ...)                                                       \
	(dcfg_only_counts(context, DEPLOYCFG_ERROR)                                      \
		 ? NULL                                                                  \
		 : dcfg_report_at(context, DEPLOYCFG_ERROR, __VA_ARGS__))
#define dcfg_fail(context, ...)                                                          \
	(dcfg_only_counts(context, DEPLOYCFG_ERROR)                                      \
		 ? NULL                                                                  \
		 : dcfg_report(context, DEPLOYCFG_ERROR, __VA_ARGS__))
#define dcfg_warn_at(context, ...)                                                       \
	(dcfg_only_counts(context, DEPLOYCFG_WARNING)                                    \
		 ? NULL                                                                  \
		 : dcfg_report_at(context, DEPLOYCFG_WARNING, __VA_ARGS__))
#define dcfg_warn(context, ...)                                                          \
	(dcfg_only_counts(context, DEPLOYCFG_WARNING)                                    \
		 ? NULL                                                                  \
		 : dcfg_report(context, DEPLOYCFG_WARNING, __VA_ARGS__))
#define dcfg_note_at(context, ...)                                                       \
	(dcfg_only_counts(context, DEPLOYCFG_NOTE)                                       \
		 ? NULL                                                                  \
		 : dcfg_report_at(context, DEPLOYCFG_NOTE, __VA_ARGS__))

/* Adds an origin that is involved to a diagnostic, which may be NULL. */
void dcfg_relate(struct dcfg_context *context, struct deploycfg_error *error,
		 struct dcfg_origin origin, const char *format, ...) DCFG_PRINTF(4, 5);

/* Adds the variable that names the file of an origin, if one does: dcfg_report() does so itself. */
void dcfg_relate_namer(struct dcfg_context *context, struct deploycfg_error *error,
		       struct dcfg_origin origin);

/* Reports that an amount is more than a limit allows; gives false. The place may be NULL. */
bool dcfg_exceeds_at(struct dcfg_context *context, enum deploycfg_limit limit,
		     uint64_t amount, const struct dcfg_place *place, const char *key);
bool dcfg_exceeds(struct dcfg_context *context, enum deploycfg_limit limit,
		  uint64_t amount, struct dcfg_origin origin, const char *key);

/*
 * The one range check of limits: true where `amount` is within the limit, else an error at the
 * origin that names the limit. The key is evaluated only then, the rest more than once.
 */
#define dcfg_within(context, limit, amount, origin, key)                                 \
	(dcfg_likely((uint64_t)(amount) <= (context)->limits.of[limit])                  \
		 ? true                                                                  \
		 : dcfg_exceeds(context, limit, amount, origin, key))
#define dcfg_within_at(context, limit, amount, place)                                    \
	(dcfg_likely((uint64_t)(amount) <= (context)->limits.of[limit])                  \
		 ? true                                                                  \
		 : dcfg_exceeds_at(context, limit, amount, place, NULL))

#endif
