/* SPDX-License-Identifier: ISC */
/* Names of secrets as whatever spells them: without case, `-` and `_`. So are words of lines
 * compared, and keys of which nothing is known before any layer is read but how a variable spells
 * them, where an index may be a name, too. Knows no lines and no variables. */
#include "model/conceal_notes.h"

struct dcfg_view dcfg_note_simple(struct dcfg_view name, char *buffer, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < name.len; i++) {
		char byte = name.ptr[i];

		if (byte == '-' || byte == '_')
			continue;
		if (len == size)
			return DCFG_VIEW("");
		buffer[len++] = dcfg_small(byte);
	}
	return dcfg_view(buffer, len);
}

void dcfg_note_word(struct dcfg_context *context, struct dcfg_view word, bool is_whole)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view simple = dcfg_note_simple(word, buffer, sizeof(buffer));
	struct dcfg_note *note = notes && simple.len
					 ? dcfg_note_make(context, notes->words, simple)
					 : NULL;

	if (note)
		note->is_secret |= is_whole;
}

static bool is_number(struct dcfg_view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] < '0' || name.ptr[i] > '9')
			return false;
	return true;
}

const struct dcfg_note *dcfg_note_spelt(const struct dcfg_context *context,
					const struct dcfg_note *above,
					struct dcfg_view name)
{
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view simple = dcfg_note_simple(name, buffer, sizeof(buffer));

	return is_number(name) ? above : dcfg_note_find(context, above, simple);
}

void dcfg_conceal_spelt(struct dcfg_context *context, const struct dcfg_view *segments,
			size_t count)
{
	struct dcfg_concealed *notes = dcfg_notes(context);
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view last = DCFG_VIEW("");
	struct dcfg_note *note;

	if (notes && !notes->spelt)
		notes->spelt = dcfg_note_new(context);
	note = notes ? notes->spelt : NULL;
	for (size_t i = 0; note && i < count; i++) {
		if (is_number(segments[i]))
			continue;
		last = segments[i];
		note = dcfg_note_make(context, note,
				      dcfg_note_simple(last, buffer, sizeof(buffer)));
	}
	if (!note || !last.len)
		return;
	note->is_secret = true;
	context->has_secrets = true;
	dcfg_note_word(context, last, false);
}
