/* SPDX-License-Identifier: ISC */
/* Whether records stand to each other as they must: the tree in path order, history,
 * and the runs of related values. Parents are kept on a stack, so that one pass will
 * do. */
#include "image/verify_parts.h"
#include "model/context.h"
#include "model/key.h"

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
	return (le16_get(record->flags) & flag) != 0;
}

/* Name of a proven record in a map. */
static struct dcfg_view name_of(const struct deploycfg_entry *record)
{
	return dcfg_view_text(dcfg_follow(&record->name));
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

static bool verify_root(struct dcfg_verifier *verifier,
			const struct deploycfg_entry *root)
{
	if (root->type != DEPLOYCFG_MAP ||
	    dcfg_span(root) != verifier->image.record_count ||
	    le16_get(root->level) != 0 || root->relation != DEPLOYCFG_WINNER)
		return dcfg_refuse(verifier, root, "the first record is not the root");
	if (!dcfg_verify_value(verifier, root, 0) || !dcfg_verify_path(verifier, root))
		return false;
	if (le16_get(root->path_length) != 0 ||
	    dcfg_target(verifier, &root->name) != dcfg_follow(&root->path))
		return dcfg_refuse(verifier, root, "the root has a name");
	return true;
}

/* Where it stands in the tree. */
static bool verify_position(struct tree *tree, const struct deploycfg_entry *record,
			    size_t number)
{
	const struct parent *parent = &tree->parents[tree->depth - 1];
	size_t span = dcfg_span(record);

	if (record->type == DEPLOYCFG_NONE || record->relation != DEPLOYCFG_WINNER)
		return dcfg_refuse(tree->verifier, &record->type, "a key has no value");
	if (le16_get(record->level) != tree->depth)
		return dcfg_refuse(tree->verifier, &record->level,
				   "a key has another level");
	if (span > parent->end - number)
		return dcfg_refuse(tree->verifier, &record->value,
				   "a subtree is larger than what it is in");
	if (has_flag(record, DCFG_SIBLING) != (number + span < parent->end))
		return dcfg_refuse(tree->verifier, &record->flags,
				   "a key is wrong about what follows");
	if (has_flag(record, DCFG_ITEM) != (parent->record->type == DEPLOYCFG_LIST))
		return dcfg_refuse(tree->verifier, &record->flags,
				   "a key is wrong about what it is in");
	return true;
}

/* Its path: that of the parent and one more segment. */
static bool verify_segment(struct dcfg_verifier *verifier,
			   const struct deploycfg_entry *record,
			   const struct deploycfg_entry *parent)
{
	struct dcfg_view above = dcfg_record_path(parent), segment;
	bool dot = above.len > 0 && !has_flag(record, DCFG_ITEM);

	if (!dcfg_verify_path(verifier, record))
		return false;
	segment = dcfg_record_path(record);
	if (!dcfg_view_starts(segment, above))
		return dcfg_refuse(verifier, &record->path,
				   "a path does not begin with its parent's");
	segment = dcfg_view_skip(segment, above.len);
	if (dot && (segment.len == 0 || *segment.ptr != '.'))
		return dcfg_refuse(verifier, &record->path,
				   "a path has no dot behind its parent's");
	return dcfg_verify_name(verifier, record, dcfg_view_skip(segment, dot));
}

/* Where it stands among the children of one parent. */
static bool verify_order(struct dcfg_verifier *verifier,
			 const struct deploycfg_entry *record, struct parent *parent)
{
	uint32_t place = parent->seen++;
	struct dcfg_view before = parent->last;

	if (has_flag(record, DCFG_ITEM))
		return le32_get(record->name) == place ||
		       dcfg_refuse(verifier, &record->name,
				   "an item of a list is in another place");
	parent->last = name_of(record);
	return place == 0 || dcfg_view_compare(before, parent->last) < 0 ||
	       dcfg_refuse(verifier, &record->name, "keys are in another order");
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
		return dcfg_refuse(tree->verifier, &record->level,
				   "keys are nested too deep");
	tree->parents[tree->depth++] =
		(struct parent){.record = record, .end = number + dcfg_span(record)};
	return true;
}

static bool verify_record(struct tree *tree, const struct deploycfg_entry *record,
			  size_t number)
{
	struct dcfg_verifier *verifier = tree->verifier;
	struct parent *parent;

	if (!close_parents(tree, number))
		return false;
	parent = &tree->parents[tree->depth - 1];
	return verify_position(tree, record, number) &&
	       dcfg_verify_value(verifier, record, DCFG_SIBLING | DCFG_ITEM) &&
	       verify_segment(verifier, record, parent->record) &&
	       verify_order(verifier, record, parent) &&
	       open_parent(tree, record, number);
}

bool dcfg_verify_records(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;
	struct tree tree = {.verifier = verifier};

	if (!verify_root(verifier, image->records) ||
	    !open_parent(&tree, image->records, 0))
		return false;
	for (size_t i = 1; i < image->record_count; i++)
		if (!verify_record(&tree, &image->records[i], i))
			return false;
	verifier->value_strings =
		(size_t)(verifier->strings.next - verifier->strings.start);
	return close_parents(&tree, image->record_count);
}

/* The last segment of a path that is written as it must be; ptr is NULL where it is
 * not. */
static struct dcfg_view last_segment(struct dcfg_view path, size_t *level)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	size_t last = 0;

	for (*level = 0; dcfg_key_next(&key, &segment); ++*level) {
		if (segment.quoted && !segment.escaped &&
		    dcfg_segment_is_plain(segment.text))
			return dcfg_view(NULL, 0);
		last = segment.offset;
	}
	return key.problem ? dcfg_view(NULL, 0) : dcfg_view_skip(path, last);
}

static bool verify_past(struct dcfg_verifier *verifier,
			const struct deploycfg_entry *record)
{
	struct dcfg_view segment;
	size_t level;

	if (record->type != DEPLOYCFG_NONE || record->relation != DEPLOYCFG_WINNER)
		return dcfg_refuse(verifier, &record->type,
				   "a key of history has a value");
	if (!dcfg_verify_value(verifier, record, DCFG_ITEM) ||
	    !dcfg_verify_path(verifier, record))
		return false;
	segment = last_segment(dcfg_record_path(record), &level);
	if (!segment.ptr || level != le16_get(record->level) || level > DCFG_DEPTH_MAX ||
	    has_flag(record, DCFG_ITEM) != (*segment.ptr == '['))
		return dcfg_refuse(verifier, record, "a path is malformed");
	return dcfg_verify_name(verifier, record, segment);
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

/* Whether a related record stands at its owner's key. */
static bool same_key(const struct dcfg_verifier *verifier,
		     const struct deploycfg_entry *record,
		     const struct deploycfg_entry *owner)
{
	bool item = has_flag(owner, DCFG_ITEM);

	return dcfg_target(verifier, &record->path) == dcfg_follow(&owner->path) &&
	       record->path_length.raw == owner->path_length.raw &&
	       record->level.raw == owner->level.raw &&
	       has_flag(record, DCFG_ITEM) == item &&
	       (item ? record->name.raw == owner->name.raw
		     : dcfg_target(verifier, &record->name) == dcfg_follow(&owner->name));
}

static bool verify_loser(struct dcfg_verifier *verifier,
			 const struct deploycfg_entry *record,
			 const struct deploycfg_entry *owner)
{
	if (record->relation == DEPLOYCFG_WINNER || record->related.raw)
		return dcfg_refuse(verifier, &record->relation,
				   "a related value is none");
	if (!same_key(verifier, record, owner))
		return dcfg_refuse(verifier, record,
				   "a related value stands at another key");
	if (dcfg_span(record) != 1)
		return dcfg_refuse(verifier, &record->value,
				   "a related value has a subtree");
	return dcfg_verify_value(verifier, record, DCFG_WEAKER | DCFG_ITEM);
}

static bool verify_run(struct dcfg_verifier *verifier,
		       const struct deploycfg_entry *owner)
{
	const struct dcfg_image *image = &verifier->image;
	const struct deploycfg_entry *end = image->related + image->related_count,
				     *record;

	if (!owner->related.raw)
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
	} while (has_flag(record, DCFG_WEAKER));
	return true;
}

bool dcfg_verify_related(struct dcfg_verifier *verifier)
{
	const struct dcfg_image *image = &verifier->image;

	verifier->related = image->related;
	for (size_t i = 0; i < image->record_count; i++)
		if (!verify_run(verifier, &image->records[i]))
			return false;
	for (size_t i = 0; i < image->history_count; i++) {
		if (!image->history[i].related.raw)
			return dcfg_refuse(verifier, &image->history[i].related,
					   "a key of history has none");
		if (!verify_run(verifier, &image->history[i]))
			return false;
	}
	return verifier->related == image->related + image->related_count ||
	       dcfg_refuse(verifier, verifier->related,
			   "a related value belongs to no key");
}
