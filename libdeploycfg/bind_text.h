/* SPDX-License-Identifier: ISC */
/* Values as YAML that libyaml and libcyaml read back to exactly these values. */
#ifndef DCFG_BIND_TEXT_H
#define DCFG_BIND_TEXT_H

#include <stdint.h>

#include "base/error.h"

/* Valid UTF-8 without NUL, quoted. */
void dcfg_bind_write_string(struct dcfg_text_buffer *text, struct dcfg_view value);

/* Decimal. */
void dcfg_bind_write_int(struct dcfg_text_buffer *text, int64_t value);
void dcfg_bind_write_uint(struct dcfg_text_buffer *text, uint64_t value);

/* Hexadecimal digits and a power of two, inf or nan. */
void dcfg_bind_write_double(struct dcfg_text_buffer *text, double value);

#endif
