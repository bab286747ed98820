/* SPDX-License-Identifier: ISC */
/* Files of a directory of secrets that are for no key, and were likely meant for one: a warning.
 * Directories may be shared, so that most others mean nothing. Opens nothing. */
#include "base/nearest.h"
#include "model/key.h"
#include "source/secrets_parts.h"

/* So many get a suggestion: each is compared to every key. */
#define SUGGESTIONS_MAX 32
/* Longer paths are not compared. */
#define COMPARED_MAX 64

struct suggestion {
	const struct dcfg_secret *secret;
	struct dcfg_nearest nearest;
	char best[COMPARED_MAX]; /* what nearest.best points to */
};

struct search {
	const struct dcfg_secret_keys *keys;
	struct suggestion list[SUGGESTIONS_MAX];
	size_t count;
	char path[COMPARED_MAX]; /* of the key under way */
};

static void offer(struct suggestion *suggestion, struct dcfg_view path)
{
	dcfg_nearest_offer(&suggestion->nearest, path);
	if (suggestion->nearest.best.ptr != path.ptr)
		return;
	memcpy(suggestion->best, path.ptr, path.len);
	suggestion->nearest.best.ptr = suggestion->best;
}

static bool is_any_name(const struct search *search, const struct dcfg_node *node)
{
	return search->keys->by_schema &&
	       dcfg_view_equal(node->name->text, DCFG_VIEW("*"));
}

/* Offers every value below a map; recursion is as deep as trees are. */
static void offer_below(struct search *search, const struct dcfg_node *map, size_t length)
{
	if (search->keys->names_below)
		search->keys->names_below(map);
	dcfg_each (child, map) {
		size_t end = dcfg_key_append(search->path, COMPARED_MAX, length,
					     child->name->text);

		if (end > COMPARED_MAX || is_any_name(search, child))
			continue;
		if (child->type == DEPLOYCFG_MAP) {
			offer_below(search, child, end);
			continue;
		}
		for (size_t i = 0; i < search->count; i++)
			offer(&search->list[i], dcfg_view(search->path, end));
	}
}

static void collect(struct search *search, const struct dcfg_secret_list *files)
{
	for (size_t i = 0; i < files->count && search->count < SUGGESTIONS_MAX; i++) {
		const struct dcfg_secret *secret = &files->list[i];

		if (secret->path.ptr && !secret->key)
			search->list[search->count++] = (struct suggestion){
				.secret = secret, .nearest = {.word = secret->path}};
	}
}

void dcfg_secrets_warn_near(struct dcfg_context *context,
			    const struct dcfg_secret_list *files,
			    const struct dcfg_secret_keys *keys)
{
	struct search search = {.keys = keys};

	collect(&search, files);
	if (search.count)
		offer_below(&search, keys->tree, 0);
	for (size_t i = 0; i < search.count; i++) {
		const struct suggestion *suggestion = &search.list[i];
		struct dcfg_view best = suggestion->nearest.best;

		if (!best.ptr)
			continue;
		dcfg_error_hint(
			dcfg_warn(context, DEPLOYCFG_ERR_UNKNOWN,
				  dcfg_origin(suggestion->secret->source, 0, 0),
				  suggestion->secret->path.ptr,
				  "the secret is not read: there is no key of its name"),
			"did you mean %.*s? Then rename the file", DCFG_ARG(best));
	}
}
