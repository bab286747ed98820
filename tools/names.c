/* SPDX-License-Identifier: ISC */
/* Names of variables for all keys at once: a name that two keys would have is neither's, be
 * it asked for of both or not. Must not know values. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "origin.h"

/* Without a prefix the library names nothing: this one is cut off again. */
static const char no_prefix[] = "X";

struct namer {
	struct names *names;
	const struct deploycfg_snapshot *cfg;
	const char *prefix;
	size_t skipped; /* bytes of each name that are not wanted */
	const struct deploycfg_entry *only;
	bool all_items;
	bool every;
	size_t size; /* of all texts */
};

const char *tool_below_reference(const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *related = deploycfg_entry_related(entry);
	bool joined = false;

	for (; related && (deploycfg_entry_relation(related) == DEPLOYCFG_APPENDED ||
			   deploycfg_entry_relation(related) == DEPLOYCFG_PREPENDED);
	     related = deploycfg_entry_next_related(related))
		joined = true;
	if (!related || deploycfg_entry_relation(related) != DEPLOYCFG_TEMPLATE)
		return NULL;
	return joined ? "items of its list are copied by a reference"
		      : "it is copied by a reference";
}

static bool is_in_parts(const struct namer *namer, const struct deploycfg_entry *entry)
{
	if (tool_is_leaf(entry))
		return false;
	return deploycfg_entry_type(entry) == DEPLOYCFG_MAP || namer->all_items ||
	       (entry != namer->only &&
		tool_is_at_or_below(deploycfg_entry_path(namer->only),
				    deploycfg_entry_path(entry)));
}

/* Writes a name behind all others; the first time there is only room counted. One that is
 * not wanted is there for others to be compared with. reason: NULL for none. */
static void add(struct namer *namer, const struct deploycfg_entry *entry, bool wanted,
		const char *reason)
{
	struct names *names = namer->names;
	char *text = names->texts ? names->texts + namer->size : NULL;
	size_t length = deploycfg_entry_variable(entry, namer->prefix, NULL, 0) + 1;

	if (text) {
		deploycfg_entry_variable(entry, namer->prefix, text, length);
		names->list[names->count] = (struct name){
			.entry = wanted ? entry : NULL,
			.text = text + (length > 1 ? namer->skipped : 0),
			.reason = reason,
		};
	}
	namer->size += length;
	names->count++;
}

/* reason: why none of what is in the parent can be set, NULL where it can. Depth is bounded by the
 * library's limit of nesting. */
static void name_all(struct namer *namer, const struct deploycfg_entry *parent,
		     bool wanted, const char *reason)
{
	deploycfg_each_child (namer->cfg, child, parent) {
		bool in_parts = is_in_parts(namer, child);
		const char *below = reason;
		bool as_whole;

		if (namer->all_items && !reason && in_parts)
			below = tool_below_reference(child);
		as_whole =
			below != reason && deploycfg_entry_type(child) == DEPLOYCFG_LIST;
		add(namer, child, namer->every || (wanted && (!in_parts || as_whole)),
		    reason);
		name_all(namer, child, wanted && in_parts, below);
	}
}

static int by_text(const void *a, const void *b)
{
	const struct name *const *left = a, *const *right = b;

	return strcmp((*left)->text, (*right)->text);
}

static void judge(struct name *name, bool without_prefix)
{
	if (!*name->text)
		name->reason = "no variable can have its name";
	else if (without_prefix && *name->text >= '0' && *name->text <= '9')
		name->reason = "no variable's name begins with a digit";
}

static bool find_shared(struct names *names)
{
	struct name **sorted = malloc(names->count * sizeof(*sorted) + 1);

	if (!sorted)
		return false;
	for (size_t i = 0; i < names->count; i++)
		sorted[i] = &names->list[i];
	qsort(sorted, names->count, sizeof(*sorted), by_text);
	for (size_t i = 1; i < names->count; i++) {
		if (*sorted[i]->text && by_text(&sorted[i - 1], &sorted[i]) == 0)
			sorted[i - 1]->reason = sorted[i]->reason =
				"two keys would have one name";
	}
	free(sorted);
	return true;
}

static void keep_wanted(struct names *names)
{
	size_t kept = 0;

	for (size_t i = 0; i < names->count; i++) {
		if (names->list[i].entry)
			names->list[kept++] = names->list[i];
	}
	names->count = kept;
}

static bool init(struct namer *namer)
{
	struct names *names = namer->names;
	bool without = namer->skipped > 0;

	*names = (struct names){NULL, 0, NULL};
	name_all(namer, deploycfg_root(namer->cfg), true, NULL);
	names->list = calloc(names->count + 1, sizeof(*names->list));
	names->texts = malloc(namer->size + 1);
	if (!names->list || !names->texts)
		return false;
	names->count = namer->size = 0;
	name_all(namer, deploycfg_root(namer->cfg), true, NULL);
	for (size_t i = 0; i < names->count; i++)
		judge(&names->list[i], without);
	if (!find_shared(names))
		return false;
	keep_wanted(names);
	return true;
}

bool tool_names_init(struct names *names, const struct deploycfg_snapshot *cfg,
		     const char *prefix, const struct deploycfg_entry *only,
		     bool all_items)
{
	struct namer namer = {.names = names,
			      .cfg = cfg,
			      .prefix = *prefix ? prefix : no_prefix,
			      .skipped = *prefix ? 0 : strlen(no_prefix) + 2,
			      .only = only,
			      .all_items = all_items};

	return init(&namer);
}

static int compare(const void *a, const void *b)
{
	const struct name *left = a, *right = b;

	return strcmp(left->text, right->text);
}

bool tool_names_every(struct names *names, const struct deploycfg_snapshot *cfg,
		      const char *prefix)
{
	struct namer namer = {.names = names,
			      .cfg = cfg,
			      .prefix = prefix,
			      .all_items = true,
			      .every = true};

	if (!init(&namer))
		return false;
	qsort(names->list, names->count, sizeof(*names->list), compare);
	return true;
}

const struct name *tool_names_find(const struct names *names, const char *text)
{
	const struct name wanted = {.text = text};

	return bsearch(&wanted, names->list, names->count, sizeof(*names->list), compare);
}

void tool_names_fini(struct names *names)
{
	free(names->list);
	free(names->texts);
	*names = (struct names){NULL, 0, NULL};
}
