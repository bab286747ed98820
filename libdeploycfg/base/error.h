/* SPDX-License-Identifier: ISC */
/* What a diagnostic is made of: diag.c makes it, error.c shows it. */
#ifndef DCFG_BASE_ERROR_H
#define DCFG_BASE_ERROR_H

#include "base/diag.h"

/* A growing text. What does not fit memory is left out and remembered. */
struct dcfg_text_buffer {
	char *ptr; /* NUL-terminated, NULL while empty */
	size_t len, capacity;
	bool failed;
};

void dcfg_buffer_add(struct dcfg_text_buffer *buffer, struct dcfg_view text);
void dcfg_buffer_printf(struct dcfg_text_buffer *buffer, const char *format, ...)
	DCFG_PRINTF(2, 3);

/* Cuts it to a length that it had before. */
void dcfg_buffer_cut(struct dcfg_text_buffer *buffer, size_t len);

struct deploycfg_error {
	enum deploycfg_status status;
	enum deploycfg_severity severity;
	uint32_t line, column;
	const char *file, *key, *message; /* follow in the same block; "" for none */
	char *expected, *hint;            /* NULL for none */
	/* Remembers lack of memory; NULL for related ones. */
	struct deploycfg_errors *list;
	struct deploycfg_error **related;
	size_t related_count, related_capacity;
	struct dcfg_text_buffer text; /* always whole: extended by whatever is added */
	size_t head_end, excerpt_end; /* of it: what comes first, and what second */
	size_t text_end;              /* of it without the hint, which stays last */
};

/* The list of those who have no memory for one: nobody may write to it. */
extern const struct deploycfg_errors dcfg_errors_without_memory;

/* What stands for lack of memory in a list that remembers it. */
extern const struct deploycfg_error dcfg_memory_error;

/* The code of a status, "" for no such status. */
const char *dcfg_status_code(enum deploycfg_status status);

/* Writes the text of a diagnostic that has neither related places nor hint yet. */
void dcfg_write_head(struct dcfg_text_buffer *text, const struct deploycfg_error *error);

/* What stands there of a line that must not be shown. */
#define DCFG_HIDDEN_LINE "%5u | " DCFG_MASK "\n"

/* Writes the line of a place and a caret below its column, or nothing without a line. */
void dcfg_write_excerpt(struct dcfg_text_buffer *text, const struct dcfg_place *place);

/* Writes again what follows the excerpt. */
void dcfg_error_rewrite(struct deploycfg_error *error);

/* The diagnostic that stands for those beyond the limit, and what it says. */
struct dcfg_rest {
	struct deploycfg_error error;
	size_t limit; /* of the list when the first of them came */
	char message[96], text[128];
};

/* Writes it, for a list that has one. */
const struct deploycfg_error *dcfg_errors_rest(const struct deploycfg_errors *list);

/* The list behind errors, made where there is none yet; NULL without memory. */
struct deploycfg_errors *dcfg_errors_list(struct deploycfg_errors **errors);

bool dcfg_errors_full(const struct deploycfg_errors *list);

/* Takes a diagnostic over, or frees it, remembers that and returns NULL where memory is
 * out; NULL is one that there was no memory for. */
struct deploycfg_error *dcfg_errors_append(struct deploycfg_errors *list,
					   struct deploycfg_error *error);

/* Remembers lack of memory; the list may be NULL. */
void dcfg_errors_remember(struct deploycfg_errors *list);

void dcfg_error_free(struct deploycfg_error *error);
void dcfg_errors_free(struct deploycfg_errors *list);

#endif
