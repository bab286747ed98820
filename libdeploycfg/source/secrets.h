/* SPDX-License-Identifier: ISC */
/*
 * Directories of secrets, one file for each, and single files of that kind. What they hold is read
 * into the vault and stays there. All of a directory is read beneath one descriptor; where `..data`
 * leads to its files, as in Kubernetes, that is the one of what the link led to.
 */
#ifndef DCFG_SOURCE_SECRETS_H
#define DCFG_SOURCE_SECRETS_H

#include "model/layer.h"

struct dcfg_secret_dir {
	struct dcfg_view path;       /* NUL-terminated; "optional:" may stand in front */
	struct dcfg_origin named_at; /* by a document; source UINT32_MAX: by nobody */
};

/* Open directories and the names in them; lives in the arena. */
struct dcfg_secrets;

/* Opens the directories, the weakest first, and conceals what their files are the keys of. Adds
 * the directories to the sources. NULL without memory; dcfg_secrets_close() follows in any case. */
struct dcfg_secrets *dcfg_secrets_open(struct dcfg_context *context,
				       const struct dcfg_secret_dir *list, size_t count);

/* The keys that there are, as dcfg_variables_next() is given them. */
struct dcfg_secret_keys {
	const struct dcfg_node *tree;
	bool by_schema; /* `*` stands for any name */
	/* NULL where it is a whole tree; else to be asked for what is below a node. */
	void (*names_below)(const struct dcfg_node *node);
};

/* Whether there is a next one, which needs the keys as they are then. */
bool dcfg_secrets_more(const struct dcfg_secrets *secrets);

/* The layer of the next directory: texts of the files that a key is named for. Adds all files to
 * the sources. What cannot be read is reported and refused. False after the last, and without
 * memory. */
bool dcfg_secrets_next(struct dcfg_secrets *secrets, const struct dcfg_secret_keys *keys,
		       struct dcfg_layer *layer);

/* Whether it is known of all which keys they set. */
bool dcfg_secrets_complete(const struct dcfg_secrets *secrets);

/* Takes NULL. */
void dcfg_secrets_close(struct dcfg_secrets *secrets);

/* A text node of one file that a variable names, for a key, or a refused one; added to the sources.
 * NULL without memory or room. */
struct dcfg_node *dcfg_secret_file(struct dcfg_context *context, struct dcfg_view path,
				   const char *key, struct dcfg_origin named_at);

#endif
