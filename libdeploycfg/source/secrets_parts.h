/* SPDX-License-Identifier: ISC */
/* What the files of the reader of secrets share. Private to secrets*.c. */
#ifndef DCFG_SOURCE_SECRETS_PARTS_H
#define DCFG_SOURCE_SECRETS_PARTS_H

#include "base/file.h"
#include "source/secrets.h"

/* What a volume of Kubernetes has its files in: a link to the directory of one generation. */
#define DCFG_GENERATION "..data"

/* One name in a directory, or in one below it. */
struct dcfg_secret {
	const struct dcfg_open_dir *in;
	struct dcfg_view name;    /* from the directory on: db/password */
	struct dcfg_view path;    /* as dcfg_path() writes it; ptr NULL: it is no key */
	struct dcfg_dir unlisted; /* state: of a directory that could not be listed */
	bool is_directory, is_empty;
	bool is_beside; /* some files are behind `..data`, and this is none of them */
	const struct dcfg_node *key; /* that it is for; NULL for none */
	struct dcfg_file file;       /* read, if it is for one */
	uint32_t source;             /* once it is added */
};

/* A list outside of the arena as long as it grows. */
struct dcfg_secret_list {
	struct dcfg_secret *list; /* sorted by path, those without one first */
	size_t count, capacity;
};

struct dcfg_secret_source {
	const struct dcfg_secret_dir *asked;
	struct dcfg_view path;      /* without "optional:" */
	struct dcfg_open_dir outer; /* as named; descriptor -1: it is not open */
	struct dcfg_open_dir open;  /* where its files are: itself, or behind `..data` */
	struct dcfg_dir_id generation; /* of the latter; zeros for none */
	struct dcfg_secret_list files;
	bool too_many; /* directories in it: not all were looked into */
};

/* How often a directory is looked at again that is exchanged meanwhile. */
#define DCFG_SECRET_TRIES 64

/* secrets_list.c: opens what the link `..data` leads to now, else the directory itself again, lists
 * what is in it, and what else the directory has, and conceals it. What is taken away after the
 * link was moved is not listed in part: then it is what the link leads to by then. False without
 * memory, or where it cannot be listed, which *dir says. */
bool dcfg_secrets_list(struct dcfg_context *context, struct dcfg_secret_source *from,
		       struct dcfg_dir *dir);

/* Conceals a key. */
void dcfg_secrets_conceal(struct dcfg_context *context, struct dcfg_view path);

/* Whether `..data` leads elsewhere by now. */
bool dcfg_secrets_moved(const struct dcfg_secret_source *from);

/* secrets_find.c: what a path leads to, removed keys included: a weaker layer had them. */
const struct dcfg_node *dcfg_secrets_find(struct dcfg_context *context,
					  const struct dcfg_secret_keys *keys,
					  struct dcfg_view path);

/* Whether it is a directory that says nothing. They are for maps: one that has the name of a value
 * was meant as its file, and is what Docker makes where that is missing. Of a null nobody knows: it
 * is a value if nothing is in the directory. */
bool dcfg_secrets_pass_over(const struct dcfg_secret_keys *keys,
			    const struct dcfg_secret *secret);

/* secrets_near.c: warns of files that are for no key, but nearly so */
void dcfg_secrets_warn_near(struct dcfg_context *context,
			    const struct dcfg_secret_list *files,
			    const struct dcfg_secret_keys *keys);

/* secrets_file.c: one file that was read as a node, or an error at the source; text is in the
 * vault, and loses the line end at its end. */
struct dcfg_secret_use {
	const char *key;
	uint32_t source;
	bool takes_list; /* the key holds one, which may be written in brackets */
};
struct dcfg_node *dcfg_secret_node(struct dcfg_context *context,
				   const struct dcfg_file *file,
				   const struct dcfg_secret_use *use);

/* Whose files of secrets are read. */
static inline struct dcfg_trust dcfg_secret_trust(const struct dcfg_context *context)
{
	struct dcfg_trust trust = context->trust;

	trust.secret = true;
	return trust;
}

/* Bytes that one more may have. */
uint64_t dcfg_secret_room(const struct dcfg_context *context);

#endif
