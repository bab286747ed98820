/* SPDX-License-Identifier: ISC */
/* Secret keys that nothing is known of but how a variable spells them: in capitals, with `_` for
 * `-`. Before any layer is read they may be any that differ in no more, and an index may be a
 * name. Knows no variables. */
#include "model/conceal_notes.h"

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
	dcfg_note_word(context, last);
}
