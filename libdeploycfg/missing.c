/* SPDX-License-Identifier: ISC */
/*
 * Why a key is not there: its own history, and the nearest key that is. Works only when
 * an error is wanted, and looks at the children of one list or map at most.
 */
#include "base/diag.h"
#include "base/nearest.h"
#include "model/context.h"
#include "model/key.h"
#include "snapshot.h"

/* How far a path leads. */
struct trail {
	const struct deploycfg_entry *last; /* that is there */
	struct dcfg_segment wrong;          /* the first segment that is not */
	struct dcfg_view rest;              /* of the path, behind that */
};

static struct trail follow(const struct deploycfg_snapshot *snapshot,
			   struct dcfg_view path)
{
	struct trail trail = {.last = deploycfg_root(snapshot)};
	struct dcfg_key key = dcfg_key(path);
	const struct deploycfg_entry *next = trail.last;

	while (next && dcfg_key_next(&key, &trail.wrong)) {
		trail.last = next;
		trail.rest = key.rest;
		next = dcfg_find(snapshot, dcfg_view(path.ptr, path.len - key.rest.len));
	}
	return trail;
}

/* The child whose name is nearest to the segment that is wrong. */
static const struct deploycfg_entry *
nearest_child(const struct deploycfg_snapshot *snapshot, const struct trail *trail)
{
	struct dcfg_nearest nearest = {.word = trail->wrong.text};
	const struct deploycfg_entry *best = NULL;

	if (dcfg_type(trail->last) != DEPLOYCFG_MAP)
		return NULL;
	deploycfg_each_child (snapshot, child, trail->last) {
		const char *before = nearest.best.ptr;

		dcfg_nearest_offer(&nearest, dcfg_view_text(deploycfg_entry_name(child)));
		if (nearest.best.ptr != before)
			best = child;
	}
	return best;
}

/* The same key below another parent, if that is there; else the parent. */
static const struct deploycfg_entry *complete(const struct deploycfg_snapshot *snapshot,
					      const struct deploycfg_entry *parent,
					      struct dcfg_view rest)
{
	struct dcfg_view path = dcfg_record_path(parent);
	const struct deploycfg_entry *found;
	char buffer[2 * DCFG_PATH_MAX];

	if (path.len + rest.len > sizeof(buffer))
		return parent;
	memcpy(buffer, path.ptr, path.len);
	memcpy(buffer + path.len, rest.ptr, rest.len);
	found = dcfg_find(snapshot, dcfg_view(buffer, path.len + rest.len));
	return found ? found : parent;
}

struct dcfg_place dcfg_entry_place(const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);

	return (struct dcfg_place){.name = source ? deploycfg_source_name(source) : NULL,
				   .line = deploycfg_entry_line(entry),
				   .column = deploycfg_entry_column(entry)};
}

void dcfg_tell_namer(const struct deploycfg_entry *entry, struct deploycfg_error *error)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);
	const char *reason = source ? deploycfg_source_reason(source) : "";

	if (*reason && deploycfg_source_kind(source) == DEPLOYCFG_SOURCE_FILE &&
	    deploycfg_source_layer(source) == DEPLOYCFG_LAYER_VARIABLES)
		dcfg_error_related(error, NULL, "%s", reason);
}

void dcfg_tell_history(const struct deploycfg_snapshot *snapshot, struct dcfg_view path,
		       struct deploycfg_error *error)
{
	static const char *const stories[] = {
		[DEPLOYCFG_WINNER] = "",
		[DEPLOYCFG_SHADOWED] = "had a value here, which was removed",
		[DEPLOYCFG_UNSET] = "was unset here",
		[DEPLOYCFG_SKIPPED] = "is empty here, and so was skipped",
		[DEPLOYCFG_INPUT] = "was used here",
		[DEPLOYCFG_APPENDED] = "was part of a list here",
		[DEPLOYCFG_TEMPLATE] = "was expanded here",
		[DEPLOYCFG_PREPENDED] = "was part of a list here",
	};
	const struct deploycfg_entry *past =
		deploycfg_find_history(snapshot, path.ptr, path.len);
	struct dcfg_place place;

	if (!past)
		return;
	past = deploycfg_entry_related(past);
	place = dcfg_entry_place(past);
	dcfg_error_related(error, &place, "%s", stories[dcfg_relation(past)]);
}

static void advise(const struct deploycfg_snapshot *snapshot, const struct trail *trail,
		   struct deploycfg_error *error)
{
	const struct deploycfg_entry *nearest = nearest_child(snapshot, trail);
	size_t count = deploycfg_entry_count(trail->last);

	if (nearest)
		dcfg_error_hint(
			error, "write '%s' if that is meant",
			deploycfg_entry_path(complete(snapshot, nearest, trail->rest)));
	else if (dcfg_type(trail->last) == DEPLOYCFG_LIST && trail->wrong.is_index)
		dcfg_error_hint(error, "count from 0: '%s' has %zu item%s",
				deploycfg_entry_path(trail->last), count,
				count == 1 ? "" : "s");
	else if (dcfg_type(trail->last) != DEPLOYCFG_MAP)
		dcfg_error_hint(error,
				"look at '%s', which is of type %s and has no keys in it",
				deploycfg_entry_path(trail->last),
				deploycfg_type_name(deploycfg_entry_type(trail->last)));
	else
		dcfg_error_hint(error, "set it in a configuration file or a variable");
}

bool dcfg_malformed(const struct deploycfg_snapshot *snapshot, const char *path,
		    struct deploycfg_errors **errors)
{
	size_t segments;
	const char *problem = snapshot && errors
				      ? dcfg_key_problem(dcfg_view_text(path), &segments)
				      : NULL;

	if (!problem)
		return false;
	dcfg_error_hint(
		dcfg_error(errors, DEPLOYCFG_ERR_KEY, NULL, path,
			   "this is no key path: %s", problem),
		"write segments joined by dots, others than of letters, digits, '-' "
		"and '_' between double quotes, and [0] for the first item of a list");
	return true;
}

void dcfg_missing(const struct deploycfg_snapshot *snapshot, const char *path,
		  struct deploycfg_errors **errors)
{
	struct dcfg_view key = dcfg_view_text(path);
	struct deploycfg_error *error;
	struct trail trail;

	if (!snapshot || !errors || dcfg_malformed(snapshot, path, errors))
		return;
	trail = follow(snapshot, key);
	error = dcfg_error(errors, DEPLOYCFG_ERR_MISSING, NULL, path,
			   "this key is not set");
	dcfg_tell_history(snapshot, key, error);
	advise(snapshot, &trail, error);
}
