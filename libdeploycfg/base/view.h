/* SPDX-License-Identifier: ISC */
/* Text as pointer and length, passed by value; NUL-terminated only at the public edge. */
#ifndef DCFG_BASE_VIEW_H
#define DCFG_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct dcfg_view {
	const char *ptr;
	size_t len;
};

/* Several of them. */
struct dcfg_views {
	const struct dcfg_view *list;
	size_t count;
};

#define DCFG_VIEW(literal) ((struct dcfg_view){(literal), sizeof(literal) - 1})
/* For "%.*s". */
#define DCFG_ARG(view) (int)(view).len, (view).ptr

static inline struct dcfg_view dcfg_view(const char *ptr, size_t len)
{
	return (struct dcfg_view){ptr, len};
}

static inline struct dcfg_view dcfg_view_text(const char *text)
{
	return (struct dcfg_view){text, strlen(text)};
}

/* ASCII letters and digits, in any locale. */
static inline bool dcfg_is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static inline bool dcfg_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* An ASCII letter as a small one, in any locale; every other byte as it is. */
static inline char dcfg_small(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static inline bool dcfg_view_equal(struct dcfg_view a, struct dcfg_view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Bytewise, a prefix before what it begins. */
static inline int dcfg_view_compare(struct dcfg_view a, struct dcfg_view b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static inline bool dcfg_view_starts(struct dcfg_view view, struct dcfg_view prefix)
{
	return view.len >= prefix.len &&
	       dcfg_view_equal(dcfg_view(view.ptr, prefix.len), prefix);
}

static inline bool dcfg_view_ends(struct dcfg_view view, struct dcfg_view suffix)
{
	return view.len >= suffix.len &&
	       dcfg_view_equal(dcfg_view(view.ptr + view.len - suffix.len, suffix.len),
			       suffix);
}

static inline struct dcfg_view dcfg_view_skip(struct dcfg_view view, size_t bytes)
{
	return (struct dcfg_view){view.ptr + bytes, view.len - bytes};
}

/* Without blanks (space and tab) at both ends. */
static inline struct dcfg_view dcfg_view_trim(struct dcfg_view view)
{
	while (view.len && (*view.ptr == ' ' || *view.ptr == '\t'))
		view = dcfg_view_skip(view, 1);
	while (view.len &&
	       (view.ptr[view.len - 1] == ' ' || view.ptr[view.len - 1] == '\t'))
		view.len--;
	return view;
}

#endif
