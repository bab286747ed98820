/* SPDX-License-Identifier: ISC */
/* Paths as schemas write them. Must not know what is declared. */
#include "schema_path.h"

#include <string.h>

static bool is_plain(const char *name)
{
	for (const char *at = name; *at; at++) {
		bool plain = (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') ||
			     (*at >= 'a' && *at <= 'z') || *at == '_' || *at == '-' ||
			     (unsigned char)*at >= 0x80;

		if (!plain)
			return false;
	}
	return *name;
}

static void quoted(struct writer *out, const char *name)
{
	tool_text(out, "\"");
	for (; *name; name++) {
		tool_text(out, *name == '"' || *name == '\\' ? "\\" : "");
		tool_bytes(out, name, 1);
	}
	tool_text(out, "\"");
}

size_t tool_path_add(struct text *path, const struct key *key)
{
	struct writer out = {NULL, path, 0};
	size_t end = path->length;

	if (key->segment == SEGMENT_ITEM) {
		tool_text(&out, "[]");
		return end;
	}
	tool_text(&out, end ? "." : "");
	if (key->segment == SEGMENT_ANY)
		tool_text(&out, "*");
	else if (is_plain(key->name))
		tool_text(&out, key->name);
	else
		quoted(&out, key->name);
	return end;
}

void tool_path_cut(struct text *path, size_t end)
{
	path->length = end;
}
