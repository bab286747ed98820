/* SPDX-License-Identifier: ISC */
/* Whether records stand to each other as they must: the tree in path order, history,
 * and the runs of related values. Parents are kept on a stack, so that one pass will
 * do. */
#include "image/verify_parts.h"
#include "model/context.h"
#include "model/key.h"

/* What keys and values that lost may be marked with. */
#define MARKS                                                                            \
	(DCFG_SECRET | DCFG_DEFAULT | DCFG_DEPRECATED | DCFG_RESTART | DCFG_REPLACES)

/* A list or map whose children are being looked at. */
struct parent {
	const struct deploycfg_entry *record;
	size_t end;            /* of its subtree */
	uint32_t seen;         /* children */
	struct dcfg_view last; /* name of the last one */
};

struct tree {
	struct dcfg_verifier *verifier;
	struct parent parents[DCFG_DEPTH_MAX];
	size_t depth;
};

static bool has_flag(const struct deploycfg_entry *record, unsigned flag)
{
	return (record->flags & flag) != 0;
}

/* Takes those off whose subtree ends here. */
static bool close_parents(struct tree *tree, size_t number)
{
	while (tree->depth && tree->parents[tree->depth - 1].end == number) {
		const struct parent *parent = &tree->parents[--tree->depth];

		if (parent->seen != le32_get(parent->record->length))
			return dcfg_refuse(
				tree->verifier, &parent->record->length,
				"a list or map has another number of children");
	}
	return true;
}

/* Where it stands in the tree. */
static bool verify_position(struct tree *tree, const struct deploycfg_entry *record,
			    size_t number)
{
	const struct parent *parent = &tree->parents[tree->depth - 1];
	size_t span = dcfg_span(record);

	if (dcfg_type(record) == DEPLOYCFG_NONE ||
	    dcfg_relation(record) != DEPLOYCFG_WINNER)
		return dcfg_refuse(tree->verifier, &record->kind, "a key has no value");
	if (span > parent->end - number)
		return dcfg_refuse(tree->verifier, &record->value,
				   "a subtree is larger than what it is in");
	if (has_flag(record, DCFG_NEXT) != (number + span < parent->end))
		return dcfg_refuse(tree->verifier, &record->flags,
				   "a key is wrong about what follows");
	if (has_flag(record, DCFG_ITEM) != (dcfg_type(parent->record) == DEPLOYCFG_LIST))
		return dcfg_refuse(tree->verifier, &record->flags,
				   "a key is wrong about what it is in");
	return true;
}

/* The byte before the path, which the digest of values is over. */
static bool verify_type(struct dcfg_verifier *verifier,
			const struct deploycfg_entry *record)
{
	struct dcfg_text_section *values = &verifier->values;

	char type = dcfg_is_hidden(record) ? DCFG_SET_MARK : (char)dcfg_type(record);

	return (values->next < values->end && *values->next++ == type) ||
	       dcfg_refuse(verifier, &record->kind, "the values have another type");
}

static bool is_index(struct dcfg_view segment, size_t index)
{
	char buffer[24];
	size_t length = dcfg_key_append_index(buffer, sizeof(buffer), 0, index);

	return dcfg_view_equal(segment, dcfg_view(buffer, length));
}

/* Its path: that of the parent and one more segment, which is behind the one before. */
static bool verify_key(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *record, struct parent *parent)
{
	struct dcfg_view above = dcfg_record_path(parent->record), before = parent->last,
			 segment;
	bool dot = above.len > 0 && !has_flag(record, DCFG_ITEM);

	if (!verify_type(verifier, record) ||
	    !dcfg_verify_path(verifier, &verifier->values, record))
		return false;
	segment = dcfg_record_path(record);
	if (!dcfg_view_starts(segment, above))
		return dcfg_refuse(verifier, &record->path,
				   "a path does not begin with its parent's");
	segment = dcfg_view_skip(segment, above.len);
	if (dot && (segment.len == 0 || *segment.ptr != '.'))
		return dcfg_refuse(verifier, &record->path,
				   "a path has no dot behind its parent's");
	if (has_flag(record, DCFG_ITEM))
		return is_index(segment, parent->seen++) ||
		       dcfg_refuse(verifier, &record->path,
				   "an item of a list is in another place");
	if (!dcfg_verify_segment(verifier, &verifier->values, record,
				 dcfg_view_skip(segment, dot), &parent->last))
		return false;
	return parent->seen++ == 0 || dcfg_view_compare(before, parent->last) < 0 ||
	       dcfg_refuse(verifier, &record->path, "keys are in another order");
}

static bool open_parent(struct tree *tree, const struct deploycfg_entry *record,
			size_t number)
{
	if (!dcfg_is_container(record))
		return true;
	if (dcfg_span(record) == 1)
		return le32_get(record->length) == 0 ||
		       dcfg_refuse(tree->verifier, &record->length,
				   "a list or map has no children");
	if (tree->depth >= DCFG_DEPTH_MAX)
		return dcfg_refuse(tree->verifier, &record->length,
				   "keys are nested too deep");
	tree->parents[tree->depth++] =
		(struct parent){.record = record, .end = number + dcfg_span(record)};
	return true;
}

/* Whether a related record stands at its owner's key. */
static bool same_key(const struct dcfg_verifier *verifier,
		     const struct deploycfg_entry *record,
		     const struct deploycfg_entry *owner)
{
	const unsigned flags = DCFG_ITEM | DCFG_QUOTED;

	return dcfg_target(verifier, &record->path) == dcfg_follow(&owner->path) &&
	       record->path_length.raw == owner->path_length.raw &&
	       (record->flags & flags) == (owner->flags & flags);
}

/* The last segment of a path that is written as it must be; ptr is NULL where it is
 * not. */
static struct dcfg_view last_segment(struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	size_t last = 0, level = 0;

	for (; dcfg_key_next(&key, &segment); level++) {
		if (segment.quoted && !segment.escaped &&
		    dcfg_segment_is_plain(segment.text))
			return dcfg_view(NULL, 0);
		last = segment.offset;
	}
	return key.problem || level > DCFG_DEPTH_MAX ? dcfg_view(NULL, 0)
						     : dcfg_view_skip(path, last);
}

/* The name of a variable behind "env:". */
static bool is_variable(struct dcfg_view path)
{
	struct dcfg_view prefix = DCFG_VIEW("env:");

	return dcfg_view_starts(path, prefix) &&
	       dcfg_segment_is_plain(dcfg_view_skip(path, prefix.len));
}

/* What was used to make a value stands at its own key, or is a variable. */
static bool verify_input_key(struct dcfg_verifier *verifier,
			     const struct deploycfg_entry *record)
{
	const unsigned both = DCFG_ITEM | DCFG_QUOTED;
	struct dcfg_text_section *strings = &verifier->strings;
	struct dcfg_view path, segment, name;

	if (!dcfg_verify_path(verifier, strings, record))
		return false;
	path = dcfg_record_path(record);
	if (is_variable(path) && !has_flag(record, both))
		return true;
	segment = last_segment(path);
	if (!segment.ptr || strlen(path.ptr) != path.len ||
	    has_flag(record, DCFG_ITEM) != (*segment.ptr == '['))
		return dcfg_refuse(verifier, &record->path, "a path is malformed");
	return has_flag(record, DCFG_ITEM) ||
	       dcfg_verify_segment(verifier, strings, record, segment, &name);
}

static bool verify_related_key(struct dcfg_verifier *verifier,
			       const struct deploycfg_entry *record,
			       const struct deploycfg_entry *owner)
{
	if (dcfg_relation(record) == DEPLOYCFG_INPUT)
		return verify_input_key(verifier, record);
	return same_key(verifier, record, owner) ||
	       dcfg_refuse(verifier, record, "a related value stands at another key");
}

static bool verify_loser(struct dcfg_verifier *verifier,
			 const struct deploycfg_entry *record,
			 const struct deploycfg_entry *owner)
{
	bool has_text = dcfg_type_has_text(dcfg_type(record)) && !dcfg_is_hidden(record);
	const char *text;

	if (dcfg_relation(record) == DEPLOYCFG_WINNER)
		return dcfg_refuse(verifier, &record->kind, "a related value is none");
	if (!verify_related_key(verifier, record, owner))
		return false;
	if (dcfg_span(record) != 1)
		return dcfg_refuse(verifier, &record->value,
				   "a related value has a subtree");
	text = dcfg_target(verifier, &record->related);
	if (has_text ? text != verifier->strings.next : record->related.raw)
		return dcfg_refuse(verifier, &record->related,
				   "texts of related values are in another order");
	return dcfg_verify_value(verifier, record,
				 DCFG_NEXT | DCFG_ITEM | DCFG_QUOTED | MARKS) &&
	       dcfg_verify_text(verifier, &verifier->strings, record);
}

static bool verify_run(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *owner)
{
	const struct dcfg_image *image = &verifier->image;
	const struct deploycfg_entry *end = image->related + image->related_count,
				     *record;

	if (dcfg_likely(!owner->related.raw))
		return true;
	if (dcfg_target(verifier, &owner->related) != (const char *)verifier->related)
		return dcfg_refuse(verifier, &owner->related,
				   "related values are in another order");
	do {
		record = verifier->related++;
		if (record == end)
			return dcfg_refuse(verifier, &owner->related,
					   "related values do not end where they should");
		if (!verify_loser(verifier, record, owner))
			return false;
	} while (has_flag(record, DCFG_NEXT));
	return true;
}

static bool verify_record(struct tree *tree, const struct deploycfg_entry *record,
			  size_t number)
{
	struct dcfg_verifier *verifier = tree->verifier;

	if (!close_parents(tree, number))
		return false;
	return verify_position(tree, record, number) &&
	       dcfg_verify_value(verifier, record,
				 DCFG_NEXT | DCFG_ITEM | DCFG_QUOTED | MARKS) &&
	       verify_key(verifier, record, &tree->parents[tree->depth - 1]) &&
	       dcfg_verify_text(verifier, &verifier->values, record) &&
	       verify_run(verifier, record) && open_parent(tree, record, number);
}

static bool verify_root(struct tree *tree, const struct deploycfg_entry *root)
{
	struct dcfg_verifier *verifier = tree->verifier;

	if (root->kind != DEPLOYCFG_MAP ||
	    dcfg_span(root) != verifier->image.record_count)
		return dcfg_refuse(verifier, root, "the first record is not the root");
	if (root->path_length.raw)
		return dcfg_refuse(verifier, root, "the root has a name");
	return dcfg_verify_value(verifier, root, 0) && verify_type(verifier, root) &&
	       dcfg_verify_path(verifier, &verifier->values, root) &&
	       verify_run(verifier, root) && open_parent(tree, root, 0);
}

bool dcfg_verify_records(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;
	struct tree tree = {.verifier = verifier};

	verifier->related = image->related;
	if (!verify_root(&tree, image->records))
		return false;
	for (size_t i = 1; i < image->record_count; i++)
		if (!verify_record(&tree, &image->records[i], i))
			return false;
	return close_parents(&tree, image->record_count);
}

static bool verify_past(struct dcfg_verifier *verifier,
			const struct deploycfg_entry *record)
{
	struct dcfg_text_section *strings = &verifier->strings;
	struct dcfg_view path, segment, name;

	if ((record->kind & ~DCFG_MASKED) != DEPLOYCFG_NONE)
		return dcfg_refuse(verifier, &record->kind,
				   "a key of history has a value");
	if (!record->related.raw)
		return dcfg_refuse(verifier, &record->related,
				   "a key of history has none");
	if (!dcfg_verify_value(verifier, record, DCFG_ITEM | DCFG_QUOTED) ||
	    !dcfg_verify_path(verifier, strings, record))
		return false;
	path = dcfg_record_path(record);
	segment = last_segment(path);
	if (!segment.ptr || strlen(path.ptr) != path.len ||
	    has_flag(record, DCFG_ITEM) != (*segment.ptr == '['))
		return dcfg_refuse(verifier, &record->path, "a path is malformed");
	return (has_flag(record, DCFG_ITEM) ||
		dcfg_verify_segment(verifier, strings, record, segment, &name)) &&
	       verify_run(verifier, record);
}

bool dcfg_verify_history(struct dcfg_verifier *verifier)
{
	const struct deploycfg_entry *history = verifier->image.history;

	for (size_t i = 0; i < verifier->image.history_count; i++) {
		if (!verify_past(verifier, &history[i]))
			return false;
		if (i > 0 && dcfg_path_compare(dcfg_record_path(&history[i - 1]),
					       dcfg_record_path(&history[i])) >= 0)
			return dcfg_refuse(verifier, &history[i].path,
					   "history is in another order");
	}
	return true;
}
