/* SPDX-License-Identifier: ISC */
/* Stories of keys as aligned lines: place, layer, value. Must not know which verb tells
 * them. */
#include "story.h"

#include <string.h>

#include "declared.h"
#include "directories.h"
#include "format.h"
#include "origin.h"
#include "status.h"

/* Told twice: once to nobody, to learn how wide the columns are. */
struct teller {
	const struct sight *sight;
	const struct deploycfg_entry *winner; /* of the story that is told */
	struct writer out;
	struct directory_ranks ranks;
	size_t place, label; /* widths of these columns */
	bool told;
};

#define PLACE_COLUMN 14

static const char *word_for(const struct deploycfg_entry *entry)
{
	switch (deploycfg_entry_relation(entry)) {
	case DEPLOYCFG_SHADOWED:
		return "overridden";
	case DEPLOYCFG_UNSET:
		return "unset";
	case DEPLOYCFG_SKIPPED:
		return "skipped";
	case DEPLOYCFG_INPUT:
		return "used";
	case DEPLOYCFG_APPENDED:
		return "appended";
	case DEPLOYCFG_TEMPLATE:
		return "expanded";
	case DEPLOYCFG_PREPENDED:
		return "prepended";
	default:
		return "set";
	}
}

/* Whether a weaker directory won, since its layer is the stronger one. */
static bool is_of_weaker_layer(struct teller *teller,
			       const struct deploycfg_source *source)
{
	const struct deploycfg_source *winner = deploycfg_entry_source(teller->winner);

	return source && winner &&
	       deploycfg_source_layer(source) < deploycfg_source_layer(winner) &&
	       tool_is_of_stronger_directory(&teller->ranks, teller->sight->cfg, source,
					     winner);
}

/* Why its source does not count where that is known, or counts less than one would think. */
static void reason_of(struct teller *teller, const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);
	const char *why = source ? deploycfg_source_reason(source) : "";
	enum deploycfg_relation relation = deploycfg_entry_relation(entry);

	if (relation ==
	    DEPLOYCFG_SKIPPED) { /* a file of variables is read all the same */
		tool_text(&teller->out, "  ");
		tool_show(&teller->out, *why ? why : "it is empty");
	} else if (relation == DEPLOYCFG_SHADOWED && is_of_weaker_layer(teller, source)) {
		tool_text(&teller->out,
			  "  (of a stronger directory, but a weaker layer)");
	}
}

static void place_and_label(struct teller *teller, const struct deploycfg_entry *entry)
{
	struct writer *out = &teller->out;
	size_t begin;

	tool_pad(out, PLACE_COLUMN);
	tool_place(out, entry);
	begin = tool_end_column(out, PLACE_COLUMN, &teller->place);
	tool_label(out, deploycfg_entry_source(entry));
	tool_widen(&teller->label, out->column - begin);
}

/* The key that was used; of a variable the place says it. */
static void key_of(struct writer *out, const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);

	if (deploycfg_entry_relation(entry) != DEPLOYCFG_INPUT ||
	    (source &&
	     strcmp(deploycfg_source_name(source), deploycfg_entry_path(entry)) == 0))
		return;
	tool_show(out, deploycfg_entry_path(entry));
	tool_text(out, " = ");
}

/* What was skipped has a reason instead of a mask. */
static bool has_shown_value(const struct teller *teller,
			    const struct deploycfg_entry *entry)
{
	return deploycfg_entry_type(entry) != DEPLOYCFG_NONE &&
	       (deploycfg_entry_relation(entry) != DEPLOYCFG_SKIPPED ||
		tool_see(teller->sight, entry));
}

static void line_of(struct teller *teller, const struct deploycfg_entry *entry)
{
	struct writer *out = &teller->out;

	tool_text(out, "  ");
	tool_text(out, word_for(entry));
	place_and_label(teller, entry);
	if (has_shown_value(teller, entry)) {
		tool_pad(out, PLACE_COLUMN + teller->place + 2 + teller->label);
		tool_text(out, "  ");
		key_of(out, entry);
		tool_repr(out, teller->sight, entry);
	}
	reason_of(teller, entry);
	tool_text(out, "\n");
}

/* What a key's value does not show. */
static void remarks(struct writer *out, unsigned flags, unsigned masked)
{
	if (flags & DEPLOYCFG_FLAG_SECRET)
		tool_text(out, "  (secret)");
	else if (flags & masked)
		tool_text(out, "  (likely a secret)");
	if (flags & DEPLOYCFG_FLAG_DEPRECATED)
		tool_text(out, "  (deprecated)");
	if (flags & DEPLOYCFG_FLAG_RESTART)
		tool_text(out, "  (a change needs a restart)");
}

static void story_of(struct teller *teller, const struct deploycfg_entry *entry)
{
	bool has_value = deploycfg_entry_type(entry) != DEPLOYCFG_NONE;
	unsigned flags = deploycfg_entry_flags(entry);

	if (!has_value) /* what it was tells */
		for (const struct deploycfg_entry *lost = deploycfg_entry_related(entry);
		     lost; lost = deploycfg_entry_next_related(lost))
			flags |= deploycfg_entry_flags(lost) & DEPLOYCFG_FLAG_SECRET;
	teller->winner = entry;
	tool_show(&teller->out, deploycfg_entry_path(entry));
	tool_text(&teller->out, has_value ? "" : " is not set");
	remarks(&teller->out, flags, teller->sight->masked);
	tool_text(&teller->out, "\n");
	if (has_value)
		line_of(teller, entry);
	for (const struct deploycfg_entry *related = deploycfg_entry_related(entry);
	     related; related = deploycfg_entry_next_related(related))
		line_of(teller, related);
}

/* Of lists and maps only what happened to them as a whole; what they hold tells the
 * rest. */
static void tell_values(struct teller *teller, const struct deploycfg_entry *top)
{
	deploycfg_each_entry (teller->sight->cfg, entry, top) {
		bool is_root = !*deploycfg_entry_path(entry);

		if (!is_root && (tool_is_leaf(entry) || deploycfg_entry_related(entry)))
			story_of(teller, entry);
	}
	teller->told = true;
}

/* What became of keys above this one is part of its story, but alone makes none. */
static void tell_history(struct teller *teller, const char *top)
{
	bool told = teller->told;

	for (const struct deploycfg_entry *past =
		     deploycfg_next_history(teller->sight->cfg, NULL);
	     past; past = deploycfg_next_history(teller->sight->cfg, past)) {
		const char *path = deploycfg_entry_path(past);
		bool below = tool_is_at_or_below(path, top);

		if (below || tool_is_at_or_below(top, path))
			story_of(teller, past);
		told |= below;
	}
	teller->told = told;
}

/* Whether something happened to a map as a whole: it was unset or replaced before. */
static bool was_taken_away(const struct deploycfg_entry *entry)
{
	return entry && deploycfg_entry_type(entry) == DEPLOYCFG_MAP &&
	       deploycfg_entry_related(entry);
}

/* What was taken away above a key took the key with it. */
static void tell_above(struct teller *teller, const char *path)
{
	bool is_quoted = false;

	for (size_t at = 0; path[at]; at++) {
		const struct deploycfg_entry *above = NULL;

		if (path[at] == '"')
			is_quoted = !is_quoted;
		if (is_quoted && path[at] == '\\' && path[at + 1])
			at++;
		else if (!is_quoted && (path[at] == '.' || path[at] == '['))
			above = deploycfg_find(teller->sight->cfg, path, at);
		if (was_taken_away(above))
			story_of(teller, above);
	}
}

static void tell(struct teller *teller, const char *key)
{
	const struct deploycfg_entry *entry =
		deploycfg_find(teller->sight->cfg, key, SIZE_MAX);
	const struct deploycfg_entry *past =
		entry ? NULL : deploycfg_find_history(teller->sight->cfg, key, SIZE_MAX);

	if (entry) {
		tell_above(teller, deploycfg_entry_path(entry));
		tell_values(teller, entry);
	}
	tell_history(teller, entry  ? deploycfg_entry_path(entry)
			     : past ? deploycfg_entry_path(past)
				    : key);
}

bool tool_tell(FILE *out, const struct sight *sight, const char *key)
{
	struct teller teller = {.sight = sight, .out = tool_writer(NULL)};

	tell(&teller, key);
	teller.out = tool_writer(out);
	if (teller.told)
		tell(&teller, key);
	return teller.told;
}

/* What schemas say of it, unless it has a history: then it is known. Returns a status, TOOL_OK
 * for nothing. */
static int tell_declared(const struct tool *tool, const char *key,
			 const struct deploycfg_errors *errors)
{
	return deploycfg_find_history(tool->cfg, key, SIZE_MAX)
		       ? TOOL_OK
		       : tool_tell_declared(tool, key, deploycfg_errors_at(errors, 0));
}

int tool_not_set(const struct tool *tool, const char *key)
{
	struct deploycfg_errors *errors = NULL;

	deploycfg_get_string(tool->cfg, key, &errors);
	int status = tool_status_of(errors), told = TOOL_OK;

	if (errors &&
	    deploycfg_error_status(deploycfg_errors_at(errors, 0)) == DEPLOYCFG_ERR_KEY)
		status = TOOL_USAGE; /* what was asked for is no key */
	if (status == TOOL_NOT_SET)
		told = tell_declared(tool, key, errors);
	if (told == TOOL_OK)
		tool_report(tool->diagnostics, errors);
	else
		deploycfg_errors_free(errors);
	return told == TOOL_OK ? status : told;
}
