/* SPDX-License-Identifier: ISC */
/* Reads the notation of references. Knows no tree and no environment. */
#include "model/template.h"

#include "model/variable.h"

/* The offset of the next `${`, and whether it is escaped by a `$` before it. */
static size_t next_brace(struct dcfg_view text, size_t from, bool *escaped)
{
	size_t at = dcfg_find_brace(text, from);

	*escaped = at < text.len && at > from && text.ptr[at - 1] == '$';
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

/* The offset behind a quoted segment, which begins at one. */
static size_t skip_quoted(struct dcfg_view text, size_t at)
{
	for (at++; at < text.len && text.ptr[at] != '"'; at++)
		if (text.ptr[at] == '\\')
			at++;
	return at < text.len ? at + 1 : text.len;
}

/* Whether a default begins there. */
static bool is_fallback(struct dcfg_view text, size_t at)
{
	return text.ptr[at] == ':' && at + 1 < text.len && text.ptr[at + 1] == '-';
}

/* The offset of the `}` or `:-` that ends a key or name; the text's length where none does. */
static size_t end_of_name(struct dcfg_view text, size_t at, bool quotes)
{
	while (at < text.len && text.ptr[at] != '}' && !is_fallback(text, at))
		at = quotes && text.ptr[at] == '"' ? skip_quoted(text, at) : at + 1;
	return at;
}

static const char *problem_of_name(struct dcfg_view name)
{
	if (!name.len)
		return "the name of the variable is missing";
	return dcfg_is_variable_name(name)
		       ? NULL
		       : "the name of a variable is of letters, digits and '_'";
}

static const char *problem_of(const struct dcfg_template_part *part)
{
	if (dcfg_find_brace(part->text, 0) < part->text.len)
		return "references do not nest";
	if (part->kind == DCFG_VARIABLE_REFERENCE)
		return problem_of_name(part->text);
	return part->text.len ? NULL : "the key is missing";
}

/* Takes the reference that the rest begins with. */
static void take_reference(struct dcfg_template *template,
			   struct dcfg_template_part *part)
{
	struct dcfg_view text = template->rest;
	bool is_variable = dcfg_view_starts(text, DCFG_VIEW("${env:")) &&
			   !dcfg_view_starts(text, DCFG_VIEW("${env:-"));
	size_t begin = is_variable ? 6 : 2, at = end_of_name(text, begin, !is_variable);
	const char *end = memchr(text.ptr + at, '}', text.len - at);

	part->kind = is_variable ? DCFG_VARIABLE_REFERENCE : DCFG_KEY_REFERENCE;
	if (!end) {
		part->written = text;
		part->problem = "`${` has no `}` behind it";
		template->rest.len = 0;
		return;
	}
	part->text = dcfg_view(text.ptr + begin, at - begin);
	part->written = dcfg_view(text.ptr, (size_t)(end - text.ptr) + 1);
	if (text.ptr[at] == ':')
		part->fallback =
			dcfg_view(text.ptr + at + 2, (size_t)(end - text.ptr) - at - 2);
	part->problem = problem_of(part);
	template->rest =
		dcfg_view_skip(text, part->problem ? text.len : part->written.len);
}

bool dcfg_template_next(struct dcfg_template *template, struct dcfg_template_part *part)
{
	struct dcfg_view text = template->rest;
	size_t at;
	bool escaped;

	*part = (struct dcfg_template_part){.kind = DCFG_LITERAL};
	if (!text.len)
		return false;
	if (!template->escaped && dcfg_view_starts(text, DCFG_VIEW("${"))) {
		take_reference(template, part);
		return true;
	}
	at = next_brace(text, template->escaped ? 2 : 0, &escaped);
	template->escaped = escaped;
	part->text = part->written = dcfg_view(text.ptr, at - escaped);
	template->rest = dcfg_view_skip(text, at);
	/* `$${` at the very beginning: nothing stands before it. */
	return part->text.len || dcfg_template_next(template, part);
}

size_t dcfg_reference_length(struct dcfg_view text)
{
	struct dcfg_template template = dcfg_template(text);
	struct dcfg_template_part part;

	if (!dcfg_view_starts(text, DCFG_VIEW("${")))
		return 0;
	dcfg_template_next(&template, &part);
	return part.problem ? 0 : part.written.len;
}

bool dcfg_is_whole_reference(struct dcfg_view text)
{
	return text.len && dcfg_reference_length(text) == text.len;
}
