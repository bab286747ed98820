/* SPDX-License-Identifier: ISC */
/* What JSON is made of, for all who write it. */
#ifndef TOOL_JSON_PARTS_H
#define TOOL_JSON_PARTS_H

#include "writer.h"

/* "name": */
void tool_json_member(struct writer *out, const char *name);

/* The same behind another member. */
void tool_json_next(struct writer *out, const char *name);

void tool_json_string(struct writer *out, const char *text);

/* null for "" and 0, which stand for nothing. */
void tool_json_string_or_null(struct writer *out, const char *text);
void tool_json_number_or_null(struct writer *out, unsigned number);

#endif
