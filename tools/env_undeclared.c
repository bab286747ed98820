/* SPDX-License-Identifier: ISC */
/* Values that no schema declares. Must not know variables. */
#include <string.h>

#include "env_table.h"
#include "origin.h"

struct sieve {
	const struct deploycfg_snapshot *cfg;
	const struct keys *keys;
	struct names *names;
	size_t count, at, kept; /* of names: all, the next one, and what is left so far */
};

/* The declared keys below one, beside values in the same order. */
struct declared {
	const struct key *next, *any, *item;
};

static struct declared below(const struct key *key)
{
	if (!key)
		return (struct declared){NULL, NULL, NULL};
	return (struct declared){key->first, tool_child(key, SEGMENT_ANY),
				 tool_child(key, SEGMENT_ITEM)};
}

/* What is declared for a child, NULL for nothing. */
static const struct key *take(struct declared *declared,
			      const struct deploycfg_entry *child)
{
	const char *name = deploycfg_entry_name(child);

	if (!*name)
		return declared->item;
	while (declared->next && declared->next->segment == SEGMENT_NAME) {
		int order = strcmp(declared->next->name, name);

		if (order == 0)
			return declared->next;
		if (order > 0)
			break;
		declared->next = declared->next->next;
	}
	return declared->any;
}

/* key: what is declared of the parent, NULL for nothing; covered: as below. Depth is bounded by
 * the library's limit of nesting. */
static void sift(struct sieve *sieve, const struct deploycfg_entry *parent,
		 const struct key *key, bool covered)
{
	struct declared declared = below(key);

	deploycfg_each_child (sieve->cfg, child, parent) {
		const struct key *own = take(&declared, child);
		/* A list is declared with its items. */
		bool known =
			own ? own->rule && tool_type(sieve->keys, own) != DEPLOYCFG_MAP
			    : covered;

		if (sieve->at < sieve->count &&
		    sieve->names->list[sieve->at].entry == child) {
			if (!known && !own)
				sieve->names->list[sieve->kept++] =
					sieve->names->list[sieve->at];
			sieve->at++;
		}
		sift(sieve, child, own, known);
	}
}

void tool_keep_undeclared(struct names *names, const struct deploycfg_snapshot *cfg,
			  const struct keys *keys)
{
	struct sieve sieve = {cfg, keys, names, names->count, 0, 0};

	sift(&sieve, deploycfg_root(cfg), keys->list, false);
	names->count = sieve.kept;
}
