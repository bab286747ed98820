/* SPDX-License-Identifier: ISC */
/* Looking at raw YAML text: what may not be in it before it is parsed, and finding
 * places. No events, no tree. */
#ifndef DCFG_SOURCE_YAML_SCAN_H
#define DCFG_SOURCE_YAML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* Characters that a key has at most, as written, unless `?` is before it. */
#define DCFG_YAML_KEY_MAX 1024

/* The first thing in a text that the dialect forbids whatever surrounds it. */
struct dcfg_yaml_raw {
	const char *what, *hint; /* NULL where it is one directive too many */
	uint32_t line, column;   /* 0 where there is no such thing */
	size_t directives; /* lines that begin with %; counted to one more than allowed */
	size_t readable;   /* bytes of the whole lines before it that may be read */
};

struct dcfg_yaml_raw dcfg_yaml_prescan(struct dcfg_view text, uint64_t directives_max);

/* Whether a text that begins at a value without text ends without one: blanks,
 * comments, tag and anchor are all there is. */
bool dcfg_yaml_is_void(struct dcfg_view text);

/* Whether a line begins with what would be a key, were it not longer than YAML allows. */
bool dcfg_yaml_is_long_key(struct dcfg_view line);

/* The rest of a line from a column on, without its end; empty where there is none. */
struct dcfg_view dcfg_yaml_rest(struct dcfg_view text, uint32_t line, uint32_t column);

#endif
