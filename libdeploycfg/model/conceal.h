/* SPDX-License-Identifier: ISC */
/*
 * What must not be shown. Before anything is read the load tells here which keys are secret;
 * every message that would quote a text, and every excerpt, asks. After all merging secrecy
 * spreads over the keys that it belongs to. Names that look secret count until a schema says
 * otherwise. Knows keys, texts and lines; not who declares or shows them.
 */
#ifndef DCFG_MODEL_CONCEAL_H
#define DCFG_MODEL_CONCEAL_H

#include "model/history.h"
#include "model/layer.h"

bool dcfg_ends_as_secret(struct dcfg_view name);

/* Whether a name, ignoring case, `-` and `_`, ends as those of secrets do. Most do not: their last
 * letter says so. */
static inline bool dcfg_looks_secret(struct dcfg_view name)
{
	const uint32_t letters = 1u << ('d' - 'a') | 1u << ('n' - 'a') |
				 1u << ('t' - 'a') | 1u << ('y' - 'a') |
				 1u << ('s' - 'a');
	char last = name.len ? name.ptr[name.len - 1] : '\0';
	unsigned letter = (unsigned)(last | 0x20) - 'a';

	return ((letter < 26 && letters >> letter & 1) || last == '-' || last == '_') &&
	       dcfg_ends_as_secret(name);
}

/* Whether a text has such a name, and a ':' or '=' behind it: what follows may be a secret that was
 * not written as the value of a key. */
bool dcfg_names_secret(struct dcfg_view text);

/* In place of a segment: any name of a map, any item of a list. */
#define DCFG_ANY_NAME ((struct dcfg_view){NULL, 0})
#define DCFG_ANY_ITEM DCFG_VIEW("[]")

/* Notes that a key and all below it are secret, or, whatever their names up to it, are not. */
void dcfg_conceal(struct dcfg_context *context, const struct dcfg_view *segments,
		  size_t count, bool is_secret);

/* Notes that the keys are secret that a variable may mean by these segments of its name, but not
 * what is below them, indices aside. */
void dcfg_conceal_spelt(struct dcfg_context *context, const struct dcfg_view *segments,
			size_t count);

/* Whether a key in the same map was noted as secret. */
bool dcfg_is_beside_secret(const struct dcfg_context *context, struct dcfg_view path);

/* Whether a key below a path was noted as secret: a value in the place of its map may be meant for
 * it. */
bool dcfg_path_leads_to_secret(const struct dcfg_context *context, struct dcfg_view path);

/* Whether a path was noted as no secret. */
bool dcfg_is_exempt(const struct dcfg_context *context, struct dcfg_view path);

/* Whether one of a path's names looks secret, and neither it nor one behind it was noted as none. */
bool dcfg_path_looks_secret(const struct dcfg_context *context, struct dcfg_view path);

/* Whether a path, or one that it is in, was noted as secret. */
bool dcfg_path_is_secret(const struct dcfg_context *context, struct dcfg_view path);

/* Whether a text at a path must not be shown: it was noted as secret, or looks so. */
bool dcfg_path_is_concealed(const struct dcfg_context *context, struct dcfg_view path);

/* The same of a node: by its flag, and by its path in the tree that it is in. */
bool dcfg_is_concealed(const struct dcfg_context *context, const struct dcfg_node *node);

/* Whether a part of a story is secret. */
bool dcfg_story_is_secret(const struct dcfg_related *story);

/* Whether a line of a source may hold a part of a secret: if in doubt, it does. */
bool dcfg_line_is_concealed(struct dcfg_context *context, uint32_t source, uint32_t line);

/* Whether a source has any line of that kind. */
bool dcfg_holds_secrets(struct dcfg_context *context, uint32_t source);

/* Whether an error of that kind says that a line with a place may not mean what its looks tell, and
 * one of a secret may be like it. */
bool dcfg_line_is_doubtful(struct dcfg_context *context, enum deploycfg_status status,
			   struct dcfg_origin origin);

/* Whether a text that is no line of a source, such as a map for a key, may hold one. */
bool dcfg_text_is_concealed(struct dcfg_context *context, struct dcfg_view text);

/* What a message shows of a text, for readers who know no key: the mask where its line may hold a
 * part of a secret. */
struct dcfg_view dcfg_shown_at(struct dcfg_context *context, struct dcfg_origin origin,
			       struct dcfg_view text);

/* Nobody can tell which keys are secret: from now on all are, and every line of a layer. */
void dcfg_conceal_everything(struct dcfg_context *context);

/* Notes for dcfg_conceal_errors() a text that must not be shown, or a value that was refused and
 * will be in no tree: whether its key is a secret may be known only when all layers are. */
void dcfg_conceal_text(struct dcfg_context *context, struct dcfg_view text);
void dcfg_conceal_refused(struct dcfg_context *context, const struct dcfg_node *node);

/* Marks keys of which a value, also one that lost, refers to what is secret, or to such a key;
 * after references are expanded, or where they cannot be. */
void dcfg_conceal_made(struct dcfg_context *context, struct dcfg_node *effective);

/* Spreads secrecy over a settled tree and its history: what was secret in one layer is so in all,
 * and so is all that is below it. */
void dcfg_conceal_all(struct dcfg_context *context, struct dcfg_node *effective,
		      const struct dcfg_history *history);

/* The last net: masks all texts of secrets that there are in what was reported, wherever they
 * got into it. The tree is settled; NULL for none. */
void dcfg_conceal_errors(struct dcfg_context *context, const struct dcfg_node *effective,
			 const struct dcfg_history *history);

#endif
