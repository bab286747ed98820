/* SPDX-License-Identifier: ISC */
/* References in values: only their escape so far. Knows final values, not how they merged. */
#include "model/interpolate.h"

/* The offset of the next `${`, and whether it is escaped by a `$` before it. */
static size_t next_brace(struct dcfg_view text, size_t from, bool *escaped)
{
	const char *found = memmem(text.ptr + from, text.len - from, "${", 2);
	size_t at = found ? (size_t)(found - text.ptr) : text.len;

	*escaped = found && at > from && text.ptr[at - 1] == '$';
	return at;
}

bool dcfg_has_reference(struct dcfg_view text)
{
	bool escaped;

	for (size_t at = next_brace(text, 0, &escaped); at < text.len;
	     at = next_brace(text, at + 2, &escaped))
		if (!escaped)
			return true;
	return false;
}

struct dcfg_view dcfg_unescape_references(struct dcfg_arena *arena, struct dcfg_view text)
{
	struct dcfg_view copy;
	size_t from = 0, len = 0;
	bool escaped;
	char *to;

	if (!memmem(text.ptr, text.len, "$${", 3))
		return text;
	copy = dcfg_arena_copy(arena, text);
	to = (char *)copy.ptr;
	while (copy.ptr && from < text.len) {
		size_t at = next_brace(text, from, &escaped),
		       end = at < text.len ? at + 2 : at;

		memcpy(to + len, text.ptr + from, at - from);
		len += at - from - escaped;
		memcpy(to + len, text.ptr + at, end - at);
		len += end - at;
		from = end;
	}
	if (copy.ptr)
		to[len] = '\0';
	return dcfg_view(copy.ptr, len);
}

static void expand(struct dcfg_context *context, struct dcfg_node *node)
{
	struct dcfg_view plain;
	struct deploycfg_error *error;

	if (dcfg_has_reference(dcfg_text(node))) {
		error = dcfg_fail(
			context, DEPLOYCFG_ERR_REFERENCE, node->origin,
			dcfg_path(context, node),
			"the value holds `${`, and references are not supported yet");
		dcfg_error_hint(error, "write `$${` for a literal `${`");
		return;
	}
	plain = dcfg_unescape_references(&context->arena, dcfg_text(node));
	if (!plain.ptr)
		return;
	node->text = plain.ptr;
	node->length = (uint32_t)plain.len;
	node->flags &= (uint16_t)~DCFG_TEMPLATE;
}

void dcfg_interpolate(struct dcfg_context *context, struct dcfg_node *effective)
{
	if (!context->has_templates)
		return;
	for (struct dcfg_node *node = effective; node; node = dcfg_walk(effective, node))
		if (node->flags & DCFG_TEMPLATE && node->type == DEPLOYCFG_STRING)
			expand(context, node);
}
